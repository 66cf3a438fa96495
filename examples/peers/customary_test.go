//go:build cgo

package peers_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/crmrollout/crm/kpi/funnel"
)

// An idiom is a way to write the statements, and the settings they want. Those for
// scores get a query of totals, those for months a table and a condition.
type idiom struct {
	name             string
	set, reset       []string
	nTiles           func(totals, table string) string
	quantiles        func(totals string) string
	cohorts, actives func(table, condition string) string
	fused            func(table string) together
	reached          func(from string) string
}

// together are statements for scores, cohorts and actives of the same events, and
// those to run before them.
type together struct {
	before                   []string
	scores, cohorts, actives string
}

var idioms = []idiom{customary, tuned}

// customary are the statements as they are written where nobody has tuned them, with
// the settings DuckDB comes with. Where there are several such ways, it is the fastest
// of them with ten million events on two cores.
//
// Each comment says how many times as long others took, for dense, integer and text
// keys, all timed one after the other; figures vary by a tenth or two.
var customary = idiom{
	name:      "duckdb",
	nTiles:    customaryNTiles,
	quantiles: customaryQuantiles,
	cohorts:   customaryCohorts,
	actives:   customaryActives,
	fused: func(table string) together {
		return together{
			scores:  customaryNTiles(totals(table), table),
			cohorts: customaryCohorts(table, everyEvent),
			actives: customaryActives(table, everyEvent),
		}
	},
	reached: customaryReached,
}

// totals are the last day, orders and money of every customer. Without the cast, sums
// are of 128 bits.
func totals(table string) string {
	return fmt.Sprintf("SELECT customer, max(day) AS last, count(*) AS orders, sum(minor)::BIGINT AS sum FROM %q GROUP BY customer", table)
}

// customaryNTiles scores totals by three NTILE. Without the customer in their orders,
// ties are scored by chance.
//
//	totals AS MATERIALIZED                         1.2  0.9  0.9
//	without an order among ties                    1.0  0.7  0.6
func customaryNTiles(totals, _ string) string {
	return fmt.Sprintf(`WITH totals AS (%s)
SELECT customer, last, orders, sum,
	ntile(5) OVER (ORDER BY last, customer) AS r,
	ntile(5) OVER (ORDER BY orders, customer) AS f,
	ntile(5) OVER (ORDER BY sum, customer) AS m
FROM totals`, totals)
}

// customaryQuantiles scores totals by quantile_cont, whose quantiles are of type 7.
//
//	one quantile_cont for each cut                 1.4  1.2  1.2
func customaryQuantiles(totals string) string {
	return fmt.Sprintf(`WITH totals AS (SELECT customer, last, orders, sum, DATE '%v' - last AS recency FROM (%s)),
cuts AS (
	SELECT quantile_cont(recency, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_cont(orders, [0.2, 0.4, 0.6, 0.8]) AS f,
		quantile_cont(sum, [0.2, 0.4, 0.6, 0.8]) AS m
	FROM totals
)
SELECT customer, last, orders, sum,
	CASE WHEN recency <= cuts.r[1] THEN 5 WHEN recency <= cuts.r[2] THEN 4 WHEN recency <= cuts.r[3] THEN 3 WHEN recency <= cuts.r[4] THEN 2 ELSE 1 END AS r,
	CASE WHEN orders <= cuts.f[1] THEN 1 WHEN orders <= cuts.f[2] THEN 2 WHEN orders <= cuts.f[3] THEN 3 WHEN orders <= cuts.f[4] THEN 4 ELSE 5 END AS f,
	CASE WHEN sum <= cuts.m[1] THEN 1 WHEN sum <= cuts.m[2] THEN 2 WHEN sum <= cuts.m[3] THEN 3 WHEN sum <= cuts.m[4] THEN 4 ELSE 5 END AS m
FROM totals, cuts`, end, totals)
}

// month numbers the months from that of the first event on. It is the fastest way to
// name them, and plain enough.
func month() string {
	return fmt.Sprintf("(12 * year(day) + month(day) - %d)", 12*start.Year()+int(start.Month()))
}

