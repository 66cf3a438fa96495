// Package money holds exact amounts of money for budgets, baselines and cost control: the budget lines of a charter,
// their total, the contingency on top, and their spread over the months (mission CP-13, CP-17, CP-32, SC-12).
//
// # Representation
//
// An [Amount] is an int64 number of minor units and a [Currency]; a Currency is a three-letter code and an exponent, the
// number of decimals. Both are small comparable values, with no pointer, no registry and no global state behind them.
// There are no floating-point numbers anywhere: an amount is exact or the operation says what it rounds and how.
//
// The currencies of ISO 4217 are constants ([EUR], [JPY], [KWD]). A caller defines another as data, by [NewCurrency] or
// in a text ("PTS/0"), and since the exponent is part of the value, that definition travels with every amount.
//
// The zero [Amount] is zero of no currency and the neutral element of addition.
//
// # Limits
//
//	| exponent | example | largest amount                |
//	|----------|---------|-------------------------------|
//	| 0        | JPY     | 9,223,372,036,854,775,807 JPY |
//	| 2        | EUR     | 92,233,720,368,547,758.07 EUR |
//	| 3        | KWD     | 9,223,372,036,854,775.807 KWD |
//	| 18       | ETH/18  | 9.223372036854775807 ETH/18   |
//
// The smallest amount is one minor unit further below zero. A result out of range is an error that wraps [ErrOverflow],
// never a wrapped-around number. Intermediate products and sums are held in 128 bits, so only results can overflow.
//
// # Currencies never mix
//
// [Amount.Add], [Amount.Sub], [Amount.Cmp] and [Sum] of two currencies give a [*CurrencyError]. There is no exchange:
// a rate has a date, a source and a side, which are the caller's business. Given a rate as a fraction, say 1.0842 USD for
// a euro, an exchange is an [Amount.MulDiv] by 10842/10000 and a [FromMinor] into the new currency; mind currencies of
// different exponents.
//
// # Rounding
//
// Whatever divides takes a [Rounding]; its zero value is [HalfEven]. Reading a text never rounds: "0.005 EUR" is an
// error.
//
// # Sharing out
//
// Two methods split an amount by weights without losing a minor unit:
//
//   - [Amount.Allocate] takes the largest remainders: each part is the floor or ceiling of its exact share. Use it among
//     cost centres, departments, suppliers.
//   - [Amount.Phase] rounds cumulatively: each running total is within half a minor unit of the exact one. Use it over
//     time; the weights are the working days of each period.
//
// Largest remainder is Hamilton's method of apportionment (Balinski and Young, Fair Representation, 2nd ed., Brookings
// 2001).
//
// # Text
//
// The text form, which is also the JSON form, is "1234.50 EUR": see [Parse]. It holds the full int64 range and gives back
// the same value. [Amount.Format] writes "1,234.50 EUR" for people.
//
// # Errors
//
// Every error wraps one of the sentinels ([ErrCurrency], [ErrOverflow], [ErrDivision], [ErrSyntax], [ErrUnknown],
// [ErrDecimals], [ErrInvalid], [ErrWeights]) and names its input. Only [MustParse] and [MustParseCurrency] panic.
package money
