package kpi_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
)

// A shape is how random columns are made.
type shape struct {
	name      string
	events    int
	customers int
	days      int
	minor     func(*rand.Rand) int64 // nil: no amounts
}

var shapes = []shape{
	{"one event", 1, 1, 1, mixed},
	{"one customer", 500, 1, 900, mixed},
	{"one day", 500, 60, 1, mixed},
	{"few", 40, 9, 30, mixed},
	{"more than 64 months", 3000, 70, 2500, mixed},
	{"refunds only", 300, 40, 100, func(r *rand.Rand) int64 { return -r.Int64N(9) - 1 }},
	{"nothing", 300, 40, 400, func(*rand.Rand) int64 { return 0 }},
	{"no amounts", 4000, 300, 1000, nil},
	{"mixed", 5000, 900, 1000, mixed},
	{"all new", 700, 100_000, 1000, mixed},
	{"large amounts", 2000, 100, 300, func(r *rand.Rand) int64 { return r.Int64N(1<<54) - 1<<53 }},
	{"too large to pack", 2000, 100, 300, func(r *rand.Rand) int64 { return r.Int64N(1<<58) - 1<<57 }},
	{"many", 300_000, 9_000, 500, mixed},
}

// mixed are purchases, with some refunds and events without an amount.
func mixed(r *rand.Rand) int64 {
	switch r.IntN(8) {
	case 0:
		return 0
	case 1:
		return -r.Int64N(5000)
	default:
		return r.Int64N(100_000)
	}
}

const lastDay = calendar.Date(738_000)

// columns makes columns with the customers that key gives.
func columns[K kpi.Key](s shape, seed uint64, key func(int) K) kpi.Columns[K] {
	rng := rand.New(rand.NewPCG(seed, 7))
	c := kpi.Columns[K]{}
	for range s.events {
		c.Customers = append(c.Customers, key(rng.IntN(rng.IntN(s.customers)+1)))
		c.Days = append(c.Days, lastDay-calendar.Date(rng.IntN(s.days)))
		if s.minor != nil {
			c.Minor = append(c.Minor, s.minor(rng))
		}
	}
	return c
}

// queries are what is asked of the columns: every part alone and all together, every
// policy, days within the range and outside.
func queries(s shape) []kpi.Query {
	mid := lastDay - calendar.Date(s.days/3)
	if s.events > 100_000 { // for the chunks, not for the questions
		return []kpi.Query{
			{AsOf: mid, Grain: kpi.Monthly, Detail: kpi.WithDays},
			{AsOf: lastDay, Grain: kpi.Monthly},
			{AsOf: lastDay, Grain: kpi.Monthly, CustomersOnly: true},
		}
	}
	return []kpi.Query{
		{AsOf: lastDay},
		{AsOf: lastDay, Detail: kpi.WithTotals},
		{AsOf: lastDay, Detail: kpi.WithDays},
		{AsOf: lastDay, Grain: kpi.Monthly},
		{AsOf: lastDay, Grain: kpi.Weekly, Detail: kpi.WithDays},
		{AsOf: mid, Grain: kpi.Quarterly, Detail: kpi.WithTotals, Amounts: kpi.EveryEvent},
		{AsOf: mid, Grain: kpi.Monthly, Detail: kpi.WithDays, Amounts: kpi.PurchasesOnly},
		{AsOf: mid, From: mid - calendar.Date(s.days/4), Grain: kpi.Monthly, Detail: kpi.WithDays},
		{AsOf: calendar.MinDate, Grain: kpi.Monthly, Detail: kpi.WithTotals},
		{AsOf: mid, Grain: kpi.Weekly},
		{AsOf: mid, Grain: kpi.Monthly, Amounts: kpi.PurchasesOnly},
		{AsOf: mid, Grain: kpi.Monthly, CustomersOnly: true},
		{AsOf: lastDay, Grain: kpi.Weekly, CustomersOnly: true, Amounts: kpi.EveryEvent},
		{AsOf: mid, Grain: kpi.Quarterly, CustomersOnly: true, Amounts: kpi.PurchasesOnly},
		{AsOf: lastDay, Grain: kpi.Quarterly, CustomersOnly: true, Detail: kpi.WithDays},
	}
}

// checkSummaries compares the summary of columns with that of a history, the slow
// twin, for any number of workers.
func checkSummaries[K kpi.Key](t *testing.T, s shape, key func(int) K) {
	t.Helper()
	c := columns(s, 1, key)
	h, err := c.History()
	require.NoError(t, err)
	h.Compact()
	var engines [3]kpi.Engine
	for i, workers := range []int{1, 2, 7} {
		engines[i].Workers = workers
	}
	for _, q := range queries(s) {
		want, wantErr := h.Summary(q)
		for i := range engines {
			got, err := kpi.Summarise(t.Context(), &engines[i], c, q)
			if wantErr != nil {
				require.Error(t, err)
				require.Equal(t, wantErr.Error(), err.Error())
				continue
			}
			require.NoError(t, err)
			if !reflect.DeepEqual(want, got) { // cmp.Diff takes minutes on grids
				t.Fatalf("%+v, %d workers (-history +columns):\n%.2000s", q, engines[i].Workers, cmp.Diff(want, got))
			}
		}
	}
}

type (
	userID  string
	account int16
	ticket  uint64
)

func TestSummariseEqualsHistory(t *testing.T) {
	t.Parallel()
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			spread := func(i int) int64 { return int64(uint64(i) * 0x9e3779b97f4a7c15) }
			checkSummaries(t, s, func(i int) uint32 { return uint32(i) })
			checkSummaries(t, s, spread)
			checkSummaries(t, s, func(i int) string { return fmt.Sprintf("C-%d", i) })
			if s.events > 5000 || s.days > 1000 {
				return // large enough
			}
			checkSummaries(t, s, func(i int) int { return 3*i - 50 })
			checkSummaries(t, s, func(i int) int32 { return int32(spread(i)) })
			checkSummaries(t, s, func(i int) uint64 { return uint64(spread(i)) })
			checkSummaries(t, s, func(i int) account { return account(spread(i)) })
			checkSummaries(t, s, func(i int) ticket { return ticket(spread(i)) })
			checkSummaries(t, s, func(i int) userID { return userID(fmt.Sprintf("user/%010d", i)) })
			checkSummaries(t, s, func(i int) string { return fmt.Sprintf("%x@example.org", spread(i)) })
			checkSummaries(t, s, func(i int) string { return fmt.Sprintf("%x", spread(i)) })
			checkSummaries(t, s, func(i int) string { return "ab\x00\x00\x00\x00\x00\x00\x00"[:i%9] })
		})
	}
}
