package crmproject_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// randomBudget returns a budget with lines of every shape, dated and not.
func randomBudget(r *rand.Rand) crmproject.Budget {
	b := crmproject.Budget{Total: money.FromMinor(r.Int64N(1e9), money.EUR)}
	start := day("2027-01-31")
	for i := range r.IntN(8) {
		l := crmproject.BudgetLine{
			ID: "L-" + strconv.Itoa(i), Category: crmproject.Category(1 + r.IntN(6)), Recurrence: crmproject.Recurrence(1 + r.IntN(2)),
			Planned: money.FromMinor(r.Int64N(1e7), money.EUR), Committed: money.FromMinor(r.Int64N(1e6), money.EUR),
		}
		if r.IntN(4) > 0 {
			l.Until = start.AddDays(r.IntN(900))
		}
		if r.IntN(4) > 0 {
			l.From = start.AddDays(r.IntN(100))
			l.Until = max(l.Until, l.From)
		}
		if l.Recurrence == crmproject.Recurring && r.IntN(3) > 0 {
			l.Every = calendar.Period{Count: 1 + r.IntN(5), Unit: calendar.Unit(1 + r.IntN(4))}
		}
		b.Lines = append(b.Lines, l)
	}
	for i := range r.IntN(10) {
		c := crmproject.Cost{ID: "C-" + strconv.Itoa(i), On: start.AddDays(r.IntN(800)), Amount: money.FromMinor(r.Int64N(1e6)-1e5, money.EUR)}
		if len(b.Lines) > 0 && r.IntN(3) > 0 {
			c.Line = b.Lines[r.IntN(len(b.Lines))].ID
		}
		b.Costs = append(b.Costs, c)
	}
	return b
}

func minor(c crmproject.Cash) [4]int64 {
	return [4]int64{c.Planned.Minor(), c.Committed.Minor(), c.Actual.Minor(), c.Unexpected.Minor()}
}

func plus(a, b [4]int64) [4]int64 {
	for i := range a {
		a[i] += b[i]
	}
	return a
}

// TestMoneyIsConserved: the months and what is undated add up to the total, the
// running totals to the months, and the categories, with what is unexpected, to
// the whole (CP-17).
func TestMoneyIsConserved(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		b := randomBudget(r)
		on := day("2027-01-31").AddDays(r.IntN(900))
		flow, err := b.CashFlow(on)
		require.NoError(t, err)
		sum := [4]int64{}
		for i, m := range flow.Months {
			sum = plus(sum, minor(m.Cash))
			require.Equal(t, sum, minor(m.ToDate))
			require.Equal(t, m.ToDate, flow.ToDate(m.Month))
			require.True(t, i == 0 || m.Month == flow.Months[i-1].Month+1, "no gap")
		}
		require.Equal(t, minor(flow.Total), plus(sum, minor(flow.Undated)))
		position, err := b.Position(on)
		require.NoError(t, err)
		_, unexpected, err := b.Unexpected(on)
		require.NoError(t, err)
		require.Equal(t, [4]int64{position.Planned.Minor(), position.Committed.Minor(), position.Spent.Minor(), unexpected.Minor()}, minor(flow.Total))

		parts := [4]int64{2: unexpected.Minor(), 3: unexpected.Minor()}
		for c := crmproject.SoftwareCost; c.IsValid(); c++ {
			part, err := b.CashFlow(on, c)
			require.NoError(t, err)
			parts = plus(parts, minor(part.Total))
		}
		require.Equal(t, minor(flow.Total), parts)
		checkTable(t, b, on, flow)
	}
}

