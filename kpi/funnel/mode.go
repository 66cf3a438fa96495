package funnel

import "github.com/crmrollout/crm/crmproject/verdict"

// A Mode says which events of a customer may follow each other through the steps.
// The zero Mode means [Ordered].
type Mode uint8

// The modes. All but AnyOrder want the steps in their order.
const (
	Ordered    Mode = iota + 1 // each step after the one before, at the same time if need be; from any anchor
	StrictTime                 // each step at a later time than the one before; from any anchor
	Adjacent                   // each step the very next event of the customer, whatever its name; from any anchor
	AnyOrder                   // different steps in any order, within a window that begins at any of them
	FirstTouch                 // like Ordered, but the first event of the first step is the only anchor
)

var modeWords = verdict.NewWords[Mode]("funnel mode", "ordered", "strict_time", "adjacent", "any_order", "first_touch")

// ParseMode returns the mode of a word such as "strict_time".
func ParseMode(word string) (Mode, error) { return modeWords.Parse(word) }

// IsValid reports whether m is one of the modes.
func (m Mode) IsValid() bool { return modeWords.IsValid(m) }

// String returns the word of m, empty for the zero value.
func (m Mode) String() string { return modeWords.String(m) }

// AppendText appends the word of m to b.
func (m Mode) AppendText(b []byte) ([]byte, error) { return modeWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Mode) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Mode) UnmarshalText(text []byte) error { return modeWords.UnmarshalText(text, m) }

// Ties says in which order events of one time are taken. The zero Ties means
// [InOrder].
type Ties uint8

// The ways with ties. Neither loses an event; [StrictTime] and [AnyOrder] do not
// depend on them.
const (
	InOrder      Ties = iota + 1 // as Event.Order says, or the row of Columns; at equal Order as in Simultaneous
	Simultaneous                 // in the order of the steps, so that they can follow each other; events of no step last
)

var tiesWords = verdict.NewWords[Ties]("way with ties", "in_order", "simultaneous")

// ParseTies returns the way with ties of a word such as "in_order".
func ParseTies(word string) (Ties, error) { return tiesWords.Parse(word) }

// IsValid reports whether t is one of the ways.
func (t Ties) IsValid() bool { return tiesWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Ties) String() string { return tiesWords.String(t) }

// AppendText appends the word of t to b.
func (t Ties) AppendText(b []byte) ([]byte, error) { return tiesWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Ties) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Ties) UnmarshalText(text []byte) error { return tiesWords.UnmarshalText(text, t) }
