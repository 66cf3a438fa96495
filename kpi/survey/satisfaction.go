package survey

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Satisfaction is how many gave one of the best answers (CSAT). It is a plain
// comparable value.
type Satisfaction struct {
	Satisfied int64 `json:"satisfied"`
	Responses int64 `json:"responses"`
}

// CSAT returns customer satisfaction: the share of the best two answers, 4 and 5 on a
// scale of five. The error reports counts that are not valid, or a scale of two answers.
func (c Counts) CSAT() (Satisfaction, error) { return c.TopBoxes(2) }

// TopBoxes returns the share of so many of the best answers, at least one and not all.
// The error wraps [verdict.ErrRange] for another number, or reports counts that are
// not valid.
func (c Counts) TopBoxes(boxes int) (Satisfaction, error) {
	if err := c.Validate(); err != nil {
		return Satisfaction{}, fmt.Errorf("survey: %w", err)
	}
	if boxes < 1 || boxes >= len(c.Answers) {
		return Satisfaction{}, fmt.Errorf("survey: %w: the best %d answers on a scale of %v", verdict.ErrRange, boxes, c.Scale)
	}
	n, _ := total(c.Answers)
	top, _ := total(c.Answers[len(c.Answers)-boxes:])
	return Satisfaction{top, n}, nil
}

// Score returns the share in percent, undefined without answers.
func (s Satisfaction) Score() ratio.Ratio {
	if s.Satisfied < 0 || s.Satisfied > s.Responses {
		return ratio.Undefined(BadCounts)
	}
	return ratio.Of(s.Satisfied, s.Responses, NoAnswers).Mul(ratio.Int(100))
}

// Interval returns the Wilson interval of the share in percent, undefined without
// answers. The error is that of [kpi.Wilson].
func (s Satisfaction) Interval(level float64) (kpi.Interval, error) {
	i, err := kpi.Wilson(s.Satisfied, s.Responses, level)
	return i.Times(100), err
}

// Measurement returns the share as a measurement of a scorecard, which keeps the counts
// and so its interval.
func (s Satisfaction) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Share(on, s.Satisfied, s.Responses)
}
