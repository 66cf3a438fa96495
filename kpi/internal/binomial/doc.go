// Package binomial computes tails of the binomial distribution in logarithms,
// and the probabilities at which a tail has a given size: the inverse of the
// regularised incomplete beta function for integer parameters, which is what the
// exact confidence interval of a proportion needs.
//
// # Formulas
//
// With q = 1 − p,
//
//	P(X ≥ k) = I_p(k, n−k+1) = pmf(k) · S,
//	S = 1 + r₀ + r₀r₁ + …,  r_j = (n−k−j)p / ((k+1+j)q)
//
// For k above the mean the terms of S fall faster and faster and all have the
// same sign, so nothing cancels. About 7σ of them matter. Where that would be
// too many, S is taken from the integral
//
//	S = k ∫₀¹ (1−v)^(k−1) (1 + v·p/q)^(n−k) dv
//
// whose integrand is smooth on a width of 1/√k: see [NIST DLMF 8.17].
//
// The mass pmf(k) is Loader's saddle-point form, which does not subtract
// logarithms of large factorials: C. Loader, "Fast and Accurate Computation of
// Binomial Probabilities" (2000).
//
// # Accuracy
//
// Limits are within some 1e-14 of the exact ones, relatively, for n up to 2⁶³−1
// and tails down to 1e-300.
//
// [NIST DLMF 8.17]: https://dlmf.nist.gov/8.17
package binomial
