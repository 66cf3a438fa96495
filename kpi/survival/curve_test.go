package survival_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survival"
)

var allLimits = []survival.Limits{survival.Plain, survival.Log, survival.LogLog}

func TestCurveOfNobody(t *testing.T) {
	c := curve(t, &survival.Sample{}, survival.Options{})
	require.Equal(t, survival.Curve{Limits: survival.Log, Level: kpi.DefaultLevel, Points: []survival.Point{}}, c)
	require.Equal(t, survival.NoSubjects, c.At(0).Reason)
	m := c.Median()
	require.Equal(t, survival.NoSubjects, m.Time.Reason)
	require.Equal(t, "undefined: no subjects", m.Hi.String())
	r, err := c.Restricted(10)
	require.NoError(t, err)
	require.Equal(t, survival.NoSubjects, r.Mean.Reason)
	require.False(t, r.Interval.Defined())
}

func TestCurveWithoutEvents(t *testing.T) {
	for _, limits := range allLimits {
		c := curve(t, subjects(t, 3.5, 3.5, 9.5), survival.Options{Limits: limits})
		require.Len(t, c.Points, 2)
		for _, p := range c.Points {
			require.Equal(t, 1.0, p.Survival)
			require.Equal(t, survival.Number{}, p.StdErr)
			require.Equal(t, limits != survival.LogLog, p.Interval.Defined()) // as R: NA for log-log
			require.Zero(t, p.Hazard)
		}
		require.Equal(t, survival.NotReached, c.Median().Time.Reason)
		require.Equal(t, survival.OutOfReach, c.Median().Lo.Reason)
		require.Equal(t, survival.Number{Value: 1}, c.At(9))
		require.Equal(t, survival.NotFollowed, c.At(10).Reason)
		r, err := c.Restricted(9)
		require.NoError(t, err)
		require.Equal(t, 9.0, r.Mean.Value)
		require.Zero(t, r.StdErr.Value)
	}
}

func TestAllHaveTheEventAtOnce(t *testing.T) {
	for _, limits := range allLimits {
		c := curve(t, subjects(t, 4, 4, 4), survival.Options{Limits: limits})
		p := c.Points[0]
		require.Zero(t, p.Survival)
		require.Equal(t, survival.NobodyLeft, p.StdErr.Reason)
		require.False(t, p.Interval.Defined())
		require.Equal(t, 1.0, p.Hazard)
		require.Equal(t, survival.Number{Value: 1}, c.At(3))
		require.Equal(t, survival.Number{}, c.At(1000))
		m := c.Median()
		require.Equal(t, survival.Number{Value: 4}, m.Time)
		require.Equal(t, survival.OutOfReach, m.Lo.Reason)
		r, err := c.Restricted(100)
		require.NoError(t, err)
		require.Equal(t, 4.0, r.Mean.Value)
		require.Zero(t, r.StdErr.Value)
	}
}

func TestOneSubject(t *testing.T) {
	c := curve(t, subjects(t, 0), survival.Options{})
	require.Equal(t, survival.Number{}, c.At(0))
	require.Equal(t, survival.BeforeStart, c.At(-1).Reason)
	require.Equal(t, survival.Number{}, c.Median().Time)
	c = curve(t, subjects(t, 7.5), survival.Options{})
	require.Equal(t, survival.Number{Value: 1}, c.At(7))
	require.Equal(t, survival.NotFollowed, c.At(8).Reason)
	c = curve(t, subjects(t, float64(survival.MaxTime)), survival.Options{})
	require.Equal(t, float64(survival.MaxTime), c.Median().Time.Value)
}

// Censored subjects count as at risk at the time at which they are censored.
func TestTiesOfEventsAndCensored(t *testing.T) {
	c := curve(t, subjects(t, 5, 5.5, 5.5, 8), survival.Options{})
	require.Equal(t, 0.75, c.Points[0].Survival)
	require.Equal(t, int64(1), c.Points[1].AtRisk)
}

