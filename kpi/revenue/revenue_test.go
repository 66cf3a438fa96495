package revenue_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/revenue"
)

type options = revenue.Options[string]

func month(s string) calendar.Month { return calendar.MustParseMonth(s) }
func euro(minor int64) money.Amount { return money.FromMinor(minor, money.EUR) }

func table(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var result []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		result = append(result, m)
	}
	return result
}

func float(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

func reference(t testing.TB) *revenue.Snapshots[int] {
	t.Helper()
	var s revenue.Snapshots[int]
	for _, row := range table(t, "testdata/mrr_snapshots.csv") {
		customer, err := strconv.Atoi(row["customer"])
		require.NoError(t, err)
		require.NoError(t, s.Add(customer, month(row["month"]), money.MustParse(row["mrr"]+" EUR")))
	}
	return &s
}

// rate requires the float of a reference, empty for undefined.
func rate(t *testing.T, want string, got ratio.Ratio) {
	t.Helper()
	if want == "" {
		require.False(t, got.Defined())
		require.NotEmpty(t, got.Reason())
		return
	}
	v, ok := got.Float64()
	require.True(t, ok)
	require.InDelta(t, float(t, want), v, 1e-14)
}

// KP-02, KP-06.
func TestMovementsAgainstReference(t *testing.T) {
	got, err := revenue.Monthly(reference(t), month("2025-01"), month("2025-12"), revenue.Options[int]{})
	require.NoError(t, err)
	rows := table(t, "testdata/mrr_movements.csv")
	require.Len(t, got.Movements, len(rows))
	for i, row := range rows {
		m := got.Movements[i]
		require.Equal(t, row["month"], m.To.String())
		for name, amount := range map[string]money.Amount{
			"opening": m.Opening, "new": m.New, "reactivation": m.Reactivation, "expansion": m.Expansion,
			"contraction": m.Contraction, "churn": m.Churn, "closing": m.Closing,
		} {
			require.Equal(t, money.MustParse(row[name]+" EUR"), amount, "%s %s", name, m.To)
		}
		rate(t, row["grr"], m.GrossRetention())
		rate(t, row["nrr_excl_reactivation"], m.NetRetention())
		rate(t, row["net_churn_chartmogul_incl_reactivation"], m.NetChurnWithReturns())
		rate(t, row["quick_ratio"], m.QuickRatio())
		require.Equal(t, row["customers_open"], strconv.FormatInt(m.Customers.Opening, 10))
		require.Equal(t, row["logo_churned"], strconv.FormatInt(m.Customers.Churned, 10))
		rate(t, row["logo_churn"], m.LogoChurn())
		require.NoError(t, m.Validate())
	}
}

func TestPointToPointAgainstReference(t *testing.T) {
	data, err := os.ReadFile("testdata/mrr_annual_point_to_point.json")
	require.NoError(t, err)
	var want struct {
		From    calendar.Month `json:"from_"`
		To      calendar.Month `json:"to"`
		Opening json.Number    `json:"opening"`
		Net     json.Number    `json:"nrr_snapshot"`
		Gross   json.Number    `json:"grr_snapshot"`
		Logos   json.Number    `json:"logo_retention"`
	}
	require.NoError(t, json.Unmarshal(data, &want))
	m, err := revenue.PointToPoint(reference(t), want.From, want.To, revenue.Options[int]{})
	require.NoError(t, err)
	require.Equal(t, money.MustParse(want.Opening.String()+" EUR"), m.Opening)
	rate(t, want.Net.String(), m.NetRetention())
	rate(t, want.Gross.String(), m.GrossRetention())
	rate(t, want.Logos.String(), m.LogoRetention())

	// Chained is something else.
	year, err := revenue.Monthly(reference(t), want.From, want.To, revenue.Options[int]{})
	require.NoError(t, err)
	for chained, pointed := range map[float64]ratio.Ratio{
		must(t, year.ChainedGross): m.GrossRetention(), must(t, year.ChainedNet): m.NetRetention(), must(t, year.ChainedLogos): m.LogoRetention(),
	} {
		v, _ := pointed.Float64()
		require.Greater(t, math.Abs(chained-v), 0.005)
	}
}

func must(t *testing.T, f func() (float64, bool)) float64 {
	t.Helper()
	v, ok := f()
	require.True(t, ok)
	return v
}

// small has one customer of each kind between 2027-02 and 2027-03.
func small(t testing.TB) *revenue.Snapshots[string] {
	t.Helper()
	var s revenue.Snapshots[string]
	for _, row := range []struct {
		customer, month string
		minor           int64
	}{
		{"churned", "2027-02", 500}, {"same", "2027-02", 300}, {"same", "2027-03", 300},
		{"back", "2027-01", 900}, {"back", "2027-03", 700}, {"new", "2027-03", 110},
		{"up", "2027-02", 100}, {"up", "2027-03", 150}, {"up", "2027-03", 10},
		{"down", "2027-02", 100}, {"down", "2027-03", 40}, {"never", "2027-02", 0}, {"never", "2027-03", 0},
	} {
		require.NoError(t, s.Add(row.customer, month(row.month), euro(row.minor)))
	}
	return &s
}

func TestEachKind(t *testing.T) {
	s := small(t)
	require.Equal(t, 7, s.Customers())
	require.Equal(t, money.EUR, s.Currency())
	m, err := revenue.PointToPoint(s, month("2027-02"), month("2027-03"), options{Label: func(string) string { return "x" }})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(revenue.Movement{Balance: revenue.Balance{
		From: month("2027-02"), To: month("2027-03"),
		Opening: euro(1000), New: euro(110), Reactivation: euro(700), Expansion: euro(60),
		Contraction: euro(60), Churn: euro(500), Closing: euro(1310),
		Customers: revenue.Logos{Opening: 4, New: 1, Reactivated: 1, Expanded: 1, Contracted: 1, Churned: 1, Closing: 5},
	}}, m))
	require.EqualValues(t, 1, m.Unchanged())
	require.Equal(t, ratio.New(440, 1000), m.GrossRetention())
	require.Equal(t, ratio.New(500, 1000), m.NetRetention())
	require.Equal(t, ratio.New(1200, 1000), m.NetRetentionWithReturns())
	require.Equal(t, ratio.New(560, 1000), m.RevenueChurn())
	require.Equal(t, ratio.New(500, 1000), m.NetChurn())
	require.Equal(t, ratio.New(-200, 1000), m.NetChurnWithReturns())
	require.Equal(t, ratio.New(870, 560), m.QuickRatio())
	require.Equal(t, ratio.New(1, 4), m.LogoChurn())
	interval, err := m.LogoInterval(0.95)
	require.NoError(t, err)
	require.True(t, interval.Contains(ratio.New(1, 4)))
	roundTrip(t, m)

	changes, err := revenue.Changes(s, month("2027-02"), month("2027-03"), options{})
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]revenue.Change[string]{
		{"back", revenue.Reactivation, euro(0), euro(700)},
		{"churned", revenue.Churn, euro(500), euro(0)},
		{"down", revenue.Contraction, euro(100), euro(40)},
		{"new", revenue.New, euro(0), euro(110)},
		{"same", revenue.Unchanged, euro(300), euro(300)},
		{"up", revenue.Expansion, euro(100), euro(160)},
	}, changes))
	roundTrip(t, changes)

	// Who paid before the first month is said by the caller.
	m, err = revenue.PointToPoint(s, month("2027-02"), month("2027-03"), options{PaidBefore: func(c string) bool { return c == "new" }})
	require.NoError(t, err)
	require.Equal(t, euro(0), m.New)
	require.Equal(t, euro(810), m.Reactivation)

	// From point to point, months between are not looked at: "back" paid in January
	// only and is new when seen from the year before.
	m, err = revenue.PointToPoint(s, month("2026-12"), month("2027-03"), options{})
	require.NoError(t, err)
	require.Equal(t, m.Closing, m.New)
	require.Equal(t, revenue.NoOpening, m.GrossRetention().Reason())
	require.Equal(t, revenue.NoOpening, m.NetChurnWithReturns().Reason())
	require.Equal(t, revenue.NoLosses, m.QuickRatio().Reason())
	require.Equal(t, revenue.NoLogos, m.LogoChurn().Reason())
}

