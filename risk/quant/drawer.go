package quant

import "slices"

// batch is the number of iterations that a worker draws at a time: a multiple of 4,
// and such that what it needs stays in the processor's nearer caches.
const batch = 2048

// A drawer draws batches. It is scratch of one worker.
type drawer struct {
	p       *plan
	bits    []uint32
	u, x, y []float64
	hit     []int32
	times   []int32
	latent  [][][]float64 // of each group: of its factor, or of each member
	states  [][]uint32    // of each joint
	happens [][]bool      // of each drawn law: its states, one iteration after the other
	state   []bool
	cost    []float64 // totals of the batch
	delay   []float64
}

func (p *plan) newDrawer() *drawer {
	d := &drawer{
		p: p, bits: make([]uint32, batch), u: make([]float64, batch), x: make([]float64, batch), y: make([]float64, batch),
		hit: make([]int32, batch), times: make([]int32, batch), cost: make([]float64, batch), delay: make([]float64, batch),
		latent: make([][][]float64, len(p.groups)), states: make([][]uint32, len(p.groups)), happens: make([][]bool, len(p.groups)),
	}
	for i, g := range p.groups {
		switch {
		case g.from != nil:
			d.happens[i] = make([]bool, batch*g.size)
			continue
		case g.cum != nil:
			d.states[i] = make([]uint32, batch)
			continue
		}
		d.latent[i] = make([][]float64, max(1, len(g.members)))
		for k := range d.latent[i] {
			d.latent[i][k] = make([]float64, batch)
		}
	}
	return d
}

// prepare draws what several risks share in the batch that starts at iteration
// first.
func (d *drawer) prepare(first int64) {
	for i := range d.p.groups {
		d.prepareGroup(i, first)
	}
}

func (d *drawer) prepareGroup(i int, first int64) {
	g := &d.p.groups[i]
	switch {
	case g.from != nil:
		d.prepareDrawn(i, first)
	case g.cum != nil:
		d.uniforms(d.u, g.factor, first)
		for n, u := range d.u {
			k, _ := slices.BinarySearch(g.cum, u)
			d.states[i][n] = g.states[min(k, len(g.states)-1)]
		}
	case g.chol != nil:
		own := d.latent[i]
		for k := range g.members {
			d.normals(own[k], g.members[k], first)
		}
		for k, row := range slices.Backward(own) { // from the last, so that it can be done in place
			for n := range row {
				row[n] *= g.chol[k][k]
			}
			for j, l := range g.chol[k][:k] {
				for n, z := range own[j] {
					row[n] += l * z
				}
			}
		}
	default:
		d.normals(d.latent[i][0], g.factor, first)
	}
}

// uniforms writes a batch of uniform draws of a source.
func (d *drawer) uniforms(dst []float64, s source, first int64) {
	s.main.fill(d.bits, first)
	for n, r := range d.bits {
		dst[n] = s.uniform(r, first+int64(n))
	}
}

func (d *drawer) normals(dst []float64, s source, first int64) {
	d.uniforms(d.u, s, first)
	standardNormal().quantiles(dst, d.u)
}