// With no censoring the curve is the share that is left, to the last bit.
func TestCurveWithoutCensoringIsTheShareLeft(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var s survival.Sample
	total := int64(0)
	for day := range int64(5000) {
		n := rng.Int64N(1000)
		total += n
		require.NoError(t, s.AddGroup(survival.Group{Time: day, Events: n}))
	}
	left := total
	for _, p := range curve(t, &s, survival.Options{}).Points {
		left -= p.Events
		require.Equal(t, float64(left)/float64(total), p.Survival)
	}
}

// On a flat part at the quantile, its middle; R gives 3.5 for the median of 1 2 3 4 5 6.
func TestQuantiles(t *testing.T) {
	for _, c := range []struct {
		times []float64
		p     float64
		want  survival.Number
	}{
		{[]float64{1, 2, 3, 4, 5, 6}, 0.5, survival.Number{Value: 3.5}},
		{[]float64{1, 2, 3, 4, 5}, 0.5, survival.Number{Value: 3}},
		{[]float64{1, 2, 3.5, 5, 8}, 0.5, survival.Number{Value: 5}},
		{[]float64{1, 2, 3.5, 9.5}, 0.5, survival.Number{Value: 5.5}}, // flat to the end of the curve: (2+9)/2
		{[]float64{1, 2, 3.5, 9.5}, 0.51, survival.Number{Reason: survival.NotReached}},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.1, survival.Number{Value: 1.5}},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.999, survival.Number{Value: 10}},
		{[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.3 + 1e-12, survival.Number{Value: 3.5}},
	} {
		q, err := curve(t, subjects(t, c.times...), survival.Options{}).Quantile(c.p)
		require.NoError(t, err)
		require.Equal(t, c.want, q.Time, "%v at %v", c.times, c.p)
	}
	for _, p := range []float64{0, 1, -1, math.NaN()} {
		_, err := curve(t, subjects(t, 1), survival.Options{}).Quantile(p)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
}

func TestRestrictedMeanByHand(t *testing.T) {
	// S: 1 to 2, 3/4 to 4, 3/4 (censored at 3) … 3/8 from 4. Area to 6: 2 + 2·¾ + 2·⅜.
	c := curve(t, subjects(t, 2, 3.5, 4, 9.5), survival.Options{})
	r, err := c.Restricted(6)
	require.NoError(t, err)
	require.Equal(t, 2+1.5+0.75, r.Mean.Value)
	// Var = (2.25)²·1/(4·3) + (0.75)²·1/(2·1)
	require.InEpsilon(t, math.Sqrt(2.25*2.25/12+0.75*0.75/2), r.StdErr.Value, 1e-14)
	require.InEpsilon(t, r.Mean.Value-1.959963984540054*r.StdErr.Value, r.Interval.Lo, 1e-12)
	require.InEpsilon(t, r.Mean.Value+1.959963984540054*r.StdErr.Value, r.Interval.Hi, 1e-12)

	r, err = c.Restricted(10)
	require.NoError(t, err)
	require.Equal(t, survival.NotFollowed, r.Mean.Reason)
	for _, horizon := range []int64{0, -4, survival.MaxTime + 1} {
		_, err = c.Restricted(horizon)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
}

// With everybody followed to the end, the restricted mean is the mean of min(T, τ).
func TestRestrictedMeanWithoutCensoring(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		var s survival.Sample
		var total, square float64
		n := 2 + rng.IntN(50)
		for range n {
			v := rng.Int64N(100)
			require.NoError(t, s.Add(v, survival.Event))
			m := float64(min(v, 60))
			total += m
			square += m * m
		}
		r, err := curve(t, &s, survival.Options{}).Restricted(60)
		require.NoError(t, err)
		mean := total / float64(n)
		require.InEpsilon(t, mean, r.Mean.Value, 1e-13)
		// Greenwood's variance is then that of the sample over n.
		require.InDelta(t, math.Sqrt((square/float64(n)-mean*mean)/float64(n)), r.StdErr.Value, 1e-9)
	}
}

