package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// What is printed can be read again, whatever the text.
func FuzzSheet(f *testing.F) {
	f.Add("a", int64(1), 0.1)
	f.Add("a \"b\", c\n", int64(math.MinInt64), 1e300)
	f.Add(" é\x00;", int64(-5), 1e-9)
	f.Fuzz(func(t *testing.T, s string, n int64, x float64) {
		if s == "" || !utf8.ValidString(s) || strings.Contains(s, "\r") {
			return // readers take CRLF for LF
		}
		for _, format := range []string{"csv", "json", "table"} {
			var b bytes.Buffer
			out := newSheet(&b, format)
			out.begin("text", "money", "number", "none")
			out.row(text(s), hundredths(n), number(x, true), value{})
			require.NoError(t, out.flush())
			switch format {
			case "csv":
				rows, err := csv.NewReader(&b).ReadAll()
				require.NoError(t, err)
				require.Equal(t, s, rows[1][0])
				back := strings.Replace(rows[1][1], ".", "", 1)
				m, err := strconv.ParseInt(back, 10, 64)
				require.NoError(t, err)
				require.Equal(t, n, m)
				if rows[1][2] != "" {
					y, err := strconv.ParseFloat(rows[1][2], 64)
					require.NoError(t, err)
					require.Equal(t, x, y)
				}
				require.Empty(t, rows[1][3])
			case "json":
				var rows []map[string]any
				require.NoError(t, json.Unmarshal(b.Bytes(), &rows))
				require.Equal(t, s, rows[0]["text"])
				require.Nil(t, rows[0]["none"])
			default:
				require.Equal(t, 2, strings.Count(b.String(), "\n"))
			}
		}
	})
}

// FuzzSeconds: every time that is taken prints as one that is the same.
func FuzzSeconds(f *testing.F) {
	for _, s := range []string{"30d", "90min", "2w", "0", "-1", "9223372036854775807w", "5s", "7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var v, again seconds
		if v.Set(s) != nil {
			require.Zero(t, v)
			return
		}
		require.NoError(t, again.Set(v.String()))
		require.Equal(t, v, again)
	})
}

func FuzzNumbers(f *testing.F) {
	f.Add("1,2, 3")
	f.Add("x,")
	f.Fuzz(func(t *testing.T, s string) {
		var v, again numbers
		if v.Set(s) != nil {
			return
		}
		require.NoError(t, again.Set(v.String()))
		require.Equal(t, v, again)
	})
}

func FuzzBracket(f *testing.F) {
	f.Add("8-30")
	f.Add("7")
	f.Add("-1-3")
	f.Fuzz(func(t *testing.T, s string) {
		w, err := bracket(s)
		if err == nil {
			require.LessOrEqual(t, w.From, w.To)
		}
	})
}

func TestMinor(t *testing.T) {
	for want, r := range map[string]ratio.Ratio{
		"12.34": ratio.Int(1234), "-0.05": ratio.Int(-5), "0.00": ratio.Int(0), "78.66666666666667": ratio.New(23600, 3), "": ratio.Undefined("none"),
		"-92233720368547758.08": ratio.Int(math.MinInt64),
	} {
		v := minor(r)
		require.Equal(t, want, string(v.appendCSV(nil)))
	}
}

func TestFloats(t *testing.T) {
	for want, x := range map[string]float64{"0": math.Copysign(0, -1), "0.1": 0.1, "1e-07": 1e-7, "1e+21": 1e21, "123456789012345680000": 123456789012345678901, "-5": -5} {
		require.Equal(t, want, string(appendFloat(nil, x)))
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		require.Equal(t, value{}, number(x, true))
	}
}

// Scores of any number of bins are stretched to five without a break: the worst to
// the worst, the best to the best, never down where they go up.
func TestToFive(t *testing.T) {
	for best := uint8(2); best <= 200; best++ {
		last := uint8(1)
		require.Equal(t, uint8(1), toFive(1, best))
		require.Equal(t, uint8(5), toFive(best, best))
		for score := uint8(1); score <= best; score++ {
			five := toFive(score, best)
			require.GreaterOrEqual(t, five, last)
			last = five
		}
	}
	require.Equal(t, uint8(1), toFive(1, 1))
}

func TestMeter(t *testing.T) {
	// No terminal, no progress.
	var b bytes.Buffer
	m := newMeter(&b, []string{"-"})
	m.add(large)
	m.done()
	require.Empty(t, b.String())
	// A large input on one.
	m = &meter{w: &b, total: 2 * large}
	m.add(large)
	m.done()
	require.Equal(t, "\rkpi: read 67 of 134 MB, 50 %\r\x1b[K", b.String())
	b.Reset()
	m = &meter{w: &b}
	m.add(large - 1)
	require.Empty(t, b.String())
	m.add(1)
	require.Equal(t, "\rkpi: read 67 MB", b.String())
}
