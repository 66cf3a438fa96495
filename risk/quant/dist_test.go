package quant_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// A distribution of the reference data.
type referenceDist struct {
	Kind           string
	Params         map[string]*float64
	Mean, Variance float64
	Quantiles, CDF quantiles
}

func (c referenceDist) param(name string, missing float64) float64 {
	if v := c.Params[name]; v != nil {
		return *v
	}
	return missing
}

func (c referenceDist) build(tb testing.TB) quant.Dist {
	tb.Helper()
	get := func(name string) float64 { return c.param(name, math.NaN()) }
	at := func(p float64) quant.Percentile {
		return quant.Percentile{P: p, Value: get(fmt.Sprintf("p%.0f", 100*p))}
	}
	switch c.Kind {
	case "uniform":
		return uniform(get("min"), get("max"))
	case "triangular":
		return triangular(get("min"), get("mode"), get("max"))
	case "betapert":
		return must(quant.NewPERTWeight(get("min"), get("mode"), get("max"), get("lambda")))
	case "normal":
		return normal(get("mean"), get("sd"))
	case "truncnormal":
		return must(quant.NewTruncatedNormal(get("mean"), get("sd"), c.param("min", math.Inf(-1)), c.param("max", math.Inf(1))))
	case "lognormal-p10p90":
		return must(quant.LognormalFrom(at(0.1), at(0.9)))
	case "lognormal-p5p95":
		return must(quant.LognormalFrom(at(0.05), at(0.95)))
	case "lognormal-meansd":
		return must(quant.NewLognormal(get("mean"), get("sd")))
	}
	require.FailNow(tb, "unknown kind", c.Kind)
	return nil
}

func TestDistributionsAgainstReference(t *testing.T) {
	t.Parallel()
	var cases []referenceDist
	load(t, "distributions.json", &cases)
	require.Len(t, cases, 25)
	for _, c := range cases {
		d := c.build(t)
		require.InEpsilon(t, c.Mean, d.Mean(), 1e-14, "%v", d)
		// In a far tail the reference's variance is a difference of large numbers.
		require.InEpsilon(t, c.Variance, d.Var(), 1e-11, "%v", d)
		for text, want := range c.Quantiles {
			require.InEpsilon(t, want, d.Quantile(number(t, text)), 1e-14, "%v at %s", d, text)
		}
		for text, want := range c.CDF {
			require.InEpsilon(t, want, d.CDF(number(t, text)), 1e-13, "%v at %s", d, text)
		}
	}
}

func TestCompoundsAgainstReference(t *testing.T) {
	t.Parallel()
	numbers(t)
	var cases []struct {
		Model, Severity string
		P, Rate         float64
		Mean, Variance  float64
		Third           float64 `json:"third_central"`
		None            float64 `json:"p_zero"`
		Quantiles       quantiles
	}
	load(t, "compound.json", &cases)
	for _, c := range cases {
		severity := triangular(10, 15, 30)
		if strings.HasPrefix(c.Severity, "ln") {
			severity = lognormalP10P90(20_000, 250_000)
		}
		if c.Model == "bernoulli" {
			d := must(quant.NewBernoulli(c.P, severity))
			requireMoments(t, c.Mean, c.Variance, d, 1e-13)
			for text, want := range c.Quantiles {
				require.InDelta(t, want, d.Quantile(number(t, text)), 1e-13*(1+want)*10, "%v at %s", d, text)
			}
			continue
		}
		d := must(quant.NewPoisson(c.Rate, severity))
		requireMoments(t, c.Mean, c.Variance, d, 1e-13)
		require.InDelta(t, c.None, d.CDF(0), 1e-9, "%v", d)
		if strings.HasPrefix(c.Severity, "tri") {
			require.InEpsilon(t, c.Third, thirdMoment(d), 1e-3, "%v", d)
		}
	}
}

