package orders

import (
	"errors"
	"fmt"
	"strings"
)

// MaxFaults is how many faults a [Faults] lists. It counts all of them.
const MaxFaults = 50

// What can be wrong with an order history. The error of each [Fault] wraps one
// of these, or what the reader returned.
var (
	ErrEmpty     = errors.New("no header line")
	ErrColumn    = errors.New("no such column")
	ErrAmbiguous = errors.New("more than one such column")
	ErrEncoding  = errors.New("not UTF-8")
	ErrQuote     = errors.New("stray quote")
	ErrTooLong   = errors.New("line longer than 1 MiB")
	ErrRagged    = errors.New("wrong number of fields")
	ErrMissing   = errors.New("missing")
	ErrDate      = errors.New("not a date, want YYYY-MM-DD")
	ErrDay       = errors.New("no such day")
	ErrDayMonth  = errors.New("day and month cannot be told apart, want YYYY-MM-DD")
	ErrAmount    = errors.New("not a decimal number")
	ErrComma     = errors.New("decimal comma in a file that semicolons do not separate")
	ErrMark      = errors.New("another decimal mark than before")
	ErrDecimals  = errors.New("more than 2 decimals")
	ErrRange     = errors.New("out of range")
)

// A Fault is one thing that is wrong with an order history.
type Fault struct {
	Line   int    // counted from 1
	Column string // its name in the file, or that of the field which has no column; empty for the line as a whole
	Err    error  // what is wrong, with the value
}

// Error returns "line 17: date: what is wrong".
func (f *Fault) Error() string {
	if f.Column == "" {
		return fmt.Sprintf("line %d: %v", f.Line, f.Err)
	}
	return fmt.Sprintf("line %d: %s: %v", f.Line, f.Column, f.Err)
}

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is all that is wrong with an order history, as [Read] returns it.
type Faults struct {
	List  []Fault // the first [MaxFaults], in the order of the file
	Total int     // how many there are
}

// Error returns a line for each listed fault, after one that counts them if
// there are several.
func (f *Faults) Error() string {
	lines := make([]string, 0, len(f.List))
	for i := range f.List {
		lines = append(lines, f.List[i].Error())
	}
	all := strings.Join(lines, "\n")
	switch {
	case f.Total > len(f.List):
		return fmt.Sprintf("orders: %d faults, the first %d of them:\n%s", f.Total, len(f.List), all)
	case f.Total > 1:
		return fmt.Sprintf("orders: %d faults:\n%s", f.Total, all)
	default:
		return "orders: " + all
	}
}

// Unwrap returns the listed faults, each a [*Fault].
func (f *Faults) Unwrap() []error {
	errs := make([]error, len(f.List))
	for i := range f.List {
		errs[i] = &f.List[i]
	}
	return errs
}

// add counts a fault, and lists it while there is room.
func (f *Faults) add(line int, column string, err error) {
	f.Total++
	if len(f.List) < MaxFaults {
		f.List = append(f.List, Fault{line, column, err})
	}
}
