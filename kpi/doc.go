// Package kpi holds what is common to all indicators of a CRM rollout: the catalogue
// of metrics with one definition each, the scorecard that follows them against
// targets, the interval that comes with a rate, and the accumulator that the
// families of indicators below this package read (missions KP-01 to KP-13).
//
// # What it models
//
//	Metric        a definition: code, formula, unit, which way is good, what it needs
//	Catalogue     every metric that the library defines
//	Scorecard     measures with targets and their measurements over time
//	Line          a measure at a date: attainment, green, amber or red, trend, interval
//	Interval      confidence interval of a proportion: Wilson, Clopper-Pearson
//	History       what each customer did, on which day, for how much
//	Amounts       what refunds and events without an amount count for
//	Rules         findings about a scorecard, KPI-001 and following
//
// Families of indicators have packages of their own: kpi/rfm scores customers by
// recency, frequency and monetary value, kpi/retention follows cohorts, repeat
// purchases and churn. Their results are exact ratios; [Share] makes measurements of
// them.
//
// # Representation
//
// A [Scorecard] is a plain value with a JSON form. Values are exact ratios in the unit
// of their metric; those in percent are percentages, 12.5 for 12.5 %. A rate keeps
// its counts, so that its interval can be given. An undefined value says why.
//
// A [History] is an accumulator: Add, Merge in any order, MarshalBinary with the
// same bytes for the same events. It drops nothing; results are asked for at a
// date, and say what they left out.
//
// # Intervals
//
//	             limits        covers               for
//	Wilson       closed form   about the level      reports, the default
//	Clopper-P.   exact         at least the level   when the level is promised
//
// Both take any counts of an int64 and any level between 0 and 1, stay within 0
// and 1, and are undefined for no trials. Limits of Clopper-Pearson are quantiles
// of the beta distribution, found here to some 1e-14 relatively.
//
// # Errors
//
// Errors begin with "kpi:", or are faults located by path, and wrap the sentinels of
// package verdict. Nothing panics. No NaN and no infinity leaves the package.
//
// # Sources
//
// Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
// JASA 22 (1927), 209-212; Clopper and Pearson, "The Use of Confidence or Fiducial
// Limits", Biometrika 26 (1934), 404-413; Brown, Cai and DasGupta, "Interval Estimation
// for a Binomial Proportion", Statistical Science 16 (2001), 101-133.
package kpi
