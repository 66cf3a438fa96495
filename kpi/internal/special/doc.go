// Package special computes the functions of mathematical physics that the models of
// repeat buying need, in forms that neither overflow nor cancel: differences of
// log-gamma and digamma functions, the log-beta function, the scaled generalised
// exponential integral, and Gauss-Legendre panels.
//
// # Why not math.Lgamma
//
// Likelihoods hold ln Γ(a+n) − ln Γ(a). For large a both terms are huge and their
// difference is not, so that subtracting them leaves few digits. [LogRising] and
// [DigammaRising] compute the difference itself.
//
// # Accuracy
//
//	LogRising, DigammaRising    some 4e-15 relatively, for a > 0 and n ≥ 0
//	LogBeta                     1e-14 relatively to the larger of its terms
//	Digamma                     1e-15 absolutely near its root at 1.4616, else relatively
//	ScaledExpInt                2e-13 relatively, for s ≥ 0 and z > 0
//
// Arguments outside these domains give NaN; callers check before they call.
//
// # Sources
//
// NIST Digital Library of Mathematical Functions, chapters 5 (gamma), 8.19
// (generalised exponential integral) and 3.5 (quadrature), https://dlmf.nist.gov;
// A. R. DiDonato, A. H. Morris, "Algorithm 708", ACM Transactions on Mathematical
// Software 18 (1992), 360-373, for the idea of keeping the Stirling corrections of a
// beta function together; L. N. Trefethen, J. A. C. Weideman, "The Exponentially
// Convergent Trapezoidal Rule", SIAM Review 56 (2014), 385-458.
package special
