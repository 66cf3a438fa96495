package quant

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// What can be wrong with input. Each fault of a validation wraps one of these.
var (
	ErrMissing   = errors.New("missing")
	ErrDuplicate = errors.New("duplicate")
	ErrUnknown   = errors.New("unknown")
	ErrRange     = errors.New("out of range")
	ErrInvalid   = errors.New("invalid")
)

// Why a sound question has no answer.
var (
	// ErrNotExact: only an exact answer was asked for, and the dependence in the
	// model is of a kind that has none here; see the package documentation.
	ErrNotExact = errors.New("no exact method for this dependence")
	// ErrTooFew: there are too few iterations for an interval of that percentile.
	ErrTooFew = errors.New("too few iterations")
	// ErrNotFinite: a distribution of the caller's returned NaN or an infinity.
	ErrNotFinite = errors.New("not a finite number")
)

// A Fault is one thing that is wrong with input, located by the path of the
// offending value: "risks[3].p". All faults of an input come in one error made
// by [errors.Join].
type Fault struct {
	Path string
	Err  error
}

// Error returns "path: what is wrong".
func (f *Fault) Error() string { return f.Path + ": " + f.Err.Error() }

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// faults collects faults in the order in which they are found.
type faults []error

func (f *faults) addf(path, format string, args ...any) {
	*f = append(*f, &Fault{path, fmt.Errorf(format, args...)})
}

// under adds faults that were found in a part, with its path before theirs.
func (f *faults) under(path string, part faults) {
	for _, err := range part {
		if one, ok := errors.AsType[*Fault](err); ok {
			*f = append(*f, &Fault{path + "." + one.Path, one.Err})
		}
	}
}

func (f *faults) err() error {
	if len(*f) == 0 {
		return nil
	}
	return fmt.Errorf("quant: %w", errors.Join(*f...))
}

// at returns "path[i]".
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// quote quotes a text for a message, capped so that hostile input cannot flood it.
func quote(s string) string { return strconv.Quote(limit(s)) }

func limit(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
