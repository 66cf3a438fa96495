package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Measure says what was held against the plan. The zero Measure is invalid.
type Measure uint8

// The measures, by kind.
const (
	Finish         Measure = iota + 1 // forecast finish of the project against the baseline, or a deadline before it, in days
	MilestoneDate                     // forecast day of a milestone against that of the baseline, in days
	MissedTask                        // activity that should be finished by now and is not, in days
	TimeIndex                         // SPI(t), earned schedule over actual time
	WorkIndex                         // SPI, earned over planned value
	CostIndex                         // CPI, earned value over actual cost
	Completion                        // estimate at completion against budget and contingency
	LineOverrun                       // budget line that costs more than planned
	UnexpectedCost                    // cost without a budget line
	Attainment                        // indicator behind its target and plan
	ProcessSignal                     // indicator that left the control limits of its frozen baseline
)

var measureWords = verdict.NewWords[Measure]("measure",
	"finish", "milestone", "missed", "spi_t", "spi", "cpi", "eac", "line", "unexpected", "attainment", "signal")

// ParseMeasure returns the measure of a word such as "finish".
func ParseMeasure(word string) (Measure, error) { return measureWords.Parse(word) }

// IsValid reports whether m is one of the constants.
func (m Measure) IsValid() bool { return measureWords.IsValid(m) }

// String returns the word of m, empty for the zero value.
func (m Measure) String() string { return measureWords.String(m) }

// AppendText appends the word of m to b.
func (m Measure) AppendText(b []byte) ([]byte, error) { return measureWords.AppendText(b, m) }

// MarshalText returns the word of m.
func (m Measure) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads a word; m is unchanged on error.
func (m *Measure) UnmarshalText(text []byte) error { return measureWords.UnmarshalText(text, m) }

// Kind returns of what m is a measure, the zero Kind of one that is invalid.
func (m Measure) Kind() Kind {
	switch {
	case !m.IsValid():
		return 0
	case m <= WorkIndex:
		return OfTime
	case m <= UnexpectedCost:
		return OfCost
	default:
		return OfIndicator
	}
}
