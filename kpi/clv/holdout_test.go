package clv_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

var (
	cdnowEnd     = calendar.MustParse("1997-09-30")
	cdnowOptions = clv.Options{Unit: clv.Week, MinorPerUnit: 100, Holdout: calendar.MustParse("1998-06-30")}
)

func cdnowHistory(tb testing.TB) *kpi.History[int64] {
	tb.Helper()
	var h kpi.History[int64]
	for _, r := range table(tb, reference(tb, "cdnow_sample_transactions.csv")) {
		id, err := strconv.ParseInt(r["id"], 10, 64)
		require.NoError(tb, err)
		cents := int64(math.Round(100 * r.number(tb, "value")))
		require.NoError(tb, h.Add(id, calendar.MustParse(r["date"]), cents))
	}
	return &h
}

// KP-02, KP-13.
func TestSummaryAgainstReference(t *testing.T) {
	s, err := clv.Summarize(cdnowHistory(t), cdnowEnd, cdnowOptions)
	require.NoError(t, err)
	rows := table(t, reference(t, "cdnow_sample_calibration_holdout.csv"))
	require.Len(t, s.Rows, len(rows))
	w := worst{}
	for i, r := range rows {
		got := s.Rows[i]
		require.Equal(t, r["id"], strconv.FormatInt(got.Customer, 10))
		require.Equal(t, r["x"], strconv.FormatInt(got.X, 10))
		require.Equal(t, r["x_star"], strconv.FormatInt(got.Holdout.X, 10))
		w.hold(t, r, "t_x", 1e-15, 0, got.Tx, true)
		w.hold(t, r, "T", 1e-15, 0, got.T, true)
		w.hold(t, r, "m", 1e-14, 0, got.Mean, true)
		if got.Holdout.X > 0 {
			w.hold(t, r, "m_star", 1e-14, 0, float64(got.Holdout.Revenue)/100/float64(got.Holdout.X), true)
		}
	}
	require.InDelta(t, 39, s.HoldoutTime, 1e-12)
	t.Log("largest relative errors:", w)
}

// KP-08: does the model foretell what it has not seen?
func TestHoldoutAgainstReference(t *testing.T) {
	s, err := clv.Summarize(cdnowHistory(t), cdnowEnd, cdnowOptions)
	require.NoError(t, err)
	p := referenceFits(t)["bgnbd"].Params
	m := clv.BGNBD{R: p["r"], Alpha: p["alpha"], A: p["a"], B: p["b"]}
	bins, err := clv.CompareHoldout(m, s, 7)
	require.NoError(t, err)
	rows := table(t, "testdata/cdnow_holdout_by_x.csv")
	require.Len(t, bins, len(rows))
	w := worst{}
	for i, r := range rows {
		require.Equal(t, r["n"], strconv.FormatInt(bins[i].Customers, 10))
		actual, ok := bins[i].ActualMean()
		w.hold(t, r, "actual_mean", 1e-14, 0, actual, ok)
		expected, ok := bins[i].ExpectedMean()
		w.hold(t, r, "bgnbd_mean", 1e-9, 0, expected, ok)
	}
	t.Log("largest relative errors:", w)
}
