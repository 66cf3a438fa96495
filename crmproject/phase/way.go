package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Way is how a phase can be reached from where the life cycle is. The zero Way
// is invalid.
type Way uint8

// The ways.
const (
	Arrived Way = iota + 1 // it is the current phase
	Forward                // through gates
	Return                 // by recycle or reopen, without a gate
	NoWay                  // not at all, as things are
)

var wayWords = verdict.NewWords[Way]("way", "arrived", "forward", "return", "no_way")

// ParseWay returns the way of a word such as "forward".
func ParseWay(word string) (Way, error) { return wayWords.Parse(word) }

// IsValid reports whether w is one of the four ways.
func (w Way) IsValid() bool { return wayWords.IsValid(w) }

// String returns the word of w, empty for the zero Way.
func (w Way) String() string { return wayWords.String(w) }

// AppendText appends the word of w to b.
func (w Way) AppendText(b []byte) ([]byte, error) { return wayWords.AppendText(b, w) }

// MarshalText returns the word of w.
func (w Way) MarshalText() ([]byte, error) { return w.AppendText(nil) }

// UnmarshalText reads a word; w is unchanged on error.
func (w *Way) UnmarshalText(text []byte) error { return wayWords.UnmarshalText(text, w) }
