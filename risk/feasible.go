package risk

import (
	"math/big"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Edges is whether some edges would make the grid of a matrix meet A1: met with
// such edges, or not met with a certificate that there are none.
type Edges struct {
	Status      verdict.Status `json:"status"`
	Reason      string         `json:"reason,omitempty"`
	Likelihood  []ratio.Ratio  `json:"likelihood,omitempty"` // edges up to 1 that meet A1
	Impact      []ratio.Ratio  `json:"impact,omitempty"`
	Certificate *Certificate   `json:"certificate,omitempty"` // see Matrix.CheckNoEdges
}

// Additive is whether the bands of a matrix are those of a sum: scores of the
// levels whose sum lies from one cut to the next exactly if the cell is in the
// band. A grid for which there are none breaks cancellation: it lets a step of
// likelihood outweigh a step of impact in one place and not in another. (D. H.
// Krantz, R. D. Luce, P. Suppes and A. Tversky, Foundations of Measurement 1
// (1971), ch. 6) Scores need not rise with the levels, so this says nothing
// about M.
type Additive struct {
	Status      verdict.Status `json:"status"`
	Reason      string         `json:"reason,omitempty"`
	Likelihood  []int64        `json:"likelihood,omitempty"` // score of each level, from 0
	Impact      []int64        `json:"impact,omitempty"`
	Cuts        []int64        `json:"cuts,omitempty"`        // lowest sum of each band above the bottom; of an unused band, that of the next
	Certificate *Certificate   `json:"certificate,omitempty"` // see Matrix.CheckNotAdditive
}

// A FirstEdge is where edges begin. The zero value is invalid.
type FirstEdge uint8

// The first edges of both scales are either above 0 or 0. Most scales begin at
// 0 in principle and above it in practice.
const (
	AboveZero FirstEdge = iota + 1
	AtZero
)

var firstEdgeWords = verdict.NewWords[FirstEdge]("first edge", "above_zero", "at_zero")

// ParseFirstEdge returns the place of a word such as "at_zero".
func ParseFirstEdge(word string) (FirstEdge, error) { return firstEdgeWords.Parse(word) }

// IsValid reports whether f is one of the constants.
func (f FirstEdge) IsValid() bool { return firstEdgeWords.IsValid(f) }

// String returns the word of f, empty for the zero value.
func (f FirstEdge) String() string { return firstEdgeWords.String(f) }

// AppendText appends the word of f to b.
func (f FirstEdge) AppendText(b []byte) ([]byte, error) { return firstEdgeWords.AppendText(b, f) }

// MarshalText returns the word of f.
func (f FirstEdge) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText reads a word; f is unchanged on error.
func (f *FirstEdge) UnmarshalText(text []byte) error { return firstEdgeWords.UnmarshalText(text, f) }

const tooLarge = "the numbers of the answer do not fit into 64 bits"

// edges decides whether edges exist that meet A1. In logarithms the products of
// A1 become sums, and the question one linear program: the edges rise, and the
// lower corner of each top cell is at or above the upper corner of each bottom
// cell. It has no scale, so each strict step may be asked to be at least 1, and
// powers of 2 lead back.
//
// If the first edges are 0, top cells at them have risks down to 0, so that no
// bottom cell may be there at all; otherwise the first edges play no part.
func (a *auditor) edges(first FirstEdge) Edges {
	if reason := a.extremes(); reason != "" {
		return Edges{Status: verdict.NotApplicable, Reason: reason}
	}
	p := program{m: len(a.Likelihood.Levels), n: len(a.Impact.Levels), first: first}
	lows, highs := maximal(a.bottoms), minimal(a.tops)
	for _, low := range lows {
		for _, high := range highs {
			if first == AtZero && (high.Likelihood == 0 || high.Impact == 0) {
				return Edges{Status: verdict.NotMet, Certificate: &Certificate{Pairs: []Comparison{{CellPair{low, high}, 1}}}}
			}
			p.pairs = append(p.pairs, CellPair{low, high})
		}
	}
	return p.solve()
}

// A program is the question for edges as inequalities. Its variables are the
// logarithms of the edges of the likelihood, 0 to m, and of the impact, 0 to n.
type program struct {
	m, n  int
	first FirstEdge
	pairs []CellPair
}

func (p program) solve() Edges {
	solution, multipliers := solve(p.rows(), p.m+p.n+2)
	if solution != nil {
		return p.solved(solution)
	}
	ns, ok := integers(multipliers)
	if !ok {
		return Edges{Status: verdict.Unassessed, Reason: tooLarge}
	}
	c := certificateOf(p.pairs, ns)
	c.Likelihood = stepsOf(ns[len(p.pairs) : len(p.pairs)+p.m])
	c.Impact = stepsOf(ns[len(p.pairs)+p.m:])
	return Edges{Status: verdict.NotMet, Certificate: &c}
}

// rows returns the inequalities: first those of the pairs, then the steps.
func (p program) rows() []row {
	variables := p.m + p.n + 2
	var rows []row
	for _, pair := range p.pairs {
		r := row{coeff: make([]int64, variables)}
		r.coeff[pair.High.Likelihood]++
		r.coeff[p.m+1+pair.High.Impact]++
		r.coeff[pair.Low.Likelihood+1]--
		r.coeff[p.m+1+pair.Low.Impact+1]--
		rows = append(rows, r)
	}
	for i := range p.m {
		rows = append(rows, step(variables, i))
	}
	for j := range p.n {
		rows = append(rows, step(variables, p.m+1+j))
	}
	return rows
}

// step returns the inequality that variable i+1 is at least 1 above variable i.
func step(variables, i int) row {
	r := row{coeff: make([]int64, variables), bound: 1}
	r.coeff[i], r.coeff[i+1] = -1, 1
	return r
}

// solved turns logarithms into edges: powers of 2, the last of each scale 1.
func (p program) solved(solution []*big.Rat) Edges {
	exponents, ok := integers(solution)
	if !ok {
		return Edges{Status: verdict.Unassessed, Reason: tooLarge}
	}
	likelihood, okL := powers(exponents[:p.m+1])
	impact, okI := powers(exponents[p.m+1:])
	if !okL || !okI {
		return Edges{Status: verdict.Met, Reason: tooLarge}
	}
	if p.first == AtZero {
		likelihood[0], impact[0] = ratio.Int(0), ratio.Int(0)
	}
	return Edges{Status: verdict.Met, Likelihood: likelihood, Impact: impact}
}

// powers returns 2 to the power of each exponent less the last, which is the
// greatest.
func powers(exponents []int64) ([]ratio.Ratio, bool) {
	const most = 62 // 2^62 is the largest power in an int64
	last := exponents[len(exponents)-1]
	edges := make([]ratio.Ratio, len(exponents))
	for i, e := range exponents {
		down := last - e
		if down < 0 || down > most {
			return nil, false
		}
		edges[i] = ratio.New(1, 1<<down)
	}
	return edges, true
}

// maximal returns the cells that no other of them exceeds in both levels. Since
// edges rise, an inequality for these implies it for all.
func maximal(cells []Cell) []Cell {
	return undominated(cells, func(c, d Cell) bool { return d.Likelihood >= c.Likelihood && d.Impact >= c.Impact })
}

func minimal(cells []Cell) []Cell {
	return undominated(cells, func(c, d Cell) bool { return d.Likelihood <= c.Likelihood && d.Impact <= c.Impact })
}

func undominated(cells []Cell, by func(c, d Cell) bool) []Cell {
	var kept []Cell
	for _, c := range cells {
		dominated := false
		for _, d := range cells {
			dominated = dominated || (d != c && by(c, d))
		}
		if !dominated {
			kept = append(kept, c)
		}
	}
	return kept
}
