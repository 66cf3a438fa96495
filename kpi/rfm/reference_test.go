package rfm_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

var analysis = calendar.MustParse("2006-12-31")

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

// reference returns the path of a file of the reference data that is not kept here.
func reference(tb testing.TB, name string) string {
	tb.Helper()
	folder := os.Getenv("CRM_REFERENCE_DATA")
	if folder == "" {
		tb.Skip("CRM_REFERENCE_DATA is not set")
	}
	return filepath.Join(folder, "kpi", name)
}

func integer(tb testing.TB, s string) int64 {
	tb.Helper()
	v, err := strconv.ParseInt(s, 10, 64)
	require.NoError(tb, err, s)
	return v
}

func float(tb testing.TB, s string) float64 {
	tb.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(tb, err, s)
	return v
}

// orders is the history of the example orders of the R package.
func orders(t *testing.T) *rfm.History[string] {
	t.Helper()
	var h rfm.History[string]
	for _, row := range table(t, reference(t, "rfm_orders.csv")) {
		require.NoError(t, h.Add(row["customer_id"], calendar.MustParse(row["order_date"]), integer(t, row["revenue"])))
	}
	require.EqualValues(t, 4906, h.Events())
	return &h
}

// summarised is a history that has the same recency, frequency and amounts.
func summarised(t *testing.T, rows []map[string]string) *rfm.History[string] {
	t.Helper()
	var h rfm.History[string]
	for _, row := range rows {
		day := analysis.AddDays(-int(integer(t, row["recency_days"])))
		require.NoError(t, h.Add(row["customer_id"], day, integer(t, row["amount"])))
		for range integer(t, row["transaction_count"]) - 1 {
			require.NoError(t, h.Add(row["customer_id"], day, 0))
		}
	}
	return &h
}

func requireR(t *testing.T, h *rfm.History[string]) {
	t.Helper()
	got, err := rfm.Score(h, analysis, rfm.RPackage(1))
	require.NoError(t, err)
	require.NoError(t, got.Validate())
	want := table(t, "testdata/rfm_scores_R_rfm.csv")
	require.Equal(t, len(want), got.Len())
	for _, row := range want {
		have, ok := got.Find(row["customer_id"])
		require.True(t, ok)
		require.Equal(t, row["rfm_score"], have.Cell.String(), row["customer_id"])
		require.Equal(t, integer(t, row["recency_days"]), have.Recency)
		require.Equal(t, integer(t, row["transaction_count"]), have.Frequency)
		require.Equal(t, ratio.Int(integer(t, row["amount"])), have.Monetary)
	}
	requireThresholds(t, got)
	requireSegments(t, got)
}

func requireThresholds(t *testing.T, got rfm.Table[string]) {
	t.Helper()
	for i, row := range table(t, "testdata/rfm_thresholds_R_rfm.csv") {
		for _, d := range []rfm.Dimension{rfm.Recency, rfm.Frequency, rfm.Monetary} {
			cuts, ok := got.CutsOf(d)
			require.True(t, ok)
			lo, hi := cuts.Bounds(i + 1)
			require.Equal(t, ratio.MustParse(row[d.String()+"_lower"]), lo, "%v %d", d, i)
			require.Equal(t, ratio.MustParse(row[d.String()+"_upper"]), hi, "%v %d", d, i)
		}
	}
}

func requireSegments(t *testing.T, got rfm.Table[string]) {
	t.Helper()
	for _, row := range table(t, "testdata/rfm_segments_R_rfm.csv") {
		have, ok := got.Find(row["customer_id"])
		require.True(t, ok)
		name, ok := rfm.PublishedSegments().Of(have.Cell)
		if !ok {
			name = "Others"
		}
		require.Equal(t, row["segment"], name, "%v %v", row["customer_id"], have.Cell)
	}
}

// KP-03, KP-04.
func TestScoresOfTheRPackage(t *testing.T) {
	requireR(t, summarised(t, table(t, "testdata/rfm_scores_R_rfm.csv")))
}

func TestScoresOfTheRPackageFromOrders(t *testing.T) {
	requireR(t, orders(t))
}

func TestPublishedSegmentsAreThoseOfTheRPackage(t *testing.T) {
	span := func(row map[string]string, axis string) rfm.Span {
		return rfm.Span{From: uint8(integer(t, row[axis+"_lo"])), To: uint8(integer(t, row[axis+"_hi"]))}
	}
	var want rfm.Segments
	for _, row := range table(t, "testdata/rfm_segment_rules_R_rfm.csv") {
		want = append(want, rfm.Segment{Name: row["segment"], Recency: span(row, "r"), Frequency: span(row, "f"), Monetary: span(row, "m")})
	}
	require.Equal(t, want, rfm.PublishedSegments())
}

