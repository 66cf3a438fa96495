package strict

import (
	"errors"
	"fmt"
	"strings"
)

// Kinds of faults, for [errors.Is]. What UnmarshalJSON and UnmarshalText refuse
// is of whatever kind they say.
var (
	ErrSyntax       = errors.New("not JSON")
	ErrEncoding     = errors.New("not UTF-8")
	ErrDepth        = errors.New("nested too deep")
	ErrTrailing     = errors.New("more after the document")
	ErrUnknownField = errors.New("unknown field")
	ErrDuplicateKey = errors.New("duplicate key")
	ErrType         = errors.New("wrong type")
	ErrNull         = errors.New("null not allowed")
	ErrRange        = errors.New("number out of range")
	ErrLength       = errors.New("wrong length")

	// ErrTarget says that the Go side is at fault: a type, or a v, that
	// nothing can be decoded into.
	ErrTarget = errors.New("cannot be decoded into")
)

// Fault is one thing wrong with a document, and where it is.
type Fault struct {
	// Path leads to the value, as in `scope.requirements[3].id`; keys that are
	// no plain words are quoted, as in `teams["North & South"]`. For a fault of
	// a key it leads to the object around it. It is empty for the document
	// itself and for faults of its syntax.
	Path string

	// Line and Column of the first character concerned, both counted from 1,
	// the column in characters (code points).
	Line, Column int

	// Err says what is wrong. It is never nil.
	Err error
}

// Error returns the path and the message, or where the path is empty the line,
// the column and the message.
func (f *Fault) Error() string {
	if f.Path == "" {
		return fmt.Sprintf("line %d, column %d: %v", f.Line, f.Column, f.Err)
	}
	return f.Path + ": " + f.Err.Error()
}

// Unwrap returns Err.
func (f *Fault) Unwrap() error { return f.Err }

// Faults are all the faults of one document. It is what [Unmarshal] returns.
type Faults struct {
	List []*Fault // in the order of the document, at least one
	More int      // how many further ones were found but not kept
}

// Error returns one line for each fault. The lines below the first start with
// a tab when there is more than one fault.
func (f *Faults) Error() string {
	if len(f.List) == 1 && f.More == 0 {
		return "strict: " + f.List[0].Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "strict: %d faults", len(f.List)+f.More)
	for _, fault := range f.List {
		b.WriteString("\n\t" + fault.Error())
	}
	if f.More > 0 {
		fmt.Fprintf(&b, "\n\tand %d more", f.More)
	}
	return b.String()
}

// Unwrap returns the faults as errors, for [errors.Is] and [errors.As].
func (f *Faults) Unwrap() []error {
	errs := make([]error, len(f.List))
	for i, fault := range f.List {
		errs[i] = fault
	}
	return errs
}

// trouble is a message of this package together with its kind.
type trouble struct {
	kind error
	text string
}

func (t *trouble) Error() string { return t.text }
func (t *trouble) Unwrap() error { return t.kind }

func troublef(kind error, format string, args ...any) error {
	return &trouble{kind, fmt.Sprintf(format, args...)}
}

// refusal is an error of an UnmarshalJSON or UnmarshalText together with the
// input that it refused.
type refusal struct {
	input string
	err   error
}

// Error names the input unless the error does so itself.
func (r *refusal) Error() string {
	text := clip(oneLine.Replace(r.err.Error()), maxMessage)
	if strings.HasPrefix(r.input, `"`) && strings.Contains(text, r.input) {
		return text
	}
	return r.input + ": " + text
}

func (r *refusal) Unwrap() error { return r.err }

var oneLine = strings.NewReplacer("\r\n", "; ", "\n", "; ", "\r", "; ")
