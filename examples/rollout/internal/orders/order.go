package orders

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Order is one row of an order history.
type Order struct {
	Customer string        `json:"customer"`       // not empty, valid UTF-8, case as in the file
	Day      calendar.Date `json:"day"`            // always a day
	Minor    int64         `json:"minor"`          // the amount in hundredths; negative for a refund
	Line     int           `json:"line,omitempty"` // where the row begins in its file, counted from 1
}

// Read reads an order history from CSV; the package documentation says what
// forms it takes. The orders are in the order of the file, which need not be that
// of the days. A header without orders is an empty history and no fault.
//
// All that is wrong with the file is reported at once, as a [*Faults], and then
// there are no orders. An error of r is one of these faults, and wrapped.
func Read(r io.Reader) ([]Order, error) {
	t := &table{
		scan:      scanner{src: r, line: 1},
		customers: map[string]string{},
	}
	if t.header() {
		for t.row() {
			continue
		}
	}
	if t.faults.Total > 0 {
		return nil, &t.faults
	}
	return t.orders, nil
}

// table is a file while it is read.
type table struct {
	layout

	scan      scanner
	rec       record
	orders    []Order
	customers map[string]string // each customer's only string
	mark      decimalMark
	faults    Faults
}

// header reads the first line that is not blank and finds the columns. It
// reports whether the rows can be read.
func (t *table) header() bool {
	err := t.scan.start()
	if err == nil {
		err = t.choose()
	}
	switch {
	case errors.Is(err, errEnd):
		if !t.interrupted() {
			t.faults.add(1, "", ErrEmpty)
		}
		return false
	case err != nil:
		t.faults.add(t.scan.line, "", err)
		return false
	}
	for f := range fields {
		if err := t.settle(f); err != nil {
			t.faults.add(t.rec.line, f.name(), err)
		}
	}
	t.scan.take(&t.rec)
	return t.faults.Total == 0
}

// choose takes the separator under which most of the three fields have a
// column, and then the one with most columns. It leaves the header in t.rec.
func (t *table) choose() error {
	var first error
	for _, sep := range []byte(",;\t") {
		if err := t.scan.peek(sep, &t.rec); err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		if l := newLayout(sep, &t.rec); t.names == nil || l.better(&t.layout) {
			t.layout = l
		}
	}
	if t.names == nil {
		return first
	}
	return t.scan.peek(t.sep, &t.rec)
}

// row reads the next record and reports whether there was one.
func (t *table) row() bool {
	err := t.scan.peek(t.sep, &t.rec)
	switch {
	case errors.Is(err, errEnd):
		t.interrupted()
		return false
	case err != nil:
		// The line is given up but not those after it: a stray quote must not
		// hide what else is wrong.
		at := len(t.rec.fields)
		t.faults.add(t.rec.lineOf(at), t.column(at), err)
		t.scan.skipLine()
		return true
	case len(t.rec.fields) != len(t.names):
		t.faults.add(t.rec.line, "", fmt.Errorf("%w: %d, but the header has %d", ErrRagged, len(t.rec.fields), len(t.names)))
	default:
		t.order()
	}
	t.scan.take(&t.rec)
	return true
}

// order reads the three fields of a record in the order of their columns.
func (t *table) order() {
	o := Order{Line: t.rec.line}
	for _, f := range t.reading {
		value := t.rec.value(t.at[f])
		var err error
		switch f {
		case customerField:
			o.Customer, err = t.customer(value)
		case dateField:
			o.Day, err = parseDay(value)
		default:
			o.Minor, err = t.amount(value)
		}
		if err != nil {
			t.faults.add(t.rec.lineOf(t.at[f]), t.column(t.at[f]), err)
		}
	}
	if t.faults.Total > 0 {
		return
	}
	if len(t.orders) == cap(t.orders) {
		t.orders = slices.Grow(t.orders, max(len(t.orders), 64)) // append alone grows long slices by a quarter
	}
	t.orders = append(t.orders, o)
}

// customer returns the string of a customer, which orders of the same customer
// share.
func (t *table) customer(value []byte) (string, error) {
	if s, ok := t.customers[string(value)]; ok {
		return s, nil
	}
	switch s := string(value); {
	case s == "":
		return "", ErrMissing
	case !utf8.ValidString(s):
		return "", refuse(value, ErrEncoding)
	default:
		t.customers[s] = s
		return s, nil
	}
}

// amount reads an amount and sees to it that a file has one decimal mark.
func (t *table) amount(value []byte) (int64, error) {
	minor, mark, err := parseAmount(value, t.sep == ';')
	if err != nil || mark == 0 || mark == t.mark.char {
		return minor, err
	}
	if t.mark.char != 0 {
		return 0, refuse(value, fmt.Errorf("%w: line %d has %q", ErrMark, t.mark.line, t.mark.char))
	}
	t.mark = decimalMark{char: mark, line: t.rec.line}
	return minor, nil
}

// interrupted reports, and tells, whether the records ended before the file did.
func (t *table) interrupted() bool {
	err := t.scan.broken()
	if err != nil {
		t.faults.add(t.scan.line, "", err)
	}
	return err != nil
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
