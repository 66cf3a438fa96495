package orders_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

// slow reads a sound file with parts of the standard library. The columns are
// the last with a name of the field.
func slow(t *testing.T, r io.Reader, sep rune) []orders.Order {
	t.Helper()
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	file := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	file.Comma = sep
	header, err := file.Read()
	require.NoError(t, err)
	column := map[string]int{}
	for i, name := range header {
		for _, field := range []string{"customer", "date", "amount"} {
			if slices.Contains(orders.Aliases(field), name) {
				column[field] = i
			}
		}
	}
	var all []orders.Order
	for {
		row, err := file.Read()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		day, err := time.Parse(time.DateOnly, row[column["date"]])
		require.NoError(t, err)
		amount, ok := new(big.Rat).SetString(strings.Replace(row[column["amount"]], ",", ".", 1))
		require.True(t, ok)
		minor := amount.Mul(amount, big.NewRat(100, 1))
		require.True(t, minor.IsInt())
		line, _ := file.FieldPos(0)
		all = append(all, orders.Order{
			Customer: row[column["customer"]],
			Day:      civil(t, day),
			Minor:    minor.Num().Int64(),
			Line:     line,
		})
	}
}

// civil is calendar.FromTime with a first day: package time means none by it.
func civil(t *testing.T, day time.Time) calendar.Date {
	t.Helper()
	d, err := calendar.New(day.Date())
	require.NoError(t, err)
	return d
}

// writer writes files in a random dialect.
type writer struct {
	*rand.Rand

	sep, mark, eol string
}

func newWriter(seed uint64) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 2)), mark: "."}
	w.sep = w.pick(",", ";", "\t")
	w.eol = w.pick("\n", "\r\n")
	if w.sep == ";" {
		w.mark = w.pick(".", ",")
	}
	return w
}

func (w *writer) pick(from ...string) string { return from[w.IntN(len(from))] }

// field quotes what needs it, and sometimes what does not.
func (w *writer) field(s string) string {
	if strings.ContainsAny(s, w.sep+"\"\r\n") || w.IntN(8) == 0 {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// note is a field that nobody reads.
func (w *writer) note() string {
	var b strings.Builder
	for range w.IntN(6) {
		b.WriteString(w.pick("x", ",", ";", "\t", `"`, "\n", "\r\n", "é", " "))
	}
	return b.String()
}

// amount writes hundredths in one of the ways there are.
func (w *writer) amount(minor int64) string {
	sign := ""
	if minor < 0 {
		sign, minor = "-", -minor
	} else if w.IntN(9) == 0 {
		sign = "+"
	}
	switch {
	case minor%100 == 0 && w.IntN(2) == 0:
		return fmt.Sprintf("%s%d", sign, minor/100)
	case minor%10 == 0 && w.IntN(2) == 0:
		return fmt.Sprintf("%s%d%s%d", sign, minor/100, w.mark, minor/10%10)
	case w.IntN(9) == 0:
		return fmt.Sprintf("%s%d%s%02d000", sign, minor/100, w.mark, minor%100)
	default:
		return fmt.Sprintf("%s%d%s%02d", sign, minor/100, w.mark, minor%100)
	}
}

// file writes some orders, and sets their lines.
func (w *writer) file(all []orders.Order) string {
	columns := []string{"customer", "date", "amount", "order", "note"}
	w.Shuffle(len(columns), func(i, j int) { columns[i], columns[j] = columns[j], columns[i] })
	var b strings.Builder
	b.WriteString(w.pick("", "\ufeff") + w.row(columns) + w.eol)
	for i, o := range all {
		b.WriteString(w.pick("", "", "", w.eol))
		all[i].Line = strings.Count(b.String(), "\n") + 1
		row := map[string]string{
			"customer": o.Customer,
			"date":     o.Day.String(),
			"amount":   w.amount(o.Minor),
			"order":    strconv.Itoa(i),
			"note":     w.note(),
		}
		var values []string
		for _, name := range columns {
			values = append(values, row[name])
		}
		b.WriteString(w.row(values) + w.eol)
	}
	return b.String()
}

func (w *writer) row(values []string) string {
	var fields []string
	for _, v := range values {
		fields = append(fields, w.field(v))
	}
	return strings.Join(fields, w.sep)
}

// Files of all dialects are read as they were meant, and as encoding/csv, package
// time and package big read them.
func TestDialects(t *testing.T) {
	for seed := range uint64(200) {
		w := newWriter(seed)
		want := make([]orders.Order, 1+w.IntN(30))
		for i := range want {
			want[i] = orders.Order{
				Customer: w.pick("C-1", "a, b", `"`, "x;y", "Zoë", strconv.Itoa(w.IntN(1000))),
				Day:      calendar.MinDate + calendar.Date(w.IntN(int(calendar.MaxDate))),
				Minor:    (w.Int64() >> w.IntN(63)) * int64(1-2*w.IntN(2)),
			}
		}
		file := w.file(want)
		got, err := read(file)
		require.NoError(t, err, "%q", file)
		require.Empty(t, cmp.Diff(want, got), "%q", file)
		require.Empty(t, cmp.Diff(slow(t, strings.NewReader(file), rune(w.sep[0])), got), "%q", file)
	}
}
