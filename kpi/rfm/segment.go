package rfm

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Span is a range of scores, both ends included. A zero From means from the
// worst, a zero To up to the best, so the zero Span is any score.
type Span struct {
	From uint8 `json:"from,omitzero"`
	To   uint8 `json:"to,omitzero"`
}

// Contains reports whether the score lies in the span.
func (s Span) Contains(score uint8) bool {
	return score >= s.From && (s.To == 0 || score <= s.To)
}

// String returns "2-4", "3", "2-" or "any".
func (s Span) String() string {
	switch {
	case s == Span{}:
		return "any"
	case s.From == s.To:
		return strconv.Itoa(int(s.From))
	case s.To == 0:
		return fmt.Sprintf("%d-", s.From)
	default:
		return fmt.Sprintf("%d-%d", s.From, s.To)
	}
}

// A Segment is a named group of customers, given by their scores.
type Segment struct {
	Name      string `json:"name"`
	Recency   Span   `json:"recency,omitzero"`
	Frequency Span   `json:"frequency,omitzero"`
	Monetary  Span   `json:"monetary,omitzero"`
}

// Contains reports whether a customer with these scores is of the segment, were
// it the only one.
func (s Segment) Contains(c Cell) bool {
	return s.Recency.Contains(c.R) && s.Frequency.Contains(c.F) && s.Monetary.Contains(c.M)
}

// Segments is a table of segments. A customer is of the first that contains his
// scores; see [Segments.Coverage] for those that no segment or several contain.
type Segments []Segment

// Of returns the name of the segment of a cell, and false if there is none.
func (s Segments) Of(c Cell) (string, bool) {
	if i := s.find(c); i >= 0 {
		return s[i].Name, true
	}
	return "", false
}

func (s Segments) find(c Cell) int {
	for i, segment := range s {
		if segment.Contains(c) {
			return i
		}
	}
	return -1
}

// Validate reports every fault of the table: segments without a name or with the
// name of another, names that begin with a bracket (kept for [Unmatched] and
// [Absent]), and spans that end before they begin.
func (s Segments) Validate() error {
	var faults verdict.Faults
	seen := make(map[string]bool, len(s))
	for i, segment := range s {
		path := verdict.At("segments", i)
		switch {
		case segment.Name == "":
			faults.Missing(path + ".name")
		case strings.HasPrefix(segment.Name, "("):
			faults.Addf(path+".name", "%w: %s begins with a bracket", verdict.ErrInvalid, verdict.Quote(segment.Name))
		case seen[segment.Name]:
			faults.Duplicate(path+".name", segment.Name)
		}
		seen[segment.Name] = true
		checkSpan(&faults, path+".recency", segment.Recency)
		checkSpan(&faults, path+".frequency", segment.Frequency)
		checkSpan(&faults, path+".monetary", segment.Monetary)
	}
	return faults.Err()
}

func checkSpan(faults *verdict.Faults, path string, s Span) {
	if s.To != 0 && s.From > s.To {
		faults.Addf(path, "%w: from %d to %d", verdict.ErrRange, s.From, s.To)
	}
}

// DefaultSegments returns ten segments for scores of 1 to 5, by recency and
// frequency, that cover every cell exactly once. The names and the layout, five
// scores of one by five of the other, are those in common use; monetary value is
// left to be looked at within each segment ([Summarise]). The table is a fresh one
// to change at will.
func DefaultSegments() Segments {
	return Segments{
		{Name: "Champions", Recency: Span{5, 5}, Frequency: Span{4, 5}},
		{Name: "Loyal customers", Recency: Span{3, 4}, Frequency: Span{4, 5}},
		{Name: "Potential loyalists", Recency: Span{4, 5}, Frequency: Span{2, 3}},
		{Name: "New customers", Recency: Span{5, 5}, Frequency: Span{1, 1}},
		{Name: "Promising", Recency: Span{4, 4}, Frequency: Span{1, 1}},
		{Name: "Need attention", Recency: Span{3, 3}, Frequency: Span{3, 3}},
		{Name: "About to sleep", Recency: Span{3, 3}, Frequency: Span{1, 2}},
		{Name: "Cannot lose them", Recency: Span{1, 2}, Frequency: Span{5, 5}},
		{Name: "At risk", Recency: Span{1, 2}, Frequency: Span{3, 4}},
		{Name: "Hibernating", Recency: Span{1, 2}, Frequency: Span{1, 2}},
	}
}

// PublishedSegments returns the ten segments by which the documentation of the R
// package rfm (0.3.0) explains segmentation, for comparison: they leave some cells
// out and contain many twice, as [Segments.Coverage] tells, and the package puts the
// customers of the former under "Others".
func PublishedSegments() Segments {
	return Segments{
		{"Champions", Span{5, 5}, Span{5, 5}, Span{5, 5}},
		{"Potential Loyalist", Span{3, 5}, Span{3, 5}, Span{2, 5}},
		{"Loyal Customers", Span{2, 4}, Span{2, 4}, Span{2, 4}},
		{"Promising", Span{3, 4}, Span{1, 3}, Span{3, 5}},
		{"New Customers", Span{4, 5}, Span{1, 3}, Span{1, 5}},
		{"Can't Lose Them", Span{1, 2}, Span{3, 4}, Span{4, 5}},
		{"At Risk", Span{1, 2}, Span{2, 5}, Span{4, 5}},
		{"Need Attention", Span{1, 3}, Span{3, 5}, Span{3, 5}},
		{"About To Sleep", Span{2, 3}, Span{1, 3}, Span{1, 4}},
		{"Lost", Span{1, 1}, Span{1, 5}, Span{1, 5}},
	}
}
