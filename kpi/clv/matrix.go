package clv

import (
	"math"
	"slices"
)

// hessian returns second derivatives from differences of the gradient: over h to one
// side or, which has an error of the order h², to both sides.
func (s *search) hessian(p state, h float64, sides int) [][]float64 {
	n := len(p.at)
	m := square(n)
	for i := range n {
		beside := func(h float64) []float64 {
			at := slices.Clone(p.at)
			at[i] += h
			return s.eval(at).gradient
		}
		up, down := beside(h), p.gradient
		if sides == 2 {
			down = beside(-h)
		}
		for j := range n {
			m[i][j] = (up[j] - down[j]) / (float64(sides) * h)
		}
	}
	for i := range n {
		for j := range i {
			mean := (m[i][j] + m[j][i]) / 2
			m[i][j], m[j][i] = mean, mean
		}
	}
	return m
}

func square(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// invert returns the inverse of a symmetric matrix, by Cholesky's decomposition, and
// false if it is not clearly positive definite.
func invert(m [][]float64) ([][]float64, bool) {
	n := len(m)
	lower := square(n)
	for i := range n {
		for j := range i + 1 {
			sum := m[i][j]
			for k := range j {
				sum -= lower[i][k] * lower[j][k]
			}
			if i > j {
				lower[i][j] = sum / lower[j][j]
				continue
			}
			if !(sum > 1e-10*m[i][i]) || math.IsInf(sum, 0) {
				return nil, false
			}
			lower[i][i] = math.Sqrt(sum)
		}
	}
	inverse := square(n)
	for i := range n {
		column := solve(lower, i)
		for j := range n {
			inverse[j][i] = column[j]
		}
	}
	return inverse, true
}

// solve returns the solution of L·Lᵀ·v = eᵢ.
func solve(lower [][]float64, i int) []float64 {
	n := len(lower)
	v := make([]float64, n)
	v[i] = 1
	for j := range n {
		for k := range j {
			v[j] -= lower[j][k] * v[k]
		}
		v[j] /= lower[j][j]
	}
	for j := n - 1; j >= 0; j-- {
		for k := j + 1; k < n; k++ {
			v[j] -= lower[k][j] * v[k]
		}
		v[j] /= lower[j][j]
	}
	return v
}

// scaledIdentity returns the inverse Hessian to begin with where nothing is known of
// it: the first step is at most 1.
func scaledIdentity(p state) [][]float64 {
	m := square(len(p.at))
	for i := range m {
		m[i][i] = 1 / max(1, largest(p.gradient))
	}
	return m
}

// update is that of Broyden, Fletcher, Goldfarb and Shanno for the inverse of the
// Hessian; it is left out where the curvature is not positive.
func update(inverse [][]float64, p, next state) {
	n := len(p.at)
	step, change, image := make([]float64, n), make([]float64, n), make([]float64, n)
	var sy, ss, yy float64
	for i := range n {
		step[i], change[i] = next.at[i]-p.at[i], next.gradient[i]-p.gradient[i]
		sy += step[i] * change[i]
		ss += step[i] * step[i]
		yy += change[i] * change[i]
	}
	if !(sy > 1e-10*math.Sqrt(ss*yy)) {
		return
	}
	var yHy float64
	for i := range n {
		for j := range n {
			image[i] += inverse[i][j] * change[j]
		}
		yHy += change[i] * image[i]
	}
	for i := range n {
		for j := range n {
			inverse[i][j] += (1+yHy/sy)*step[i]*step[j]/sy - (step[i]*image[j]+image[i]*step[j])/sy
		}
	}
}
