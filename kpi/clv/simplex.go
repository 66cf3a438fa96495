package clv

import (
	"cmp"
	"slices"
)

// simplex goes downhill by the method of Nelder and Mead (Computer Journal 7 (1965),
// 308-313) from p: for where rounding has made the gradient useless. It takes at most
// 100 evaluations for each variable.
func (s *search) simplex(p state) state {
	n := len(p.at)
	corners := []state{p}
	for i := range n {
		at := slices.Clone(p.at)
		at[i] += 0.25
		corners = append(corners, s.eval(along(at, at, 0)))
	}
	for range 100 * n {
		slices.SortStableFunc(corners, func(a, b state) int { return cmp.Compare(a.value, b.value) })
		if distance(corners[0].at, corners[n].at) < 1e-9 || s.err != nil {
			break
		}
		s.replaceWorst(corners)
	}
	return slices.MinFunc(corners, func(a, b state) int { return cmp.Compare(a.value, b.value) })
}

// replaceWorst reflects the last corner at the others, goes further if that is good
// and less far if it is not, and otherwise draws all towards the first.
func (s *search) replaceWorst(corners []state) {
	n := len(corners) - 1
	away := make([]float64, n) // from the worst to the middle of the others
	for i := range n {
		for _, c := range corners[:n] {
			away[i] += c.at[i] / float64(n)
		}
		away[i] -= corners[n].at[i]
	}
	try := func(t float64) state { return s.eval(along(corners[n].at, away, t)) }
	reflected := try(2)
	switch {
	case reflected.value < corners[0].value:
		if further := try(3); further.value < reflected.value {
			reflected = further
		}
		corners[n] = reflected
	case reflected.value < corners[n-1].value:
		corners[n] = reflected
	default:
		nearer := try(1.5)
		if reflected.value >= corners[n].value {
			nearer = try(0.5)
		}
		if nearer.value < min(reflected.value, corners[n].value) {
			corners[n] = nearer
			return
		}
		for i := 1; i <= n; i++ {
			half := make([]float64, n)
			for j := range half {
				half[j] = corners[0].at[j] - corners[i].at[j]
			}
			corners[i] = s.eval(along(corners[i].at, half, 0.5))
		}
	}
}
