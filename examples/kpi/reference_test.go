package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// reference returns the path of a file of the reference data, which is too large
// to keep here, and in part of other projects.
func reference(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("CRM_REFERENCE_DATA")
	if dir == "" {
		t.Skip("CRM_REFERENCE_DATA does not name the folder of the reference data")
	}
	return filepath.Join(dir, "kpi", name)
}

// records are the rows of a CSV file by the names of the columns.
func records(t *testing.T, text string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	var list []map[string]string
	for _, row := range all[1:] {
		r := map[string]string{}
		for i, name := range all[0] {
			r[name] = row[i]
		}
		list = append(list, r)
	}
	return list
}

func referenceRecords(t *testing.T, name string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(reference(t, name))
	require.NoError(t, err)
	return records(t, string(data))
}

// kpiRecords runs a command on a file of the reference data.
func kpiRecords(t *testing.T, file string, args ...string) []map[string]string {
	t.Helper()
	stdout, stderr, status := kpiRun("", append(args, reference(t, file))...)
	require.Equal(t, exitOK, status, stderr)
	return records(t, stdout)
}

// same holds a printed number against a reference, up to a relative error.
func same(t *testing.T, want, got string, within float64, at ...any) {
	t.Helper()
	where := fmt.Sprint(at...)
	if want == "" || want == "NA" {
		require.Empty(t, got, where)
		return
	}
	w, err := strconv.ParseFloat(want, 64)
	require.NoError(t, err, where)
	g, err := strconv.ParseFloat(got, 64)
	require.NoError(t, err, where)
	require.LessOrEqual(t, math.Abs(w-g), within*max(1, math.Abs(w)), where)
}

func byKey(list []map[string]string, keys ...string) map[string]map[string]string {
	m := map[string]map[string]string{}
	for _, r := range list {
		var k []string
		for _, key := range keys {
			k = append(k, r[key])
		}
		m[strings.Join(k, "|")] = r
	}
	return m
}

// KP-03, KP-04: the R package rfm, with its segments, and the n-tiles and quantiles
// of pandas.
func TestReferenceRFM(t *testing.T) {
	segments := byKey(referenceRecords(t, "rfm_segments_R_rfm.csv"), "customer_id")
	want := byKey(referenceRecords(t, "rfm_scores_R_rfm.csv"), "customer_id")
	got := kpiRecords(t, "rfm_orders.csv", "rfm", "-method", "r", "-as-of", "2006-12-31")
	require.Len(t, got, len(want))
	for _, g := range got {
		w := want[g["customer"]]
		for mine, theirs := range map[string]string{"recency_days": "recency_days", "frequency": "transaction_count", "monetary": "amount", "r": "recency_score", "f": "frequency_score", "m": "monetary_score"} {
			same(t, w[theirs], g[mine], 0, g["customer"], mine)
		}
		require.Equal(t, segments[g["customer"]]["segment"], g["segment"])
	}

	pandas := byKey(referenceRecords(t, "rfm_scores_pandas.csv"), "customer_id")
	compare := func(columns map[string]string, args ...string) {
		for _, g := range kpiRecords(t, "rfm_orders.csv", append([]string{"rfm", "-as-of", "2006-12-31"}, args...)...) {
			for mine, theirs := range columns {
				same(t, pandas[g["customer"]][theirs], g[mine], 1e-15, args, g["customer"], mine)
			}
		}
	}
	compare(map[string]string{"r": "r_ntile", "f": "f_ntile", "m": "m_ntile", "monetary": "monetary"}, "-method", "ntile")
	compare(map[string]string{"r": "r_qcut", "m": "m_qcut"})
	compare(map[string]string{"r": "r_q4", "f": "f_q4", "m": "m_q4"}, "-bins", "4", "-frequency", "days", "-monetary", "mean")
	compare(map[string]string{"frequency": "f_days", "monetary": "m_mean_day"}, "-frequency", "days", "-monetary", "mean")
}

