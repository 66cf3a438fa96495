//go:build cgo

package peers_test

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var tableFile = flag.String("table", "", "output of the benchmarks, of which TestTable prints the tables of README.md")

// contestants are the columns of the table after the first, which is kpi's.
var contestants = []string{"duckdb", "duckdb-tuned", "data.table", "data.table-tuned"}

// A line of the table is a measure with customers of one form.
type line struct{ measure, keys string }

// figures are nanoseconds for each event, by number of events, line and contestant; of
// every run.
type figures map[int]map[line]map[string][]float64

// A benchmark has a name such as "BenchmarkRFM/dense/kpi-2", with the processors at its
// end unless there is only one.
var benchmark = regexp.MustCompile(`^Benchmark(\w+)/(\w+)/(.+?)(-\d+)?\s.*?([\d.]+) ns/row\s.*?([\d.e+]+) rows`)

// figuresIn reads the output of benchmarks; order has the lines as they come.
func figuresIn(r io.Reader) (all figures, order []line, err error) {
	all = figures{}
	for scan := bufio.NewScanner(r); ; {
		if !scan.Scan() {
			return all, order, scan.Err()
		}
		words := benchmark.FindStringSubmatch(scan.Text())
		if words == nil {
			continue
		}
		at := line{words[1], words[2]}
		nanoseconds, err := strconv.ParseFloat(words[5], 64)
		if err != nil {
			return nil, nil, err
		}
		rows, err := strconv.ParseFloat(words[6], 64)
		if err != nil {
			return nil, nil, err
		}
		lines, ok := all[int(rows)]
		if !ok {
			lines = map[line]map[string][]float64{}
			all[int(rows)] = lines
		}
		if lines[at] == nil {
			lines[at] = map[string][]float64{}
		}
		lines[at][words[3]] = append(lines[at][words[3]], nanoseconds)
		if !slices.Contains(order, at) {
			order = append(order, at)
		}
	}
}

// median returns the middle one of the figures of several runs, the lower of two.
func median(list []float64) float64 { return slices.Sorted(slices.Values(list))[(len(list)-1)/2] }

// figure writes three digits at most.
func figure(v float64) string {
	if v < 9.95 {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// tables writes a table for each number of events: nanoseconds of kpi; of the others,
// and how many times as long that is.
func (f figures) tables(order []line) string {
	var b strings.Builder
	for _, rows := range slices.SortedFunc(maps.Keys(f), cmp.Compare[int]) {
		fmt.Fprintf(&b, "\n%g million events:\n\n", float64(rows)/1e6)
		b.WriteString("|          | keys    | kpi  | DuckDB      | tuned       | data.table  | tuned       |\n")
		b.WriteString("|----------|---------|-----:|------------:|------------:|------------:|------------:|\n")
		measure := ""
		for _, at := range order {
			runs, ok := f[rows][at]
			if !ok || len(runs["kpi"]) == 0 {
				continue
			}
			title, own := at.measure, median(runs["kpi"])
			if title == measure {
				title = ""
			}
			measure = at.measure
			fmt.Fprintf(&b, "| %-8s | %-7s | %4s |", title, at.keys, figure(own))
			for _, name := range contestants {
				cell := ""
				if list := runs[name]; len(list) > 0 {
					cell = fmt.Sprintf("%s (%s×)", figure(median(list)), figure(median(list)/own))
				}
				fmt.Fprintf(&b, " %11s |", cell)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// With -table, the tables of README.md are printed:
//
//	go test -v -run TestTable -table FILE
func TestTable(t *testing.T) {
	const output = `goos: linux
BenchmarkRFM/dense/duckdb-2          20   50000000 ns/op   50.00 ns/row   1000000 rows   10 B/op  2 allocs/op
BenchmarkRFM/dense/duckdb-tuned-2    20   40000000 ns/op   40.00 ns/row   1000000 rows   10 B/op  2 allocs/op
BenchmarkRFM/dense/kpi-2            100   10000000 ns/op   10.00 ns/row   1000000 rows    0 B/op  0 allocs/op
BenchmarkRFM/dense/kpi-2            100   11000000 ns/op   11.00 ns/row   1000000 rows    0 B/op  0 allocs/op
BenchmarkRFM/dense/kpi-2            100    9000000 ns/op    9.00 ns/row   1000000 rows    0 B/op  0 allocs/op
BenchmarkRFM/text/data.table           20   80000000 ns/op  800.00 ns/row    100000 rows   10 B/op  2 allocs/op
BenchmarkRFM/text/data.table-tuned-16  20   90000000 ns/op  900.00 ns/row    100000 rows   10 B/op  2 allocs/op
BenchmarkRFM/text/kpi                 100    2000000 ns/op    20.0 ns/row    100000 rows    0 B/op  0 allocs/op
PASS
`
	f, order, err := figuresIn(strings.NewReader(output))
	require.NoError(t, err)
	require.Equal(t, `
0.1 million events:

|          | keys    | kpi  | DuckDB      | tuned       | data.table  | tuned       |
|----------|---------|-----:|------------:|------------:|------------:|------------:|
| RFM      | text    |   20 |             |             |   800 (40×) |   900 (45×) |

1 million events:

|          | keys    | kpi  | DuckDB      | tuned       | data.table  | tuned       |
|----------|---------|-----:|------------:|------------:|------------:|------------:|
| RFM      | dense   |   10 |   50 (5.0×) |   40 (4.0×) |             |             |
`, f.tables(order))

	if *tableFile != "" {
		file, err := os.Open(*tableFile)
		require.NoError(t, err)
		defer func() { require.NoError(t, file.Close()) }()
		f, order, err := figuresIn(file)
		require.NoError(t, err)
		fmt.Print(f.tables(order))
	}
}
