package kpi

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Scorecard follows indicators over time and holds them against targets
// (KP-01, KP-07). It is a plain value with a JSON form; the zero Scorecard has
// no indicators.
type Scorecard struct {
	Measures  []Measure           `json:"measures,omitempty"`
	Tolerance objective.Tolerance `json:"tolerance,omitzero"` // zero: objective.DefaultTolerance
	// MaxAge is how old a measurement may be before it counts as stale; none
	// means P3M.
	MaxAge calendar.Period `json:"maxAge,omitzero"`
}

// A Measure is one indicator: what is measured, the objective it serves, the
// target, and the measurements so far.
type Measure struct {
	ID        string           `json:"id"`
	Metric    string           `json:"metric"` // code in the [Catalogue], or a name of the project's own
	Objective string           `json:"objective,omitempty"`
	Target    objective.Target `json:"target,omitzero"` // zero: it is watched without a target
	Owner     string           `json:"owner,omitempty"`
	History   []Measurement    `json:"history,omitempty"` // in ascending order of date
}

// A Measurement is the value of an indicator on a day, in the unit of its metric.
// For a share, Successes and Trials keep what it was computed from, so that it
// comes with its interval; they are 0 if that is not known.
type Measurement struct {
	On        calendar.Date `json:"on"`
	Value     ratio.Ratio   `json:"value"`
	Successes int64         `json:"successes,omitempty"`
	Trials    int64         `json:"trials,omitempty"`
	Note      string        `json:"note,omitempty"`
}

// Share returns the measurement of a share of successes in trials, in percent;
// its value is undefined without trials.
func Share(on calendar.Date, successes, trials int64) Measurement {
	value := ratio.Of(successes, trials, "no trials").Mul(ratio.Int(100))
	return Measurement{On: on, Value: value, Successes: successes, Trials: trials}
}

// Interval returns the Wilson interval of the measurement, in percent, at the
// [DefaultLevel]. It is undefined unless the measurement is a share with its
// trials.
func (m Measurement) Interval() Interval {
	if m.Trials <= 0 {
		return Interval{}
	}
	i, err := Wilson(m.Successes, m.Trials, DefaultLevel)
	if err != nil {
		return Interval{}
	}
	return i.Times(100)
}

// At returns the last measurement up to asOf.
func (m Measure) At(asOf calendar.Date) (Measurement, bool) {
	for _, x := range slices.Backward(m.History) {
		if x.On <= asOf {
			return x, true
		}
	}
	return Measurement{}, false
}

// HasTarget reports whether the measure has a target and is not merely watched.
func (m Measure) HasTarget() bool {
	return m.Target.Direction.IsValid() || m.Target.Value.Defined()
}

// A Trend says how an indicator moves. The zero Trend is "cannot be told".
type Trend uint8

// The trends, seen from the target: better is towards it, whichever way that is.
const (
	Better Trend = iota + 1
	Worse
	Steady
)

var trendWords = verdict.NewWords[Trend]("trend", "better", "worse", "steady")

// ParseTrend returns the trend of a word: better, worse, steady.
func ParseTrend(word string) (Trend, error) { return trendWords.Parse(word) }

// IsValid reports whether t is one of the three trends.
func (t Trend) IsValid() bool { return trendWords.IsValid(t) }

// String returns the word of t, empty if it cannot be told.
func (t Trend) String() string { return trendWords.String(t) }

// AppendText appends the word of t to b.
func (t Trend) AppendText(b []byte) ([]byte, error) { return trendWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Trend) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Trend) UnmarshalText(text []byte) error { return trendWords.UnmarshalText(text, t) }

// A Line is one indicator of a scorecard at a date.
type Line struct {
	ID         string               `json:"id"`
	Metric     string               `json:"metric"`
	Name       string               `json:"name"`
	Unit       Unit                 `json:"unit,omitzero"`
	Objective  string               `json:"objective,omitempty"`
	Measured   calendar.Date        `json:"measured,omitzero"`
	Value      ratio.Ratio          `json:"value,omitzero"`
	Interval   Interval             `json:"interval,omitzero"`
	Target     ratio.Ratio          `json:"target,omitzero"`
	Attainment objective.Attainment `json:"attainment,omitzero"`
	Trend      Trend                `json:"trend,omitzero"`
	Clear      bool                 `json:"clear,omitempty"` // the last change is larger than chance, see [Scorecard.At]
	Stale      bool                 `json:"stale,omitempty"`
}

// At returns every indicator at a date, in the order of the scorecard. A line
// rates the last measurement up to the date against the target and its plan, and
// compares it with the one before. The change is called clear if both
// measurements are shares whose intervals lie apart; otherwise it may be noise.
func (s Scorecard) At(asOf calendar.Date) []Line {
	lines := make([]Line, len(s.Measures))
	for i, m := range s.Measures {
		lines[i] = s.line(m, asOf)
	}
	return lines
}

