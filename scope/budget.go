package scope

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Budget is what the project may cost, and on what.
type Budget struct {
	Total money.Amount `json:"total,omitzero"`
	Lines []Line       `json:"lines,omitempty"`
}

// A Line is one position of the budget. A line of nothing in a currency, such as
// "0.00 EUR" for free software, is a statement; the zero Amount is not.
type Line struct {
	ID       string       `json:"id"`
	Category CostCategory `json:"category"`
	Name     string       `json:"name,omitempty"`
	Amount   money.Amount `json:"amount"`
}

// A CostCategory is what a budget line is spent on. The zero CostCategory is
// invalid.
type CostCategory uint8

// The cost categories.
const (
	CostSoftware       CostCategory = iota + 1 // licences, subscriptions
	CostImplementation                         // configuration, integration, migration
	CostTraining                               // of users and administrators
	CostSupport                                // operation, maintenance, help after launch
	CostOther                                  // anything else
)

var costCategoryWords = verdict.NewWords[CostCategory]("cost category", "software", "implementation", "training", "ongoing_support", "other")

// ParseCostCategory returns the cost category of a word such as "software".
func ParseCostCategory(word string) (CostCategory, error) { return costCategoryWords.Parse(word) }

// IsValid reports whether c is one of the cost categories.
func (c CostCategory) IsValid() bool { return costCategoryWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c CostCategory) String() string { return costCategoryWords.String(c) }

// AppendText appends the word of c to b.
func (c CostCategory) AppendText(b []byte) ([]byte, error) { return costCategoryWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c CostCategory) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *CostCategory) UnmarshalText(text []byte) error {
	return costCategoryWords.UnmarshalText(text, c)
}

// Sum returns the total of the lines, the zero Amount if there are none. The
// error is that of [money.Sum]: two currencies, or a sum out of range.
func (b Budget) Sum() (money.Amount, error) {
	return money.Sum(func(yield func(money.Amount) bool) {
		for _, line := range b.Lines {
			if !yield(line.Amount) {
				return
			}
		}
	})
}

// has reports whether some line of the category states an amount.
func (b Budget) has(c CostCategory) bool {
	for _, line := range b.Lines {
		if line.Category == c && line.Amount.Currency().IsValid() {
			return true
		}
	}
	return false
}

func (b Budget) validate(f *verdict.Faults) {
	validateAmount(f, "budget.total", b.Total)
	f.IDs("budget.lines", len(b.Lines), func(i int) string { return b.Lines[i].ID })
	currency := b.Total.Currency()
	for i, line := range b.Lines {
		at := verdict.At("budget.lines", i)
		wantWord(f, at+".category", line.Category, line.Category.IsValid())
		validateAmount(f, at+".amount", line.Amount)
		switch c := line.Amount.Currency(); {
		case c == 0:
		case currency == 0:
			currency = c
		case c != currency:
			f.Addf(at+".amount", "%w: %s in a budget of %s", money.ErrCurrency, c, currency)
		}
	}
	if _, err := b.Sum(); errors.Is(err, money.ErrOverflow) {
		f.Add("budget.lines", err)
	}
}

func validateAmount(f *verdict.Faults, at string, a money.Amount) {
	switch {
	case !a.IsValid():
		f.Addf(at, "%w amount", verdict.ErrInvalid)
	case a.Sign() < 0:
		f.Addf(at, "%w: %s is negative", verdict.ErrRange, a)
	}
}