// checkTable holds the table by category against the flow by month and against
// the lines.
func checkTable(t *testing.T, b crmproject.Budget, on calendar.Date, flow crmproject.CashFlow) {
	t.Helper()
	table, err := b.Table(on)
	require.NoError(t, err)
	require.Equal(t, flow.Total.Planned, table.Total.Planned)
	require.Equal(t, flow.Total.Actual, table.Total.Actual)
	require.Equal(t, table.Total.Planned.Minor(), table.Total.OneOff.Minor()+table.Total.Recurring.Minor())
	require.True(t, slices.IsSortedFunc(table.Rows, func(a, b crmproject.BudgetRow) int { return int(a.Category) - int(b.Category) }))
	forecast, due := table.Unexpected.Minor(), int64(0)
	for _, row := range table.Rows {
		forecast += row.Forecast.Minor()
		require.GreaterOrEqual(t, row.Forecast.Minor(), max(row.Planned.Minor(), row.Actual.Minor()))
	}
	for _, l := range b.Lines {
		d, _ := l.Due(on)
		due += d.Minor()
	}
	require.Equal(t, forecast, table.Total.Forecast.Minor())
	require.Equal(t, due, table.Total.Due.Minor())
}

// TestDueByMonth: the plan at the end of a month is the plan of the months up to
// it, and within half a minor unit of the exact share of the payments, counted one
// by one.
func TestDueByMonth(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		b := randomBudget(r)
		for _, l := range b.Lines {
			b.Lines, b.Costs = []crmproject.BudgetLine{l}, nil
			flow, err := b.CashFlow(day("2029-12-31"))
			require.NoError(t, err)
			payments := paymentsOf(l)
			require.Equal(t, l.Dated(), len(flow.Months) > 0)
			for _, m := range flow.Months {
				due, ok := l.Due(m.Month.Last())
				require.True(t, ok)
				require.Equal(t, m.ToDate.Planned, due)
				past := int64(0)
				for _, on := range payments {
					if on <= m.Month.Last() {
						past++
					}
				}
				exact := ratio.Int(l.Planned.Minor()).Mul(ratio.New(past, int64(len(payments))))
				off := ratio.Int(due.Minor()).Sub(exact).Abs()
				require.False(t, ratio.New(1, 2).Less(off), "%s at %s: %s, exact %s", l.Planned, m.Month, due, exact)
			}
		}
	}
}

// paymentsOf lists the days on which a dated line is due, the slow way.
func paymentsOf(l crmproject.BudgetLine) []calendar.Date {
	if !l.Dated() {
		return nil
	}
	first, last := l.From, l.Until
	if first == 0 {
		first = last
	}
	last = max(first, last)
	if l.Recurrence != crmproject.Recurring || !l.Every.IsValid() {
		return slices.Collect(calendar.Days(first, last))
	}
	var days []calendar.Date
	for on := range l.Every.Dates(first) {
		if on > last {
			break
		}
		days = append(days, on)
	}
	return days
}

// TestPhasingReference: a line of equal monthly payments is spread as the
// reference says.
func TestPhasingReference(t *testing.T) {
	data, err := os.ReadFile("testdata/time_phasing.json")
	require.NoError(t, err)
	var reference struct {
		Cases []struct {
			Total   int64   `json:"total"`
			Weights []int64 `json:"weights"`
			Want    []int64 `json:"cumulative_half_even"`
		} `json:"cases"`
	}
	require.NoError(t, json.Unmarshal(data, &reference))
	done := 0
	for _, c := range reference.Cases {
		if slices.Max(c.Weights) != slices.Min(c.Weights) {
			continue // no line of one period has these
		}
		done++
		b := crmproject.Budget{Lines: []crmproject.BudgetLine{{
			Recurrence: crmproject.Recurring, Every: calendar.MustParsePeriod("P1M"), Planned: money.FromMinor(c.Total, money.EUR),
			From: day("2027-01-31"), Until: day("2027-01-31").AddMonths(len(c.Weights) - 1),
		}}}
		flow, err := b.CashFlow(asOf)
		require.NoError(t, err)
		var got []int64
		for _, m := range flow.Months {
			got = append(got, m.Planned.Minor())
		}
		require.Equal(t, c.Want, got)
	}
	require.GreaterOrEqual(t, done, 5)
}

// TestLineShapes: the corners of when a line is due (CP-17).
func TestLineShapes(t *testing.T) {
	one := crmproject.BudgetLine{Recurrence: crmproject.OneOff, Planned: eur("100.00"), Until: day("2027-03-10")}
	for on, want := range map[string]string{"2027-03-09": "0.00", "2027-03-10": "100.00", "2028-01-01": "100.00"} {
		due, ok := one.Due(day(on))
		require.True(t, ok)
		require.Equal(t, eur(want), due, on)
	}
	one.From = day("2027-03-01")
	due, _ := one.Due(day("2027-03-05"))
	require.Equal(t, eur("50.00"), due, "work of ten days is paid by the day")
	quarterly := crmproject.BudgetLine{Recurrence: crmproject.Recurring, Planned: eur("400.00"), From: day("2027-01-31"), Until: day("2027-12-31"), Every: calendar.MustParsePeriod("P3M")}
	for on, want := range map[string]string{"2027-01-30": "0.00", "2027-01-31": "100.00", "2027-04-29": "100.00", "2027-04-30": "200.00", "2027-10-31": "400.00"} {
		due, ok := quarterly.Due(day(on))
		require.True(t, ok)
		require.Equal(t, eur(want), due, on)
	}
	require.False(t, crmproject.BudgetLine{Recurrence: crmproject.Recurring, From: 5}.Dated(), "until when?")
	require.False(t, crmproject.BudgetLine{From: 5, Until: 4}.Dated())
	_, ok := crmproject.BudgetLine{}.Due(asOf)
	require.False(t, ok)
}

// TestDatedBudget: a line without dates is due while the work that it pays for is
// done.
func TestDatedBudget(t *testing.T) {
	p := crmproject.Project{
		Activities: []crmproject.Activity{
			{ID: "a", Start: day("2027-03-10"), Finish: day("2027-03-20")}, {ID: "b", Start: day("2027-03-01"), Finish: day("2027-03-05")}, {ID: "c"},
		},
		Budget: crmproject.Budget{Lines: []crmproject.BudgetLine{
			{ID: "L-1", Activities: []string{"a", "b", "c"}}, {ID: "L-2", Activities: []string{"c"}}, {ID: "L-3", Until: 9, Activities: []string{"a"}},
		}},
	}
	lines := p.DatedBudget().Lines
	require.Equal(t, [2]calendar.Date{day("2027-03-01"), day("2027-03-20")}, [2]calendar.Date{lines[0].From, lines[0].Until})
	require.False(t, lines[1].Dated())
	require.Equal(t, calendar.Date(0), lines[2].From)
	require.Zero(t, p.Budget.Lines[0].From, "the project is not changed")
}

func TestCashFlowErrors(t *testing.T) {
	yen := money.MustParse("5 JPY")
	for _, b := range []crmproject.Budget{
		{Lines: []crmproject.BudgetLine{{Planned: eur("1.00"), Until: 9}, {Planned: yen, Until: 9}}},
		{Lines: []crmproject.BudgetLine{{Planned: eur("1.00")}, {Planned: yen}}},
		{Lines: []crmproject.BudgetLine{{Planned: eur("1.00"), Until: 9}, {Planned: yen, Until: 99}}},
		{Costs: []crmproject.Cost{{On: 9, Amount: eur("1.00")}, {On: 9, Amount: yen}}},
	} {
		_, err := b.CashFlow(asOf)
		require.ErrorIs(t, err, money.ErrCurrency)
		_, err = b.Table(asOf)
		require.ErrorIs(t, err, money.ErrCurrency)
		_, err = b.Outlook(asOf)
		require.ErrorIs(t, err, money.ErrCurrency)
	}
	most := money.FromMinor(math.MaxInt64, money.EUR)
	_, err := crmproject.Budget{Lines: []crmproject.BudgetLine{{Planned: most, Until: 9}, {Planned: most, Until: 9}}}.CashFlow(asOf)
	require.ErrorIs(t, err, money.ErrOverflow)
	flow, err := crmproject.Budget{Total: eur("1.00")}.CashFlow(asOf)
	require.NoError(t, err)
	require.Empty(t, flow.Months)
	require.Equal(t, eur("0.00"), flow.Total.Planned)
	require.Equal(t, crmproject.Cash{}, flow.ToDate(5))
}

