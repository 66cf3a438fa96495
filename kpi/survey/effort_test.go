package survey_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/survey"
)

func TestCES(t *testing.T) {
	c, err := survey.Count(survey.OneTo(7), 7, 6, 5, 6, 2)
	require.NoError(t, err)
	e, err := c.CES()
	require.NoError(t, err)
	require.Equal(t, ratio.New(26, 5), e.Score())
	require.Equal(t, ratio.New(37, 10), e.Variance())
	se, ok := e.StandardError()
	require.True(t, ok)
	require.InDelta(t, math.Sqrt(0.74), se, 1e-15)
	margin, ok := e.Margin(0.95)
	require.True(t, ok)
	require.InDelta(t, 2.7764451051977944*math.Sqrt(0.74), margin, 1e-13)
	i, err := e.Interval(0.95)
	require.NoError(t, err)
	require.InDelta(t, 5.2-margin, i.Lo, 1e-13)
	require.Equal(t, 7.0, i.Hi)
	require.Equal(t, e.Score(), e.Measurement(1).Value)
	roundTrip(t, e)
	_, ok = e.Margin(1)
	require.False(t, ok)

	one, err := survey.Count(survey.OneTo(7), 6)
	require.NoError(t, err)
	e, err = one.CES()
	require.NoError(t, err)
	require.Equal(t, ratio.Int(6), e.Score())
	require.Equal(t, survey.OneAnswer, e.Variance().Reason())
	_, ok = e.Margin(0.95)
	require.False(t, ok)
	i, err = e.Interval(0.95)
	require.NoError(t, err)
	require.False(t, i.Defined())
	require.Equal(t, survey.BadCounts, survey.Effort{}.Score().Reason())
	require.Equal(t, survey.BadCounts, survey.Effort{}.Variance().Reason())
	_, ok = survey.Effort{}.StandardError()
	require.False(t, ok)
	none, err := survey.Count(survey.OneTo(7))
	require.NoError(t, err)
	e, err = none.CES()
	require.NoError(t, err)
	require.Equal(t, survey.NoAnswers, e.Score().Reason())
	agreed, err := survey.Count(survey.OneTo(7), 6, 6, 6)
	require.NoError(t, err)
	e, err = agreed.CES()
	require.NoError(t, err)
	margin, ok = e.Margin(0.95)
	require.True(t, ok)
	require.InDelta(t, 0, margin, 1e-15)
	// More answers than exact arithmetic takes still have a margin.
	huge := survey.Effort{Scale: survey.Scale{Lowest: 99, Highest: 100}, Answers: []int64{math.MaxInt64 / 3, math.MaxInt64 / 5}}
	require.Equal(t, ratio.Overflow, huge.Score().Reason())
	i, err = huge.Interval(0.95)
	require.NoError(t, err)
	require.InDelta(t, 99.375, i.Lo, 1e-6)
}

// CES by its definition, on random answers.
func TestCESByDefinition(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		answers := make([]int, 2+rng.IntN(50))
		sum := ratio.Int(0)
		for i := range answers {
			answers[i] = 1 + rng.IntN(7)
			sum = sum.Add(ratio.Int(int64(answers[i])))
		}
		mean := sum.Quo(ratio.Int(int64(len(answers))))
		squares := ratio.Int(0)
		for _, a := range answers {
			away := ratio.Int(int64(a)).Sub(mean)
			squares = squares.Add(away.Mul(away))
		}
		c, err := survey.Count(survey.OneTo(7), answers...)
		require.NoError(t, err)
		e, err := c.CES()
		require.NoError(t, err)
		require.Equal(t, mean, e.Score())
		require.Equal(t, squares.Quo(ratio.Int(int64(len(answers)-1))), e.Variance())
		se, _ := e.StandardError()
		require.InDelta(t, math.Sqrt(value(t, e.Variance())/float64(len(answers))), se, 1e-14)
	}
}

func TestStudent(t *testing.T) {
	for _, c := range []struct {
		level float64
		df    int64
		want  float64
	}{
		{0.95, 1, 12.706204736174705},
		{0.95, 2, 4.3026527297494639},
		{0.95, 3, 3.1824463052837096},
		{0.95, 4, 2.7764451051977944},
		{0.95, 10, 2.2281388519862747},
		{0.95, 99, 1.9842169515864175},
		{0.95, 1000, 1.9623390808264085},
		{0.95, 1001, 1.9623367052808799},
		{0.95, 1000000, 1.959966356814107},
		{0.99, 3, 5.8409093097333573},
		{0.99, 30, 2.7499956535672253},
		{0.99, 999, 2.5807596372676368},
		{0.99, 1001, 2.580749768750525},
		{0.5, 5, 0.72668684380042265},
		{0.5, 1000, 0.67473516460700944},
		{0.5, 5000, 0.674538820360874},
	} {
		require.InEpsilon(t, c.want, survey.Student(c.level, c.df), 1e-13, "%v %d", c.level, c.df)
	}
}
