package money_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/stretchr/testify/require"
)

// Errors repeat their input, but only so much of it, and never half a rune.
func TestErrorsAreBounded(t *testing.T) {
	for _, long := range []string{
		strings.Repeat("x", 1<<20),
		strings.Repeat("€", 1<<10),
		strings.Repeat("x", 63) + strings.Repeat("€", 9),
		strings.Repeat("\x80", 1<<10),
	} {
		_, parseErr := money.Parse(long)
		_, currencyErr := money.ParseCurrency(long)
		_, newErr := money.NewCurrency(long, 2)
		_, roundingErr := money.ParseRounding(long)
		for _, err := range []error{parseErr, currencyErr, newErr, roundingErr} {
			require.Error(t, err)
			require.Less(t, len(err.Error()), 400)
			require.True(t, utf8.ValidString(err.Error()))
			require.Contains(t, err.Error(), "…")
		}
	}
	_, err := money.Parse(strings.Repeat("€", 22)) // 66 bytes: cut to 63
	require.EqualError(t, err, `money: amount "`+strings.Repeat("€", 21)+`"…: no currency: malformed`)
}
