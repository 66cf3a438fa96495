package kpi

import "github.com/crmrollout/crm/crmproject/verdict"

// A Detail says what a [Summary] holds of each customer. The zero Detail means
// nothing: only counts and, if asked for, the grid.
type Detail uint8

// The details.
const (
	WithTotals Detail = iota + 1 // first and last day, orders, sum
	WithDays                     // the same and the number of distinct days with orders, which takes half as long again
)

var detailWords = verdict.NewWords[Detail]("detail", "totals", "days")

// ParseDetail returns the detail of a word such as "totals".
func ParseDetail(word string) (Detail, error) { return detailWords.Parse(word) }

// IsValid reports whether d is one of the details.
func (d Detail) IsValid() bool { return detailWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Detail) String() string { return detailWords.String(d) }

// AppendText appends the word of d to b.
func (d Detail) AppendText(b []byte) ([]byte, error) { return detailWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Detail) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Detail) UnmarshalText(text []byte) error { return detailWords.UnmarshalText(text, d) }
