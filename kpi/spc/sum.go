package spc

import (
	"math"
	"slices"
)

// mean returns the mean of one or more finite values no larger than a few MaxValue. It
// sums in twice the precision, so the result is the nearest float64 to the true mean,
// or one beside it in the rarest case, and the mean of equal values is that value.
func mean(xs []float64) float64 {
	var hi, lo float64
	for _, x := range xs {
		var err float64
		hi, err = twoSum(hi, x)
		hi, lo = twoSum(hi, lo+err)
	}
	n := float64(len(xs))
	q := hi / n
	return q + (math.FMA(-q, n, hi)+lo)/n
}

// twoSum returns the rounded sum of a and b, and what was rounded away (Knuth, The Art
// of Computer Programming 2, 4.2.2).
func twoSum(a, b float64) (sum, err float64) {
	sum = a + b
	part := sum - a
	return sum, (a - (sum - part)) + (b - part)
}

// median returns the median of one or more values, the mean of the middle two if they
// are even in number.
func median(xs []float64) float64 {
	sorted := slices.Sorted(slices.Values(xs))
	k := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[k]
	}
	return mean(sorted[k-1 : k+1])
}

// deviation returns the standard deviation of two or more values around their mean,
// with the divisor n − 1.
func deviation(xs []float64, around float64) float64 {
	squares := make([]float64, len(xs))
	for i, x := range xs {
		squares[i] = (x - around) * (x - around)
	}
	n := float64(len(xs))
	return math.Sqrt(mean(squares) * (n / (n - 1)))
}
