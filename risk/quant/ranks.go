package quant

import (
	"fmt"
	"math"
)

// DefaultLevel is the confidence level of intervals where none is asked for.
const DefaultLevel = 0.95

// PercentileRanks returns the ranks, counted from 1, of the order statistics of n
// independent draws between which the P-quantile of their continuous distribution
// lies with at least the given probability, and that probability:
//
//	lo = b(α/2), hi = b(1 − α/2) + 1
//
// where b is the quantile function of the binomial distribution of n and p, and
// α = 1 − level (H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed., 2003, 7.1).
// No assumption about the distribution is made. The error wraps [ErrTooFew] if no
// order statistic is far enough out, [ErrRange] unless n > 0 and p and level lie
// strictly between 0 and 1.
func PercentileRanks(n int64, p, level float64) (lo, hi int64, coverage float64, err error) {
	if n <= 0 || !(p > 0 && p < 1) || !(level > 0 && level < 1) {
		return 0, 0, 0, fmt.Errorf("quant: ranks of n = %d, p = %v, level = %v: %w", n, p, level, ErrRange)
	}
	tail := (1 - level) / 2
	lo, hi = binomialQuantile(n, p, tail), binomialQuantile(n, p, 1-tail)+1
	if lo < 1 || hi > n {
		return 0, 0, 0, fmt.Errorf("quant: an interval of P%v from %d draws: %w", 100*p, n, ErrTooFew)
	}
	return lo, hi, binomialCDF(n, p, hi-1) - binomialCDF(n, p, lo-1), nil
}

// binomialCDF returns P(B ≤ k), the incomplete beta function at 1 − p.
func binomialCDF(n int64, p float64, k int64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	lower, _ := newBetaLaw(float64(n-k), float64(k)+1).tails(1-p, p)
	return lower
}

// binomialQuantile returns the least k with P(B ≤ k) ≥ q, by bisection.
func binomialQuantile(n int64, p, q float64) int64 {
	lo, hi := int64(-1), n
	for hi-lo > 1 {
		mid := lo + (hi-lo)/2
		if binomialCDF(n, p, mid) >= q {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// A QuantileType says how a percentile is read from a sample. The zero QuantileType
// is InverseCDF. The numbers are those of R. J. Hyndman, Y. Fan, Sample quantiles in
// statistical packages, The American Statistician 50 (1996), 361-365.
type QuantileType uint8

// The types.
const (
	InverseCDF QuantileType = iota // type 1: the ⌈nP⌉-th value, one that was drawn
	Linear                         // type 7: between the values at rank (n−1)P + 1
)

var quantileWords = words[QuantileType]{"quantile type", []string{"inverse_cdf", "linear"}}

// ParseQuantileType returns the type of a word: inverse_cdf or linear.
func ParseQuantileType(word string) (QuantileType, error) { return quantileWords.parse(word) }

// IsValid reports whether t is one of the constants.
func (t QuantileType) IsValid() bool { return quantileWords.isValid(t) }

// String returns the word of t.
func (t QuantileType) String() string { return quantileWords.string(t) }

// AppendText appends the word of t to b.
func (t QuantileType) AppendText(b []byte) ([]byte, error) { return quantileWords.appendText(b, t) }

// MarshalText returns the word of t.
func (t QuantileType) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *QuantileType) UnmarshalText(text []byte) error { return quantileWords.unmarshal(text, t) }

// Of returns the P-quantile of a sample in any order, which is left as it is. It is
// undefined (false) for an empty sample, for one with NaN or an infinity, and unless
// 0 ≤ p ≤ 1. The work is linear in the length of the sample.
func (t QuantileType) Of(sample []float64, p float64) (float64, bool) {
	if len(sample) == 0 || !(p >= 0 && p <= 1) || !t.IsValid() || !allFinite(sample) {
		return 0, false
	}
	i, k, share := t.ranks(int64(len(sample)), p)
	found := newSelection(sample).at([]int64{i, k})
	return mixed(found[0], found[1], share), true
}

// ranks returns the ranks, counted from 1, between which the P-quantile of n values
// lies, and how far it is from the first to the second.
func (t QuantileType) ranks(n int64, p float64) (i, k int64, share float64) {
	if t == Linear {
		h := float64(n-1) * p
		floor := math.Floor(h)
		i = int64(floor) + 1
		return i, min(i+1, n), h - floor
	}
	i = max(1, int64(math.Ceil(float64(n)*p*(1-8*epsilon))))
	return i, i, 0
}

// mixed returns the value that lies the given share of the way from a to b.
func mixed(a, b, share float64) float64 {
	if a == b {
		return a
	}
	return a + share*(b-a)
}

func allFinite(x []float64) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
