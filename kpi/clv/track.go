package clv

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A TrackPoint compares repeat purchases since the first order of anyone with those
// expected.
type TrackPoint struct {
	Until    calendar.Date `json:"until"`    // last day that counts
	Actual   int64         `json:"actual"`   // repeat purchases so far
	Expected float64       `json:"expected"` // of new customers with these first days
}

const maxPoints = 100_000

// Track follows the customers whose first order is not after the end of the
// observation, to the end of the holdout or, without one, of the observation. It
// returns a point every step periods (of Options.Period) after that of the first
// order of anyone, and one for the end. A model that foretells what it has not seen
// stays beside the actual numbers after the end, too. The difference of two points
// gives the numbers of a step.
//
// Purchases are as in an [Observation]: those of the same customer and period count
// once, and the first does not count. There may be at most 100,000 points.
func Track[K kpi.Key](m Model, h *kpi.History[K], end calendar.Date, options Options, step int) ([]TrackPoint, error) {
	var faults verdict.Faults
	options.check(&faults, end)
	faults.Add("model", m.Validate())
	if step < 1 {
		faults.Addf("step", "%w: %d", verdict.ErrRange, step)
	}
	if err := wrap(&faults); err != nil {
		return nil, err
	}
	t := tracker{options: options, end: end, until: max(end, options.Holdout), starts: map[int64]int64{}, repeats: map[int64]int64{}}
	var customer K
	for who, cell := range h.All() {
		if who != customer || !t.begun {
			customer, t.first, t.begun = who, 0, true
		}
		t.see(cell)
	}
	return t.points(m, int64(step))
}

// A tracker counts by number of period.
type tracker struct {
	options         Options
	end, until      calendar.Date
	first           calendar.Date // first order of the current customer
	begun           bool
	last            int64           // his last period with an order
	starts, repeats map[int64]int64 // first orders, repeat purchases
}

func (t *tracker) see(c kpi.CustomerDay) {
	if c.Day > t.until || !orders(t.options.amounts(), c) {
		return
	}
	period := t.options.period().of(c.Day)
	switch {
	case t.first == 0:
		t.first, t.last = c.Day, period
		if c.Day <= t.end {
			t.starts[period]++
		}
	case t.first <= t.end && period > t.last:
		t.last = period
		t.repeats[period]++
	}
}

func (t *tracker) points(m Model, step int64) ([]TrackPoint, error) {
	if len(t.starts) == 0 {
		return nil, nil
	}
	starts := byPeriod(t.starts)
	repeats := byPeriod(t.repeats)
	from, to := starts[0].x, t.options.period().of(t.until)
	if (to-from)/step >= maxPoints {
		return nil, fmt.Errorf("clv: step: %w: %d makes more than %d points", verdict.ErrRange, step, maxPoints)
	}
	var points []TrackPoint
	expected := map[int64]float64{} // of a new customer, by number of periods
	var actual int64
	for at := from; at < to; {
		at = min(at+step, to)
		for len(repeats) > 0 && repeats[0].x <= at {
			actual += repeats[0].n
			repeats = repeats[1:]
		}
		p := TrackPoint{Until: t.options.period().lastDay(at), Actual: actual}
		for _, s := range starts {
			if s.x >= at {
				break
			}
			e, known := expected[at-s.x]
			if !known {
				var ok bool
				if e, ok = m.ExpectedNew(float64(at-s.x) / t.options.Length()); !ok {
					return nil, errUndefined
				}
				expected[at-s.x] = e
			}
			p.Expected += float64(s.n) * e
		}
		points = append(points, p)
	}
	return points, nil
}

// byPeriod returns the counts in ascending order of period.
func byPeriod(m map[int64]int64) []weighted {
	var c counts
	for period, n := range m {
		_ = c.add(point{x: period}, n) // at most the events of a history
	}
	return c.sorted()
}
