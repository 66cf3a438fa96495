package orders_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

func TestFileFaults(t *testing.T) {
	const header = "customer,date,amount,note\n"
	const row = "A,2026-10-31,1,\n"
	tests := []struct {
		name, file string
		is         error
		want       []string
	}{
		{"empty", "", orders.ErrEmpty, []string{"line 1: no header line"}},
		{"blank", "\xef\xbb\xbf \r\n\n\t", orders.ErrEmpty, []string{"line 1: no header line"}},
		{"UTF-16", "\xff\xfec\x00u\x00s\x00t\x00", orders.ErrEncoding, []string{"line 1: not UTF-8 but UTF-16: save the file as UTF-8"}},
		{"UTF-16 the other way round", "\xfe\xff\x00c\x00u", orders.ErrEncoding, []string{"line 1: not UTF-8 but UTF-16: save the file as UTF-8"}},
		{"Latin-1", header + "M\xfcller,2026-10-31,1,\n", orders.ErrEncoding, []string{`line 2: customer: "M\xfcller": not UTF-8`}},
		{"ragged", header + "A,2026-10-31,1\nA,2026-10-31,1,,\n", orders.ErrRagged, []string{
			"line 2: wrong number of fields: 3, but the header has 4", "line 3: wrong number of fields: 5, but the header has 4",
		}},
		{"nothing but separators", header + ",,,\n", orders.ErrMissing, []string{"line 2: customer: missing", "line 2: date: missing", "line 2: amount: missing"}},
		{"in the order of the columns", "amount,date,customer\nx,y,\n", orders.ErrMissing, []string{
			`line 2: amount: "x": not a decimal number`, `line 2: date: "y": not a date, want YYYY-MM-DD`, "line 2: customer: missing",
		}},
		{"by the name in the file", "Cust. ID,Order Date,Total\nA,2026-13-01,x\n", orders.ErrDay, []string{
			`line 2: Order Date: "2026-13-01": no such day`, `line 2: Total: "x": not a decimal number`,
		}},
		{"in the line of the field", "customer,date,amount\n\"A\nB\",2026-10-31,x\nA,2026-10-31,y\n", orders.ErrAmount, []string{
			`line 3: amount: "x": not a decimal number`, `line 4: amount: "y": not a decimal number`,
		}},
		{"a name that cannot be shown", "customer,date,\"to\ntal\"\nA,2026-10-31,x\n", orders.ErrAmount, []string{`line 3: "to\ntal": "x": not a decimal number`}},
		{"quote in a field", header + `A,2026-10-31,1,12" disc` + "\n" + "B,x,1,\n", orders.ErrQuote, []string{
			"line 2: note: stray quote in a field that does not begin with one", `line 3: date: "x": not a date, want YYYY-MM-DD`,
		}},
		{"quote in a quoted field", header + `"A "x" y",2026-10-31,1,` + "\n" + row, orders.ErrQuote, []string{"line 2: customer: stray quote inside a quoted field: double it"}},
		{"text after a quoted field", header + "\"A\"\rx,2026-10-31,1,\n" + row, orders.ErrQuote, []string{"line 2: customer: stray quote inside a quoted field: double it"}},
		{"quote not closed", header + row + "A,2026-10-31,1,\"x\n" + row + "A,2026-10-31,y,\n", orders.ErrQuote, []string{
			"line 3: note: stray quote: it is never closed", `line 5: amount: "y": not a decimal number`,
		}},
		{"quote not closed, line by line", header + "\"A\nB\",2026-10-31,1,\"x\n", orders.ErrQuote, []string{
			"line 3: note: stray quote: it is never closed",
			"line 3: customer: stray quote in a field that does not begin with one",
		}},
		{"quote in more fields than there are", header + `A,2026-10-31,1,,x"` + "\n", orders.ErrQuote, []string{"line 2: stray quote in a field that does not begin with one"}},
		{"quote in the header", "\n\"customer\",da\"te,amount\n", orders.ErrQuote, []string{"line 2: stray quote in a field that does not begin with one"}},
		{"quote not closed in the header", "customer,\"date,amount\n" + row, orders.ErrQuote, []string{"line 1: stray quote: it is never closed"}},
		{"two of one name", "customer,date,amount,Amount\n", orders.ErrAmbiguous, []string{`line 1: amount: more than one such column: "amount", "Amount"; call the right one, and no other, amount`}},
		{"all at once", "\n\nuser,id\n", orders.ErrColumn, []string{
			`line 3: customer: more than one such column: "user", "id"; call the right one, and no other, customer`,
			`line 3: date: no such column: the columns are "user", "id"; it may be called ` + strings.Join(orders.Aliases("date"), ", "),
			`line 3: amount: no such column: the columns are "user", "id"; it may be called ` + strings.Join(orders.Aliases("amount"), ", "),
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(tt.file)
			require.Nil(t, got)
			require.ErrorIs(t, err, tt.is)
			faults, ok := errors.AsType[*orders.Faults](err)
			require.True(t, ok)
			require.Equal(t, len(tt.want), faults.Total)
			var texts []string
			for _, f := range faults.List {
				texts = append(texts, f.Error())
			}
			require.Equal(t, tt.want, texts)
		})
	}
}

