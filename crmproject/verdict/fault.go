package verdict

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// What can be wrong with input. Every fault of the library's validators wraps
// one of these, or an error of the type that refused the value.
var (
	ErrMissing   = errors.New("missing")
	ErrDuplicate = errors.New("duplicate")
	ErrUnknown   = errors.New("unknown")
	ErrInvalid   = errors.New("invalid")
	ErrRange     = errors.New("out of range")
)

// A Fault is one thing that is wrong with input, located by the path of the
// offending value in the form "scope.requirements[3].id". The empty path is
// the whole input.
type Fault struct {
	Path string
	Err  error
}

// Error returns "path: what is wrong".
func (f *Fault) Error() string {
	if f.Path == "" {
		return f.Err.Error()
	}
	return f.Path + ": " + f.Err.Error()
}

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// Faults collects everything that is wrong with some input, so that a caller
// who can mend it sees all of it at once. The zero Faults is empty and ready.
type Faults struct {
	list []*Fault
}

// Add records that the value at path is wrong; a nil err is not recorded. If
// err holds located faults itself, as the result of another Faults does, each is
// recorded on its own below path.
func (f *Faults) Add(path string, err error) {
	for _, inner := range FaultsOf(err) {
		f.list = append(f.list, &Fault{Join(path, inner.Path), inner.Err})
	}
}

// Addf records a fault with a message in the manner of fmt.Errorf, %w included.
func (f *Faults) Addf(path, format string, args ...any) {
	f.list = append(f.list, &Fault{path, fmt.Errorf(format, args...)})
}

// Missing records that a required value is not given.
func (f *Faults) Missing(path string) { f.Add(path, ErrMissing) }

// Duplicate records that the id at path was used before.
func (f *Faults) Duplicate(path, id string) { f.Addf(path, "%w %s", ErrDuplicate, Quote(id)) }

// Unknown records that the reference at path names nothing.
func (f *Faults) Unknown(path, id string) { f.Addf(path, "%w %s", ErrUnknown, Quote(id)) }

// IDs records every id of a list that is empty or used twice; path is that of
// the list, and id returns the id of its i-th element, of n.
func (f *Faults) IDs(path string, n int, id func(i int) string) {
	seen := make(map[string]bool, n)
	for i := range n {
		switch s := id(i); {
		case s == "":
			f.Missing(At(path, i) + ".id")
		case seen[s]:
			f.Duplicate(At(path, i)+".id", s)
		default:
			seen[s] = true
		}
	}
}

// Len returns the number of faults so far.
func (f *Faults) Len() int { return len(f.list) }

// Err returns nil if there are no faults, otherwise one error that wraps them
// all in the order in which they were recorded: errors.Is and errors.As reach
// every one, and its message has a line for each.
func (f *Faults) Err() error {
	if len(f.list) == 0 {
		return nil
	}
	errs := make([]error, len(f.list))
	for i, fault := range f.list {
		errs[i] = fault
	}
	return errors.Join(errs...)
}

// FaultsOf takes an error apart into its located faults: those of a [Faults],
// also through joins, in order. An error without a location becomes a Fault
// with the empty path. FaultsOf(nil) is empty.
func FaultsOf(err error) []*Fault {
	if err == nil {
		return nil
	}
	if fault, ok := err.(*Fault); ok { //nolint:errorlint // a wrapped fault keeps its wrapper's text
		return []*Fault{fault}
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok && isJoin(err, joined.Unwrap()) {
		var all []*Fault
		for _, e := range joined.Unwrap() {
			all = append(all, FaultsOf(e)...)
		}
		return all
	}
	return []*Fault{{Err: err}}
}

// isJoin tells a plain join, whose text is its parts line by line, from an
// error that wraps several others within a sentence of its own.
func isJoin(err error, parts []error) bool {
	lines := make([]string, len(parts))
	for i, e := range parts {
		lines[i] = e.Error()
	}
	return err.Error() == strings.Join(lines, "\n")
}

// At returns the path of element i of the list at path: "requirements[3]".
func At(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// Key returns the path of the element with the given id in the list at path:
// "risks[R-07]". Findings use it, since ids outlive positions.
func Key(path, id string) string { return path + "[" + id + "]" }

// Join returns the path of a value below another: Join("scope", "users.count")
// is "scope.users.count", Join("risks", "[2]") is "risks[2]".
func Join(path, below string) string {
	switch {
	case path == "":
		return below
	case below == "", strings.HasPrefix(below, "["):
		return path + below
	default:
		return path + "." + below
	}
}

// Quote quotes s for a message, capped in length so that hostile input cannot
// flood it.
func Quote(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}
