package risk

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Side is the half of a threat that a control acts on. The zero Side is
// invalid.
type Side uint8

// The two sides.
const (
	OnChance Side = iota + 1 // it makes the event less likely
	OnImpact                 // it makes the effect smaller
)

var sideWords = verdict.NewWords[Side]("side", "chance", "impact")

// ParseSide returns the side of a word such as "chance".
func ParseSide(word string) (Side, error) { return sideWords.Parse(word) }

// IsValid reports whether s is one of the constants.
func (s Side) IsValid() bool { return sideWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Side) String() string { return sideWords.String(s) }

// AppendText appends the word of s to b.
func (s Side) AppendText(b []byte) ([]byte, error) { return sideWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Side) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Side) UnmarshalText(text []byte) error { return sideWords.UnmarshalText(text, s) }

// A ControlState says whether a control does its work. The zero value is
// invalid.
type ControlState uint8

// The states of a control. Only one that operates earns credit.
const (
	ControlPlanned   ControlState = iota + 1 // not there yet
	ControlOperating                         // there, and known to work
	ControlFailing                           // there, but tests or events show that it does not work
	ControlRetired                           // taken out of service
)

var controlWords = verdict.NewWords[ControlState]("control state", "planned", "operating", "failing", "retired")

// ParseControlState returns the state of a word such as "operating".
func ParseControlState(word string) (ControlState, error) { return controlWords.Parse(word) }

// IsValid reports whether c is one of the constants.
func (c ControlState) IsValid() bool { return controlWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c ControlState) String() string { return controlWords.String(c) }

// AppendText appends the word of c to b.
func (c ControlState) AppendText(b []byte) ([]byte, error) { return controlWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c ControlState) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *ControlState) UnmarshalText(text []byte) error { return controlWords.UnmarshalText(text, c) }

// A Control is something in place that reduces a threat: a check, a backup, a
// rehearsal. Controls of one Group fail together, for they share a person, a
// supplier or a server; the others are taken to be independent.
type Control struct {
	ID        string       `json:"id"` // unique within the risk
	Title     string       `json:"title,omitempty"`
	On        Side         `json:"on"`
	Reduction ratio.Ratio  `json:"reduction"` // the share that it takes away, from 0 to 1
	State     ControlState `json:"state"`
	Group     string       `json:"group,omitempty"` // the failure it shares with others; empty: none
	Owner     string       `json:"owner,omitempty"`
}

// Remaining returns the share of the chance, or of the impact, that is left by
// the controls that operate on that side:
//
//	∏ over groups (1 − max e)
//
// where e are the reductions, a control without a group being a group of its
// own. Independent barriers multiply; of those that fail together, only the
// best counts. It is 1 without controls, and undefined if a reduction is.
func Remaining(controls []Control, on Side) ratio.Ratio {
	return remaining(controls, on, func(s ControlState) bool { return s == ControlOperating })
}

func remaining(controls []Control, on Side, counts func(ControlState) bool) ratio.Ratio {
	left := ratio.Int(1)
	best := map[string]ratio.Ratio{}
	var order []string // keeps the product in a fixed order
	for _, c := range controls {
		switch {
		case c.On != on || !counts(c.State):
			continue
		case c.Group == "":
			left = left.Mul(complement(c.Reduction))
			continue
		}
		have, seen := best[c.Group]
		if !seen {
			order = append(order, c.Group)
		}
		if !seen || have.Less(c.Reduction) || !c.Reduction.Defined() {
			best[c.Group] = c.Reduction
		}
	}
	for _, group := range order {
		left = left.Mul(complement(best[group]))
	}
	return left
}

// complement returns 1 − r.
func complement(r ratio.Ratio) ratio.Ratio { return ratio.Int(1).Sub(r) }
