package spc

import "github.com/crmrollout/crm/crmproject/verdict"

// A Rule is a pattern that a process without a special cause hardly ever shows. Zones
// are counted in sigmas of a point from the centre line. The zero Rule is invalid.
type Rule uint8

// Nelson's rules keep their numbers, and so do those of the Western Electric handbook;
// the numbers 1 of both are the same pattern.
const (
	Nelson1     Rule = iota + 1 // one point beyond 3 sigmas
	Nelson2                     // nine in a row on one side of the centre line
	Nelson3                     // six in a row rising, or falling
	Nelson4                     // fourteen in a row going up and down by turns
	Nelson5                     // two of three beyond 2 sigmas, on the same side
	Nelson6                     // four of five beyond 1 sigma, on the same side
	Nelson7                     // fifteen in a row within 1 sigma
	Nelson8                     // eight in a row beyond 1 sigma, on either side
	Western1                    // one point beyond 3 sigmas
	Western2                    // two of three beyond 2 sigmas, on the same side
	Western3                    // four of five beyond 1 sigma, on the same side
	Western4                    // eight in a row on one side of the centre line
	RangeBeyond                 // a range, moving range or standard deviation beyond its own limits
)

var ruleWords = verdict.NewWords[Rule]("rule",
	"nelson_1", "nelson_2", "nelson_3", "nelson_4", "nelson_5", "nelson_6", "nelson_7", "nelson_8",
	"western_1", "western_2", "western_3", "western_4", "range_beyond")

// patterns says of each rule how many points it looks at and what it looks for.
var patterns = [...]struct {
	span int
	text string
}{
	Nelson1:     {1, "one point beyond 3 sigmas"},
	Nelson2:     {9, "nine points in a row on one side of the centre line"},
	Nelson3:     {6, "six points in a row rising or falling"},
	Nelson4:     {14, "fourteen points in a row going up and down by turns"},
	Nelson5:     {3, "two of three points beyond 2 sigmas on one side"},
	Nelson6:     {5, "four of five points beyond 1 sigma on one side"},
	Nelson7:     {15, "fifteen points in a row within 1 sigma"},
	Nelson8:     {8, "eight points in a row beyond 1 sigma on either side"},
	Western1:    {1, "one point beyond 3 sigmas"},
	Western2:    {3, "two of three points beyond 2 sigmas on one side"},
	Western3:    {5, "four of five points beyond 1 sigma on one side"},
	Western4:    {8, "eight points in a row on one side of the centre line"},
	RangeBeyond: {1, "the spread beyond its limits"},
}

// Span returns the number of points that the rule looks at, the flagged one
// included; 0 for a rule that is none.
func (r Rule) Span() int {
	if !r.IsValid() {
		return 0
	}
	return patterns[r].span
}

// Describe returns the pattern in words, such as "nine points in a row on one side of
// the centre line"; empty for a rule that is none.
func (r Rule) Describe() string {
	if !r.IsValid() {
		return ""
	}
	return patterns[r].text
}

// ParseRule returns the rule of a word such as "nelson_2".
func ParseRule(word string) (Rule, error) { return ruleWords.Parse(word) }

// IsValid reports whether r is one of the rules.
func (r Rule) IsValid() bool { return ruleWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r Rule) String() string { return ruleWords.String(r) }

// AppendText appends the word of r to b.
func (r Rule) AppendText(b []byte) ([]byte, error) { return ruleWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Rule) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Rule) UnmarshalText(text []byte) error { return ruleWords.UnmarshalText(text, r) }
