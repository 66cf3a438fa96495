package network

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// What can be wrong with input. Each fault of a validation wraps one of these.
var (
	ErrMissing        = errors.New("missing")
	ErrDuplicate      = errors.New("duplicate")
	ErrUnknown        = errors.New("unknown")
	ErrRange          = errors.New("out of range")
	ErrSelfLink       = errors.New("a node cannot act on itself")
	ErrInhibitedCycle = errors.New("an inhibitor cannot lie on a cycle")
)

// Why a sound question has no answer.
var (
	// ErrImpossible: the evidence has probability 0, so nothing can be said given it.
	ErrImpossible = errors.New("the evidence has probability 0")
	// ErrUnseen: no sample agrees with the evidence, which is too rare for the number of samples.
	ErrUnseen = errors.New("no sample agrees with the evidence")
	// ErrTooWide: only an exact answer was asked for, and the network is too wide for one.
	ErrTooWide = errors.New("the network is too wide for an exact answer")
	// ErrInfeasible: no leak gives a node the wanted probability; see [InfeasibleError].
	ErrInfeasible = errors.New("the probability cannot be reached")
)

// A Fault is one thing that is wrong with input, located by the path of the
// offending value: "links[3].from". All faults of an input come in one error
// made by [errors.Join].
type Fault struct {
	Path string
	Err  error
}

// Error returns "path: what is wrong".
func (f *Fault) Error() string { return f.Path + ": " + f.Err.Error() }

// Unwrap returns what is wrong.
func (f *Fault) Unwrap() error { return f.Err }

// faults collects what is wrong, in order.
type faults struct{ list []error }

func (f *faults) addf(path, format string, args ...any) {
	f.list = append(f.list, &Fault{path, fmt.Errorf(format, args...)})
}

func (f *faults) err() error { return errors.Join(f.list...) }

// probability records a value that is not a number from least to 1.
func (f *faults) probability(path string, v, least float64) {
	if !(v >= least && v <= 1) { // negated so that NaN fails
		f.addf(path, "%w: %v, want %v to 1", ErrRange, v, least)
	}
}

// at returns the path of element i of a list.
func at(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// key returns the path of the element with the given id.
func key(list, id string) string { return list + "[" + limit(id) + "]" }

// quote quotes an id for a message, capped so that hostile input cannot flood it.
func quote(s string) string { return strconv.Quote(limit(s)) }

func limit(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// quotes lists ids for a message, capped in number.
func quotes(ids []string) string {
	const most = 8
	var b strings.Builder
	for i, id := range ids {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(ids)-most)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(id))
	}
	return b.String()
}
