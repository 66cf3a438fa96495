package schedule_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// reference is pert.json.
type pertReference struct {
	Activities map[string]struct{ O, M, P, TE, Var float64 }
	Paths      []struct {
		Path      []string
		Mean, Var float64
	}
	Critical struct {
		Path      []string
		Mean, Var float64
	}
	Probabilities []struct {
		Deadline, PERT float64
		MC             float64 `json:"mc_beta_pert"`
		SE             float64 `json:"mc_se"`
	}
	Mean withError `json:"mc_mean"`
}

func (c pertReference) network(t *testing.T) (*schedule.Network, map[string]schedule.ThreePoint) {
	t.Helper()
	var d schedule.Definition
	estimates := map[string]schedule.ThreePoint{}
	for id, a := range c.Activities {
		d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: int(a.TE)})
		estimates[id] = schedule.ThreePoint{Optimistic: a.O, MostLikely: a.M, Pessimistic: a.P}
		require.InDelta(t, a.TE, estimates[id].Mean(), 1e-12)
		require.InDelta(t, a.Var, estimates[id].Variance(schedule.ClassicVariance), 1e-12)
	}
	seen := map[schedule.Link]bool{}
	for _, p := range c.Paths {
		for i := range len(p.Path) - 1 {
			l := schedule.Link{From: p.Path[i], To: p.Path[i+1]}
			if !seen[l] {
				d.Links = append(d.Links, l)
			}
			seen[l] = true
		}
	}
	return schedule.MustCompile(d), estimates
}

// PERT finds the reference path and probabilities; simulation shows by how much
// the single path is too hopeful.
func TestReferencePERT(t *testing.T) {
	var c pertReference
	read(t, "pert.json", &c)
	n, estimates := c.network(t)
	p, err := n.PERT(estimates, schedule.ClassicVariance)
	require.NoError(t, err)
	require.Equal(t, c.Critical.Path, p.Path.IDs)
	require.Len(t, p.Path.Links, len(p.Path.IDs)-1)
	require.InDelta(t, c.Critical.Mean, p.Mean, 1e-12)
	require.InDelta(t, c.Critical.Var, p.Variance, 1e-12)
	for _, want := range c.Probabilities {
		require.InDelta(t, want.PERT, p.Probability(want.Deadline), 1e-12)
		back, ok := p.Percentile(want.PERT)
		require.True(t, ok)
		require.InDelta(t, want.Deadline, back, 1e-9)
	}
	require.Equal(t, "A -FS-> C -FS-> E -FS-> F -FS-> G: 21 ± 1.944", p.String())
	byID := map[string]schedule.ActivityExpectance{}
	for _, a := range p.Activities {
		byID[a.ID] = a
	}
	for _, path := range c.Paths {
		mean, variance := 0.0, 0.0
		for _, id := range path.Path {
			mean, variance = mean+byID[id].Mean, variance+byID[id].Variance
		}
		require.InDelta(t, path.Mean, mean, 1e-12)
		require.InDelta(t, path.Var, variance, 1e-12)
	}

	offsets, err := n.Offsets()
	require.NoError(t, err)
	spreads := map[string]schedule.Spread{}
	for id, e := range estimates {
		spreads[id] = schedule.BetaPERT(e)
	}
	const reference = 2_000_000
	runs := effort(200_000)
	s := simulate(t, offsets, schedule.SimOptions{Spreads: spreads, Iterations: runs, Seed: 9})
	within(t, c.Mean, reference, s.Mean.Value, runs, "mean")
	for _, want := range c.Probabilities {
		within(t, withError{want.MC, want.SE}, reference, s.OnTime(want.Deadline).Value, runs, "on time")
	}
}

// Of two paths of the longest expected length, the less certain one counts.
func TestPERTTie(t *testing.T) {
	n := schedule.MustCompile(schedule.Definition{
		Activities: []schedule.Activity{{ID: "s"}, {ID: "a", Duration: 4}, {ID: "b", Duration: 4}, {ID: "z"}},
		Links:      []schedule.Link{{From: "s", To: "a"}, {From: "s", To: "b"}, {From: "a", To: "z"}, {From: "b", To: "z"}},
	})
	p, err := n.PERT(map[string]schedule.ThreePoint{"a": {3, 4, 5}, "b": {1, 4, 7}}, 0)
	require.NoError(t, err)
	require.Equal(t, []string{"s", "b", "z"}, p.Path.IDs)
	require.InDelta(t, 1.0, p.Variance, 1e-12)
	require.Equal(t, schedule.ClassicVariance, p.Rule)
	p, err = n.PERT(map[string]schedule.ThreePoint{"a": {3, 4, 5}, "b": {1, 4, 7}}, schedule.BetaVariance)
	require.NoError(t, err)
	require.InDelta(t, 9.0/7, p.Variance, 1e-12)
}

