package control

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
)

// indicators looks for indicators that are behind their target and its plan.
func (s *scanner) indicators() error {
	for i, line := range s.Scorecard.At(s.report.AsOf) {
		if r := line.Attainment.Rating; r == objective.Amber || r == objective.Red {
			s.attainment(s.Scorecard.Measures[i], line)
		}
	}
	return nil
}

func (s *scanner) attainment(m kpi.Measure, line kpi.Line) {
	d := Deviation{
		ID: verdict.Key("attainment", m.ID), Measure: Attainment, Subject: verdict.Key("indicators", m.ID), Title: m.Metric,
		Planned: wanted(m.Target, line), Actual: line.Value, Unit: unitOf(line.Unit), Level: Warn, Since: line.Measured,
	}
	if line.Attainment.Rating == objective.Red {
		d.Level = Act
	}
	d.Size = d.Planned.Sub(d.Actual)
	if m.Target.Direction.Better() < 0 {
		d.Size = d.Size.Neg()
	}
	switch {
	case !line.Interval.Defined():
		d.Nature = Untested
	case line.Interval.Contains(d.Planned):
		d.Nature = Noise
	default:
		d.Nature = Signal
	}
	d.Evidence = []string{line.Attainment.Reason}
	if line.Interval.Defined() {
		d.Evidence = append(d.Evidence, "interval "+line.Interval.String())
	}
	switch line.Trend {
	case kpi.Better:
		d.Trend = Shrinking
	case kpi.Worse:
		d.Trend = Growing
	case kpi.Steady:
		d.Trend = Steady
	}
	s.found(d)
}

// wanted returns the value that the plan wants of an indicator by now: on the way
// from the baseline, or the target itself where there is no way.
func wanted(t objective.Target, line kpi.Line) ratio.Ratio {
	if v := t.Baseline.Add(t.Value.Sub(t.Baseline).Mul(line.Attainment.Planned)); v.Defined() && line.Attainment.Share.Defined() {
		return v
	}
	return line.Target
}

func unitOf(u kpi.Unit) string {
	switch u {
	case kpi.Percent:
		return "percent"
	case kpi.Days, kpi.Hours, kpi.Points:
		return u.String()
	default:
		return ""
	}
}

// signals reads the indicators that are on a chart against their frozen baseline.
func (s *scanner) signals() error {
	for i, chart := range s.Charts {
		m, _ := s.measure(chart.Measure)
		m.History = until(m.History, s.report.AsOf)
		reading, err := chart.read(m)
		if err != nil {
			return fmt.Errorf("%s: %w", verdict.At("charts", i), err)
		}
		if reading.IsReal() {
			s.signal(m, reading)
		}
	}
	return nil
}

// read reads a measure against the limits that were kept, or that its baseline
// gives.
func (c Chart) read(m kpi.Measure) (spc.Reading, error) {
	if !c.Limits.Defined() {
		return spc.ReadMeasure(m, c.Options)
	}
	o := c.Options
	if o.Polarity == 0 {
		o.Polarity = polarityOf(m)
	}
	points, _ := spc.FromMeasurements(m.History)
	return c.Limits.Read(points, o)
}

// polarityOf returns which values of a measure are good, by its target or else by
// its metric.
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

func (s *scanner) signal(m kpi.Measure, r spc.Reading) {
	first, _ := r.First()
	d := Deviation{
		ID: verdict.Key("signal", m.ID), Measure: ProcessSignal, Subject: verdict.Key("indicators", m.ID), Title: m.Metric,
		Planned: decimal(r.Limits.Center), Actual: decimal(r.Mean), Level: Warn, Nature: Signal,
		Since: first.On, Welcome: r.Verdict == spc.Improved, Size: ratio.Undefined("the baseline does not vary"),
	}
	if metric, ok := kpi.Find(m.Metric); ok {
		d.Unit = unitOf(metric.Unit)
	}
	if sigmas, ok := r.Sigmas(); ok {
		d.Size = decimal(sigmas).Abs()
		if d.Welcome {
			d.Size = d.Size.Neg()
		}
		d.Evidence = append(d.Evidence, fmt.Sprintf("mean moved by %.1f sigma", sigmas))
		if r.Verdict == spc.Worsened {
			level, limit := s.Process.level(d.Size)
			d.Level, d.Limit = max(level, Warn), limit
		}
	}
	for _, x := range r.Signals {
		d.Evidence = append(d.Evidence, fmt.Sprintf("%s on %s: %s", x.Rule, x.On, x.Rule.Describe()))
	}
	d.Evidence = limited(d.Evidence)
	s.found(d)
}

// until returns the measurements up to a day.
func until(all []kpi.Measurement, asOf calendar.Date) []kpi.Measurement {
	for i, m := range all {
		if m.On > asOf {
			return all[:i:i]
		}
	}
	return all
}