func TestLabels(t *testing.T) {
	s := reference(t)
	parity := func(c int) string { return []string{"even", "odd"}[c%2] }
	got, err := revenue.Monthly(s, month("2025-01"), month("2025-12"), revenue.Options[int]{Label: parity})
	require.NoError(t, err)
	require.Len(t, got.Parts, 2)
	roundTrip(t, got)
	sum := make([]int64, len(got.Movements))
	labels := []string{}
	for label, ms := range got.Labels() {
		labels = append(labels, label)
		for i, m := range ms {
			require.NoError(t, m.Validate())
			sum[i] += m.Churn.Minor()
		}
	}
	require.Equal(t, []string{"even", "odd"}, labels)
	for i, m := range got.Movements {
		require.Equal(t, m.Churn.Minor(), sum[i])
	}
	for range got.Labels() {
		break
	}
	quarters, err := revenue.Between(s, []calendar.Month{month("2025-03"), month("2025-06"), month("2025-12")}, revenue.Options[int]{})
	require.NoError(t, err)
	require.Len(t, quarters.Movements, 2)
	require.Nil(t, quarters.Parts)
}

func TestSubscriptions(t *testing.T) {
	var s revenue.Snapshots[string]
	term := func(from, until string) (i calendar.Interval) {
		i.From = calendar.MustParse(from)
		if until != "" {
			i.Until = calendar.MustParse(until)
		}
		return i
	}
	require.NoError(t, s.AddSubscription("a", term("2027-01-31", "2027-03-31"), euro(100), month("2027-12")))
	require.NoError(t, s.AddSubscription("a", term("2027-03-02", ""), euro(50), month("2027-04")))
	require.NoError(t, s.AddSubscription("b", term("2027-02-01", "2027-02-27"), euro(7), month("2027-04")))
	require.NoError(t, s.AddSubscription("c", term("2027-06-01", ""), euro(7), month("2027-04")))
	var got []string
	for row := range s.All() {
		got = append(got, row.Customer+" "+row.Month.String()+" "+row.Amount.String())
	}
	require.Equal(t, []string{"a 2027-01 1.00 EUR", "a 2027-02 1.00 EUR", "a 2027-03 1.50 EUR", "a 2027-04 0.50 EUR"}, got)
	for range s.All() {
		break
	}
	require.ErrorIs(t, s.AddSubscription("a", calendar.Interval{}, euro(1), month("2027-01")), verdict.ErrMissing)
	require.ErrorIs(t, s.AddSubscription("a", term("2027-02-01", "2027-01-01"), euro(1), month("2027-01")), verdict.ErrRange)
	require.ErrorIs(t, s.AddSubscription("a", term("2027-02-01", ""), euro(-1), month("2027-01")), verdict.ErrRange)
	require.ErrorIs(t, s.AddSubscription("a", term("2027-02-01", ""), euro(1), 0), verdict.ErrMissing)
	require.NoError(t, s.AddSubscription("a", calendar.Interval{From: calendar.MaxDate}, euro(1), calendar.MaxMonth))
}

