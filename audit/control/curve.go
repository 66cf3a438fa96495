package control

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Curve says what it costs to do an activity faster: its time-cost curve (J. E.
// Kelley, Critical-Path Planning and Scheduling: Mathematical Basis, Operations
// Research 9 (1961) 296-320).
type Curve struct {
	Activity string       `json:"activity"`
	Line     string       `json:"line"`   // budget line that the cost goes to
	Points   []CurvePoint `json:"points"` // by ascending duration; at least one
}

// A CurvePoint is what a duration costs more than the planned one.
type CurvePoint struct {
	Duration int          `json:"duration"` // working units, at least 1
	Cost     money.Amount `json:"cost"`
}

// Validate reports every fault of the curve: no activity, line or points, durations
// below 1 or not ascending, two currencies.
func (c Curve) Validate() error {
	var f verdict.Faults
	requireText(&f, "activity", c.Activity)
	requireText(&f, "line", c.Line)
	if len(c.Points) == 0 {
		f.Missing("points")
	}
	for i, p := range c.Points {
		at := verdict.At("points", i)
		switch {
		case p.Duration < 1:
			f.Addf(at+".duration", "%d: %w", p.Duration, verdict.ErrRange)
		case i > 0 && p.Duration <= c.Points[i-1].Duration:
			f.Addf(at+".duration", "%w: %d after %d", verdict.ErrInvalid, p.Duration, c.Points[i-1].Duration)
		}
		if _, err := p.Cost.Sub(c.Points[0].Cost); err != nil {
			f.Add(at+".cost", err)
		}
	}
	return f.Err()
}

// Cost returns what a duration costs more than the planned one: on the straight line
// between the two points around it, rounded up to a minor unit. The error is that
// of Validate, or wraps [verdict.ErrRange] beyond the ends of the curve: there is no
// going faster than its first point.
func (c Curve) Cost(duration int) (money.Amount, error) {
	if err := c.Validate(); err != nil {
		return money.Amount{}, fmt.Errorf("control: curve: %w", err)
	}
	i, exact := slices.BinarySearchFunc(c.Points, duration, func(p CurvePoint, d int) int { return p.Duration - d })
	if exact {
		return c.Points[i].Cost, nil
	}
	if i == 0 || i == len(c.Points) {
		return money.Amount{}, fmt.Errorf("control: curve of %s: duration %d: %w: %d to %d", verdict.Quote(c.Activity),
			duration, verdict.ErrRange, c.Points[0].Duration, c.Points[len(c.Points)-1].Duration)
	}
	low, high := c.Points[i-1], c.Points[i]
	step, err := high.Cost.Sub(low.Cost)
	if err != nil {
		return money.Amount{}, fmt.Errorf("control: curve: %w", err)
	}
	part, err := step.MulDiv(int64(duration-low.Duration), int64(high.Duration-low.Duration), money.Ceiling)
	if err != nil {
		return money.Amount{}, fmt.Errorf("control: curve: %w", err)
	}
	return low.Cost.Add(part)
}

// Crash returns the action to do the activity in a duration, with its cost. Errors
// are those of Cost.
func (c Curve) Crash(duration int) (Action, error) {
	cost, err := c.Cost(duration)
	if err != nil {
		return Action{}, err
	}
	a := Action{
		ID: fmt.Sprintf("%s in %d", c.Activity, duration), Title: fmt.Sprintf("%s in %d days", c.Activity, duration),
		Effects: []Effect{Crash(c.Activity, duration)},
	}
	if cost.Sign() != 0 {
		a.Costs = []Price{{Line: c.Line, Amount: cost}}
	}
	return a, nil
}

// Actions returns an action for each point of the curve, the fastest first.
func (c Curve) Actions() ([]Action, error) {
	all := make([]Action, 0, len(c.Points))
	for _, p := range c.Points {
		a, err := c.Crash(p.Duration)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}
