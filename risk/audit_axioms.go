package risk

import (
	"math/big"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An auditor is a valid matrix made ready for questions about its cells.
type auditor struct {
	Matrix
	band    [][]int     // of each cell
	cells   []Cell      // all, likelihood by likelihood
	bottoms []Cell      // in the lowest band
	tops    []Cell      // in the highest band
	ordinal string      // why there are no edges, empty if there are
	low     [][]product // least risk of each cell, if there are edges
	high    [][]product // greatest risk of each cell
}

const (
	oneBand     = "there is only one band"
	unusedBand  = "no cell is in the bottom band, or none in the top band"
	notValid    = "the matrix is not valid"
	likelihoods = "the likelihood scale has no edges"
	impacts     = "the impact scale has no edges"
)

// newAuditor returns the reason if m cannot be audited at all.
func newAuditor(m Matrix) (a auditor, reason string) {
	if m.Validate() != nil {
		return a, notValid
	}
	a = auditor{Matrix: m}
	switch {
	case m.Likelihood.Ordinal():
		a.ordinal = likelihoods
	case m.Impact.Ordinal():
		a.ordinal = impacts
	}
	for i, names := range m.Cells {
		a.band = append(a.band, make([]int, len(names)))
		for j, name := range names {
			a.band[i][j], _ = m.BandIndex(name)
			a.add(Cell{i, j})
		}
	}
	if a.ordinal == "" {
		a.low, a.high = products(m, 0), products(m, 1)
	}
	return a, ""
}

// products returns the risk of each cell at its lower edges, or its upper ones.
func products(m Matrix, upper int) [][]product {
	all := make([][]product, len(m.Cells))
	for i := range all {
		for j := range m.Cells[i] {
			all[i] = append(all[i], times(m.Likelihood.Edges[i+upper], m.Impact.Edges[j+upper]))
		}
	}
	return all
}

func (a *auditor) add(c Cell) {
	a.cells = append(a.cells, c)
	switch a.at(c) {
	case 0:
		a.bottoms = append(a.bottoms, c)
	case len(a.Bands) - 1:
		a.tops = append(a.tops, c)
	}
}

func (a *auditor) at(c Cell) int { return a.band[c.Likelihood][c.Impact] }

// extremes returns why there is nothing to say about the top and the bottom of
// the matrix, empty if there is.
func (a *auditor) extremes() string {
	switch {
	case len(a.Bands) == 1:
		return oneBand
	case len(a.bottoms) == 0 || len(a.tops) == 0:
		return unusedBand
	default:
		return ""
	}
}

// neighbours returns the cells to the right of c, above it, and diagonally
// above right, as far as they exist and are asked for.
func (a *auditor) neighbours(c Cell, diagonal int) []Cell {
	var all []Cell
	for _, d := range []Cell{{0, 1}, {1, 0}, {1, 1}}[:2+diagonal] {
		if n := (Cell{c.Likelihood + d.Likelihood, c.Impact + d.Impact}); a.holds(n) {
			all = append(all, n)
		}
	}
	return all
}

// neighbourly returns the pairs of neighbours whose bands are as described.
func (a *auditor) neighbourly(diagonal int, wrong func(low, high int) bool) []CellPair {
	var pairs []CellPair
	for _, c := range a.cells {
		for _, n := range a.neighbours(c, diagonal) {
			if wrong(a.at(c), a.at(n)) {
				pairs = append(pairs, CellPair{c, n})
			}
		}
	}
	return pairs
}

func (a *auditor) monotone() Axiom {
	return axiomOf(a.neighbourly(0, func(low, high int) bool { return high < low }))
}

func (a *auditor) skips() []CellPair {
	return a.neighbourly(0, func(low, high int) bool { return high-low > 1 || low-high > 1 })
}

func (a *auditor) between() Axiom {
	if reason := a.extremes(); reason != "" {
		return Axiom{Status: verdict.NotApplicable, Reason: reason}
	}
	top := len(a.Bands) - 1
	return axiomOf(a.neighbourly(1, func(low, high int) bool { return low == 0 && high == top }))
}

// A product is an exact number of more than 64 bits.
type product = *big.Rat

func times(x, y ratio.Ratio) product {
	return new(big.Rat).Mul(big.NewRat(x.Num(), x.Den()), big.NewRat(y.Num(), y.Den()))
}

// inf and sup return the least and the greatest risk of a cell.
func (a *auditor) inf(c Cell) product { return a.low[c.Likelihood][c.Impact] }

func (a *auditor) sup(c Cell) product { return a.high[c.Likelihood][c.Impact] }

func (a *auditor) weak() Axiom {
	if reason := a.extremes(); reason != "" {
		return Axiom{Status: verdict.NotApplicable, Reason: reason}
	}
	if a.ordinal != "" {
		return Axiom{Status: verdict.Unassessed, Reason: a.ordinal}
	}
	var pairs []CellPair
	for _, low := range a.bottoms {
		for _, high := range a.tops {
			if a.inf(high).Cmp(a.sup(low)) < 0 {
				pairs = append(pairs, CellPair{low, high})
			}
		}
	}
	return axiomOf(pairs)
}

// extreme returns the least of the values of the given cells if sign is -1, the
// greatest if it is +1.
func extreme(cells []Cell, value func(Cell) product, sign int) product {
	best := value(cells[0])
	for _, c := range cells[1:] {
		if v := value(c); v.Cmp(best) == sign {
			best = v
		}
	}
	return best
}

// limits are the bounds that A3 compares a cell with.
type limits struct {
	lowest  product // least risk of any bottom cell
	gmax    product // greatest risk of any bottom cell
	rmin    product // least risk of any top cell
	highest product // greatest risk of any top cell
}

func (a *auditor) colouring() Colouring {
	if reason := a.extremes(); reason != "" {
		return Colouring{Status: verdict.NotApplicable, Reason: reason}
	}
	if a.ordinal != "" {
		return Colouring{Status: verdict.Unassessed, Reason: a.ordinal}
	}
	l := limits{
		lowest: extreme(a.bottoms, a.inf, -1), gmax: extreme(a.bottoms, a.sup, +1),
		rmin: extreme(a.tops, a.inf, -1), highest: extreme(a.tops, a.sup, +1),
	}
	colouring := Colouring{Status: verdict.Met}
	for _, c := range a.cells {
		if rule := a.miscoloured(c, l); rule != 0 {
			colouring.Status = verdict.NotMet
			colouring.Witnesses = append(colouring.Witnesses, ColouringWitness{c, rule})
		}
	}
	return colouring
}

// miscoloured returns the first clause of A3 that a cell breaks, 0 if none.
func (a *auditor) miscoloured(c Cell, l limits) ColouringRule {
	inf, sup, top := a.inf(c), a.sup(c), len(a.Bands)-1
	atLeastGmax, atMostRmin := inf.Cmp(l.gmax) >= 0, sup.Cmp(l.rmin) <= 0
	switch band := a.at(c); {
	case band == top && !atLeastGmax:
		return NotTop
	case band == 0 && !atMostRmin:
		return NotBottom
	case band != 0 && inf.Cmp(l.lowest) <= 0 && atMostRmin:
		return MustBeBottom
	case band != top && sup.Cmp(l.highest) >= 0 && atLeastGmax:
		return MustBeTop
	case band != 0 && band != top && !a.betweenBands(c) && (atMostRmin || atLeastGmax):
		return NotIntermediate
	default:
		return 0
	}
}

// betweenBands reports whether a bottom cell has levels no higher than those of
// c, and a top cell levels no lower.
func (a *auditor) betweenBands(c Cell) bool {
	below, above := false, false
	for _, b := range a.bottoms {
		below = below || (b.Likelihood <= c.Likelihood && b.Impact <= c.Impact)
	}
	for _, t := range a.tops {
		above = above || (t.Likelihood >= c.Likelihood && t.Impact >= c.Impact)
	}
	return below && above
}

func (a *auditor) ranges() []BandRange {
	all := make([]BandRange, len(a.Bands))
	least, greatest := make([]product, len(all)), make([]product, len(all))
	for i, b := range a.Bands {
		unused := ratio.Undefined("no cell is in the band")
		all[i] = BandRange{b.Name, unused, unused}
	}
	for _, c := range a.cells {
		b, low, high := a.at(c), a.inf(c), a.sup(c)
		if least[b] == nil || low.Cmp(least[b]) < 0 {
			least[b] = low
			all[b].Low = a.Likelihood.Edges[c.Likelihood].Mul(a.Impact.Edges[c.Impact])
		}
		if greatest[b] == nil || high.Cmp(greatest[b]) > 0 {
			greatest[b] = high
			all[b].High = a.Likelihood.Edges[c.Likelihood+1].Mul(a.Impact.Edges[c.Impact+1])
		}
	}
	return all
}
