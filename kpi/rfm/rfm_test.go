package rfm_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

func half(n int64) ratio.Ratio { return ratio.New(n, 2) }

// Five customers whose scores can be checked by hand, as of day 100 with two bins:
//
//	       recency  orders  days  money   cuts: recency median 10, orders 2, money 50
//	ada    0        3       2     90      R2 F2 M2
//	bob    10       2       1     50      R2 F1 M1
//	cyd    40       1       1     70      R1 F1 M2
//	dan    90       1       1     10      R1 F1 M1
//	eve    0        2       2     0       R2 F1 M1
func small(t testing.TB) *rfm.History[string] {
	t.Helper()
	var h rfm.History[string]
	for _, e := range []struct {
		who   string
		day   calendar.Date
		minor int64
	}{
		{"eve", 100, 20}, {"ada", 100, 30}, {"dan", 10, 10}, {"ada", 100, 40}, {"bob", 90, 25}, {"cyd", 60, 70},
		{"ada", 50, 20}, {"bob", 90, 25}, {"eve", 99, 0}, {"eve", 100, -20},
		{"fay", 101, 5}, {"gus", 20, -5},
	} {
		require.NoError(t, h.Add(e.who, e.day, e.minor))
	}
	return &h
}

func TestSmall(t *testing.T) {
	got, err := rfm.Score(small(t), 100, rfm.Uniform(rfm.Axis{Bins: 2}))
	require.NoError(t, err)
	require.Equal(t, []string{"ada", "bob", "cyd", "dan", "eve"}, got.Customers)
	require.Equal(t, []rfm.Cell{{2, 2, 2}, {2, 1, 1}, {1, 1, 2}, {1, 1, 1}, {2, 1, 1}}, got.Cells)
	require.Equal(t, []string{"fay", "gus"}, got.Unscored, "nothing is dropped silently")
	require.Equal(t, rfm.Counts{Events: 12, Orders: 9, Refunds: 2, Later: 1}, got.Counts)
	recency, ok := got.CutsOf(rfm.Recency)
	require.True(t, ok)
	require.Equal(t, rfm.Cuts{
		Dimension: rfm.Recency, Customers: 5, Bins: 2, Lowest: ratio.Int(0), Highest: ratio.Int(90),
		At: []rfm.Cut{{At: ratio.Int(10), Float: 10}},
	}, recency)
	require.Equal(t, rfm.Cell{2, 2, 2}, got.Best())
	row, ok := got.Find("eve")
	require.True(t, ok)
	require.Equal(t, rfm.Row[string]{
		Customer: "eve", Last: 100, Frequency: 2, Monetary: ratio.Int(0), Orders: 2, Sum: 0, Cell: rfm.Cell{2, 1, 1},
	}, row)
	_, ok = got.Find("fay")
	require.False(t, ok)
}

func TestMeasures(t *testing.T) {
	got, err := rfm.Score(small(t), 100, rfm.Scheme{Count: rfm.DistinctDays, Value: rfm.MeanPerOrder})
	require.NoError(t, err)
	require.Equal(t, []int64{2, 1, 1, 1, 2}, got.Days)
	ada, _ := got.Find("ada")
	require.EqualValues(t, 2, ada.Frequency)
	require.Equal(t, ratio.Int(30), ada.Monetary)
	perDay, err := rfm.Score(small(t), 100, rfm.Scheme{Value: rfm.MeanPerDay})
	require.NoError(t, err)
	ada, _ = perDay.Find("ada")
	require.Equal(t, ratio.Int(45), ada.Monetary)
	require.EqualValues(t, 3, ada.Frequency)
}

