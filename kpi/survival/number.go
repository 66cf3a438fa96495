package survival

import "strconv"

// A Number is a value, or undefined with the reason. A Number without a reason is
// defined, so the zero Number is 0. It is never NaN or infinite.
type Number struct {
	Value  float64 `json:"value"`
	Reason string  `json:"reason,omitempty"` // why there is no value; then Value is 0
}

// Reasons of undefined numbers.
const (
	NoSubjects  = "no subjects"
	BeforeStart = "a time before the start"
	NobodyLeft  = "nobody is left"
	NotReached  = "the curve does not fall that far"
	NotFollowed = "nobody was followed that long"
	NoContrast  = "no event while subjects of several groups were at risk"
	OutOfReach  = "the limit is undefined or does not fall that far"
)

func undefined(reason string) Number { return Number{Reason: reason} }

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
