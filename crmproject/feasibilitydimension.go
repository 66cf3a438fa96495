package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Dimension is one side of the question whether a project is feasible: of the
// resources it needs, or of the possibility of a launch (CP-41). The zero
// Dimension is "not given".
type Dimension uint8

// The feasibility dimensions.
const (
	PeopleDimension     Dimension = iota + 1 // the people and their time
	MoneyDimension                           // the budget
	TimeDimension                            // the time until it is needed
	TechnologyDimension                      // product, interfaces and data
	LegalDimension                           // law, data protection, contracts
	LaunchDimension                          // the organisation can take it up
)

var dimensionWords = verdict.NewWords[Dimension]("feasibility dimension",
	"people", "money", "time", "technology", "legal", "launch")

// ParseDimension returns the feasibility dimension of a word such as "people".
func ParseDimension(word string) (Dimension, error) { return dimensionWords.Parse(word) }

// IsValid reports whether d is one of the feasibility dimensions.
func (d Dimension) IsValid() bool { return dimensionWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Dimension) String() string { return dimensionWords.String(d) }

// AppendText appends the word of d to b.
func (d Dimension) AppendText(b []byte) ([]byte, error) { return dimensionWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Dimension) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Dimension) UnmarshalText(text []byte) error { return dimensionWords.UnmarshalText(text, d) }
