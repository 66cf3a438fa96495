package raci

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Letters is a set of the four letters, joined with |: Accountable|Responsible.
// The zero Letters is the empty set, that of an empty cell. The text form has
// the letters in the order A, R, C, I with slashes between them, "A/R", which
// is also the order of the bits.
type Letters uint8

// The sets of one letter.
const (
	Accountable Letters = 1 << iota // answers for the result
	Responsible                     // does the work
	Consulted                       // is asked before
	Informed                        // is told after

	everyLetter = Accountable | Responsible | Consulted | Informed
)

const letterOrder = "ARCI"

// ParseLetters reads a cell that must hold known letters only, in any of the
// spellings that [Cell] lists. The error wraps [verdict.ErrUnknown].
func ParseLetters(s string) (Letters, error) {
	l, unknown := Cell(s).read()
	if len(unknown) > 0 {
		return 0, fmt.Errorf("raci: letters %s: %w %s, want R, A, C, I", verdict.Quote(s), verdict.ErrUnknown,
			verdict.Quote(strings.Join(unknown, "/")))
	}
	return l, nil
}

// IsValid reports whether l holds nothing but the four letters; the empty set
// is valid.
func (l Letters) IsValid() bool { return l&^everyLetter == 0 }

// Has reports whether every letter of m is in l.
func (l Letters) Has(m Letters) bool { return l&m == m }

// Redundant returns the letters of l that say nothing beside the others: C and
// I beside A or R, and I beside C. A and R are never redundant.
func (l Letters) Redundant() Letters {
	switch {
	case l&(Accountable|Responsible) != 0:
		return l & (Consulted | Informed)
	case l.Has(Consulted | Informed):
		return Informed
	default:
		return 0
	}
}

// String returns the letters of l as "A/R", the empty string for the empty
// set, and "Letters(n)" for a set that is not valid.
func (l Letters) String() string {
	b, err := l.AppendText(nil)
	if err != nil {
		return fmt.Sprintf("Letters(%d)", uint8(l))
	}
	return string(b)
}

// AppendText appends the text form of l to b. A set that is not valid is an
// error that wraps [verdict.ErrRange].
func (l Letters) AppendText(b []byte) ([]byte, error) {
	if !l.IsValid() {
		return b, fmt.Errorf("raci: letters %d: %w", uint8(l), verdict.ErrRange)
	}
	separate := false
	for i := range len(letterOrder) {
		if l&(1<<i) == 0 {
			continue
		}
		if separate {
			b = append(b, '/')
		}
		b, separate = append(b, letterOrder[i]), true
	}
	return b, nil
}

// MarshalText is the text form of l; see [Letters.AppendText] for the error.
func (l Letters) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads what [ParseLetters] reads; l is unchanged on error.
func (l *Letters) UnmarshalText(text []byte) error {
	parsed, err := ParseLetters(string(text))
	if err == nil {
		*l = parsed
	}
	return err
}
