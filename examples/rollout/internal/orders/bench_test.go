package orders_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

const benchRows = 50_000

// benchFile is a history of some megabytes: ten orders a customer, five columns.
func benchFile(quote string) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("order_id,customer,date,amount,channel\n")
	first := calendar.MustParse("2024-11-01")
	for i := range benchRows {
		fmt.Fprintf(&b, "%d,%sC-%05d%s,%v,%d.%02d,web\n", 10000+i, quote, r.IntN(benchRows/10), quote, first.AddDays(i/70), r.IntN(300), r.IntN(100))
	}
	return b.Bytes()
}

func benchRead(b *testing.B, file []byte, read func(io.Reader) ([]orders.Order, error)) {
	b.Helper()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		got, err := read(bytes.NewReader(file))
		if err != nil || len(got) != benchRows {
			b.Fatal(len(got), err)
		}
	}
}

func BenchmarkRead(b *testing.B)        { benchRead(b, benchFile(""), orders.Read) }
func BenchmarkReadQuoted(b *testing.B)  { benchRead(b, benchFile(`"`), orders.Read) }
func BenchmarkNaive(b *testing.B)       { benchRead(b, benchFile(""), naive) }
func BenchmarkNaiveQuoted(b *testing.B) { benchRead(b, benchFile(`"`), naive) }

// naive is what one writes first: it knows its columns, trusts its input, stops
// at the first fault, and rounds.
func naive(r io.Reader) ([]orders.Order, error) {
	file := csv.NewReader(r)
	file.ReuseRecord = true
	if _, err := file.Read(); err != nil {
		return nil, err
	}
	var all []orders.Order
	for line := 2; ; line++ {
		row, err := file.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		day, err := time.Parse(time.DateOnly, row[2])
		if err != nil {
			return nil, err
		}
		amount, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			return nil, err
		}
		all = append(all, orders.Order{
			Customer: row[1],
			Day:      calendar.FromTime(day, time.UTC),
			Minor:    int64(amount*100 + 0.5),
			Line:     line,
		})
	}
}

// The benchmarks measure the same.
func TestNaive(t *testing.T) {
	file := benchFile("")
	want, err := naive(bytes.NewReader(file))
	require.NoError(t, err)
	got, err := orders.Read(bytes.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, want, got)
}

// A row costs no allocation of its own: what is allocated is the buffer, the
// customers and the growing slice.
func TestAllocations(t *testing.T) {
	file := benchFile("")
	allocs := testing.AllocsPerRun(1, func() { _, _ = orders.Read(bytes.NewReader(file)) })
	require.Less(t, allocs, float64(benchRows/10+400))
}
