package schedule

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Relation is what a link says of its two activities: which ends it ties, and
// the time between them. The zero Relation is FS without lag. Its text form,
// which is also the JSON form, is the type and the lag if there is one:
//
//	FS       the successor starts after the predecessor has finished
//	FS+2     two working days later, counted on the successor's calendar
//	SS-1e    at the earliest one civil day before the predecessor starts
//	FF+50%   half the predecessor's duration after it has finished
//
// Percentages are of the duration that the definition gives. They are turned
// into working days once, when the network is compiled, half to even; progress
// and simulation do not move them.
type Relation struct {
	Type Type
	Lag  Lag
}

// ParseRelation reads the text form of a relation. The type may be in lower
// case, and the units that planning tools write are read too: "2d" is 2
// working days, "2ed" 2 elapsed days. The error wraps [verdict.ErrMissing],
// [verdict.ErrUnknown], [verdict.ErrInvalid] or [verdict.ErrRange].
func ParseRelation(s string) (Relation, error) {
	if s == "" {
		return Relation{}, fmt.Errorf("schedule: relation: %w", verdict.ErrMissing)
	}
	cut := min(len(s), len("FS"))
	t, err := ParseType(s[:cut])
	if err != nil {
		return Relation{}, fmt.Errorf("schedule: relation %s: %w type, want a form such as FS+2, SS-1e or FF+50%%",
			verdict.Quote(s), verdict.ErrUnknown)
	}
	lag, err := parseLag(s[cut:])
	if err != nil {
		return Relation{}, fmt.Errorf("schedule: relation %s: %w", verdict.Quote(s), err)
	}
	return Relation{t, lag}, nil
}

// MustParseRelation is ParseRelation for literals: it panics where ParseRelation
// returns an error.
func MustParseRelation(s string) Relation {
	r, err := ParseRelation(s)
	if err != nil {
		panic(err)
	}
	return r
}

// IsValid reports whether the type and the lag are valid.
func (r Relation) IsValid() bool { return r.Type.IsValid() && r.Lag.IsValid() }

// String returns the text form.
func (r Relation) String() string { return r.Type.String() + r.Lag.String() }

// AppendText appends the text form to b. A relation that is not valid is an
// error.
func (r Relation) AppendText(b []byte) ([]byte, error) {
	if !r.IsValid() {
		return b, fmt.Errorf("schedule: relation %s: %w", r, verdict.ErrInvalid)
	}
	return append(b, r.String()...), nil
}

// MarshalText returns the text form.
func (r Relation) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads the text form, the empty text as the zero Relation; r is
// unchanged on error.
func (r *Relation) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Relation{}
		return nil
	}
	parsed, err := ParseRelation(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// compare orders relations by type, unit and amount.
func (r Relation) compare(s Relation) int {
	switch {
	case r.Type != s.Type:
		return int(r.Type) - int(s.Type)
	case r.Lag.Unit != s.Lag.Unit:
		return int(r.Lag.Unit) - int(s.Lag.Unit)
	default:
		return r.Lag.Amount - s.Lag.Amount
	}
}

// A Link makes one activity wait for another. The zero Relation is the common
// one, finish to start without lag.
type Link struct {
	From     string   `json:"from"` // id of the predecessor
	To       string   `json:"to"`   // id of the successor
	Relation Relation `json:"relation,omitzero"`
}

// String returns the link as "A -FS+2-> B".
func (l Link) String() string {
	return plain(l.From) + " -" + l.Relation.String() + "-> " + plain(l.To)
}
