package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Cover says how far the contingency reaches up the risk curve. The values
// ascend; the zero Cover is invalid.
type Cover uint8

// The covers.
const (
	Short      Cover = iota + 1 // below the P50: it is likelier to be used up than not
	Thin                        // from the P50, below the P80
	Sufficient                  // from the P80, below the P90
	Ample                       // from the P90
)

var coverWords = verdict.NewWords[Cover]("cover", "short", "thin", "sufficient", "ample")

// ParseCover returns the cover of a word such as "short".
func ParseCover(word string) (Cover, error) { return coverWords.Parse(word) }

// IsValid reports whether c is one of the constants.
func (c Cover) IsValid() bool { return coverWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Cover) String() string { return coverWords.String(c) }

// AppendText appends the word of c to b.
func (c Cover) AppendText(b []byte) ([]byte, error) { return coverWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Cover) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Cover) UnmarshalText(text []byte) error { return coverWords.UnmarshalText(text, c) }
