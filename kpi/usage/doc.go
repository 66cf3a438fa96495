// Package usage says whether the CRM is used by those it was made for: the numbers
// that a rollout is judged by (missions ST-26 and KP-10).
//
// # What it models
//
//	Log          accumulator of who used what on which day: Add, Merge, binary form
//	Rolling      users active in windows of 1, 7, 28 and 30 days, day by day; stickiness
//	Calendar     users active by week, month and quarter: new, retained, resurrected, dormant
//	Adoption     which features are used, by which share of the users; breadth; shares of events
//	Work         users who work in the CRM against those who only log in
//	PowerCurve   on how many days of 28 users are active (L28); power users
//	ByGroup      active users by role or department, of those who should be
//	FirstValue   days until the first action of value, with those who are not there yet
//	Change       a share on two dates: up, down, or the same as far as can be told
//
// All read a [Log]. [Options] say which actions make a user active, which do not
// (a log-in is no work), and whose count.
//
// # Rules
//
// A user is active in a window if he has an action that counts on any of its days, the
// last day included. Users are counted once, however often they came.
//
// A window that reaches back to before the observation began is not complete, nor is
// a calendar period that was not observed from its first day to its last. What is
// known stands in the counts; rates and means of it are undefined, with the reason
// [Incomplete], and never 0. The observation begins on a given day, or with the first
// event of the log. Its end must be given and is included. Ranges of days asked for by
// [Adoption], [Work] and [ByGroup] are held against Options.Observed.
//
// The share of a department is taken of its seats, which the caller gives: whoever
// has never logged in is in no log. More users than seats, and no seats, make it
// undefined.
//
// Users who have not got to an action of value yet are censored, not dropped:
// quantiles of the time to value are those of Kaplan and Meier, and undefined where
// nobody can know yet.
//
// Stickiness is the mean of the daily active users over a window by the users of
// the window, [Actives.Stickiness]. The plain DAU/MAU of one day is [Actives.Ratio]:
// on a Sunday it is low for any CRM. Means are taken of counts, never of rates.
//
// Rates are exact (package ratio), and their Wilson intervals come from
// [github.com/crmrollout/crm/kpi.Wilson]. A [Share] becomes a measurement of a scorecard by its
// method Measurement: adoption_rate from Headcount.All, for instance. A ratio that is no
// share of counted users becomes one by [Percent]: stickiness.
//
// # Limits
//
//	weeks        ISO 8601, Monday to Sunday
//	L28          windows of up to 3660 days
//	sessions     are not modelled: an action has a day and no time
//
// # Errors
//
// Errors begin with "usage:" and report all faults of the arguments at once, each
// with its path, by the sentinels of package verdict.
//
// # Cost
//
// Every function brings the days of each user together by a counting sort, and then
// goes through them once for each window: time is in proportion to events times
// windows, not to days times users. Memory of a log is said at [Log].
//
// # Differences from other tools
//
//	                     here                            there
//	SQL                  one pass for any window         COUNT(DISTINCT …) over a RANGE window: DuckDB has
//	                                                     it, SQLite and PostgreSQL refuse it; the usual
//	                                                     join with a calendar multiplies rows by the
//	                                                     length of the window
//	pandas               distinct users of a window      resample and nunique are calendar only; rolling
//	                                                     has no nunique, and rolling sums of daily nunique
//	                                                     count users once for each day
//	spreadsheets         first windows are undefined     divide by what there is, or show 0
//	product analytics    denominator is the seats;       share of the users seen; today is included
//	                     the end is an argument          while it is not over
//	  DAU/MAU            mean over the window            of one day, or the mean of daily rates
//	  time to convert    censored users count            median of those who converted
//	R survival           the same quantiles, exact       quantile() is the same, in floating point: all of
//	                                                     17,444 on random samples
//
// R survival 3.5-3, pandas 1.5.3, DuckDB 1.5.5, SQLite 3.40 and PostgreSQL 15 were run.
//
// # Sources
//
// Kaplan and Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53
// (1958), 457-481. L28 and the power user curve are usage of product analytics.
package usage
