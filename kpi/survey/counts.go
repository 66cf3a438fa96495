package survey

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The reasons of undefined scores.
const (
	NoAnswers     = "no answers"
	OneAnswer     = "fewer than two answers"
	NoInvitations = "number of invitations not given"
	TooManyCame   = "more answers than invitations"
	BadCounts     = "counts that are not valid"
)

// Counts say how often each answer was given. They are a plain value with a JSON form;
// those of a [Survey] are valid.
type Counts struct {
	Scale   Scale   `json:"scale,omitzero"`    // zero: 0 to 10
	Answers []int64 `json:"answers"`           // times each answer was given, from Scale.Lowest on
	Blank   int64   `json:"blank,omitempty"`   // questionnaires that came back without this answer
	Invited int64   `json:"invited,omitempty"` // 0 if that is not known
}

// Count returns the counts of answers listed one by one. The error reports every one
// that is not on the scale, or a scale that is none.
func Count(scale Scale, answers ...int) (Counts, error) {
	var f verdict.Faults
	if f.Add("scale", scale.Validate()); f.Len() > 0 {
		return Counts{}, fmt.Errorf("survey: %w", f.Err())
	}
	c := Counts{Scale: scale, Answers: make([]int64, scale.Len())}
	for i, a := range answers {
		if !scale.Contains(a) {
			f.Add(verdict.At("answers", i), offScale(a, scale))
			continue
		}
		c.Answers[a-scale.orDefault().Lowest]++
	}
	if err := f.Err(); err != nil {
		return Counts{}, fmt.Errorf("survey: %w", err)
	}
	return c, nil
}

func offScale(answer int, scale Scale) error {
	return fmt.Errorf("%w: answer %d on a scale of %v", verdict.ErrRange, answer, scale)
}

// Of returns how often an answer was given, 0 if it is not on the scale.
func (c Counts) Of(answer int) int64 {
	if i := answer - c.Scale.orDefault().Lowest; i >= 0 && i < len(c.Answers) {
		return c.Answers[i]
	}
	return 0
}

// Responses returns the number of answers, blank ones not among them. It is false if
// the counts are not valid.
func (c Counts) Responses() (int64, bool) {
	if c.Validate() != nil {
		return 0, false
	}
	n, _ := total(c.Answers)
	return n, true
}

// ResponseRate returns answers over invitations, undefined if these are not known or
// were fewer. Blank answers are not responses.
func (c Counts) ResponseRate() ratio.Ratio {
	n, ok := c.Responses()
	switch {
	case !ok:
		return ratio.Undefined(BadCounts)
	case c.Invited > 0 && n > c.Invited:
		return ratio.Undefined(TooManyCame)
	default:
		return ratio.Of(n, c.Invited, NoInvitations)
	}
}

// Validate reports every fault of counts that were read: a scale that is none, another
// number of answers than it has, negative counts, or more than fit an int64.
func (c Counts) Validate() error {
	var f verdict.Faults
	f.Add("scale", c.Scale.Validate())
	if f.Len() == 0 && len(c.Answers) != c.Scale.Len() {
		f.Addf("answers", "%w: %d counts for a scale of %v", verdict.ErrInvalid, len(c.Answers), c.Scale)
	}
	for i, n := range c.Answers {
		checkCount(&f, verdict.At("answers", i), n)
	}
	checkCount(&f, "blank", c.Blank)
	checkCount(&f, "invited", c.Invited)
	if _, ok := total(c.Answers); !ok && f.Len() == 0 {
		f.Addf("answers", "%w: more than %d in all", verdict.ErrRange, int64(math.MaxInt64))
	}
	return f.Err()
}

func checkCount(f *verdict.Faults, path string, n int64) {
	if n < 0 {
		f.Addf(path, "%w: %d", verdict.ErrRange, n)
	}
}

// total returns the sum of counts, and false if one is negative or it does not fit.
func total(counts []int64) (int64, bool) {
	var sum int64
	for _, n := range counts {
		if n < 0 || n > math.MaxInt64-sum {
			return 0, false
		}
		sum += n
	}
	return sum, true
}
