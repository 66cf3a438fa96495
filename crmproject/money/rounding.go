package money

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// Rounding names what becomes of the part below a minor unit. The zero value is [HalfEven], so that a struct that says
// nothing rounds without bias. A tie is a quotient exactly between two neighbours.
type Rounding uint8

// The numbers have no meaning beyond HalfEven being the default; the text form is the wire form.
const (
	HalfEven Rounding = iota // to the nearest, ties to the even neighbour: 2.5 → 2, 3.5 → 4, -2.5 → -2
	HalfUp                   // to the nearest, ties away from zero: 2.5 → 3, -2.5 → -3
	HalfDown                 // to the nearest, ties toward zero: 2.5 → 2, -2.5 → -2
	Up                       // away from zero: 2.1 → 3, -2.1 → -3
	Down                     // toward zero, truncation: 2.9 → 2, -2.9 → -2
	Floor                    // toward negative infinity: 2.9 → 2, -2.1 → -3
	Ceiling                  // toward positive infinity: 2.1 → 3, -2.9 → -2
)

// roundings is indexed by Rounding.
var roundings = [...]string{"half_even", "half_up", "half_down", "up", "down", "floor", "ceiling"}

// ParseRounding reads a rounding from its text form: half_even, half_up, half_down, up, down, floor or ceiling.
// The error wraps [ErrUnknown].
func ParseRounding(text string) (Rounding, error) {
	i := slices.Index(roundings[:], text)
	if i < 0 {
		return 0, fmt.Errorf("money: rounding %s: %w", quote(text), ErrUnknown)
	}
	return Rounding(i), nil
}

// IsValid reports whether r is one of the constants.
func (r Rounding) IsValid() bool { return int(r) < len(roundings) }

// String returns the text form, or one such as "Rounding(9)" if r is not valid.
func (r Rounding) String() string {
	if !r.IsValid() {
		return "Rounding(" + strconv.Itoa(int(r)) + ")"
	}
	return roundings[r]
}

// AppendText appends the text form of r to b. If r is not valid it returns b and an error wrapping [ErrInvalid].
func (r Rounding) AppendText(b []byte) ([]byte, error) {
	if !r.IsValid() {
		return b, fmt.Errorf("money: %v: %w", r, ErrInvalid)
	}
	return append(b, roundings[r]...), nil
}

// MarshalText returns the text form of r; see [Rounding.AppendText].
func (r Rounding) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText sets r from its text form; see [ParseRounding]. On error r is left as it was.
func (r *Rounding) UnmarshalText(text []byte) error {
	parsed, err := ParseRounding(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

// away reports whether a quotient of magnitude q, cut off with the remainder 0 < rem < den, must step away from zero.
func (r Rounding) away(negative bool, q, rem, den uint64) bool {
	half := cmp.Compare(2*rem, den) // rem < den ≤ 2^63, so the double fits
	switch r {
	case HalfUp:
		return half >= 0
	case HalfDown:
		return half > 0
	case Up:
		return true
	case Down:
		return false
	case Floor:
		return negative
	case Ceiling:
		return !negative
	default: // HalfEven
		return half > 0 || half == 0 && q%2 == 1
	}
}