// The slow twin follows every subject at every time.
func TestCurveAgainstSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		all := random(rng, 1+rng.IntN(80), 2+rng.IntN(40))
		c := curve(t, collect(t, all), survival.Options{Limits: survival.Plain})
		s, g, i := 1.0, 0.0, 0
		for time := int64(0); time < 1<<20+50; time++ {
			if time == 50 {
				time = 1 << 20 // nobody in between
			}
			var n, d, cens int64
			for _, x := range all {
				if x.time >= time && (x.entry == 0 || x.entry < time) {
					n++
				}
				if x.time == time && x.event {
					d++
				}
				if x.time == time && !x.event {
					cens++
				}
			}
			if d+cens > 0 {
				s *= 1 - float64(d)/float64(n)
				g += float64(d) / (float64(n) * float64(n-d))
				p := c.Points[i]
				require.Equal(t, [4]int64{time, n, d, cens}, [4]int64{p.Time, p.AtRisk, p.Events, p.Censored})
				require.InDelta(t, s, p.Survival, 1e-14)
				if s > 0 {
					require.InDelta(t, s*math.Sqrt(g), p.StdErr.Value, 1e-13)
				}
				i++
			}
		}
		require.Len(t, c.Points, i)
	}
}

func TestCurveRefusesOptions(t *testing.T) {
	s := subjects(t, 1)
	_, err := s.Curve(survival.Options{Limits: 9, Level: 1})
	require.ErrorContains(t, err, "options.limits")
	require.ErrorContains(t, err, "options.level")
	_, err = s.Curve(survival.Options{Level: math.NaN()})
	require.ErrorIs(t, err, verdict.ErrRange)
}

// Where S is very near 1, the log-log limits keep their digits.
func TestLogLogNearOne(t *testing.T) {
	var s survival.Sample
	require.NoError(t, s.AddGroup(survival.Group{Time: 1, Events: 4}))
	require.NoError(t, s.AddGroup(survival.Group{Time: 2, Censored: 1e15 - 4}))
	p := curve(t, &s, survival.Options{Limits: survival.LogLog}).Points[0]
	// 1−S is 4e-15; ln-ln limits multiply it by exp(∓z/√4).
	spread := math.Exp(1.959963984540054 / 2)
	require.InDelta(t, 1-4e-15*spread, p.Interval.Lo, 2e-16)
	require.InDelta(t, 1-4e-15/spread, p.Interval.Hi, 2e-16)
}

func TestCurveJSON(t *testing.T) {
	c := curve(t, subjects(t, 1, 2.5, 3), survival.Options{})
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var back survival.Curve
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(c, back))
	require.Contains(t, string(data), `"reason":"nobody is left"`)

	q := c.Median()
	data, err = json.Marshal(q)
	require.NoError(t, err)
	var backQ survival.Quantile
	require.NoError(t, json.Unmarshal(data, &backQ))
	require.Equal(t, q, backQ)
}

func TestNumber(t *testing.T) {
	v, ok := survival.Number{Value: 2.5}.Float64()
	require.True(t, ok)
	require.Equal(t, 2.5, v)
	require.Equal(t, "2.5", survival.Number{Value: 2.5}.String())
	_, ok = survival.Number{Reason: survival.NobodyLeft}.Float64()
	require.False(t, ok)
}

func TestWords(t *testing.T) {
	for _, l := range allLimits {
		text, err := l.MarshalText()
		require.NoError(t, err)
		var back survival.Limits
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, l, back)
		require.Equal(t, string(text), l.String())
	}
	for _, o := range []survival.Outcome{survival.Event, survival.Censored} {
		text, err := o.MarshalText()
		require.NoError(t, err)
		var back survival.Outcome
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, o, back)
		require.True(t, o.IsValid())
		parsed, err := survival.ParseOutcome(o.String())
		require.NoError(t, err)
		require.Equal(t, o, parsed)
	}
	require.False(t, survival.Outcome(3).IsValid())
	_, err := survival.ParseLimits("arcsin")
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

func FuzzWords(f *testing.F) {
	f.Add("log_log")
	f.Add("event")
	f.Fuzz(func(t *testing.T, text string) {
		var l survival.Limits
		if l.UnmarshalText([]byte(text)) == nil && l != 0 {
			require.True(t, l.IsValid())
		}
		var o survival.Outcome
		if o.UnmarshalText([]byte(text)) == nil && o != 0 {
			require.True(t, o.IsValid())
		}
	})
}
