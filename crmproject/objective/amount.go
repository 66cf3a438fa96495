package objective

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An AmountKind says what the number of an objective means. "Reduce churn by
// 25 %" and "reduce churn by 5 percentage points" are different objectives. The
// zero AmountKind is "not given".
type AmountKind uint8

// The amount kinds.
const (
	Relative AmountKind = iota + 1 // change by Value percent of the baseline
	Points                         // change by Value points of a metric that is itself a percentage
	Absolute                       // change by Value units
	ToTarget                       // reach Value
	Multiple                       // reach Value times the baseline: double is 2, cut by a third is 2/3
	Binary                         // done or not; the number is 1
)

var amountKindWords = verdict.NewWords[AmountKind]("amount kind", "relative", "points", "absolute", "target", "multiple", "binary")

// ParseAmountKind returns the amount kind of a word such as "relative".
func ParseAmountKind(word string) (AmountKind, error) { return amountKindWords.Parse(word) }

// IsValid reports whether a is one of the amount kinds.
func (a AmountKind) IsValid() bool { return amountKindWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a AmountKind) String() string { return amountKindWords.String(a) }

// AppendText appends the word of a to b.
func (a AmountKind) AppendText(b []byte) ([]byte, error) { return amountKindWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a AmountKind) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *AmountKind) UnmarshalText(text []byte) error { return amountKindWords.UnmarshalText(text, a) }

// An Amount is the number of an objective, with its meaning and its unit. High
// is set only for a range, such as 10 to 15 percent, and is its larger end; the
// range is met at Value. The zero Amount is "not given".
type Amount struct {
	Kind  AmountKind  `json:"kind"`
	Value ratio.Ratio `json:"value"`
	High  ratio.Ratio `json:"high,omitzero"`
	Unit  string      `json:"unit,omitempty"` // "percent", "percentage point", "hour", "EUR", …
}

// target returns the value to reach from the baseline in the given direction;
// it is undefined, with the reason, where a baseline is needed and not known.
func (a Amount) target(d Direction, baseline ratio.Ratio) ratio.Ratio {
	switch a.Kind {
	case ToTarget:
		return a.Value
	case Binary:
		return ratio.Int(1)
	default: // the others start from the baseline
	}
	if !baseline.Defined() {
		return ratio.Undefined("the baseline is not known")
	}
	step := a.Value
	switch a.Kind {
	case Multiple:
		return baseline.Mul(a.Value)
	case Relative:
		step = baseline.Abs().Mul(a.Value).Quo(ratio.Int(100))
	case Points, Absolute:
	default:
		return ratio.Undefined("the amount is not given")
	}
	if d.Better() < 0 {
		step = step.Neg()
	}
	return baseline.Add(step)
}
