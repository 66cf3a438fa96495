package risk

import (
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Reversal is how often the bands of a matrix put two risks in the wrong
// order: of all pairs of points in different bands, drawn evenly from the area
// between the edges, the share in which the one in the higher band has the
// lower product of likelihood and impact. 0 is perfect, 1/2 is no better than
// tossing a coin.
//
// It is integrated in closed form and not simulated; Rate is within 1e-9 of the
// exact value. It is undefined for ordinal scales, and if of a million pairs of
// points between 0 and the last edges, less than one has its points in different
// bands: as with all cells in one band, or a scale of almost no width.
type Reversal struct {
	Rate    float64 `json:"rate"`
	Defined bool    `json:"defined"`
	Reason  string  `json:"reason,omitempty"`
}

// leastCrossing is the share of pairs in different bands below which rounding
// errors could show in their reversal rate.
const leastCrossing = 1e-6

// reversal integrates over the risk r. The points of a cell with a risk of at
// most r fill an area whose derivative is ln(x₂/x₁), where x₁ and x₂ are the
// likelihoods at which the hyperbola x·y = r enters and leaves the cell. Between
// any two corners of cells, that is α + β·ln r, with β one of 1, 0 and -1, so a
// band has the density Σα + Σβ·ln r, and products of densities and areas have
// elementary integrals.
func (a *auditor) reversal() Reversal {
	if a.ordinal != "" {
		return Reversal{Reason: a.ordinal}
	}
	boxes := a.boxes()
	below := make([]float64, len(a.Bands)) // area of each band up to the current r
	area := make([]float64, len(a.Bands))
	for _, b := range boxes {
		area[b.band] += (b.x1 - b.x0) * (b.y1 - b.y0)
	}
	crossing, total := 0.0, 0.0 // pairs in different bands, and all area
	for _, x := range area {
		crossing += float64(x * total)
		total += x
	}
	if crossing < leastCrossing/2 {
		return Reversal{Reason: "hardly any two risks are in different bands"}
	}
	var reversed float64
	corners := cornersOf(boxes)
	for k := 1; k < len(corners); k++ {
		reversed += sweep(boxes, corners[k-1], corners[k], area, below)
	}
	return Reversal{Rate: min(max(reversed/crossing, 0), 1), Defined: true}
}

// A box is a cell with its edges as shares of the last edges.
type box struct {
	band           int
	x0, x1, y0, y1 float64
}

func (a *auditor) boxes() []box {
	x, y := shares(a.Likelihood.Edges), shares(a.Impact.Edges)
	all := make([]box, len(a.cells))
	for i, c := range a.cells {
		all[i] = box{a.at(c), x[c.Likelihood], x[c.Likelihood+1], y[c.Impact], y[c.Impact+1]}
	}
	return all
}

// shares returns edges over the last of them.
func shares(edges []ratio.Ratio) []float64 {
	last, _ := edges[len(edges)-1].Float64()
	all := make([]float64, len(edges))
	for i, e := range edges {
		f, _ := e.Float64()
		all[i] = f / last
	}
	return all
}

// cornersOf returns the risks at the corners of the boxes, ascending.
func cornersOf(boxes []box) []float64 {
	var all []float64
	for _, b := range boxes {
		all = append(all, b.x0*b.y0, b.x0*b.y1, b.x1*b.y0, b.x1*b.y1)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A density is α + β·ln r.
type density struct{ alpha, beta float64 }

// density returns that of the box between two neighbouring corners around r.
func (b box) density(r float64) density {
	if r <= b.x0*b.y0 || r >= b.x1*b.y1 {
		return density{}
	}
	d := density{alpha: math.Log(b.x1)} // leaves through the right side
	if b.y0 > 0 && r/b.y0 < b.x1 {      // leaves through the bottom, at x = r/y0
		d = density{-math.Log(b.y0), 1}
	}
	if r/b.y1 > b.x0 { // enters through the top, at x = r/y1
		return density{d.alpha + math.Log(b.y1), d.beta - 1}
	}
	return density{d.alpha - math.Log(b.x0), d.beta}
}

// sweep returns the part of the pairs in the wrong order whose higher band has
// a risk from r0 to r1, and moves below on to r1.
func sweep(boxes []box, r0, r1 float64, area, below []float64) float64 {
	densities := make([]density, len(area))
	for _, b := range boxes {
		d := b.density((r0 + r1) / 2)
		densities[b.band].alpha += d.alpha
		densities[b.band].beta += d.beta
	}
	var reversed float64
	for high, d := range densities {
		for low := range high {
			reversed += float64(d.mass(r0, r1)*(area[low]-below[low])) - d.against(densities[low], r0, r1)
		}
	}
	for band, d := range densities {
		below[band] += d.mass(r0, r1)
	}
	return reversed
}

// mass returns the integral of d from r0 to r1.
func (d density) mass(r0, r1 float64) float64 {
	return float64(d.alpha*(r1-r0)) + float64(d.beta*(rLog(r1)-r1-rLog(r0)+r0))
}

// against returns the integral of d(r) times the mass of e from r0 to r, as r
// goes from r0 to r1.
func (d density) against(e density, r0, r1 float64) float64 {
	// The mass of e up to r is e.at(r) - e.at(r0).
	return d.moment(e, r1) - d.moment(e, r0) - float64(d.mass(r0, r1)*e.upTo(r0))
}

// upTo returns the antiderivative of d: αr + β(r·ln r − r).
func (d density) upTo(r float64) float64 {
	return float64((d.alpha-d.beta)*r) + float64(d.beta*rLog(r))
}

// moment returns the antiderivative of d(r) times e.upTo(r), with L = ln r:
//
//	∫ (α + βL)(γr + δrL) dr = αγ r²/2 + (αδ + βγ)(r²L/2 − r²/4) + βδ(r²L²/2 − r²L/2 + r²/4)
func (d density) moment(e density, r float64) float64 {
	gamma, delta := e.alpha-e.beta, e.beta
	square, withLog := r*r/2, r*rLog(r)/2
	withLogs := rLog(r) * rLog(r) / 2
	return float64(d.alpha*gamma*square) +
		float64((float64(d.alpha*delta)+float64(d.beta*gamma))*(withLog-square/2)) +
		float64(d.beta*delta*(withLogs-withLog+square/2))
}

// rLog returns r·ln r, which is 0 at 0.
func rLog(r float64) float64 {
	if r == 0 {
		return 0
	}
	return r * math.Log(r)
}
