// Package rfm scores customers by recency, frequency and monetary value: how long
// ago they last ordered, how often, and for how much (missions KP-03, KP-04, KP-13).
// It says who the best customers are, who is about to leave, and how groups of them
// move from month to month while a CRM system is being rolled out.
//
// # What it models
//
//	History        what each customer did, when and for how much (kpi.History)
//	Scheme         what the three measures are and how they are scored, as data
//	Score          makes a table of a history, a day and a scheme
//	ScoreColumns   makes the same table of events in columns, many times as fast
//	ScoreSummary   makes it of totals by customer, as a database gives them
//	Table          measures and scores of every customer, with the cut points
//	Cell           the scores of one customer, such as 5-4-3
//	Segments       named groups of cells, first match wins; Coverage checks them
//	Summarise      customers, orders and revenue of each segment
//	Migrate        who moved from which segment to which between two tables
//
// Recency is the number of days from the last order to asOf. Frequency is orders or
// distinct days with orders, and monetary value a sum or a mean, as the [Scheme] says.
// The best score of each is its number of bins, five by default; the worst is 1.
// Recency is turned round: fewer days score better.
//
// # Methods
//
// With k bins and n customers, values x₁ ≤ … ≤ xₙ:
//
//	a  Quantile      cuts at the type 7 quantiles i/k; a bin is (lo, hi]; the default
//	b  NTile         equal numbers of customers, dealt from the worst to the best
//	c  Fixed         cuts of your own, closed on either side
//	d  Nested        F among those of one R score, M among those of one R and F score,
//	                 each by any of the other methods
//	e  RCompatible   cuts at the type 7 quantiles plus one; a bin is [lo, hi)
//
// Real data is full of ties, since most customers order once or twice, and what
// becomes of them makes more of a difference than anything else: on the example
// orders of the R package rfm, methods (e) and quintiles of ranks disagree on the
// frequency score of 239 of 995 customers. So the treatment of ties is part of the
// scheme ([Ties], [Break]), and the cut points come back with the scores ([Cuts]).
//
// # Exactness
//
// No score hangs on a rounding error, except under RCompatible, which rounds as R
// does on purpose. A type 7 quantile at i/k lies between the values of two ranks
// that integer arithmetic gives exactly, and no customer has a value between them;
// so for (a) it is enough to compare values. Means are compared as fractions, in
// 128 bits. Cut points are reported exactly and as the nearest float64.
//
// # Refunds and zero amounts
//
// [Scheme.Amounts] says what events without a positive amount count for; see
// [kpi.Amounts]. By default a refund lowers the money but is no order. Events after
// asOf are not used. [Counts] accounts for every event, and customers left without
// any order are listed in Table.Unscored.
//
// # Limits
//
//	bins per dimension      1 to 255
//	customers               4,294,967,294
//	total of one customer   an int64; more is an error, never a wrapped number
//
// # Errors
//
// Errors begin with "rfm:". [Scheme.Validate] and [Segments.Validate] report all
// faults at once, each with its path, by the sentinels of package verdict.
//
// # Cost
//
// [Score] goes through the events of a history once, in the order in which they came.
// Distinct days need them in order, which costs a sort; Compact does it once for all.
// [ScoreColumns] needs no history and no order; see package kpi for how. BenchmarkRFM
// has it beside a map of structs and three sorts, for a million events of nine each
// customer, or as many as CRM_BENCH_ROWS says. With n-tiles, on two cores:
//
//	dense integers    1/22 of the time with a million events, 1/31 with ten million
//	other integers    1/17, 1/21
//	short texts       1/18, 1/28
//	long texts        1/8 with a million
//
// Customers are scored without sorting them, by all methods but RCompatible, means
// and tie-breaks by another dimension: the values next to the cuts are selected, in
// time O(n), and all others compared with them. The table takes 23 bytes a customer
// and the key.
//
// # Differences from other tools
//
//	                   there                                   here
//	R package rfm      bins [lo, hi) at the quantiles plus 1,  RPackage, to the bit; the default closes
//	                   in float64                              bins on the right and rounds nothing
//	                   customers of no segment are "Others"    Unmatched, and Coverage says which cells
//	NTILE of SQL,      ties as the rows happen to stand        NTile; the tie-break is part of the scheme
//	dplyr
//	qcut of pandas     an error for cuts that coincide, or     TiesTogether keeps all bins, TiesMerged
//	                   bins dropped without a word; no score   drops them and says so in Cuts.Bins; one
//	                   where all values are equal              value alone makes one bin
//	                   rounding can put a value that lies on   no score hangs on a rounding error
//	                   a cut into the next bin
//	BTYD, lifetimes    frequency is distinct periods less one  orders, or days with orders
//	spreadsheets       as of TODAY(); thresholds are lost      asOf is an argument; cut points in the table
//
// R 4.2.2, dplyr 1.0.10, pandas 1.5.3 and DuckDB 1.5.5 were run. On 2,000 random columns,
// of 101,418 values together, Quantile agrees with quantile(type = 7) of R and NTile with
// ntile of dplyr for every value. qcut puts 92 elsewhere with duplicates dropped, and 90 by
// ranks: all but one of these lie on a cut. Of BTYD and lifetimes the code was read.
//
// # Sources
//
// J. R. Bult, T. Wansbeek, "Optimal Selection for Direct Mail", Marketing Science 14
// (1995), 378-394, on RFM; R. J. Hyndman, Y. Fan, The American Statistician 50 (1996),
// 361-365, on quantiles; the documentation of the R package rfm 0.3.0 for (e) and
// [PublishedSegments].
package rfm
