package clv_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/clv"
)

// textbook is E[X(t)] of BG/NBD as it is printed, with the series of ₂F₁ summed as it
// stands: a readable twin for where that works.
func textbook(m clv.BGNBD, o clv.Observation, t float64) float64 {
	x := float64(o.X)
	a, b, c, z := m.R+x, m.B+x, m.A+m.B+x-1, t/(m.Alpha+o.T+t)
	sum, term := 1.0, 1.0
	for j := 0.0; j < 100_000 && math.Abs(term) > 1e-18*math.Abs(sum); j++ {
		term *= (a + j) * (b + j) / ((c + j) * (j + 1)) * z
		sum += term
	}
	e := (m.A + m.B + x - 1) / (m.A - 1) * (1 - math.Pow((m.Alpha+o.T)/(m.Alpha+o.T+t), m.R+x)*sum)
	if o.X > 0 {
		e /= 1 + m.A/(m.B+x-1)*math.Pow((m.Alpha+o.T)/(m.Alpha+o.Tx), m.R+x)
	}
	return e
}

func TestExpectedAgainstTextbook(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 1500 {
		m := clv.BGNBD{R: 0.1 + 3*rng.Float64(), Alpha: 1 + 20*rng.Float64(), A: 1.3 + 3*rng.Float64(), B: 0.5 + 5*rng.Float64()}
		o := clv.Observation{T: 1 + 100*rng.Float64(), X: rng.Int64N(12)}
		if o.X > 0 {
			o.Tx = o.T * rng.Float64()
		}
		span := math.Exp(6*rng.Float64() - 2)
		got, ok := m.Expected(o, span)
		require.True(t, ok)
		require.InEpsilon(t, textbook(m, o, span), got, 1e-9, "%+v %+v %v", m, o, span)
	}
}

// FuzzModels: whatever the numbers, results are numbers within their bounds, or
// undefined.
func FuzzModels(f *testing.F) {
	f.Add(0.243, 4.414, 0.793, 2.426, int64(2), 30.43, 38.86, 39.0)
	f.Add(1e-8, 1e-8, 1.0, 1e8, int64(5000), 1.0, 1.0, 1e6)
	f.Add(1e300, 1e-300, 1e300, 1e-300, int64(1), 0.0, 1e90, 1e90)
	f.Add(1e-300, 1e300, 1e-310, 5e-324, int64(1), 0.0, 1e100, 1e-300)
	f.Add(3.0, 1e300, 1e300, 1e300, int64(7), 1e-300, 1.0, 1.0)
	f.Add(1e9, 1e-9, 1e-9, 1e9, int64(1)<<50, 1.0, 1e9, 1e9)
	f.Fuzz(func(t *testing.T, p1, p2, p3, p4 float64, x int64, tx, end, span float64) {
		o := clv.Observation{X: x, Tx: tx, T: end, Mean: p1}
		for _, m := range []clv.Model{clv.BGNBD{R: p1, Alpha: p2, A: p3, B: p4}, clv.ParetoNBD{R: p1, Alpha: p2, S: p3, Beta: p4}} {
			valid := m.Validate() == nil && o.Validate() == nil
			l, ok := m.LogLikelihood(o)
			number(t, l, ok, valid, math.Inf(-1), math.Inf(1))
			alive, ok := m.Alive(o)
			number(t, alive, ok, valid, 0, 1)
			e, ok := m.Expected(o, span)
			number(t, e, ok, valid, 0, math.Inf(1))
			e, ok = m.ExpectedNew(span)
			number(t, e, ok, m.Validate() == nil, 0, math.Inf(1))
			if p := m.(interface{ Validate() error }); p.Validate() == nil && p1+p3 < 1e3 && span < 1e6 && p2 > 1e-6 && p4 > 1e-6 {
				ps, ok := m.Frequencies(span, 5)
				for _, v := range ps {
					number(t, v, ok, true, 0, 1+1e-9)
				}
			}
			v, ok := clv.Value(m, clv.GammaGamma{P: p1, Q: p2, Gamma: p3}, o, clv.Horizon{Periods: 3, Length: span, Rate: 0.1})
			number(t, v, ok, valid, -1e-6*math.Abs(v), math.Inf(1))
		}
		d, ok := clv.ParetoNBD{R: p1, Alpha: p2, S: p3, Beta: p4}.DERT(o, span)
		number(t, d, ok, true, 0, math.Inf(1))
		g := clv.GammaGamma{P: p1, Q: p2, Gamma: p3}
		l, ok := g.LogLikelihood(o)
		number(t, l, ok, g.Validate() == nil, math.Inf(-1), math.Inf(1))
		e, ok := g.Spend(o)
		number(t, e, ok, g.HasMean(), 0, math.Inf(1))
	})
}

