package survey_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survey"
)

func TestCounts(t *testing.T) {
	c, err := survey.Count(survey.Scale{}, 10, 9, 8, 7, 6, 0, 10)
	require.NoError(t, err)
	require.Equal(t, []int64{1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2}, c.Answers)
	s, err := c.NPS()
	require.NoError(t, err)
	require.Equal(t, survey.NPS{Promoters: 3, Passives: 2, Detractors: 2}, s)
	require.EqualValues(t, 2, c.Of(10))
	require.Zero(t, c.Of(11))
	require.Zero(t, c.Of(-1))
	require.Equal(t, survey.NoInvitations, c.ResponseRate().Reason())
	c.Invited = 6
	require.Equal(t, survey.TooManyCame, c.ResponseRate().Reason())
	c.Invited = 28
	require.Equal(t, ratio.New(1, 4), c.ResponseRate())
	roundTrip(t, c)

	_, err = survey.Count(survey.OneTo(5), 1, 0, 6, 5)
	faults := verdict.FaultsOf(errors.Unwrap(err))
	require.Len(t, faults, 2)
	require.Equal(t, "answers[1]", faults[0].Path)
	_, err = survey.Count(survey.Scale{Lowest: -1, Highest: 101}, 3)
	require.ErrorContains(t, err, "scale.lowest")
	require.ErrorContains(t, err, "scale.highest")

	bad := survey.Counts{Scale: survey.OneTo(5), Answers: []int64{1, -1}, Blank: -1, Invited: -1}
	require.Len(t, verdict.FaultsOf(bad.Validate()), 4)
	require.Equal(t, survey.BadCounts, bad.ResponseRate().Reason())
	_, err = bad.NPS()
	require.ErrorContains(t, err, "survey: ")
	_, err = bad.CSAT()
	require.Error(t, err)
	_, err = bad.CES()
	require.Error(t, err)
	require.ErrorIs(t, survey.Counts{Scale: survey.OneTo(2), Answers: []int64{math.MaxInt64, 1}}.Validate(), verdict.ErrRange)
	five, err := survey.Count(survey.OneTo(5), 1)
	require.NoError(t, err)
	_, err = five.NPS()
	require.ErrorIs(t, err, verdict.ErrInvalid)
}

// KP-09, ST-31.
func TestCSAT(t *testing.T) {
	c, err := survey.Count(survey.OneTo(5), 5, 4, 4, 3, 2, 1, 5, 5)
	require.NoError(t, err)
	s, err := c.CSAT()
	require.NoError(t, err)
	require.Equal(t, survey.Satisfaction{Satisfied: 5, Responses: 8}, s)
	require.Equal(t, ratio.New(125, 2), s.Score())
	i, err := s.Interval(0.95)
	require.NoError(t, err)
	w, err := kpi.Wilson(5, 8, 0.95)
	require.NoError(t, err)
	require.Equal(t, w.Times(100), i)
	m := s.Measurement(calendar.MustParse("2027-03-01"))
	require.Equal(t, s.Score(), m.Value)
	require.Equal(t, kpi.DefaultLevel, m.Interval().Level)
	roundTrip(t, s)
	top, err := c.TopBoxes(1)
	require.NoError(t, err)
	require.EqualValues(t, 3, top.Satisfied)
	for _, boxes := range []int{-1, 0, 5} {
		_, err = c.TopBoxes(boxes)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	require.Equal(t, survey.NoAnswers, survey.Satisfaction{}.Score().Reason())
	require.Equal(t, survey.BadCounts, survey.Satisfaction{Satisfied: 2, Responses: 1}.Score().Reason())
	none, err := survey.Satisfaction{}.Interval(0.95)
	require.NoError(t, err)
	require.False(t, none.Defined())
}

func TestScale(t *testing.T) {
	require.Equal(t, "0-10", survey.Scale{}.String())
	require.Equal(t, 11, survey.Scale{}.Len())
	require.Equal(t, "1-5", survey.OneTo(5).String())
	require.NoError(t, survey.Scale{}.Validate())
	for _, s := range []survey.Scale{{0, 101}, {-1, 5}, {5, 5}, {100, 101}, survey.OneTo(1)} {
		require.ErrorIs(t, s.Validate(), verdict.ErrRange)
		_, err := survey.New(s)
		require.ErrorContains(t, err, "survey: scale: ")
	}
	roundTrip(t, survey.OneTo(7))
}

// FuzzScores: counts that are read are refused or give numbers that are finite.
func FuzzScores(f *testing.F) {
	f.Add([]byte(`{"answers":[1,0,0,0,0,0,1,1,1,1,2]}`), 0.95)
	f.Add([]byte(`{"scale":{"lowest":1,"highest":2},"answers":[9000000000000000000,9]}`), 0.5)
	f.Fuzz(func(t *testing.T, data []byte, level float64) {
		var c survey.Counts
		if json.Unmarshal(data, &c) != nil {
			return
		}
		e, err := c.CES()
		if err != nil {
			require.Error(t, c.Validate())
			return
		}
		c.ResponseRate()
		finite(t, e.Margin, level)
		if i, err := e.Interval(level); err == nil {
			require.NoError(t, i.Validate())
		}
		if s, err := c.CSAT(); err == nil {
			_, err := s.Interval(0.95)
			require.NoError(t, err)
		}
		s, err := c.NPS()
		if err != nil {
			return
		}
		finite(t, s.Margin, level)
		finite(t, s.AdjustedMargin, level)
		if i, err := s.Interval(level); err == nil {
			require.NoError(t, i.Validate())
		}
	})
}

func finite(t *testing.T, margin func(float64) (float64, bool), level float64) {
	t.Helper()
	m, ok := margin(level)
	require.False(t, math.IsNaN(m) || math.IsInf(m, 0) || m < 0)
	require.True(t, ok || m == 0)
}
