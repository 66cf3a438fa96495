package evm

import (
	"iter"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Variant names an assumption about what the work that is left will cost, and
// with it a formula for the estimate at completion (EAC). The zero Variant is
// invalid.
type Variant uint8

// The variants.
const (
	AtBudget Variant = iota + 1 // the rest costs what it was planned to: AC + (BAC − EV)
	AtCPI                       // costs go on as they did: AC + (BAC − EV)/CPI, which is BAC/CPI
	AtCPISPI                    // and delay costs money as well: AC + (BAC − EV)/(CPI·SPI)
	AtSPI                       // costs go on as the pace did: AC + (BAC − EV)/SPI
	BottomUp                    // the rest costs what those who do it say: AC + their estimate
)

var variantWords = verdict.NewWords[Variant]("variant", "at_budget", "at_cpi", "at_cpi_spi", "at_spi", "bottom_up")

// Variants yields the five variants in the order of their values.
func Variants() iter.Seq[Variant] { return variantWords.All() }

// ParseVariant returns the variant of a word such as "at_cpi".
func ParseVariant(word string) (Variant, error) { return variantWords.Parse(word) }

// IsValid reports whether v is one of the variants.
func (v Variant) IsValid() bool { return variantWords.IsValid(v) }

// String returns the word of v, empty for the zero value.
func (v Variant) String() string { return variantWords.String(v) }

// AppendText appends the word of v to b.
func (v Variant) AppendText(b []byte) ([]byte, error) { return variantWords.AppendText(b, v) }

// MarshalText returns the word of v.
func (v Variant) MarshalText() ([]byte, error) { return v.AppendText(nil) }

// UnmarshalText reads a word; v is unchanged on error.
func (v *Variant) UnmarshalText(text []byte) error { return variantWords.UnmarshalText(text, v) }
