package rows_test

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
)

func TestTimes(t *testing.T) {
	at := func(s string) int64 {
		v, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return v.Unix()
	}
	tests := map[string]int64{
		"1970-01-01":                  0,
		"1969-12-31T23:59:59Z":        -1,
		"2025-01-29":                  at("2025-01-29T00:00:00Z"),
		"2025-01-29T08:22:00Z":        at("2025-01-29T08:22:00Z"),
		"20250129 082207":             at("2025-01-29T08:22:07Z"),
		"2025/01/29 08:22":            at("2025-01-29T08:22:00Z"),
		"2025-01-29T08:22:07.999":     at("2025-01-29T08:22:07Z"),
		"2025-01-29T08:22:07+02:00":   at("2025-01-29T08:22:07+02:00"),
		"2025-01-29T08:22:07.5 -0930": at("2025-01-29T08:22:07-09:30"),
		"2025-01-29T00:00+14":         at("2025-01-28T10:00:00Z"),
		"0001-01-01":                  at("0001-01-01T00:00:00Z"),
		"9999-12-31T23:59:59-12:00":   at("9999-12-31T23:59:59-12:00"),
		"2016-12-31T23:59:60Z":        at("2017-01-01T00:00:00Z"), // the leap second
	}
	for text, want := range tests {
		got, err := rows.ParseTime([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]error{
		"2025-01-29T8:22": rows.ErrDate, "1738139007": rows.ErrDate, "29.01.2025 08:22": rows.ErrDayMonth, "2025-02-30T00:00": rows.ErrDay, "": rows.ErrMissing,
	} {
		_, err := rows.ParseTime([]byte(text))
		require.ErrorIs(t, err, want, text)
	}
}

func TestMonths(t *testing.T) {
	want := calendar.MustParseMonth("2026-10")
	for _, text := range []string{"2026-10", "2026/10", "2026-10-31", "20261001", "2026-10-31T18:04"} {
		got, err := rows.ParseMonth([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]error{
		"2026-13": rows.ErrMonth, "2026-1x": rows.ErrMonth, "0000-01": rows.ErrMonth, "2026.10": rows.ErrDate, "10/2026": rows.ErrDate, "2026-10-32": rows.ErrDay,
	} {
		_, err := rows.ParseMonth([]byte(text))
		require.ErrorIs(t, err, want, text)
	}
	day, err := rows.ParseDayOrMonth([]byte("2026-10"))
	require.NoError(t, err)
	require.Equal(t, calendar.MustParse("2026-10-01"), day)
	day, err = rows.ParseDayOrMonth([]byte("2026-10-31"))
	require.NoError(t, err)
	require.Equal(t, calendar.MustParse("2026-10-31"), day)
	_, err = rows.ParseDayOrMonth([]byte("2026-00"))
	require.ErrorIs(t, err, rows.ErrMonth)
}

func TestIntegers(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "+7": 7, "007": 7, "9.0": 9, "9.": 9, "-3.000": -3,
		"9223372036854775807": math.MaxInt64, "-9223372036854775808": math.MinInt64,
	} {
		got, err := rows.ParseInteger([]byte(text))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]error{
		"9.5": rows.ErrInteger, "x": rows.ErrInteger, "-": rows.ErrInteger, ".0": rows.ErrInteger, "1e3": rows.ErrInteger, "1,000": rows.ErrInteger, "0x1": rows.ErrInteger,
		"9223372036854775808": rows.ErrRange, "-9223372036854775809": rows.ErrRange, "99999999999999999999999": rows.ErrRange, "": rows.ErrMissing,
	} {
		_, err := rows.ParseInteger([]byte(text))
		require.ErrorIs(t, err, want, text)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{"0": 0, "-12.5": -12.5, "+.5": .5, "1e-3": 0.001, "1E6": 1e6, "4.": 4, "1e-400": 0, "12,5": 12.5} {
		got, _, err := rows.ParseNumber([]byte(text), true)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, want := range map[string]error{
		"x": rows.ErrNumber, "NaN": rows.ErrNumber, "Inf": rows.ErrNumber, "0x1p3": rows.ErrNumber, "1_0": rows.ErrNumber, "1.2.3": rows.ErrNumber, "1e": rows.ErrNumber, "-": rows.ErrNumber,
		"1e400": rows.ErrRange, "-1e400": rows.ErrRange, "1,5": rows.ErrComma, "": rows.ErrMissing,
	} {
		_, _, err := rows.ParseNumber([]byte(text), false)
		require.ErrorIs(t, err, want, text)
	}
}

// read reads a file of two columns and returns what came, line by line.
func read(r *rows.Reader, name, text string) []string {
	var got []string
	r.Read(name, strings.NewReader(text), func(row *rows.Row) error {
		got = append(got, strconv.Itoa(row.Line)+" "+string(row.Text(0))+"|"+string(row.Text(1)))
		return nil
	})
	return got
}

// What the user calls a column is the only name that counts, and no other wanted
// column may take it by an alias.
func TestCalled(t *testing.T) {
	who := rows.Column{Name: "who", Aliases: []string{"customer", "user"}}
	by := rows.Column{Name: "by", Called: "Customer", Need: rows.Optional}
	r := rows.New(rows.Refuse, who, by)
	require.Equal(t, []string{"2 u|c"}, read(r, "", "user,customer\nu,c\n"))
	require.NoError(t, r.Err())
	require.True(t, r.Has(1))

	// A name as it is written goes before others that only look alike.
	r = rows.New(rows.Refuse, who, by)
	require.Equal(t, []string{"2 u|2"}, read(r, "", "user,customer,Customer\nu,1,2\n"))
	r = rows.New(rows.Refuse, who, by)
	require.Empty(t, read(r, "", "user,customer,CUSTOMER\nu,1,2\n"))
	require.EqualError(t, r.Err(), `line 1: by: more than one such column: "customer", "CUSTOMER"`)

	// It must be there, even if the column is optional.
	r = rows.New(rows.Refuse, who, by)
	require.Empty(t, read(r, "f.csv", "user,x\nu,1\n"))
	require.EqualError(t, r.Err(), `f.csv: line 1: by: no such column as "Customer": the columns are "user", "x"`)

	// Left out on demand, as if it were not there.
	by.Called = rows.None
	r = rows.New(rows.Skip, who, by)
	require.Equal(t, []string{"2 u|"}, read(r, "", "user,by\nu,1\n"))
	require.NoError(t, r.Err())
	require.False(t, r.Has(1))

	// Not looked for beside another.
	other := rows.Column{Name: "x", Need: rows.Optional, Unless: "who"}
	r = rows.New(rows.Refuse, who, other)
	require.Equal(t, []string{"2 u|"}, read(r, "", "x,who\n1,u\n"))
	other.Called = "x"
	r = rows.New(rows.Refuse, who, other)
	require.Equal(t, []string{"2 u|1"}, read(r, "", "x,who\n1,u\n"))
}

// Files have their own headers, separators and decimal marks.
func TestFiles(t *testing.T) {
	r := rows.New(rows.Refuse, rows.Column{Name: "a", Kind: rows.Amount}, rows.Column{Name: "b", Need: rows.Optional})
	require.Equal(t, []string{"2 1.5|x"}, read(r, "1", "a,b\n1.5,x\n"))
	require.Equal(t, []string{"3 2,5|"}, read(r, "2", "c;a\n\nx;2,5\n"))
	require.NoError(t, r.Err())
	require.Equal(t, int64(2), r.Rows())
	require.True(t, r.Has(1))
}

// Errors of the taker are faults: of a column, or of the row.
func TestBad(t *testing.T) {
	mine := errors.New("too odd")
	each := func(row *rows.Row) error {
		switch row.Int(0) {
		case 1:
			return row.Bad(0, mine)
		case 3:
			return mine
		}
		return nil
	}
	file := "n,m\n1,2\n2,2\n3,2\nx,y\n"
	columns := []rows.Column{{Name: "n", Kind: rows.Integer}, {Name: "m", Kind: rows.Integer}}
	r := rows.New(rows.Refuse, columns...)
	r.Read("f", strings.NewReader(file), each)
	require.EqualError(t, r.Err(), "4 faults:\nf: line 2: n: \"1\": too odd\nf: line 4: too odd\n"+
		"f: line 5: n: \"x\": not a whole number\nf: line 5: m: \"y\": not a whole number")
	require.ErrorIs(t, r.Err(), mine)

	r = rows.New(rows.Skip, columns...)
	r.Read("f", strings.NewReader(file), each)
	require.NoError(t, r.Err())
	require.Equal(t, int64(1), r.Rows())
	s := r.Skipped()
	require.Equal(t, int64(3), s.Rows)
	total := int64(0)
	for _, k := range s.Kinds {
		total += k.Rows
	}
	require.Equal(t, s.Rows, total)
	require.Equal(t, rows.ErrInteger, s.Kinds[0].Err)
}

// What is wrong with a file as a whole cannot be skipped.
func TestNotSkipped(t *testing.T) {
	for _, file := range []string{"", "x\n1\n", "a\n" + strings.Repeat("x", 1<<20+1)} {
		r := rows.New(rows.Skip, rows.Column{Name: "a"})
		r.Read("f", strings.NewReader(file), func(*rows.Row) error { return nil })
		require.Error(t, r.Err())
	}
	r := rows.New(rows.Skip, rows.Column{Name: "a"})
	broken := errors.New("cut off")
	r.Read("f", iotest.ErrReader(broken), func(*rows.Row) error { return nil })
	require.ErrorIs(t, r.Err(), broken)
}

// A dictionary does what a map does.
func TestDictionary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, distinct := range []int{1, 3, 1000, 20_000} {
		var d rows.Dictionary
		want := map[string]uint32{}
		var texts []string
		for range 3 * distinct {
			s := strconv.Itoa(r.IntN(distinct) * 7919)
			if distinct == 1000 {
				s = "é" + strings.Repeat("0", int(s[len(s)-1]-'0')*3) + s // short and long ones
			}
			n, ok := want[s]
			if !ok {
				n = uint32(len(want))
				want[s] = n
				texts = append(texts, s)
			}
			require.Equal(t, n, d.Number([]byte(s)))
			require.Equal(t, s, string(d.Text(n)))
		}
		require.Equal(t, len(want), d.Len())
		sorted, rank := d.Ranks()
		for n, s := range texts {
			require.Equal(t, s, sorted[rank[n]])
		}
		if distinct == 1000 {
			require.True(t, slices.IsSorted(sorted))
			continue
		}
		require.True(t, slices.IsSortedFunc(sorted, func(a, b string) int {
			x, _ := strconv.Atoi(a)
			y, _ := strconv.Atoi(b)
			return x - y
		}))
	}
}

// Numbers are in order only if there is nothing else among them.
func TestRanks(t *testing.T) {
	for want, texts := range map[string][]string{
		"-2 2 010 10 011":       {"10", "2", "-2", "010", "011"},
		"10 2 x":                {"x", "10", "2"},
		"0000000000000000010 9": {"9", "0000000000000000010"},
		" a a\x00 aaaaaaaab b":  {"b", "aaaaaaaab", "a\x00", "a", ""},
		"":                      {""},
	} {
		var d rows.Dictionary
		for _, s := range texts {
			d.Number([]byte(s))
		}
		sorted, _ := d.Ranks()
		require.Equal(t, want, strings.Join(sorted, " "))
	}
	var d rows.Dictionary
	sorted, rank := d.Ranks()
	require.Empty(t, sorted)
	require.Empty(t, rank)
}

// A row costs no allocation of its own.
func TestAllocations(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage counts allocate")
	}
	const n = 10_000
	file := []byte("customer,date,amount\n" + strings.Repeat("C-0001,2026-10-31T18:04:05,12.50\n", n))
	allocs := testing.AllocsPerRun(1, func() {
		r := rows.New(rows.Refuse, rows.Column{Name: "customer"}, rows.Column{Name: "date", Kind: rows.Time}, rows.Column{Name: "amount", Kind: rows.Amount})
		var d rows.Dictionary
		r.Read("", bytes.NewReader(file), func(row *rows.Row) error {
			d.Number(row.Text(0))
			return nil
		})
	})
	require.Less(t, allocs, 100.0)
}
