package revenue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/revenue"
)

// The readable twin: a map of maps, and each amount by its definition.
type slow map[string]map[calendar.Month]int64

func (s slow) movement(from, to calendar.Month) revenue.Movement {
	var m struct{ opening, fresh, back, more, less, gone, closing int64 }
	var l revenue.Logos
	for _, paid := range s {
		before, after, ever := paid[from], paid[to], false
		for month, minor := range paid {
			ever = ever || month < from && minor > 0
		}
		m.opening += before
		m.closing += after
		if before > 0 {
			l.Opening++
		}
		if after > 0 {
			l.Closing++
		}
		switch {
		case before == 0 && after > 0 && !ever:
			m.fresh += after
			l.New++
		case before == 0 && after > 0:
			m.back += after
			l.Reactivated++
		case before > 0 && after == 0:
			m.gone += before
			l.Churned++
		case after > before:
			m.more += after - before
			l.Expanded++
		case after < before:
			m.less += before - after
			l.Contracted++
		}
	}
	return revenue.Movement{Balance: revenue.Balance{
		From: from, To: to, Opening: euro(m.opening), New: euro(m.fresh), Reactivation: euro(m.back),
		Expansion: euro(m.more), Contraction: euro(m.less), Churn: euro(m.gone), Closing: euro(m.closing), Customers: l,
	}}
}

// grossByMinimum is Σ min(S, E) / Σ S, by its definition.
func (s slow) grossByMinimum(from, to calendar.Month) (num, den int64) {
	for _, paid := range s {
		num += min(paid[from], paid[to])
		den += paid[from]
	}
	return num, den
}

const epoch = calendar.Month(24_000)

func random(t *testing.T, rng *rand.Rand) ([]revenue.Snapshot[string], slow) {
	t.Helper()
	twin := slow{}
	rows := []revenue.Snapshot[string]{{Customer: "c0", Month: epoch, Amount: euro(0)}} // so that there is a currency
	for range rng.IntN(80) {
		row := revenue.Snapshot[string]{
			Customer: fmt.Sprint("c", rng.IntN(12)), Month: epoch + calendar.Month(rng.IntN(7)), Amount: euro(rng.Int64N(4)),
		}
		rows = append(rows, row)
		if twin[row.Customer] == nil {
			twin[row.Customer] = map[calendar.Month]int64{}
		}
		twin[row.Customer][row.Month] += row.Amount.Minor()
	}
	return rows, twin
}

func gather(t *testing.T, rows []revenue.Snapshot[string]) *revenue.Snapshots[string] {
	t.Helper()
	var s revenue.Snapshots[string]
	require.NoError(t, s.AddAll(slices.Values(rows)))
	return &s
}

func TestMovementsAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		rows, twin := random(t, rng)
		s := gather(t, rows)
		at := []calendar.Month{epoch - 1}
		for at[len(at)-1] < epoch+7 {
			at = append(at, at[len(at)-1]+1+calendar.Month(rng.IntN(3)))
		}
		label := func(c string) string { return c[:2] }
		got, err := revenue.Between(s, at, options{Label: label})
		require.NoError(t, err)
		for i, m := range got.Movements {
			require.Empty(t, cmp.Diff(twin.movement(at[i], at[i+1]), m))
			balances(t, m)
			num, den := twin.grossByMinimum(at[i], at[i+1])
			if den > 0 {
				require.Zero(t, m.GrossRetention().Num()*den-num*m.GrossRetention().Den())
			}
			changed(t, s, m)
		}
		for label, part := range got.Labels() {
			only := slow{}
			for c, paid := range twin {
				if c[:2] == label {
					only[c] = paid
				}
			}
			for i, m := range part {
				require.Empty(t, cmp.Diff(only.movement(at[i], at[i+1]), m))
			}
		}
		total, err := got.Total()
		require.NoError(t, err)
		require.NoError(t, total.Validate())
	}
}

// The identity of the movements, to the cent.
func balances(t *testing.T, m revenue.Movement) {
	t.Helper()
	require.NoError(t, m.Validate())
	require.Equal(t, m.Closing.Minor(), m.Opening.Minor()+m.New.Minor()+m.Reactivation.Minor()+
		m.Expansion.Minor()-m.Contraction.Minor()-m.Churn.Minor())
	require.GreaterOrEqual(t, m.Unchanged(), int64(0))
}

// The changes of customers add up to the movement.
func changed(t *testing.T, s *revenue.Snapshots[string], m revenue.Movement) {
	t.Helper()
	changes, err := revenue.Changes(s, m.From, m.To, options{})
	require.NoError(t, err)
	sums := map[revenue.Kind]int64{}
	for _, c := range changes {
		d := c.After.Minor() - c.Before.Minor()
		sums[c.Kind] += max(d, -d)
	}
	require.Equal(t, m.New.Minor(), sums[revenue.New])
	require.Equal(t, m.Reactivation.Minor(), sums[revenue.Reactivation])
	require.Equal(t, m.Expansion.Minor(), sums[revenue.Expansion])
	require.Equal(t, m.Contraction.Minor(), sums[revenue.Contraction])
	require.Equal(t, m.Churn.Minor(), sums[revenue.Churn])
	require.Zero(t, sums[revenue.Unchanged])
}

