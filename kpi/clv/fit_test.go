package clv_test

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/clv"
)

// fits are the fits on CDNOW to hold against.
type fits map[string]struct {
	Params map[string]float64 `json:"params"`
	SE     map[string]float64 `json:"se"`
	LogLik float64            `json:"loglik"`
	N      int64              `json:"n"`
}

func referenceFits(tb testing.TB) fits {
	tb.Helper()
	data, err := os.ReadFile("testdata/btyd_fit_python.json")
	require.NoError(tb, err)
	var f fits
	var parts map[string]json.RawMessage
	require.NoError(tb, json.Unmarshal(data, &parts))
	f = fits{}
	for _, name := range []string{"bgnbd", "pnbd", "gamma_gamma"} {
		v := f[name]
		require.NoError(tb, json.Unmarshal(parts[name], &v))
		f[name] = v
	}
	return f
}

func cdnow(tb testing.TB, file string) []clv.Observation {
	tb.Helper()
	var observations []clv.Observation
	for _, r := range table(tb, reference(tb, file)) {
		observations = append(observations, r.observation(tb))
	}
	return observations
}

func holdFit(t *testing.T, fit clv.Fit, name string) {
	t.Helper()
	want := referenceFits(t)[name]
	require.Equal(t, clv.Converged, fit.Status, "%+v", fit)
	require.Equal(t, want.N, fit.Customers)
	require.InDelta(t, want.LogLik, fit.LogLikelihood, 1e-8)
	for _, p := range fit.Parameters {
		require.InEpsilon(t, want.Params[p.Name], p.Value, 1e-7, p.Name)
		require.InEpsilon(t, want.SE[p.Name], p.StandardError, 1e-4, p.Name)
		t.Logf("%s off by %.1e, standard error %.1e", p.Name, p.Value/want.Params[p.Name]-1, p.StandardError/want.SE[p.Name]-1)
	}
	t.Logf("LL off by %.1e, %d iterations, %d evaluations, gradient %.1e, %d distinct",
		fit.LogLikelihood-want.LogLik, fit.Iterations, fit.Evaluations, fit.Gradient, fit.Distinct)
}

// KP-02.
func TestFitsAgainstReference(t *testing.T) {
	for _, file := range []string{"cdnow_summary.csv"} {
		s, err := clv.NewSample(cdnow(t, file)...)
		require.NoError(t, err)
		_, fit, err := clv.FitBGNBD(t.Context(), s, clv.FitOptions{})
		require.NoError(t, err)
		holdFit(t, fit, "bgnbd")
		_, fit, err = clv.FitParetoNBD(t.Context(), s, clv.FitOptions{})
		require.NoError(t, err)
		holdFit(t, fit, "pnbd")
	}
	var spends clv.Spends
	for _, r := range table(t, reference(t, "cdnow_summary_monetary.csv")) {
		o := r.observation(t)
		o.Mean = r.number(t, "zbar")
		require.NoError(t, spends.Add(o))
	}
	_, fit, err := clv.FitGammaGamma(t.Context(), &spends, clv.FitOptions{})
	require.NoError(t, err)
	holdFit(t, fit, "gamma_gamma")
	t.Log("correlation", *fit.Correlation)
}

// finite requires that a fit has numbers throughout, and survives JSON.
func finite(tb testing.TB, fit clv.Fit) {
	tb.Helper()
	for _, p := range fit.Parameters {
		require.Greater(tb, p.Value, 0.0, "%+v", fit)
		require.Less(tb, p.Value, 1e300, "%+v", fit)
		require.GreaterOrEqual(tb, p.StandardError, 0.0, "%+v", fit)
		require.Less(tb, p.StandardError, 1e300, "%+v", fit)
		_, ok := fit.StandardError(p.Name)
		require.Equal(tb, fit.Status == clv.Converged, ok)
	}
	data, err := json.Marshal(fit)
	require.NoError(tb, err)
	var read clv.Fit
	require.NoError(tb, json.Unmarshal(data, &read))
	require.Empty(tb, cmp.Diff(fit, read))
}

