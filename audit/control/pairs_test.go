package control_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
)

// The interval of published tables: of D. G. Altman et al., "Statistics with
// Confidence", 2nd ed., 2000, table 6.2, and of the paired tables of M. W. Fagerland, S.
// Lydersen and P. Laake, "Statistical Analysis of Contingency Tables", 2017, ch. 8, as
// the package contingencytables for R prints it. The further digits, and the other
// tables, were computed from the formula with 30 digits.
func TestGainReference(t *testing.T) {
	t.Parallel()
	tests := []struct {
		p               control.Pairs
		gain, low, high float64
	}{
		{control.Pairs{Both: 14, Only: 5, Neither: 22}, 0.121951219512, 0.011483241383, 0.226492684351}, // published 0.011 to 0.226
		{control.Pairs{Both: 59, Only: 6, Other: 16, Neither: 80}, -0.0621118012422, -0.118621195639, -0.00462511393305},
		{control.Pairs{Both: 1, Only: 1, Other: 7, Neither: 12}, -0.285714285714, -0.506920226686, -0.0255591241649},
		{control.Pairs{Both: 36, Only: 12, Other: 2}, 0.2, 0.0569295840032, 0.340427602975},
		{control.Pairs{Neither: 1}, 0, -0.793450685623, 0.793450685623},
		{control.Pairs{Both: 1}, 0, -0.793450685623, 0.793450685623},
		{control.Pairs{Both: 10}, 0, -0.277532799863, 0.277532799863},
		{control.Pairs{Only: 10}, 1, 0.607509350431, 1},
		{control.Pairs{Both: 5, Neither: 5}, 0, -0.166593157081, 0.166593157081},
		{control.Pairs{Other: 3, Neither: 7}, -0.3, -0.603221852539, 0.0375924345791},
	}
	for _, tt := range tests {
		got, ok := tt.p.Gain()
		require.True(t, ok)
		require.InDeltaSlice(t, []float64{tt.gain, tt.low, tt.high}, []float64{got.Value, got.Low, got.High}, 1e-11, "%+v", tt.p)
	}
}

// bigGain is the interval as Newcombe writes it, with 200 bits.
func bigGain(p control.Pairs) (low, high float64) {
	num := func(v float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(v) }
	add := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(200).Add(a, b) }
	sub := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(200).Sub(a, b) }
	mul := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(200).Mul(a, b) }
	quo := func(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(200).Quo(a, b) }
	root := func(a *big.Float) *big.Float {
		if a.Sign() < 0 {
			a = num(0)
		}
		return new(big.Float).SetPrec(200).Sqrt(a)
	}
	z, _, _ := big.ParseFloat("1.959963984540054235524594430520551", 10, 200, big.ToNearestEven)
	a, b, c, d := num(float64(p.Both)), num(float64(p.Only)), num(float64(p.Other)), num(float64(p.Neither))
	n := add(add(a, b), add(c, d))
	wilson := func(k *big.Float) (share, l, u *big.Float) { // roots of (p − x)² = z²x(1 − x)/n
		z2 := mul(z, z)
		middle, under := add(k, quo(z2, num(2))), add(n, z2)
		half := mul(z, root(add(mul(k, sub(num(1), quo(k, n))), quo(z2, num(4)))))
		return quo(k, n), quo(sub(middle, half), under), quo(add(middle, half), under)
	}
	p1, l1, u1 := wilson(add(a, b))
	p2, l2, u2 := wilson(add(a, c))
	phi := num(0)
	if under := mul(mul(add(a, b), add(c, d)), mul(add(a, c), add(b, d))); under.Sign() != 0 {
		over := sub(mul(a, d), mul(b, c))
		if over.Sign() > 0 {
			if over = sub(over, quo(n, num(2))); over.Sign() < 0 {
				over = num(0)
			}
		}
		phi = quo(over, root(under))
	}
	width := func(x, y *big.Float) *big.Float {
		return root(add(sub(mul(x, x), mul(mul(num(2), phi), mul(x, y))), mul(y, y)))
	}
	theta := sub(p1, p2)
	low, _ = sub(theta, width(sub(p1, l1), sub(u2, p2))).Float64()
	high, _ = add(theta, width(sub(u1, p1), sub(p2, l2))).Float64()
	return low, high
}

func randomPairs(rng *rand.Rand, most int) control.Pairs {
	count := func() int { return rng.IntN(2) * rng.IntN(most) }
	return control.Pairs{Both: count(), Only: count(), Other: count(), Neither: count() + 1}
}

// The interval is that of the slow twin, lies within -1 and 1 about the gain, and turns
// about if the options do.
func TestGainAsTwin(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		p := randomPairs(rng, []int{3, 30, 1000, 1 << 28}[rng.IntN(4)])
		got, ok := p.Gain()
		require.True(t, ok)
		low, high := bigGain(p)
		require.InDelta(t, low, got.Low, 1e-12, "%+v", p)
		require.InDelta(t, high, got.High, 1e-12, "%+v", p)
		require.True(t, -1 <= got.Low && got.Low <= got.Value && got.Value <= got.High && got.High <= 1, "%+v %+v", p, got)
		back, _ := control.Pairs{Both: p.Both, Only: p.Other, Other: p.Only, Neither: p.Neither}.Gain()
		require.InDeltaSlice(t, []float64{-got.Value, -got.High, -got.Low}, []float64{back.Value, back.Low, back.High}, 1e-15)
	}
}

