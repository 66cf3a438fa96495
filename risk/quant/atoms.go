package quant

import (
	"cmp"
	"slices"
)

// An atom is a value that a total takes with positive probability.
type atom struct{ x, p float64 }

const (
	mostAtoms     = 1 << 16 // of a total, and 256 of one component
	mostPartAtoms = 256
)

// atoms returns the atoms of a component that are worth setting apart, and whether
// they are the whole of it: what it takes if only parts with discrete values happen,
// or, where that is too much to list, if none does.
func (k *component) atoms() (list []atom, whole bool) {
	if len(k.parts) == 1 {
		return k.parts[0].atoms()
	}
	if !k.tabulated() {
		return []atom{{0, k.none()}}, false
	}
	l := newLaw(k.parts)
	list, whole = []atom{{0, 0}}, true
	state := make([]int, len(l.dims))
	for _, p := range l.p {
		here, complete := k.atomsOf(l.order, state)
		if whole = whole && complete; complete {
			for _, a := range here {
				list = append(list, atom{a.x, a.p * p})
			}
			if list = mergeAtoms(list); len(list) > mostPartAtoms {
				return []atom{{0, l.p[0]}}, false
			}
		}
		for axis := len(state) - 1; axis >= 0; axis-- {
			if state[axis]++; state[axis] < l.dims[axis] {
				break
			}
			state[axis] = 0
		}
	}
	return list, whole
}

// atomsOf returns the values that the parts take in sum if they happen so many times,
// false if one of these has a value that is not discrete or follows a factor.
func (k *component) atomsOf(order, state []int) ([]atom, bool) {
	list := []atom{{0, 1}}
	for axis, times := range state {
		p := &k.parts[order[axis]]
		if times == 0 {
			continue
		}
		values := p.values()
		if values == nil || p.load != 0 {
			return nil, false
		}
		for range times {
			if list = convolve(list, values); len(list) > mostPartAtoms {
				return nil, false
			}
		}
	}
	return list, true
}

// none returns the probability that no part of the component happens.
func (k *component) none() float64 {
	g := k.occurrence()
	alone := 1.0
	var states []latentState
	for i := range k.parts {
		if k.parts[i].occ.group == nil {
			alone *= 1 - k.parts[i].p
		} else {
			states = append(states, k.parts[i].latent())
		}
	}
	if g == nil {
		return alone
	}
	sum := 0.0
	for _, n := range factorNodes(states) {
		p := n.w
		for i := range states {
			p *= states[i].given(n.x)[0]
		}
		sum += p
	}
	return alone * sum
}

// atoms returns the atoms of an independent part.
func (p *part) atoms() (list []atom, whole bool) {
	values := p.values()
	none := p.alone()[0]
	if values == nil || len(values) >= mostPartAtoms {
		return []atom{{0, none}}, false
	}
	if p.counts == nil {
		list = []atom{{0, none}}
		for _, v := range values {
			list = append(list, atom{v.x, v.p * p.p})
		}
		return mergeAtoms(list), true
	}
	list = []atom{{0, none}}
	sum := []atom{{0, 1}}
	for n, prob := range p.alone() {
		if n == 0 {
			continue
		}
		sum = convolve(sum, values)
		for _, s := range sum {
			list = append(list, atom{s.x, s.p * prob})
		}
		if list = mergeAtoms(list); len(list) > mostPartAtoms {
			return []atom{{0, none}}, false
		}
	}
	return list, true
}

// values returns the values of a part that has discrete ones, otherwise nil.
func (p *part) values() []atom {
	list := discreteAtoms(p.value)
	for i := range list {
		list[i].x -= p.shift
	}
	return list
}

// discreteAtoms returns the values of a discrete distribution, otherwise nil.
func discreteAtoms(d Dist) []atom {
	a, ok := d.(atomized)
	if !ok {
		return nil
	}
	var out []atom
	x, p := a.atoms()
	for i := range x {
		out = append(out, atom{x[i], p[i]})
	}
	return out
}

// convolve returns the distribution of the sum of two independent values.
func convolve(a, b []atom) []atom {
	out := make([]atom, 0, len(a)*len(b))
	for _, u := range a {
		for _, v := range b {
			out = append(out, atom{u.x + v.x, u.p * v.p})
		}
	}
	return mergeAtoms(out)
}

// mergeAtoms sorts atoms and joins those that only rounding tells apart.
func mergeAtoms(list []atom) []atom {
	slices.SortFunc(list, func(a, b atom) int { return cmp.Compare(a.x, b.x) })
	out := list[:0]
	for _, a := range list {
		if n := len(out); n > 0 && a.x-out[n-1].x <= 1e-13*max(abs(a.x), abs(out[n-1].x)) {
			out[n-1].p += a.p
			continue
		}
		if a.p > 0 {
			out = append(out, a)
		}
	}
	return out
}

func abs(x float64) float64 { return max(x, -x) }
