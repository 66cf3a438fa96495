package stakeholder

import "github.com/crmrollout/crm/crmproject/verdict"

// A Mode is a way of handling a conflict (Thomas and Kilmann, Thomas-Kilmann
// Conflict Mode Instrument, Xicom 1974). The zero Mode means "not chosen" and is
// invalid.
type Mode uint8

// The modes.
const (
	Avoiding      Mode = iota + 1 // low assertiveness, low cooperativeness
	Accommodating                 // low assertiveness, high cooperativeness
	Competing                     // high assertiveness, low cooperativeness
	Collaborating                 // high assertiveness, high cooperativeness
	Compromising                  // the middle of both
)

var modeWords = verdict.NewWords[Mode]("stakeholder: conflict mode",
	"avoiding", "accommodating",
	"competing", "collaborating", "compromising")

// ParseMode returns the conflict mode of a word: "avoiding", "accommodating",
// "competing", "collaborating" or "compromising". The error wraps
// [verdict.ErrUnknown].
func ParseMode(word string) (Mode, error) { return modeWords.Parse(word) }

// IsValid reports whether m is a conflict mode; the zero Mode is not.
func (m Mode) IsValid() bool { return modeWords.IsValid(m) }

// String returns the word of m, empty for the zero Mode.
func (m Mode) String() string { return modeWords.String(m) }

// AppendText appends the word of m to b.
func (m Mode) AppendText(b []byte) ([]byte, error) { return modeWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Mode) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Mode) UnmarshalText(text []byte) error { return modeWords.UnmarshalText(text, m) }

// A Tendency is how strongly somebody pursues his own concerns (assertiveness)
// or those of the others (cooperativeness). The zero Tendency is invalid.
type Tendency uint8

// The tendencies.
const (
	Low Tendency = iota + 1
	Mid
	High
)

var tendencyWords = verdict.NewWords[Tendency]("stakeholder: tendency", "low", "mid", "high")

// ParseTendency returns the tendency of a word: "low", "mid" or "high". The
// error wraps [verdict.ErrUnknown].
func ParseTendency(word string) (Tendency, error) { return tendencyWords.Parse(word) }

// IsValid reports whether t is a tendency; the zero Tendency is not.
func (t Tendency) IsValid() bool { return tendencyWords.IsValid(t) }

// String returns the word of t, empty for the zero Tendency.
func (t Tendency) String() string { return tendencyWords.String(t) }

// AppendText appends the word of t to b.
func (t Tendency) AppendText(b []byte) ([]byte, error) { return tendencyWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Tendency) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Tendency) UnmarshalText(text []byte) error { return tendencyWords.UnmarshalText(text, t) }

// ModeOf returns the mode of an assertiveness and a cooperativeness. The model
// has five modes, the four corners and the middle; between them, as for low and
// mid, it names none, and ModeOf returns false.
func ModeOf(assertiveness, cooperativeness Tendency) (Mode, bool) {
	switch [2]Tendency{assertiveness, cooperativeness} {
	case [2]Tendency{Low, Low}:
		return Avoiding, true
	case [2]Tendency{Low, High}:
		return Accommodating, true
	case [2]Tendency{High, Low}:
		return Competing, true
	case [2]Tendency{High, High}:
		return Collaborating, true
	case [2]Tendency{Mid, Mid}:
		return Compromising, true
	default:
		return 0, false
	}
}