// Where both fared alike, the gain is exactly 0 and the interval holds 0 and shrinks
// with the iterations: much faster than that of one share.
func TestGainAlike(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 2, 10, 1000, 1_000_000} {
		for _, both := range []int{0, n / 3, n} {
			got, ok := control.Pairs{Both: both, Neither: n - both}.Gain()
			require.True(t, ok)
			require.Zero(t, got.Value)
			require.Less(t, got.Low, 0.0)
			require.Greater(t, got.High, 0.0)
			require.LessOrEqual(t, got.High, 5/float64(n))
		}
	}
	for _, p := range []control.Pairs{{}, {Both: -1, Neither: 3}} {
		_, ok := p.Gain()
		require.False(t, ok)
		_, ok = p.McNemar()
		require.False(t, ok)
	}
}

// The coverage of the interval is computed, not sampled: over all tables of 60
// iterations, each with its multinomial probability. On average it is 0.966, at least
// 0.938; it comes down to 0.95 with more iterations.
func TestGainCoverage(t *testing.T) {
	t.Parallel()
	const n = 60
	type bounds struct{ low, high float64 }
	var tables []control.Pairs
	var intervals []bounds
	for a := range n + 1 {
		for b := range n + 1 - a {
			for c := range n + 1 - a - b {
				p := control.Pairs{Both: a, Only: b, Other: c, Neither: n - a - b - c}
				g, _ := p.Gain()
				tables, intervals = append(tables, p), append(intervals, bounds{g.Low, g.High})
			}
		}
	}
	log := make([]float64, n+1)
	for i := range log {
		log[i], _ = math.Lgamma(float64(i + 1))
	}
	coverage := func(both, only, other float64) float64 {
		sum, theta := 0.0, only-other
		p := []float64{math.Log(both), math.Log(only), math.Log(other), math.Log(1 - both - only - other)}
		for i, x := range tables {
			if intervals[i].low <= theta && theta <= intervals[i].high {
				sum += math.Exp(log[n] - log[x.Both] - log[x.Only] - log[x.Other] - log[x.Neither] + float64(x.Both)*p[0] +
					float64(x.Only)*p[1] + float64(x.Other)*p[2] + float64(x.Neither)*p[3])
			}
		}
		return sum
	}
	total, least, count := 0.0, 1.0, 0
	for _, both := range []float64{0.1, 0.3, 0.5, 0.7} {
		for _, only := range []float64{0.01, 0.05, 0.1, 0.2} {
			for _, other := range []float64{0.001, 0.01, 0.05} {
				if both+only+other < 1 {
					c := coverage(both, only, other)
					total, least, count = total+c, min(least, c), count+1
				}
			}
		}
	}
	require.InDelta(t, 0.966, total/float64(count), 0.005, "mean coverage")
	require.Greater(t, least, 0.935, "least coverage")
}

// The test is the exact sum of binomial probabilities.
func TestMcNemar(t *testing.T) {
	t.Parallel()
	exact := func(only, other int) float64 {
		m := int64(only + other)
		sum := new(big.Int)
		for k := range int64(min(only, other)) + 1 {
			sum.Add(sum, new(big.Int).Binomial(m, k))
		}
		p, _ := new(big.Rat).SetFrac(sum.Lsh(sum, 1), new(big.Int).Lsh(big.NewInt(1), uint(m))).Float64()
		return min(p, 1)
	}
	for _, x := range [][2]int{{0, 0}, {1, 0}, {5, 0}, {0, 10}, {3, 4}, {6, 16}, {40, 70}, {500, 600}, {1000, 1001}, {0, 900}} {
		got, ok := control.Pairs{Both: 3, Only: x[0], Other: x[1], Neither: 1}.McNemar()
		require.True(t, ok)
		want := exact(x[0], x[1])
		require.InDelta(t, want, got, 1e-11*want, "%v", x)
	}
	got, _ := control.Pairs{Only: 5, Neither: 9}.McNemar()
	require.InDelta(t, 0.0625, got, 1e-15)
	got, _ = control.Pairs{Only: 1 << 28, Other: 1<<28 + 1<<15, Neither: 1}.McNemar()
	require.InDelta(t, math.Erfc((1<<15-1)/math.Sqrt(2*(1<<29+1<<15))), got, 1e-6, "the normal distribution, for many")
}

func FuzzPairs(f *testing.F) {
	f.Add(14, 5, 0, 22)
	f.Add(0, 0, 0, 1)
	f.Fuzz(func(t *testing.T, both, only, other, neither int) {
		const most = 1 << 30
		p := control.Pairs{Both: both % most, Only: only % most, Other: other % most, Neither: neither % most}
		g, ok := p.Gain()
		m, tested := p.McNemar()
		require.Equal(t, ok, tested)
		if ok {
			require.True(t, -1 <= g.Low && g.Low <= g.Value && g.Value <= g.High && g.High <= 1, "%+v", g)
			require.True(t, 0 <= m && m <= 1, m)
		}
	})
}
