package rows

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxFaults is how many faults a [Faults] lists. It counts all of them.
const MaxFaults = 50

// What can be wrong with a file. The error of each [Fault] wraps one of these, or
// what the reader of the bytes returned, or what the taker of the rows did.
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
	ErrMonth     = errors.New("not a month, want YYYY-MM")
	ErrDay       = errors.New("no such day")
	ErrDayMonth  = errors.New("day and month cannot be told apart, want YYYY-MM-DD")
	ErrAmount    = errors.New("not a decimal number")
	ErrComma     = errors.New("decimal comma in a file that semicolons do not separate")
	ErrMark      = errors.New("another decimal mark than before")
	ErrDecimals  = errors.New("more than 2 decimals")
	ErrInteger   = errors.New("not a whole number")
	ErrNumber    = errors.New("not a number")
	ErrRange     = errors.New("out of range")
)

// kinds are the faults of single rows, in the order in which they are counted.
var kinds = []error{
	ErrQuote, ErrRagged, ErrEncoding, ErrMissing, ErrDate, ErrMonth, ErrDay, ErrDayMonth,
	ErrAmount, ErrComma, ErrMark, ErrDecimals, ErrInteger, ErrNumber, ErrRange,
}

// A Fault is one thing that is wrong with a file.
type Fault struct {
	File   string // its name, empty if it has none
	Line   int    // counted from 1
	Column string // its name in the file, or that of the field which has no column; empty for the line as a whole
	Err    error  // what is wrong, with the value
}

// Error returns "sales.csv: line 17: date: what is wrong".
func (f *Fault) Error() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File + ": ")
	}
	fmt.Fprintf(&b, "line %d: ", f.Line)
	if f.Column != "" {
		b.WriteString(f.Column + ": ")
	}
	fmt.Fprint(&b, f.Err)
	return b.String()
}

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is all that is wrong with the files of a [Reader].
type Faults struct {
	List  []Fault // the first [MaxFaults], in the order of the files
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
		return fmt.Sprintf("%d faults, the first %d of them:\n%s", f.Total, len(f.List), all)
	case f.Total > 1:
		return fmt.Sprintf("%d faults:\n%s", f.Total, all)
	default:
		return all
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
func (f *Faults) add(fault Fault) {
	f.Total++
	if len(f.List) < MaxFaults {
		f.List = append(f.List, fault)
	}
}

// Skipped says how many rows were left out under [Skip].
type Skipped struct {
	Rows  int64
	Kinds []SkippedKind // in a fixed order; they add up to Rows
	First Fault         // the first of the faults
}

// SkippedKind is how many rows were left out for one kind of fault, which is the
// first of each row.
type SkippedKind struct {
	Err  error // the sentinel, or the error itself if it wraps none
	Rows int64
}

// add counts a row.
func (s *Skipped) add(f Fault) {
	if s.Rows++; s.Rows == 1 {
		s.First = f
	}
	kind := f.Err
	for _, k := range kinds {
		if errors.Is(f.Err, k) {
			kind = k
			break
		}
	}
	i := slices.IndexFunc(s.Kinds, func(k SkippedKind) bool { return k.Err.Error() == kind.Error() })
	if i < 0 {
		i = len(s.Kinds)
		s.Kinds = append(s.Kinds, SkippedKind{Err: kind})
	}
	s.Kinds[i].Rows++
}

// ordered returns a copy with its kinds in the order of the list, others behind.
func (s *Skipped) ordered() Skipped {
	place := func(k SkippedKind) int {
		if i := slices.Index(kinds, k.Err); i >= 0 {
			return i
		}
		return len(kinds)
	}
	sorted := slices.Clone(s.Kinds)
	slices.SortStableFunc(sorted, func(a, b SkippedKind) int { return place(a) - place(b) })
	return Skipped{Rows: s.Rows, Kinds: sorted, First: s.First}
}