// The schemes that correspond to the columns of the pandas results.
func TestScoresOfPandas(t *testing.T) {
	h := orders(t)
	four := rfm.Uniform(rfm.Axis{Bins: 4})
	four.Count, four.Value = rfm.DistinctDays, rfm.MeanPerDay
	rankFirst := rfm.Scheme{Frequency: rfm.Axis{Ties: rfm.TiesInOrder}}
	for _, c := range []struct {
		scheme  rfm.Scheme
		r, f, m string
	}{
		{rankFirst, "r_qcut", "f_qcut_rankfirst", "m_qcut"},
		{rfm.Uniform(rfm.Axis{Ties: rfm.TiesMerged}), "r_drop", "f_drop", "m_drop"},
		{rfm.Uniform(rfm.Axis{Method: rfm.NTile}), "r_ntile", "f_ntile", "m_ntile"},
		{four, "r_q4", "f_q4", "m_q4"},
	} {
		got, err := rfm.Score(h, analysis, c.scheme)
		require.NoError(t, err)
		for _, row := range table(t, reference(t, "rfm_scores_pandas.csv")) {
			have, ok := got.Find(row["customer_id"])
			require.True(t, ok)
			want := fmt.Sprint(row[c.r], row[c.f], row[c.m])
			require.Equal(t, want, have.Cell.String(), "%s %s", c.r, row["customer_id"])
			require.Equal(t, calendar.MustParse(row["last"]), have.Last)
			if c.r == "r_q4" {
				require.Equal(t, integer(t, row["f_days"]), have.Frequency)
				mean, _ := have.Monetary.Float64()
				require.InEpsilon(t, float(t, row["m_mean_day"]), mean, 1e-15)
			}
		}
	}
}

// Ties dominate real data: the R package and quintiles of ranks disagree on the
// frequency of 239 of 995 customers.
func TestMethodsDisagree(t *testing.T) {
	h := summarised(t, table(t, "testdata/rfm_scores_R_rfm.csv"))
	inR, err := rfm.Score(h, analysis, rfm.RPackage(1))
	require.NoError(t, err)
	ranked, err := rfm.Score(h, analysis, rfm.Scheme{Frequency: rfm.Axis{Ties: rfm.TiesInOrder}})
	require.NoError(t, err)
	differ := 0
	for i := range inR.Customers {
		if inR.Cells[i].F != ranked.Cells[i].F {
			differ++
		}
	}
	require.Equal(t, 239, differ)
}

type tieFixture struct {
	Name        string
	Values      []json.Number
	Type7Edges  []float64 `json:"type7_edges"`
	RRFMPlus1   []uint8   `json:"r_rfm_plus1"`
	RightClosed []uint8   `json:"right_closed"`
	NTile       []uint8   `json:"ntile"`
	scaled      []int64
	scale       int64
}

// fixtures reads the tie fixtures, with values scaled to integers.
func fixtures(t *testing.T) []tieFixture {
	t.Helper()
	data, err := os.ReadFile("testdata/rfm_tie_fixtures.json")
	require.NoError(t, err)
	var all []tieFixture
	require.NoError(t, json.Unmarshal(data, &all))
	for i := range all {
		f := &all[i]
		f.scale = 1
		for _, v := range f.Values {
			f.scale = max(f.scale, ratio.MustParse(v.String()).Den())
		}
		for _, v := range f.Values {
			r := ratio.MustParse(v.String()).Mul(ratio.Int(f.scale))
			require.EqualValues(t, 1, r.Den())
			f.scaled = append(f.scaled, r.Num())
		}
	}
	return all
}

func TestTieFixtures(t *testing.T) {
	for _, f := range fixtures(t) {
		t.Run(f.Name, func(t *testing.T) {
			f.check(t, rfm.Axis{}, f.RightClosed, 0)
			f.check(t, rfm.Axis{Method: rfm.RCompatible, Unit: f.scale}, f.RRFMPlus1, 1)
			f.check(t, rfm.Axis{Method: rfm.NTile}, f.NTile, -1)
		})
	}
}

// check scores the values twice, as a column and as the money of customers, and
// holds the cuts against the edges, unless plus is negative.
func (f tieFixture) check(t *testing.T, a rfm.Axis, want []uint8, plus float64) {
	t.Helper()
	scores, cuts, err := a.Scores(rfm.Monetary, f.scaled)
	require.NoError(t, err)
	require.Equal(t, want, scores)
	if plus >= 0 {
		require.Len(t, cuts.At, len(f.Type7Edges))
		for i, edge := range f.Type7Edges {
			at := cuts.At[i].Float
			if a.Method != rfm.RCompatible {
				at /= float64(f.scale)
			}
			require.InDelta(t, edge+plus, at, 1e-12)
		}
	}
	var h rfm.History[int]
	for i, v := range f.scaled {
		require.NoError(t, h.Add(i, analysis, v))
	}
	got, err := rfm.Score(&h, analysis, rfm.Scheme{Monetary: a, Amounts: kpi.EveryEvent})
	require.NoError(t, err)
	for i, cell := range got.Cells {
		require.Equal(t, want[i], cell.M)
	}
}