// Data without a maximum: fits end, with a status, and forecast numbers.
func TestDegenerateSamples(t *testing.T) {
	t.Parallel()
	for name, obs := range map[string][]clv.Observation{
		"one customer, never back": {{T: 10}},
		"one customer":             {{X: 3, Tx: 5, T: 10}},
		"nobody comes back":        {{T: 10}, {T: 20}, {T: 30}},
		"all alike":                {{X: 2, Tx: 9, T: 10}, {X: 2, Tx: 9, T: 10}},
		"nobody leaves":            {{X: 5, Tx: 10, T: 10}, {X: 1, Tx: 10, T: 10}, {X: 2, Tx: 11, T: 11}, {X: 9, Tx: 12, T: 12}},
		"all leave at once":        {{X: 1, Tx: 1, T: 100}, {X: 1, Tx: 2, T: 100}, {X: 1, Tx: 1, T: 90}},
		"no time between":          {{X: 4, Tx: 0, T: 10}, {X: 1, Tx: 0, T: 5}},
		"no time at all for one":   {{X: 4}, {T: 5}},
		"thousands":                {{X: 4000, Tx: 300, T: 310}, {X: 10, Tx: 3, T: 310}, {T: 310}, {X: 900, Tx: 10, T: 20}},
		"tiny and huge times":      {{X: 1, Tx: 1e-9, T: 1e-8}, {X: 2, Tx: 1e8, T: 1e9}, {T: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := clv.NewSample(obs...)
			require.NoError(t, err)
			bg, fit, err := clv.FitBGNBD(t.Context(), s, clv.FitOptions{})
			require.NoError(t, err)
			finite(t, fit)
			pareto, paretoFit, err := clv.FitParetoNBD(t.Context(), s, clv.FitOptions{})
			require.NoError(t, err)
			finite(t, paretoFit)
			t.Log(fit.Status, bg, fit.Evaluations, paretoFit.Status, pareto, paretoFit.Evaluations)
			for _, m := range []clv.Model{bg, pareto} {
				for _, o := range obs {
					e, ok := m.Expected(o, 10)
					require.True(t, ok)
					require.GreaterOrEqual(t, e, 0.0)
				}
			}
		})
	}
}

// A fit does not see how customers are grouped, nor in which unit their time is.
func TestFitsAreInvariant(t *testing.T) {
	obs := customers(400)
	s, err := clv.NewSample(obs...)
	require.NoError(t, err)
	m, fit, err := clv.FitBGNBD(t.Context(), s, clv.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, clv.Converged, fit.Status)
	finite(t, fit)

	var days, twice clv.Sample
	purchases := 0.0
	for _, o := range obs {
		purchases += float64(o.X)
		require.NoError(t, twice.AddN(o, 2))
		o.Tx, o.T = 7*o.Tx, 7*o.T
		require.NoError(t, days.Add(o))
	}
	inDays, fitDays, err := clv.FitBGNBD(t.Context(), &days, clv.FitOptions{})
	require.NoError(t, err)
	require.InEpsilon(t, 7*m.Alpha, inDays.Alpha, 1e-9)
	require.InEpsilon(t, m.A, inDays.A, 1e-9)
	require.InDelta(t, fit.LogLikelihood-purchases*math.Log(7), fitDays.LogLikelihood, 1e-8)

	double, fitTwice, err := clv.FitBGNBD(t.Context(), &twice, clv.FitOptions{})
	require.NoError(t, err)
	require.InEpsilon(t, m.B, double.B, 1e-9)
	require.Equal(t, fit.Distinct, fitTwice.Distinct)
	require.Equal(t, 2*fit.Customers, fitTwice.Customers)
	for i, p := range fitTwice.Parameters {
		require.InEpsilon(t, fit.Parameters[i].StandardError/math.Sqrt2, p.StandardError, 1e-6)
	}
}

// The maximum is one: no parameters near it are better.
func TestFitsAreMaxima(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	s, err := clv.NewSample(customers(400)...)
	require.NoError(t, err)
	bg, bgFit, err := clv.FitBGNBD(t.Context(), s, clv.FitOptions{})
	require.NoError(t, err)
	pareto, paretoFit, err := clv.FitParetoNBD(t.Context(), s, clv.FitOptions{})
	require.NoError(t, err)
	off := func() float64 { return math.Exp(0.2 * rng.NormFloat64()) }
	for range 80 {
		l, ok := s.LogLikelihood(clv.BGNBD{R: bg.R * off(), Alpha: bg.Alpha * off(), A: bg.A * off(), B: bg.B * off()})
		require.True(t, ok)
		require.Less(t, l, bgFit.LogLikelihood)
		l, ok = s.LogLikelihood(clv.ParetoNBD{R: pareto.R * off(), Alpha: pareto.Alpha * off(), S: pareto.S * off(), Beta: pareto.Beta * off()})
		require.True(t, ok)
		require.Less(t, l, paretoFit.LogLikelihood+1e-6)
	}
	_, ok := s.LogLikelihood(clv.BGNBD{})
	require.False(t, ok)
}

