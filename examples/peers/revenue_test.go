//go:build cgo

package peers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/kpi/revenue"
)

// movements says for every month what became of the revenue of the month before.
func movements() string {
	return fmt.Sprintf(`
WITH paid AS (SELECT customer, %s AS month, sum(minor)::BIGINT AS amount FROM dense GROUP BY ALL),
firsts AS (SELECT customer, min(month) AS first FROM paid GROUP BY customer),
both_ends AS (
	SELECT customer, month, sum(s)::BIGINT AS s, sum(e)::BIGINT AS e
	FROM (SELECT customer, month, 0 AS s, amount AS e FROM paid UNION ALL SELECT customer, month + 1, amount, 0 FROM paid)
	GROUP BY ALL
),
signed AS (
	SELECT month, sum(s) AS opening, sum(e) FILTER (s = 0 AND first = month) AS new,
		sum(e) FILTER (s = 0 AND first < month) AS reactivation, sum(e - s) FILTER (s > 0 AND e > s) AS expansion,
		sum(s - e) FILTER (s > e AND e > 0) AS contraction, sum(s) FILTER (e = 0) AS churn, sum(e) AS closing,
		sum(e) FILTER (s > 0) AS kept, count(*) FILTER (s > 0 AND e = 0) AS churned
	FROM both_ends JOIN firsts USING (customer) GROUP BY month
)
SELECT month, coalesce(opening, 0)::BIGINT, coalesce(new, 0)::BIGINT, coalesce(reactivation, 0)::BIGINT, coalesce(expansion, 0)::BIGINT,
	coalesce(contraction, 0)::BIGINT, coalesce(churn, 0)::BIGINT, coalesce(closing, 0)::BIGINT, coalesce(kept, 0)::BIGINT, churned
FROM signed WHERE month BETWEEN 1 AND %d ORDER BY month`, month(), months-1)
}

// KP-09: where the revenue of each month comes from, and net revenue retention.
func TestRevenue(t *testing.T) {
	e := newEvents(testRows)
	var s revenue.Snapshots[uint32]
	for i, who := range e.dense {
		require.NoError(t, s.Add(who, e.days[i].MonthOf(), money.FromMinor(e.minor[i], money.EUR)))
	}
	table, err := revenue.Monthly(&s, start.MonthOf(), end.MonthOf(), revenue.Options[uint32]{})
	require.NoError(t, err)
	want, err := open(t, e).numbers(movements())
	require.NoError(t, err)
	require.Len(t, want, len(table.Movements))
	for i, m := range table.Movements {
		got := []int64{
			int64(i + 1), m.Opening.Minor(), m.New.Minor(), m.Reactivation.Minor(), m.Expansion.Minor(),
			m.Contraction.Minor(), m.Churn.Minor(), m.Closing.Minor(),
		}
		require.Equal(t, want[i][:8], got, m.To)
		require.Equal(t, want[i][9], m.Customers.Churned)
		net, ok := m.NetRetention().Float64()
		require.True(t, ok)
		require.InEpsilon(t, float64(want[i][8])/float64(want[i][1]), net, 1e-15)
	}
}