func requireMoments(tb testing.TB, mean, variance float64, d quant.Dist, tolerance float64) {
	tb.Helper()
	require.InEpsilon(tb, mean, d.Mean(), tolerance, "%v", d)
	require.InEpsilon(tb, variance, d.Var(), tolerance, "%v", d)
}

// thirdMoment integrates the third central moment over quantiles.
func thirdMoment(d quant.Dist) float64 {
	const n = 100_000
	sum := 0.0
	for i := range n {
		e := d.Quantile((float64(i)+0.5)/n) - d.Mean()
		sum += e * e * e / n
	}
	return sum
}

// everyKind returns distributions of all kinds, hard corners among them.
func everyKind() []quant.Dist {
	return []quant.Dist{
		uniform(10, 30), uniform(-1e-9, 1e-9), sure(7),
		triangular(10, 15, 30), triangular(0, 0, 1), triangular(-1, 1, 1), triangular(4, 4, 4),
		pert(10, 15, 30), pert(0, 0, 1), pert(0, 1, 1), pert(1000, 1000.001, 5000), pert(3, 3, 3),
		must(quant.NewPERTWeight(0, 0.2, 1, 0)), must(quant.NewPERTWeight(0, 0.2, 1, 300)), must(quant.NewPERTWeight(0, 1, 1, 10_000)),
		normal(100, 15), normal(5, 0),
		must(quant.NewTruncatedNormal(100, 50, 0, math.Inf(1))), must(quant.NewTruncatedNormal(0, 1, 5, 8)),
		must(quant.NewTruncatedNormal(0, 1, math.Inf(-1), -30)), must(quant.NewTruncatedNormal(0, 1, 0.5, 0.5000001)), must(quant.NewTruncatedNormal(0, 1, 2, 2)),
		must(quant.NewTruncatedNormal(0, 1, -1, 2)),
		lognormalP10P90(20_000, 250_000), lognormalP10P90(5, 5), must(quant.NewLognormal(1, 5)),
		must(quant.NewDiscrete(quant.Outcome{Value: 3, P: 0.2}, quant.Outcome{Value: -1, P: 0.5}, quant.Outcome{Value: 8, P: 0.3})),
		must(quant.NewEmpirical(5, 1, 1, 9, 2)),
		must(quant.NewBernoulli(0.3, pert(10, 15, 30))), must(quant.NewBernoulli(0.7, uniform(-5, 10))), must(quant.NewBernoulli(0, sure(3))),
		must(quant.NewPoisson(0.7, triangular(10, 15, 30))), must(quant.NewPoisson(0, sure(3))), must(quant.NewPoisson(2, sure(3))),
		quant.Negate(lognormalP10P90(1, 2)), quant.Negate(pert(0, 0, 1)), quant.Negate(must(quant.NewEmpirical(5, 1))), quant.Negate(uniform(1, 2)),
		quant.Negate(triangular(1, 1, 2)), quant.Negate(normal(1, 2)), quant.Negate(must(quant.NewTruncatedNormal(0, 1, 5, 8))),
		quant.Negate(must(quant.NewBernoulli(0.3, pert(10, 15, 30)))), quant.Negate(must(quant.NewPoisson(0.7, triangular(10, 15, 30)))),
		quant.Uniform{}, quant.Triangular{}, quant.PERT{}, quant.Normal{}, quant.TruncatedNormal{}, quant.Lognormal{}, quant.Negative{},
	}
}