func TestPolicies(t *testing.T) {
	every, err := rfm.Score(small(t), 100, rfm.Scheme{Amounts: kpi.EveryEvent})
	require.NoError(t, err)
	gus, ok := every.Find("gus")
	require.True(t, ok, "a refund counts as an order")
	require.EqualValues(t, -5, gus.Sum)
	require.Equal(t, rfm.Counts{Events: 12, Orders: 11, Later: 1}, every.Counts)

	only, err := rfm.Score(small(t), 100, rfm.Scheme{Amounts: kpi.PurchasesOnly})
	require.NoError(t, err)
	eve, _ := only.Find("eve")
	require.EqualValues(t, 1, eve.Orders)
	require.EqualValues(t, 20, eve.Sum)
	require.Equal(t, rfm.Counts{Events: 12, Orders: 8, Ignored: 3, Later: 1}, only.Counts)

	month, err := rfm.Score(small(t), 100, rfm.Scheme{Window: calendar.MustParsePeriod("P10D")})
	require.NoError(t, err)
	require.Equal(t, []string{"ada", "eve"}, month.Customers, "day 90 is the eleventh from the end")
	require.Equal(t, rfm.Counts{Events: 12, Orders: 4, Refunds: 1, Later: 1, Earlier: 6}, month.Counts)

	ever, err := rfm.Score(small(t), 100, rfm.Scheme{Window: calendar.MustParsePeriod("P2000Y")})
	require.NoError(t, err)
	require.Zero(t, ever.Counts.Earlier)
}

func TestMethodsByHand(t *testing.T) {
	values := []int64{5, 5, 5, 7, 9, 9, 11}
	for _, c := range []struct {
		name   string
		axis   rfm.Axis
		d      rfm.Dimension
		scores []uint8
		cuts   []string
		bins   int
	}{
		{"quantile", rfm.Axis{Bins: 3}, rfm.Monetary, []uint8{1, 1, 1, 2, 2, 2, 3}, []string{"5", "9"}, 3},
		{"quantile of days", rfm.Axis{Bins: 3}, rfm.Recency, []uint8{3, 3, 3, 2, 2, 2, 1}, []string{"5", "9"}, 3},
		{"merged", rfm.Axis{Bins: 3, Ties: rfm.TiesMerged}, rfm.Monetary, []uint8{1, 1, 1, 1, 1, 1, 2}, []string{"9"}, 2},
		{"in order", rfm.Axis{Bins: 3, Ties: rfm.TiesInOrder}, rfm.Monetary, []uint8{1, 1, 1, 2, 2, 3, 3}, []string{"5", "9+"}, 3},
		{"n-tile", rfm.Axis{Method: rfm.NTile, Bins: 4}, rfm.Monetary, []uint8{1, 1, 2, 2, 3, 3, 4}, []string{"5+", "7", "9"}, 4},
		{"n-tile of days", rfm.Axis{Method: rfm.NTile, Bins: 4}, rfm.Recency, []uint8{3, 3, 4, 2, 1, 2, 1}, []string{"5+", "5", "9+"}, 4},
		{"descending", rfm.Axis{Method: rfm.NTile, Bins: 4, Break: rfm.BreakByCustomerDescending}, rfm.Monetary, []uint8{2, 1, 1, 2, 3, 3, 4}, []string{"5+", "7", "9"}, 4},
		{"fixed", rfm.Axis{Method: rfm.Fixed, Cuts: []ratio.Ratio{ratio.Int(5), half(17)}}, rfm.Monetary, []uint8{1, 1, 1, 2, 3, 3, 3}, []string{"5", "17/2"}, 3},
		{"left-closed", rfm.Axis{Method: rfm.Fixed, Closed: rfm.LeftClosed, Cuts: []ratio.Ratio{ratio.Int(5), ratio.Int(9)}}, rfm.Monetary, []uint8{2, 2, 2, 2, 3, 3, 3}, []string{"5", "9"}, 3},
		{"R", rfm.Axis{Method: rfm.RCompatible, Bins: 3}, rfm.Monetary, []uint8{1, 1, 1, 2, 2, 2, 3}, []string{"6", "10"}, 3},
		{"one bin", rfm.Axis{Bins: 1}, rfm.Monetary, []uint8{1, 1, 1, 1, 1, 1, 1}, nil, 1},
	} {
		scores, cuts, err := c.axis.Scores(c.d, values)
		require.NoError(t, err, c.name)
		require.Equal(t, c.scores, scores, c.name)
		require.Equal(t, c.bins, cuts.Bins, c.name)
		var texts []string
		for _, cut := range cuts.At {
			text := cut.At.String()
			if cut.Split {
				text += "+"
			}
			texts = append(texts, text)
			float, _ := cut.At.Float64()
			require.Equal(t, float, cut.Float)
		}
		require.Equal(t, c.cuts, texts, c.name)
	}
}

