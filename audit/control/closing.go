package control

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A closing moves the finish of a plan by working days of its default calendar.
type closing struct {
	days  *calendar.Working
	start calendar.Date
	floor float64 // before which nothing more can be finished, as a finish is
}

func closingOf(p *schedule.Plan) (closing, error) {
	days, err := defaultCalendar(p.Network().Definition()).Compile()
	if err != nil {
		return closing{}, err
	}
	c := closing{days: days, start: p.Start()}
	if passed, ok := p.AsOf().DaysSince(c.start); ok && p.AsOf() != 0 {
		c.floor = max(float64(passed+1), 0)
	}
	return c, nil
}

// later returns a finish, in civil days from the morning of the start, moved by
// working days. It stands at the evening of a working day, or within one; one that
// stands on a free day counts as the evening before. Finishes moved to the past stand
// at the evening of what has passed, unless they were before it.
//
// The error wraps [verdict.ErrRange] if the finish is not in the years 1 to 9999.
func (c closing) later(finish, by float64) (float64, error) {
	if by == 0 {
		return finish, nil
	}
	whole := math.Floor(finish)
	day := c.start + calendar.Date(whole)
	before, ok := c.days.Rank(day)
	position := float64(before)
	if c.days.IsWorking(day) {
		position += finish - whole
	}
	position += by
	units := math.Floor(position)
	var end float64
	var at calendar.Date
	if part := position - units; part > 0 {
		at = c.days.Nth(int(units))
		end = float64(at-c.start) + part
	} else {
		at = c.days.Nth(int(units) - 1)
		end = float64(at-c.start) + 1
	}
	if !ok || at == 0 {
		return 0, fmt.Errorf("a finish moved by %v working days: %w: outside the years 1 to 9999", by, verdict.ErrRange)
	}
	return max(end, min(finish, c.floor)), nil
}
