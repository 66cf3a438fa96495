package rows

// decimalMark is the mark that a file's amounts have, and the line that says so.
type decimalMark struct {
	char byte // '.' or ',', 0 while none was seen
	line int
}

const (
	decimals = 2
	// largest is one more than the largest int64, and the smallest one's absolute value.
	largest = uint64(1) << 63
)

// parseAmount reads a decimal number as hundredths, and tells its decimal mark,
// 0 if it has none. The mark may be a comma only if that is allowed.
func parseAmount(b []byte, comma bool) (minor int64, mark byte, err error) {
	digits, negative := unsigned(b)
	n, mark, lost, ok := hundredths(digits)
	switch {
	case !ok:
		err = ErrAmount
	case mark == ',' && !comma:
		err = ErrComma
	case lost:
		err = ErrDecimals
	case n > largest, n == largest && !negative:
		err = ErrRange
	}
	if err != nil {
		return 0, 0, refuse(b, err)
	}
	if negative {
		return -int64(n), mark, nil // the smallest int64 is its own negative
	}
	return int64(n), mark, nil
}

// hundredths reads digits with a mark among them or none, and tells whether they
// are that. Decimals that it does not keep are lost unless they are zeros.
func hundredths(digits []byte) (n uint64, mark byte, lost, ok bool) {
	seen := 0 // decimals
	for _, c := range digits {
		switch {
		case isDigit(c) && seen < decimals:
			n = shift(n, c-'0')
			if mark != 0 {
				seen++
			}
		case isDigit(c):
			lost = lost || c != '0'
		case (c == '.' || c == ',') && mark == 0 && len(digits) > 1:
			mark = c
		default:
			return 0, 0, false, false
		}
	}
	for ; seen < decimals; seen++ {
		n = shift(n, 0)
	}
	return n, mark, lost, len(digits) > 0
}

// unsigned cuts a sign off.
func unsigned(b []byte) (digits []byte, negative bool) {
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		return b[1:], b[0] == '-'
	}
	return b, false
}

// shift appends a digit to n. What is out of range stays there.
func shift(n uint64, digit byte) uint64 {
	if n > largest/10 {
		return largest + 1
	}
	return 10*n + uint64(digit)
}