func TestBounds(t *testing.T) {
	_, cuts, err := rfm.Axis{Bins: 2}.Scores(rfm.Monetary, []int64{1, 2, 3, 4})
	require.NoError(t, err)
	for bin, want := range [][2]string{{"undefined: no such bin", "undefined: no such bin"}, {"1", "5/2"}, {"5/2", "4"}, {"undefined: no such bin", "undefined: no such bin"}} {
		lo, hi := cuts.Bounds(bin)
		require.Equal(t, want, [2]string{lo.String(), hi.String()})
	}
}

func TestFewCustomers(t *testing.T) {
	for _, a := range []rfm.Axis{{}, {Method: rfm.NTile}, {Ties: rfm.TiesInOrder}, {Ties: rfm.TiesMerged}, {Method: rfm.RCompatible}} {
		scores, cuts, err := a.Scores(rfm.Frequency, nil)
		require.NoError(t, err)
		require.Empty(t, scores)
		require.Empty(t, cuts.At)
		scores, _, err = a.Scores(rfm.Frequency, []int64{7})
		require.NoError(t, err)
		require.Equal(t, []uint8{1}, scores, "%+v", a)
	}
	scores, cuts, err := rfm.Axis{Method: rfm.NTile}.Scores(rfm.Recency, []int64{3, 1})
	require.NoError(t, err)
	require.Equal(t, []uint8{1, 2}, scores)
	require.False(t, cuts.At[0].At.Defined(), "nobody has the best scores")
	var empty rfm.History[int]
	got, err := rfm.Score(&empty, 1, rfm.Scheme{Nesting: rfm.Nested})
	require.NoError(t, err)
	require.Zero(t, got.Len())
	_, ok := got.CutsOf(rfm.Frequency)
	require.False(t, ok)
}

// Values at the ends of int64 neither wrap nor flip.
func TestHugeAmounts(t *testing.T) {
	values := []int64{math.MinInt64, -1, 0, 1, math.MaxInt64}
	for _, a := range []rfm.Axis{{}, {Method: rfm.NTile}, {Ties: rfm.TiesMerged, Bins: 7}} {
		scores, cuts, err := a.Scores(rfm.Monetary, values)
		require.NoError(t, err)
		require.IsNonDecreasing(t, scores)
		require.EqualValues(t, 1, scores[0])
		for _, cut := range cuts.At {
			require.False(t, math.IsNaN(cut.Float) || math.IsInf(cut.Float, 0))
		}
	}
	_, cuts, err := rfm.Axis{Bins: 2}.Scores(rfm.Monetary, []int64{math.MinInt64, math.MaxInt64})
	require.NoError(t, err)
	require.Equal(t, ratio.Overflow, cuts.At[0].At.Reason())
	require.Zero(t, cuts.At[0].Float)
	scores, _, err := rfm.Axis{Method: rfm.RCompatible}.Scores(rfm.Monetary, []int64{math.MaxInt64 - 1, math.MaxInt64})
	require.NoError(t, err)
	require.Equal(t, []uint8{5, 5}, scores, "in none of R's bins, since one more is no more in float64")

	var h rfm.History[string]
	for range 2 {
		require.NoError(t, h.Add("rich", 1, math.MaxInt64))
	}
	_, err = rfm.Score(&h, 1, rfm.Scheme{})
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, `"rich"`)
	require.NoError(t, h.Add("rich", 1, math.MinInt64), "a refund brings it back into range, in whatever order they came")
	got, err := rfm.Score(&h, 1, rfm.Scheme{})
	require.NoError(t, err)
	require.EqualValues(t, math.MaxInt64-1, got.Sum[0])
}

