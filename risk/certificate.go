package risk

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Certificate proves that no edges, or no scores, can do what the bands of a
// matrix ask for. It is a list of inequalities that each of them would have to
// meet, with weights: added up, every unknown cancels, and what is left is 0 > 0.
// Whoever doubts the answer need not trust the program that found it; checking
// takes additions only: [Matrix.CheckNoEdges] and [Matrix.CheckNotAdditive].
type Certificate struct {
	Pairs      []Comparison `json:"pairs"`                // the cell High must lie above the cell Low
	Likelihood []Step       `json:"likelihood,omitempty"` // edges of likelihood must rise
	Impact     []Step       `json:"impact,omitempty"`     // edges of impact must rise
}

// A Comparison is that one cell must lie above another, with its weight.
type Comparison struct {
	CellPair
	Weight int64 `json:"weight"`
}

// A Step is that edge Edge+1 of a scale lies above edge Edge, with its weight.
type Step struct {
	Edge   int   `json:"edge"`
	Weight int64 `json:"weight"`
}

func certificateOf(pairs []CellPair, weights []int64) Certificate {
	var c Certificate
	for i, pair := range pairs {
		if weights[i] > 0 {
			c.Pairs = append(c.Pairs, Comparison{pair, weights[i]})
		}
	}
	return c
}

func stepsOf(weights []int64) []Step {
	var steps []Step
	for i, w := range weights {
		if w > 0 {
			steps = append(steps, Step{i, w})
		}
	}
	return steps
}

// compareCells orders pairs by their first cell and then by their second.
func compareCells(x, y CellPair) int {
	return cmp.Or(
		cmp.Compare(x.Low.Likelihood, y.Low.Likelihood), cmp.Compare(x.Low.Impact, y.Low.Impact),
		cmp.Compare(x.High.Likelihood, y.High.Likelihood), cmp.Compare(x.High.Impact, y.High.Impact),
	)
}

// CheckNoEdges returns nil if the certificate proves that no edges that begin
// where first says make m meet A1. Otherwise it returns what is wrong with the
// proof.
//
// In the logarithms u of the edges of likelihood and v of those of impact, a
// pair stands for
//
//	u[High.Likelihood] + v[High.Impact] ≥ u[Low.Likelihood+1] + v[Low.Impact+1]
//
// and a step for u[Edge+1] > u[Edge]. If edges begin at 0, no step may use edge
// 0, and a single pair is a proof if High touches it: its risks go down to 0,
// and those of Low do not end there.
func (m Matrix) CheckNoEdges(c Certificate, first FirstEdge) error {
	t := tally{matrix: m, likelihood: map[int]*big.Int{}, impact: map[int]*big.Int{}}
	top := len(m.Bands) - 1
	for i, p := range c.Pairs {
		path := verdict.At("pairs", i)
		if !t.weighs(path, p.Weight) || !t.bands(path, p.CellPair, func(low, high int) bool { return low == 0 && high == top && top > 0 }) {
			continue
		}
		if first == AtZero && (p.High.Likelihood == 0 || p.High.Impact == 0) {
			return nil // 0 ≥ something above 0, whatever else there is
		}
		t.add(p.High.Likelihood, p.High.Impact, p.Weight)
		t.add(p.Low.Likelihood+1, p.Low.Impact+1, -p.Weight)
	}
	strict := t.steps("likelihood", c.Likelihood, len(m.Likelihood.Levels), t.likelihood, first)
	strict = t.steps("impact", c.Impact, len(m.Impact.Levels), t.impact, first) || strict
	return t.verdict(strict)
}

// CheckNotAdditive returns nil if the certificate proves that no scores of the
// levels, added up, put the cells of m into its bands; otherwise what is wrong
// with the proof. Each pair stands for the sum of High being greater than that
// of Low, since its band is higher. Steps play no part.
func (m Matrix) CheckNotAdditive(c Certificate) error {
	t := tally{matrix: m, likelihood: map[int]*big.Int{}, impact: map[int]*big.Int{}}
	for i, p := range c.Pairs {
		path := verdict.At("pairs", i)
		if t.weighs(path, p.Weight) && t.bands(path, p.CellPair, func(low, high int) bool { return low < high }) {
			t.add(p.High.Likelihood, p.High.Impact, p.Weight)
			t.add(p.Low.Likelihood, p.Low.Impact, -p.Weight)
		}
	}
	if len(c.Likelihood) > 0 || len(c.Impact) > 0 {
		t.faults.Addf("likelihood", "steps have no place in this proof: %w", verdict.ErrInvalid)
	}
	return t.verdict(len(c.Pairs) > 0)
}

// A tally adds up the coefficients of the unknowns.
type tally struct {
	matrix             Matrix
	faults             verdict.Faults
	likelihood, impact map[int]*big.Int
}

func (t *tally) weighs(path string, weight int64) bool {
	if weight <= 0 {
		t.faults.Addf(path+".weight", "%d is not above 0: %w", weight, verdict.ErrRange)
	}
	return weight > 0
}

// bands reports whether the bands of two cells are as described.
func (t *tally) bands(path string, p CellPair, right func(low, high int) bool) bool {
	low, ok := t.matrix.At(p.Low)
	high, also := t.matrix.At(p.High)
	if !ok || !also || !right(low.Band, high.Band) {
		t.faults.Addf(path, "the bands of %v and %v ask for nothing: %w", p.Low, p.High, verdict.ErrInvalid)
		return false
	}
	return true
}

func (t *tally) add(i, j int, weight int64) {
	plus(t.likelihood, i, weight)
	plus(t.impact, j, weight)
}

func plus(sum map[int]*big.Int, i int, weight int64) {
	if sum[i] == nil {
		sum[i] = new(big.Int)
	}
	sum[i].Add(sum[i], big.NewInt(weight))
}

// steps adds the steps of a scale with the given number of levels, and reports
// whether there are any.
func (t *tally) steps(scale string, steps []Step, levels int, sum map[int]*big.Int, first FirstEdge) bool {
	for i, s := range steps {
		path := verdict.At(scale, i)
		if s.Edge < 0 || s.Edge >= levels || (s.Edge == 0 && first == AtZero) {
			t.faults.Addf(path+".edge", "%d cannot be used: %w", s.Edge, verdict.ErrRange)
		}
		if t.weighs(path, s.Weight) {
			plus(sum, s.Edge+1, s.Weight)
			plus(sum, s.Edge, -s.Weight)
		}
	}
	return len(steps) > 0
}

// verdict returns nil if everything cancels and some inequality was strict.
func (t *tally) verdict(strict bool) error {
	if !strict {
		t.faults.Addf("pairs", "no inequality is strict: %w", verdict.ErrInvalid)
	}
	t.left("likelihood", t.likelihood)
	t.left("impact", t.impact)
	if err := t.faults.Err(); err != nil {
		return fmt.Errorf("risk: certificate: %w", err)
	}
	return nil
}

func (t *tally) left(scale string, sum map[int]*big.Int) {
	for i := range maxLevels + 1 {
		if x := sum[i]; x != nil && x.Sign() != 0 {
			t.faults.Addf(scale, "%v times unknown %d is left over: %w", x, i, verdict.ErrInvalid)
		}
	}
}
