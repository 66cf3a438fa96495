// Package peers has tests and benchmarks that hold the indicators of package kpi
// against DuckDB: the same events, one query and one call, the same counts.
//
// It is a module of its own, since DuckDB is a library in C++ of some hundred
// megabytes, which nobody should need for the sake of kpi. The tests compare the
// results of both; the benchmarks time both in one run:
//
//	cd examples/peers
//	go test ./...
//	go test -run '^$' -bench . -timeout 1h
//	CRM_BENCH_ROWS=10000000 go test -run '^$' -bench . -timeout 1h
//
// Without cgo there is no DuckDB, and there are no tests.
//
// # What is compared
//
// DuckDB is given its best case: the events are in its own columnar tables, in
// memory, loaded before the clock starts; the statements are those that run fastest
// of the idioms tried (each says which others were), with the settings that make them
// run so, and as many threads as workers are at work. Tables of customers stay inside,
// as a result that nobody reads; only those of some dozen rows come through
// database/sql. Of the time of kpi, nothing is left out but making the columns. Both
// keep their memory from one run to the next.
//
//	RFM       GROUP BY customer, then three NTILE(5), ties in the order of customers
//	Quantile  the same with the cuts of type 7 quantiles, which values are compared with
//	Cohorts   a mask of months for each customer, whose bits are added up by first month
//	Actives   the same masks, and that with the bit of the month before
//	Fused     these but Quantile, all from one temporary table of customers, made by
//	          one GROUP BY; beside one kpi.Summary
//	Funnel    joins from step to step that carry the start of the window, so that
//	          customers who start anew are followed, too
//
// The masks are of 64 bits: DuckDB is spared the general way, which is two to five
// times as slow. Cohorts and actives of kpi may span kpi.MaxPeriods months.
package peers
