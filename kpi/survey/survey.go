package survey

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Survey accumulates answers and invitations by label, such as a region, a role or a
// touch point; with the empty label alone it is one survey as a whole. Parts gathered
// apart are joined by [Survey.Merge], in any order and grouping.
//
// The zero Survey is empty, of the scale 0 to 10, and ready for use; [New] makes one
// of another scale. It must not be copied after first use, and only reading from it
// is safe for concurrent use.
type Survey struct {
	scale  Scale
	labels map[string]*Counts
	whole  Counts // blank and invited of all labels
	total  int64  // answers of all labels
}

// New returns an empty survey of a scale. The error reports one that is none.
func New(scale Scale) (*Survey, error) {
	if err := scale.Validate(); err != nil {
		return nil, fmt.Errorf("survey: scale: %w", err)
	}
	return &Survey{scale: scale.orDefault()}, nil
}

// Scale returns the scale of the answers.
func (s *Survey) Scale() Scale { return s.scale.orDefault() }

// Add records one answer. One that is not on the scale is an error that wraps
// [verdict.ErrRange], and then nothing is recorded.
func (s *Survey) Add(label string, answer int) error { return s.AddN(label, answer, 1) }

// AddN records an answer that was given so many times. An answer that is not on the
// scale, a negative number, or more answers than fit an int64 is an error that wraps
// [verdict.ErrRange], and then nothing is recorded.
func (s *Survey) AddN(label string, answer int, times int64) error {
	switch {
	case !s.scale.Contains(answer):
		return fmt.Errorf("survey: label %s: %w", verdict.Quote(label), offScale(answer, s.scale))
	case times < 0 || times > math.MaxInt64-s.total:
		return fmt.Errorf("survey: label %s: %w: answer %d, %d times", verdict.Quote(label), verdict.ErrRange, answer, times)
	}
	if times > 0 {
		s.total += times
		s.of(label).Answers[answer-s.scale.orDefault().Lowest] += times
	}
	return nil
}

// Blank records questionnaires that came back without this answer. Errors are those of
// [Survey.AddN].
func (s *Survey) Blank(label string, times int64) error {
	return s.count(label, "blank", times, func(c *Counts) *int64 { return &c.Blank })
}

// Invite records invitations, for the response rate. Errors are those of [Survey.AddN].
func (s *Survey) Invite(label string, times int64) error {
	return s.count(label, "invited", times, func(c *Counts) *int64 { return &c.Invited })
}

func (s *Survey) count(label, what string, times int64, field func(*Counts) *int64) error {
	if times < 0 || times > math.MaxInt64-*field(&s.whole) {
		return fmt.Errorf("survey: label %s: %w: %s %d times", verdict.Quote(label), verdict.ErrRange, what, times)
	}
	if times > 0 {
		*field(&s.whole) += times
		*field(s.of(label)) += times
	}
	return nil
}

// of returns the counts of a label, which is made if it is new.
func (s *Survey) of(label string) *Counts {
	c := s.labels[label]
	if c == nil {
		if s.labels == nil {
			s.labels = map[string]*Counts{}
		}
		c = &Counts{Scale: s.Scale(), Answers: make([]int64, s.scale.Len())}
		s.labels[label] = c
	}
	return c
}

// Merge takes in everything of other, which is not changed; it may be s itself. Surveys
// of different scales, unless other is empty, are an error that wraps
// [verdict.ErrInvalid]; more than fits an int64 is one that wraps [verdict.ErrRange]. Then
// s is unchanged.
func (s *Survey) Merge(other *Survey) error {
	switch {
	case len(other.labels) == 0:
		return nil
	case s.Scale() != other.Scale():
		return fmt.Errorf("survey: merge: %w: scales %v and %v", verdict.ErrInvalid, s.Scale(), other.Scale())
	case other.total > math.MaxInt64-s.total,
		other.whole.Blank > math.MaxInt64-s.whole.Blank,
		other.whole.Invited > math.MaxInt64-s.whole.Invited:
		return fmt.Errorf("survey: merge: %w: too many answers or invitations", verdict.ErrRange)
	}
	for label, from := range other.labels { // sums do not depend on the order
		to := s.of(label)
		for i, n := range from.Answers {
			to.Answers[i] += n
		}
		to.Blank += from.Blank
		to.Invited += from.Invited
	}
	s.total += other.total
	s.whole.Blank += other.whole.Blank
	s.whole.Invited += other.whole.Invited
	return nil
}

// Counts returns what was recorded under a label; counts of nothing if that is not
// among them.
func (s *Survey) Counts(label string) Counts {
	if c := s.labels[label]; c != nil {
		copied := *c
		copied.Answers = slices.Clone(c.Answers)
		return copied
	}
	return Counts{Scale: s.Scale(), Answers: make([]int64, s.scale.Len())}
}

// Total returns what was recorded under all labels together: pooled, so that large
// labels count for more than small ones.
func (s *Survey) Total() Counts {
	all := Counts{Scale: s.Scale(), Answers: make([]int64, s.scale.Len()), Blank: s.whole.Blank, Invited: s.whole.Invited}
	for _, c := range s.labels {
		for i, n := range c.Answers {
			all.Answers[i] += n
		}
	}
	return all
}

// All yields the counts by label, in ascending order of bytes.
func (s *Survey) All() iter.Seq2[string, Counts] {
	return func(yield func(string, Counts) bool) {
		for _, label := range slices.Sorted(maps.Keys(s.labels)) {
			if !yield(label, s.Counts(label)) {
				return
			}
		}
	}
}
