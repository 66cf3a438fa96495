package rows

import (
	"fmt"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Row is a row of a file. Its cells are those of the wanted columns, by their
// place in the call of [New].
type Row struct {
	Line int // where it begins, counted from 1

	file  *file
	cells []cell
}

// cell is a value. Which field holds it depends on the kind of its column.
type cell struct {
	text  []byte
	n     int64
	f     float64
	given bool
}

// Has reports whether there is a value: neither is the cell blank, nor is the
// column missing from the file.
func (r *Row) Has(column int) bool { return r.cells[column].given }

// Text returns a cell as it is written, without the spaces around it. It is good
// until the row is given back.
func (r *Row) Text(column int) []byte { return r.cells[column].text }

// Int returns the value of an Integer, an Amount or a Time; 0 if there is none.
func (r *Row) Int(column int) int64 { return r.cells[column].n }

// Day returns the value of a Day or DayOrMonth; no date if there is none.
func (r *Row) Day(column int) calendar.Date { return calendar.Date(r.cells[column].n) }

// Month returns the value of a Month; none if there is none.
func (r *Row) Month(column int) calendar.Month { return calendar.Month(r.cells[column].n) }

// Float returns the value of a Number, which is finite; 0 if there is none.
func (r *Row) Float(column int) float64 { return r.cells[column].f }

// Bad returns the error that makes a value a fault of its column.
func (r *Row) Bad(column int, err error) error {
	return &badCell{column, refuse(r.cells[column].text, err)}
}

// badCell is an error of a cell on its way back to the reader.
type badCell struct {
	column int
	err    error
}

func (b *badCell) Error() string { return b.err.Error() }
func (b *badCell) Unwrap() error { return b.err }

// cell reads the cell of a wanted column.
func (f *file) cell(w int) error {
	c := &f.row.cells[w]
	text := f.rec.value(f.found[w].at)
	*c = cell{text: text, given: len(text) > 0}
	if !c.given {
		if f.wanted[w].Need == Required {
			return ErrMissing
		}
		return nil
	}
	var err error
	switch f.wanted[w].Kind {
	case Text:
		if !utf8.Valid(text) {
			err = refuse(text, ErrEncoding)
		}
	case Day:
		c.n, err = widen(parseDay(text))
	case DayOrMonth:
		c.n, err = widen(parseDayOrMonth(text))
	case Month:
		c.n, err = widen(parseMonth(text))
	case Time:
		c.n, err = parseTime(text)
	case Integer:
		c.n, err = parseInteger(text)
	case Amount:
		var mark byte
		if c.n, mark, err = parseAmount(text, f.sep == ';'); err == nil {
			err = f.oneMark(text, mark)
		}
	case Number:
		var mark byte
		if c.f, mark, err = parseNumber(text, f.sep == ';'); err == nil {
			err = f.oneMark(text, mark)
		}
	}
	return err
}

func widen[T calendar.Date | calendar.Month](v T, err error) (int64, error) { return int64(v), err }

// oneMark sees to it that a file has one decimal mark.
func (f *file) oneMark(text []byte, mark byte) error {
	if mark == 0 || mark == f.mark.char {
		return nil
	}
	if f.mark.char != 0 {
		return refuse(text, fmt.Errorf("%w: line %d has %q", ErrMark, f.mark.line, f.mark.char))
	}
	f.mark = decimalMark{char: mark, line: f.rec.line}
	return nil
}

// refuse says what is wrong with a value. Of an empty one, nothing else is.
func refuse(value []byte, err error) error {
	if len(value) == 0 {
		return ErrMissing
	}
	return fmt.Errorf("%s: %w", verdict.Quote(string(value)), err)
}

// trim cuts spaces and tabs off both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }
