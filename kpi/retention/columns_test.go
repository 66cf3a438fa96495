package retention_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

const columnsEnd = calendar.Date(738_000)

func randomColumns[K kpi.Key](seed uint64, events, customers, days int, key func(int) K) kpi.Columns[K] {
	rng := rand.New(rand.NewPCG(seed, 3))
	var c kpi.Columns[K]
	for range events {
		c.Customers = append(c.Customers, key(rng.IntN(rng.IntN(customers)+1)))
		c.Days = append(c.Days, columnsEnd+3-calendar.Date(rng.IntN(days)))
		c.Minor = append(c.Minor, rng.Int64N(50)-9)
	}
	return c
}

// checkColumns compares the results of columns with those of a history, with
// amounts and without, for any number of workers.
func checkColumns[K kpi.Key](t *testing.T, c kpi.Columns[K], o retention.Options[K]) {
	t.Helper()
	for i := range 4 {
		o.CustomersOnly = i%2 == 1
		h, err := c.History()
		require.NoError(t, err)
		h.Compact()
		for _, end := range []calendar.Date{columnsEnd, columnsEnd - 40} {
			for _, unit := range []retention.Unit{retention.Week, retention.Month, retention.Quarter} {
				table, err := retention.Calendar(h, end, unit, o)
				require.NoError(t, err)
				stages, err := retention.Stages(h, end, unit, o)
				require.NoError(t, err)
				for _, workers := range []int{1, 7} {
					e := &kpi.Engine{Workers: workers}
					got, err := retention.CalendarColumns(t.Context(), e, c, end, unit, o)
					require.NoError(t, err)
					if !reflect.DeepEqual(table, got) {
						t.Fatalf("%v %v (-history +columns):\n%.3000s", end, unit, cmp.Diff(table, got))
					}
					life, err := retention.StagesColumns(t.Context(), e, c, end, unit, o)
					require.NoError(t, err)
					if !reflect.DeepEqual(stages, life) {
						t.Fatalf("%v %v (-history +columns):\n%.3000s", end, unit, cmp.Diff(stages, life))
					}
				}
			}
		}
		if i == 1 {
			c.Minor = nil
		}
	}
}

// Without orders and revenue, customers are counted as with them.
func TestCustomersOnly(t *testing.T) {
	c := randomColumns(1, 2000, 90, 400, func(i int) int { return i })
	full, err := retention.CalendarColumns(t.Context(), nil, c, columnsEnd, retention.Month, retention.Options[int]{})
	require.NoError(t, err)
	only, err := retention.CalendarColumns(t.Context(), nil, c, columnsEnd, retention.Month, retention.Options[int]{CustomersOnly: true})
	require.NoError(t, err)
	require.True(t, only.CustomersOnly)
	drop := func(cells []retention.Cell) {
		for i := range cells {
			cells[i].Orders, cells[i].Revenue, cells[i].Pending.Orders, cells[i].Pending.Revenue = 0, 0, 0, 0
		}
	}
	full.CustomersOnly = true
	drop(full.Pooled)
	for _, cohort := range full.Cohorts {
		drop(cohort.Cells)
	}
	require.Empty(t, cmp.Diff(full, only))

	h, err := c.History()
	require.NoError(t, err)
	windows := retention.Windows(30, 3)
	elapsed, err := retention.Elapsed(h, columnsEnd, windows, retention.Options[int]{CustomersOnly: true})
	require.NoError(t, err)
	require.True(t, elapsed.CustomersOnly)
	require.Zero(t, elapsed.Pooled[0].Orders)
	require.Positive(t, elapsed.Pooled[0].Active)
}

