package evm

import "github.com/crmrollout/crm/crmproject/verdict"

// A Rhythm says how time is cut into reporting periods. The zero Rhythm is
// invalid; a baseline that states none is cut by month.
type Rhythm uint8

// The rhythms.
const (
	Weekly      Rhythm = iota + 1 // periods end on Sundays
	Monthly                       // periods end on the last day of a month
	StatusDates                   // periods end on dates that the baseline lists
)

var rhythmWords = verdict.NewWords[Rhythm]("rhythm", "weekly", "monthly", "status_dates")

// ParseRhythm returns the rhythm of a word such as "monthly".
func ParseRhythm(word string) (Rhythm, error) { return rhythmWords.Parse(word) }

// IsValid reports whether r is one of the rhythms.
func (r Rhythm) IsValid() bool { return rhythmWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r Rhythm) String() string { return rhythmWords.String(r) }

// AppendText appends the word of r to b.
func (r Rhythm) AppendText(b []byte) ([]byte, error) { return rhythmWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Rhythm) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Rhythm) UnmarshalText(text []byte) error { return rhythmWords.UnmarshalText(text, r) }
