package revenue_test

import (
	"encoding"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/revenue"
)

func TestTotal(t *testing.T) {
	year, err := revenue.Monthly(reference(t), month("2025-01"), month("2025-12"), revenue.Options[int]{})
	require.NoError(t, err)
	total, err := year.Total()
	require.NoError(t, err)
	require.NoError(t, total.Validate())
	require.Equal(t, year.Movements[0].Opening, total.Opening)
	require.Equal(t, year.Movements[10].Closing, total.Closing)
	require.True(t, total.QuickRatio().Defined())
	roundTrip(t, total)

	_, err = revenue.Table{}.Total()
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, ok := revenue.Table{}.ChainedNet()
	require.False(t, ok)
	year.Movements[3].Opening = euro(1)
	_, err = year.Total()
	require.ErrorIs(t, err, verdict.ErrInvalid)
	require.ErrorContains(t, err, "movements[3]")
	huge := revenue.Movement{Balance: revenue.Balance{Opening: euro(1), Expansion: euro(math.MaxInt64 - 1)}}
	wild := revenue.Table{Movements: make([]revenue.Movement, 20)}
	for i := range wild.Movements {
		wild.Movements[i] = huge
	}
	_, ok = wild.ChainedNet()
	require.False(t, ok)
	_, ok = revenue.Table{Movements: []revenue.Movement{{}}}.ChainedGross()
	require.False(t, ok)
	_, err = revenue.Table{Movements: []revenue.Movement{{}}}.Total()
	require.ErrorIs(t, err, verdict.ErrMissing)
}

func TestValidate(t *testing.T) {
	m, err := revenue.PointToPoint(small(t), month("2027-02"), month("2027-03"), options{})
	require.NoError(t, err)
	require.NoError(t, m.Validate())
	for _, c := range []struct {
		path   string
		damage func(m *revenue.Balance)
	}{
		{"from", func(m *revenue.Balance) { m.From = 0 }},
		{"to", func(m *revenue.Balance) { m.To = 0 }},
		{"to", func(m *revenue.Balance) { m.To = m.From }},
		{"new", func(m *revenue.Balance) { m.New = money.FromMinor(110, money.JPY) }},
		{"churn", func(m *revenue.Balance) { m.Churn = euro(-500) }},
		{"churn", func(m *revenue.Balance) { m.Churn = money.FromMinor(500, 7) }},
		{"closing", func(m *revenue.Balance) { m.Closing = euro(1311) }},
		{"closing", func(m *revenue.Balance) { m.Churn, m.New = euro(math.MaxInt64), euro(5) }},
		{"customers.closing", func(m *revenue.Balance) { m.Customers.Closing++ }},
		{"customers.churned", func(m *revenue.Balance) { m.Customers.Churned = -1 }},
	} {
		bad := m
		c.damage(&bad.Balance)
		faults := verdict.FaultsOf(bad.Validate())
		require.Len(t, faults, 1)
		require.Equal(t, c.path, faults[0].Path)
	}
	require.Zero(t, revenue.Balance{}.Currency())
	// 128 bits: the parts may be larger than the whole.
	big := revenue.Balance{
		From: 1, To: 2, Opening: euro(math.MaxInt64), New: euro(math.MaxInt64), Reactivation: euro(math.MaxInt64),
		Contraction: euro(math.MaxInt64), Churn: euro(math.MaxInt64), Closing: euro(math.MaxInt64),
	}
	require.NoError(t, big.Validate())
}

func TestOver(t *testing.T) {
	v, ok := revenue.Over(ratio.New(2, 100), 12)
	require.True(t, ok)
	require.InDelta(t, 1-math.Pow(0.98, 12), v, 1e-15)
	v, ok = revenue.Over(ratio.Int(1), 3)
	require.True(t, ok)
	require.Equal(t, 1.0, v)
	v, ok = revenue.Over(ratio.New(-1, 10), 2)
	require.True(t, ok)
	require.InDelta(t, -0.21, v, 1e-15)
	for _, c := range []struct {
		rate    ratio.Ratio
		periods int
	}{{ratio.Undefined(revenue.NoOpening), 12}, {ratio.New(1, 2), 0}, {ratio.New(3, 2), 12}, {ratio.Int(-9), math.MaxInt}} {
		v, ok = revenue.Over(c.rate, c.periods)
		require.False(t, ok)
		require.Zero(t, v)
	}
}

func TestKinds(t *testing.T) {
	for k := revenue.New; k <= revenue.Unchanged; k++ {
		require.True(t, k.IsValid())
		back, err := revenue.ParseKind(k.String())
		require.NoError(t, err)
		require.Equal(t, k, back)
		roundTrip(t, k)
	}
	require.False(t, revenue.Kind(9).IsValid())
	_, err := revenue.Kind(9).MarshalText()
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func FuzzParseKind(f *testing.F) {
	f.Add("new")
	f.Fuzz(func(t *testing.T, s string) {
		var k revenue.Kind
		var _ encoding.TextUnmarshaler = &k
		if k.UnmarshalText([]byte(s)) == nil && s != "" {
			require.True(t, k.IsValid())
		}
	})
}
