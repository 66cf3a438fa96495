package quant_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// Covariance, and with it the variance of the total, of two severities under a
// Gaussian copula.
func TestExactCovariance(t *testing.T) {
	t.Parallel()
	numbers(t)
	var cases []struct {
		Name           string
		Mu, Sigma      []float64
		Rho            float64 `json:"rho_z"`
		Mean, Variance float64
		Pearson        float64
		Spearman       float64
		Cov            float64
	}
	load(t, "sums.json", &cases)
	seen := 0
	for _, c := range cases {
		var a, b quant.Dist
		switch {
		case strings.HasPrefix(c.Name, "two lognormals"):
			of := func(i int) quant.Dist {
				return lognormalP10P90(math.Exp(c.Mu[i]+c.Sigma[i]*quant.NormQuantile(0.1)), math.Exp(c.Mu[i]+c.Sigma[i]*quant.NormQuantile(0.9)))
			}
			a, b = of(0), of(1)
		case strings.HasPrefix(c.Name, "tri("):
			a, b = triangular(10, 15, 30), triangular(0, 5, 50)
		default:
			continue
		}
		seen++
		require.InDelta(t, c.Spearman, quant.Spearman(c.Rho), 1e-12)
		require.InDelta(t, c.Rho, quant.Latent(c.Spearman), 1e-12)
		m := &quant.Model{
			Risks: []quant.Risk{{ID: "a", P: 1, Severity: a}, {ID: "b", P: 1, Severity: b}},
			Pairs: []quant.Pair{{A: "b", B: "a", Severity: c.Spearman}},
		}
		r := analyze(t, m, quant.Options{})
		require.InEpsilon(t, c.Mean, r.Cost.Mean.Value, 1e-12, c.Name)
		tolerance := 1e-12
		if c.Cov != 0 { // there the reference holds to 1e-4
			tolerance = 2e-4
		}
		require.InEpsilon(t, c.Variance, r.Cost.SD.Value*r.Cost.SD.Value, tolerance, c.Name)
		cov := r.Contributions[0].Covariance - a.Var()
		require.InEpsilon(t, c.Pearson, cov/math.Sqrt(a.Var()*b.Var()), tolerance, c.Name)
		if c.Cov != 0 {
			require.InEpsilon(t, c.Cov, cov, tolerance, c.Name)
			require.InEpsilon(t, slowCovariance(a, b, c.Rho), cov, 1e-6, c.Name)
		}
	}
	require.Equal(t, 7, seen)
}

// Two risks with a latent correlation: both happen, any happens.
func TestExactOccurrences(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Name   string
		P      []float64
		Rho    float64 `json:"rho_z"`
		Both   float64 `json:"p_both"`
		Any    float64 `json:"p_any"`
		Phi    float64
		Lowest float64 `json:"frechet_min_both"`
		Most   float64 `json:"frechet_max_both"`
	}
	load(t, "sums.json", &cases)
	seen := 0
	for _, c := range cases {
		if !strings.HasPrefix(c.Name, "two occurrences") {
			continue
		}
		seen++
		require.InDelta(t, c.Both, quant.BothHappen(c.P[0], c.P[1], c.Rho), 1e-14)
		require.InDelta(t, c.Most, quant.BothHappen(c.P[0], c.P[1], 1), 1e-15)
		require.InDelta(t, c.Lowest, quant.BothHappen(c.P[0], c.P[1], -1), 1e-15)
		m := &quant.Model{
			Risks: []quant.Risk{{ID: "a", P: c.P[0], Severity: sure(1)}, {ID: "b", P: c.P[1], Severity: sure(2)}},
			Pairs: []quant.Pair{{A: "a", B: "b", Occurrence: quant.Spearman(c.Rho)}},
		}
		r := analyze(t, m, quant.Options{CostAbove: []float64{0, 2}})
		require.InDelta(t, c.Any, r.Cost.Exceedances[0].Value, 1e-13)
		require.InDelta(t, c.Both, r.Cost.Exceedances[1].Value, 1e-13)
		cov := r.Contributions[0].Covariance - c.P[0]*(1-c.P[0])
		require.InDelta(t, c.Phi, cov/2/math.Sqrt(c.P[0]*(1-c.P[0])*c.P[1]*(1-c.P[1])), 1e-12)
	}
	require.Equal(t, 4, seen)
	require.Zero(t, quant.BothHappen(0, 0.5, 0.5))
	require.Equal(t, 0.4, quant.BothHappen(1, 0.4, 0.5))
	require.InDelta(t, 0.1, quant.BothHappen(0.5, 0.2, math.NaN()), 1e-15)
	// Close to the ends the integrand falls within a tiny distance.
	require.InDelta(t, 0.3, quant.BothHappen(0.3, 0.3, 1-1e-15), 1e-7)
	require.InDelta(t, 0.1, quant.BothHappen(0.3, 0.1, 1-1e-12), 1e-14)
}

// slowCovariance integrates (X − μ)(Y − ν) over a grid of the two normal variables.
func slowCovariance(a, b quant.Dist, r float64) float64 {
	const n, h = 700, 17.0 / 700
	z := make([]float64, n)
	w := make([]float64, n)
	for i := range z {
		z[i] = (float64(i)+0.5)*h - 8.5
		w[i] = h * math.Exp(-z[i]*z[i]/2) / math.Sqrt(2*math.Pi)
	}
	sum := 0.0
	for i := range z {
		inner := 0.0
		for k := range z {
			inner += w[k] * (b.Quantile(quant.NormCDF(r*z[i]+math.Sqrt(1-r*r)*z[k])) - b.Mean())
		}
		sum += w[i] * inner * (a.Quantile(quant.NormCDF(z[i])) - a.Mean())
	}
	return sum
}
