package survey_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survey"
)

// KP-10, KP-13.
func TestNPSAgainstReference(t *testing.T) {
	data, err := os.ReadFile("testdata/nps.json")
	require.NoError(t, err)
	var cases []struct {
		survey.NPS
		Score    float64 `json:"nps"`
		Variance float64 `json:"var"`
		Error    float64 `json:"se_wald"`
		Margin   float64 `json:"moe95"`
	}
	require.NoError(t, json.Unmarshal(data, &cases))
	require.NotEmpty(t, cases)
	for _, c := range cases {
		require.InDelta(t, c.Score, value(t, c.NPS.Score()), 1e-13)
		require.InDelta(t, c.Variance, value(t, c.NPS.Variance()), 1e-15)
		se, ok := c.StandardError()
		require.True(t, ok)
		require.InDelta(t, c.Error, se, 1e-13)
		margin, ok := c.NPS.Margin(0.95)
		require.True(t, ok)
		require.InDelta(t, c.Margin, margin, 1e-12)
		adjusted, ok := c.AdjustedMargin(0.95)
		require.True(t, ok)
		require.Positive(t, adjusted, "not 0 when all agree")
		roundTrip(t, c.NPS)
	}
}

func TestNPSByDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		s := survey.NPS{Promoters: rng.Int64N(40), Passives: rng.Int64N(40), Detractors: rng.Int64N(40)}
		n, ok := s.Responses()
		require.True(t, ok)
		if n == 0 {
			continue
		}
		p, d := ratio.New(s.Promoters, n), ratio.New(s.Detractors, n)
		require.Equal(t, p.Sub(d).Mul(ratio.Int(100)), s.Score())
		require.Equal(t, p.Add(d).Sub(p.Sub(d).Mul(p.Sub(d))), s.Variance())
		wald, err := s.WaldInterval(0.9)
		require.NoError(t, err)
		require.True(t, wald.Contains(s.Score()))
		adjusted, err := s.Interval(0.9)
		require.NoError(t, err)
		require.NoError(t, adjusted.Validate())
		require.GreaterOrEqual(t, adjusted.Lo, -100.0)
		require.LessOrEqual(t, adjusted.Hi, 100.0)
		require.Less(t, adjusted.Lo, adjusted.Hi)
		// The other way round, the interval is mirrored.
		mirror, err := survey.NPS{Promoters: s.Detractors, Passives: s.Passives, Detractors: s.Promoters}.Interval(0.9)
		require.NoError(t, err)
		require.InDelta(t, -adjusted.Hi, mirror.Lo, 1e-12)
	}
}

// The adjusted interval covers the true score about as often as it says; the plain one
// does not for few answers and a one-sided population. 4,000 surveys have a
// standard error of 0.35 points.
func TestCoverage(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	truth := ratio.Int(85) // 88 % promoters, 9 % passives, 3 % detractors
	const surveys = 4000
	var adjusted, plain int
	for range surveys {
		var s survey.NPS
		for range 20 {
			switch u := rng.Float64(); {
			case u < 0.88:
				s.Promoters++
			case u < 0.97:
				s.Passives++
			default:
				s.Detractors++
			}
		}
		i, err := s.Interval(0.95)
		require.NoError(t, err)
		j, err := s.WaldInterval(0.95)
		require.NoError(t, err)
		adjusted += count(i.Contains(truth))
		plain += count(j.Contains(truth))
	}
	require.Greater(t, adjusted, surveys*94/100)
	require.Less(t, plain, surveys*92/100)
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestUndefined(t *testing.T) {
	var none survey.NPS
	require.Equal(t, survey.NoAnswers, none.Score().Reason())
	require.Equal(t, survey.NoAnswers, none.Variance().Reason())
	for _, f := range []func(float64) (float64, bool){none.Margin, none.AdjustedMargin} {
		v, ok := f(0.95)
		require.False(t, ok)
		require.Zero(t, v)
	}
	i, err := none.Interval(0.95)
	require.NoError(t, err)
	require.False(t, i.Defined())
	d, err := survey.Compare(none, survey.NPS{Promoters: 1}, 0.95)
	require.NoError(t, err)
	require.Equal(t, survey.Difference{Points: ratio.Undefined(survey.NoAnswers)}, d)
	require.False(t, d.IsClear())

	one := survey.NPS{Promoters: 1}
	for _, level := range []float64{0, 1, -1, math.NaN(), math.Inf(1)} {
		_, ok := one.Margin(level)
		require.False(t, ok)
		_, ok = one.AdjustedMargin(level)
		require.False(t, ok)
		_, err = one.Interval(level)
		require.ErrorIs(t, err, verdict.ErrRange)
		_, err = survey.Compare(one, one, level)
		require.ErrorIs(t, err, verdict.ErrRange)
		_, err = survey.Effort{}.Interval(level)
		require.ErrorIs(t, err, verdict.ErrRange)
	}

	bad := survey.NPS{Promoters: -1, Passives: math.MaxInt64, Detractors: 1}
	require.Len(t, verdict.FaultsOf(bad.Validate()), 1)
	require.Equal(t, survey.BadCounts, bad.Score().Reason())
	require.Equal(t, survey.BadCounts, bad.Variance().Reason())
	_, ok := bad.StandardError()
	require.False(t, ok)
	_, err = bad.WaldInterval(0.95)
	require.ErrorIs(t, err, verdict.ErrRange)
	many := survey.NPS{Passives: math.MaxInt64, Detractors: 1}
	require.ErrorIs(t, many.Validate(), verdict.ErrRange)
	_, err = survey.Compare(one, many, 0.95)
	require.ErrorContains(t, err, "survey: ")
	// Too many for an exact variance, not for a margin.
	huge := survey.NPS{Promoters: math.MaxInt64 / 3, Detractors: math.MaxInt64/3 - 1}
	require.Equal(t, ratio.Overflow, huge.Variance().Reason())
	margin, ok := huge.Margin(0.95)
	require.True(t, ok)
	require.Positive(t, margin)
}

func TestCompare(t *testing.T) {
	before, after := survey.NPS{Promoters: 50, Passives: 30, Detractors: 20}, survey.NPS{Promoters: 120, Passives: 60, Detractors: 20}
	d, err := survey.Compare(before, after, 0.95)
	require.NoError(t, err)
	require.Equal(t, ratio.Int(20), d.Points)
	a, _ := before.Margin(0.95)
	b, _ := after.Margin(0.95)
	require.InDelta(t, math.Hypot(a, b), d.Margin, 1e-12)
	require.True(t, d.IsClear())
	roundTrip(t, d)
	require.Equal(t, kpi.Measurement{On: 9, Value: ratio.Int(30)}, before.Measurement(9))
	back, err := survey.Compare(after, before, 0.95)
	require.NoError(t, err)
	require.Equal(t, ratio.Int(-20), back.Points)
	require.True(t, back.IsClear())
	same, err := survey.Compare(before, before, 0.95)
	require.NoError(t, err)
	require.False(t, same.IsClear())
}
