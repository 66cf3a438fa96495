package schedule

import "math"

// ranks returns the rank, from 1, of the q-quantile among n sorted values, and
// those of the bounds of its interval: with B binomial(n, q), low is the
// smallest k with P(B ≤ k) > 2.5 %, and high is one more than the smallest k
// with P(B ≤ k) ≥ 97.5 %, both kept within 1 and n (H. A. David and H. N.
// Nagaraja, "Order Statistics", 3rd ed., 2003, sec. 7.1).
func ranks(n int, q float64) (at, low, high int) {
	at = min(max(int(math.Ceil(float64(n)*q)), 1), n)
	const tail = (1 - confidence) / 2
	below := binomialQuantile(n, q, tail)
	above := n - binomialQuantile(n, 1-q, tail) // by symmetry, the larger tail loses no digits
	return at, min(max(below, 1), at), max(min(above+1, n), at)
}

// binomialQuantile returns the smallest k with P(B ≤ k) ≥ tail for a small tail.
// It adds up the probabilities from far out in the tail, where they are less
// than rounding errors.
func binomialQuantile(n int, q, tail float64) int {
	mean, sd := float64(n)*q, math.Sqrt(float64(n)*q*(1-q))
	k := max(int(mean-12*sd)-40, 0)
	p := math.Exp(binomialLog(n, k, q))
	sum := p
	odds := q / (1 - q)
	for sum < tail && k < n {
		p *= float64(n-k) / float64(k+1) * odds
		k++
		sum += p
	}
	return k
}

// binomialLog returns ln P(B = k).
func binomialLog(n, k int, q float64) float64 {
	gamma := func(x int) float64 {
		v, _ := math.Lgamma(float64(x + 1))
		return v
	}
	return gamma(n) - gamma(k) - gamma(n-k) + float64(k)*math.Log(q) + float64(n-k)*math.Log1p(-q)
}

// wilson returns the share k/n with its Wilson score interval (E. B. Wilson,
// "Probable inference, the law of succession, and statistical inference",
// Journal of the American Statistical Association 22, 1927). n is at least 1.
func wilson(k, n int) Estimate {
	size, z2 := float64(n), normal95*normal95
	share := float64(k) / size
	center := (share + z2/(2*size)) / (1 + z2/size)
	half := normal95 / (1 + z2/size) * math.Sqrt(share*(1-share)/size+z2/(4*size*size))
	e := Estimate{share, max(center-half, 0), min(center+half, 1)}
	if k == 0 { // no rounding error at the ends
		e.Low = 0
	}
	if k == n {
		e.High = 1
	}
	return e
}