// TestOutlook: the numbers of a small budget, by hand (CP-17, CP-37).
func TestOutlook(t *testing.T) {
	b := crmproject.Budget{
		Total: eur("1000.00"), Contingency: eur("100.00"),
		Lines: []crmproject.BudgetLine{
			{ID: "L-1", Category: crmproject.SoftwareCost, Recurrence: crmproject.Recurring, Planned: eur("600.00"), From: day("2027-01-01"), Until: day("2027-06-30"), Every: calendar.MustParsePeriod("P1M")},
			{ID: "L-2", Category: crmproject.TrainingCost, Recurrence: crmproject.OneOff, Planned: eur("200.00"), Committed: eur("250.00")},
			{ID: "L-3", Category: crmproject.TrainingCost, Recurrence: crmproject.OneOff, Planned: eur("100.00"), Until: day("2027-01-15"), Closed: day("2027-02-01")},
		},
		Costs: []crmproject.Cost{
			{ID: "C-1", Line: "L-1", On: day("2027-01-05"), Amount: eur("360.00")},
			{ID: "C-2", Line: "L-3", On: day("2027-01-20"), Amount: eur("120.00")},
			{ID: "C-3", On: day("2027-02-10"), Amount: eur("30.00")},
			{ID: "C-4", On: day("2027-12-01"), Amount: eur("999.00")},
		},
		Draws: []crmproject.Draw{{ID: "D-1", On: day("2027-02-11"), Amount: eur("30.00"), For: "C-3"}, {ID: "D-2", On: day("2027-12-01"), Amount: eur("999.00")}},
	}
	o, err := b.Outlook(day("2027-03-31"))
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(crmproject.Outlook{
		AsOf: day("2027-03-31"), Approved: eur("1000.00"), Planned: eur("900.00"), Actual: eur("510.00"),
		Forecast: eur("1000.00"), Headroom: eur("0.00"), // 600 + 250 ordered + 120 closed + 30
		Pace: ratio.New(480, 400), Burn: ratio.Int(17000), Runway: ratio.New(49000, 17000), Unexpected: eur("30.00"),
		Contingency: crmproject.ContingencyStanding{
			SetAside: eur("100.00"), Drawn: eur("30.00"), Remaining: eur("70.00"), Called: eur("50.00"), Uncovered: eur("20.00"), Share: ratio.New(3, 10),
		},
	}, o))
	at, ok := o.AtPace()
	require.True(t, ok)
	require.Equal(t, eur("1110.00"), at, "900 at 6/5, and 30")
	early, err := b.Outlook(day("2026-12-31"))
	require.NoError(t, err)
	require.Equal(t, "nothing is spent yet", early.Runway.Reason())
	_, ok = early.AtPace()
	require.False(t, ok)
	o.Planned = money.FromMinor(math.MaxInt64, money.EUR)
	_, ok = o.AtPace()
	require.False(t, ok, "it does not fit")
	back := crmproject.Outlook{}
	text, err := json.Marshal(early)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &back))
	require.Empty(t, cmp.Diff(early, back))
}

func BenchmarkCashFlow(b *testing.B) {
	budget := crmproject.Budget{}
	for i := range 200 {
		budget.Lines = append(budget.Lines, crmproject.BudgetLine{
			ID: strconv.Itoa(i), Recurrence: crmproject.Recurring, Every: calendar.MustParsePeriod("P1W"),
			Planned: eur("1000.01"), From: day("2027-01-04"), Until: day("2029-12-31"),
		})
	}
	b.Run("by counting", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := budget.CashFlow(asOf); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive: day by day", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			months := map[calendar.Month]int64{}
			for _, l := range budget.Lines {
				days := paymentsOf(l)
				for i, on := range days {
					n := int64(len(days))
					months[on.MonthOf()] += l.Planned.Minor()*int64(i+1)/n - l.Planned.Minor()*int64(i)/n
				}
			}
		}
	})
}
