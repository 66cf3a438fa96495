package risk

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A State is where a risk stands on a date. It follows from the dates of the
// risk, so it cannot contradict them. The zero State is invalid.
type State uint8

// The states, in the order in which a risk passes through them. One that has
// occurred is live again when that is resolved, until it is closed.
const (
	Unraised State = iota + 1 // nobody had thought of it yet
	Live                      // it may happen
	Occurred                  // it has happened, and that is not resolved
	Closed                    // it is over
)

var stateWords = verdict.NewWords[State]("state", "unraised", "live", "occurred", "closed")

// ParseState returns the state of a word such as "live".
func ParseState(word string) (State, error) { return stateWords.Parse(word) }

// IsValid reports whether s is one of the constants.
func (s State) IsValid() bool { return stateWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s State) String() string { return stateWords.String(s) }

// AppendText appends the word of s to b.
func (s State) AppendText(b []byte) ([]byte, error) { return stateWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s State) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *State) UnmarshalText(text []byte) error { return stateWords.UnmarshalText(text, s) }

// StateAt returns the state of r at a date.
func (r Risk) StateAt(asOf calendar.Date) State {
	switch {
	case asOf < r.Raised:
		return Unraised
	case r.Closed != 0 && r.Closed <= asOf:
		return Closed
	}
	for _, o := range r.Occurrences {
		if o.open(asOf) {
			return Occurred
		}
	}
	return Live
}

// A Proximity says how near a risk is in time. The zero Proximity is invalid.
type Proximity uint8

// The proximities. Month and quarter are counted from the date of the question.
const (
	AnyTime       Proximity = iota + 1 // no window is given
	Now                                // the window is open
	WithinMonth                        // it opens within a month
	WithinQuarter                      // it opens within three months
	Later
	Past // the window is over
)

var proximityWords = verdict.NewWords[Proximity]("proximity",
	"any_time", "now", "within_month", "within_quarter", "later", "past")

// ParseProximity returns the proximity of a word such as "now".
func ParseProximity(word string) (Proximity, error) { return proximityWords.Parse(word) }

// IsValid reports whether p is one of the constants.
func (p Proximity) IsValid() bool { return proximityWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Proximity) String() string { return proximityWords.String(p) }

// AppendText appends the word of p to b.
func (p Proximity) AppendText(b []byte) ([]byte, error) { return proximityWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Proximity) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Proximity) UnmarshalText(text []byte) error { return proximityWords.UnmarshalText(text, p) }

// ProximityAt returns how near r is at a date.
func (r Risk) ProximityAt(asOf calendar.Date) Proximity {
	from, until := r.Window.From, r.Window.Until
	switch {
	case r.Window == (calendar.Interval{}):
		return AnyTime
	case until != 0 && until < asOf:
		return Past
	case from <= asOf:
		return Now
	case from <= asOf.AddMonths(1):
		return WithinMonth
	case from <= asOf.AddMonths(3):
		return WithinQuarter
	default:
		return Later
	}
}
