package survival

import (
	"cmp"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options say how confidence limits are made. The zero Options are the defaults.
type Options struct {
	Limits Limits  `json:"limits,omitempty"` // zero means Log
	Level  float64 `json:"level,omitempty"`  // between 0 and 1; zero means kpi.DefaultLevel
}

// A Curve is the estimated share of subjects whose event comes after each time. It
// steps down at events and is flat in between; see [Curve.At].
type Curve struct {
	Subjects int64   `json:"subjects"`
	Events   int64   `json:"events"`
	Censored int64   `json:"censored"`
	Limits   Limits  `json:"limits"`
	Level    float64 `json:"level"`
	Points   []Point `json:"points"` // one for each time with events or censored, ascending
}

// A Point is a curve at a time at which subjects ended. The estimates hold from that
// time, included, to the next.
type Point struct {
	Time     int64 `json:"time"`
	AtRisk   int64 `json:"atRisk"`   // followed immediately before
	Events   int64 `json:"events"`   // of these, with the event at this time
	Censored int64 `json:"censored"` // and last seen at it

	Survival float64      `json:"survival"` // Kaplan-Meier estimate of P(T > Time)
	StdErr   Number       `json:"stdErr"`   // its standard error, by Greenwood; undefined once Survival is 0
	Interval kpi.Interval `json:"interval"` // its confidence limits; undefined once Survival is 0

	Hazard       float64 `json:"hazard"`       // Nelson-Aalen estimate of the cumulative hazard
	HazardStdErr float64 `json:"hazardStdErr"` // its standard error
}

// Curve returns the Kaplan-Meier and Nelson-Aalen estimates of the sample. That of
// an empty sample has no points. With late entries, S can reach 0 early, when the
// few that are at risk all have the event, and then stays there; R does the same.
//
// The error reports every fault of the options.
func (s *Sample) Curve(o Options) (Curve, error) {
	if err := o.check(); err != nil {
		return Curve{}, err
	}
	c := Curve{Subjects: s.total, Limits: o.limits(), Level: o.level(), Points: []Point{}}
	z := math.Sqrt2 * math.Erfinv(c.Level)
	e := estimate{survival: double{hi: 1}}
	for n := range s.Counts() {
		if n.Events == 0 && n.Censored == 0 {
			continue
		}
		e.step(n.AtRisk, n.Events)
		p := Point{Time: n.Time, AtRisk: n.AtRisk, Events: n.Events, Censored: n.Censored}
		e.fill(&p, c, z)
		c.Points = append(c.Points, p)
		c.Events += n.Events
		c.Censored += n.Censored
	}
	return c, nil
}

// At returns S at a time: the estimated share of subjects whose event comes after
// it. It is 1 before the first event, and undefined below 0, for an empty sample,
// and after the last time that anyone was followed to, unless S has reached 0.
func (c Curve) At(time int64) Number {
	i, found := slices.BinarySearchFunc(c.Points, time, func(p Point, t int64) int { return cmp.Compare(p.Time, t) })
	if found {
		i++
	}
	switch {
	case len(c.Points) == 0:
		return undefined(NoSubjects)
	case time < 0:
		return undefined(BeforeStart)
	case i == 0:
		return Number{Value: 1}
	case i == len(c.Points) && !found && c.Points[i-1].Survival > 0:
		return undefined(NotFollowed)
	default:
		return Number{Value: c.Points[i-1].Survival}
	}
}

func (o Options) limits() Limits { return cmp.Or(o.Limits, Log) }

func (o Options) level() float64 { return cmp.Or(o.Level, kpi.DefaultLevel) }

func (o Options) check() error {
	var faults verdict.Faults
	if l := o.limits(); !l.IsValid() {
		_, err := l.MarshalText()
		faults.Add("options.limits", err)
	}
	if level := o.level(); !(level > 0 && level < 1) { // negated so that NaN fails
		faults.Addf("options.level", "%w: %v is not between 0 and 1", verdict.ErrRange, level)
	}
	return wrap(&faults)
}

// An estimate runs over the times of a sample.
type estimate struct {
	survival    double
	greenwood   sum
	hazard      sum
	hazardSpeed sum // Σ d/n²
}

// step takes d events among n at risk. The terms of G, and of the variance of H, are
// formed so that no product of counts overflows or rounds before the division.
func (e *estimate) step(n, d int64) {
	if d == 0 {
		return
	}
	at, events := float64(n), float64(d)
	e.survival = e.survival.times(whole(n - d)).over(whole(n))
	if d < n {
		e.greenwood.add(events / at / float64(n-d))
	}
	e.hazard.add(events / at)
	e.hazardSpeed.add(events / at / at)
}

func (e *estimate) fill(p *Point, c Curve, z float64) {
	p.Survival = e.survival.hi
	p.Hazard, p.HazardStdErr = e.hazard.value(), math.Sqrt(e.hazardSpeed.value())
	if p.Survival == 0 {
		p.StdErr = undefined(NobodyLeft)
		return
	}
	root := math.Sqrt(e.greenwood.value())
	p.StdErr = Number{Value: p.Survival * root}
	lo, hi, ok := e.limits(c.Limits, z*root)
	if ok {
		p.Interval = kpi.Interval{Lo: lo, Hi: hi, Level: c.Level}
	}
}

// limits returns the confidence limits for a margin of z√G.
func (e *estimate) limits(kind Limits, margin float64) (lo, hi float64, ok bool) {
	s := e.survival.hi
	switch kind {
	case Plain:
		return max(0, s-float64(s*margin)), min(1, s+float64(s*margin)), true
	case LogLog:
		if s == 1 {
			return 0, 0, false
		}
		log := math.Log1p(-(1 - s - e.survival.lo)) // of S, also where it is near 1
		spread := math.Exp(margin / -log)
		return math.Exp(log * spread), math.Exp(log / spread), true
	default:
		return s * math.Exp(-margin), min(1, s*math.Exp(margin)), true
	}
}
