package raci

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Kind is the stable word for a rule of this package, used beside its code:
// kind n is rule RACI-n. The zero Kind is invalid.
type Kind uint8

// The kinds, in the order of the codes. Up to DuplicateActivity they make a
// matrix wrong; the others make it weak.
const (
	EmptyMatrix                Kind = iota + 1 // no roles or no activities
	ExactlyOneAccountable                      // nobody answers for an activity, or several do
	AtLeastOneResponsible                      // nobody does an activity
	UnknownRole                                // a cell for a role that the matrix does not list
	UnknownAssignment                          // a cell with something that is not R, A, C or I
	DuplicateActivity                          // an activity that occurs before
	RedundantAssignment                        // a letter that another in the same cell implies
	IdleRole                                   // a role without any part
	OverloadedRole                             // a role that does too much
	TooManyResponsible                         // an activity that too many do
	TooManyConsulted                           // an activity on which too many are asked
	ConcentratedAccountability                 // a role that answers for too much
	OnlyInformed                               // a role that is told and nothing else
	SeparationOfDuties                         // a role that holds what it must not
	NoEmptyCells                               // a role with a part in everything
)

var kindWords = verdict.NewWords[Kind]("raci: kind",
	"empty_matrix", "exactly_one_accountable", "at_least_one_responsible", "unknown_role", "unknown_assignment",
	"duplicate_activity", "redundant_assignment", "idle_role", "overloaded_role", "too_many_responsible",
	"too_many_consulted", "concentrated_accountability", "only_informed", "separation_of_duties", "no_empty_cells")

// ParseKind returns the kind of a word such as "idle_role". The error wraps
// [verdict.ErrUnknown].
func ParseKind(word string) (Kind, error) { return kindWords.Parse(word) }

// KindOf returns the kind of the rule with the given code, and false if the
// code is none of this package's.
func KindOf(code verdict.Code) (Kind, bool) {
	for k := range kindWords.All() {
		if k.Code() == code {
			return k, true
		}
	}
	return 0, false
}

// Code returns the code of the rule: "RACI-008" for [IdleRole], and the empty
// code for an invalid kind.
func (k Kind) Code() verdict.Code {
	if !k.IsValid() {
		return ""
	}
	return verdict.Code(fmt.Sprintf("RACI-%03d", k))
}

// Severity returns the severity of the findings of the rule, 0 for an invalid
// kind.
func (k Kind) Severity() verdict.Severity {
	switch {
	case !k.IsValid():
		return 0
	case k == EmptyMatrix:
		return verdict.Critical
	case k <= DuplicateActivity:
		return verdict.Major
	case k == NoEmptyCells:
		return verdict.Info
	default:
		return verdict.Minor
	}
}

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return kindWords.IsValid(k) }

// String returns the word of k, empty for the zero Kind.
func (k Kind) String() string { return kindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return kindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return kindWords.UnmarshalText(text, k) }
