package money_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/money"
)

// A budget from its lines: total, contingency, and cash flow by the working days of each month (CP-17, SC-12).
func Example() {
	total, err := money.Sum(slices.Values([]money.Amount{
		money.MustParse("48000.00 EUR"), // software
		money.MustParse("61250.50 EUR"), // implementation
		money.MustParse("12400.00 EUR"), // training
		money.MustParse("9600.00 EUR"),  // ongoing support
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	contingency, _ := total.MulDiv(75, 1000, money.HalfEven) // 7.5 %
	budget, _ := total.Add(contingency)
	months, _ := budget.Phase([]int64{21, 20, 22})

	fmt.Println("budget:", budget.Format(money.Style{}))
	for _, m := range months {
		fmt.Println(m)
	}
	// Output:
	// budget: 141,094.29 EUR
	// 47031.43 EUR
	// 44791.84 EUR
	// 49271.02 EUR
}

// One invoice among three departments: the parts add up to the invoice, whatever its sign.
func ExampleAmount_Allocate() {
	invoice := money.MustParse("100.00 EUR")
	credit, _ := invoice.Neg()
	for _, a := range []money.Amount{invoice, credit} {
		parts, err := a.Allocate([]int64{1, 1, 1})
		fmt.Println(parts, err)
	}
	// Output:
	// [33.34 EUR 33.33 EUR 33.33 EUR] <nil>
	// [-33.33 EUR -33.33 EUR -33.34 EUR] <nil>
}

// A planned value over five weeks, one with a public holiday: each running total is the exact one, rounded.
func ExampleAmount_Phase() {
	weeks, err := money.MustParse("100.00 EUR").Phase([]int64{5, 5, 4, 5, 5})
	fmt.Println(weeks, err)
	// Output:
	// [20.83 EUR 20.84 EUR 16.66 EUR 20.84 EUR 20.83 EUR] <nil>
}

// Currencies never mix, and the error carries both.
func ExampleCurrencyError() {
	_, err := money.MustParse("10.00 EUR").Add(money.MustParse("1200 JPY"))
	fmt.Println(err)
	if mixed, ok := errors.AsType[*money.CurrencyError](err); ok {
		fmt.Println(mixed.X, mixed.Y)
	}
	// Output:
	// money: add: EUR and JPY: currencies differ
	// EUR JPY
}

// A unit of one's own is data: its text says all there is to know of it.
func ExampleNewCurrency() {
	points, err := money.NewCurrency("PTS", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	awarded := money.FromMinor(1500, points)
	text, _ := json.Marshal(awarded)
	var back money.Amount
	err = json.Unmarshal(text, &back)
	fmt.Println(string(text), back == awarded, err)
	// Output:
	// "1500 PTS/0" true <nil>
}

// 1,250 users at a unit price with four decimals, billed in cents.
func ExampleAmount_Rescale() {
	price := money.MustParse("3.1427 EUR/4")
	total, _ := price.Mul(1250)
	bill, err := total.Rescale(money.EUR, money.HalfUp)
	fmt.Println(total, "→", bill, err)
	// Output:
	// 3928.3750 EUR/4 → 3928.38 EUR <nil>
}

// Rounding happens where the caller says, and as he says.
func ExampleAmount_MulDiv() {
	fee := money.MustParse("-0.25 EUR")
	for _, r := range []money.Rounding{money.HalfEven, money.HalfUp, money.Down, money.Floor, money.Ceiling} {
		half, _ := fee.MulDiv(1, 2, r)
		fmt.Println(r, half)
	}
	// Output:
	// half_even -0.12 EUR
	// half_up -0.13 EUR
	// down -0.12 EUR
	// floor -0.13 EUR
	// ceiling -0.12 EUR
}

// Is the project within its budget (CP-32)?
func ExampleAmount_Cmp() {
	budget, actual := money.MustParse("250000.00 EUR"), money.MustParse("250000.01 EUR")
	over, err := budget.Less(actual)
	fmt.Println(over, err)
	// Output:
	// true <nil>
}

// Reading never rounds and never guesses.
func ExampleParse() {
	for _, text := range []string{"1234.5 EUR", "-12 JPY", "0.005 EUR", "12.50 EUX", "1,234.50 EUR"} {
		a, err := money.Parse(text)
		fmt.Println(a, err)
	}
	// Output:
	// 1234.50 EUR <nil>
	// -12 JPY <nil>
	// 0 money: amount "0.005 EUR": too many decimals (at most 2)
	// 0 money: amount "12.50 EUX": no ISO 4217 currency (define it as EUX/2 if it has 2 decimals): unknown
	// 0 money: amount "1,234.50 EUR": number: malformed
}

// Marks other than the usual ones.
func ExampleAmount_Format() {
	a := money.MustParse("-1234567.50 EUR")
	fmt.Println(a.Format(money.Style{}))
	fmt.Println(a.Format(money.Style{Group: ".", Decimal: ","}))
	// Output:
	// -1,234,567.50 EUR
	// -1.234.567,50 EUR
}
