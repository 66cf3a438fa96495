package stakeholder

import "github.com/crmrollout/crm/crmproject/verdict"

// A Quadrant is a field of the power/interest grid and the way to treat those in
// it (after Mendelow, Proceedings of the Second International Conference on
// Information Systems, 1981; Johnson and Scholes, Exploring Corporate Strategy,
// 5th ed., Prentice Hall 1999). The zero Quadrant means "not placed" and is
// invalid.
type Quadrant uint8

// The quadrants.
const (
	Monitor       Quadrant = iota + 1 // low power, low interest
	KeepInformed                      // low power, high interest
	KeepSatisfied                     // high power, low interest
	ManageClosely                     // high power, high interest
)

var quadrantWords = verdict.NewWords[Quadrant]("stakeholder: quadrant",
	"monitor", "keep_informed",
	"keep_satisfied", "manage_closely")

// ParseQuadrant returns the quadrant of a word: "monitor", "keep_informed",
// "keep_satisfied" or "manage_closely". The error wraps [verdict.ErrUnknown].
func ParseQuadrant(word string) (Quadrant, error) { return quadrantWords.Parse(word) }

// IsValid reports whether q is a quadrant; the zero Quadrant is not.
func (q Quadrant) IsValid() bool { return quadrantWords.IsValid(q) }

// String returns the word of q, empty for the zero Quadrant.
func (q Quadrant) String() string { return quadrantWords.String(q) }

// AppendText appends the word of q to b.
func (q Quadrant) AppendText(b []byte) ([]byte, error) { return quadrantWords.AppendText(b, q) }

// MarshalText returns the word of q.
func (q Quadrant) MarshalText() ([]byte, error) { return q.AppendText(nil) }

// UnmarshalText reads a word; q is unchanged on error.
func (q *Quadrant) UnmarshalText(text []byte) error { return quadrantWords.UnmarshalText(text, q) }

// Powerful reports whether q is a quadrant of high power.
func (q Quadrant) Powerful() bool { return q == KeepSatisfied || q == ManageClosely }

// QuadrantOf returns the quadrant of a power and an interest: a score is high
// if it is greater than the cut, low if it is the cut itself or less.
func QuadrantOf(power, interest, cut int) Quadrant {
	q := Monitor
	if interest > cut {
		q += KeepInformed - Monitor
	}
	if power > cut {
		q += KeepSatisfied - Monitor
	}
	return q
}

// A Position is where a stakeholder stands: scores from 1 to the Max of the
// [Grid]. A score of 0 is not given.
type Position struct {
	Power    int `json:"power,omitempty"`    // to help or to stop the project
	Interest int `json:"interest,omitempty"` // in what it changes: the vested interest
}

// A Grid is the scale of the scores and its cut. The zero Grid has scores from
// 1 to 5 and its cut at 3.
type Grid struct {
	Max int `json:"max,omitempty"` // highest score; 0 is 5
	Cut int `json:"cut,omitempty"` // highest score that is low; 0 is 3
}

// Quadrant returns the quadrant of p, and false if one of its scores is not
// given or off the scale, or the grid is not valid.
func (g Grid) Quadrant(p Position) (Quadrant, bool) {
	limit, cut := g.scale()
	if !g.IsValid() || p.Power < 1 || p.Power > limit || p.Interest < 1 || p.Interest > limit {
		return 0, false
	}
	return QuadrantOf(p.Power, p.Interest, cut), true
}

// IsValid reports whether both a low and a high score exist: the cut is at
// least 1 and less than Max.
func (g Grid) IsValid() bool {
	limit, cut := g.scale()
	return cut >= 1 && cut < limit
}

func (g Grid) scale() (limit, cut int) {
	limit, cut = 5, 3
	if g.Max != 0 {
		limit = g.Max
	}
	if g.Cut != 0 {
		cut = g.Cut
	}
	return limit, cut
}
