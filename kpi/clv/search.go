package clv

import (
	"math"
	"slices"
)

// An objective returns the value of a function to be minimized and fills in its
// gradient.
type objective func(at, gradient []float64) float64

// A search minimizes an objective of a few variables, which are logarithms of numbers
// about 1: by BFGS with an analytic gradient, beginning at the
// inverse of the Hessian; by a simplex where that leads nowhere; and by steps of
// Newton's method at the end.
type search struct {
	interrupted             func() error // that of the context
	objective               objective
	progress                func(done, total int64)
	limit                   int
	iterations, evaluations int
	err                     error
}

const (
	box      = 14    // bound of the variables: logarithms of 8e-7 and 1.2e6
	nearBox  = 10.5  // beyond it, 2.8e-5 or 3.6e4, a minimum is said to lie on the boundary
	flat     = 1e-10 // gradient that is small beside the value
	longStep = 2.0   // longest step in a variable
)

// A state is a point of a search.
type state struct {
	at, gradient []float64
	value        float64
	status       Status
	covariance   [][]float64 // inverse of the Hessian, if converged
}

// eval evaluates the objective; what is no number counts as +Inf.
func (s *search) eval(at []float64) state {
	p := state{at: slices.Clone(at), gradient: make([]float64, len(at)), value: math.Inf(1)}
	if s.err == nil {
		s.err = s.interrupted()
	}
	if s.err != nil {
		return p
	}
	s.evaluations++
	if v := s.objective(p.at, p.gradient); !math.IsNaN(v + largest(p.gradient)) {
		p.value = v
	}
	return p
}

// step counts an iteration, and reports whether there may be more.
func (s *search) step() bool {
	if s.iterations >= s.limit || s.err != nil {
		return false
	}
	s.iterations++
	if s.progress != nil {
		s.progress(int64(s.iterations), int64(s.limit))
	}
	return true
}

func (s *search) minimize(start []float64) state {
	p := s.finish(s.bfgs(s.eval(start), true))
	for try := 0; try < 2 && p.status == Stalled && s.err == nil; try++ {
		p = s.finish(s.bfgs(s.simplex(p), false))
	}
	return p
}

// finish polishes what is near a minimum.
func (s *search) finish(p state) state {
	if s.err != nil || p.status == IterationLimit {
		return p
	}
	return s.polish(p)
}

// bfgs descends until the gradient is small, the iterations are used up, no step leads
// down, or several in a row do so by no more than rounding.
func (s *search) bfgs(p state, curved bool) state {
	inverse := s.firstInverse(p, curved)
	reset, idle := !curved, 0
	for mark, n := p.value, 1; ; n++ {
		if n%20 == 0 {
			if onBoundary(p) && mark-p.value < 1e-6*max(1, math.Abs(p.value)) {
				idle = 4 // to and fro between the walls
			}
			mark = p.value
		}
		if idle == 4 {
			p.status = Stalled
			return p
		}
		if small(p) {
			p.status = Converged
			return p
		}
		if !s.step() {
			p.status = IterationLimit
			return p
		}
		next, ok := s.lineSearch(p, direction(p, inverse))
		switch {
		case ok:
			idle++
			if p.value-next.value > rounding(next) {
				idle = 0
			}
			if sameWalls(p.at, next.at) {
				update(inverse, p, next)
			} else {
				inverse = s.firstInverse(next, true)
			}
			p, reset = next, false
		case reset:
			p.status = Stalled
			return p
		default:
			inverse, reset = scaledIdentity(p), true
		}
	}
}

// sameWalls reports whether the same variables are at their bounds.
func sameWalls(v, w []float64) bool {
	for i := range v {
		if (math.Abs(v[i]) == box) != (math.Abs(w[i]) == box) {
			return false
		}
	}
	return true
}

// rounding returns what a step must gain to count as one. On the boundary, where huge
// terms of the likelihood cancel, that is more.
func rounding(p state) float64 {
	if onBoundary(p) {
		return 1e-9 * max(1, math.Abs(p.value))
	}
	return 1e-13 * math.Abs(p.value)
}

// firstInverse returns the inverse of the Hessian, if it is positive definite and
// wanted, and otherwise a multiple of the identity.
func (s *search) firstInverse(p state, curved bool) [][]float64 {
	if curved && !math.IsInf(p.value, 0) {
		if inverse, ok := invert(s.hessian(p, 1e-4, 1)); ok {
			return inverse
		}
	}
	return scaledIdentity(p)
}

