package clv_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

func TestCompareFrequencies(t *testing.T) {
	s, err := clv.NewSample(customers(500)...)
	require.NoError(t, err)
	for _, m := range []clv.Model{publishedBG, publishedPareto} {
		bins, err := clv.CompareFrequencies(m, s, 5)
		require.NoError(t, err)
		var actual int64
		expected := 0.0
		for i, b := range bins {
			require.Equal(t, int64(i), b.X)
			require.Equal(t, i == 5, b.OrMore)
			actual += b.Actual
			expected += b.Expected
		}
		require.Equal(t, s.Customers(), actual)
		require.InDelta(t, 500, expected, 1e-9)
	}
	_, err = clv.CompareFrequencies(clv.BGNBD{}, s, 0)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorContains(t, err, "n: ")
	require.ErrorContains(t, err, "model: ")
	require.NoError(t, s.Add(clv.Observation{T: 1e100}))
	_, err = clv.CompareFrequencies(clv.ParetoNBD{R: 1, Alpha: 1, S: 1, Beta: 1e300}, s, 100)
	require.NoError(t, err)
	_, err = clv.CompareFrequencies(clv.ParetoNBD{R: 1e280, Alpha: 1e-300, S: 1, Beta: 1}, s, 5)
	require.Error(t, err)
}

func TestCompareHoldoutRefuses(t *testing.T) {
	s, err := clv.Summarize(orders(t), day("2027-02-28"), clv.Options{})
	require.NoError(t, err)
	_, err = clv.CompareHoldout(publishedBG, s, 3)
	require.ErrorIs(t, err, verdict.ErrMissing)
	_, err = clv.CompareHoldout(publishedBG, s, 5000)
	require.ErrorIs(t, err, verdict.ErrRange)
	s, err = clv.Summarize(orders(t), day("2027-02-28"), clv.Options{Holdout: day("2027-03-31")})
	require.NoError(t, err)
	bins, err := clv.CompareHoldout(publishedBG, s, 5)
	require.NoError(t, err)
	_, ok := bins[4].ActualMean()
	require.False(t, ok)
	_, ok = bins[4].ExpectedMean()
	require.False(t, ok)
	s.Rows[0].T = -1
	_, err = clv.CompareHoldout(publishedBG, s, 5)
	require.Error(t, err)
}

func TestTrackByHand(t *testing.T) {
	expected := func(lags ...float64) float64 {
		sum := 0.0
		for _, lag := range lags {
			e, ok := publishedBG.ExpectedNew(lag)
			require.True(t, ok)
			sum += e
		}
		return sum
	}
	near := cmpopts.EquateApprox(0, 1e-12)

	// Customers begin on 4 January, 20 January and 10 February; repeats are on
	// 18 January, 21 January, 1 February and 2 March.
	got, err := clv.Track(publishedBG, orders(t), day("2027-02-28"), clv.Options{Unit: clv.Week, Holdout: day("2027-03-04")}, 28)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]clv.TrackPoint{
		{day("2027-02-01"), 3, expected(4, 12./7)},
		{day("2027-03-01"), 3, expected(8, 40./7, 19./7)},
		{day("2027-03-04"), 4, expected(59./7, 43./7, 22./7)},
	}, got, near))

	got, err = clv.Track(publishedBG, orders(t), day("2027-02-28"), clv.Options{Period: clv.Month}, 1)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff([]clv.TrackPoint{{day("2027-02-28"), 1, expected(1, 1)}}, got, near))

	got, err = clv.Track(publishedBG, orders(t), day("2027-02-28"), clv.Options{Period: clv.Week}, 3)
	require.NoError(t, err)
	require.Equal(t, day("2027-01-31"), got[0].Until)
	require.Len(t, got, 3)

	_, err = clv.Track(clv.BGNBD{}, orders(t), 0, clv.Options{}, 0)
	for _, path := range []string{"end: ", "model: ", "step: "} {
		require.ErrorContains(t, err, path)
	}
	var old kpi.History[string]
	require.NoError(t, old.Add("a", day("0001-01-01"), 1))
	_, err = clv.Track(publishedBG, &old, day("2027-02-28"), clv.Options{}, 1)
	require.ErrorIs(t, err, verdict.ErrRange)
	_, err = clv.Track(clv.BGNBD{R: 1e300, Alpha: 1e-300, A: 1, B: 1}, orders(t), day("2027-02-28"), clv.Options{}, 9)
	require.Error(t, err)
}
