package orders_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

// Whatever comes in: orders or faults, never both, sound, and the same however
// the bytes arrive. What was read can be written and read again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"",
		"customer,date,amount\nC-1,2026-10-31,12.50\n",
		"\ufeffid;Order Date;x;total\r\n\"a;\"\"b\"\"\";20261031;\"\r\n\";-1,5\r\n\r\n",
		"customer\tdate\tamount\n\"C\n1\"\t03/04/2026\t1.234\nx\n\"\n",
		"user,id,date\n",
	} {
		f.Add(s)
	}
	for seed := range uint64(4) {
		f.Add(newWriter(seed).file(one(0)))
	}
	f.Fuzz(func(t *testing.T, file string) {
		got, err := read(file)
		again, same := orders.Read(iotest.HalfReader(strings.NewReader(file)))
		require.Empty(t, cmp.Diff(got, again))
		if err != nil {
			require.EqualError(t, same, err.Error())
			checkFaults(t, got, err, strings.Count(file, "\n")+1)
			return
		}
		require.NoError(t, same)
		checkOrders(t, got, strings.Count(file, "\n")+1)

		w := newWriter(uint64(len(file)))
		back, err := read(w.file(got))
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(got, back))
	})
}

func checkFaults(t *testing.T, got []orders.Order, err error, lines int) {
	t.Helper()
	require.Nil(t, got)
	faults, ok := errors.AsType[*orders.Faults](err)
	require.True(t, ok)
	require.Len(t, faults.List, min(faults.Total, orders.MaxFaults))
	require.NotEmpty(t, faults.List)
	require.Less(t, len(err.Error()), 40_000)
	for _, f := range faults.List {
		require.Error(t, f.Err)
		require.Positive(t, f.Line)
		require.LessOrEqual(t, f.Line, lines)
	}
}

func checkOrders(t *testing.T, got []orders.Order, lines int) {
	t.Helper()
	line := 1
	for _, o := range got {
		require.NotEmpty(t, o.Customer)
		require.Equal(t, strings.Trim(o.Customer, " \t"), o.Customer)
		require.True(t, utf8.ValidString(o.Customer))
		require.True(t, o.Day.IsValid())
		require.Greater(t, o.Line, line)
		line = o.Line
	}
	require.LessOrEqual(t, line, lines)
}
