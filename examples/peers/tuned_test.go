//go:build cgo

package peers_test

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/kpi/funnel"
)

// tuned are the statements that were fastest with ten million events, on two cores,
// of all that were tried, and the settings that make them so. A dense key may then be
// the index of an array instead of being hashed, which DuckDB does by itself only for
// up to 12 bits; it makes groups of ten million events twice as fast.
//
// Each comment says how many times as long others took, for dense, integer and text
// keys, all timed one after the other; figures vary by a tenth or two.
var tuned = idiom{
	name:      "duckdb-tuned",
	set:       []string{"SET preserve_insertion_order = false", "SET perfect_ht_threshold = 32"},
	reset:     []string{"RESET preserve_insertion_order", "RESET perfect_ht_threshold"},
	nTiles:    tunedNTiles,
	quantiles: tunedQuantiles,
	cohorts:   func(table, condition string) string { return cohortsOf(masks(table, condition)) },
	actives:   func(table, condition string) string { return activesOf(masks(table, condition)) },
	fused:     tunedFused,
	reached:   tunedReached,
}

// tunedNTiles scores totals by three NTILE. Numbers are faster from an intermediate table,
// texts without.
//
//	without the table, and with it for texts       1.2  1.1  1.5
//	as a temporary table, not a result             1.2  1.0  1.1
//	customers numbered by row_number() first       1.1  1.0  1.2
//	the same, ordered by value << 32 | number      1.2  1.0  1.1
//	each NTILE of two columns, then joined         1.6  1.5  2.1
//	groups by value, and ranks within a value      1.2  1.0  1.5
func tunedNTiles(totals, table string) string {
	kept := "MATERIALIZED "
	if table == text {
		kept = ""
	}
	return fmt.Sprintf(`WITH totals AS %s(%s)
SELECT customer, last, orders, sum,
	ntile(5) OVER (ORDER BY last, customer)::UTINYINT AS r,
	ntile(5) OVER (ORDER BY orders, customer)::UTINYINT AS f,
	ntile(5) OVER (ORDER BY sum, customer)::UTINYINT AS m
FROM totals`, kept, totals)
}

// tunedQuantiles scores totals by type 7 quantiles i/5. Recency and orders have few
// values, whose frequencies give the rank (n−1)i/5 rounded down; the value of that
// rank cuts as the quantile does, since no value lies between. quantile_cont is of
// type 7, too, and exact enough.
//
//	quantile_cont for all three                    1.2  1.2  1.2
//	quantile_disc, whose ranks may be one off      1.0  1.0  1.0
//	frequencies for all three                      1.2  1.4  1.1
func tunedQuantiles(totals string) string {
	const cuts = `(
	SELECT [min(v) FILTER (upto > (n - 1) * 1 // 5), min(v) FILTER (upto > (n - 1) * 2 // 5),
		min(v) FILTER (upto > (n - 1) * 3 // 5), min(v) FILTER (upto > (n - 1) * 4 // 5)] AS cut
	FROM (
		SELECT v, sum(k) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING)::BIGINT AS upto, sum(k) OVER ()::BIGINT AS n
		FROM (SELECT %s AS v, count(*) AS k FROM totals GROUP BY v)
	)
)`
	beyond := func(value, cuts string) string { // how many of the cuts a value is beyond
		return fmt.Sprintf("((%[1]s > %[2]s.cut[1])::UTINYINT + (%[1]s > %[2]s.cut[2])::UTINYINT"+
			" + (%[1]s > %[2]s.cut[3])::UTINYINT + (%[1]s > %[2]s.cut[4])::UTINYINT)", value, cuts)
	}
	recency := fmt.Sprintf("DATE '%v' - last", end)
	return fmt.Sprintf(`WITH totals AS MATERIALIZED (%s),
recencies AS %s,
frequencies AS %s,
amounts AS (SELECT quantile_cont(sum, [0.2, 0.4, 0.6, 0.8]) AS cut FROM totals)
SELECT customer, last, orders, sum, 5 - %s AS r, 1 + %s AS f, 1 + %s AS m
FROM totals, recencies, frequencies, amounts`,
		totals, fmt.Sprintf(cuts, recency), fmt.Sprintf(cuts, "orders"),
		beyond("("+recency+")", "recencies"), beyond("orders", "frequencies"), beyond("sum", "amounts"))
}