// Means are compared as fractions: 1/3 and its float64 are not the same.
func TestMeansAreExact(t *testing.T) {
	var h rfm.History[int]
	add := func(who int, amounts ...int64) {
		for _, a := range amounts {
			require.NoError(t, h.Add(who, 1, a))
		}
	}
	const big = 1 << 53
	add(1, big, big, big+1) // mean 2⁵³ + 1/3
	add(2, big, big+1)      // mean 2⁵³ + 1/2
	add(3, big)
	add(4, -1, 4, -4) // −1/3 with every event counted
	add(5, -1, -1)
	got, err := rfm.Score(&h, 1, rfm.Scheme{Value: rfm.MeanPerOrder, Amounts: kpi.EveryEvent})
	require.NoError(t, err)
	require.Equal(t, []uint8{4, 5, 3, 2, 1}, []uint8{got.Cells[0].M, got.Cells[1].M, got.Cells[2].M, got.Cells[3].M, got.Cells[4].M})
}

func TestTableRoundTrip(t *testing.T) {
	for _, s := range []rfm.Scheme{{}, {Count: rfm.DistinctDays, Nesting: rfm.Nested}, rfm.Uniform(rfm.Axis{Method: rfm.Fixed, Cuts: []ratio.Ratio{half(3)}})} {
		want, err := rfm.Score(small(t), 100, s)
		require.NoError(t, err)
		data, err := json.Marshal(want)
		require.NoError(t, err)
		var got rfm.Table[string]
		require.NoError(t, json.Unmarshal(data, &got))
		require.Empty(t, cmp.Diff(want, got))
		require.NoError(t, got.Validate())
	}
}

func TestTableValidate(t *testing.T) {
	good, err := rfm.Score(small(t), 100, rfm.Scheme{Count: rfm.DistinctDays})
	require.NoError(t, err)
	short := good
	short.AsOf, short.Last, short.Orders, short.Sum, short.Cells, short.Days = 0, nil, nil, nil, nil, nil
	short.Scheme.Count = 9
	requireFaults(t, short.Validate(), "asOf", "scheme.count", "last", "orders", "sum", "cells")
	bad := good
	bad.Customers = []string{"ada", "ada", "cyd", "dan", "eve"}
	bad.Last = append([]calendar.Date{101, 0}, good.Last[2:]...)
	bad.Orders = append([]int64{0}, good.Orders[1:]...)
	bad.Days = append([]int64{1, 0}, good.Days[2:]...)
	bad.Cells = append([]rfm.Cell{{}}, good.Cells[1:]...)
	requireFaults(t, bad.Validate(), "last[0]", "orders[0]", "cells[0]", "customers[1]", "last[1]", "orders[1]")
}

func requireFaults(t *testing.T, err error, paths ...string) {
	t.Helper()
	var got []string
	for _, fault := range verdict.FaultsOf(err) {
		got = append(got, fault.Path)
	}
	require.Equal(t, paths, got, "%v", err)
}

func TestSchemeValidate(t *testing.T) {
	require.NoError(t, rfm.Scheme{}.Validate())
	require.NoError(t, rfm.RPackage(100).Validate())
	requireFaults(t, rfm.Scheme{
		Recency:   rfm.Axis{Method: rfm.Fixed},
		Frequency: rfm.Axis{Method: rfm.Fixed, Bins: 3, Cuts: []ratio.Ratio{ratio.Int(2), ratio.Undefined("x"), ratio.Int(3), ratio.Int(3)}},
		Monetary:  rfm.Axis{Bins: 256, Break: rfm.BreakByRecency, Cuts: []ratio.Ratio{ratio.Int(1)}, Closed: rfm.LeftClosed, Unit: -1},
		Count:     9, Value: 9, Nesting: 9, Amounts: 9, Window: calendar.Period{Count: -1},
	}.Validate(),
		"recency.cuts",
		"frequency.bins", "frequency.cuts[1]", "frequency.cuts[3]",
		"monetary.bins", "monetary.unit", "monetary.break", "monetary.cuts", "monetary.closed", "monetary.unit",
		"count", "value", "nesting", "amounts", "window")
	requireFaults(t, rfm.Axis{Method: 9, Ties: 9, Break: 9, Closed: 9, Bins: -1}.Validate(), "method", "ties", "break", "closed", "bins")
	requireFaults(t, rfm.Axis{Method: rfm.NTile, Ties: rfm.TiesMerged}.Validate(), "ties")

	_, err := rfm.Score(small(t), 0, rfm.Scheme{Count: 9})
	requireFaults(t, errors.Unwrap(err), "asOf", "scheme.count")
	_, err = rfm.Score(small(t), calendar.MaxDate+1, rfm.Scheme{})
	require.ErrorIs(t, err, verdict.ErrRange)
	_, _, err = rfm.Axis{Method: rfm.NTile, Break: rfm.BreakByMonetary}.Scores(0, nil)
	requireFaults(t, errors.Unwrap(err), "axis.break", "dimension")
}

