package rows_test

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

	"github.com/crmrollout/crm/examples/internal/rows"
)

const benchRows = 50_000

func benchFile() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("order_id,customer,date,amount,channel\n")
	for i := range benchRows {
		fmt.Fprintf(&b, "%d,C-%05d,2026-%02d-%02d,%d.%02d,web\n", 10000+i, r.IntN(benchRows/10), 1+r.IntN(12), 1+r.IntN(28), r.IntN(300), r.IntN(100))
	}
	return b.Bytes()
}

// fast and naive add up the days, amounts and customers of a file.
func fast(file []byte) (sum int64, customers int, err error) {
	r := rows.New(rows.Refuse, rows.Column{Name: "customer"}, rows.Column{Name: "date", Kind: rows.Day}, rows.Column{Name: "amount", Kind: rows.Amount})
	var d rows.Dictionary
	r.Read("", bytes.NewReader(file), func(row *rows.Row) error {
		d.Number(row.Text(0))
		sum += int64(row.Day(1).Day()) + row.Int(2)
		return nil
	})
	return sum, d.Len(), r.Err()
}

// naive is what one writes first: it knows its columns and trusts its input.
func naive(file []byte) (sum int64, customers int, err error) {
	r := csv.NewReader(bytes.NewReader(file))
	seen := map[string]int{}
	for first := true; ; first = false {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return sum, len(seen), nil
		case err != nil:
			return 0, 0, err
		case first:
			continue
		}
		day, err := time.Parse(time.DateOnly, row[2])
		if err != nil {
			return 0, 0, err
		}
		amount, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			return 0, 0, err
		}
		seen[row[1]]++
		sum += int64(day.Day()) + int64(amount*100+0.5)
	}
}

func bench(b *testing.B, read func([]byte) (int64, int, error)) {
	b.Helper()
	file := benchFile()
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := read(file); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B)  { bench(b, fast) }
func BenchmarkNaive(b *testing.B) { bench(b, naive) }

// The benchmarks measure the same.
func TestNaive(t *testing.T) {
	file := benchFile()
	sum, customers, err := fast(file)
	require.NoError(t, err)
	want, seen, err := naive(file)
	require.NoError(t, err)
	require.Equal(t, want, sum)
	require.Equal(t, seen, customers)
}
