package crmproject_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/ratio"
)

func choice(weights []int64, scores ...[]int64) crmproject.Selection {
	var s crmproject.Selection
	for i, w := range weights {
		s.Criteria = append(s.Criteria, crmproject.SelectionCriterion{ID: "c" + strconv.Itoa(i), Weight: w})
	}
	for i, points := range scores {
		c := crmproject.Candidate{ID: string(rune('A' + i))}
		for k, n := range points {
			if n >= 0 {
				c.Scores = append(c.Scores, crmproject.Score{Criterion: "c" + strconv.Itoa(k), Points: n})
			}
		}
		s.Candidates = append(s.Candidates, c)
	}
	return s
}

// TestRanking: places, ties, musts, what is incomplete and what is dominated
// (CP-15).
func TestRanking(t *testing.T) {
	s := choice([]int64{3, 1, 2}, []int64{8, 2, 5}, []int64{8, 2, 5}, []int64{9, 9, 9}, []int64{7, -1, 5}, []int64{1, 1, 1})
	s.Criteria[0].Least = 8
	s.Candidates[2].Scores[0].Points = 7
	r := s.Ranking()
	require.Equal(t, []string{"A", "B"}, r.Winners)
	places := map[string]int{}
	for _, p := range r.Places {
		places[p.Candidate] = p.Place
	}
	require.Equal(t, map[string]int{"A": 1, "B": 1, "C": 0, "D": 0, "E": 0}, places)
	d, ok := r.Of("D")
	require.True(t, ok)
	require.Equal(t, []string{"c1"}, d.Missing)
	require.Equal(t, "not every criterion has a score", d.Share.Reason())
	e, _ := r.Of("E")
	require.Equal(t, []string{"c0"}, e.KnockedBy)
	require.Equal(t, []string{"A", "B", "C"}, e.DominatedBy)
	require.Equal(t, ratio.Int(0), r.Margin)
	_, ok = r.Of("Z")
	require.False(t, ok)
	sum := ratio.Int(0)
	for _, w := range r.Weights {
		sum = sum.Add(w.Weight)
	}
	require.Equal(t, ratio.Int(1), sum)
	require.Empty(t, r.Flips, "those who are level score alike")

	text, err := json.Marshal(r)
	require.NoError(t, err)
	var back crmproject.Ranking
	require.NoError(t, json.Unmarshal(text, &back))
	require.Empty(t, cmp.Diff(r, back))
}

// TestFlipByHand: A leads by 3·2 − 2·1 = 4; taking 2 from the weight of c0, or
// adding 4 to that of c1, makes them level.
func TestFlipByHand(t *testing.T) {
	r := choice([]int64{3, 2}, []int64{8, 5}, []int64{6, 6}).Ranking()
	require.Equal(t, []crmproject.Flip{
		{Criterion: "c0", Rival: "B", Weight: ratio.Int(1), Before: ratio.New(3, 5), After: ratio.New(1, 3)},
		{Criterion: "c1", Rival: "B", Weight: ratio.Int(6), Before: ratio.New(2, 5), After: ratio.New(2, 3)},
	}, r.Flips)
	f, ok := r.Fragile()
	require.True(t, ok)
	require.Equal(t, "c0", f.Criterion, "both move 4/15; the first counts")
	require.Equal(t, ratio.New(4, 15), f.Change())
	require.Equal(t, ratio.New(2, 25), r.Margin, "(3·2 − 2·1) of 50 points")

	tied := choice([]int64{1, 1}, []int64{4, 6}, []int64{6, 4}).Ranking()
	f, ok = tied.Fragile()
	require.True(t, ok)
	require.Equal(t, ratio.Int(0), f.Change(), "the least change decides between winners that are level")

	for _, s := range []crmproject.Selection{
		{}, choice([]int64{1}), choice([]int64{0}, []int64{1}, []int64{2}), choice([]int64{1}, []int64{5}, []int64{4}),
		choice([]int64{2, 0}, []int64{9, 9}, []int64{5, 5}), choice([]int64{1, 1}, []int64{5, 5}, []int64{-1, 9}),
	} {
		_, ok := s.Ranking().Fragile()
		require.False(t, ok)
	}
	huge := choice([]int64{1 << 62, 1 << 62, 1 << 62}, []int64{5, 5, 4}, []int64{4, 4, 5}).Ranking()
	require.Equal(t, ratio.Overflow, huge.Places[0].Share.Reason())
	require.Zero(t, huge.Places[0].Place)
}