func TestColumnsEqualHistory(t *testing.T) {
	for seed, size := range [][3]int{{1, 1, 1}, {1, 1, 90}, {60, 20, 90}, {400, 1, 2500}, {900, 600, 500}, {2000, 90, 400}} {
		for _, amounts := range []kpi.Amounts{0, kpi.EveryEvent, kpi.PurchasesOnly} {
			seed, events, customers, days := uint64(seed), size[0], size[1], size[2]
			checkColumns(t, randomColumns(seed, events, customers, days, func(i int) uint32 { return uint32(i) }),
				retention.Options[uint32]{Amounts: amounts})
			if amounts != 0 {
				continue // the kind of key makes no difference to the policy
			}
			checkColumns(t, randomColumns(seed, events, customers, days, func(i int) int64 { return int64(uint64(i) * 0x9e3779b97f4a7c15) }),
				retention.Options[int64]{Amounts: amounts})
			checkColumns(t, randomColumns(seed, events, customers, days, func(i int) string { return fmt.Sprintf("C%d", i) }),
				retention.Options[string]{Amounts: amounts})
		}
	}
}

// What a grid cannot tell goes through a history: labels, recurring cohorts, and
// more periods than a grid has.
func TestColumnsThroughHistory(t *testing.T) {
	c := randomColumns(1, 300, 40, 700, func(i int) int { return i })
	checkColumns(t, c, retention.Options[int]{Label: func(i int) string { return strconv.Itoa(i % 3) }})
	checkColumns(t, c, retention.Options[int]{Starts: retention.Recurring})
	c.Days[0] = columnsEnd - 9000 // more than 1,024 weeks
	checkColumns(t, c, retention.Options[int]{})
}

func TestColumnsErrors(t *testing.T) {
	c := randomColumns(1, 300, 40, 700, func(i int) int { return i })
	var o retention.Options[int]
	_, err := retention.CalendarColumns(t.Context(), nil, c, 0, retention.Month, o)
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = retention.StagesColumns(t.Context(), nil, c, columnsEnd, 9, o)
	require.ErrorContains(t, err, "unit")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err = retention.CalendarColumns(stopped, nil, c, columnsEnd, retention.Month, o)
	require.ErrorIs(t, err, context.Canceled)
	_, err = retention.StagesColumns(stopped, nil, c, columnsEnd, retention.Month, o)
	require.ErrorIs(t, err, context.Canceled)
	c.Days[3] = -4
	_, err = retention.CalendarColumns(t.Context(), nil, c, columnsEnd, retention.Month, retention.Options[int]{Starts: retention.Recurring})
	require.ErrorIs(t, err, verdict.ErrRange)
}

func TestSummaryErrors(t *testing.T) {
	c := randomColumns(1, 300, 40, 700, func(i int) int { return i })
	for message, spoil := range map[string]func(*kpi.Summary[int]){
		"query.asOf":     func(s *kpi.Summary[int]) { s.Query.AsOf = 0 },
		"query.grain":    func(s *kpi.Summary[int]) { s.Query.Grain = 0 },
		"query.from":     func(s *kpi.Summary[int]) { s.Query.From = columnsEnd - 9 },
		"grid.active":    func(s *kpi.Summary[int]) { s.Grid.Active = s.Grid.Active[1:] },
		"grid.revenue":   func(s *kpi.Summary[int]) { s.Grid.Revenue = nil },
		"grid.orders":    func(s *kpi.Summary[int]) { s.Grid.Orders, s.Grid.Revenue = nil, nil },
		"grid.orders[2]": func(s *kpi.Summary[int]) { s.Grid.Orders[2] = -1 },
		"grid.origin":    func(s *kpi.Summary[int]) { s.Grid.Origin++ },
		"grid.periods":   func(s *kpi.Summary[int]) { s.Grid.Periods = -1 },
	} {
		s, err := kpi.Summarise(t.Context(), nil, c, kpi.Query{AsOf: columnsEnd, Grain: kpi.Monthly})
		require.NoError(t, err)
		spoil(&s)
		_, err = retention.CalendarSummary(s)
		require.ErrorContains(t, err, message)
		_, err = retention.StagesSummary(s)
		require.ErrorContains(t, err, message)
	}
	var none kpi.Summary[int]
	none.Query = kpi.Query{AsOf: columnsEnd, Grain: kpi.Weekly}
	table, err := retention.CalendarSummary(none)
	require.NoError(t, err)
	require.Empty(t, table.Cohorts)
	stages, err := retention.StagesSummary(none)
	require.NoError(t, err)
	require.Empty(t, stages.Stages)
}