func (s Scorecard) line(m Measure, asOf calendar.Date) Line {
	line := Line{ID: m.ID, Metric: m.Metric, Name: m.Metric, Objective: m.Objective, Target: m.Target.Value}
	metric, known := Find(m.Metric)
	if known {
		line.Name, line.Unit = metric.Name, metric.Unit
	}
	last, ok := m.At(asOf)
	if ok {
		line.Measured, line.Value, line.Interval = last.On, last.Value, last.Interval()
		line.Stale = s.maxAge().After(last.On) < asOf
		line.Trend, line.Clear = m.trend(metric.Polarity, last)
	}
	if m.HasTarget() {
		line.Attainment = m.Target.At(asOf, last.Value, s.Tolerance)
	}
	return line
}

// trend compares a measurement with the one before it.
func (m Measure) trend(polarity Polarity, last Measurement) (Trend, bool) {
	before, ok := m.At(last.On - 1)
	if !ok || !before.Value.Defined() || !last.Value.Defined() {
		return 0, false
	}
	better := m.Target.Direction.Better()
	if better == 0 {
		better = map[Polarity]int{HigherIsBetter: +1, LowerIsBetter: -1}[polarity]
	}
	sure := before.Interval().Apart(last.Interval())
	switch way := last.Value.Cmp(before.Value); {
	case way == 0:
		return Steady, false
	case better == 0:
		return 0, sure
	case way == better:
		return Better, sure
	default:
		return Worse, sure
	}
}

func (s Scorecard) maxAge() calendar.Period {
	if s.MaxAge.IsValid() {
		return s.MaxAge
	}
	return calendar.Period{Count: 3, Unit: calendar.UnitMonth}
}

// Measure returns the measure of an objective, the first if there are several.
func (s Scorecard) Measure(objectiveID string) (Measure, bool) {
	for _, m := range s.Measures {
		if m.Objective == objectiveID {
			return m, true
		}
	}
	return Measure{}, false
}

// FromObjective returns the measure by which an objective is followed: its
// target, under the metric of the catalogue that it means, if there is one
// (KP-12).
func FromObjective(id string, o objective.Objective) Measure {
	target := o.TargetOf()
	if metric, ok := FindByName(o.Metric); ok {
		target.Metric = metric.Code
	}
	return Measure{ID: id, Metric: target.Metric, Objective: o.ID, Target: target, Owner: o.Owner}
}

// Validate reports every fault of the scorecard as input: ids, metrics, targets
// that are none, measurements out of order, shares that do not go with their
// trials.
func (s Scorecard) Validate() error {
	var f verdict.Faults
	f.IDs("measures", len(s.Measures), func(i int) string { return s.Measures[i].ID })
	for i, m := range s.Measures {
		m.validate(verdict.At("measures", i), &f)
	}
	if a := s.Tolerance.Amber; a.Defined() && (a.Sign() < 0 || ratio.Int(1).Less(a)) {
		f.Addf("tolerance.amber", "%w: %s, want 0 to 1", verdict.ErrRange, a)
	}
	return f.Err()
}

func (m Measure) validate(at string, f *verdict.Faults) {
	if m.Metric == "" {
		f.Missing(at + ".metric")
	}
	if m.HasTarget() {
		target := m.Target
		if target.Metric == "" {
			target.Metric = m.Metric
		}
		f.Add(at+".target", target.Validate())
		if target.Metric != m.Metric {
			f.Addf(at+".target.metric", "%w: %s, but the measure is of %s", verdict.ErrInvalid, verdict.Quote(target.Metric), verdict.Quote(m.Metric))
		}
	}
	var before calendar.Date
	for i, x := range m.History {
		here := verdict.At(at+".history", i)
		x.validate(here, f)
		if x.On.IsValid() && x.On <= before {
			f.Addf(here+".on", "%w: %s is not after %s", verdict.ErrRange, x.On, before)
		}
		before = max(before, x.On)
	}
}

func (m Measurement) validate(at string, f *verdict.Faults) {
	if !m.On.IsValid() {
		f.Missing(at + ".on")
	}
	if m.Value.IsZero() {
		f.Missing(at + ".value")
	}
	switch {
	case m.Trials < 0 || m.Successes < 0 || m.Successes > m.Trials:
		f.Addf(at+".successes", "%w: %d of %d", verdict.ErrRange, m.Successes, m.Trials)
	case m.Trials > 0 && m.Value != Share(m.On, m.Successes, m.Trials).Value:
		f.Addf(at+".value", "%w: %s is not %d of %d in percent", verdict.ErrInvalid, m.Value, m.Successes, m.Trials)
	}
}