// reweighed returns the selection with the weight of one criterion at num/den times
// scale plus nudge, and the others times den times scale.
func reweighed(s crmproject.Selection, k int, weight ratio.Ratio, nudge int64) crmproject.Selection {
	const scale = 1000
	next := s
	next.Criteria = nil
	for i, c := range s.Criteria {
		if c.Weight *= weight.Den() * scale; i == k {
			c.Weight = weight.Num()*scale + nudge
		}
		next.Criteria = append(next.Criteria, c)
	}
	return next
}

// TestFlipsAreExact: at the weight of a flip the rival is level with the winner,
// just beyond it leads, and no rival leads before; a criterion without a flip
// changes the winner at no weight.
func TestFlipsAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		weights := make([]int64, 2+r.IntN(3))
		for i := range weights {
			weights[i] = r.Int64N(6)
		}
		var scores [][]int64
		for range 2 + r.IntN(3) {
			row := make([]int64, len(weights))
			for i := range row {
				row[i] = r.Int64N(11)
			}
			scores = append(scores, row)
		}
		s := choice(weights, scores...)
		ranking := s.Ranking()
		if len(ranking.Winners) != 1 {
			continue
		}
		winner := ranking.Winners[0]
		flips := map[string]crmproject.Flip{}
		for _, f := range ranking.Flips {
			flips[f.Criterion] = f
		}
		for k, c := range s.Criteria {
			f, ok := flips[c.ID]
			if !ok {
				for _, w := range []int64{0, 1, 2, 5, 50, 5000} {
					if again := reweighed(s, k, ratio.Int(w), 0).Ranking(); again.Places[0].Share.Defined() {
						require.Contains(t, again.Winners, winner, "%s at %d", c.ID, w)
					}
				}
				continue
			}
			beyond := int64(1)
			if f.Weight.Less(ratio.Int(c.Weight)) {
				beyond = -1
			}
			if reweighed(s, k, f.Weight, 0).Ranking().Places[0].Share.Defined() {
				require.Contains(t, reweighed(s, k, f.Weight, 0).Ranking().Winners, winner)
			}
			after := reweighed(s, k, f.Weight, beyond).Ranking()
			require.NotContains(t, after.Winners, winner, "%v", f)
			before := reweighed(s, k, f.Weight, -beyond).Ranking()
			require.Equal(t, []string{winner}, before.Winners, "%v", f)
		}
	}
}

// TestFeasibilityResult: one no is a no, an open question leaves it open (CP-41).
func TestFeasibilityResult(t *testing.T) {
	f := sample().Feasible
	r := f.Result()
	require.Equal(t, crmproject.Go, r.Decision)
	require.Empty(t, r.Missing)
	require.Len(t, r.Dimensions, 6)
	f.Checks[0].Answer = 0
	r = f.Result()
	require.Equal(t, crmproject.Decision(0), r.Decision)
	require.Equal(t, []string{"people"}, r.Dimensions[0].Open)
	f.Checks[1].Answer = crmproject.NoGo
	r = f.Result()
	require.Equal(t, crmproject.NoGo, r.Decision)
	require.Equal(t, []string{"money"}, r.Dimensions[1].Against)
	f.Checks = append(f.Checks[2:], crmproject.FeasibilityCheck{Title: "weather"})
	r = f.Result()
	require.Equal(t, []crmproject.Dimension{crmproject.PeopleDimension, crmproject.MoneyDimension}, r.Missing)
	require.Equal(t, crmproject.Decision(0), r.Decision)
	require.Equal(t, crmproject.Decision(0), crmproject.Feasibility{}.Result().Decision, "nothing was asked")
}