// A fault is found through the error, and leads to what it wraps.
func TestFaultValues(t *testing.T) {
	_, err := read("customer,date,amount\nA,2026-10-31,1.999\n")
	require.EqualError(t, err, `orders: line 2: amount: "1.999": more than 2 decimals`)
	f, ok := errors.AsType[*orders.Fault](err)
	require.True(t, ok)
	require.Equal(t, 2, f.Line)
	require.Equal(t, "amount", f.Column)
	require.ErrorIs(t, f, orders.ErrDecimals)
}

// Faults are counted without end, and listed with one.
func TestManyFaults(t *testing.T) {
	const rows = 1000
	_, err := read("customer,date,amount\n" + strings.Repeat("A,2026-13-01,1\n", rows) + "A,2026-10-31,1\n")
	faults, ok := errors.AsType[*orders.Faults](err)
	require.True(t, ok)
	require.Equal(t, rows, faults.Total)
	require.Len(t, faults.List, orders.MaxFaults)
	require.Len(t, faults.Unwrap(), orders.MaxFaults)
	text := err.Error()
	require.True(t, strings.HasPrefix(text, "orders: 1000 faults, the first 50 of them:\nline 2: date: "), text)
	require.Equal(t, orders.MaxFaults, strings.Count(text, "\n"))
}

// No input makes a message longer than a page.
func TestHugeValues(t *testing.T) {
	huge := strings.Repeat("x\x00\xff", 100_000)
	for _, file := range []string{
		huge,
		strings.Repeat("x,", 300_000),
		strings.Repeat("é", 400_000) + ",date,amount\n",
		"customer,date," + quoted("amount"+strings.Repeat(" ", 100_000)) + "\n" + huge + "," + huge + "," + huge + "\n",
	} {
		_, err := read(file)
		require.Error(t, err)
		require.Less(t, len(err.Error()), 4000)
	}
}

func TestTooLong(t *testing.T) {
	const most = 1 << 20
	const header = "customer,date,amount,note\n"
	fill := func(n int) string { return "A,2026-10-31,1," + strings.Repeat("x", n-len("A,2026-10-31,1,")) }
	for _, end := range []string{"", "\n"} {
		got, err := read(header + fill(most) + end)
		require.NoError(t, err)
		require.Len(t, got, 1)
		_, err = read(header + "\n" + fill(most+1) + end)
		require.EqualError(t, err, "orders: line 3: line longer than 1 MiB")
		_, err = read(fill(most+1) + end)
		require.EqualError(t, err, "orders: line 1: line longer than 1 MiB")
	}
	// A quoted field gives up at the same size, and the lines after its first are read.
	const row = "A,2026-10-31,1,"
	long := strings.Repeat("x", most/2)
	_, err := read(header + row + "\"\n" + row + long + "\n" + row + long + "\nA,x,1,\n")
	require.EqualError(t, err, "orders: 2 faults:\nline 2: note: stray quote: it is never closed\n"+
		"line 5: date: \"x\": not a date, want YYYY-MM-DD")
	// So it does wherever in the buffer it begins.
	for _, shift := range []int{0, 1, 1000, 40_000, 70_000, 200_000} {
		before := header + strings.Repeat("\n", shift) + row + "\"\n"
		rest := most - len(row) - len("\"\n\"")
		got, err := read(before + strings.Repeat("x", rest) + "\"\n")
		require.NoError(t, err)
		require.Len(t, got, 1)
		_, err = read(before + strings.Repeat("x", rest+1) + "\"\n")
		require.ErrorContains(t, err, "note: stray quote: it is never closed")
	}
}