func TestRefusals(t *testing.T) {
	var s revenue.Snapshots[string]
	require.NoError(t, s.Add("a", month("2027-01"), money.Amount{})) // nothing, of no currency
	require.Zero(t, s.Currency())
	require.NoError(t, s.Add("a", month("2027-01"), euro(5)))
	before, err := s.MarshalBinary()
	require.NoError(t, err)
	for _, c := range []struct {
		month  calendar.Month
		amount money.Amount
		want   error
	}{
		{0, euro(1), verdict.ErrMissing},
		{-3, euro(1), verdict.ErrRange},
		{calendar.MaxMonth + 1, euro(1), verdict.ErrRange},
		{month("2027-01"), euro(-1), verdict.ErrRange},
		{month("2027-01"), money.FromMinor(1, money.JPY), money.ErrCurrency},
		{month("2027-01"), money.FromMinor(1, 7), money.ErrInvalid},
	} {
		err := s.Add("a", c.month, c.amount)
		require.ErrorIs(t, err, c.want)
		require.ErrorContains(t, err, `revenue: customer "a": month`)
	}
	rows := func(yield func(revenue.Snapshot[string]) bool) {
		_ = yield(revenue.Snapshot[string]{Customer: "a", Month: month("2027-01"), Amount: euro(0)}) &&
			yield(revenue.Snapshot[string]{Customer: "b", Month: 0, Amount: euro(1)}) &&
			yield(revenue.Snapshot[string]{Customer: "c", Month: month("2027-01"), Amount: euro(1)})
	}
	require.ErrorContains(t, s.AddAll(rows), "(snapshot 1)")
	var yen revenue.Snapshots[string]
	require.NoError(t, yen.Add("b", month("2027-01"), money.FromMinor(1, money.JPY)))
	require.ErrorIs(t, s.Merge(&yen), money.ErrCurrency)
	after, err := s.MarshalBinary()
	require.NoError(t, err)
	require.NotEqual(t, before, after) // the row of 0
	require.Equal(t, 1, s.Customers())

	for _, at := range [][]calendar.Month{nil, {month("2027-01")}} {
		_, err = revenue.Between(&s, at, options{})
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	_, err = revenue.Monthly(&s, month("2027-01"), 0, options{})
	requirePaths(t, err, "months[1]")
	_, err = revenue.Monthly(&s, month("2027-02"), month("2027-01"), options{})
	requirePaths(t, err, "months[1]")
	_, err = revenue.Changes(&s, 0, calendar.MaxMonth+1, options{})
	requirePaths(t, err, "months[0]", "months[1]")
	_, err = revenue.PointToPoint(&s, month("2027-02"), month("2027-02"), options{})
	requirePaths(t, err, "months[1]")
}

func requirePaths(t *testing.T, err error, paths ...string) {
	t.Helper()
	require.ErrorContains(t, err, "revenue: ")
	var got []string
	for _, fault := range verdict.FaultsOf(errors.Unwrap(err)) {
		got = append(got, fault.Path)
	}
	require.Equal(t, paths, got)
}

func TestOverflow(t *testing.T) {
	var s revenue.Snapshots[string]
	require.NoError(t, s.Add("a", month("2027-01"), euro(math.MaxInt64)))
	m, err := revenue.PointToPoint(&s, month("2027-01"), month("2027-02"), options{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), m.RevenueChurn())
	require.NoError(t, s.Add("b", month("2027-01"), euro(1)))
	_, err = revenue.PointToPoint(&s, month("2027-01"), month("2027-02"), options{})
	require.ErrorIs(t, err, money.ErrOverflow)
	require.NoError(t, s.Add("a", month("2027-01"), euro(1)))
	_, err = revenue.PointToPoint(&s, month("2027-03"), month("2027-04"), options{})
	require.ErrorIs(t, err, money.ErrOverflow)
	require.ErrorContains(t, err, `customer "a" in 2027-01`)
	_, err = revenue.Changes(&s, month("2027-03"), month("2027-04"), options{})
	require.ErrorIs(t, err, money.ErrOverflow)

	// Each month fits, the sum of the year does not.
	var wild revenue.Snapshots[string]
	for i := range 6 {
		require.NoError(t, wild.Add("a", month("2027-01").Add(2*i), euro(math.MaxInt64/2)))
	}
	year, err := revenue.Monthly(&wild, month("2027-01"), month("2027-12"), options{})
	require.NoError(t, err)
	_, err = year.Total()
	require.ErrorIs(t, err, money.ErrOverflow)
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var back T
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(v, back))
}
