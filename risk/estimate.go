package risk

import (
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Shape is the distribution behind three points. The zero Shape means
// Triangular.
type Shape uint8

// The shapes, with the mean of the points a, m and b that each implies.
const (
	Triangular Shape = iota + 1 // (a + m + b) / 3
	PERT                        // (a + 4m + b) / 6
	Uniform                     // (a + b) / 2; there is no most likely point
)

var shapeWords = verdict.NewWords[Shape]("shape", "triangular", "pert", "uniform")

// ParseShape returns the shape of a word such as "pert".
func ParseShape(word string) (Shape, error) { return shapeWords.Parse(word) }

// IsValid reports whether s is one of the constants.
func (s Shape) IsValid() bool { return shapeWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Shape) String() string { return shapeWords.String(s) }

// AppendText appends the word of s to b.
func (s Shape) AppendText(b []byte) ([]byte, error) { return shapeWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Shape) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Shape) UnmarshalText(text []byte) error { return shapeWords.UnmarshalText(text, s) }

// Mean returns the exact mean of a distribution of this shape with the least
// value a, the most likely m and the greatest b. (Malcolm, Roseboom, Clark and
// Fazar, Operations Research 7 (1959) 646-669, for PERT.)
func (s Shape) Mean(a, m, b ratio.Ratio) ratio.Ratio {
	switch s {
	case Uniform:
		return a.Add(b).Quo(ratio.Int(2))
	case PERT:
		return a.Add(m.Mul(ratio.Int(4))).Add(b).Quo(ratio.Int(6))
	default:
		return a.Add(m).Add(b).Quo(ratio.Int(3))
	}
}

// A MoneyRange is a loss, or the gain of an opportunity, if the risk happens:
// the least, the most likely and the greatest. All three are of one currency
// and not negative; a sure amount is the same three times.
type MoneyRange struct {
	Min   money.Amount `json:"min,omitzero"`
	Mode  money.Amount `json:"mode,omitzero"`
	Max   money.Amount `json:"max,omitzero"`
	Shape Shape        `json:"shape,omitzero"`
}

// Mean returns the exact mean of the range, undefined for the zero MoneyRange.
func (m MoneyRange) Mean() Exposure {
	if m == (MoneyRange{}) {
		return Exposure{Minor: ratio.Undefined(NoImpact)}
	}
	c, ok := common(m.Min.Currency(), m.Mode.Currency(), m.Max.Currency())
	if !ok {
		return Exposure{Minor: ratio.Undefined(CurrenciesDiffer)}
	}
	mean := m.Shape.Mean(ratio.Int(m.Min.Minor()), ratio.Int(m.Mode.Minor()), ratio.Int(m.Max.Minor()))
	return Exposure{mean, c}
}

// A DelayRange is the delay, or the time won by an opportunity, in days if the
// risk happens: the least, the most likely and the greatest, none negative.
type DelayRange struct {
	Min   int64 `json:"min,omitzero"`
	Mode  int64 `json:"mode,omitzero"`
	Max   int64 `json:"max,omitzero"`
	Shape Shape `json:"shape,omitzero"`
}

// Mean returns the exact mean of the range in days, undefined for the zero
// DelayRange.
func (d DelayRange) Mean() ratio.Ratio {
	if d == (DelayRange{}) {
		return ratio.Undefined(NoDelay)
	}
	return d.Shape.Mean(ratio.Int(d.Min), ratio.Int(d.Mode), ratio.Int(d.Max))
}

// An Estimate is a risk in numbers, as if nothing were done about it. All parts
// may be left out; what needs them is then undefined.
type Estimate struct {
	Probability ratio.Ratio `json:"probability,omitzero"` // that it happens, 0 to 1
	Rate        ratio.Ratio `json:"rate,omitzero"`        // or how many times it is expected to happen, for what can happen again
	Impact      MoneyRange  `json:"impact,omitzero"`
	Delay       DelayRange  `json:"delay,omitzero"`
}

// Frequency returns the expected number of times that the risk happens: the
// probability, or the rate.
func (e Estimate) Frequency() ratio.Ratio {
	switch {
	case !e.Probability.IsZero():
		return e.Probability
	case !e.Rate.IsZero():
		return e.Rate
	default:
		return ratio.Undefined(NoProbability)
	}
}

// EMV returns the expected monetary value: p·E[X], or rate·E[X]. It has no
// sign; whether it is a loss or a gain is for the kind of the risk to say.
func (e Estimate) EMV() Exposure { return e.Impact.Mean().times(e.Frequency()) }

func (m MoneyRange) check(faults *verdict.Faults, path string) {
	if m == (MoneyRange{}) {
		return
	}
	checkShape(faults, path, m.Shape)
	if _, ok := common(m.Min.Currency(), m.Mode.Currency(), m.Max.Currency()); !ok {
		faults.Addf(path, "min, mode and max are of different currencies: %w", verdict.ErrInvalid)
	}
	checkRange(faults, path, m.Shape, []int64{m.Min.Minor(), m.Mode.Minor(), m.Max.Minor()},
		[]string{m.Min.String(), m.Mode.String(), m.Max.String()})
}

func (d DelayRange) check(faults *verdict.Faults, path string) {
	checkShape(faults, path, d.Shape)
	ns := []int64{d.Min, d.Mode, d.Max}
	checkRange(faults, path, d.Shape, ns, []string{days(d.Min), days(d.Mode), days(d.Max)})
}

func checkShape(faults *verdict.Faults, path string, s Shape) {
	if s != 0 && !s.IsValid() {
		faults.Unknown(path+".shape", s.String())
	}
}

// checkRange records a range that is not 0 ≤ min ≤ mode ≤ max, or has a mode
// although it is uniform.
func checkRange(faults *verdict.Faults, path string, s Shape, n []int64, words []string) {
	if n[0] < 0 {
		faults.Addf(path+".min", "%s is negative: %w", words[0], verdict.ErrRange)
	}
	if s == Uniform {
		if n[1] != 0 {
			faults.Addf(path+".mode", "%s given, but a uniform range has none: %w", words[1], verdict.ErrInvalid)
		}
		n[1], words[1] = n[0], words[0]
	}
	if n[1] < n[0] {
		faults.Addf(path+".mode", "%s is below the minimum %s: %w", words[1], words[0], verdict.ErrRange)
	}
	if n[2] < n[1] {
		faults.Addf(path+".max", "%s is below %s: %w", words[2], words[1], verdict.ErrRange)
	}
}

func (e Estimate) check(faults *verdict.Faults, path string) {
	if !e.Probability.IsZero() && !e.Rate.IsZero() {
		faults.Addf(path+".rate", "both a probability and a rate: %w", verdict.ErrInvalid)
	}
	checkShare(faults, path+".probability", e.Probability)
	if !e.Rate.IsZero() && (!e.Rate.Defined() || e.Rate.Sign() < 0) {
		faults.Addf(path+".rate", "%s is below 0 or no number: %w", short(e.Rate), verdict.ErrRange)
	}
	e.Impact.check(faults, path+".impact")
	e.Delay.check(faults, path+".delay")
}

// checkShare records a given ratio that is not from 0 to 1.
func checkShare(faults *verdict.Faults, path string, r ratio.Ratio) {
	if !r.IsZero() && (!r.Defined() || r.Sign() < 0 || ratio.Int(1).Less(r)) {
		faults.Addf(path, "%s is not from 0 to 1: %w", short(r), verdict.ErrRange)
	}
}
