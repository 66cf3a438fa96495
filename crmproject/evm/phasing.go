package evm

import "github.com/crmrollout/crm/crmproject/verdict"

// A Phasing says how the budget of a work package is spread over its time. The
// zero Phasing is invalid; a package that states none is phased evenly.
type Phasing uint8

// The phasings.
const (
	Even     Phasing = iota + 1 // in equal parts over the working days from start to finish
	AsEarned                    // when the method would earn it: at start and finish, or at the milestones' due dates
)

var phasingWords = verdict.NewWords[Phasing]("phasing", "even", "as_earned")

// ParsePhasing returns the phasing of a word such as "even".
func ParsePhasing(word string) (Phasing, error) { return phasingWords.Parse(word) }

// IsValid reports whether p is one of the phasings.
func (p Phasing) IsValid() bool { return phasingWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Phasing) String() string { return phasingWords.String(p) }

// AppendText appends the word of p to b.
func (p Phasing) AppendText(b []byte) ([]byte, error) { return phasingWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Phasing) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Phasing) UnmarshalText(text []byte) error { return phasingWords.UnmarshalText(text, p) }
