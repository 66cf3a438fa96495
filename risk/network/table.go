package network

import (
	"math"
	"slices"
)

// A table gives a number, never negative, for each joint value of some
// variables. The first variable varies slowest; variables are in the order of
// their rank, which is that of elimination.
type table struct {
	vars  []int
	cells []float64
}

// A space is what tables need to know of the variables.
type space struct {
	card []int // number of values of each
	rank []int // place in the order of elimination
}

func (s *space) size(vars []int) int {
	n := 1
	for _, v := range vars {
		n *= s.card[v]
	}
	return n
}

// zero returns a table of zeros over the variables, which it puts in order.
func (s *space) zero(vars []int) table {
	slices.SortFunc(vars, func(a, b int) int { return s.rank[a] - s.rank[b] })
	return table{vars, make([]float64, s.size(vars))}
}

// stride returns how far apart neighbouring values of v are in t, 0 if t does
// not depend on v.
func (s *space) stride(t table, v int) int {
	n := 1
	for _, u := range slices.Backward(t.vars) {
		if u == v {
			return n
		}
		n *= s.card[u]
	}
	return 0
}

// A dim is one loop of a contraction: its length, and the step in each table.
type dim struct{ n, out, a, b int }

// longest is how many terms are added one after the other. Longer sums are made
// in stages, so that rounding grows with the number of stages.
const longest = 256

// contract sets out, over the given variables, to the sum of a·b over all
// others:
//
//	out[x] = Σ_y a[x,y]·b[x,y]
//
// All terms are positive, so every cell has a small relative error.
func (s *space) contract(over []int, a, b table) table {
	var rest []int
	for _, v := range slices.Concat(a.vars, b.vars) {
		if !slices.Contains(over, v) && !slices.Contains(rest, v) {
			rest = append(rest, v)
		}
	}
	summed, terms := 0, 1
	for summed < len(rest) && terms < longest {
		terms *= s.card[rest[summed]]
		summed++
	}
	if later := rest[summed:]; len(later) > 0 {
		part := s.multiply(slices.Concat(over, later), rest[:summed], a, b)
		return s.contract(over, part, one)
	}
	return s.multiply(slices.Clone(over), rest, a, b)
}

// one is the table of nothing with the value 1.
var one = table{cells: []float64{1}}

// multiply sets a table over the given variables to the sum of a·b over the
// variables sum.
func (s *space) multiply(over, sum []int, a, b table) table {
	out := s.zero(over)
	dims := make([]dim, 0, len(sum)+len(out.vars)+1)
	dims = append(dims, dim{n: 1})
	for _, v := range slices.Concat(sum, out.vars) {
		d := dim{s.card[v], s.stride(out, v), s.stride(a, v), s.stride(b, v)}
		if last := &dims[len(dims)-1]; last.n == 1 {
			*last = d
		} else if last.out == d.out*d.n && last.a == d.a*d.n && last.b == d.b*d.n {
			*last = dim{last.n * d.n, d.out, d.a, d.b}
		} else {
			dims = append(dims, d)
		}
	}
	loop(dims, out.cells, a.cells, b.cells)
	return out
}

func loop(dims []dim, out, a, b []float64) {
	d := dims[0]
	if len(dims) == 1 {
		d.run(out, a, b)
		return
	}
	for i := range d.n {
		loop(dims[1:], out[i*d.out:], a[i*d.a:], b[i*d.b:])
	}
}

// run is the innermost loop. The products are rounded before they are added, so
// that machines with and without fused arithmetic give the same bits.
func (d dim) run(out, a, b []float64) {
	switch {
	case d.out == 1 && d.a == 1 && d.b == 0:
		scale(out[:d.n], a[:d.n], b[0])
	case d.out == 1 && d.a == 0 && d.b == 1:
		scale(out[:d.n], b[:d.n], a[0])
	default:
		for i := range d.n {
			out[i*d.out] += float64(a[i*d.a] * b[i*d.b])
		}
	}
}

func scale(out, a []float64, by float64) {
	for i, x := range a {
		out[i] += float64(x * by)
	}
}

// normalise divides the table by a power of two, which it returns, so that its
// largest cell is near 1 and long products do not underflow. No digit changes.
// It reports false if all cells are zero.
func (t table) normalise() (exponent int, ok bool) {
	const small, large = 0x1p-60, 0x1p60
	most := slices.Max(t.cells)
	if most == 0 {
		return 0, false
	}
	if most > small && most < large {
		return 0, true
	}
	_, exponent = math.Frexp(most)
	for i, c := range t.cells {
		t.cells[i] = math.Ldexp(c, -exponent)
	}
	return exponent, true
}
