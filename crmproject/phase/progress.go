package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Progress is how far one phase is. The zero Progress is invalid.
type Progress uint8

// How far a phase can be.
const (
	Pending Progress = iota + 1 // not entered yet
	Current                     // the life cycle is in it
	Done                        // left through a gate, or the life cycle ended in it
	Undone                      // left through a gate, but that gate led back or is stale
	Broken                      // left without passing a gate: recycled, reopened at an earlier phase, or killed
)

var progressWords = verdict.NewWords[Progress]("progress", "pending", "current", "done", "undone", "broken_off")

// ParseProgress returns the progress of a word such as "broken_off".
func ParseProgress(word string) (Progress, error) { return progressWords.Parse(word) }

// IsValid reports whether p is one of the five.
func (p Progress) IsValid() bool { return progressWords.IsValid(p) }

// String returns the word of p, empty for the zero Progress.
func (p Progress) String() string { return progressWords.String(p) }

// AppendText appends the word of p to b.
func (p Progress) AppendText(b []byte) ([]byte, error) { return progressWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Progress) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Progress) UnmarshalText(text []byte) error { return progressWords.UnmarshalText(text, p) }
