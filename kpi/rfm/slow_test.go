package rfm_test

import (
	"cmp"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

// The readable twin: a map of structs, rational numbers, and the definitions word
// by word.
type event struct {
	customer int
	day      calendar.Date
	minor    int64
}

type naive struct {
	last   calendar.Date
	orders int64
	days   map[calendar.Date]bool
	sum    *big.Int
}

type subject struct {
	customer int
	values   [3]*big.Rat // recency, frequency, monetary value
	scores   [3]int
}

func aggregate(events []event, asOf calendar.Date, s rfm.Scheme) []*subject {
	all := map[int]*naive{}
	for _, e := range events {
		if e.day > asOf || (s.Window.IsValid() && e.day <= s.Window.Before(asOf)) {
			continue
		}
		if all[e.customer] == nil {
			all[e.customer] = &naive{days: map[calendar.Date]bool{}, sum: new(big.Int)}
		}
		x := all[e.customer]
		order := e.minor > 0 || s.Amounts == kpi.EveryEvent || (s.Amounts != kpi.PurchasesOnly && e.minor == 0)
		if order {
			x.orders++
			x.last = max(x.last, e.day)
			x.days[e.day] = true
		}
		if e.minor > 0 || s.Amounts != kpi.PurchasesOnly {
			x.sum.Add(x.sum, big.NewInt(e.minor))
		}
	}
	var subjects []*subject
	for customer, x := range all {
		if x.orders == 0 {
			continue
		}
		frequency, money := x.orders, new(big.Rat).SetInt(x.sum)
		if s.Count == rfm.DistinctDays {
			frequency = int64(len(x.days))
		}
		switch s.Value {
		case rfm.MeanPerOrder:
			money.Quo(money, big.NewRat(x.orders, 1))
		case rfm.MeanPerDay:
			money.Quo(money, big.NewRat(int64(len(x.days)), 1))
		}
		subjects = append(subjects, &subject{customer: customer, values: [3]*big.Rat{
			big.NewRat(int64(asOf-x.last), 1), big.NewRat(frequency, 1), money,
		}})
	}
	slices.SortFunc(subjects, func(a, b *subject) int { return cmp.Compare(a.customer, b.customer) })
	return subjects
}

func scoreSlowly(subjects []*subject, s rfm.Scheme) {
	if len(subjects) == 0 {
		return
	}
	s = s.Explicit()
	axes := [3]rfm.Axis{s.Recency, s.Frequency, s.Monetary}
	groups := [][]*subject{subjects}
	for d, axis := range axes {
		for _, group := range groups {
			bandSlowly(group, d, axis)
		}
		if s.Nesting == rfm.Nested {
			byScore := map[string][]*subject{}
			for _, x := range subjects {
				key := fmt.Sprint(x.scores[:d+1])
				byScore[key] = append(byScore[key], x)
			}
			groups = nil
			for _, group := range byScore {
				groups = append(groups, group)
			}
		}
	}
}

// type7 returns the quantile at i/k.
func type7(sorted []*big.Rat, i, k int) *big.Rat {
	position := (len(sorted) - 1) * i
	low := sorted[position/k]
	high := sorted[min(position/k+1, len(sorted)-1)]
	step := new(big.Rat).Sub(high, low)
	step.Mul(step, big.NewRat(int64(position%k), int64(k)))
	return step.Add(step, low)
}

func bandSlowly(group []*subject, d int, axis rfm.Axis) {
	var sorted []*big.Rat
	for _, x := range group {
		sorted = append(sorted, x.values[d])
	}
	slices.SortFunc(sorted, (*big.Rat).Cmp)
	var cuts []*big.Rat
	for i := 1; i < axis.Bins; i++ {
		cuts = append(cuts, type7(sorted, i, axis.Bins))
	}
	band := func(x *subject, beyond func(v, cut *big.Rat) bool, cuts []*big.Rat) int {
		n := 1
		for _, cut := range cuts {
			if beyond(x.values[d], cut) {
				n++
			}
		}
		return n
	}
	set := func(x *subject, band, bins int) {
		x.scores[d] = band
		if d == 0 {
			x.scores[d] = bins + 1 - band
		}
	}
	above := func(v, cut *big.Rat) bool { return v.Cmp(cut) > 0 }
	switch {
	case axis.Method == rfm.NTile:
		dealSlowly(group, d, axis)
	case axis.Method == rfm.Fixed:
		cuts = nil
		for _, cut := range axis.Cuts {
			cuts = append(cuts, big.NewRat(cut.Num(), cut.Den()))
		}
		if axis.Closed == rfm.LeftClosed {
			above = func(v, cut *big.Rat) bool { return v.Cmp(cut) >= 0 }
		}
		for _, x := range group {
			set(x, band(x, above, cuts), axis.Bins)
		}
	case axis.Ties == rfm.TiesInOrder:
		order := slices.Clone(group)
		slices.SortStableFunc(order, func(a, b *subject) int { return a.values[d].Cmp(b.values[d]) })
		for rank, x := range order {
			n := 1
			for i := 1; i < axis.Bins; i++ {
				if rank*axis.Bins > (len(order)-1)*i {
					n++
				}
			}
			set(x, n, axis.Bins)
		}
	case axis.Ties == rfm.TiesMerged:
		edges := append(append([]*big.Rat{sorted[0]}, cuts...), sorted[len(sorted)-1])
		edges = slices.CompactFunc(edges, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
		inner := edges[1:max(1, len(edges)-1)]
		for _, x := range group {
			set(x, band(x, above, inner), len(inner)+1)
		}
	default:
		for _, x := range group {
			set(x, band(x, above, cuts), axis.Bins)
		}
	}
}

func dealSlowly(group []*subject, d int, axis rfm.Axis) {
	goodness := func(d int) func(a, b *subject) int {
		return func(a, b *subject) int {
			if d == 0 {
				return b.values[d].Cmp(a.values[d])
			}
			return a.values[d].Cmp(b.values[d])
		}
	}
	order := slices.Clone(group)
	switch axis.Break {
	case rfm.BreakByCustomerDescending:
		slices.Reverse(order)
	case rfm.BreakByRecency:
		slices.SortStableFunc(order, goodness(0))
	case rfm.BreakByFrequency:
		slices.SortStableFunc(order, goodness(1))
	case rfm.BreakByMonetary:
		slices.SortStableFunc(order, goodness(2))
	}
	slices.SortStableFunc(order, goodness(d))
	for place, x := range order {
		small, extra := len(order)/axis.Bins, len(order)%axis.Bins
		if large := extra * (small + 1); place < large {
			x.scores[d] = place/(small+1) + 1
		} else {
			x.scores[d] = extra + (place-large)/small + 1
		}
	}
}

func randomAxis(rng *rand.Rand) rfm.Axis {
	bins := []int{0, 1, 2, 3, 4, 5, 7, 10}[rng.IntN(8)]
	switch rng.IntN(3) {
	case 0:
		return rfm.Axis{Bins: bins, Ties: rfm.Ties(rng.IntN(4))}
	case 1:
		return rfm.Axis{Method: rfm.NTile, Bins: bins, Break: rfm.Break(rng.IntN(6))}
	default:
		a := rfm.Axis{Method: rfm.Fixed, Closed: rfm.Side(rng.IntN(3))}
		for at := int64(1); len(a.Cuts) < 1+rng.IntN(5); {
			at += 1 + rng.Int64N(5)
			a.Cuts = append(a.Cuts, half(at))
		}
		return a
	}
}

func TestAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const asOf = 1000
	for round := range 400 {
		var h rfm.History[int]
		var events []event
		for range rng.IntN(150) {
			e := event{rng.IntN(25), asOf + 2 - calendar.Date(rng.IntN(60)), rng.Int64N(50) - 8}
			events = append(events, e)
			require.NoError(t, h.Add(e.customer, e.day, e.minor))
		}
		s := rfm.Scheme{
			Recency: randomAxis(rng), Frequency: randomAxis(rng), Monetary: randomAxis(rng),
			Count: rfm.Count(rng.IntN(3)), Value: rfm.Value(rng.IntN(4)),
			Nesting: rfm.Nesting(rng.IntN(3)), Amounts: kpi.Amounts(rng.IntN(4)),
		}
		if rng.IntN(3) == 0 {
			s.Window = calendar.MustParsePeriod("P30D")
		}
		if rng.IntN(2) == 0 {
			h.Compact()
		}
		got, err := rfm.Score(&h, asOf, s)
		require.NoError(t, err)
		require.NoError(t, got.Validate())
		want := aggregate(events, asOf, s)
		scoreSlowly(want, s)
		require.Len(t, want, got.Len(), "round %d", round)
		i := 0
		for row := range got.All() {
			x := want[i]
			require.Equal(t, x.customer, row.Customer)
			require.Equal(t, x.values[0].RatString(), strconv.FormatInt(row.Recency, 10))
			require.Equal(t, x.values[1].RatString(), strconv.FormatInt(row.Frequency, 10))
			require.Equal(t, x.values[2].RatString(), row.Monetary.String())
			require.Equal(t, [3]int{int(row.Cell.R), int(row.Cell.F), int(row.Cell.M)}, x.scores, "round %d %+v %+v", round, s, row)
			i++
		}
		c := got.Counts
		require.Equal(t, c.Events, c.Orders+c.Refunds+c.Ignored+c.Later+c.Earlier)
		require.EqualValues(t, len(events), c.Events)
	}
}

// The R package step by step, with its loop in which later bins overwrite earlier ones.
func scoresInR(values []int64, unit int64, bins int, reverse bool) []uint8 {
	x := make([]float64, len(values))
	for i, v := range values {
		x[i] = float64(v) / float64(unit)
	}
	sorted := slices.Sorted(slices.Values(x))
	edges := make([]float64, 0, bins-1)
	for i := 1; i < bins; i++ {
		index := 1 + float64(len(x)-1)*(float64(i)*(1/float64(bins)))
		lo, hi := int(index), int(index)
		if index > float64(lo) {
			hi++
		}
		q := sorted[lo-1]
		if index > float64(lo) && sorted[hi-1] != q {
			h := index - float64(lo)
			q = float64((1-h)*q) + float64(h*sorted[hi-1])
		}
		edges = append(edges, q+1)
	}
	lower := append([]float64{sorted[0]}, edges...)
	upper := append(slices.Clone(edges), sorted[len(sorted)-1]+1)
	scores := make([]uint8, len(x))
	for bin := range bins {
		for i, v := range x {
			if v >= lower[bin] && v < upper[bin] {
				scores[i] = uint8(bin + 1)
				if reverse {
					scores[i] = uint8(bins - bin)
				}
			}
		}
	}
	return scores
}

func TestRCompatibleAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 2000 {
		values := make([]int64, 1+rng.IntN(300))
		spread := []int64{3, 20, 1000, 100_000}[rng.IntN(4)]
		for i := range values {
			values[i] = rng.Int64N(spread) - spread/10
		}
		unit, bins := []int64{1, 10, 100}[rng.IntN(3)], 1+rng.IntN(12)
		for _, d := range []rfm.Dimension{rfm.Recency, rfm.Monetary} {
			got, cuts, err := rfm.Axis{Method: rfm.RCompatible, Bins: bins, Unit: unit}.Scores(d, values)
			require.NoError(t, err)
			require.Equal(t, scoresInR(values, unit, bins, d == rfm.Recency), got)
			for _, cut := range cuts.At {
				exact, ok := cut.At.Float64()
				require.True(t, ok)
				require.InEpsilon(t, exact+1e6, cut.Float+1e6, 1e-15)
			}
		}
	}
}

func TestNestedCutsSayWithin(t *testing.T) {
	var h rfm.History[int]
	for who := range 40 {
		for order := range 1 + who%3 {
			require.NoError(t, h.Add(who, calendar.Date(100+who-order), int64(who*who)))
		}
	}
	got, err := rfm.Score(&h, 200, rfm.Scheme{Recency: rfm.Axis{Bins: 2}, Frequency: rfm.Axis{Bins: 2}, Monetary: rfm.Axis{Bins: 2}, Nesting: rfm.Nested})
	require.NoError(t, err)
	var within []string
	customers := map[rfm.Dimension]int64{}
	for _, c := range got.Cuts {
		within = append(within, c.Dimension.String()+" "+c.Within.String())
		customers[c.Dimension] += c.Customers
	}
	require.Equal(t, []string{
		"recency ", "frequency 200", "monetary 220", "monetary 210", "frequency 100", "monetary 120", "monetary 110",
	}, within)
	require.Equal(t, map[rfm.Dimension]int64{rfm.Recency: 40, rfm.Frequency: 40, rfm.Monetary: 40}, customers)
	require.Equal(t, rfm.Cell{R: 2, F: 2, M: 2}, got.Best())
}