// KP-02: calendar and unbounded cohorts, windows and brackets.
func TestReferenceRetention(t *testing.T) {
	want := byKey(referenceRecords(t, "cohort_month_calendar.csv"), "cohort", "k")
	for kind, columns := range map[string][2]string{"calendar": {"active", "retention"}, "unbounded": {"unbounded", "unbounded_retention"}} {
		got := kpiRecords(t, "rfm_orders.csv", "retention", "-period", "month", "-kind", kind, "-as-of", "2006-12-31")
		require.Len(t, got, len(want))
		for _, g := range got {
			w := want[g["cohort"]+"|"+g["period"]]
			require.Equal(t, w["size"], g["size"])
			require.Equal(t, w[columns[0]], g["active"])
			same(t, w[columns[1]], g["rate"], 1e-15)
			require.Equal(t, "true", g["complete"])
		}
	}
	for file, args := range map[string][]string{"retention_elapsed_30d.csv": nil, "retention_elapsed_7d.csv": {"-period", "week"}} {
		for column, flags := range map[string][]string{"returned_on": nil, "returned_on_or_after": {"-from-then-on"}} {
			args := append(append([]string{"retention", "-kind", "elapsed", "-as-of", "2006-12-31"}, args...), flags...)
			got := byKey(kpiRecords(t, "rfm_orders.csv", args...), "period")
			for _, w := range referenceRecords(t, file) {
				g := got[w["k"]]
				require.Equal(t, w["eligible"], g["size"], w["k"])
				require.Equal(t, w[column], g["active"], w["k"])
				require.Equal(t, "true", g["complete"])
			}
		}
	}
	got := byKey(kpiRecords(t, "rfm_orders.csv", "retention", "-kind", "bracket", "-as-of", "2006-12-31"), "period")
	for _, w := range referenceRecords(t, "retention_bracket.csv") {
		g := got[w["day_from"]+"-"+w["day_to"]]
		require.Equal(t, w["eligible"], g["size"])
		require.Equal(t, w["returned"], g["active"])
		same(t, w["rate"], g["rate"], 1e-15)
	}
}

// ST-26, KP-10: daily, weekly and monthly actives, and the life cycle.
func TestReferenceUsage(t *testing.T) {
	want := referenceRecords(t, "activity_dau_wau_mau.csv")
	got := kpiRecords(t, "activity_events.csv", "usage", "-from", want[0]["day"], "-as-of", want[len(want)-1]["day"])
	require.Len(t, got, len(want))
	for i, g := range got {
		w := want[i]
		for mine, theirs := range map[string]string{"date": "day", "dau": "dau", "wau": "wau7", "mau": "mau30"} {
			require.Equal(t, w[theirs], g[mine], w["day"])
		}
		require.Equal(t, w["full_window"] == "1", g["complete"] == "true")
		if g["complete"] == "true" {
			same(t, w["avg30_dau_over_mau"], g["stickiness"], 1e-14)
			same(t, w["dau_over_mau"], g["dau_mau"], 1e-15)
		}
	}
	stages := byKey(kpiRecords(t, "activity_events.csv", "usage", "-calendar", "month", "-as-of", "2014-12-31"), "period")
	for _, w := range referenceRecords(t, "activity_lifecycle_month.csv") {
		for _, column := range []string{"active", "new", "retained", "resurrected", "dormant"} {
			require.Equal(t, w[column], stages[w["month"]][column], w["month"])
		}
	}
}

// KP-05: every mode and window.
func TestReferenceFunnel(t *testing.T) {
	data, err := os.ReadFile(reference(t, "funnel_counts.json"))
	require.NoError(t, err)
	var want struct {
		Steps  []string           `json:"steps"`
		Counts map[string][]int64 `json:"counts"`
	}
	require.NoError(t, json.Unmarshal(data, &want))
	modes := map[string]string{"ordered_ge": "ordered", "ordered_strict_time": "strict_time", "strict_adjacent": "adjacent", "any_order": "any_order", "first_touch_ge": "first_touch"}
	for name, counts := range want.Counts {
		cut := strings.LastIndex(name, "_")
		got := kpiRecords(t, "funnel_events.csv", "funnel", "-steps", strings.Join(want.Steps, ","), "-window", name[cut+1:], "-mode", modes[name[:cut]])
		for i, n := range counts {
			require.Equal(t, strconv.FormatInt(n, 10), got[i]["customers"], name)
		}
	}
}

