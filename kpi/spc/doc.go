// Package spc tells signal from noise: control charts of a process that goes on in
// time, and the reading of an indicator against its baseline (missions KP-07, KP-08 and
// KP-11; CP-34 and AU-06 for what is done with the answer).
//
// An indicator that moved from 4.1 to 3.8 has improved, or has done what it does every
// month. A control chart asks the process itself: the limits come from how much
// neighbouring points differ, and a point or pattern that such variation hardly ever
// makes is a signal.
//
// # What it models
//
//	Point, Subgroup    a value on a day; several values of one day or lot
//	Limits             centre line, spread, and the limits that follow from them
//	Chart              points held against limits, with every signal
//	Rule, Rules        Nelson's eight rules, the Western Electric four, the range chart
//	Reading            a series read against its baseline: improved, worsened, changed, noise
//	Constants          d2, d3, c4, A2, D4, … for subgroups of 2 to 25
//
// # Formulas
//
//	chart            sigma of a point     limits               of the spread
//	individuals      mean MR / 1.128379   centre ± 2.6587 MR   3.2665 MR
//	with median MR   median MR / 0.9539   centre ± 3.1451 MR   3.8641 MR
//	means, ranges    R / (d2 √n)          centre ± A2 R        D3 R to D4 R
//	means, std.dev.  s / (c4 √n)          centre ± A3 s        B3 s to B4 s
//
// MR is the moving range, the distance of a point from the one before. The mean is the
// default centre line of individuals; the median resists outliers in the baseline,
// and so does the median moving range.
//
// # Rules
//
// Every comparison is strict: a point on a limit is within it, a point on the centre
// line is on neither side, equal neighbours neither rise nor fall. A pattern is flagged
// at its last point, at every point at which it is there, and only once there are as
// many points as it looks at; the last point of "two of three" need not be one of the
// two. See [Rule] for the list.
//
// More rules find more and cry wolf more often. In a process that does not change, the
// first false alarm comes after 370 points on average with the three-sigma rule alone, and
// after 92 with the Western Electric four (Champ and Woodall 1987).
//
// # Baselines
//
// Limits are estimated from the points of a baseline and then held: a value of type
// [Limits] is data with a JSON form, kept with the project and applied to later points
// by [Limits.Chart] and [Limits.Read]. Limits that are computed anew with every point adapt
// to the change that they should show.
//
// [Read] looks only at points after the baseline, and its patterns begin there: what is
// called a change is shown by what came after.
//
// # Undefined
//
// A baseline with too few points has no limits, and says so: see [Limits.Reason]. A
// baseline without any variation has limits of no width; by the strict comparisons
// any other value then is a signal, and the size of the change in sigmas is undefined.
//
// # Representation and limits
//
// Values are float64, since a sigma is an irrational multiple of a range; measurements
// of package kpi, which are exact, enter by [FromMeasurements]. Means are correct to
// the last bit, so a series of equal values lies on its own centre line. Values are
// finite and no larger than [MaxValue]; points are in ascending order of days, one a day.
// Several values a day are a [Subgroup].
//
// Every function takes time in proportion to the points, whatever the rules; the
// median ones sort.
//
// # Differences from other tools
//
//	what                      here                        others
//	limits of individuals     moving range                3 standard deviations of all points, which the
//	                                                      change itself inflates: spreadsheets, nelsonRules
//	run on one side           Nelson 9, Western 8         7: R qcc up to 2.7, pyspc
//	trend                     6 points, 5 steps           the same in R qcc and nelsonRules; CHARTrunner
//	                                                      counts steps
//	alternation               14 points, 12 turns         the same in R qcc and nelsonRules
//	two of three, four of     any of the window           R qcc wants the last point beyond the zone;
//	  five                                                nelsonRules wants two in a row, four in a row
//	where a pattern is shown  at its last point           nelsonRules: at all its points
//	a point on the centre     ends a run                  nelsonRules: counts as below; pyspc: ends none
//	constants                 15 digits, for any n ≤ 25   three digits of a printed table in pyspc
//	NaN, undated, unsorted    an error with its place     charted as it comes
//
// The others were read, not run: the R package qcc (its rules in the version under
// development), the Python packages pyspc and nelsonRules; of CHARTrunner there is what its
// makers write. The constants d2 and c4 here are those of 30-digit quadrature, to the last
// bit or the one before.
//
// SPC depends on the order of points and has no merge: points are kept, sorted and
// charted together.
//
// # Errors
//
// Errors begin with "spc:", report all faults at once, each with its path such as
// points[3].value, and wrap the sentinels of package verdict. Nothing panics.
//
// # Sources
//
// Shewhart, Economic Control of Quality of Manufactured Product (1931); Western Electric,
// Statistical Quality Control Handbook (1956); Nelson, "The Shewhart Control Chart: Tests
// for Special Causes", Journal of Quality Technology 16 (1984), 237-239; Wheeler,
// Understanding Variation (2nd ed. 2000), for individuals, the median moving range
// and the number of points; Champ and Woodall, "Exact Results for Shewhart Control Charts
// with Supplementary Runs Rules", Technometrics 29 (1987), 393-399; Tippett, "On the Extreme
// Individuals and the Range of Samples", Biometrika 17 (1925), 364-387, for d2 and d3.
package spc