func TestGammaGammaFit(t *testing.T) {
	var s clv.Spends
	for _, o := range customers(400) {
		require.NoError(t, s.Add(o))
	}
	g, fit, err := clv.FitGammaGamma(t.Context(), &s, clv.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, clv.Converged, fit.Status)
	finite(t, fit)
	rng := rand.New(rand.NewPCG(10, 11))
	off := func() float64 { return math.Exp(0.1 * rng.NormFloat64()) }
	for range 80 {
		l, ok := s.LogLikelihood(clv.GammaGamma{P: g.P * off(), Q: g.Q * off(), Gamma: g.Gamma * off()})
		require.True(t, ok)
		require.Less(t, l, fit.LogLikelihood)
	}
	_, ok := fit.StandardError("beta")
	require.False(t, ok)

	var alike clv.Spends
	require.NoError(t, alike.AddN(clv.Observation{X: 2, Tx: 1, T: 2, Mean: 10}, 50))
	_, fit, err = clv.FitGammaGamma(t.Context(), &alike, clv.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, clv.Boundary, fit.Status)
	require.Nil(t, fit.Correlation)
	finite(t, fit)

	_, _, err = clv.FitGammaGamma(t.Context(), &clv.Spends{}, clv.FitOptions{})
	require.ErrorIs(t, err, verdict.ErrMissing)
}

func TestFitOptions(t *testing.T) {
	s, err := clv.NewSample(customers(200)...)
	require.NoError(t, err)
	var calls []int64
	_, fit, err := clv.FitParetoNBD(t.Context(), s, clv.FitOptions{MaxIterations: 3, Progress: func(done, total int64) {
		require.Equal(t, int64(3), total)
		calls = append(calls, done)
	}})
	require.NoError(t, err)
	require.Equal(t, clv.IterationLimit, fit.Status)
	require.Equal(t, []int64{1, 2, 3}, calls)
	finite(t, fit)

	ctx, cancel := context.WithCancel(t.Context())
	_, _, err = clv.FitBGNBD(ctx, s, clv.FitOptions{Progress: func(int64, int64) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
	_, _, err = clv.FitParetoNBD(ctx, s, clv.FitOptions{})
	require.ErrorIs(t, err, context.Canceled)
	var spends clv.Spends
	require.NoError(t, spends.Add(clv.Observation{X: 1, Tx: 1, T: 1, Mean: 1}))
	_, _, err = clv.FitGammaGamma(ctx, &spends, clv.FitOptions{})
	require.ErrorIs(t, err, context.Canceled)

	_, _, err = clv.FitBGNBD(t.Context(), &clv.Sample{}, clv.FitOptions{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, _, err = clv.FitParetoNBD(t.Context(), &clv.Sample{}, clv.FitOptions{})
	require.ErrorIs(t, err, verdict.ErrMissing)
	none, err := clv.NewSample(clv.Observation{}, clv.Observation{X: 2})
	require.NoError(t, err)
	_, _, err = clv.FitBGNBD(t.Context(), none, clv.FitOptions{})
	require.ErrorIs(t, err, verdict.ErrInvalid)
}

// The naive twins of the benchmarks compute the same likelihoods, and their search
// comes near to the maximum and not beyond.
func TestNaiveTwinsAgree(t *testing.T) {
	obs := customers(200)
	s, err := clv.NewSample(obs...)
	require.NoError(t, err)
	for _, o := range obs {
		l, ok := publishedBG.LogLikelihood(o)
		require.True(t, ok)
		require.InDelta(t, l, naiveBG([4]float64{publishedBG.R, publishedBG.Alpha, publishedBG.A, publishedBG.B}, o), 1e-9)
		l, ok = publishedPareto.LogLikelihood(o)
		require.True(t, ok)
		require.InDelta(t, l, naivePareto([4]float64{publishedPareto.R, publishedPareto.Alpha, publishedPareto.S, publishedPareto.Beta}, o), 0.01)
	}
	_, fit, err := clv.FitBGNBD(t.Context(), s, clv.FitOptions{})
	require.NoError(t, err)
	at := naiveFit(obs, naiveBG, [4]float64{math.Log(0.5), math.Log(15), 0, math.Log(2)}, 200)
	naive, ok := s.LogLikelihood(clv.BGNBD{R: math.Exp(at[0]), Alpha: math.Exp(at[1]), A: math.Exp(at[2]), B: math.Exp(at[3])})
	require.True(t, ok)
	require.LessOrEqual(t, naive, fit.LogLikelihood)
	require.InDelta(t, fit.LogLikelihood, naive, 1)
}
