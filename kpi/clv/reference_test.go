package clv_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/clv"
)

// The parameters of the published fits on CDNOW, at which the reference rows are
// computed.
var (
	publishedBG     = clv.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	publishedPareto = clv.ParetoNBD{R: 0.553, Alpha: 10.578, S: 0.606, Beta: 11.669}
	fittedGG        = clv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
)

// A row is a row of a CSV file by column name.
type row map[string]string

func (r row) number(tb testing.TB, name string) float64 {
	tb.Helper()
	v, err := strconv.ParseFloat(r[name], 64)
	require.NoError(tb, err, "%s in %v", name, r)
	return v
}

func (r row) observation(tb testing.TB) clv.Observation {
	tb.Helper()
	o := clv.Observation{X: int64(r.number(tb, "x")), Tx: r.number(tb, "t_x"), T: r.number(tb, "T")}
	if r["m"] != "" {
		o.Mean = r.number(tb, "m")
	}
	return o
}

func table(tb testing.TB, path string) []row {
	tb.Helper()
	f, err := os.Open(path)
	require.NoError(tb, err)
	defer func() { require.NoError(tb, f.Close()) }()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(tb, err)
	var rows []row
	for _, record := range records[1:] {
		r := row{}
		for i, name := range records[0] {
			r[name] = record[i]
		}
		rows = append(rows, r)
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

// worst keeps the largest relative error of each column.
type worst map[string]float64

// hold requires got to be within bound of the column of r: relatively, or absolutely
// where the number is below 1 and floor is 1.
func (w worst) hold(tb testing.TB, r row, column string, bound, floor, got float64, ok bool) {
	tb.Helper()
	require.True(tb, ok, "%s of %v is undefined", column, r)
	want := r.number(tb, column)
	off := math.Abs(got - want)
	if scale := max(math.Abs(want), floor); scale > 0 {
		off /= scale
	}
	w[column] = max(w[column], off)
	require.LessOrEqual(tb, off, bound, "%s of %v: %v", column, r, got)
}

func TestCasesAgainstReference(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/btyd_cases_mpmath.csv") {
		o := r.observation(t)
		got, ok := publishedBG.LogLikelihood(o)
		w.hold(t, r, "bg_ll", 1e-13, 1, got, ok)
		got, ok = publishedBG.Alive(o)
		w.hold(t, r, "bg_palive", 1e-12, 0, got, ok)
		got, ok = publishedBG.Expected(o, 39)
		w.hold(t, r, "bg_cet39", 1e-12, 0, got, ok)
		got, ok = publishedPareto.LogLikelihood(o)
		w.hold(t, r, "pn_ll", 1e-13, 1, got, ok)
		got, ok = publishedPareto.Alive(o)
		w.hold(t, r, "pn_palive", 1e-12, 0, got, ok)
		got, ok = publishedPareto.Expected(o, 39)
		w.hold(t, r, "pn_cet39", 1e-12, 0, got, ok)
		got, ok = publishedPareto.DERT(o, 0.0027)
		w.hold(t, r, "pn_dert_d0.0027", 1e-12, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestNewCustomersAgainstReference(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/btyd_expected_mpmath.csv") {
		got, ok := publishedBG.ExpectedNew(r.number(t, "t"))
		w.hold(t, r, "bg_expected", 1e-13, 0, got, ok)
		got, ok = publishedPareto.ExpectedNew(r.number(t, "t"))
		w.hold(t, r, "pn_expected", 1e-13, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestANearOneAgainstReference(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/bgnbd_a_near_1_mpmath.csv") {
		m := publishedBG
		m.A = r.number(t, "a")
		got, ok := m.Expected(r.observation(t), r.number(t, "t"))
		w.hold(t, r, "bg_cet", 1e-12, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestExtremeParametersAgainstReference(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/pnbd_extreme_params_mpmath.csv") {
		m := clv.ParetoNBD{R: r.number(t, "r"), Alpha: r.number(t, "alpha"), S: r.number(t, "s"), Beta: r.number(t, "beta")}
		got, ok := m.LogLikelihood(r.observation(t))
		w.hold(t, r, "pn_ll", 1e-13, 0.01, got, ok)
		got, ok = m.Alive(r.observation(t))
		w.hold(t, r, "pn_palive", 1e-12, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}

// KP-13: what the customers are worth.
func TestLifetimeValueAgainstReference(t *testing.T) {
	w := worst{}
	year := clv.Horizon{Periods: 12, Length: 4, Rate: 0.01}
	for _, r := range table(t, "testdata/clv_gg_bgnbd.csv") {
		o := r.observation(t)
		got, ok := fittedGG.Spend(o)
		w.hold(t, r, "gg_cond_mean", 1e-13, 0, got, ok)
		got, ok = clv.Value(publishedBG, fittedGG, o, year)
		w.hold(t, r, "bg_gg_clv_12x4wk_1pct", 1e-12, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}
