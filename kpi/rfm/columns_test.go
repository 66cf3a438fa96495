package rfm_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

// randomColumns are purchases, refunds and events without an amount, with amounts
// coarse enough for ties.
func randomColumns[K kpi.Key](seed uint64, events, customers int, key func(int) K) kpi.Columns[K] {
	rng := rand.New(rand.NewPCG(seed, 3))
	var c kpi.Columns[K]
	for range events {
		c.Customers = append(c.Customers, key(rng.IntN(rng.IntN(customers)+1)))
		c.Days = append(c.Days, benchDay+5-calendar.Date(rng.IntN(400)))
		c.Minor = append(c.Minor, 100*(rng.Int64N(60)-9))
	}
	return c
}

// schemes are all methods, with every treatment of ties that they have.
func schemes() []rfm.Scheme {
	cuts := []ratio.Ratio{ratio.Int(3), ratio.New(21, 2), ratio.Int(200)}
	s := []rfm.Scheme{
		{},
		{Count: rfm.DistinctDays, Value: rfm.MeanPerDay, Amounts: kpi.EveryEvent},
		{Value: rfm.MeanPerOrder, Amounts: kpi.PurchasesOnly},
		{Nesting: rfm.Nested},
		{Window: calendar.Period{Count: 3, Unit: calendar.UnitMonth}},
		rfm.RPackage(100),
	}
	for _, a := range []rfm.Axis{
		{Bins: 3, Ties: rfm.TiesMerged},
		{Bins: 40},
		{Bins: 255, Ties: rfm.TiesMerged},
		{Ties: rfm.TiesInOrder},
		{Bins: 60, Ties: rfm.TiesInOrder},
		{Method: rfm.NTile},
		{Method: rfm.NTile, Bins: 30},
		{Method: rfm.NTile, Bins: 255, Break: rfm.BreakByCustomerDescending},
		{Method: rfm.NTile, Break: rfm.BreakByMonetary},
		{Method: rfm.Fixed, Cuts: cuts},
		{Method: rfm.Fixed, Cuts: cuts, Closed: rfm.LeftClosed},
	} {
		s = append(s, rfm.Uniform(a))
	}
	return s
}

// checkColumns compares the table of columns with that of a history, binned by
// sorting, for any number of workers.
func checkColumns[K kpi.Key](t *testing.T, c kpi.Columns[K]) {
	t.Helper()
	h, err := c.History()
	require.NoError(t, err)
	for i, s := range schemes() {
		before := rfm.SetManyCustomers(math.MaxInt)
		want, err := rfm.Score(h, benchDay, s)
		require.NoError(t, err)
		rfm.SetManyCustomers(1)
		for _, workers := range []int{1, 2, 7} {
			got, err := rfm.ScoreColumns(t.Context(), &kpi.Engine{Workers: workers}, c, benchDay, s)
			require.NoError(t, err)
			if !reflect.DeepEqual(want, got) {
				t.Fatalf("scheme %d, %d workers (-history +columns):\n%.3000s", i, workers, cmp.Diff(want, got))
			}
		}
		rfm.SetManyCustomers(before)
	}
}

func TestScoreColumnsEqualsScore(t *testing.T) {
	for seed, size := range [][2]int{{1, 1}, {7, 2}, {40, 30}, {900, 1}, {3000, 800}, {6000, 5000}} {
		seed, events, customers := uint64(seed), size[0], size[1]
		checkColumns(t, randomColumns(seed, events, customers, func(i int) uint32 { return uint32(i) }))
		checkColumns(t, randomColumns(seed, events, customers, func(i int) int64 { return int64(uint64(i) * 0x9e3779b97f4a7c15) }))
		checkColumns(t, randomColumns(seed, events, customers, func(i int) string { return fmt.Sprintf("C%d", i) }))
		checkColumns(t, randomColumns(seed, events, customers, func(i int) string { return fmt.Sprintf("customer %d of the house of %[1]x", i) }))
	}
}

func TestScoreColumnsErrors(t *testing.T) {
	c := randomColumns(1, 50, 9, strconv.Itoa)
	_, err := rfm.ScoreColumns(t.Context(), nil, c, 0, rfm.Scheme{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = rfm.ScoreColumns(t.Context(), nil, c, benchDay, rfm.Scheme{Count: 9})
	require.ErrorContains(t, err, "scheme.count")
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err = rfm.ScoreColumns(stopped, nil, c, benchDay, rfm.Scheme{})
	require.ErrorIs(t, err, context.Canceled)
	c.Days[7] = 0
	_, err = rfm.ScoreColumns(t.Context(), nil, c, benchDay, rfm.Scheme{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.ErrorContains(t, err, "event 7")
}

// Totals from elsewhere give the same scores as the events they sum up.
func TestScoreSummary(t *testing.T) {
	c := randomColumns(5, 4000, 300, func(i int) int { return i })
	for _, s := range schemes() {
		if s.Window != (calendar.Period{}) {
			continue
		}
		want, err := rfm.ScoreColumns(t.Context(), nil, c, benchDay, s)
		require.NoError(t, err)
		q := kpi.Query{AsOf: benchDay, Amounts: s.Amounts, Detail: kpi.WithDays}
		summary, err := kpi.Summarise(t.Context(), nil, c, q)
		require.NoError(t, err)
		got, err := rfm.ScoreSummary(summary, s)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(want, got))
	}
}

func TestScoreSummaryErrors(t *testing.T) {
	sound := func() kpi.Summary[string] {
		return kpi.Summary[string]{
			Query: kpi.Query{AsOf: benchDay},
			Totals: kpi.Totals[string]{
				Customers: []string{"a", "b"}, Last: []calendar.Date{benchDay, benchDay - 9},
				Orders: []int64{1, 2}, Sum: []int64{100, 250},
			},
		}
	}
	got, err := rfm.ScoreSummary(sound(), rfm.Scheme{})
	require.NoError(t, err)
	require.Equal(t, []rfm.Cell{{5, 1, 1}, {1, 5, 5}}, got.Cells)
	for message, spoil := range map[string]func(*kpi.Summary[string]) rfm.Scheme{
		"asOf":                         func(s *kpi.Summary[string]) rfm.Scheme { s.Query.AsOf = 0; return rfm.Scheme{} },
		"query.amounts":                func(s *kpi.Summary[string]) rfm.Scheme { s.Query.Amounts = kpi.EveryEvent; return rfm.Scheme{} },
		"query.from":                   func(s *kpi.Summary[string]) rfm.Scheme { s.Query.From = benchDay - 3; return rfm.Scheme{} },
		"totals.days":                  func(*kpi.Summary[string]) rfm.Scheme { return rfm.Scheme{Count: rfm.DistinctDays} },
		"totals.customers[1]":          func(s *kpi.Summary[string]) rfm.Scheme { s.Totals.Customers[1] = "a"; return rfm.Scheme{} },
		"totals.last[0]: out of range": func(s *kpi.Summary[string]) rfm.Scheme { s.Totals.Last[0]++; return rfm.Scheme{} },
	} {
		s := sound()
		scheme := spoil(&s)
		_, err := rfm.ScoreSummary(s, scheme)
		require.ErrorContains(t, err, message)
	}
}