// masks are the months of every customer with an event for which a condition holds.
// With DATEDIFF in place of the arithmetic they take 1.3 times as long, from a join
// with a table of days 1.1 times.
func masks(table, condition string) string {
	return fmt.Sprintf("SELECT bit_or(1::BIGINT << %s) AS mask FROM %q WHERE %s GROUP BY customer", month(), table, condition)
}

// eachMonth writes something for the number of every month.
func eachMonth(format string) string {
	list := make([]string, months)
	for k := range list {
		list[k] = fmt.Sprintf(format, k)
	}
	return strings.Join(list, ", ")
}

// cohortsOf counts the customers of masks by first month, which is a row, and month,
// which is a column. Most of the time goes into the masks.
//
//	count(*) FILTER for each month                 1.5  1.2  1.2
//	masks taken apart into rows, by range()        1.2  1.1  1.3
//	masks taken apart into rows, by a list         1.8  1.4  1.4
//	a list of months for each customer             6    4    4
//	DISTINCT customer and month, min() OVER        4    2.5  3.3
//	the same, min() by GROUP BY and join           5    3.2  3
func cohortsOf(masks string) string {
	return fmt.Sprintf("WITH masks AS (%s) SELECT bit_count((mask & -mask) - 1), %s FROM masks GROUP BY mask & -mask",
		masks, eachMonth("sum((mask >> %d) & 1)::BIGINT"))
}

// activesOf counts the customers of masks by month, and those who were active the
// month before.
//
//	sums of bits, two for each month               1.1  1.1  1.0
//	count(*) FILTER, two for each month            3.4  2.1  1.9
//	count(DISTINCT customer), only the active      2.9  1.8  1.7
//	DISTINCT customer and month, lag() OVER        4.4  2.9  2.9
//	the same, joined with itself                   4.9  3.0  2.3
func activesOf(masks string) string {
	return fmt.Sprintf(`WITH masks AS (%s)
SELECT k, count(*), sum(((mask & (mask << 1)) >> k) & 1)::BIGINT
FROM masks, range(%d) months(k) WHERE (mask >> k) & 1 = 1 GROUP BY k`, masks, months)
}

// tunedFused makes one table of customers for scores, cohorts and actives.
//
//	the three results one after the other          1.2  1.6  1.7
//	one statement with the table inside            1.3  1.1  1.5
func tunedFused(table string) together {
	all := fmt.Sprintf("SELECT customer, max(day) AS last, count(*) AS orders, sum(minor)::BIGINT AS sum, bit_or(1::BIGINT << %s) AS mask"+
		" FROM %q GROUP BY customer", month(), table)
	return together{
		before:  []string{"CREATE OR REPLACE TEMP TABLE customers AS " + all},
		scores:  tunedNTiles("FROM customers", text),
		cohorts: cohortsOf("SELECT mask FROM customers"),
		actives: activesOf("SELECT mask FROM customers"),
	}
}

// tunedReached counts the customers who reach each of four steps in order, within 30 days
// of a first step, whichever. A row of reachedK is an event of step k with the start
// of a way to it; "from" compares its time with that of the step before.
//
//	the joins, with the earliest event for each start       1.0
//	the joins, with the latest start of each event only     1.1
//	ASOF joins with the latest event of the step before     1.9
//	lists of times for each customer and step, filtered     3
//	one sorted list for each customer, list_reduce          4
//	three max(start) OVER (… ROWS UNBOUNDED PRECEDING)      6
//
// Joins are quadratic in the events of a customer, windows are not; with nine events
// each, few of which are within 30 days, that does not show.
func tunedReached(from string) string {
	var b strings.Builder
	b.WriteString("WITH reached1 AS (SELECT customer, moment, moment AS start FROM dense WHERE step = 1)")
	for k := 2; k <= 4; k++ {
		fmt.Fprintf(&b, `,
reached%[1]d AS MATERIALIZED (
	SELECT e.customer, e.moment, a.start FROM reached%[2]d a
	JOIN dense e ON e.customer = a.customer AND e.moment %[3]s a.moment AND e.moment <= a.start + %[4]d
	WHERE e.step = %[1]d
)`, k, k-1, from, 30*funnel.Day)
	}
	return b.String() + reachedCounts
}
