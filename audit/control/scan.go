package control

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Scan holds a course against its plan at a day, and returns everything that
// deviates (CP-34, CP-37, AU-06). The error lists every fault of the course and
// the thresholds, or wraps [verdict.ErrMissing] if there is no day.
//
// Each deviation has a [Nature]. It is Noise, and then at most a warning, if
//
//   - the finish is late and the deadline still holds;
//   - a task or milestone is late and the plan has float for it;
//   - the value that an indicator should have lies within the interval of 95 % of
//     the measured one.
//
// An index is Untested until Thresholds.Stable of the work is done, and a Signal
// from then on. A [ProcessSignal] is a signal by the rules of its chart; moves
// within the limits are no deviation at all.
//
// It takes the time of two plans, of an earned-value report for each of the last 24
// reporting periods in which SPI(t) was off plan, and O(n) for the rest.
func (c Course) Scan(asOf calendar.Date, t Thresholds) (Report, error) {
	var f verdict.Faults
	requireDay(&f, "asOf", asOf)
	f.Add("", c.Validate())
	f.Add("thresholds", t.Validate())
	if err := f.Err(); err != nil {
		return Report{}, fmt.Errorf("control: %w", err)
	}
	return c.scan(asOf, t)
}

// scan is Scan for a course that is known to be valid.
func (c Course) scan(asOf calendar.Date, t Thresholds) (Report, error) {
	p, err := c.plan(asOf)
	if err != nil {
		return Report{}, err
	}
	s := scanner{Course: c, Thresholds: t.filled(), plans: p, report: Report{AsOf: asOf}}
	for _, part := range []func() error{s.time, s.money, s.lines, s.indicators, s.signals} {
		if err := part(); err != nil {
			return Report{}, fmt.Errorf("control: %w", err)
		}
	}
	sortDeviations(s.report.Deviations)
	return s.report, nil
}

// A scanner gathers deviations.
type scanner struct {
	Course
	Thresholds
	plans
	report Report
}

// found adds a deviation. What is welcome, or noise, asks for less than its size.
func (s *scanner) found(d Deviation) {
	d.On = s.report.AsOf
	if d.Since == 0 {
		d.Since = d.On
	}
	if d.Nature == Noise && d.Level > Warn {
		d.Level = Warn
	}
	if d.Welcome {
		d.Level = Note
	}
	s.report.Deviations = append(s.report.Deviations, d)
}

// units returns an amount in whole units of its currency, exactly.
func units(a money.Amount) ratio.Ratio {
	scale := int64(1)
	for range a.Currency().Exponent() {
		scale *= 10
	}
	return ratio.New(a.Minor(), scale)
}

// decimal returns x to six decimals, fewer if it is large, and undefined if it is
// not a number that a ratio can hold. What comes of control charts is a multiple
// of a mean, and means nothing beyond.
func decimal(x float64) ratio.Ratio {
	for scale := int64(1_000_000); scale > 0; scale /= 10 {
		if v := math.Round(x * float64(scale)); math.Abs(v) < 1<<62 {
			return ratio.New(int64(v), scale)
		}
	}
	return ratio.Undefined("out of range")
}
