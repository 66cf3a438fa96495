package quant_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestFaultErrors(t *testing.T) {
	t.Parallel()
	f := &quant.Fault{Path: "a[1]", Err: quant.ErrRange}
	require.EqualError(t, f, "a[1]: out of range")
	require.ErrorIs(t, errors.Join(f), quant.ErrRange)
}
