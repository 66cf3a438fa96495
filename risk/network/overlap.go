package network

import "math"

// A Correlation says that two risks tend to happen together, without saying
// why: a latent correlation as of a copula.
type Correlation struct {
	A string  `json:"a"`
	B string  `json:"b"`
	R float64 `json:"r"` // -1 to 1
}

// An Overlap is a dependence that is counted twice: two risks are joined by a
// causal link, which makes them correlated, and a latent correlation is laid on
// top of it.
type Overlap struct {
	Link        Link        `json:"link"`
	Correlation Correlation `json:"correlation"`
	LinkAt      int         `json:"linkAt"`        // position in Links
	At          int         `json:"correlationAt"` // position in the correlations
}

// Overlaps returns every pair of a link and a correlation of the same two nodes,
// in either direction, in the order of the links and then of the correlations.
// Links and correlations of zero, or not a number, count nothing, so they do not
// count it twice.
func (n Network) Overlaps(correlations []Correlation) []Overlap {
	at := make(map[[2]string][]int, len(correlations))
	for k, c := range correlations {
		if counts(c.R) {
			at[pairOf(c.A, c.B)] = append(at[pairOf(c.A, c.B)], k)
		}
	}
	var all []Overlap
	for i, l := range n.Links {
		if !counts(l.Weight) {
			continue
		}
		for _, k := range at[pairOf(l.From, l.To)] {
			all = append(all, Overlap{l, correlations[k], i, k})
		}
	}
	return all
}

func counts(x float64) bool { return x != 0 && !math.IsNaN(x) }

func pairOf(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }
