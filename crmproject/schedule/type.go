package schedule

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Type says which ends of two activities a link ties together: the first
// letter is the end of the predecessor, the second that of the successor. The
// zero Type is FS, the relation that nine links in ten of a sound plan have.
type Type uint8

// The four types of links of the precedence diagramming method.
const (
	FS Type = iota // finish to start: the successor starts after the predecessor has finished
	SS             // start to start: the successor starts after the predecessor has started
	FF             // finish to finish: the successor finishes after the predecessor has finished
	SF             // start to finish: the successor finishes after the predecessor has started
)

var typeWords = [...]string{"FS", "SS", "FF", "SF"}

// ParseType returns the type of a word, FS, SS, FF or SF in either case. The
// error wraps [verdict.ErrUnknown].
func ParseType(word string) (Type, error) {
	for i, w := range typeWords {
		if strings.EqualFold(w, word) {
			return Type(i), nil
		}
	}
	return 0, fmt.Errorf("schedule: link type: %w %s, want one of FS, SS, FF, SF", verdict.ErrUnknown, verdict.Quote(word))
}

// IsValid reports whether t is one of the four types.
func (t Type) IsValid() bool { return int(t) < len(typeWords) }

// String returns the word of t, "type(9)" for a Type that is none.
func (t Type) String() string {
	if !t.IsValid() {
		return fmt.Sprintf("type(%d)", uint8(t))
	}
	return typeWords[t]
}

// AppendText appends the word of t to b.
func (t Type) AppendText(b []byte) ([]byte, error) {
	if !t.IsValid() {
		return b, fmt.Errorf("schedule: link type %d: %w", uint8(t), verdict.ErrUnknown)
	}
	return append(b, typeWords[t]...), nil
}

// MarshalText returns the word of t.
func (t Type) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Type) UnmarshalText(text []byte) error {
	parsed, err := ParseType(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}

// fromStart reports whether the link leaves the start of its predecessor.
func (t Type) fromStart() bool { return t == SS || t == SF }

// toFinish reports whether the link ends at the finish of its successor.
func (t Type) toFinish() bool { return t == FF || t == SF }
