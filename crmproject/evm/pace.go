package evm

import (
	"iter"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Pace names an assumption about how fast the work that is left will go, and
// with it a formula for the time at which the project is finished. The zero Pace
// is invalid.
type Pace uint8

// The paces.
const (
	AsPlanned   Pace = iota + 1 // the rest takes as long as planned: AT + (PD − ES)
	AtTimeIndex                 // time goes on as it did: AT + (PD − ES)/SPI(t), which is PD/SPI(t)
	AtWorkIndex                 // work goes on as it did in money: AT + (PD − ES)/SPI
)

var paceWords = verdict.NewWords[Pace]("pace", "as_planned", "at_spi_t", "at_spi")

// Paces yields the three paces in the order of their values.
func Paces() iter.Seq[Pace] { return paceWords.All() }

// ParsePace returns the pace of a word such as "at_spi_t".
func ParsePace(word string) (Pace, error) { return paceWords.Parse(word) }

// IsValid reports whether p is one of the paces.
func (p Pace) IsValid() bool { return paceWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Pace) String() string { return paceWords.String(p) }

// AppendText appends the word of p to b.
func (p Pace) AppendText(b []byte) ([]byte, error) { return paceWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Pace) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Pace) UnmarshalText(text []byte) error { return paceWords.UnmarshalText(text, p) }
