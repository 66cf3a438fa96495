package risk_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// chain returns n risks of one euro, each with probability ½ and a cause of the
// next with weight w.
func chain(n int, w string) risk.Register {
	var r risk.Register
	for i := range n {
		one := linkedRisk(fmt.Sprint("r", i), "1/2", "1")
		if i > 0 {
			one.Causes = []risk.Link{cause(fmt.Sprint("r", i-1), w)}
		}
		r.Risks = append(r.Risks, one)
	}
	return r
}

// chainLaw returns the probabilities of 0, 1, … losses of a chain of weight ½, and
// of each to happen, given what is known of some: a Markov chain with
// P(on | off) = ⅓ and P(on | on) = ⅔.
func chainLaw(n int, seen map[int]bool) (count, each []float64) {
	type state struct {
		count int
		on    bool
	}
	pass := func(only int) map[state]float64 { // if only is a risk, it must happen
		now := map[state]float64{{}: 0.5, {on: true}: 0.5} // before the first: its chance is ½ either way
		for i := range n {
			next := map[state]float64{}
			for s, p := range now {
				for _, on := range []bool{false, true} {
					want, known := seen[i]
					if known && want != on || i == only && !on {
						continue
					}
					q := 1.0 / 3
					if s.on == on {
						q = 2.0 / 3
					}
					c := s.count
					if on && !known {
						c++
					}
					next[state{c, on}] += p * q
				}
			}
			now = next
		}
		return now
	}
	count, each = make([]float64, n+1), make([]float64, n)
	total := 0.0
	for s, p := range pass(-1) {
		count[s.count] += p
		total += p
	}
	for k := range count {
		count[k] /= total
	}
	for i := range each {
		for _, p := range pass(i) {
			each[i] += p / total
		}
	}
	return count, each
}

// More linked risks than a list of their states can hold: probabilities are exact,
// totals drawn, and both agree with the law of a Markov chain; also given what has
// happened to effects and causes (RI-04).
func TestQuantifyManyLinked(t *testing.T) {
	t.Parallel()
	const n = quant.MaxJoint + 6
	for name, seen := range map[string]map[int]bool{
		"nothing observed": {}, "causes and effects observed": {0: true, 9: true, 15: false, n - 1: true},
	} {
		r := chain(n, "1/2")
		for i, on := range seen {
			if on {
				r.Risks[i].Occurrences = []risk.Occurrence{{On: day("2027-03-01")}}
			} else {
				r.Risks[i].Closed = day("2027-03-01")
			}
		}
		q, err := r.Quantify(t.Context(), today, nil)
		require.NoError(t, err, name)
		require.Empty(t, q.Gaps)
		require.Empty(t, q.Model.Joints)
		require.Len(t, q.Model.Drawn, 1)
		require.Len(t, q.Model.Drawn[0].Risks, n-len(seen))
		count, each := chainLaw(n, seen)
		for _, one := range q.Model.Risks {
			var i int
			_, err := fmt.Sscanf(one.ID, "r%d", &i)
			require.NoError(t, err)
			require.InDelta(t, each[i], one.P, 1e-12, "%s: %s", name, one.ID)
		}
		require.Len(t, q.Model.Drawn[0].From.Draw(1, nil), n-len(seen), name)
		if testing.CoverMode() == "atomic" {
			continue // the race detector would count every statement of some million draws
		}
		above := []float64{450, 950, 1250, 1550, 1950}
		result, err := q.Model.Analyze(t.Context(), quant.Options{CostAbove: above, Level: 0.9999, Iterations: 1 << 14})
		require.NoError(t, err, name)
		require.Equal(t, quant.Simulation, result.Method)
		require.Contains(t, result.Why, "all that is known of which risks happen")
		for k, e := range result.Cost.Exceedances {
			want := sumOf(count[int(above[k]/100)+1:])
			require.True(t, e.Lo <= want && want <= e.Hi, "%s above %v: %v not in %+v", name, above[k], want, e)
		}
	}
}

// What was observed too much against the odds is refused: every third link of a long
// chain has happened, with a probability of ½·(½ + ½·3⁻³)¹¹.
func TestQuantifyManyLinkedAgainstTheOdds(t *testing.T) {
	t.Parallel()
	r := chain(34, "1/2")
	for i := 0; i < len(r.Risks); i += 3 {
		r.Risks[i].Occurrences = []risk.Occurrence{{On: day("2027-03-01")}}
	}
	_, err := r.Quantify(t.Context(), today, nil)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "what was observed among 22 linked risks had a probability of 0.00036, too little to draw them")
}
