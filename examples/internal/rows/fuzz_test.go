package rows_test

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/examples/internal/rows"
)

// Whatever comes in: rows or faults, the same however the bytes arrive; and what is
// skipped is what would have been a fault.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "a,b,c\nx,2026-10-31,1\n", "\ufeffA;b;C\r\n\"x;\"\"y\"\"\";20261031;\"\r\n\";-1,5\r\n\r\n", "a\tb\tc\n\"C\n1\"\t2026-10-31 18:04\t1e3\nx\n\"\n", "a,b\n",
	} {
		f.Add(s)
	}
	columns := []rows.Column{{Name: "a"}, {Name: "b", Kind: rows.Time, Need: rows.Blankable}, {Name: "c", Kind: rows.Number, Need: rows.Optional}}
	f.Fuzz(func(t *testing.T, file string) {
		all := func(p rows.Policy, split bool) (*rows.Reader, []string) {
			r := rows.New(p, columns...)
			var got []string
			src := strings.NewReader(file)
			each := func(row *rows.Row) error {
				got = append(got, string(row.Text(0))+"|"+strconv.FormatInt(row.Int(1), 10)+"|"+strconv.FormatFloat(row.Float(2), 'g', -1, 64))
				return nil
			}
			if split {
				r.Read("f", iotest.HalfReader(src), each)
			} else {
				r.Read("f", src, each)
			}
			return r, got
		}
		strict, some := all(rows.Refuse, false)
		halves, again := all(rows.Refuse, true)
		require.Equal(t, some, again)
		require.Equal(t, strict.Err() == nil, halves.Err() == nil)
		lenient, got := all(rows.Skip, false)
		require.Equal(t, strict.Rows(), int64(len(some)))
		if strict.Err() == nil {
			require.Zero(t, lenient.Skipped().Rows)
			require.Equal(t, some, got)
			return
		}
		require.Equal(t, strict.Err().Error(), halves.Err().Error())
		require.True(t, lenient.Err() != nil || lenient.Skipped().Rows > 0)
	})
}

func FuzzDay(f *testing.F) {
	for _, s := range []string{"2026-10-31", "20261031T1804", "2026/10/31 18:04:05.5+02:00", "2026-10", "31.10.2026", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		day, err := rows.ParseDay([]byte(s))
		if err != nil {
			require.Zero(t, day)
			require.Less(t, len(err.Error()), 400)
			return
		}
		require.True(t, day.IsValid())
		again, err := rows.ParseDay([]byte(day.String()))
		require.NoError(t, err)
		require.Equal(t, day, again)
		both, err := rows.ParseDayOrMonth([]byte(s))
		require.NoError(t, err)
		require.Equal(t, day, both)
	})
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{"2026-10-31", "1969-12-31T23:59:59Z", "2026/10/31 18:04:05.5+02:00", "20261031 180459-0930"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		seconds, err := rows.ParseTime([]byte(s))
		if err != nil {
			require.Zero(t, seconds)
			return
		}
		at := time.Unix(seconds, 0).UTC()
		if at.Year() < 1 || at.Year() > 9999 {
			return // an offset has led out of the calendar
		}
		again, err := rows.ParseTime([]byte(at.Format(time.RFC3339)))
		require.NoError(t, err)
		require.Equal(t, seconds, again)
	})
}

func FuzzMonth(f *testing.F) {
	for _, s := range []string{"2026-10", "2026/13", "2026-10-31", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		month, err := rows.ParseMonth([]byte(s))
		if err != nil {
			return
		}
		require.True(t, month.IsValid())
		again, err := rows.ParseMonth([]byte(month.String()))
		require.NoError(t, err)
		require.Equal(t, month, again)
	})
}

func FuzzAmount(f *testing.F) {
	for _, s := range []string{"12.50", "-,5", "92233720368547758.08", "1.2.3", "+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, mark, err := rows.ParseAmount([]byte(s), true)
		if err != nil {
			require.Zero(t, n)
			return
		}
		require.Contains(t, []byte{0, '.', ','}, mark)
		v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
		require.NoError(t, err)
		require.InDelta(t, v, float64(n)/100, 1e-9*math.Max(1, math.Abs(v)))
	})
}

func FuzzInteger(f *testing.F) {
	for _, s := range []string{"0", "-9223372036854775808", "9.0", "1e3", "+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := rows.ParseInteger([]byte(s))
		if err != nil {
			require.Zero(t, n)
			return
		}
		whole, _, _ := strings.Cut(s, ".")
		want, err := strconv.ParseInt(whole, 10, 64)
		require.NoError(t, err)
		require.Equal(t, want, n)
	})
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"0", "-1.5e-3", "1,5", "1e400", "Inf", "0x1p2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, _, err := rows.ParseNumber([]byte(s), true)
		if err != nil {
			require.Zero(t, v)
			return
		}
		require.False(t, math.IsNaN(v) || math.IsInf(v, 0))
		again, _, err := rows.ParseNumber(strconv.AppendFloat(nil, v, 'g', -1, 64), false)
		require.NoError(t, err)
		require.Equal(t, v, again)
	})
}

func FuzzDictionary(f *testing.F) {
	f.Add("a b a  c")
	f.Fuzz(func(t *testing.T, s string) {
		var d rows.Dictionary
		seen := map[string]uint32{}
		for word := range strings.SplitSeq(s, " ") {
			n := d.Number([]byte(word))
			if want, ok := seen[word]; ok {
				require.Equal(t, want, n)
			} else {
				require.Equal(t, len(seen), int(n))
			}
			seen[word] = n
		}
		names, rank := d.Ranks()
		for word, n := range seen {
			require.Equal(t, word, names[rank[n]])
		}
	})
}