// Only the durations that the length of the path depends on have a part in its
// variance, whatever the links.
func TestPERTLinks(t *testing.T) {
	link := func(relation string) []schedule.Link {
		return []schedule.Link{{From: "a", To: "b", Relation: schedule.MustParseRelation(relation)}}
	}
	estimates := map[string]schedule.ThreePoint{"a": {4, 10, 16}, "b": {2, 5, 8}} // variances 4 and 1
	for _, c := range []struct {
		relation       string
		mean, variance float64
		path           string
	}{
		{"FS+1", 16, 5, "a -FS+1-> b"},
		{"SS+20", 25, 1, "a -SS+20-> b"},
		{"FF+3", 13, 4, "a -FF+3-> b"},
		{"SF+30", 30, 0, "a -SF+30-> b"},
		{"SS", 10, 4, "a"},
	} {
		n := schedule.MustCompile(schedule.Definition{
			Activities: []schedule.Activity{{ID: "a", Duration: 10}, {ID: "b", Duration: 5}}, Links: link(c.relation),
		})
		p, err := n.PERT(estimates, 0)
		require.NoError(t, err)
		require.InDelta(t, c.mean, p.Mean, 1e-12, c.relation)
		require.InDelta(t, c.variance, p.Variance, 1e-12, c.relation)
		require.Equal(t, c.path, p.Path.String())
	}
}

// With certain durations the expected length is the finish of the plan.
func TestPERTOfFixedDurationsIsThePlan(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	x := mixture{milestones: true, percent: true, constraints: true, offsets: true}
	for range 200 {
		n := schedule.MustCompile(x.definition(r, 12))
		offsets, err := n.Offsets()
		require.NoError(t, err)
		p, err := n.PERT(nil, 0)
		require.NoError(t, err)
		require.InDelta(t, offsets.FinishOffset(), p.Mean, 1e-9)
		require.Zero(t, p.Variance)
		require.Equal(t, 1.0, p.Probability(p.Mean))
		require.Equal(t, 0.0, p.Probability(p.Mean-0.01))
	}
}

func TestPERTFaults(t *testing.T) {
	d := rollout()
	d.Deadline = schedule.On(day0)
	_, err := schedule.MustCompile(d).PERT(map[string]schedule.ThreePoint{"x": {1, 2, 3}, "build": {3, 2, 4}, "test": {-1, 2, 3}}, 9)
	require.EqualError(t, err, `deadline: invalid: a day has no place in a plan without calendars
rule: schedule: variance rule(9): unknown
estimates[build]: schedule: estimate 3, 2, 4: out of range: want 0 ≤ optimistic ≤ most likely ≤ pessimistic ≤ 2⁵²
estimates[test]: schedule: estimate -1, 2, 3: out of range: want 0 ≤ optimistic ≤ most likely ≤ pessimistic ≤ 2⁵²
estimates: unknown "x"`)
	p, err := schedule.MustCompile(schedule.Definition{}).PERT(nil, 0)
	require.NoError(t, err)
	require.Zero(t, p.Mean)
	require.Empty(t, p.Path.IDs)
	require.Zero(t, p.Probability(math.NaN()))
	for _, q := range []float64{0, 1, math.NaN()} {
		_, ok := p.Percentile(q)
		require.False(t, ok)
	}
	for _, e := range []schedule.ThreePoint{{math.NaN(), 1, 2}, {0, math.NaN(), 2}, {0, 1, math.Inf(1)}, {2, 1, 3}, {0, 4, 3}} {
		require.ErrorIs(t, e.Validate(), verdict.ErrRange)
	}
	require.NoError(t, schedule.ThreePoint{}.Validate())
}