// A CDF rises from 0 to 1, and the quantile is its inverse: the least x with
// CDF(x) ≥ p. Nothing is NaN or infinite, whatever the argument.
func TestDistributionInvariants(t *testing.T) {
	t.Parallel()
	numbers(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, d := range everyKind() {
		last := math.Inf(-1)
		for i := range 2001 {
			p := float64(i) / 2000
			x := d.Quantile(p)
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0), "%v at %v", d, p)
			require.GreaterOrEqual(t, x, last, "%v at %v", d, p)
			last = x
			if p > 0 && p < 1 {
				require.GreaterOrEqual(t, d.CDF(x+1e-12*math.Abs(x)+1e-300), p-2e-7, "%v at %v", d, p)
				require.LessOrEqual(t, d.CDF(x-1e-9*math.Abs(x)-1e-290), p+2e-7, "%v at %v", d, p)
			}
		}
		lo, hi := d.Quantile(0), d.Quantile(1)
		before := 0.0
		for i := range 1000 {
			x := lo + (hi-lo)*float64(i)/999
			c := d.CDF(x)
			require.True(t, c >= before-1e-12 && c <= 1, "%v at %v: %v after %v", d, x, c, before)
			before = c
		}
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, r.NormFloat64()} {
			c := d.CDF(x)
			require.True(t, c >= 0 && c <= 1, "%v at %v: %v", d, x, c)
			require.False(t, math.IsNaN(d.Quantile(x)) || math.IsInf(d.Quantile(x), 0), "%v at %v", d, x)
		}
		require.Equal(t, 0.0, d.CDF(math.NaN()), "%v", d)
		require.Equal(t, 0.0, d.CDF(math.Inf(-1)), "%v", d)
		require.InDelta(t, 1, d.CDF(math.Inf(1)), 1e-6, "%v", d)
		require.Equal(t, d.Quantile(0), d.Quantile(math.NaN()), "%v", d)
		require.NotEmpty(t, fmt.Sprint(d))
	}
}

// Mean and variance are those of the quantiles, integrated.
func TestDistributionMoments(t *testing.T) {
	t.Parallel()
	numbers(t)
	for _, d := range everyKind() {
		const n = 20_000
		var mean, square float64
		for i := range n {
			x := d.Quantile((float64(i) + 0.5) / n)
			mean += x / n
			square += (x - d.Mean()) * (x - d.Mean()) / n
		}
		sd := math.Sqrt(d.Var())
		require.InDelta(t, d.Mean(), mean, 1e-2*sd+1e-9*math.Abs(mean)+1e-15, "%v", d)
		if fmt.Sprint(d) != fmt.Sprint(must(quant.NewLognormal(1, 5))) { // its variance lies beyond these quantiles
			require.InDelta(t, sd, math.Sqrt(square), 4e-2*sd+1e-9, "%v", d)
		}
	}
}

// The mirror image has the mirrored law.
func TestNegate(t *testing.T) {
	t.Parallel()
	require.Nil(t, quant.Negate(nil))
	kinds := everyKind()
	if counted() {
		kinds = slices.DeleteFunc(kinds, func(d quant.Dist) bool { _, poisson := d.(quant.Poisson); return poisson }) // a grid each
	}
	for _, d := range kinds {
		n := quant.Negate(d)
		require.InDelta(t, -d.Mean(), n.Mean(), 1e-12*math.Abs(d.Mean()), "%v", d)
		require.InEpsilon(t, 1+d.Var(), 1+n.Var(), 1e-12, "%v", d)
		for _, p := range []float64{0.01, 0.23, 0.51, 0.87} {
			require.InDelta(t, d.Quantile(p), quant.Negate(n).Quantile(p), 1e-9*(1+math.Abs(d.Quantile(p))), "%v", d)
			require.InDelta(t, -d.Quantile(1-p+1e-9), n.Quantile(p-1e-9), 1e-5*(1+math.Abs(d.Quantile(p))), "%v at %v", d, p)
		}
	}
}

