package usage_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/usage"
)

// slowQuantile is the definition in floats.
func slowQuantile(v usage.TimeToValue, p float64) (float64, bool) {
	s := 1.0
	for i, r := range v.Curve {
		s *= 1 - float64(r.Reached)/float64(r.AtRisk)
		if r.Reached == 0 || s > 1-p+1e-12 {
			continue
		}
		if math.Abs(s-(1-p)) <= 1e-12 {
			for _, next := range v.Curve[i+1:] {
				if next.Reached > 0 {
					return float64(r.Days+next.Days) / 2, true
				}
			}
			return float64(r.Days+v.Curve[len(v.Curve)-1].Days) / 2, true
		}
		return float64(r.Days), true
	}
	return 0, false
}

func TestFirstValueAgainstSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	quantiles, ties := 0, 0
	for range 600 {
		es := randomEvents(rng)
		o, counts := randomOptions(rng)
		end := 110 + calendar.Date(rng.IntN(30))
		starts := map[int]calendar.Date{}
		for user := range 14 {
			if rng.IntN(5) > 0 {
				starts[user-6] = 95 + calendar.Date(rng.IntN(30))
			}
		}
		got, err := usage.FirstValue(es.log(), maps.All(starts), end, o)
		require.NoError(t, err)
		reached, censored := map[int64]int64{}, map[int64]int64{}
		var want usage.TimeToValue
		for user, start := range starts {
			first := calendar.Date(0)
			for _, e := range es {
				if e.User == user && counts(e) && e.Day >= start && e.Day <= end && (first == 0 || e.Day < first) {
					first = e.Day
				}
			}
			switch {
			case start > end:
				want.Later++
			case first > 0:
				reached[int64(first-start)]++
				want.Reached++
			default:
				censored[int64(end-start)]++
				want.Censored++
			}
		}
		for user := range es.active(1, end, counts) {
			if _, ok := starts[user]; !ok {
				want.Unknown++
			}
		}
		require.Equal(t, []int64{want.Reached, want.Censored, want.Later, want.Unknown}, []int64{got.Reached, got.Censored, got.Later, got.Unknown})
		left := got.Users
		for _, r := range got.Curve {
			require.Equal(t, usage.Risk{Days: r.Days, AtRisk: left, Reached: reached[r.Days], Censored: censored[r.Days]}, r)
			left -= r.Reached + r.Censored
		}
		require.Zero(t, left)
		require.Equal(t, usage.Share{Users: got.Reached, Of: got.Users}, got.Share())
		for _, p := range []ratio.Ratio{ratio.New(1, 10), ratio.New(1, 4), ratio.New(1, 3), ratio.New(1, 2), ratio.New(9, 10)} {
			at, _ := p.Float64()
			want, ok := slowQuantile(got, at)
			q, isDefined := got.Quantile(p).Float64()
			require.Equal(t, ok, isDefined)
			require.Equal(t, want, q)
			quantiles++
			if ok && got.Quantile(p).Den() == 2 {
				ties++
			}
		}
	}
	require.Positive(t, ties)
	require.Positive(t, quantiles)
}

func TestFirstValueCorners(t *testing.T) {
	none, err := usage.FirstValue(&usage.Log[int]{}, maps.All(map[int]calendar.Date{}), 100, options{})
	require.NoError(t, err)
	require.Equal(t, usage.NotYet, none.Median().Reason())
	require.False(t, none.Share().Rate().Defined())
	for _, p := range []ratio.Ratio{ratio.Int(0), ratio.Int(1), ratio.New(-1, 2), {}} {
		require.Equal(t, "no such quantile", none.Quantile(p).Reason())
	}
	half, err := usage.FirstValue(events{{1, 100, "note"}}.log(), maps.All(map[int]calendar.Date{1: 97, 2: 97}), 100, options{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(3), half.Median(), "nobody gets there later that we know of")
	require.Equal(t, usage.NotYet, half.Quantile(ratio.New(51, 100)).Reason())
	// Many days with somebody censored on each make long products, and no overflow.
	starts, es := map[int]calendar.Date{}, events{}
	for user := range 3000 {
		starts[user] = 10_000 - calendar.Date(user)
		if user%2 == 0 {
			es = append(es, usage.Event[int]{User: user, Day: starts[user] + calendar.Date(user/2), Action: "note"})
		}
	}
	long, err := usage.FirstValue(es.log(), maps.All(starts), 10_000, options{})
	require.NoError(t, err)
	want, ok := slowQuantile(long, 0.5)
	require.True(t, ok)
	got, _ := long.Median().Float64()
	require.Equal(t, want, got)
}

// The curve is flat at one half up to its end, the day on which somebody was last
// observed: the median is the middle, as of package survival and of quantile() in R.
func TestFlatToTheEnd(t *testing.T) {
	v, err := usage.FirstValue(events{{1, 92, "note"}}.log(), maps.All(map[int]calendar.Date{1: 90, 2: 90}), 100, options{})
	require.NoError(t, err)
	require.Equal(t, ratio.Int(6), v.Median())
	require.Equal(t, kpi.Measurement{On: 100, Value: ratio.Int(6)}, v.Measurement(100))
}
