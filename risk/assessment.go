package risk

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Basis says what an assessment takes into account. The zero Basis is
// invalid.
type Basis uint8

// The two bases of an assessment.
const (
	Inherent Basis = iota + 1 // as if nothing were done about the risk
	Residual                  // with the controls that operate and the responses that are done
)

var basisWords = verdict.NewWords[Basis]("basis", "inherent", "residual")

// ParseBasis returns the basis of a word such as "residual".
func ParseBasis(word string) (Basis, error) { return basisWords.Parse(word) }

// IsValid reports whether v is one of the constants.
func (v Basis) IsValid() bool { return basisWords.IsValid(v) }

// String returns the word of v, empty for the zero value.
func (v Basis) String() string { return basisWords.String(v) }

// AppendText appends the word of v to b.
func (v Basis) AppendText(b []byte) ([]byte, error) { return basisWords.AppendText(b, v) }

// MarshalText returns the word of v.
func (v Basis) MarshalText() ([]byte, error) { return v.AppendText(nil) }

// UnmarshalText reads a word; v is unchanged on error.
func (v *Basis) UnmarshalText(text []byte) error { return basisWords.UnmarshalText(text, v) }

// An Assessment is someone's judgement of a risk on a date. It is never
// changed: a new judgement is a new assessment, and the old ones are the
// history that [Register.Trend] reads (RI-03).
type Assessment struct {
	Date       calendar.Date `json:"date"`
	Basis      Basis         `json:"basis"`
	Likelihood string        `json:"likelihood"`       // name of a level
	Impact     string        `json:"impact"`           // name of a level
	Matrix     string        `json:"matrix"`           // the matrix it was made with, see Matrix.Ref
	Relies     []string      `json:"relies,omitempty"` // ids of the controls that a residual assessment gives credit for
	By         string        `json:"by,omitempty"`     // who judged
	Note       string        `json:"note,omitempty"`   // why
}

// A Target is the rating that the responses are to bring about, and the date by
// when.
type Target struct {
	Likelihood string        `json:"likelihood"`
	Impact     string        `json:"impact"`
	Matrix     string        `json:"matrix"` // see Matrix.Ref
	By         calendar.Date `json:"by"`
}

// latest returns the last assessment of the basis up to asOf; of two on the
// same day, the later one in the list.
func latest(as []Assessment, basis Basis, asOf calendar.Date) (Assessment, bool) {
	var last Assessment
	found := false
	for _, a := range as {
		if a.Basis == basis && a.Date <= asOf && a.Date >= last.Date {
			last, found = a, true
		}
	}
	return last, found
}
