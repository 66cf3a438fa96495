package orders_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

func read(s string) ([]orders.Order, error) { return orders.Read(strings.NewReader(s)) }

// one is the order that all the files of TestForms hold.
func one(line int) []orders.Order {
	return []orders.Order{{Customer: "C-1", Day: calendar.MustParse("2026-10-31"), Minor: 1250, Line: line}}
}

func TestForms(t *testing.T) {
	tests := []struct {
		name, file string
		line       int
	}{
		{"plain", "customer,date,amount\nC-1,2026-10-31,12.50\n", 2},
		{"no last line feed", "customer,date,amount\nC-1,2026-10-31,12.50", 2},
		{"carriage returns", "customer,date,amount\r\nC-1,2026-10-31,12.50\r\n", 2},
		{"carriage return at the end", "customer,date,amount\r\nC-1,2026-10-31,12.50\r", 2},
		{"byte order mark", "\xef\xbb\xbfcustomer,date,amount\nC-1,2026-10-31,12.50\n", 2},
		{"byte order mark and quotes", "\xef\xbb\xbf\"customer\",date,amount\nC-1,2026-10-31,12.50\n", 2},
		{"other order and columns", "channel,amount,x,date,customer\nweb,12.50,,2026-10-31,C-1\n", 2},
		{"semicolons", "customer;date;amount\nC-1;2026-10-31;12,50\n", 2},
		{"semicolons and points", "customer;date;amount\nC-1;2026-10-31;12.50\n", 2},
		{"tabs", "customer\tdate\tamount\nC-1\t2026-10-31\t12.50\n", 2},
		{"tabs with commas in names", "amount, net\tcustomer\tdate\tnote, if any\tamount\n1,3\tC-1\t2026-10-31\ta,b,c\t12.50\n", 2},
		{"comma in a name of semicolons", "customer;date;amount;a, b, c, d, e\nC-1;2026-10-31;12,50;\n", 2},
		{"quoted separators", `"customer";"date";"amount";"a;b,c"` + "\n" + `"C-1";"2026-10-31";"12,50";";"` + "\n", 2},
		{"quoted line breaks", "customer,\"a\nb\",date,amount\nC-1,\"x\r\n\ny\",2026-10-31,12.50\n", 3},
		{"quoted at the end", `customer,date,amount,note` + "\n" + `C-1,2026-10-31,12.50,"a ""b"""`, 2},
		{"quoted at the end, carriage return", `customer,date,amount,note` + "\r\n" + `C-1,2026-10-31,12.50,"a"` + "\r", 2},
		{"quoted before a carriage return", `customer,date,amount,note` + "\r\n" + `C-1,2026-10-31,12.50,""` + "\r\n", 2},
		{"empty last field", "customer,\"date\",amount,note\nC-1,\"2026-10-31\",12.50,", 2},
		{"blank lines", "\n \t\n\r\ncustomer,date,amount\n\n\r\n  \nC-1,2026-10-31,12.50\n\n \n", 8},
		{"blank first column", "\tdate\tcustomer\tamount\n\t2026-10-31\tC-1\t12.50\n\t\t\t\n", 2},
		{"spaces around", " customer , date,amount\t\n C-1\t, 2026-10-31 ,  12.50\n", 2},
		{"spaces inside quotes", "customer,date,amount\n\" C-1 \",\"2026-10-31 \",\" 12.50\"\n", 2},
		{"aliases", "id,date,cds,value\nC-1,2026-10-31,2,12.50\n", 2},
		{"more aliases", "customer_id,order_date,revenue\nC-1,2026-10-31,12.50\n", 2},
		{"case, spaces, punctuation", "CUSTOMER ID,Order-Date,Amount (EUR)\nC-1,2026-10-31,12.50\n", 2},
		{"own name before aliases", "id,customer,Date,created_at,total,amount\n7,C-1,2026-10-31,2026-11-01,3,12.50\n", 2},
		{"own name in another case before aliases", "id,Customer,DATE,created_at,total,Amount\n7,C-1,2026-10-31,2026-11-01,3,12.50\n", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := read(tt.file)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(one(tt.line), got))
			got, err = orders.Read(iotest.OneByteReader(strings.NewReader(tt.file)))
			require.NoError(t, err, "byte by byte")
			require.Empty(t, cmp.Diff(one(tt.line), got), "byte by byte")
		})
	}
}

func TestNoOrders(t *testing.T) {
	for _, file := range []string{"customer,date,amount", "customer,date,amount\r\n\r\n \n"} {
		got, err := read(file)
		require.NoError(t, err)
		require.Empty(t, got)
	}
}

// Text that is not ASCII stays as it is; case makes another customer.
func TestCustomers(t *testing.T) {
	got, err := read("customer;date;amount\nZoë “Z” Müller;20261031;1\nZOË;20261031;1\n\"a \"\"b\"\"; c\";20261031;1\n王;20261031;1\n王;20261030;1\n")
	require.NoError(t, err)
	names := []string{}
	for _, o := range got {
		names = append(names, o.Customer)
	}
	require.Equal(t, []string{"Zoë “Z” Müller", "ZOË", `a "b"; c`, "王", "王"}, names)
}