// active are the months of every customer with an event for which a condition holds.
func active(table, condition string) string {
	return fmt.Sprintf("active AS (SELECT DISTINCT customer, %s AS month FROM %q WHERE %s)", month(), table, condition)
}

// customaryCohorts counts the active customers of every month by their first.
//
//	min() OVER (PARTITION BY customer)             1.0  0.9  1.0
//	count(DISTINCT customer) of events and firsts  1.0  0.9  1.1
//	months by date_trunc                           1.1  1.1  1.0
func customaryCohorts(table, condition string) string {
	return fmt.Sprintf(`WITH %s,
firsts AS (SELECT customer, min(month) AS cohort FROM active GROUP BY customer)
SELECT cohort, month, count(*) FROM active JOIN firsts USING (customer) GROUP BY ALL`, active(table, condition))
}

// customaryActives counts the active customers of every month, and those who were
// active the month before.
//
//	lag() OVER (PARTITION BY customer)             1.3  0.9  1.1
//	months by date_trunc, joined                   1.6  1.7  1.1
//	months by date_trunc, lag()                    1.5  1.3  1.1
//	joined, with count(DISTINCT customer)          2    2    1.6
func customaryActives(table, condition string) string {
	return fmt.Sprintf(`WITH %s
SELECT a.month, count(*), count(b.customer)
FROM active a LEFT JOIN active b ON b.customer = a.customer AND b.month = a.month - 1
GROUP BY a.month`, active(table, condition))
}

// customaryReached counts the customers who reach each of four steps in order, within
// 30 days of a first step, whichever: from each of them on, a step is the earliest
// that follows; "from" compares its time with that of the step before.
//
//	four tables in one LEFT JOIN                            1.0
//	three max(start) OVER (… ROWS UNBOUNDED PRECEDING)      4
//	from the first start of a customer, not exact           0.4
func customaryReached(from string) string {
	var b strings.Builder
	b.WriteString("WITH reached1 AS (SELECT customer, moment AS start, moment FROM dense WHERE step = 1)")
	for k := 2; k <= 4; k++ {
		fmt.Fprintf(&b, `,
reached%[1]d AS (
	SELECT a.customer, a.start, min(e.moment) AS moment FROM reached%[2]d a
	JOIN dense e ON e.customer = a.customer AND e.moment %[3]s a.moment AND e.moment <= a.start + %[4]d
	WHERE e.step = %[1]d GROUP BY a.customer, a.start
)`, k, k-1, from, 30*funnel.Day)
	}
	return b.String() + reachedCounts
}

// windowsReached is the same by window functions, for events of one time that may follow
// each other: it takes time as sorting does, where joins take the square of the events of
// a customer. It is timed beside them.
func windowsReached() string {
	const following = "OVER (PARTITION BY customer ORDER BY moment, step ROWS UNBOUNDED PRECEDING)"
	var b strings.Builder
	fmt.Fprintf(&b, "WITH reached1 AS (SELECT customer, moment, step, max(CASE WHEN step = 1 THEN moment END) %s AS start FROM dense WHERE step > 0)", following)
	for k := 2; k <= 4; k++ {
		fmt.Fprintf(&b, `,
reached%[1]d AS (
	SELECT customer, moment, step, max(CASE WHEN step = %[1]d AND moment <= start + %[4]d THEN start END) %[3]s AS start FROM reached%[2]d
)`, k, k-1, following, 30*funnel.Day)
	}
	reached := regexp.MustCompile(`reached\d`)
	return b.String() + reached.ReplaceAllString(reachedCounts, "$0 WHERE start IS NOT NULL")
}

// reachedCounts counts the customers of each step.
const reachedCounts = `
SELECT (SELECT count(DISTINCT customer) FROM reached1), (SELECT count(DISTINCT customer) FROM reached2),
	(SELECT count(DISTINCT customer) FROM reached3), (SELECT count(DISTINCT customer) FROM reached4)`
