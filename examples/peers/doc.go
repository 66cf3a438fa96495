// Package peers has tests and benchmarks that hold the indicators of package kpi
// against DuckDB and R's data.table: the same events, one call and one query, the same
// result.
//
// It is a module of its own, since DuckDB is a library in C++ of some hundred
// megabytes, which nobody should need for the sake of kpi. The tests compare the
// results; the benchmarks time everyone in one run:
//
//	cd examples/peers
//	go test ./...
//	go test -run '^$' -bench . -timeout 1h
//	CRM_BENCH_ROWS=10000000 go test -run '^$' -bench . -timeout 1h
//
// Without cgo there is no DuckDB, and there are no tests. Without Rscript or its
// data.table, the tests of that are skipped and its benchmarks left out; without bit64,
// those of integer keys.
//
// # Who takes part
//
//	duckdb            statements as they are written where nobody has tuned them, with default
//	                  settings; of several such ways the fastest
//	duckdb-tuned      the fastest statements found, with the settings that make them so
//	data.table        the fastest of its idioms
//	data.table-tuned  a matrix of customers and months, where that pays
//	kpi               one call
//
// Everyone has the events as columns in memory, loaded before the clock starts, and as
// many threads as there are workers. Tables of customers stay where they were made, as
// a result that nobody reads; only those of some dozen rows of DuckDB come through
// database/sql. Of the time of kpi, nothing is left out but making the columns. All
// keep their memory from one run to the next.
//
// # What is compared
//
//	          duckdb                                  duckdb-tuned
//	RFM       GROUP BY customer, then three           the same, by way of a table in between
//	          NTILE(5), ties in the order of
//	          customers
//	Quantile  the same with quantile_cont, which      ranks from the frequencies of days and
//	          is of type 7                            orders, which are few
//	Cohorts   DISTINCT customer and month, joined     a mask of months for each customer,
//	          with the first                          whose bits are added up by first month
//	Actives   DISTINCT customer and month, joined     the same masks, and that with the bit of
//	          with the month before                   the month before
//	Fused     RFM, Cohorts and Actives, one after     the three from one temporary table of
//	          the other; beside one kpi.Summary       customers, made by one GROUP BY
//	Funnel    joins from step to step, from each      the same, which carry the start of the
//	          start on; exact, so customers who       window instead
//	          start anew are followed, too; and by
//	          window functions, as duckdb-windows
//
// data.table groups by customer, or by customer and month, into a table that is in
// order, in which the next rows are the next months; the tuned way marks the months of
// all customers in a matrix. Its funnel is rolling joins, which are exact, too.
//
// The masks are of 64 bits: DuckDB is spared the general way. Cohorts and actives of kpi
// may span kpi.MaxPeriods months.
package peers
