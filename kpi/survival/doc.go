// Package survival says how long things last when some have not ended yet: time to
// churn, time to first value, time to the resolution of a case (missions KP-02,
// KP-06 and KP-10, and KP-13 for what a CRM is meant to change about them).
//
// A mean over those that have ended is too short, because the long ones are still
// running. The estimators here count everyone for as long as he was followed.
//
// # What it models
//
//	Sample       accumulator: who was followed for how long, and whether it ended with the event
//	Curve        Kaplan-Meier and Nelson-Aalen estimates with standard errors and limits
//	Quantile     median and other quantiles of the time, with limits
//	Restricted   mean time up to a horizon, with its standard error
//	Comparison   log-rank test of two or more groups, stratified or not
//	Risk         how many were still followed at the times under a chart
//	FromSpans    a sample of first and last days: sign-up to first value, opening to resolution
//	FromHistory  a sample of times to churn, by an inactivity rule, from an order history
//
// # Representation
//
// A time is a whole number of units since the start of the subject, from 0 to
// [MaxTime]; days, where they come from dates. A subject ends with the event or is
// censored: not followed any longer. Who entered the observation late, at a time
// after his start, counts as at risk only after it (left truncation).
//
// All that the estimators need is how many events, censored and late entries there
// were at each time. These counts are what a [Sample] holds, so samples merge
// exactly, and the same subjects give the same bytes in any order and grouping.
//
// # Formulas
//
// With d events among n at risk at a time; those censored at a time count as at risk
// at it:
//
//	S = Π (1 − d/n)                 Kaplan and Meier
//	G = Σ d/(n(n−d)), se(S) = S√G   Greenwood
//	H = Σ d/n, var(H) = Σ d/n²      Nelson and Aalen
//
//	Plain    S ± z·S√G, cut at 0 and 1
//	Log      S·exp(±z√G), cut at 1: the default, as in R
//	LogLog   S^exp(±z√G/ln S): stays within 0 and 1 by itself
//
// S is multiplied in double-double arithmetic and rounded once for each time, so a
// curve without censoring is exactly the share that is left, and thousands of times
// with many ties lose nothing.
//
// # Undefined values
//
// A [Number] is a value or says why there is none; an undefined kpi.Interval has the
// level 0. Once nobody is left, S is 0 and has no standard error and no limits. A
// quantile that the curve does not reach, a mean beyond the last time followed, the
// test of groups that never were at risk together: each says so. Where no event has
// happened, S is 1, and Plain and Log limits are 1 to 1, which is no certainty but
// what the formulas give; LogLog limits are undefined.
//
// # Limits
//
//	times      0 to 2⁵³
//	subjects   2⁶³−1 in a sample; more is an error, never a wrapped number
//	memory     24 bytes for each unit of time below 16,384 up to the largest; some 60 for each distinct one above
//
// # Differences from other tools
//
//	                     here                        R survival 3.5-3            lifelines
//	limits by default    Log                         the same                    log-log
//	limits at S = 0      undefined, with the reason  NA or NaN                   0 to 0
//	log-log at S = 1     undefined                   NA                          1 to 1
//	flat at a quantile   middle of the flat part     the same, by quantile()     its first time
//	curve too short      undefined, with the reason  NA                          infinity
//	restricted mean      undefined past last time    curve extended              –
//	H, its variance      Σ d/n, Σ d/n²               the same (ctype = 1)        ties spread by default; if
//	                                                                             not, variance Σ d(n−d)/n³
//	test of no contrast  undefined, with the reason  chi-square 0                –
//	log-rank, late entry yes                         survdiff refuses            no argument for it
//	p below 1e-308       its logarithm               0; pchisq has the logarithm 0
//	merging              exact, any order            –                           –
//
// R was run, and agrees: on 1,500 random samples with ties, late entries, a single subject,
// nobody censored or everyone, curves, standard errors and limits differ by less than
// 1e-11 relatively, tests by less than 1e-12, and all 63,000 quantiles and their limits not
// at all; some of these samples are among the tests. The test with late entries is the
// score test of coxph with ties = "exact". lifelines was read, not run; a dash is for what
// is not offered, or was not looked at.
//
// A quantile within 1.5e-8 of a level of the curve counts as on it, as in R; so
// [Curve.Quantile] agrees with quantile() there. The median that R prints is another
// where the curve ends at ½: the first time of the flat part. Limits of the curve can turn
// back where few are at risk. They are read at the nearest level by quantile(), and so
// here; for the limits that R prints with the median, at the first.
//
// A spreadsheet has none of this; the average of the ended cases in it is biased
// towards short times.
//
// # Errors
//
// Errors begin with "survival:", name the input, and wrap the sentinels of package
// verdict or [ErrFormat]. Validation reports all faults, located by path.
//
// # Cost
//
// Adding takes constant time. A curve takes O(T) for T distinct times, besides
// sorting those above 16,384; the test of k groups O(T·k²).
//
// # Sources
//
// Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53
// (1958), 457-481; Greenwood, "The Natural Duration of Cancer", Reports on Public
// Health 33 (1926); Aalen, Annals of Statistics 6 (1978), 701-726; Mantel, Cancer
// Chemotherapy Reports 50 (1966), 163-170; Brookmeyer and Crowley, Biometrics 38
// (1982), 29-41; Klein and Moeschberger, Survival Analysis, 2nd ed. (2003),
// chapters 4 and 7.
package survival
