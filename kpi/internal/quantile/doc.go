// Package quantile is the one place of the kpi packages where quantiles are
// defined: the nine types of Hyndman and Fan, at exact probabilities and, for
// integers, with exact results.
//
// # Definition
//
// With the values sorted, x₁ ≤ … ≤ xₙ, a quantile at p is x_j + g(x_{j+1} − x_j),
// where j and g are the whole and the fractional part of a position h:
//
//	type  h                  what it is
//	1     n·p                inverse of the empirical distribution: g is rounded up
//	2     n·p                the same, with g = ½ where it would be 0
//	3     n·p − ½            nearest even: SAS definition
//	4     n·p                linear interpolation of the distribution
//	5     n·p + ½            knots at the middle of the steps: hydrology
//	6     (n+1)p             Weibull: Minitab, SPSS
//	7     (n−1)p + 1         modes: the default of R, numpy, spreadsheets
//	8     (n+⅓)p + ⅓         about median-unbiased for any distribution
//	9     (n+¼)p + ⅜         about unbiased for the normal distribution
//
// A position before the first or after the last value means that value. As p is a
// fraction of integers, j and g are exact, so no quantile of a floating-point
// library's making, such as 31.999999999999996 for 32, can put a value on the wrong
// side of a cut.
//
// Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The
// American Statistician 50 (1996), 361-365.
package quantile