// KP-13: the fits on CDNOW, of the published summary and of the transactions. The
// published one is rounded to two decimals of a week, so its likelihood is another.
func TestReferenceCLV(t *testing.T) {
	type model struct {
		Params map[string]float64 `json:"params"`
		SE     map[string]float64 `json:"se"`
		LogLik float64            `json:"loglik"`
		N      int64              `json:"n"`
	}
	data, err := os.ReadFile(reference(t, "btyd_fit_python.json"))
	require.NoError(t, err)
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &all))
	fit := func(args ...string) (got fitted) {
		stdout, stderr, status := kpiRun("", append([]string{"clv", "-fit", "-unit", "week"}, args...)...)
		require.Equal(t, exitOK, status, stderr)
		require.NoError(t, json.Unmarshal([]byte(stdout), &got))
		return got
	}
	for name, word := range map[string]string{"bgnbd": "bgnbd", "pnbd": "pareto", "gamma_gamma": "gamma_gamma"} {
		var want model
		require.NoError(t, json.Unmarshal(all[name], &want))
		got := fit("-model", word, reference(t, "cdnow_summary_monetary.csv"))
		require.Equal(t, word, got.Model)
		require.Equal(t, "converged", got.Status.String())
		require.Equal(t, want.N, got.Customers)
		require.InDelta(t, want.LogLik, got.LogLikelihood, 1e-6)
		for p, v := range want.Params {
			require.InEpsilon(t, v, got.Parameters[p], 1e-5)
			require.InEpsilon(t, want.SE[p], *got.StandardErrors[p], 1e-3)
		}
		// Exact weeks instead of rounded ones.
		got = fit("-model", word, "-calibration-end", "1997-09-30", reference(t, "cdnow_sample_transactions.csv"))
		require.Equal(t, want.N, got.Customers)
		require.InDelta(t, want.LogLik, got.LogLikelihood, 0.01)
		require.NotEqual(t, want.LogLik, got.LogLikelihood)
	}
}

// What each customer of CDNOW did until the end of September 1997, in weeks.
func TestReferenceCLVSummary(t *testing.T) {
	want := byKey(referenceRecords(t, "cdnow_sample_calibration_holdout.csv"), "id")
	got := kpiRecords(t, "cdnow_sample_transactions.csv", "clv", "-model", "bgnbd", "-unit", "week", "-calibration-end", "1997-09-30", "-horizon", "39")
	require.Len(t, got, len(want))
	for i, g := range got {
		w := want[g["customer"]]
		require.Equal(t, strconv.Itoa(i+1), g["customer"]) // numbers are in their order
		same(t, w["x"], g["x"], 0)
		same(t, w["t_x"], g["t_x"], 1e-15)
		same(t, w["T"], g["t"], 1e-15)
		if w["x"] == "0" {
			require.Empty(t, g["monetary"])
			require.Equal(t, "1", g["p_alive"])
		} else {
			same(t, w["m"], g["monetary"], 1e-14)
		}
		require.NotEmpty(t, g["clv"])
	}
	// The mean expectation for the holdout, by x.
	bins, sums := map[string]float64{}, map[string]float64{}
	for _, g := range got {
		x, err := strconv.Atoi(g["x"])
		require.NoError(t, err)
		v, err := strconv.ParseFloat(g["expected"], 64)
		require.NoError(t, err)
		k := strconv.Itoa(min(x, 7))
		bins[k]++
		sums[k] += v
	}
	for _, w := range referenceRecords(t, "cdnow_holdout_by_x.csv") {
		require.InDelta(t, bins[w["x"]], atof(t, w["n"]), 0)
		require.InDelta(t, atof(t, w["bgnbd_mean"]), sums[w["x"]]/bins[w["x"]], 1e-3)
	}
}

func atof(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	require.NoError(t, err)
	return v
}

// KP-02: R's survfit with all three intervals, and its quartiles.
func TestReferenceSurvival(t *testing.T) {
	want := map[string][]map[string]string{}
	for _, w := range referenceRecords(t, "surv_km_R.csv") {
		k := w["set"] + "|" + w["group"] + "|" + w["conf"]
		want[k] = append(want[k], w)
	}
	compared := 0
	for _, set := range []string{"lung", "ovarian"} {
		for _, conf := range []string{"plain", "log", "log-log"} {
			got := kpiRecords(t, "surv_"+set+".csv", "survival", "-conf", conf)
			points := want[set+"|all|"+conf]
			if len(points) == 0 {
				continue
			}
			compared++
			require.Len(t, got, len(points))
			for i, w := range points {
				g := got[i]
				for mine, theirs := range map[string]string{"time": "time", "at_risk": "n_risk", "events": "n_event", "censored": "n_censor"} {
					same(t, w[theirs], g[mine], 0)
				}
				same(t, w["surv"], g["survival"], 1e-12)
				same(t, w["lower"], g["lower"], 1e-12)
				same(t, w["upper"], g["upper"], 1e-12)
			}
		}
	}
	require.GreaterOrEqual(t, compared, 3)

	data, err := os.ReadFile(reference(t, "surv_summary_R.json"))
	require.NoError(t, err)
	var summary struct {
		Quantiles []struct {
			Conf string        `json:"conf"`
			At   []json.Number `json:"q"`
			Lo   []json.Number `json:"lo"`
			Hi   []json.Number `json:"hi"`
		} `json:"lung_quantiles"`
	}
	require.NoError(t, json.Unmarshal(data, &summary))
	for _, q := range summary.Quantiles {
		for i, g := range kpiRecords(t, "surv_lung.csv", "survival", "-summary", "-conf", q.Conf) {
			same(t, q.At[i].String(), g["time"], 1e-12)
			same(t, q.Lo[i].String(), g["lower"], 1e-12)
			same(t, q.Hi[i].String(), g["upper"], 1e-12)
		}
	}
}

