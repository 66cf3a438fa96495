package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A WaveKind says how a group of users goes live (CP-24). The zero WaveKind is
// invalid.
type WaveKind uint8

// The wave kinds.
const (
	Pilot   WaveKind = iota + 1 // a small group that tries it first
	Phased                      // one group of several, one after another
	BigBang                     // everybody at once
)

var waveKindWords = verdict.NewWords[WaveKind]("wave kind", "pilot", "phased", "big_bang")

// ParseWaveKind returns the wave kind of a word such as "pilot".
func ParseWaveKind(word string) (WaveKind, error) { return waveKindWords.Parse(word) }

// IsValid reports whether w is one of the wave kinds.
func (w WaveKind) IsValid() bool { return waveKindWords.IsValid(w) }

// String returns the word of w, empty for the zero value.
func (w WaveKind) String() string { return waveKindWords.String(w) }

// AppendText appends the word of w to b.
func (w WaveKind) AppendText(b []byte) ([]byte, error) { return waveKindWords.AppendText(b, w) }

// MarshalText returns the word of w.
func (w WaveKind) MarshalText() ([]byte, error) { return w.AppendText(nil) }

// UnmarshalText reads a word; w is unchanged on error.
func (w *WaveKind) UnmarshalText(text []byte) error { return waveKindWords.UnmarshalText(text, w) }
