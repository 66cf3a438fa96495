package bulk_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/internal/bulk"
)

func days(n int) []calendar.Date {
	d := make([]calendar.Date, n)
	for i := range d {
		d[i] = calendar.Date(1 + i%1000)
	}
	return d
}

func job(n int) bulk.Job {
	return bulk.Job{Days: days(n), From: 1, AsOf: 1000, Policy: bulk.NetOfRefunds, Totals: true, DistinctDays: true, Workers: 2}
}

// gatherAll is the slow twin: a map.
func gatherAll[I bulk.Integer](t *testing.T, who []I) {
	t.Helper()
	r, err := bulk.Gather(t.Context(), new(bulk.Engine), who, job(len(who)))
	require.NoError(t, err)
	orders, on := map[I]int64{}, map[I]map[calendar.Date]bool{}
	for i, w := range who {
		if on[w] == nil {
			on[w] = map[calendar.Date]bool{}
		}
		orders[w]++
		on[w][days(len(who))[i]] = true
	}
	require.True(t, slices.IsSorted(r.Totals.Customers))
	require.Len(t, r.Totals.Customers, len(orders))
	for i, w := range r.Totals.Customers {
		require.Equal(t, orders[w], r.Totals.Orders[i])
		require.EqualValues(t, len(on[w]), r.Totals.Days[i])
	}
}

// Customers at both ends of their type, crowded and far apart.
func TestGatherIntegers(t *testing.T) {
	gatherAll(t, []int64{math.MaxInt64, math.MinInt64, 0, -1, math.MaxInt64})
	gatherAll(t, []uint64{math.MaxUint64, 0, 1})
	gatherAll(t, []int8{-128, 127, 3, -128})
	gatherAll(t, []uint32{math.MaxUint32, math.MaxUint32 - 7})
	rng := rand.New(rand.NewPCG(1, 2))
	crowded := make([]int64, 3000)
	for i := range crowded {
		crowded[i] = rng.Int64N(9) << (6 * rng.IntN(10))
	}
	gatherAll(t, crowded)
	for _, span := range []int{300, 2999, 4500, 20_000} { // full, sparse, sorted, hashed
		who := make([]int32, 3000)
		for i := range who {
			who[i] = int32(rng.IntN(span)) - 100
		}
		gatherAll(t, who)
	}
}

// A total that overflows on the way is left to others, even if it comes back.
func TestGatherWide(t *testing.T) {
	j := job(3)
	j.Minor = []int64{1 << 52, 1 << 52, 1}
	_, err := bulk.Gather(t.Context(), new(bulk.Engine), []int{1, 1, 1}, j)
	require.NoError(t, err)
	j.Minor[0] = math.MaxInt64
	_, err = bulk.Gather(t.Context(), new(bulk.Engine), []int{1, 1, 1}, j)
	require.ErrorIs(t, err, bulk.ErrWide, "no room for the day")

	const many = 5000
	j = bulk.Job{Days: slices.Repeat([]calendar.Date{1}, many), Minor: slices.Repeat([]int64{1 << 60}, many), From: 1, AsOf: 1, Policy: bulk.NetOfRefunds, Workers: 2}
	one := make([]int, many)
	j.Totals = true
	_, err = bulk.Gather(t.Context(), new(bulk.Engine), one, j)
	require.ErrorIs(t, err, bulk.ErrWide, "the total of a customer")
	j.Totals, j.Period = false, func(calendar.Date) int { return 1 }
	for i := range one {
		one[i] = i % 2
	}
	_, err = bulk.Gather(t.Context(), new(bulk.Engine), one, j)
	require.ErrorIs(t, err, bulk.ErrWide, "the revenue of a cell")
	for i := range one {
		one[i] = i
	}
	_, err = bulk.Gather(t.Context(), new(bulk.Engine), one, j)
	require.ErrorIs(t, err, bulk.ErrWide, "no room for the number of a customer")
	j.Days, j.AsOf, j.Minor = []calendar.Date{1, 2000}, 2000, nil
	j.Period = func(d calendar.Date) int { return int(d) }
	_, err = bulk.Gather(t.Context(), new(bulk.Engine), []int{1, 2}, j)
	require.ErrorIs(t, err, bulk.ErrWide, "too many periods")
}