// KP-02, KP-06: movements to the cent, and the year from point to point.
func TestReferenceRevenue(t *testing.T) {
	got := kpiRecords(t, "mrr_snapshots.csv", "revenue")
	want := referenceRecords(t, "mrr_movements.csv")
	require.Len(t, got, len(want))
	for i, w := range want {
		require.Equal(t, w["month"], got[i]["period"])
		for _, column := range []string{"opening", "new", "reactivation", "expansion", "contraction", "churn", "closing"} {
			same(t, w[column], got[i][column], 0, w["month"], column)
		}
		same(t, w["grr"], got[i]["grr"], 1e-15)
		same(t, w["nrr_excl_reactivation"], got[i]["nrr"], 1e-15)
		same(t, w["quick_ratio"], got[i]["quick_ratio"], 1e-15)
	}
	year := kpiRecords(t, "mrr_snapshots.csv", "revenue", "-point-to-point", "-from", "2025-01", "-to", "2025-12")
	data, err := os.ReadFile(reference(t, "mrr_annual_point_to_point.json"))
	require.NoError(t, err)
	var annual map[string]any
	require.NoError(t, json.Unmarshal(data, &annual))
	same(t, strconv.FormatFloat(annual["nrr_snapshot"].(float64), 'g', -1, 64), year[0]["nrr"], 1e-15)
	same(t, strconv.FormatFloat(annual["grr_snapshot"].(float64), 'g', -1, 64), year[0]["grr"], 1e-15)
}

// KP-10: scores and plain margins.
func TestReferenceNPS(t *testing.T) {
	data, err := os.ReadFile(reference(t, "nps.json"))
	require.NoError(t, err)
	var cases []struct {
		Promoters  int     `json:"promoters"`
		Passives   int     `json:"passives"`
		Detractors int     `json:"detractors"`
		NPS        float64 `json:"nps"`
		Margin     float64 `json:"moe95"`
	}
	require.NoError(t, json.Unmarshal(data, &cases))
	for _, c := range cases {
		file := "score\n" + strings.Repeat("10\n", c.Promoters) + strings.Repeat("7\n", c.Passives) + strings.Repeat("0\n", c.Detractors)
		stdout, _, status := kpiRun(file, "nps", "-")
		require.Equal(t, exitOK, status)
		got := records(t, stdout)[0]
		require.Equal(t, strconv.Itoa(c.Promoters), got["promoters"])
		require.InDelta(t, c.NPS, atof(t, got["nps"]), 1e-12)
		require.InDelta(t, c.Margin, atof(t, got["margin"]), 1e-9)
	}
}

// KP-08: limits, and the flags of Nelson's rules.
func TestReferenceSPC(t *testing.T) {
	series := map[string][]map[string]string{}
	for _, r := range referenceRecords(t, "spc_imr_nelson.csv") {
		series[r["series"]] = append(series[r["series"]], r)
	}
	data, err := os.ReadFile(reference(t, "spc_imr_summary.json"))
	require.NoError(t, err)
	var limits map[string]struct {
		Center float64 `json:"center"`
		Upper  float64 `json:"ucl"`
		Lower  float64 `json:"lcl"`
	}
	require.NoError(t, json.Unmarshal(data, &limits))
	for name, points := range series {
		var file strings.Builder
		file.WriteString("i,x\n")
		for _, p := range points {
			file.WriteString(p["i"] + "," + p["x"] + "\n")
		}
		stdout, stderr, status := kpiRun(file.String(), "spc", "-rules", "nelson", "-")
		require.Equal(t, exitOK, status, stderr)
		for i, g := range records(t, stdout) {
			require.InEpsilon(t, limits[name].Center, atof(t, g["center"]), 1e-6)
			require.InEpsilon(t, limits[name].Upper, atof(t, g["upper"]), 1e-6)
			require.InEpsilon(t, limits[name].Lower, atof(t, g["lower"]), 1e-6)
			var want []string
			for rule := 1; rule <= 8; rule++ {
				if points[i]["nelson"+strconv.Itoa(rule)] == "1" {
					want = append(want, "nelson_"+strconv.Itoa(rule))
				}
			}
			require.Equal(t, strings.Join(want, " "), g["signals"], name, i)
		}
	}
}
