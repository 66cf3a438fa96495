package evm

import "github.com/crmrollout/crm/crmproject/verdict"

// A Method says how the progress of a work package is turned into earned value.
// It is chosen when the package is planned and stays for the life of the
// baseline: a method that may be changed once the results are known measures
// nothing. The zero Method is invalid.
type Method uint8

// The methods. Which one suits depends on how long a package lasts against the
// reporting period, and on whether its result can be counted.
const (
	ZeroHundred        Method = iota + 1 // nothing until it is finished, then all of it
	FiftyFifty                           // a half when it starts, the rest when it is finished
	TwentyEighty                         // a fifth when it starts, the rest when it is finished
	WeightedMilestones                   // the weights of the milestones reached, over all weights
	Units                                // the units done, over all units
	PercentComplete                      // the share that is reported
	LevelOfEffort                        // as planned: support that has no result to measure
	Apportioned                          // the share that another package has earned
)

var methodWords = verdict.NewWords[Method]("method",
	"0/100", "50/50", "20/80", "weighted_milestones", "units", "percent_complete", "level_of_effort", "apportioned")

// ParseMethod returns the method of a word such as "50/50" or "units".
func ParseMethod(word string) (Method, error) { return methodWords.Parse(word) }

// IsValid reports whether m is one of the methods.
func (m Method) IsValid() bool { return methodWords.IsValid(m) }

// Discrete reports whether m measures the work of the package itself. Level of
// effort measures none, and apportioned effort that of another package.
func (m Method) Discrete() bool { return m.IsValid() && m < LevelOfEffort }

// String returns the word of m, empty for the zero value.
func (m Method) String() string { return methodWords.String(m) }

// AppendText appends the word of m to b.
func (m Method) AppendText(b []byte) ([]byte, error) { return methodWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Method) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Method) UnmarshalText(text []byte) error { return methodWords.UnmarshalText(text, m) }