// Any split, order and grouping of the rows gives the same bytes and results.
func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		rows, _ := random(t, rng)
		whole := gather(t, rows)
		want, err := whole.MarshalBinary()
		require.NoError(t, err)

		parts := make([]*revenue.Snapshots[string], 1+rng.IntN(5))
		for i := range parts {
			parts[i] = new(revenue.Snapshots[string])
		}
		for _, i := range rng.Perm(len(rows)) {
			require.NoError(t, parts[rng.IntN(len(parts))].Add(rows[i].Customer, rows[i].Month, rows[i].Amount))
		}
		for len(parts) > 1 { // join any two
			i := rng.IntN(len(parts) - 1)
			j := i + 1 + rng.IntN(len(parts)-i-1)
			if rng.IntN(2) == 0 {
				parts[i].Compact()
			}
			require.NoError(t, parts[i].Merge(parts[j]))
			parts = slices.Delete(parts, j, j+1)
		}
		got, err := parts[0].MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, want, got)

		var back revenue.Snapshots[string]
		require.NoError(t, back.UnmarshalBinary(got))
		a, err := revenue.Monthly(whole, epoch, epoch+6, options{})
		require.NoError(t, err)
		b, err := revenue.Monthly(&back, epoch, epoch+6, options{})
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(a, b))
		require.Equal(t, slices.Collect(whole.All()), slices.Collect(back.All()))
	}
}

func FuzzSnapshotsUnmarshal(f *testing.F) {
	var s revenue.Snapshots[string]
	add := func() {
		data, err := s.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	add()
	for i := range 5 {
		if err := s.Add(strconv.Itoa(i%2), epoch+calendar.Month(i), euro(int64(i))); err != nil {
			f.Fatal(err)
		}
		add()
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s revenue.Snapshots[string]
		if err := s.UnmarshalBinary(data); err != nil {
			require.ErrorIs(t, err, revenue.ErrFormat)
			require.Zero(t, s.Customers())
			return
		}
		again, err := s.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, data, again, "only the bytes that MarshalBinary writes are taken")
		table, err := revenue.Monthly(&s, epoch, epoch+3, options{})
		if err == nil {
			for _, m := range table.Movements {
				require.NoError(t, m.Validate())
			}
		}
	})
}

// FuzzBalance pays amounts of any size to three customers over two months.
func FuzzBalance(f *testing.F) {
	f.Add(int64(100), int64(50), int64(0), int64(7), int64(3), int64(3))
	f.Add(int64(1<<62), int64(1<<62), int64(1<<62), int64(0), int64(1), int64(1<<62))
	f.Fuzz(func(t *testing.T, a0, a1, b0, b1, c0, c1 int64) {
		var s revenue.Snapshots[int]
		for i, minor := range []int64{a0, a1, b0, b1, c0, c1} {
			if err := s.Add(i/2, epoch+calendar.Month(i%2), euro(minor)); err != nil {
				require.Negative(t, minor)
				return
			}
		}
		m, err := revenue.PointToPoint(&s, epoch, epoch+1, revenue.Options[int]{})
		if err != nil {
			return // more than fits
		}
		require.NoError(t, m.Validate())
		for _, r := range []interface{ Defined() bool }{m.GrossRetention(), m.RevenueChurn()} {
			require.Equal(t, m.Opening.Minor() > 0, r.Defined())
		}
	})
}

func TestCorruptBinary(t *testing.T) {
	s := small(t)
	good, err := s.MarshalBinary()
	require.NoError(t, err)
	kept := new(revenue.Snapshots[string])
	require.NoError(t, kept.Add("kept", epoch, euro(1)))
	for i := range good {
		bad := slices.Clone(good[:i])
		require.ErrorIs(t, kept.UnmarshalBinary(bad), revenue.ErrFormat)
	}
	for _, c := range []struct {
		at int
		to byte
	}{{0, 'x'}, {7, 2}, {8, 0xff}} { // magic, version, currency
		bad := slices.Clone(good)
		bad[c.at] = c.to
		require.ErrorIs(t, kept.UnmarshalBinary(bad), revenue.ErrFormat)
	}
	none := slices.Clone(good)
	copy(none[8:12], []byte{0, 0, 0, 0})
	require.ErrorContains(t, kept.UnmarshalBinary(none), "without a currency")
	var h history
	for _, c := range []struct {
		day   calendar.Date
		minor int64
		want  string
	}{{calendar.Date(calendar.MaxMonth) + 1, 1, "month 119989"}, {calendar.Date(epoch), -1, "negative"}} {
		h = history{}
		require.NoError(t, h.Add("a", c.day, c.minor))
		body, err := h.MarshalBinary()
		require.NoError(t, err)
		require.ErrorContains(t, kept.UnmarshalBinary(append(slices.Clone(good[:12]), body...)), c.want)
	}
	require.Equal(t, 1, kept.Customers())
}
