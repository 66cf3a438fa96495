package control

import (
	"math"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// Pairs counts how two options fared in the same iterations.
type Pairs struct {
	Both    int `json:"both"`    // were on time
	Only    int `json:"only"`    // the option was, and the other was not
	Other   int `json:"other"`   // the other was, and the option was not
	Neither int `json:"neither"` // was
}

// Len returns the number of iterations.
func (p Pairs) Len() int { return p.Both + p.Only + p.Other + p.Neither }

func (p Pairs) valid() bool { return min(p.Both, p.Only, p.Other, p.Neither) >= 0 && p.Len() > 0 }

// Gain returns by how much likelier the option is on time than the other,
//
//	θ = (Only − Other)/n
//
// with its interval of 95 % by method 10 of R. G. Newcombe, "Improved confidence
// intervals for the difference between binomial proportions based on paired data",
// Statistics in Medicine 17 (1998) 2635-2650. From the Wilson intervals l to u of the
// two shares p = (Both + Only)/n and q = (Both + Other)/n it goes
//
//	from θ − √((p−lp)² − 2φ(p−lp)(uq−q) + (uq−q)²)
//	to   θ + √((up−p)² − 2φ(up−p)(q−lq) + (q−lq)²)
//
// where φ is the correlation of the two outcomes, a positive one corrected for
// continuity, and 0 where one of them never changes:
//
//	φ = max(Both·Neither − Only·Other − n/2, 0) / √(np · n(1−p) · nq · n(1−q))
//	    without max and n/2 if Both·Neither ≤ Only·Other
//
// The bounds lie between -1 and 1. Where both options were on time in the same
// iterations, θ is 0 and the interval holds 0: there may be iterations in which they
// are not. It returns false if there are no iterations, or a count is negative.
func (p Pairs) Gain() (schedule.Estimate, bool) {
	if !p.valid() {
		return schedule.Estimate{}, false
	}
	n := p.Len()
	one, two := wilson(p.Both+p.Only, n), wilson(p.Both+p.Other, n)
	theta, phi := float64(p.Only-p.Other)/float64(n), p.correlation()
	below := apart(one.Value-one.Low, two.High-two.Value, phi)
	above := apart(one.High-one.Value, two.Value-two.Low, phi)
	return schedule.Estimate{Value: theta, Low: max(theta-below, -1), High: min(theta+above, 1)}, true
}

// apart returns √(a² − 2φab + b²), without cancellation where a and b are near each
// other and φ is near 1.
func apart(a, b, phi float64) float64 {
	return math.Sqrt(float64((a-b)*(a-b)) + float64(2*(1-phi)*a*b))
}

// correlation returns φ, see [Pairs.Gain]. It is at most 1.
func (p Pairs) correlation() float64 {
	a, b, c, d := float64(p.Both), float64(p.Only), float64(p.Other), float64(p.Neither)
	under := math.Sqrt(a+b) * math.Sqrt(c+d) * math.Sqrt(a+c) * math.Sqrt(b+d)
	if under == 0 {
		return 0
	}
	over := float64(a*d) - float64(b*c)
	if over > 0 {
		over = max(over-(a+b+c+d)/2, 0)
	}
	return over / under
}

// McNemar returns the exact two-sided p-value of the test that the two options are as
// likely to be on time (Q. McNemar, Psychometrika 12 (1947) 153-157): with
// m = Only + Other iterations in which one of them was,
//
//	min(1, 2·P(B ≤ min(Only, Other)))     B binomial(m, 1/2)
//
// and 1 if there are none. It says whether there were enough iterations to tell the
// options apart, not whether the difference matters. The relative error is about
// 10⁻¹⁶ times m. It returns false if there are no iterations, or a count is negative.
func (p Pairs) McNemar() (float64, bool) {
	if !p.valid() {
		return 0, false
	}
	m, k := p.Only+p.Other, min(p.Only, p.Other)
	if p.Only == p.Other {
		return 1, true
	}
	term := math.Exp(choose(m, k) - float64(m)*math.Ln2)
	sum := 0.0
	for ; k >= 0 && term > 1e-17*sum; k-- {
		sum += term
		term *= float64(k) / float64(m-k+1)
	}
	return min(1, 2*sum), true
}

// choose returns the logarithm of n over k.
func choose(n, k int) float64 {
	gamma := func(x int) float64 {
		v, _ := math.Lgamma(float64(x) + 1)
		return v
	}
	return gamma(n) - gamma(k) - gamma(n-k)
}