func TestJSON(t *testing.T) {
	want := append(one(2), orders.Order{Customer: "王", Day: 1, Minor: -1})
	data, err := json.Marshal(want)
	require.NoError(t, err)
	require.JSONEq(t, `[{"customer":"C-1","day":"2026-10-31","minor":1250,"line":2},{"customer":"王","day":"0001-01-01","minor":-1}]`, string(data))
	var got []orders.Order
	require.NoError(t, json.Unmarshal(data, &got))
	require.Empty(t, cmp.Diff(want, got))
}

// Records straddle the end of the buffer in every way: the length of the first
// note moves all that follow it by a byte.
func TestBufferEnds(t *testing.T) {
	const rows = 12
	for shift := range 200 {
		var b strings.Builder
		b.WriteString("customer,note,date,amount\nC-1,\"" + strings.Repeat("x", 64<<10-200+shift) + "\",2026-10-31,12.50\n")
		for i := range rows {
			b.WriteString("C-1," + [...]string{"plain", "\"a\r\nb\"", `"a """`}[i%3] + ",2026-10-31,12.50\n")
		}
		got, err := read(b.String())
		require.NoError(t, err)
		require.Len(t, got, 1+rows)
		for _, o := range got {
			require.Equal(t, one(o.Line)[0], o)
		}
		require.Equal(t, strings.Count(b.String(), "\n"), got[rows].Line)
	}
}

// A quoted field may end with the input where the buffer does.
func TestBufferFull(t *testing.T) {
	const buffer = 64 << 10
	for _, size := range []int{buffer - 1, buffer, buffer + 1, 2*buffer - 1, 2 * buffer, 2*buffer + 1} {
		file := "customer,date,amount,note\nC-1,2026-10-31,12.50,\""
		file += strings.Repeat("x", size-len(file)-1) + `"`
		got, err := read(file)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(one(2), got))
		_, err = read(file[:size-1])
		require.EqualError(t, err, "orders: line 2: note: stray quote: it is never closed")
	}
}

// An error of the reader is no end of the file, and spoils what it cuts off.
func TestReaderFails(t *testing.T) {
	broken := errors.New("connection lost")
	tests := []struct {
		name, file, want string
		err              error
	}{
		{"at once", "", "orders: line 1: reading: connection lost", broken},
		{"in the header", "customer,da", "orders: line 1: reading: connection lost", broken},
		{"in a row", "customer,date,amount\nC-1,2026-10-31,12.50\nC-1,2026-10-3", "orders: line 3: reading: connection lost", broken},
		{"between rows", "customer,date,amount\nC-1,2026-10-31,12.50\n", "orders: line 3: reading: connection lost", broken},
		{"in a quoted field", "customer,date,amount\n\"C-1\nC-1", "orders: line 2: reading: connection lost", broken},
		{"too early an end", "customer,date,amount\nC-1,2026-10-31,1", "orders: line 2: reading: unexpected EOF", io.ErrUnexpectedEOF},
		{
			"after a fault", "customer,date,amount\nC-1,2026-10-31,x\nC-1,2026-10-31,1",
			"orders: 2 faults:\nline 2: amount: \"x\": not a decimal number\nline 3: reading: connection lost", broken,
		},
	}
	for _, tt := range tests {
		got, err := orders.Read(io.MultiReader(strings.NewReader(tt.file), iotest.ErrReader(tt.err)))
		require.EqualError(t, err, tt.want, tt.name)
		require.ErrorIs(t, err, tt.err)
		require.Nil(t, got)
	}
	got, err := orders.Read(iotest.DataErrReader(strings.NewReader("customer,date,amount\nC-1,2026-10-31,12.50")))
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(one(2), got))
}

// idle returns neither bytes nor an error.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestIdleReader(t *testing.T) {
	_, err := orders.Read(io.MultiReader(strings.NewReader("customer,date,amount\n"), idle{}))
	require.ErrorIs(t, err, io.ErrNoProgress)
}

// Two public files, which are not kept here.
func TestPublicFiles(t *testing.T) {
	dir := os.Getenv("CRM_REFERENCE_DATA")
	if dir == "" {
		t.Skip("CRM_REFERENCE_DATA does not name the folder of the reference data")
	}
	tests := []struct {
		file              string
		orders, customers int
	}{
		{"cdnow_sample_transactions.csv", 6919, 2357},
		{"rfm_orders.csv", 4906, 995},
	}
	for _, tt := range tests {
		f, err := os.Open(filepath.Join(dir, "kpi", tt.file))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, f.Close()) })
		got, err := orders.Read(f)
		require.NoError(t, err)
		require.Len(t, got, tt.orders)
		customers := map[string]bool{}
		for _, o := range got {
			customers[o.Customer] = true
		}
		require.Len(t, customers, tt.customers)

		_, err = f.Seek(0, io.SeekStart)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(slow(t, f, ','), got))
	}
}
