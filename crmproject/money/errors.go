package money

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Sentinels of this package; test for them with [errors.Is]. Every error returned wraps one of them and names the
// offending input.
var (
	// ErrCurrency says that two amounts of different currencies met. The error itself is a [*CurrencyError].
	ErrCurrency = errors.New("currencies differ")
	// ErrOverflow says that a result does not fit into an int64 of minor units.
	ErrOverflow = errors.New("outside the int64 range")
	// ErrDivision says that the divisor of [Amount.MulDiv] is zero.
	ErrDivision = errors.New("division by zero")
	// ErrSyntax says that a text is not of the form the parser reads.
	ErrSyntax = errors.New("malformed")
	// ErrUnknown says that a text is well formed but names no currency or rounding known here.
	ErrUnknown = errors.New("unknown")
	// ErrDecimals says that a text has more decimals than its currency has. Nothing is ever rounded while reading.
	ErrDecimals = errors.New("too many decimals")
	// ErrInvalid says that a value was not made by this package: see [Currency.IsValid], [Amount.IsValid] and
	// [Rounding.IsValid].
	ErrInvalid = errors.New("invalid value")
	// ErrWeights says that weights cannot share out an amount. The error itself is a [*WeightsError].
	ErrWeights = errors.New("unusable weights")
)

// CurrencyError reports an operation on two amounts of different currencies. It wraps [ErrCurrency].
type CurrencyError struct {
	Op   string   // the operation, such as "add", "compare" or "sum: amounts[2]"
	X, Y Currency // the currencies of its operands, in order
}

// Error returns a text such as "money: add: EUR and JPY: currencies differ".
func (e *CurrencyError) Error() string {
	return "money: " + e.Op + ": " + e.X.String() + " and " + e.Y.String() + ": " + ErrCurrency.Error()
}

// Unwrap returns [ErrCurrency].
func (e *CurrencyError) Unwrap() error { return ErrCurrency }

// WeightsError reports every fault of a list of weights. It wraps [ErrWeights], and [ErrOverflow] too if TooLarge is
// set. With no negative weight and TooLarge unset, the fault is that no weight is positive.
type WeightsError struct {
	Count    int   // how many weights were given
	Negative []int // indices of the negative weights, ascending
	TooLarge bool  // the sum of the positive weights exceeds math.MaxInt64
}

// maxListed bounds how many indices an error text lists; the error value keeps them all.
const maxListed = 8

// Error lists the faults, such as "money: unusable weights: weights[1], weights[4]: negative".
func (e *WeightsError) Error() string {
	var faults []string
	if len(e.Negative) > 0 {
		faults = append(faults, listed(e.Negative)+": negative")
	}
	if e.TooLarge {
		faults = append(faults, fmt.Sprintf("sum above %d", int64(math.MaxInt64)))
	}
	switch {
	case e.Count == 0:
		faults = append(faults, "none given")
	case len(faults) == 0:
		faults = append(faults, fmt.Sprintf("all %d are zero", e.Count))
	}
	return "money: " + ErrWeights.Error() + ": " + strings.Join(faults, "; ")
}

// Unwrap returns [ErrWeights], followed by [ErrOverflow] if e.TooLarge.
func (e *WeightsError) Unwrap() []error {
	if e.TooLarge {
		return []error{ErrWeights, ErrOverflow}
	}
	return []error{ErrWeights}
}

func listed(indices []int) string {
	var b strings.Builder
	for i, at := range indices[:min(len(indices), maxListed)] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("weights[" + strconv.Itoa(at) + "]")
	}
	if more := len(indices) - maxListed; more > 0 {
		b.WriteString(" and " + strconv.Itoa(more) + " more")
	}
	return b.String()
}

// maxQuoted bounds how many bytes of an offending text an error repeats.
const maxQuoted = 64

// quote renders s for an error text, cut at a rune boundary when it is long.
func quote(s string) string {
	if len(s) <= maxQuoted {
		return strconv.Quote(s)
	}
	end := maxQuoted
	for end > maxQuoted-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return strconv.Quote(s[:end]) + "…"
}

// overflow is kept out of the arithmetic so that the methods stay small and free of allocation when all is well.
func overflow(op string, operands ...fmt.Stringer) error {
	texts := make([]string, len(operands))
	for i, o := range operands {
		texts[i] = o.String()
	}
	return fmt.Errorf("money: %s %s: %w", op, strings.Join(texts, ", "), ErrOverflow)
}
