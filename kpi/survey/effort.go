package survey

import (
	"fmt"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// Effort is answers of which the mean counts: the customer effort score (CES). Which
// end is good depends on the question: "it was easy" is good high, "how much effort did
// you need" low. It is a plain value with a JSON form; counts that are not valid have
// no score.
type Effort Counts

// CES returns the answers as an effort score. The error reports counts that are not
// valid.
func (c Counts) CES() (Effort, error) {
	if err := c.Validate(); err != nil {
		return Effort{}, fmt.Errorf("survey: %w", err)
	}
	c.Answers = slices.Clone(c.Answers)
	return Effort(c), nil
}

// Responses returns the number of answers, and false if the counts are not valid.
func (e Effort) Responses() (int64, bool) { return Counts(e).Responses() }

// Score returns the mean answer, undefined without answers.
func (e Effort) Score() ratio.Ratio {
	return e.moment(func(answer int64) int64 { return answer })
}

// moment returns the mean of a function of the answers.
func (e Effort) moment(f func(answer int64) int64) ratio.Ratio {
	switch all, ok := e.Responses(); {
	case !ok:
		return ratio.Undefined(BadCounts)
	case all == 0:
		return ratio.Undefined(NoAnswers)
	default:
		sum := ratio.Int(0)
		for i, n := range e.Answers {
			sum = sum.Add(ratio.New(n, all).Mul(ratio.Int(f(e.answer(i)))))
		}
		return sum
	}
}

// answer returns the i-th answer of the scale.
func (e Effort) answer(i int) int64 { return int64(e.Scale.orDefault().Lowest + i) }

// Variance returns the variance of an answer, with the divisor n − 1. It is undefined
// for fewer than two answers and, for the reason [ratio.Overflow], for too many.
func (e Effort) Variance() ratio.Ratio {
	n, ok := e.Responses()
	switch {
	case !ok:
		return ratio.Undefined(BadCounts)
	case n < 2:
		return ratio.Undefined(OneAnswer)
	}
	mean := e.Score()
	square := e.moment(func(answer int64) int64 { return answer * answer })
	return square.Sub(mean.Mul(mean)).Mul(ratio.New(n, n-1))
}

// mean returns the mean of n answers, one or more, as a float64, which there always is.
func (e Effort) mean(n float64) float64 {
	sum := 0.0
	for i, count := range e.Answers {
		sum += float64(float64(e.answer(i)) * (float64(count) / n))
	}
	return sum
}

// StandardError returns the standard error of the mean, s/√n. It is false for fewer
// than two answers.
func (e Effort) StandardError() (float64, bool) {
	all, ok := e.Responses()
	if !ok || all < 2 {
		return 0, false
	}
	n := float64(all)
	mean, square := e.mean(n), 0.0
	for i, count := range e.Answers {
		away := float64(e.answer(i)) - mean
		square += float64(float64(away*away) * (float64(count) / n))
	}
	return math.Sqrt(square / (n - 1)), true
}

// Margin returns the margin of error of the mean: the standard error times the quantile
// of Student's t with n − 1 degrees of freedom. It is 0 when all agree. It is false for
// fewer than two answers or a level outside (0, 1).
func (e Effort) Margin(level float64) (float64, bool) {
	se, ok := e.StandardError()
	if !ok || checkLevel(level) != nil {
		return 0, false
	}
	n, _ := e.Responses()
	return student(level, n-1) * se, true
}

// Interval returns the mean ± [Effort.Margin], cut at the ends of the scale, undefined
// for fewer than two answers. The error wraps verdict.ErrRange for a level outside
// (0, 1).
func (e Effort) Interval(level float64) (kpi.Interval, error) {
	if err := checkLevel(level); err != nil {
		return kpi.Interval{}, err
	}
	m, ok := e.Margin(level)
	if !ok {
		return kpi.Interval{}, nil
	}
	n, _ := e.Responses()
	mean, scale := e.mean(float64(n)), e.Scale.orDefault()
	return kpi.Interval{Lo: max(float64(scale.Lowest), mean-m), Hi: min(float64(scale.Highest), mean+m), Level: level}, nil
}

// Measurement returns the mean as a measurement of a scorecard.
func (e Effort) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Measurement{On: on, Value: e.Score()}
}
