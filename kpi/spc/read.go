package spc

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Reading answers whether an indicator has changed since its baseline, or has done
// what it always did. It is a plain value with a JSON form.
type Reading struct {
	Verdict   Verdict         `json:"verdict,omitzero"`
	Reason    string          `json:"reason,omitempty"` // why there is no verdict; empty if there is one
	Limits    Limits          `json:"limits,omitzero"`  // of the baseline
	Points    int             `json:"points"`           // after the baseline
	Mean      float64         `json:"mean"`             // of these points; 0 without any
	Shift     float64         `json:"shift"`            // Mean less the centre line of the baseline; 0 without a verdict
	Direction Direction       `json:"direction,omitzero"`
	Signals   []Signal        `json:"signals,omitempty"`   // all, in order; the indices are those of the series read
	Undefined []calendar.Date `json:"undefined,omitempty"` // measurements without a value, left out, see ReadMeasure
}

// Read estimates limits from the points of the baseline in the options, whose last day
// must be given, and reads the points after it against them. Patterns are looked for
// among these points only, so that a change is shown by what came after.
//
// The verdict is undefined with a reason if the baseline has too few points or none
// follow it. The direction is that of all signals which have one, none if they
// disagree; Improved and Worsened need it, and a polarity. Other errors are those
// of [Estimate].
func Read(points []Point, o Options) (Reading, error) {
	var f verdict.Faults
	if o.Baseline.Until == 0 {
		f.Missing("options.baseline.until")
	}
	o.check(&f, false)
	checkPoints(&f, points)
	if err := wrap(&f); err != nil {
		return Reading{}, err
	}
	l := estimate(within(points, o.Baseline), o)
	return l.read(points, o.Baseline.Until, o), nil
}

// Read reads the points after the baseline of limits that were kept: all points if
// they were set by hand and have no baseline. Of the options only the rules and the
// polarity count. The error reports every fault of the limits, the points and
// the options.
func (l Limits) Read(points []Point, o Options) (Reading, error) {
	var f verdict.Faults
	l.checkKind(&f, false)
	o.check(&f, false)
	checkPoints(&f, points)
	if err := wrap(&f); err != nil {
		return Reading{}, err
	}
	return l.read(points, l.Baseline.Until, o), nil
}

// ReadMeasure reads the history of a measure of a scorecard (KP-07). Unless the options
// have a polarity, it is that of its target, or else of its metric in the
// catalogue. Measurements without a value are left out and listed. Errors are those
// of [Read]; their paths count the measurements with a value.
func ReadMeasure(m kpi.Measure, o Options) (Reading, error) { return readMeasure(m, o, Read) }

// ReadMeasure is [ReadMeasure] with limits that were kept. Errors are those of
// [Limits.Read].
func (l Limits) ReadMeasure(m kpi.Measure, o Options) (Reading, error) {
	return readMeasure(m, o, l.Read)
}

func readMeasure(m kpi.Measure, o Options, read func([]Point, Options) (Reading, error)) (Reading, error) {
	points, undefined := FromMeasurements(m.History)
	if o.Polarity == 0 {
		o.Polarity = polarityOf(m)
	}
	r, err := read(points, o)
	if err == nil {
		r.Undefined = undefined
	}
	return r, err
}

func polarityOf(m kpi.Measure) kpi.Polarity {
	switch better := m.Target.Direction.Better(); {
	case better > 0:
		return kpi.HigherIsBetter
	case better < 0:
		return kpi.LowerIsBetter
	default:
		metric, _ := kpi.Find(m.Metric)
		return metric.Polarity
	}
}

// read reads the sound points after a day against sound limits.
func (l Limits) read(points []Point, until calendar.Date, o Options) Reading {
	skip := 0
	for skip < len(points) && points[skip].On <= until {
		skip++
	}
	after := points[skip:]
	r := Reading{Limits: l, Points: len(after)}
	if len(after) > 0 {
		r.Mean = mean(values(after))
	}
	if r.Reason = l.unread(len(after)); r.Reason != "" {
		return r
	}
	r.Shift = r.Mean - l.Center
	r.Signals = l.chart(after, o.rules()).Signals
	for i := range r.Signals {
		r.Signals[i].Index += skip
	}
	r.Direction = agreed(r.Signals)
	r.Verdict = judge(r.Signals, r.Direction, o.Polarity)
	return r
}

// unread returns why there can be no verdict, empty if there can.
func (l Limits) unread(after int) string {
	switch {
	case l.Reason != "":
		return l.Reason
	case !l.Defined():
		return "no limits"
	case after == 0:
		return "no points after the baseline"
	default:
		return ""
	}
}

// agreed returns the direction of all signals that have one, none if they disagree.
func agreed(signals []Signal) Direction {
	var d Direction
	for _, s := range signals {
		switch {
		case d == 0:
			d = s.Direction
		case s.Direction != 0 && s.Direction != d:
			return 0
		}
	}
	return d
}

func judge(signals []Signal, d Direction, p kpi.Polarity) Verdict {
	switch {
	case len(signals) == 0:
		return Noise
	case d == 0 || p == 0:
		return Changed
	case (d == Up) == (p == kpi.HigherIsBetter):
		return Improved
	default:
		return Worsened
	}
}

// Defined reports whether there is a verdict.
func (r Reading) Defined() bool { return r.Verdict.IsValid() }

// IsReal reports whether there is a signal: the change is more than noise.
func (r Reading) IsReal() bool { return r.Verdict.IsValid() && r.Verdict != Noise }

// First returns the first signal, and false if there is none: the day on which it
// could be known.
func (r Reading) First() (Signal, bool) {
	if len(r.Signals) == 0 {
		return Signal{}, false
	}
	return r.Signals[0], true
}

// Latest returns the last signal, and false if there is none.
func (r Reading) Latest() (Signal, bool) {
	if len(r.Signals) == 0 {
		return Signal{}, false
	}
	return r.Signals[len(r.Signals)-1], true
}

// Rules returns the rules that are met.
func (r Reading) Rules() Rules {
	var set Rules
	for _, s := range r.Signals {
		set |= s.Rule.bit()
	}
	return set
}

// Sigmas returns the shift in sigmas of a point of the baseline. It is false without a
// verdict, or if the baseline has no variation and so no sigma.
func (r Reading) Sigmas() (float64, bool) {
	sigma, ok := r.Limits.Sigma()
	return quotient(r.Shift, sigma, ok && r.Defined())
}

// Relative returns the shift as a share of the centre line of the baseline, −0.25 for
// a quarter less. It is false without a verdict or for a centre line of 0.
func (r Reading) Relative() (float64, bool) {
	center := r.Limits.Center
	if center < 0 {
		center = -center
	}
	return quotient(r.Shift, center, r.Defined())
}

// quotient is false if it is not asked for, has no divisor or would not be finite.
func quotient(a, b float64, ok bool) (float64, bool) {
	const huge = 1e300
	if !ok || b == 0 {
		return 0, false
	}
	if q := a / b; q > -huge && q < huge {
		return q, true
	}
	return 0, false
}

// String returns the reading as a sentence for people.
func (r Reading) String() string {
	if !r.Defined() {
		return "cannot be told: " + r.Reason
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: mean %.4g after the baseline against %s", r.Verdict, r.Mean, r.Limits)
	if first, ok := r.First(); ok {
		fmt.Fprintf(&b, "; first signal %s, %s", first.On, first.Rule.Describe())
	}
	return b.String()
}