// Wherever the work is stopped, the error says so.
func TestGatherStops(t *testing.T) {
	who := make([]int64, 280_000)
	for i := range who {
		who[i] = int64(i) << 20
	}
	for at := range 5 {
		ctx, stop := context.WithCancel(t.Context())
		j, steps := job(len(who)), 0
		j.Progress = func(done, total int64) {
			require.Equal(t, int64(2*len(who)), total)
			require.LessOrEqual(t, done, total)
			if steps++; steps > at {
				stop()
			}
		}
		_, err := bulk.Gather(ctx, new(bulk.Engine), who, j)
		require.ErrorIs(t, err, context.Canceled)
		stop()
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err := bulk.Gather(stopped, new(bulk.Engine), who, job(len(who)))
	require.ErrorIs(t, err, context.Canceled)
	_, err = bulk.GatherTexts(stopped, new(bulk.Engine), []string{"a"}, job(1))
	require.ErrorIs(t, err, context.Canceled)
	_, err = bulk.GatherTexts(stopped, new(bulk.Engine), nil, job(0))
	require.ErrorIs(t, err, context.Canceled)
}

// One customer of each row, in numbers that make tables grow.
func TestGatherAllNew(t *testing.T) {
	who := make([]uint64, 50_000)
	for i := range who {
		who[i] = uint64(i) * 0x9e3779b97f4a7c15
	}
	r, err := bulk.Gather(t.Context(), new(bulk.Engine), who, job(len(who)))
	require.NoError(t, err)
	slices.Sort(who)
	require.Equal(t, who, r.Totals.Customers)
}

func TestFault(t *testing.T) {
	j := job(5)
	j.Days = []calendar.Date{1, 0, 2, -1, calendar.MaxDate + 1}
	_, err := bulk.Gather(t.Context(), new(bulk.Engine), make([]int, 5), j)
	require.Equal(t, &bulk.Fault{Row: 1, Bad: 3}, err)
	require.EqualError(t, err, "day out of range")
}

// The grid from rows of 4 bytes is that from rows of 16, for more than 64 periods and
// with days that do not count.
func TestGatherShort(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	who, far := make([]uint32, 20_000), make([]int64, 20_000)
	for i := range who {
		who[i] = uint32(rng.IntN(900))
		far[i] = int64(who[i]) << 40
	}
	for _, every := range []int{1, 3, 40, 1000} {
		j := job(len(who))
		j.AsOf, j.Totals, j.DistinctDays = 700, false, false
		j.Period = func(d calendar.Date) int { return 5 + int(d)/every }
		short, err := bulk.Gather(t.Context(), new(bulk.Engine), who, j)
		require.NoError(t, err)
		long, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
		require.NoError(t, err)
		require.Equal(t, long.Grid, short.Grid)
		require.Equal(t, long.Counts, short.Counts)
		j.CustomersOnly = true
		for _, workers := range []int{1, 2, 7} {
			j.Workers = workers
			few, err := bulk.Gather(t.Context(), new(bulk.Engine), who, j)
			require.NoError(t, err)
			many, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
			require.NoError(t, err)
			require.Equal(t, few.Grid, many.Grid)
			require.Nil(t, few.Grid.Orders)
			require.Equal(t, short.Grid.Active, few.Grid.Active)
			require.Equal(t, short.Grid.Last, few.Grid.Last)
			require.Equal(t, short.Grid.Retained, few.Grid.Retained)
		}
		j.CustomersOnly, j.Workers = false, 2
		j.Totals = true
		full, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
		require.NoError(t, err)
		require.Equal(t, full.Grid, short.Grid)
		j.Totals, j.Minor = false, make([]int64, len(who))
		withAmounts, err := bulk.Gather(t.Context(), new(bulk.Engine), who, j)
		require.NoError(t, err)
		require.Equal(t, withAmounts.Grid, short.Grid)
	}
}

// Customers that crowd at a few places of a wide range come out in order too.
func TestGatherCrowded(t *testing.T) {
	var who []int64
	for place := range int64(7) {
		for i := range int64(3000) {
			who = append(who, place<<58|i*i)
		}
	}
	gatherAll(t, who)
}

// Where only customers are counted, amounts make no difference unless there are refunds;
// many customers of a part make its table grow.
func TestGatherCustomersOnly(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	const n = 60_000
	near, far := make([]uint32, n), make([]int64, n)
	for i := range near {
		near[i] = uint32(rng.IntN(40_000))
		far[i] = int64(near[i]) << 40
	}
	for _, least := range []int64{-5, 0, 1} {
		for _, policy := range []bulk.Policy{bulk.NetOfRefunds, bulk.EveryEvent, bulk.PurchasesOnly} {
			j := job(n)
			j.AsOf, j.Policy, j.Totals, j.DistinctDays = 900, policy, false, false
			j.Period = func(d calendar.Date) int { return 5 + int(d)/40 }
			j.Minor = make([]int64, n)
			for i := range j.Minor {
				j.Minor[i] = least + rng.Int64N(9)
			}
			full, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
			require.NoError(t, err)
			full.Grid.Orders, full.Grid.Revenue = nil, nil
			j.CustomersOnly = true
			for _, workers := range []int{1, 2, 7} {
				j.Workers = workers
				few, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
				require.NoError(t, err)
				require.Equal(t, full, few)
				dense, err := bulk.Gather(t.Context(), new(bulk.Engine), near, j)
				require.NoError(t, err)
				require.Equal(t, full.Grid, dense.Grid)
				j.Totals = true
				with, err := bulk.Gather(t.Context(), new(bulk.Engine), near, j)
				require.NoError(t, err)
				require.Equal(t, full.Grid, with.Grid)
				apart, err := bulk.Gather(t.Context(), new(bulk.Engine), far, j)
				require.NoError(t, err)
				require.Equal(t, full.Grid, apart.Grid)
				j.Totals = false
			}
		}
	}
}