// number requires a result to be finite, 0 where undefined, within its bounds, and
// undefined for what is not valid.
func number(t *testing.T, v float64, ok, valid bool, lo, hi float64) {
	t.Helper()
	require.False(t, math.IsNaN(v) || math.IsInf(v, 0))
	if !ok {
		require.Zero(t, v)
		return
	}
	require.True(t, valid)
	require.GreaterOrEqual(t, v, lo)
	require.LessOrEqual(t, v, hi)
}

func TestReasonableParametersAreAlwaysDefined(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	some := func() float64 { return math.Exp(30*rng.Float64() - 15) }
	for range 1200 {
		o := clv.Observation{X: int64(math.Exp(9*rng.Float64())) - 1, T: some()}
		if o.X > 0 {
			o.Tx = o.T * rng.Float64()
		}
		span := some()
		for _, m := range []clv.Model{
			clv.BGNBD{R: some(), Alpha: some(), A: some(), B: some()},
			clv.ParetoNBD{R: some(), Alpha: some(), S: some(), Beta: some()},
		} {
			_, ok := m.LogLikelihood(o)
			require.True(t, ok, "%+v %+v", m, o)
			_, ok = m.Alive(o)
			require.True(t, ok, "%+v %+v", m, o)
			_, ok = m.Expected(o, span)
			require.True(t, ok, "%+v %+v %v", m, o, span)
			more, ok := m.Expected(o, 1.5*span)
			require.True(t, ok)
			less, _ := m.Expected(o, span)
			require.GreaterOrEqual(t, more, less*(1-1e-9), "%+v %+v %v", m, o, span)
		}
		_, ok := clv.ParetoNBD{R: some(), Alpha: some(), S: some(), Beta: some()}.DERT(o, some())
		require.True(t, ok)
	}
}

// The value does not jump where a formula is singular, or where the method changes.
func TestNothingJumps(t *testing.T) {
	o := clv.Observation{X: 3, Tx: 20, T: 30}
	last := map[string]float64{}
	smooth := func(name string, v float64, ok bool) {
		require.True(t, ok, name)
		if before, seen := last[name]; seen {
			require.InEpsilon(t, before, v, 0.03, name)
		}
		last[name] = v
	}
	for i := range 1000 {
		at := 1 + float64(i-500)/1000*(math.Abs(float64(i-500))/500)
		e, ok := clv.BGNBD{R: 0.5, Alpha: 5, A: at, B: 2}.Expected(o, 40)
		smooth("a", e, ok)
		e, ok = clv.ParetoNBD{R: 0.5, Alpha: 5, S: at, Beta: 9}.Expected(o, 40)
		smooth("s", e, ok)
		e, ok = clv.ParetoNBD{R: 0.5, Alpha: 5, S: at, Beta: 9}.DERT(o, 0.003)
		smooth("dert", e, ok)
		e, ok = clv.BGNBD{R: 0.5, Alpha: 5, A: 0.9, B: 2}.Expected(o, 10*math.Pow(1.02, float64(i)))
		smooth("t", e, ok)
		e, ok = clv.ParetoNBD{R: 0.5, Alpha: 5, S: 1.2, Beta: 9}.DERT(o, 1e-4*math.Pow(1.02, float64(i)))
		smooth("delta", e, ok)
		e, ok = clv.ParetoNBD{R: 0.5, Alpha: 9 * at, S: 1.2, Beta: 9}.Alive(o)
		smooth("alpha = beta", e, ok)
	}
}

