package retention_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/retention"
)

var end = calendar.MustParse("2006-12-31")

// reference returns the path of a file of the reference data that is not kept here.
func reference(tb testing.TB, name string) string {
	tb.Helper()
	folder := os.Getenv("CRM_REFERENCE_DATA")
	if folder == "" {
		tb.Skip("CRM_REFERENCE_DATA is not set")
	}
	return filepath.Join(folder, "kpi", name)
}

// table reads a CSV file into rows by column name.
func table(tb testing.TB, path string) []map[string]string {
	tb.Helper()
	f, err := os.Open(path)
	require.NoError(tb, err)
	defer func() { require.NoError(tb, f.Close()) }()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(tb, err)
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func integer(tb testing.TB, s string) int64 {
	tb.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(tb, err, s)
	require.Equal(tb, float64(int64(v)), v)
	return int64(v)
}

// requireRate holds an exact rate against its float64.
func requireRate(tb testing.TB, want string, got ratio.Ratio) {
	tb.Helper()
	f, ok := got.Float64()
	require.True(tb, ok)
	require.Equal(tb, want, strconv.FormatFloat(f, 'f', -1, 64)+map[bool]string{true: ".0"}[got.Den() == 1])
}

// orders is the history of the example orders of the R package rfm.
func orders(t *testing.T) *retention.History[string] {
	t.Helper()
	var h retention.History[string]
	for _, row := range table(t, reference(t, "rfm_orders.csv")) {
		require.NoError(t, h.Add(row["customer_id"], calendar.MustParse(row["order_date"]), integer(t, row["revenue"])))
	}
	h.Compact()
	return &h
}

// KP-02.
func TestCalendarCohortsAgainstReference(t *testing.T) {
	got, err := retention.Calendar(orders(t), end, retention.Month, retention.Options[string]{})
	require.NoError(t, err)
	cells := map[string]retention.Cohort{}
	n := 0
	for _, c := range got.Cohorts {
		cells[c.Label] = c
		n += len(c.Cells)
	}
	rows := table(t, reference(t, "cohort_month_calendar.csv"))
	require.Len(t, rows, n)
	for _, row := range rows {
		cohort := cells[row["cohort"]]
		k := int(integer(t, row["k"]))
		cell, ok := cohort.Cell(k, k)
		require.True(t, ok && cell.IsComplete(), row)
		require.Equal(t, integer(t, row["size"]), cohort.Size)
		require.Equal(t, integer(t, row["active"]), cell.Active)
		require.Equal(t, integer(t, row["unbounded"]), cell.Since)
		require.Equal(t, integer(t, row["orders"]), cell.Orders)
		require.Equal(t, integer(t, row["revenue"]), cell.Revenue)
		requireRate(t, row["retention"], cell.Retention())
		requireRate(t, row["unbounded_retention"], cell.Unbounded())
	}
}

func TestElapsedAgainstReference(t *testing.T) {
	for _, days := range []int{7, 30} {
		rows := table(t, reference(t, "retention_elapsed_"+strconv.Itoa(days)+"d.csv"))
		got, err := retention.Elapsed(orders(t), end, retention.Windows(days, len(rows)), retention.Options[string]{})
		require.NoError(t, err)
		require.Len(t, got.Pooled, len(rows))
		for i, row := range rows {
			cell := got.Pooled[i]
			require.EqualValues(t, integer(t, row["day_from"]), cell.From)
			require.EqualValues(t, integer(t, row["day_to"]), cell.To)
			require.Equal(t, integer(t, row["eligible"]), cell.Eligible)
			require.Equal(t, integer(t, row["returned_on"]), cell.Active)
			require.Equal(t, integer(t, row["returned_on_or_after"]), cell.Since)
			requireRate(t, row["nday"], cell.Retention())
			requireRate(t, row["unbounded"], cell.Unbounded())
		}
	}
}

func TestBracketsAgainstReference(t *testing.T) {
	var windows []retention.Window
	rows := table(t, reference(t, "retention_bracket.csv"))
	for _, row := range rows {
		windows = append(windows, retention.Window{From: int(integer(t, row["day_from"])), To: int(integer(t, row["day_to"]))})
	}
	got, err := retention.Elapsed(orders(t), end, windows, retention.Options[string]{})
	require.NoError(t, err)
	for i, row := range rows {
		require.Equal(t, integer(t, row["eligible"]), got.Pooled[i].Eligible)
		require.Equal(t, integer(t, row["returned"]), got.Pooled[i].Active)
		requireRate(t, row["rate"], got.Pooled[i].Retention())
	}
}

func TestRepeatAgainstReference(t *testing.T) {
	data, err := os.ReadFile(reference(t, "repeat_purchase.json"))
	require.NoError(t, err)
	var want struct {
		Customers, Orders int64
		Repeat            int64   `json:"repeat_customers"`
		Rate              float64 `json:"repeat_purchase_rate"`
		Share             float64 `json:"repeat_order_share"`
		PerCustomer       float64 `json:"orders_per_customer"`
		AOV               float64 `json:"aov"`
		Mean              float64 `json:"gap_mean"`
		Median            float64 `json:"gap_median"`
		Zero              int64   `json:"zero_gaps"`
	}
	require.NoError(t, json.Unmarshal(data, &want))
	got, err := retention.RepeatPurchase(orders(t), end, retention.Options[string]{})
	require.NoError(t, err)
	require.Equal(t, []int64{want.Customers, want.Orders, want.Repeat, want.Zero}, []int64{got.Customers, got.Orders, got.Repeated, got.Gaps.Zero})
	for i, r := range []ratio.Ratio{got.Rate(), got.OrderShare(), got.OrdersPerCustomer(), got.AverageOrderValue(), got.Gaps.Mean, got.Gaps.Median} {
		f, ok := r.Float64()
		require.True(t, ok)
		require.InEpsilon(t, []float64{want.Rate, want.Share, want.PerCustomer, want.AOV, want.Mean, want.Median}[i], f, 1e-15)
	}
}

func TestLifecycleAgainstReference(t *testing.T) {
	var h retention.History[string]
	for _, row := range table(t, reference(t, "activity_events.csv")) {
		require.NoError(t, h.Add(row["id"], calendar.MustParse(row["day"]), 0))
	}
	got, err := retention.Stages(&h, calendar.MustParse("2014-12-31"), retention.Month, retention.Options[string]{})
	require.NoError(t, err)
	rows := table(t, reference(t, "activity_lifecycle_month.csv"))
	require.Len(t, got.Stages, len(rows))
	for i, row := range rows {
		s := got.Stages[i]
		require.Equal(t, row["month"], s.Period)
		require.True(t, s.Complete)
		require.Equal(t, []int64{integer(t, row["active"]), integer(t, row["new"]), integer(t, row["retained"]), integer(t, row["resurrected"]), integer(t, row["dormant"])},
			[]int64{s.Active, s.New, s.Retained, s.Resurrected, s.Dormant}, row["month"])
	}
}
