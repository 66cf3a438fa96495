package survival_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/survival"
)

// Worked by hand: times 1 2 against 2 3+. At 1: n=4, at 2: n=3, d=2.
func TestLogRankByHand(t *testing.T) {
	c, err := survival.LogRank(subjects(t, 1, 2), subjects(t, 2, 3.5))
	require.NoError(t, err)
	expected := 2.0/4 + 2*1.0/3
	variance := 0.25 + 2*(1.0/3)*(2.0/3)*(1.0/2)
	require.InDelta(t, expected, c.Groups[0].Expected, 1e-15)
	require.Equal(t, []int64{2, 1}, []int64{c.Groups[0].Observed, c.Groups[1].Observed})
	require.Equal(t, 1, c.Freedom)
	require.InEpsilon(t, (2-expected)*(2-expected)/variance, c.ChiSquare.Value, 1e-14)
	require.InEpsilon(t, math.Erfc(math.Sqrt(c.ChiSquare.Value/2)), c.P.Value, 1e-13)
	require.InEpsilon(t, math.Log(c.P.Value), c.LogP.Value, 1e-13)
}

func TestLogRankUndefined(t *testing.T) {
	for name, groups := range map[string][]*survival.Sample{
		"nobody":         {{}, {}},
		"one of them":    {subjects(t, 1, 2), {}},
		"no events":      {subjects(t, 1.5), subjects(t, 2.5)},
		"all at once":    {subjects(t, 3, 3), subjects(t, 3)},
		"never together": {subjects(t, 1, 2), late(t, 5, 9)},
	} {
		c, err := survival.LogRank(groups...)
		require.NoError(t, err, name)
		require.Zero(t, c.Freedom, name)
		require.Equal(t, survival.NoContrast, c.P.Reason, name)
		require.False(t, c.ChiSquare.Defined(), name)
	}
}

func late(tb testing.TB, entry, time int64) *survival.Sample {
	tb.Helper()
	var s survival.Sample
	require.NoError(tb, s.AddLate(entry, time, survival.Event))
	return &s
}

// An empty group takes no degree of freedom, and the order of groups does not matter.
func TestLogRankGroups(t *testing.T) {
	a, b, c := subjects(t, 1, 2, 3.5, 8), subjects(t, 4, 5, 6, 6.5), subjects(t, 2, 9, 9.5)
	three, err := survival.LogRank(a, b, c)
	require.NoError(t, err)
	require.Equal(t, 2, three.Freedom)
	four, err := survival.LogRank(c, &survival.Sample{}, a, b)
	require.NoError(t, err)
	require.Equal(t, 2, four.Freedom)
	require.InEpsilon(t, three.ChiSquare.Value, four.ChiSquare.Value, 1e-12)

	data, err := json.Marshal(three)
	require.NoError(t, err)
	var back survival.Comparison
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, three, back)
}

// Pairs that never meet are a test each, and the statistics add up.
func TestLogRankOfPairsThatNeverMeet(t *testing.T) {
	a, b := subjects(t, 1, 2, 3.5, 8), subjects(t, 4, 5, 6, 6.5)
	shift := func(times ...int64) *survival.Sample {
		var s survival.Sample
		for _, v := range times {
			require.NoError(t, s.AddLate(20, 20+v, survival.Event))
		}
		return &s
	}
	x, y := shift(1, 4, 6), shift(2, 9, 11)
	one, err := survival.LogRank(a, b)
	require.NoError(t, err)
	two, err := survival.LogRank(x, y)
	require.NoError(t, err)
	all, err := survival.LogRank(a, b, x, y)
	require.NoError(t, err)
	require.Equal(t, 2, all.Freedom)
	require.InEpsilon(t, one.ChiSquare.Value+two.ChiSquare.Value, all.ChiSquare.Value, 1e-12)
}

// Strata add up; strata that are copies double the statistic.
func TestStratified(t *testing.T) {
	a, b := subjects(t, 1, 2, 3.5, 8), subjects(t, 4, 5, 6, 6.5)
	once, err := survival.LogRank(a, b)
	require.NoError(t, err)
	twice, err := survival.StratifiedLogRank([]*survival.Sample{a, b}, []*survival.Sample{a, b})
	require.NoError(t, err)
	require.InEpsilon(t, 2*once.ChiSquare.Value, twice.ChiSquare.Value, 1e-13)
	require.Equal(t, 2*once.Groups[0].Observed, twice.Groups[0].Observed)
}

// A difference of a million customers does not underflow to nonsense.
func TestLogRankFarOut(t *testing.T) {
	var a, b survival.Sample
	require.NoError(t, a.AddGroup(survival.Group{Time: 10, Events: 900_000, Censored: 100_000}))
	require.NoError(t, b.AddGroup(survival.Group{Time: 10, Events: 100_000, Censored: 900_000}))
	c, err := survival.LogRank(&a, &b)
	require.NoError(t, err)
	require.Zero(t, c.P.Value)
	require.InEpsilon(t, -c.ChiSquare.Value/2, c.LogP.Value, 1e-4)
}

func TestLogRankRefuses(t *testing.T) {
	_, err := survival.LogRank()
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = survival.StratifiedLogRank()
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = survival.LogRank(subjects(t, 1))
	require.ErrorIs(t, err, verdict.ErrRange)
	a := subjects(t, 1)
	_, err = survival.StratifiedLogRank([]*survival.Sample{a, nil}, []*survival.Sample{a})
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.ErrorContains(t, err, "strata[0].groups[1]")
	require.ErrorContains(t, err, "strata[1]: ")
	var huge survival.Sample
	require.NoError(t, huge.AddGroup(survival.Group{Time: 1, Events: math.MaxInt64}))
	_, err = survival.LogRank(&huge, a)
	require.ErrorIs(t, err, verdict.ErrRange)
}

// Under the hypothesis, P is uniform: of 400 tests, 5 % are below 0.05. The bounds
// are four standard deviations; a test with three times the size would be found in
// more than 99 of 100 runs.
func TestLogRankHoldsItsSize(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	const runs = 400
	small := 0
	for range runs {
		c, err := survival.LogRank(collect(t, random(rng, 60, 200)), collect(t, random(rng, 80, 200)), collect(t, random(rng, 50, 200)))
		require.NoError(t, err)
		require.Equal(t, 2, c.Freedom)
		if c.P.Value < 0.05 {
			small++
		}
	}
	require.InDelta(t, 0.05*runs, small, 4*math.Sqrt(0.05*0.95*runs))
}
