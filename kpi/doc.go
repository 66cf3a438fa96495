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
//	Columns       the same by column, for many millions of events
//	Engine        makes a Summary of columns: totals of customers, and a Grid of periods
//	Interner      numbers customers, so that the numbers can be worked with
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
// # Speed
//
// A History is for events that arrive one by one, in parts, over time. Events that
// are in memory by column go through [Summarise]: they are dealt by customer into
// parts that fit a processor's cache, and each part is summed up by one worker alone.
// Ask for all that is needed in one [Query]; kpi/rfm and kpi/retention have functions
// that ask for themselves (ScoreColumns, CalendarColumns, StagesColumns), and some
// that read a Summary (ScoreSummary, CalendarSummary, StagesSummary). Every result is
// the one that the history gives, for any number of workers.
//
// Cost for n events, c customers, p periods; a dense key is an integer from a range of
// fewer than 2n+1024 numbers:
//
//	                       time                        memory kept by the engine
//	dense keys             O(n)                        8 bytes an event, and 64 a customer
//	                                                   if there are more keys than events
//	the same, a grid of    O(n + p²)                   4 bytes an event
//	  customers only, or
//	  without amounts
//	other integers         O(n + c log c)              16 bytes an event, 64 a customer
//	texts that fit 63      the same                    8 bytes an event more
//	  bits
//	long texts             O(n + c log c)              28 bytes an event, 64 a customer
//	days with orders       a third more                4 bytes an event of a part
//	result, totals         –                           24 bytes a customer and the key;
//	                                                   8 more for days
//	result, grid           –                           32 p² bytes for each worker
//
// Texts become numbers in the same order by reading each place as a digit, with as many
// values as there are characters that occur in that place; those that are counted on,
// such as "C0000001", are dense then. They fit 63 bits with 18 digits, 15 hexadecimal
// ones or 12 letters and digits, not counting places where all agree; others are long.
// Days and amounts are packed into 64 bits, with a number of up to 14 bits or so for the
// customer; where their ranges do not fit, such as a thousand years of thousand millions,
// and where a sum overflows on its way, the events go
// through a History, which is exact and takes ten times as long.
//
// The log c is that of sorting some hundreds of customers at a time where keys crowd;
// keys that lie evenly are put in order in time O(c). Parts fit the cache up to some
// ten million customers.
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
// # Differences from other tools
//
//	                   there                                   here
//	spreadsheets,      p ± z√(p(1−p)/n), 0 wide at 0 and 1,    Wilson, or Clopper-Pearson
//	statsmodels        is the idiom, or the default
//	R                  prop.test is Wilson, with a correction  Wilson is prop.test with correct = FALSE,
//	                   for continuity unless told otherwise    Clopper-Pearson is binom.test
//	0/0                #DIV/0!, which spreads; NaN in DuckDB   undefined, with the reason
//	                   and pandas; NULL in SQLite; an error
//	                   in PostgreSQL
//	DuckDB             sums of floats depend on the order;     integers of minor units; overflow is an
//	                   sums of integers widen, then fail       error, and never wrapped
//	pandas             sums of int64 wrap without a word;      the same; a day that is none is an error, what
//	                   NaN drops out of them                   does not count is in the counts
//	R data frames      NA makes a sum NA, but aggregate() of
//	                   a formula drops its rows
//
// All of this was run: R 4.2.2, statsmodels 0.13.5, pandas 1.5.3, DuckDB 1.5.5, SQLite
// 3.40, PostgreSQL 15, LibreOffice 7.4. On 3,000 random counts up to 10⁹ both intervals agree with R to
// 13 digits.
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
