package objective

import "github.com/crmrollout/crm/crmproject/verdict"

// A Direction says which way an objective means to move its metric. The zero
// Direction is "not given".
type Direction uint8

// The directions.
const (
	Increase        Direction = iota + 1 // more than the baseline
	Decrease                             // less than the baseline
	MaintainAtLeast                      // never below the target
	MaintainAtMost                       // never above the target
)

var directionWords = verdict.NewWords[Direction]("direction", "increase", "decrease", "maintain_at_least", "maintain_at_most")

// ParseDirection returns the direction of a word such as "increase".
func ParseDirection(word string) (Direction, error) { return directionWords.Parse(word) }

// IsValid reports whether d is one of the directions.
func (d Direction) IsValid() bool { return directionWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Direction) String() string { return directionWords.String(d) }

// AppendText appends the word of d to b.
func (d Direction) AppendText(b []byte) ([]byte, error) { return directionWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Direction) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Direction) UnmarshalText(text []byte) error { return directionWords.UnmarshalText(text, d) }

// Maintains reports whether d is one of the two directions that keep a metric
// on the good side of a limit instead of moving it.
func (d Direction) Maintains() bool { return d == MaintainAtLeast || d == MaintainAtMost }

// Better returns +1 if higher values are better in this direction, -1 if lower
// ones are, 0 if it is not given.
func (d Direction) Better() int {
	switch d {
	case Increase, MaintainAtLeast:
		return +1
	case Decrease, MaintainAtMost:
		return -1
	default:
		return 0
	}
}
