// Package revenue says where recurring revenue comes from and where it goes: new,
// reactivated, expanded, contracted and churned, customer by customer, and what is
// retained (missions KP-02, KP-06, KP-09 and KP-13).
//
// # What it models
//
//	Snapshots       what each customer pays in each month: the accumulator everything is read from
//	Change          a customer between two months: what he paid, what he pays, what that is called
//	Movement        all customers between two months: amounts and numbers of each kind
//	Balance         the same of one movement or of several added up, which have no rates
//	Table           movements one after the other, in total and by label
//	Rates           gross and net retention, churn of revenue and of customers, quick ratio
//
// # Definitions
//
// A customer pays S at the start and E at the end of a movement.
//
//	kind           when                                                       amount
//	new            S = 0 < E, and he never paid in a month before the start   E
//	reactivation   S = 0 < E, and he did                                      E
//	expansion      S > 0, and E above it                                      E − S
//	contraction    S > 0, and E below it but not 0                            S − E
//	churn          S > 0, and E = 0                                           S
//
// Opening + new + reactivation + expansion − contraction − churn = closing, always and
// to the cent; the same holds for the customers. See [Balance.Validate].
//
//	gross retention   Σ min(S, E) / Σ S                 never above 1
//	net retention     Σ E of those with S > 0 / Σ S     with returns: reactivation on top
//	net churn         1 − net retention                 below 0 when the rest grows faster than churn
//	revenue churn     (contraction + churn) / Σ S       1 − gross retention
//	quick ratio       (new + reactivation + expansion) / (contraction + churn)
//	logo churn        customers with S > 0 = E / customers with S > 0
//	annual            1 − (1 − c)¹² of a monthly rate c
//
// # Point to point and chained
//
// A year can be one movement, from January to December ([PointToPoint]), or the twelve
// of its months one after the other ([Monthly]). They differ: who comes in March and
// leaves in June is in neither January nor December, and customers won in March take part
// in the retention of April. So the rates of a [Table] are products of those of its
// months, which is said by their names: [Table.ChainedGross], [Table.ChainedNet]. State which
// one a report shows.
//
// # Never paid before
//
// That is read from the months before the start that are in the snapshots, so add the
// whole history, or name those who paid earlier in [Options].PaidBefore. Months within a
// movement from point to point are not looked at.
//
// # Representation
//
// Amounts are whole minor units of one currency (package money), rates exact ratios
// (package ratio). Snapshots refuse a second currency, also when merged, and negative
// amounts: take discounts off first. Several amounts of one customer and month, such as
// several subscriptions, add up. Sums that do not fit an int64 are errors.
//
// [Snapshots] merge: the same amounts in any order and grouping give the same bytes from
// [Snapshots.MarshalBinary] and the same results, so that months or shards of
// customers can be gathered apart.
//
// A row takes about 20 bytes; a table takes one pass over the rows, and one sort unless
// [Snapshots.Compact] was called.
//
// # Differences from other tools
//
//	what                      here                       others, often
//	net retention             without reactivation;      ChartMogul's net churn takes it in; others put
//	                          a second name with it      a returning customer among the new ones
//	reactivation              its own kind               often "new", which flatters the sales team
//	                                                     and hides the loss
//	a year                    chained or point to        one of them, unnamed; averages of monthly
//	                          point, by name             rates in spreadsheets
//	quick ratio, no losses    undefined, with reason     infinity in DuckDB and pandas; #DIV/0! in
//	                                                     spreadsheets, NULL in SQLite
//	nobody at the start       undefined, with reason     NaN, #DIV/0! or NULL, and often a 0 put there
//	rates by segment          pooled, amounts add up     averages of the rates of segments
//	                          to the total
//	annual churn              1 − (1 − c)¹²              12 × c, which passes 100 %
//	SQL over months           a customer without a row   LAG() skips the gap, so churn is missed and
//	                          pays nothing               the return looks like expansion
//	money                     int64 minor units          float: sums depend on the order of the rows, and
//	                                                     a balance is not exactly 0
//
// What is said of DuckDB, pandas, SQLite and spreadsheets was tried in versions 1.5.5,
// 1.5.3, 3.40 and LibreOffice 7.4; of ChartMogul its documentation says so, for its
// standard formula.
//
// # Errors
//
// Errors begin with "revenue:", name the customer, month or argument, and wrap the
// sentinels of packages verdict and money. Nothing panics.
//
// # Sources
//
// Skok, "SaaS Metrics 2.0" (2013), for the movements and net churn; Mamoon Hamid's quick
// ratio (Social Capital, 2015); the SaaS Metrics Standards Board for gross and net
// revenue retention of a closed set of customers; Reichheld and Sasser, "Zero Defections",
// Harvard Business Review 68 (1990), 105-111, for why it pays.
package revenue
