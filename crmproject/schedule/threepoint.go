package schedule

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A ThreePoint is an estimate of a duration by its smallest, most likely and
// largest value. It must have 0 ≤ Optimistic ≤ MostLikely ≤ Pessimistic ≤ 2⁵².
type ThreePoint struct {
	Optimistic  float64 `json:"optimistic"`
	MostLikely  float64 `json:"mostLikely"`
	Pessimistic float64 `json:"pessimistic"`
}

// maxEstimate is the largest duration that can be estimated.
const maxEstimate = 1 << 52

// Validate reports whether the three values are in order and within bounds. The
// error wraps [verdict.ErrRange].
func (t ThreePoint) Validate() error {
	if t.Optimistic >= 0 && t.Optimistic <= t.MostLikely && t.MostLikely <= t.Pessimistic && t.Pessimistic <= maxEstimate {
		return nil
	}
	return fmt.Errorf("schedule: estimate %v, %v, %v: %w: want 0 ≤ optimistic ≤ most likely ≤ pessimistic ≤ 2⁵²",
		t.Optimistic, t.MostLikely, t.Pessimistic, verdict.ErrRange)
}

// Mean returns the expected duration (o + 4m + p)/6 (D. G. Malcolm et al.,
// "Application of a technique for research and development program evaluation",
// Operations Research 7, 1959). It is also the exact mean of the beta-PERT
// distribution.
func (t ThreePoint) Mean() float64 {
	return (t.Optimistic + float64(4*t.MostLikely) + t.Pessimistic) / 6
}

// Variance returns the variance by a rule, with μ the mean:
//
//	Classic    ((p − o)/6)²
//	BetaPERT   (μ − o)(p − μ)/7
//
// The classic value is a convention, and the same for every most likely value;
// the other is exact for the beta-PERT distribution. They agree where the most
// likely value lies about a seventh of the range from one end. The zero rule
// stands for Classic; any other invalid one gives 0.
func (t ThreePoint) Variance(rule VarianceRule) float64 {
	switch rule {
	case 0, ClassicVariance:
		sd := (t.Pessimistic - t.Optimistic) / 6
		return sd * sd
	case BetaVariance:
		mean := t.Mean()
		return math.Max((mean-t.Optimistic)*(t.Pessimistic-mean)/7, 0)
	default:
		return 0
	}
}

// A VarianceRule says how the variance of a three-point estimate is found. The
// zero rule stands for ClassicVariance.
type VarianceRule uint8

// The rules.
const (
	ClassicVariance VarianceRule = iota + 1 // ((p − o)/6)²
	BetaVariance                            // (μ − o)(p − μ)/7, exact for beta-PERT
)

var varianceWords = verdict.NewWords[VarianceRule]("schedule: variance rule", "classic", "beta_pert")

// ParseVarianceRule returns the rule of a word: classic, beta_pert.
func ParseVarianceRule(word string) (VarianceRule, error) { return varianceWords.Parse(word) }

// IsValid reports whether r is one of the two rules.
func (r VarianceRule) IsValid() bool { return varianceWords.IsValid(r) }

// String returns the word of r, empty for the zero rule.
func (r VarianceRule) String() string { return varianceWords.String(r) }

// AppendText appends the word of r to b.
func (r VarianceRule) AppendText(b []byte) ([]byte, error) { return varianceWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r VarianceRule) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *VarianceRule) UnmarshalText(text []byte) error { return varianceWords.UnmarshalText(text, r) }
