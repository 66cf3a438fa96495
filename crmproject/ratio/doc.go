// Package ratio holds exact fractions of integers: shares, rates, scores and
// indices that are compared against a threshold and must not be a rounding
// error away from the wrong verdict.
//
// # Representation
//
// A [Ratio] is a reduced fraction of two int64 with a positive denominator, so
// two equal numbers are equal under == and in maps. Three quarters is 3/4
// however it was computed, and 0.1+0.2 is exactly 3/10.
//
// # Undefined is a value
//
// A share of nothing has no value. Where a float would turn into NaN, a Ratio
// becomes undefined and carries the reason in words: "no customers at the
// start", "AC is 0", "overflow". Arithmetic with an undefined operand is
// undefined with the reason of the first such operand, so the reason at the
// end of a long formula names its root. The zero Ratio is undefined without a
// reason: "not given".
//
// # Arithmetic
//
// [Ratio.Add], [Ratio.Sub], [Ratio.Mul] and [Ratio.Quo] are exact: the
// intermediate products are 128 bits wide and reduced before they are judged,
// so a result is refused only if it does not itself fit. A result that does
// not fit is undefined with the reason [Overflow]; it never wraps and is never
// rounded. [Ratio.Err] turns an undefined value into an error for callers who
// want one. [Ratio.Cmp] never overflows.
//
// # Text
//
// The text form, which is also the JSON form, is "3/4", "-2", or
// "undefined: AC is 0"; the zero Ratio is the empty string. [Parse] also reads
// what people write: "0.75", "75%", "12.5 %". JSON numbers are read exactly, by
// their digits, never through a float.
//
// Every operation takes constant time and does not allocate, except for text.
package ratio
