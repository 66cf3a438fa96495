package chisq

import "math"

// Tail returns the chance that a chi-square variable with df degrees of freedom is
// at least x. It takes x ≥ 0 and df ≥ 1. Below the smallest float64 it is 0.
func Tail(x float64, df int) float64 {
	if x <= 0 {
		return 1
	}
	return min(1, math.Exp(LogTail(x, df)))
}

// LogTail returns the natural logarithm of [Tail], which does not underflow.
func LogTail(x float64, df int) float64 {
	if x <= 0 {
		return 0
	}
	h := x / 2
	half := float64(df%2) / 2
	sum := logSum(h, half, df/2)
	if df%2 == 0 {
		return min(0, sum)
	}
	return min(0, logAdd(logErfc(math.Sqrt(h)), sum))
}

// logSum returns ln Σ_{j=0}^{terms−1} e^−h·h^(j+half)/Γ(j+half+1). It adds from the
// largest term to both sides, each as a ratio to it, until they no longer matter.
func logSum(h, half float64, terms int) float64 {
	if terms == 0 {
		return math.Inf(-1)
	}
	top := float64(terms - 1)
	if h < top {
		top = math.Floor(h)
	}
	sum := 1.0
	for j, term := top, 1.0; j > 0 && term > 1e-18; j-- {
		term *= (j + half) / h
		sum += term
	}
	for j, term := top+1, 1.0; j < float64(terms) && term > 1e-18; j++ {
		term *= h / (j + half)
		sum += term
	}
	gamma, _ := math.Lgamma(top + half + 1)
	return float64((top+half)*math.Log(h)) - h - gamma + math.Log(sum)
}

// logErfc returns ln erfc(z) for z ≥ 0. Where erfc nears underflow it is taken from
// the asymptotic series, whose terms there fall by a factor of 1000 each
// (NIST DLMF 7.12.1).
func logErfc(z float64) float64 {
	const far = 20
	if z < far {
		return math.Log(math.Erfc(z))
	}
	sum, term := 1.0, 1.0
	for m := 1.0; m < 8; m++ {
		term *= -(2*m - 1) / (2 * z * z)
		sum += term
	}
	return -z*z - math.Log(z) - math.Log(math.Pi)/2 + math.Log(sum)
}

func logAdd(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(b, -1) {
		return a
	}
	return a + math.Log1p(math.Exp(b-a))
}
