package rows

import (
	"bytes"
	"math"
	"strconv"
)

// parseInteger reads a whole number; decimals may only be zeros, as spreadsheets
// write them.
func parseInteger(b []byte) (int64, error) {
	whole, decimals, _ := bytes.Cut(b, []byte{'.'})
	digits, negative := unsigned(whole)
	n := uint64(0)
	for _, c := range digits {
		if !isDigit(c) {
			return 0, refuse(b, ErrInteger)
		}
		n = shift(n, c-'0')
	}
	switch {
	case len(digits) == 0, len(bytes.Trim(decimals, "0")) > 0:
		return 0, refuse(b, ErrInteger)
	case n > largest, n == largest && !negative:
		return 0, refuse(b, ErrRange)
	case negative:
		return -int64(n), nil
	default:
		return int64(n), nil
	}
}

// parseNumber reads a decimal number such as -12.5 or 1e-3, and tells its decimal
// mark, 0 if it has none. The mark may be a comma only if that is allowed.
func parseNumber(b []byte, comma bool) (v float64, mark byte, err error) {
	text := bytes.Clone(b)
	for i, c := range text {
		switch {
		case isDigit(c), c == '-', c == '+', c == 'e', c == 'E':
		case (c == '.' || c == ',') && mark == 0:
			mark, text[i] = c, '.'
		default:
			return 0, 0, refuse(b, ErrNumber)
		}
	}
	v, err = strconv.ParseFloat(string(text), 64)
	switch {
	case math.IsInf(v, 0):
		return 0, 0, refuse(b, ErrRange)
	case err != nil:
		return 0, 0, refuse(b, ErrNumber)
	case mark == ',' && !comma:
		return 0, 0, refuse(b, ErrComma)
	}
	return v, mark, nil
}