func TestFrequenciesGiveTheMean(t *testing.T) {
	for _, m := range []clv.Model{publishedBG, publishedPareto} {
		for _, span := range []float64{0, 1e-3, 1, 20} {
			ps, ok := m.Frequencies(span, clv.MaxFrequency)
			require.True(t, ok)
			mean := 0.0
			for x, p := range ps {
				mean += float64(x) * p
			}
			want, _ := m.ExpectedNew(span)
			require.InDelta(t, want, mean, 1e-11*(1+want))
		}
		_, ok := m.Frequencies(-1, 3)
		require.False(t, ok)
		_, ok = m.Frequencies(1, 0)
		require.False(t, ok)
	}
	far := clv.ParetoNBD{R: 900, Alpha: 1, S: 1e-3, Beta: 1e4}
	ps, ok := far.Frequencies(2, clv.MaxFrequency)
	require.True(t, ok)
	require.Greater(t, ps[clv.MaxFrequency], 0.99) // 1,800 expected, the first masses underflow
	ps, ok = clv.ParetoNBD{R: 1e300, Alpha: 1, S: 1, Beta: 1}.Frequencies(2, 3)
	require.True(t, ok)
	require.Equal(t, []float64{0, 0, 0, 1}, ps)
}

func TestDERTLimits(t *testing.T) {
	o := clv.Observation{X: 2, Tx: 5, T: 9}
	m := clv.ParetoNBD{R: 0.5, Alpha: 10, S: 2.5, Beta: 12}
	total, ok := m.DERT(o, 0)
	require.True(t, ok)
	almost, ok := m.DERT(o, 1e-9)
	require.True(t, ok)
	require.InEpsilon(t, total, almost, 1e-6)
	forever, _ := m.Expected(o, 1e15)
	require.InEpsilon(t, total, forever, 1e-12)
	m.S = 1
	_, ok = m.DERT(o, 0)
	require.False(t, ok)
	_, ok = m.DERT(o, -1)
	require.False(t, ok)
}

func TestModelsRefuse(t *testing.T) {
	for _, m := range []interface{ Validate() error }{
		clv.BGNBD{}, clv.ParetoNBD{R: 1, Alpha: math.NaN(), S: 1, Beta: 1}, clv.GammaGamma{P: 1, Q: math.Inf(1), Gamma: 1}, clv.BGNBD{R: -1, Alpha: 1, A: 1, B: 1},
	} {
		require.ErrorIs(t, m.Validate(), verdict.ErrRange)
		require.ErrorContains(t, m.Validate(), "clv: ")
	}
	require.ErrorContains(t, clv.BGNBD{R: 1}.Validate(), "alpha: ")
	require.NoError(t, fittedGG.Validate())
	require.False(t, clv.GammaGamma{P: 1, Q: 1, Gamma: 1}.HasMean())

	o := clv.Observation{T: 1}
	for _, h := range []clv.Horizon{{}, {Periods: 1}, {Periods: 1, Length: 1, Rate: -1}, {Periods: 1 << 30, Length: 1}, {Periods: 1, Length: math.NaN()}} {
		require.ErrorIs(t, h.Validate(), verdict.ErrRange)
		_, ok := clv.Discounted(publishedBG, o, h)
		require.False(t, ok)
		_, ok = clv.Value(publishedBG, fittedGG, o, h)
		require.False(t, ok)
	}
	_, ok := clv.Discounted(clv.BGNBD{}, o, clv.Horizon{Periods: 1, Length: 1})
	require.False(t, ok)
	_, ok = clv.Value(publishedBG, clv.GammaGamma{}, o, clv.Horizon{Periods: 1, Length: 1})
	require.False(t, ok)
	undiscounted, ok := clv.Discounted(publishedPareto, o, clv.Horizon{Periods: 9, Length: 2})
	require.True(t, ok)
	whole, _ := publishedPareto.Expected(o, 18)
	require.InEpsilon(t, whole, undiscounted, 1e-13)
}

func TestModelsAreJSON(t *testing.T) {
	data, err := json.Marshal([]any{publishedBG, publishedPareto, fittedGG, clv.Observation{X: 2, Tx: 3, T: 4}, clv.Horizon{Periods: 1, Length: 4, Rate: 0.01}})
	require.NoError(t, err)
	require.Equal(t, `[{"r":0.243,"alpha":4.414,"a":0.793,"b":2.426},{"r":0.553,"alpha":10.578,"s":0.606,"beta":11.669},`+
		`{"p":6.25,"q":3.74,"gamma":15.44},{"x":2,"tx":3,"t":4},{"periods":1,"length":4,"rate":0.01}]`, string(data))
}