func TestDistributionFaults(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	tests := map[string]struct {
		err  error
		want error
		text string
	}{
		"uniform order":      {second(quant.NewUniform(2, 1)), quant.ErrRange, "quant: uniform: max: out of range: 1 is below min 2"},
		"uniform NaN":        {second(quant.NewUniform(nan, 1)), quant.ErrRange, "min: out of range: NaN"},
		"point infinite":     {second(quant.Sure(inf)), quant.ErrRange, "+Inf"},
		"triangular order":   {second(quant.NewTriangular(1, 3, 2)), quant.ErrRange, "max: out of range: 2 is below mode 3"},
		"triangular two":     {second(quant.NewTriangular(nan, inf, 2)), quant.ErrRange, "min: out of range: NaN, want a number up to 1e100\nmode"},
		"PERT order":         {second(quant.NewPERT(3, 2, 5)), quant.ErrRange, "quant: PERT: mode: out of range: 2 is below min 3"},
		"PERT lambda":        {second(quant.NewPERTWeight(1, 2, 5, -1)), quant.ErrRange, "lambda: out of range: -1"},
		"PERT lambda NaN":    {second(quant.NewPERTWeight(1, 2, 5, nan)), quant.ErrRange, "lambda"},
		"normal":             {second(quant.NewNormal(0, -1)), quant.ErrRange, "sd: out of range: -1, want 0 or more"},
		"truncated order":    {second(quant.NewTruncatedNormal(0, 1, 2, 1)), quant.ErrRange, "from 2 to 1"},
		"truncated sd":       {second(quant.NewTruncatedNormal(0, 0, 1, 2)), quant.ErrRange, "sd"},
		"truncated nothing":  {second(quant.NewTruncatedNormal(0, 1, 100, 101)), quant.ErrRange, "no probability from 100 to 101"},
		"truncated infinite": {second(quant.NewTruncatedNormal(0, 1, inf, inf)), quant.ErrRange, "from +Inf to +Inf"},
		"truncated large":    {second(quant.NewTruncatedNormal(0, 1, -1e200, 3)), quant.ErrRange, "min"},
		"lognormal lo 0":     {second(quant.LognormalFrom(quant.Percentile{P: 0.1, Value: 0}, quant.Percentile{P: 0.9, Value: 5})), quant.ErrRange, "lo: out of range: 0, want more than 0"},
		"lognormal order":    {second(quant.LognormalFrom(quant.Percentile{P: 0.1, Value: 6}, quant.Percentile{P: 0.9, Value: 5})), quant.ErrRange, "hi: out of range: 5 is below lo 6"},
		"lognormal p":        {second(quant.LognormalFrom(quant.Percentile{P: 0.9, Value: 1}, quant.Percentile{P: 0.1, Value: 5})), quant.ErrRange, "0.9 and 0.1, want 0 < lo < hi < 1"},
		"lognormal mean":     {second(quant.NewLognormal(-1, 5)), quant.ErrRange, "mean"},
		"lognormal too wide": {second(quant.LognormalFrom(quant.Percentile{P: 0.5, Value: 1}, quant.Percentile{P: 0.501, Value: 5})), quant.ErrRange, "makes the variance too large"},
		"discrete none":      {second(quant.NewDiscrete()), quant.ErrMissing, "quant: discrete: outcomes: missing"},
		"discrete sum":       {second(quant.NewDiscrete(quant.Outcome{Value: 1, P: 0.5})), quant.ErrRange, "0.5 in sum, want 1"},
		"discrete p":         {second(quant.NewDiscrete(quant.Outcome{Value: nan, P: 1.5})), quant.ErrRange, "outcomes[0].value"},
		"empirical none":     {second(quant.NewEmpirical()), quant.ErrMissing, "sample: missing"},
		"empirical NaN":      {second(quant.NewEmpirical(1, nan)), quant.ErrRange, "sample[1]"},
		"bernoulli":          {second(quant.NewBernoulli(1.5, nil)), quant.ErrMissing, "p: out of range: 1.5, want 0 to 1\nseverity: missing"},
		"bernoulli infinite": {second(quant.NewBernoulli(0.5, broken{})), quant.ErrNotFinite, "mean NaN"},
		"poisson":            {second(quant.NewPoisson(-1, sure(1))), quant.ErrRange, "rate: out of range: -1, want 0 to 1000"},
		"poisson compound":   {second(quant.NewPoisson(1, must(quant.NewBernoulli(0.5, sure(1))))), quant.ErrInvalid, "a compound"},
	}
	for name, tt := range tests {
		require.ErrorIs(t, tt.err, tt.want, name)
		require.ErrorContains(t, tt.err, tt.text, name)
		require.ErrorContains(t, tt.err, "quant: ", name)
	}
}

