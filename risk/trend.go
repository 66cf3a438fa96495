package risk

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Trend is the way a risk is going. The zero Trend is invalid.
type Trend uint8

// The trends.
const (
	Falling Trend = iota + 1
	Steady
	Rising
)

var trendWords = verdict.NewWords[Trend]("trend", "falling", "steady", "rising")

// ParseTrend returns the trend of a word such as "rising".
func ParseTrend(word string) (Trend, error) { return trendWords.Parse(word) }

// IsValid reports whether t is one of the constants.
func (t Trend) IsValid() bool { return trendWords.IsValid(t) }

// String returns the word of t, empty for the zero value.
func (t Trend) String() string { return trendWords.String(t) }

// AppendText appends the word of t to b.
func (t Trend) AppendText(b []byte) ([]byte, error) { return trendWords.AppendText(b, t) }

// MarshalText returns the word of t.
func (t Trend) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText reads a word; t is unchanged on error.
func (t *Trend) UnmarshalText(text []byte) error { return trendWords.UnmarshalText(text, t) }

// History returns the assessments of a risk on one basis up to asOf that can be
// rated, in the order of their dates; those of one day as they are listed.
func (r Register) History(risk Risk, basis Basis, asOf calendar.Date) []Standing {
	var all []Standing
	for _, a := range risk.Assessments {
		if a.Basis != basis || a.Date > asOf {
			continue
		}
		if rating, ok := r.Rate(a); ok {
			all = append(all, Standing{a, rating})
		}
	}
	slices.SortStableFunc(all, func(a, b Standing) int { return cmp.Compare(a.Date, b.Date) })
	return all
}

// Trend compares the last two assessments of a risk on the basis by which it
// stands at asOf, see [Register.Standing]: by band, then by score. Across a
// change of the matrix only the heights of the bands are compared, for scores
// of two matrices have nothing to do with each other. It returns false if there
// are fewer than two. Of an opportunity, too, rising means likelier or greater.
func (r Register) Trend(risk Risk, asOf calendar.Date) (Trend, bool) {
	standing, ok := r.Standing(risk, asOf)
	if !ok {
		return 0, false
	}
	history := r.History(risk, standing.Basis, asOf)
	n := len(history)
	if n < 2 {
		return 0, false
	}
	return trendOf(higher(history[n-1], history[n-2])), true
}

// trendOf returns the trend of a comparison of the later with the earlier.
func trendOf(order int) Trend {
	switch {
	case order < 0:
		return Falling
	case order > 0:
		return Rising
	default:
		return Steady
	}
}
