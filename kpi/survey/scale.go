package survey

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Scale is the whole numbers that can be answered, from the worst, or least, to the
// best. The zero Scale stands for 0 to 10, that of the net promoter score.
type Scale struct {
	Lowest  int `json:"lowest"`
	Highest int `json:"highest"`
}

// maxAnswer bounds scales, since a survey has a counter for each answer.
const maxAnswer = 100

// OneTo returns the scale from 1 to n: five for satisfaction, seven for effort.
func OneTo(n int) Scale { return Scale{1, n} }

// orDefault returns 0 to 10 for the zero Scale.
func (s Scale) orDefault() Scale {
	if s == (Scale{}) {
		return Scale{0, 10}
	}
	return s
}

// Len returns the number of answers, 11 for the zero Scale.
func (s Scale) Len() int {
	s = s.orDefault()
	return s.Highest - s.Lowest + 1
}

// Contains reports whether the answer is one of the scale.
func (s Scale) Contains(answer int) bool {
	s = s.orDefault()
	return s.Lowest <= answer && answer <= s.Highest
}

// String returns "0-10" or "1-5".
func (s Scale) String() string {
	s = s.orDefault()
	return fmt.Sprintf("%d-%d", s.Lowest, s.Highest)
}

// Validate reports a scale that has fewer than two answers or goes beyond 0 to 100.
func (s Scale) Validate() error {
	var f verdict.Faults
	s = s.orDefault()
	if s.Lowest < 0 || s.Lowest >= maxAnswer {
		f.Addf("lowest", "%w: %d, want 0 to %d", verdict.ErrRange, s.Lowest, maxAnswer-1)
	}
	if s.Highest <= s.Lowest || s.Highest > maxAnswer {
		f.Addf("highest", "%w: %d, want more than the lowest and at most %d", verdict.ErrRange, s.Highest, maxAnswer)
	}
	return f.Err()
}
