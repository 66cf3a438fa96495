package rfm

import "github.com/crmrollout/crm/crmproject/verdict"

// A Dimension is one of the three things that customers are scored by. The zero
// Dimension is invalid.
type Dimension uint8

// The dimensions, in the order of their letters.
const (
	Recency   Dimension = iota + 1 // days since the last order: fewer are better
	Frequency                      // how often: more is better
	Monetary                       // for how much: more is better
)

var dimensionWords = verdict.NewWords[Dimension]("dimension", "recency", "frequency", "monetary")

// ParseDimension returns the dimension of a word such as "recency".
func ParseDimension(word string) (Dimension, error) { return dimensionWords.Parse(word) }

// IsValid reports whether d is one of the dimensions.
func (d Dimension) IsValid() bool { return dimensionWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Dimension) String() string { return dimensionWords.String(d) }

// AppendText appends the word of d to b.
func (d Dimension) AppendText(b []byte) ([]byte, error) { return dimensionWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Dimension) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Dimension) UnmarshalText(text []byte) error { return dimensionWords.UnmarshalText(text, d) }

// A Count says what frequency counts. The zero Count means [Orders].
type Count uint8

// What frequency counts.
const (
	Orders       Count = iota + 1 // every order, two of one day are two
	DistinctDays                  // days with an order
)

var countWords = verdict.NewWords[Count]("frequency count", "orders", "distinct_days")

// ParseCount returns the count of a word such as "distinct_days".
func ParseCount(word string) (Count, error) { return countWords.Parse(word) }

// IsValid reports whether c is one of the counts.
func (c Count) IsValid() bool { return countWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Count) String() string { return countWords.String(c) }

// AppendText appends the word of c to b.
func (c Count) AppendText(b []byte) ([]byte, error) { return countWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Count) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Count) UnmarshalText(text []byte) error { return countWords.UnmarshalText(text, c) }

// A Value says what monetary value is. The zero Value means [Total].
type Value uint8

// What monetary value is. Means are compared as fractions, exactly.
const (
	Total        Value = iota + 1 // the sum of the money
	MeanPerOrder                  // the sum divided by the number of orders
	MeanPerDay                    // the sum divided by the number of days with an order
)

var valueWords = verdict.NewWords[Value]("monetary value", "total", "mean_per_order", "mean_per_day")

// ParseValue returns the value of a word such as "mean_per_order".
func ParseValue(word string) (Value, error) { return valueWords.Parse(word) }

// IsValid reports whether v is one of the values.
func (v Value) IsValid() bool { return valueWords.IsValid(v) }

// String returns the word of v, empty for the zero value.
func (v Value) String() string { return valueWords.String(v) }

// AppendText appends the word of v to b.
func (v Value) AppendText(b []byte) ([]byte, error) { return valueWords.AppendText(b, v) }

// MarshalText returns the word of v.
func (v Value) MarshalText() ([]byte, error) { return v.AppendText(nil) }

// UnmarshalText reads a word; v is unchanged on error.
func (v *Value) UnmarshalText(text []byte) error { return valueWords.UnmarshalText(text, v) }