// lineSearch steps back from the full step until the value falls enough: by a ten-
// thousandth of what the slope promises, or by nothing within rounding.
func (s *search) lineSearch(p state, step []float64) (state, bool) {
	for t := 1.0; t > 1e-10; {
		next := s.eval(along(p.at, step, t))
		moved := 0.0
		for i := range p.at {
			moved += p.gradient[i] * (next.at[i] - p.at[i])
		}
		slack := 1e-13 * math.Abs(p.value)
		if moved < 0 && next.value <= p.value+1e-4*moved+slack {
			return next, true
		}
		if s.err != nil {
			return p, false
		}
		t *= shrink(moved, next.value-p.value)
	}
	return p, false
}

// shrink returns how much of a step to keep, from the parabola through the slope and
// the rise.
func shrink(slope, rise float64) float64 {
	if keep := -slope / (2 * (rise - slope)); keep > 0.1 && keep < 0.5 {
		return keep
	}
	return 0.3
}

// small reports whether the gradient, but for what pushes out of the box, is small.
func small(p state) bool {
	for i, g := range p.gradient {
		if !blocked(p, i) && !(math.Abs(g) <= flat*max(1, math.Abs(p.value))) {
			return false
		}
	}
	return true
}

// blocked reports whether variable i is at a bound that the gradient pushes it to.
func blocked(p state, i int) bool {
	return (p.at[i] <= -box && p.gradient[i] > 0) || (p.at[i] >= box && p.gradient[i] < 0)
}

// direction returns −H⁻¹g over the variables that can move, shortened if it is very
// long. Where that does not lead down it returns the way of the gradient.
func direction(p state, inverse [][]float64) []float64 {
	step := make([]float64, len(p.at))
	slope := 0.0
	for i := range step {
		if blocked(p, i) {
			continue
		}
		for j, g := range p.gradient {
			if !blocked(p, j) {
				step[i] -= inverse[i][j] * g
			}
		}
		slope += step[i] * p.gradient[i]
	}
	if !(slope < 0) {
		for i, g := range p.gradient {
			step[i] = 0
			if !blocked(p, i) {
				step[i] = -g / max(largest(p.gradient), 1)
			}
		}
	}
	if long := largest(step); long > longStep {
		for i := range step {
			step[i] *= longStep / long
		}
	}
	return step
}

// along returns the point t steps on, within the box.
func along(at, step []float64, t float64) []float64 {
	next := make([]float64, len(at))
	for i := range at {
		next[i] = max(-box, min(box, at[i]+t*step[i]))
	}
	return next
}

// polish takes steps of Newton's method to the minimum, and judges what it is.
func (s *search) polish(p state) state {
	for range 4 {
		inverse, ok := invert(s.hessian(p, 2e-4, 2))
		if s.err != nil {
			return p
		}
		if onBoundary(p) || (!ok && p.status == Converged) {
			p.status = Boundary
			return p
		}
		if !ok {
			return p
		}
		p.covariance = inverse
		before := p.at
		p = s.newton(p)
		if distance(before, p.at) < 1e-6 {
			break // the Hessian is good for the end of the steps, too
		}
	}
	if p.status == Stalled && s.near(p) {
		p.status = Converged
	}
	return p
}

// near reports whether the next step of Newton's method would be negligible.
func (s *search) near(p state) bool { return largest(direction(p, p.covariance)) < 1e-7 }

// newton takes steps with one Hessian while they make the gradient smaller.
func (s *search) newton(p state) state {
	for range 5 {
		step := direction(p, p.covariance)
		if largest(step) < 1e-13 || largest(step) > 0.5 {
			return p
		}
		next := s.eval(along(p.at, step, 1))
		if math.IsInf(next.value, 0) || largest(next.gradient) >= largest(p.gradient) {
			return p
		}
		next.status, next.covariance = p.status, p.covariance
		p = next
	}
	return p
}

func onBoundary(p state) bool { return largest(p.at) > nearBox }

// largest returns the largest absolute value.
func largest(v []float64) float64 {
	m := 0.0
	for _, x := range v {
		m = max(m, math.Abs(x))
	}
	return m
}

func distance(v, w []float64) float64 {
	d := 0.0
	for i := range v {
		d = max(d, math.Abs(v[i]-w[i]))
	}
	return d
}
