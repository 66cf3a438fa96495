package rfm

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Cell is the three scores of a customer. The best score of a dimension is its
// number of bins; the worst is 1. Customers with the same scores are in the same
// cell of a cube, of 125 cells with five bins each. A zero score means "not given".
//
// Its text form is "543" as long as all scores are below 10, otherwise "10-4-3".
type Cell struct {
	R, F, M uint8
}

// ParseCell returns the cell of a text: "543" or "10-4-3". The empty string is the
// zero Cell. The error wraps [verdict.ErrInvalid].
func ParseCell(s string) (Cell, error) {
	var c Cell
	err := c.UnmarshalText([]byte(s))
	return c, err
}

// IsValid reports whether all three scores are given.
func (c Cell) IsValid() bool { return c.R > 0 && c.F > 0 && c.M > 0 }

// Score returns the score of a dimension, 0 for none.
func (c Cell) Score(d Dimension) uint8 {
	switch d {
	case Recency:
		return c.R
	case Frequency:
		return c.F
	case Monetary:
		return c.M
	default:
		return 0
	}
}

// with returns the cell with the score of a dimension set.
func (c Cell) with(d Dimension, score uint8) Cell {
	switch d {
	case Recency:
		c.R = score
	case Frequency:
		c.F = score
	default:
		c.M = score
	}
	return c
}

// String returns the text form.
func (c Cell) String() string {
	b, _ := c.AppendText(nil)
	return string(b)
}

// AppendText appends the text form to b, nothing for the zero Cell. The error is
// always nil.
func (c Cell) AppendText(b []byte) ([]byte, error) {
	if c == (Cell{}) {
		return b, nil
	}
	long := max(c.R, c.F, c.M) > 9
	for i, score := range [...]uint8{c.R, c.F, c.M} {
		if long && i > 0 {
			b = append(b, '-')
		}
		b = strconv.AppendUint(b, uint64(score), 10)
	}
	return b, nil
}

// MarshalText returns the text form.
func (c Cell) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads either text form, with zeros for scores that are not given;
// c is unchanged on error.
func (c *Cell) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Cell{}
		return nil
	}
	parts := bytes.Split(text, []byte("-"))
	if len(text) == 3 && len(parts) == 1 {
		parts = [][]byte{text[0:1], text[1:2], text[2:3]}
	}
	if len(parts) != 3 {
		return cellError(text)
	}
	var scores [3]uint8
	for i, part := range parts {
		score, err := strconv.ParseUint(string(part), 10, 8)
		if err != nil || part[0] == '+' || (part[0] == '0' && len(part) > 1) {
			return cellError(text)
		}
		scores[i] = uint8(score)
	}
	*c = Cell{scores[0], scores[1], scores[2]}
	return nil
}

func cellError(text []byte) error {
	return fmt.Errorf("rfm: cell %s: %w, want three scores such as 543 or 10-4-3", verdict.Quote(string(text)), verdict.ErrInvalid)
}