func TestExplicitDoesNotShare(t *testing.T) {
	s := rfm.Uniform(rfm.Axis{Method: rfm.Fixed, Cuts: []ratio.Ratio{ratio.Int(1)}})
	e := s.Explicit()
	e.Recency.Cuts[0] = ratio.Int(7)
	require.Equal(t, ratio.Int(1), s.Recency.Cuts[0])
	require.Equal(t, 2, e.Recency.Bins)
	require.Equal(t, rfm.Scheme{
		Recency:   rfm.Axis{Method: rfm.Quantile, Bins: 5, Ties: rfm.TiesTogether},
		Frequency: rfm.Axis{Method: rfm.NTile, Bins: 5, Break: rfm.BreakByCustomer},
		Monetary:  rfm.Axis{Method: rfm.RCompatible, Bins: 5, Unit: 1},
		Count:     rfm.Orders, Value: rfm.Total, Nesting: rfm.Independent, Amounts: kpi.NetOfRefunds,
	}, rfm.Scheme{Frequency: rfm.Axis{Method: rfm.NTile}, Monetary: rfm.Axis{Method: rfm.RCompatible}}.Explicit())
}

// The cuts that come back with a table, applied as fixed cuts, give the same scores.
func TestCutsCanBeReused(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		values := make([]int64, 1+rng.IntN(40))
		for i := range values {
			values[i] = rng.Int64N(30)
		}
		for _, a := range []rfm.Axis{{Bins: 2 + rng.IntN(6)}, {Ties: rfm.TiesMerged}} {
			want, cuts, err := a.Scores(rfm.Frequency, values)
			require.NoError(t, err)
			fixed := rfm.Axis{Method: rfm.Fixed}
			unique := map[int]bool{}
			for i, cut := range cuts.At {
				if i == 0 || cut.At != cuts.At[i-1].At {
					fixed.Cuts = append(fixed.Cuts, cut.At)
				} else {
					unique[i] = true
				}
			}
			if len(fixed.Cuts) == 0 || len(unique) > 0 {
				continue // cuts that coincide are one fixed cut
			}
			got, _, err := fixed.Scores(rfm.Frequency, values)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	}
}

func FuzzScores(f *testing.F) {
	f.Add([]byte{1, 2, 3, 3}, uint8(0), uint8(5), uint8(1))
	f.Add([]byte{9}, uint8(3), uint8(1), uint8(2))
	f.Fuzz(func(t *testing.T, data []byte, method, bins, dimension uint8) {
		values := make([]int64, len(data))
		for i, b := range data {
			values[i] = int64(b) - 100
		}
		a := rfm.Axis{Method: rfm.Method(method), Bins: int(bins)}
		d := rfm.Dimension(dimension)
		scores, cuts, err := a.Scores(d, values)
		if err != nil {
			return
		}
		for i := range values {
			if scores[i] < 1 || int(scores[i]) > cuts.Bins {
				t.Fatalf("score %d of %d", scores[i], cuts.Bins)
			}
			for j := range values {
				better := values[i] < values[j]
				if d != rfm.Recency {
					better = values[i] > values[j]
				}
				if better && scores[i] < scores[j] {
					t.Fatalf("%d scores %d, %d scores %d", values[i], scores[i], values[j], scores[j])
				}
				if a.Method != rfm.NTile && values[i] == values[j] && scores[i] != scores[j] {
					t.Fatal("equal values apart")
				}
			}
		}
	})
}
