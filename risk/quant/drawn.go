package quant

import (
	"fmt"
	"math"
)

// A Drawn gives the law of which of some risks happen by draws from it, where a
// [Joint] would be too large to list. Each risk has its P, the probability that the
// law gives it. There is no exact total then, see Result.Why, and what two such
// risks add to the variance is counted in 65,536 draws.
type Drawn struct {
	Risks []string
	From  States
}

// States draws which risks of a [Drawn] happen. It is used by several goroutines at
// once.
type States interface {
	// Draw appends to on whether each risk happens in draw i, in the order of
	// Drawn.Risks, and returns it. The same i always gives the same; different ones
	// are independent. Iteration k under Seed s asks for draw k + 2³²·m(s) for a
	// mixing function m, so that other seeds give other draws.
	Draw(i uint64, on []bool) []bool
}

// countedDraws is the number of draws that tell how often two risks happen together.
// Iterations have numbers below mostIterations, these those from there on.
const countedDraws = 1 << 16

// drawsOf returns the number of the draw before those of a seed.
func drawsOf(seed uint64) uint64 { return mix(seed) << 32 }

func (v *validator) drawn() {
	for i, d := range v.model.Drawn {
		path := at("drawn", i)
		for k, id := range d.Risks {
			here := at(path+".risks", k)
			if v.known(here, id) {
				v.take(here, id, Occurrence, path)
				if v.model.Risks[v.index[id]].Rate != 0 {
					v.f.addf(here, "%w: a risk with a rate", ErrInvalid)
				}
			}
		}
		switch {
		case len(d.Risks) == 0:
			v.f.addf(path+".risks", "%w", ErrMissing)
		case d.From == nil:
			v.f.addf(path+".from", "%w", ErrMissing)
		default:
			if n := len(d.From.Draw(0, nil)); n != len(d.Risks) {
				v.f.addf(path+".from", "%w: it draws %d states for %d risks", ErrInvalid, n, len(d.Risks))
			}
		}
	}
}

// addDrawn makes a group of a drawn law, and counts how often two risks of it happen
// together. That each happens as often as its P says is checked on the way.
func (c *compiled) addDrawn(at int, d Drawn, index map[string]int) error {
	n := len(d.Risks)
	g := &group{role: Occurrence, id: d.Risks[0], from: d.From, both: square(n), name: "the draws of " + quote(d.Risks[0])}
	for _, id := range d.Risks {
		g.members = append(g.members, index[id])
	}
	var on []bool
	for i := range uint64(countedDraws) {
		on = d.From.Draw(drawsOf(0)+mostIterations+i, on[:0])
		for a := range min(n, len(on)) {
			for b := 0; on[a] && b <= a; b++ {
				if on[b] {
					g.both[a][b]++
				}
			}
		}
	}
	for a, i := range g.members {
		for b := range g.both[a][:a+1] {
			g.both[a][b] /= countedDraws
			g.both[b][a] = g.both[a][b]
		}
		p, seen := c.units[i].p, g.both[a][a]
		if off := 6*math.Sqrt(p*(1-p)/countedDraws) + 2.0/countedDraws; !(math.Abs(seen-p) <= off) {
			return fmt.Errorf("quant: risks[%d].p: %w: %v, but drawn[%d] makes it %.3g", i, ErrInvalid, p, at, seen)
		}
	}
	c.groups, c.drawn = append(c.groups, g), true
	return nil
}

func square(n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// prepareDrawn draws the states of a batch, each after the other.
func (d *drawer) prepareDrawn(i int, first int64) {
	g := &d.p.groups[i]
	clear(d.happens[i])
	for k := range batch {
		d.state = g.from.Draw(g.start+uint64(first)+uint64(k), d.state[:0])
		copy(d.happens[i][k*g.size:(k+1)*g.size], d.state)
	}
}

// firesDrawn reads the states of a drawn law.
func (d *drawer) firesDrawn(u *drawUnit, first int64) int {
	size, n := d.p.groups[u.occ].size, 0
	for i := range batch {
		d.hit[n] = int32(i)
		if d.happens[u.occ][i*size+u.occAt] {
			n++
		}
	}
	d.severityUniforms(u.costs, first, n)
	return n
}
