package stakeholder

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Stakeholder is a person or a group with a stake in the project.
type Stakeholder struct {
	ID         string   `json:"id"` // unique in the register
	Name       string   `json:"name"`
	Kind       Kind     `json:"kind"`
	Class      Class    `json:"class"`
	Department string   `json:"department,omitempty"`
	MemberOf   []string `json:"memberOf,omitempty"` // ids of groups; groups themselves are in none

	Identified calendar.Date `json:"identified,omitzero"` // none: from the beginning
	BuyIn      calendar.Date `json:"buyIn,omitzero"`      // first agreed to support the project

	Interests    []string      `json:"interests,omitempty"` // what is at stake for him
	Expectations []Expectation `json:"expectations,omitempty"`
	Position     Position      `json:"position,omitzero"`
	Salience     Salience      `json:"salience,omitzero"`
	Engagement   Engagement    `json:"engagement,omitzero"`
	Involvement  []Involvement `json:"involvement,omitempty"`
	Prefers      []Channel     `json:"prefers,omitempty"` // channels that suit him
	Traits       []Trait       `json:"traits,omitempty"`
	Signs        []Signature   `json:"signs,omitempty"`
}

// An Involvement is a stakeholder's part in one decision of the project.
type Involvement struct {
	Decision string        `json:"decision"`
	On       calendar.Date `json:"on"`
	Part     Part          `json:"part"`
}

// A Part is what a stakeholder had to do with a decision. The parts ascend by
// influence, so that they compare with <. The zero Part is invalid.
type Part uint8

// The parts.
const (
	WasInformed  Part = iota + 1 // was told, without influence
	WasConsulted                 // was asked before
	TookPart                     // had a vote
	Decided
)

var partWords = verdict.NewWords[Part]("stakeholder: part", "informed", "consulted", "took_part", "decided")

// ParsePart returns the part of a word: "informed", "consulted", "took_part"
// or "decided". The error wraps [verdict.ErrUnknown].
func ParsePart(word string) (Part, error) { return partWords.Parse(word) }

// IsValid reports whether p is a part; the zero Part is not.
func (p Part) IsValid() bool { return partWords.IsValid(p) }

// String returns the word of p, empty for the zero Part.
func (p Part) String() string { return partWords.String(p) }

// AppendText appends the word of p to b.
func (p Part) AppendText(b []byte) ([]byte, error) { return partWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Part) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Part) UnmarshalText(text []byte) error { return partWords.UnmarshalText(text, p) }

// A Trait is a note on what kind of person, or of people, a stakeholder is:
// what makes an employee fit for the new way of working, or what makes it hard.
type Trait struct {
	Aspect Aspect `json:"aspect"`
	Note   string `json:"note"`
}

// An Aspect is what a [Trait] is about. The zero Aspect is invalid.
type Aspect uint8

// The aspects.
const (
	Personality Aspect = iota + 1
	Professionalism
	Culture
)

var aspectWords = verdict.NewWords[Aspect]("stakeholder: aspect", "personality", "professionalism", "culture")

// ParseAspect returns the aspect of a word: "personality", "professionalism"
// or "culture". The error wraps [verdict.ErrUnknown].
func ParseAspect(word string) (Aspect, error) { return aspectWords.Parse(word) }

// IsValid reports whether a is a aspect; the zero Aspect is not.
func (a Aspect) IsValid() bool { return aspectWords.IsValid(a) }

// String returns the word of a, empty for the zero Aspect.
func (a Aspect) String() string { return aspectWords.String(a) }

// AppendText appends the word of a to b.
func (a Aspect) AppendText(b []byte) ([]byte, error) { return aspectWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Aspect) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Aspect) UnmarshalText(text []byte) error { return aspectWords.UnmarshalText(text, a) }
