package control

import "github.com/crmrollout/crm/crmproject/verdict"

// A Criterion is one thing that options are ranked by. The zero Criterion is
// invalid.
type Criterion uint8

// The criteria.
const (
	EarliestFinish Criterion = iota + 1 // earliest finish by planned durations
	EarliestP50                         // earliest P50 of the finish
	EarliestP80                         // earliest P80 of the finish
	LeastCost                           // lowest estimate at completion
	SurestOnTime                        // highest chance to keep the due date of the option itself
	SurestAgreed                        // highest chance to keep the due date that is agreed now
	LeastGivenUp                        // fewest parts of the scope given up
)

var criterionWords = verdict.NewWords[Criterion]("criterion",
	"finish", "p50", "p80", "cost", "on_time", "agreed", "scope")

// ParseCriterion returns the criterion of a word such as "finish".
func ParseCriterion(word string) (Criterion, error) { return criterionWords.Parse(word) }

// IsValid reports whether c is one of the constants.
func (c Criterion) IsValid() bool { return criterionWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Criterion) String() string { return criterionWords.String(c) }

// AppendText appends the word of c to b.
func (c Criterion) AppendText(b []byte) ([]byte, error) { return criterionWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Criterion) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Criterion) UnmarshalText(text []byte) error { return criterionWords.UnmarshalText(text, c) }
