package finance

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Dated is a cash flow on a day: negative if money is spent.
type Dated struct {
	Day  calendar.Date `json:"day"`
	Flow float64       `json:"flow"`
}

// Flows returns exact amounts of one currency as flows in its unit, such as euros:
// 1234.50 EUR is 1234.5. Each is the nearest float64, whose shortest decimal text is
// the amount again up to 15 digits, and that text is what this package computes with.
// The error is that of [money.Sum]: amounts of several currencies.
func Flows(amounts []money.Amount) ([]float64, error) {
	if _, err := money.Sum(slices.Values(amounts)); errors.Is(err, money.ErrCurrency) {
		return nil, fmt.Errorf("finance: %w", err)
	}
	flows := make([]float64, len(amounts))
	for i, a := range amounts {
		flows[i] = units(a)
	}
	return flows, nil
}

// Round returns a value in the unit of a currency as an amount, rounded half to even
// to a minor unit from its shortest decimal text. The error wraps
// [verdict.ErrRange] if it does not fit, or [verdict.ErrInvalid] if c is not valid.
func Round(value float64, c money.Currency) (money.Amount, error) {
	if !c.IsValid() {
		return money.Amount{}, fmt.Errorf("finance: currency: %w: %v", verdict.ErrInvalid, c)
	}
	if math.IsNaN(value) || math.Abs(value) >= 1<<63 {
		return money.Amount{}, fmt.Errorf("finance: amount: %w: %v", verdict.ErrRange, value)
	}
	minor, _ := new(big.Rat).SetString(strconv.FormatFloat(value, 'e', -1, 64))
	minor.Mul(minor, new(big.Rat).SetInt(power10(c.Exponent())))
	n := halfEven(minor)
	if !n.IsInt64() {
		return money.Amount{}, fmt.Errorf("finance: amount: %w: %v %v", verdict.ErrRange, value, c)
	}
	return money.FromMinor(n.Int64(), c), nil
}

// halfEven rounds r to the nearest integer, ties to even.
func halfEven(r *big.Rat) *big.Int {
	twice := new(big.Int).Lsh(r.Num(), 1)
	quotient, rest := new(big.Int).DivMod(twice.Add(twice, r.Denom()), new(big.Int).Lsh(r.Denom(), 1), new(big.Int))
	if rest.Sign() == 0 && quotient.Bit(0) == 1 {
		quotient.Sub(quotient, big.NewInt(1))
	}
	return quotient
}

// units returns an amount in units of its currency.
func units(a money.Amount) float64 {
	if a.Minor() == 0 {
		return 0
	}
	v, _ := new(big.Rat).SetFrac(big.NewInt(a.Minor()), power10(a.Currency().Exponent())).Float64()
	return v
}

func power10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// A decimal is digits·10^scale: what the shortest text of a float64 says.
type decimal struct {
	digits *big.Int
	scale  int
}

// decimalOf returns the shortest decimal that reads as v, which must be finite. So
// 0.1 is one tenth, and not the binary fraction next to it.
func decimalOf(v float64) decimal {
	text := strconv.FormatFloat(v, 'e', -1, 64)
	mantissa, exp, _ := strings.Cut(text, "e")
	scale, _ := strconv.Atoi(exp)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits, _ := new(big.Int).SetString(whole+fraction, 10)
	return decimal{digits, scale - len(fraction)}
}

// integers returns the values as integers, all multiplied by the same power of ten,
// and its exponent.
func integers(values []float64) (whole []*big.Int, scale int) {
	decimals := make([]decimal, len(values))
	for i, v := range values {
		decimals[i] = decimalOf(v)
		if v != 0 {
			scale = min(scale, decimals[i].scale)
		}
	}
	whole = make([]*big.Int, len(values))
	for i, d := range decimals {
		whole[i] = d.digits
		if d.digits.Sign() != 0 {
			whole[i] = new(big.Int).Mul(d.digits, power10(d.scale-scale))
		}
	}
	return whole, -scale
}

// checkFlows records flows that are not finite.
func checkFlows(faults *verdict.Faults, flows []float64) {
	for i, f := range flows {
		if math.IsNaN(f) || math.IsInf(f, 0) {
			faults.Addf(verdict.At("flows", i), "%w: %v", verdict.ErrRange, f)
		}
	}
}

// checkRate records a rate that is not above −1 or not finite.
func checkRate(faults *verdict.Faults, path string, rate float64) {
	if !(rate > -1) || math.IsInf(rate, 0) { // negated so that NaN fails
		faults.Addf(path, "%w: rate %v is not above -1", verdict.ErrRange, rate)
	}
}

// checkDated records faults of dated flows.
func checkDated(faults *verdict.Faults, flows []Dated) {
	for i, f := range flows {
		path := verdict.At("flows", i)
		switch {
		case f.Day == 0:
			faults.Missing(path + ".day")
		case !f.Day.IsValid():
			faults.Addf(path+".day", "%w: day %d", verdict.ErrRange, int32(f.Day))
		}
		if math.IsNaN(f.Flow) || math.IsInf(f.Flow, 0) {
			faults.Addf(path+".flow", "%w: %v", verdict.ErrRange, f.Flow)
		}
	}
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("finance: %w", err)
	}
	return nil
}
