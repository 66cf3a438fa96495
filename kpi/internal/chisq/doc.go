// Package chisq computes upper tails of the chi-square distribution for whole
// degrees of freedom, in logarithms, so that no tail is too small.
//
// # Formulas
//
// With h = x/2 and ν degrees of freedom, the tail is a finite sum of positive terms:
//
//	ν even:  Q = e^−h · Σ_{j=0}^{ν/2−1} h^j / j!
//	ν odd:   Q = erfc(√h) + e^−h · Σ_{j=0}^{(ν−3)/2} h^(j+½) / Γ(j+3/2)
//
// See [NIST DLMF 8.4] with the recurrence 8.8.6 for the incomplete gamma function.
// Nothing cancels, so the logarithm is accurate to a few units in the last place of
// its largest part, and the tail to about 1e-16 · (1 + |ln Q|).
//
// [NIST DLMF 8.4]: https://dlmf.nist.gov/8.4
package chisq