func second[D any](_ D, err error) error { return err }

// broken is a distribution of a caller's own that gives no numbers.
type broken struct{}

func (broken) CDF(float64) float64      { return math.NaN() }
func (broken) Quantile(float64) float64 { return math.NaN() }
func (broken) Mean() float64            { return math.NaN() }
func (broken) Var() float64             { return 1 }

func TestDiscrete(t *testing.T) {
	t.Parallel()
	d := must(quant.NewDiscrete(quant.Outcome{Value: 2, P: 0.1}, quant.Outcome{Value: 1, P: 0.2}, quant.Outcome{Value: 2, P: 0.3}, quant.Outcome{Value: 5, P: 0.4}, quant.Outcome{Value: 9}))
	require.Equal(t, []float64{1, 1, 2, 2, 5, 5}, []float64{d.Quantile(0), d.Quantile(0.2), d.Quantile(0.2000001), d.Quantile(0.6), d.Quantile(0.61), d.Quantile(1)})
	require.InDelta(t, 0.6, d.CDF(4.9), 1e-15)
	require.Equal(t, 1.0, d.CDF(5))
	require.Equal(t, "discrete of 3 values from 1 to 5", fmt.Sprint(d))
	require.Equal(t, "discrete", fmt.Sprint(quant.Discrete{}))
	require.Equal(t, "empirical of 2 values from 1 to 3", fmt.Sprint(must(quant.NewEmpirical(3, 1))))
	require.Equal(t, 1.0, must(quant.NewEmpirical(3, 1)).Var(), "divided by n")
}

// FuzzPERT checks that the quantile inverts the CDF for any shape.
func FuzzPERT(f *testing.F) {
	f.Add(10.0, 15.0, 30.0, 4.0, 0.8)
	f.Add(0.0, 0.0, 1.0, 0.0, 1e-300)
	f.Add(0.0, 1.0, 1.0, 1e4, 0.5)
	f.Fuzz(func(t *testing.T, a, m, b, lambda, p float64) {
		d, err := quant.NewPERTWeight(a, m, b, lambda)
		if err != nil {
			return
		}
		x := d.Quantile(p)
		require.True(t, x >= a && x <= b, "%v at %v: %v", d, p, x)
		if p > 1e-12 && p < 1-1e-12 && b > a {
			// One step of the grid of numbers around x tells how close a CDF can come.
			up, down := math.Nextafter(x, math.Inf(1)), math.Nextafter(x, math.Inf(-1))
			room := 1e-9*p + (d.CDF(up) - d.CDF(down))
			require.InDelta(t, p, d.CDF(x), room+1e-12, "%v", d)
		}
	})
}

// A small probability next to the mode is not lost beside the width of the triangle: with
// d = p·width, the quantile is d/2 + d²/8r + … beyond the mode.
func TestTriangularNearItsMode(t *testing.T) {
	d := triangular(0, 0, 331)
	require.InEpsilon(t, 331*(1-math.Sqrt(1-0.25)), d.Quantile(0.25), 1e-15)
	for _, p := range []float64{4e-12, 1e-200, 1e-3, 0.4, 0.6, 0.999} {
		x := d.Quantile(p)
		require.InEpsilon(t, p, d.CDF(x), 1e-14)
		if p < 1e-9 {
			require.InEpsilon(t, 331*p/2, x, 1e-9)
		}
	}
}
