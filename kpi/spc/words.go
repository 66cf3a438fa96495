package spc

import "github.com/crmrollout/crm/crmproject/verdict"

// A Spread says what the width of the limits is computed from. The zero Spread means
// [MeanRange] in options, and no limits in [Limits].
type Spread uint8

// The spreads.
const (
	MeanRange         Spread = iota + 1 // mean of the moving ranges, or of the ranges of subgroups
	MedianRange                         // median of the moving ranges; for individuals only
	StandardDeviation                   // mean of the standard deviations of subgroups; for these only
)

var spreadWords = verdict.NewWords[Spread]("spread", "mean_range", "median_range", "standard_deviation")

// ParseSpread returns the spread of a word such as "median_range".
func ParseSpread(word string) (Spread, error) { return spreadWords.Parse(word) }

// IsValid reports whether s is one of the spreads.
func (s Spread) IsValid() bool { return spreadWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Spread) String() string { return spreadWords.String(s) }

// AppendText appends the word of s to b.
func (s Spread) AppendText(b []byte) ([]byte, error) { return spreadWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Spread) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Spread) UnmarshalText(text []byte) error { return spreadWords.UnmarshalText(text, s) }

// A Middle says what the centre line of individuals is. The zero Middle means [Mean].
type Middle uint8

// The centre lines.
const (
	Mean   Middle = iota + 1
	Median        // the mean of the middle two if the points are even in number
)

var middleWords = verdict.NewWords[Middle]("centre line", "mean", "median")

// ParseMiddle returns the centre line of a word: mean, median.
func ParseMiddle(word string) (Middle, error) { return middleWords.Parse(word) }

// IsValid reports whether m is one of the two.
func (m Middle) IsValid() bool { return middleWords.IsValid(m) }

// String returns the word of m, empty for the zero value.
func (m Middle) String() string { return middleWords.String(m) }

// AppendText appends the word of m to b.
func (m Middle) AppendText(b []byte) ([]byte, error) { return middleWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Middle) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Middle) UnmarshalText(text []byte) error { return middleWords.UnmarshalText(text, m) }

// A Direction says which way a signal points. The zero Direction is "neither".
type Direction uint8

// The directions.
const (
	Up   Direction = iota + 1 // above the centre line, or rising
	Down                      // below it, or falling
)

var directionWords = verdict.NewWords[Direction]("direction", "up", "down")

// ParseDirection returns the direction of a word: up, down.
func ParseDirection(word string) (Direction, error) { return directionWords.Parse(word) }

// IsValid reports whether d is up or down.
func (d Direction) IsValid() bool { return directionWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Direction) String() string { return directionWords.String(d) }

// AppendText appends the word of d to b.
func (d Direction) AppendText(b []byte) ([]byte, error) { return directionWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Direction) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Direction) UnmarshalText(text []byte) error { return directionWords.UnmarshalText(text, d) }

// A Verdict says what became of an indicator since its baseline. The zero Verdict is
// "cannot be told".
type Verdict uint8

// The verdicts. Noise says that nothing was shown, not that nothing happened.
const (
	Noise    Verdict = iota + 1 // no signal: the differences are those the process always had
	Improved                    // signals, and all that have a direction point to better
	Worsened                    // signals, and all that have a direction point to worse
	Changed                     // signals without a direction, in both, or of an indicator of which neither is better
)

var verdictWords = verdict.NewWords[Verdict]("verdict", "noise", "improved", "worsened", "changed")

// ParseVerdict returns the verdict of a word such as "improved".
func ParseVerdict(word string) (Verdict, error) { return verdictWords.Parse(word) }

// IsValid reports whether v is one of the verdicts.
func (v Verdict) IsValid() bool { return verdictWords.IsValid(v) }

// String returns the word of v, empty if it cannot be told.
func (v Verdict) String() string { return verdictWords.String(v) }

// AppendText appends the word of v to b.
func (v Verdict) AppendText(b []byte) ([]byte, error) { return verdictWords.AppendText(b, v) }

// MarshalText returns the word of v.
func (v Verdict) MarshalText() ([]byte, error) { return v.AppendText(nil) }

// UnmarshalText reads a word; v is unchanged on error.
func (v *Verdict) UnmarshalText(text []byte) error { return verdictWords.UnmarshalText(text, v) }