// Quantiles invert distribution functions that are integrated here by Simpson's
// rule.
func TestBetaPERTQuantile(t *testing.T) {
	for _, e := range []schedule.ThreePoint{{0, 0, 1}, {0, 1, 1}, {2, 4, 6}, {3, 5, 13}, {1, 1.01, 9}, {0, 0.9, 1}} {
		d := schedule.BetaPERT(e)
		width := e.Pessimistic - e.Optimistic
		alpha := 1 + 4*(e.MostLikely-e.Optimistic)/width
		density := func(x float64) float64 {
			return math.Pow(x, alpha-1) * math.Pow(1-x, 5-alpha) * 120 / math.Gamma(alpha) / math.Gamma(6-alpha)
		}
		last := e.Optimistic
		for _, p := range []float64{1e-9, 1e-4, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 - 1e-4, 1 - 1e-9} {
			x := d.Quantile(p)
			require.Greater(t, x, last)
			last = x
			if p < 0.9999 && p > 1e-4 {
				require.InDelta(t, p, integral(density, (x-e.Optimistic)/width), 2e-7, "%v %v", e, p)
			}
		}
		require.Less(t, last, e.Pessimistic)
		require.Equal(t, e.Optimistic, d.Quantile(0))
		require.Equal(t, e.Pessimistic, d.Quantile(1))
		require.True(t, math.IsNaN(d.Quantile(math.NaN())))
	}
	require.Equal(t, 7.0, schedule.BetaPERT{7, 7, 7}.Quantile(0.3))
}

// integral integrates f from 0 to x by Simpson's rule after the substitution
// u = v³, which smooths an end where f rises like a root.
func integral(f func(float64) float64, x float64) float64 {
	const n = 4000
	top := math.Cbrt(x)
	g := func(v float64) float64 { return f(v*v*v) * 3 * v * v }
	sum := g(0) + g(top)
	for i := 1; i < n; i++ {
		sum += float64(2+2*(i%2)) * g(top*float64(i)/n)
	}
	return sum * top / n / 3
}

// The quantile of a symmetric estimate is symmetric, and a known case is exact:
// with α = 1 the distribution function is 1 − (1 − x)⁵.
func TestBetaPERTExact(t *testing.T) {
	for p := 0.001; p < 1; p += 0.013 {
		require.InEpsilon(t, -math.Expm1(math.Log1p(-p)/5), schedule.BetaPERT{0, 0, 1}.Quantile(p), 1e-12)
		require.InEpsilon(t, math.Pow(p, 0.2), schedule.BetaPERT{0, 1, 1}.Quantile(p), 1e-12)
		symmetric := schedule.BetaPERT{0, 1, 2}
		require.InDelta(t, 2, symmetric.Quantile(p)+symmetric.Quantile(1-p), 1e-12)
	}
	require.InEpsilon(t, 1e-12/5, schedule.BetaPERT{0, 0, 1}.Quantile(1e-12), 1e-9)
}

func TestTriangularQuantile(t *testing.T) {
	for _, e := range []schedule.Triangular{{0, 0, 1}, {0, 1, 1}, {8, 10, 15}, {1, 2, 3}} {
		a, m, b := e.Optimistic, e.MostLikely, e.Pessimistic
		for p := 0.0; p <= 1; p += 1.0 / 64 {
			x := e.Quantile(p)
			want := (x - a) * (x - a) / (b - a) / (m - a)
			if x > m || m == a {
				want = 1 - (b-x)*(b-x)/(b-a)/(b-m)
			}
			require.InDelta(t, want, p, 1e-12)
		}
		require.Equal(t, a, e.Quantile(-1))
		require.Equal(t, b, e.Quantile(2))
		require.True(t, math.IsNaN(e.Quantile(math.NaN())))
	}
	require.Equal(t, 5.0, schedule.Triangular{5, 5, 5}.Quantile(0.4))
}

// Whatever a valid estimate, its spreads stay within it and ascend.
func FuzzSpreads(f *testing.F) {
	f.Add(8.0, 10.0, 15.0, 0.3, 0.6)
	f.Add(0.0, 0.0, 1e-300, 1e-300, 1-1e-16)
	f.Add(0.0, 1e15, 1e15, 0.5, 0.5)
	f.Fuzz(func(t *testing.T, o, m, p, q1, q2 float64) {
		e := schedule.ThreePoint{Optimistic: o, MostLikely: m, Pessimistic: p}
		if e.Validate() != nil || math.IsNaN(q1) || math.IsNaN(q2) {
			t.Skip()
		}
		q1, q2 = min(q1, q2), max(q1, q2)
		slack := 1e-9 * (p - o)
		for _, d := range []schedule.Spread{schedule.Triangular(e), schedule.BetaPERT(e)} {
			x, y := d.Quantile(q1), d.Quantile(q2)
			require.True(t, x >= o && y <= p && x <= y+slack, "%T %v: %v -> %v, %v -> %v", d, e, q1, x, q2, y)
		}
	})
}
