package finance

import (
	"fmt"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// MaxPeriods is the largest number of periods of a [Case]: a hundred years of months.
const MaxPeriods = 1200

// A Case is a business case of a CRM: what it brings and what it costs, in exact
// amounts of one currency, period by period. Period 0 is now; periods are as long as
// the Rate says, months for a rate per month. It is a plain value with a JSON form.
type Case struct {
	Rate     float64   `json:"rate"` // discount rate per period, above −1; see [PerPeriod]
	Benefits []Benefit `json:"benefits"`
	Costs    []Cost    `json:"costs"`
}

// A Benefit is something that the CRM brings. Amounts start at period From and are
// positive, or negative where a benefit is a loss for a while.
type Benefit struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Kind    BenefitKind    `json:"kind"`
	From    int            `json:"from,omitempty"` // period of the first amount
	Amounts []money.Amount `json:"amounts"`        // see [Every]
}

// A Cost is something that the CRM costs. Amounts start at period From and are
// positive; a refund is negative.
type Cost struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Kind    CostKind       `json:"kind"`
	Nature  Nature         `json:"nature"`
	From    int            `json:"from,omitempty"` // period of the first amount
	Amounts []money.Amount `json:"amounts"`        // see [Every]
}

// Every returns the same amount for so many periods, none if periods is below 1.
func Every(periods int, amount money.Amount) []money.Amount {
	return slices.Repeat([]money.Amount{amount}, max(0, periods))
}

// PerPeriod returns the rate per period that compounds to a rate per year,
// (1+annual)^(1/periods) − 1: 10 % a year are 0.797 % a month, not 0.833 %. The error
// wraps [verdict.ErrRange] for a rate that is not above −1, or periods below 1.
func PerPeriod(annual float64, periods int) (float64, error) {
	var faults verdict.Faults
	checkRate(&faults, "annual", annual)
	if periods < 1 {
		faults.Addf("periods", "%w: %d", verdict.ErrRange, periods)
	}
	if err := wrap(&faults); err != nil {
		return 0, err
	}
	return math.Expm1(math.Log1p(annual) / float64(periods)), nil
}

// Validate reports every fault of the case, located: a rate that is not above −1,
// ids that are missing or used twice among benefits or among costs, kinds and natures
// that are none, periods out of range, amounts that are not valid or not of the
// currency of the first.
func (c Case) Validate() error {
	var faults verdict.Faults
	checkRate(&faults, "rate", c.Rate)
	faults.IDs("benefits", len(c.Benefits), func(i int) string { return c.Benefits[i].ID })
	faults.IDs("costs", len(c.Costs), func(i int) string { return c.Costs[i].ID })
	currency := c.Currency()
	for i, b := range c.Benefits {
		path := verdict.At("benefits", i)
		checkWord(&faults, path+".kind", b.Kind)
		checkAmounts(&faults, path, b.From, b.Amounts, currency)
	}
	for i, k := range c.Costs {
		path := verdict.At("costs", i)
		checkWord(&faults, path+".kind", k.Kind)
		checkWord(&faults, path+".nature", k.Nature)
		checkAmounts(&faults, path, k.From, k.Amounts, currency)
	}
	return wrap(&faults)
}

// Currency returns the currency of the first amount that has one, of the benefits
// before the costs; zero if there is none.
func (c Case) Currency() money.Currency {
	for _, b := range c.Benefits {
		for _, a := range b.Amounts {
			if a.Currency() != 0 {
				return a.Currency()
			}
		}
	}
	for _, k := range c.Costs {
		for _, a := range k.Amounts {
			if a.Currency() != 0 {
				return a.Currency()
			}
		}
	}
	return 0
}

// periods returns the number of periods, at least 1.
func (c Case) periods() int {
	n := 1
	for _, b := range c.Benefits {
		n = max(n, b.From+len(b.Amounts))
	}
	for _, k := range c.Costs {
		n = max(n, k.From+len(k.Amounts))
	}
	return n
}

func checkAmounts(faults *verdict.Faults, path string, from int, amounts []money.Amount, currency money.Currency) {
	if from < 0 || from > MaxPeriods || len(amounts) > MaxPeriods-from {
		faults.Addf(path+".from", "%w: %d amounts from period %d", verdict.ErrRange, len(amounts), from)
	}
	for i, a := range amounts {
		at := verdict.At(path+".amounts", i)
		switch {
		case !a.IsValid():
			faults.Addf(at, "%w: %v", verdict.ErrInvalid, a)
		case a.Currency() != 0 && a.Currency() != currency:
			faults.Add(at, &money.CurrencyError{Op: "case", X: currency, Y: a.Currency()})
		}
	}
}

// checkWord records an enumeration value that is not a word.
func checkWord[E interface {
	~uint8
	IsValid() bool
	MarshalText() ([]byte, error)
}](faults *verdict.Faults, path string, v E) {
	if v == 0 {
		faults.Missing(path)
	} else if !v.IsValid() {
		_, err := v.MarshalText()
		faults.Add(path, err)
	}
}

// total adds amounts, and says where a total does not fit.
func total(faults *verdict.Faults, path string, amounts ...money.Amount) money.Amount {
	sum, err := money.Sum(slices.Values(amounts))
	if err != nil {
		faults.Add(path, fmt.Errorf("%w: %w", verdict.ErrRange, err))
	}
	return sum
}
