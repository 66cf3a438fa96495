package spc_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/spc"
)

// The readable twin: every rule by its definition, on the window that ends at a point.
func slowFlags(xs []float64, l spc.Limits, rules spc.Rules) []spc.Rules {
	flags := make([]spc.Rules, len(xs))
	for i := range xs {
		for r := range rules.All() {
			if first := i - r.Span() + 1; first >= 0 && slowMet(xs[first:i+1], l, r) {
				flags[i] = flags[i].With(spc.RuleSet(r))
			}
		}
	}
	return flags
}

func slowMet(w []float64, l spc.Limits, r spc.Rule) bool {
	count := func(is func(x float64) bool) (n int) {
		for _, x := range w {
			if is(x) {
				n++
			}
		}
		return n
	}
	beyond := func(k float64) (above, below int) {
		lo, hi, _ := l.Zone(k)
		return count(func(x float64) bool { return x > hi }), count(func(x float64) bool { return x < lo })
	}
	oneSide := func(k float64, atLeast int) bool {
		above, below := beyond(k)
		return above >= atLeast || below >= atLeast
	}
	var steps []int
	for i := 1; i < len(w); i++ {
		switch {
		case w[i] > w[i-1]:
			steps = append(steps, +1)
		case w[i] < w[i-1]:
			steps = append(steps, -1)
		default:
			steps = append(steps, 0)
		}
	}
	switch r {
	case spc.Nelson1, spc.Western1:
		return oneSide(3, 1)
	case spc.Nelson2:
		return oneSide(0, 9)
	case spc.Western4:
		return oneSide(0, 8)
	case spc.Nelson3:
		return !slices.ContainsFunc(steps, func(s int) bool { return s != +1 }) || !slices.ContainsFunc(steps, func(s int) bool { return s != -1 })
	case spc.Nelson4:
		for i := 1; i < len(steps); i++ {
			if steps[i]*steps[i-1] != -1 {
				return false
			}
		}
		return true
	case spc.Nelson5, spc.Western2:
		return oneSide(2, 2)
	case spc.Nelson6, spc.Western3:
		return oneSide(1, 4)
	case spc.Nelson7:
		lo, hi, _ := l.Zone(1)
		return count(func(x float64) bool { return lo < x && x < hi }) == 15
	case spc.Nelson8:
		above, below := beyond(1)
		return above+below == 8
	default:
		return false
	}
}

func TestRulesAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	seen := spc.Rules(0)
	for round := range 240 {
		xs := make([]float64, rng.IntN(80))
		for i := range xs {
			switch round % 4 {
			case 0: // few values, so ties abound
				xs[i] = float64(rng.IntN(5))
			case 1:
				xs[i] = rng.NormFloat64()
			case 2: // up and down, far from the centre
				xs[i] = float64(2*(i%2)-1) * (2 + rng.Float64())
			default: // a slow wave, mostly near the centre
				xs[i] = math.Sin(float64(i)/7) + rng.NormFloat64()/9
			}
		}
		l := spc.Limits{Spread: spc.MeanRange, Center: rng.NormFloat64() / 4, Width: []float64{0, 0.5, 1, 4}[rng.IntN(4)]}
		if round%8 == 0 {
			l.Center = 2
		}
		rules := spc.Nelson.With(spc.WesternElectric)
		chart, err := l.Chart(spc.Daily(start, xs...), rules)
		require.NoError(t, err)
		want := slowFlags(xs, l, rules)
		require.Equal(t, want, chart.Flags())
		for _, f := range want {
			seen = seen.With(f)
		}
		mirrored(t, chart)
	}
	require.Equal(t, spc.Nelson.With(spc.WesternElectric), seen, "every rule was met somewhere")
}

// mirrored checks that a chart upside down has the same signals the other way round.
func mirrored(t *testing.T, c spc.Chart) {
	t.Helper()
	l := c.Limits
	l.Center = -l.Center
	points := slices.Clone(c.Points)
	for i := range points {
		points[i].Value = -points[i].Value
	}
	got, err := l.Chart(points, c.Rules)
	require.NoError(t, err)
	require.Len(t, got.Signals, len(c.Signals))
	for i, s := range c.Signals {
		s.Value = -s.Value
		s.Direction = map[spc.Direction]spc.Direction{spc.Up: spc.Down, spc.Down: spc.Up}[s.Direction]
		require.Equal(t, s, got.Signals[i])
	}
}

// In a process that does not change, with limits that are known, the first false
// alarm of rule 1 comes after 370.4 points on average, of the Western Electric rules after
// 91.75 (Champ and Woodall 1987, table 1). 400 runs have a standard error of 5 %.
func TestRunLength(t *testing.T) {
	sigma, _ := spc.ConstantsOf(2)
	l := spc.Limits{Spread: spc.MeanRange, Width: sigma.D2}
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		rules spc.Rules
		want  float64
	}{{spc.RuleSet(spc.Western1), 370.4}, {spc.WesternElectric, 91.75}} {
		const runs = 400
		total := 0
		for range runs {
			total += runLength(t, l, c.rules, rng)
		}
		require.InEpsilon(t, c.want, float64(total)/runs, 0.12)
	}
}

// runLength charts longer and longer series until there is a signal.
func runLength(t *testing.T, l spc.Limits, rules spc.Rules, rng *rand.Rand) int {
	t.Helper()
	var xs []float64
	for n := 128; ; n *= 2 {
		for len(xs) < n {
			xs = append(xs, rng.NormFloat64())
		}
		chart, err := l.Chart(spc.Daily(start, xs...), rules)
		require.NoError(t, err)
		if len(chart.Signals) > 0 {
			return chart.Signals[0].Index + 1
		}
	}
}
