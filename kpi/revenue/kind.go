package revenue

import "github.com/crmrollout/crm/crmproject/verdict"

// A Kind says what became of a customer between two months. The zero Kind is invalid.
type Kind uint8

// The kinds, in the order of the balance. Unchanged customers pay the same as before.
const (
	New Kind = iota + 1
	Reactivation
	Expansion
	Contraction
	Churn
	Unchanged
)

var kindWords = verdict.NewWords[Kind]("kind of change", "new", "reactivation", "expansion", "contraction", "churn", "unchanged")

// ParseKind returns the kind of a word such as "expansion".
func ParseKind(word string) (Kind, error) { return kindWords.Parse(word) }

// IsValid reports whether k is one of the kinds.
func (k Kind) IsValid() bool { return kindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k Kind) String() string { return kindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return kindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return kindWords.UnmarshalText(text, k) }

// kindOf returns the kind of a customer who paid s and pays e, which are not both 0.
func kindOf(s, e int64, paidBefore bool) Kind {
	switch {
	case s == 0 && paidBefore:
		return Reactivation
	case s == 0:
		return New
	case e == 0:
		return Churn
	case e > s:
		return Expansion
	case e < s:
		return Contraction
	default:
		return Unchanged
	}
}
