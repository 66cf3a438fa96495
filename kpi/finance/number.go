package finance

import (
	"math"
	"strconv"
)

// A Number is a value, or undefined with the reason. A Number without a reason is
// defined, so the zero Number is 0. It is never NaN or infinite.
type Number struct {
	Value  float64 `json:"value"`
	Reason string  `json:"reason,omitempty"` // why there is no value; then Value is 0
}

// Reasons of undefined numbers.
const (
	NoFlows      = "no cash flows"
	TooLarge     = "too large for a float64"
	Never        = "never: the flows do not pay back"
	NoSignChange = "no rate: money flows in one direction only"
	NoRate       = "no rate: the net present value has no zero"
	NoOutlay     = "no outlay"
	NoReturn     = "no return"
	OneDate      = "all flows have the same time"
	NoBenefit    = "the benefit has no present value"
	NoCost       = "no cost"
	AnyRate      = "all flows are 0: every rate is one"
)

func undefined(reason string) Number { return Number{Reason: reason} }

// number returns v, undefined if it is not finite.
func number(v float64) Number {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return undefined(TooLarge)
	}
	return Number{Value: v}
}

// Defined reports whether n has a value.
func (n Number) Defined() bool { return n.Reason == "" }

// Float64 returns the value, and false if there is none.
func (n Number) Float64() (float64, bool) { return n.Value, n.Defined() }

// String returns the value in the shortest form that reads back the same, or
// "undefined: " and the reason.
func (n Number) String() string {
	if !n.Defined() {
		return "undefined: " + n.Reason
	}
	return strconv.FormatFloat(n.Value, 'g', -1, 64)
}
