//go:build cgo

package peers_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
)

// A dataTable is a process of R that has events, and works out the measures of
// testdata/datatable.R when it is asked to.
type dataTable struct {
	requests io.WriteCloser
	answers  *bufio.Reader
	stop     func() error
	integers bool // it has keys of 64 bits
}

// errNoDataTable is what startR returns where R or data.table is not installed.
var errNoDataTable = errors.New("no data.table: Debian has it in r-base-core and r-cran-data.table, and integer keys in r-cran-bit64")

// Dates of R are days since 1970.
var epoch = calendar.MustParse("1970-01-01")

// startR lets R read events, by way of a file in a folder.
func startR(e *events, folder string) (*dataTable, error) {
	rscript, err := exec.LookPath("Rscript")
	if err != nil {
		return nil, errNoDataTable
	}
	file := filepath.Join(folder, "events")
	if err := e.writeTo(file); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(context.Background(), rscript, "--vanilla", filepath.Join("testdata", "datatable.R"),
		file, strconv.Itoa(e.len()), strconv.Itoa(int(start-epoch)), strconv.Itoa(int(end-epoch)), strconv.Itoa(runtime.GOMAXPROCS(0)))
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), "OMP_WAIT_POLICY=passive") // no slower, and ten times as fast where another process wants a processor
	requests, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	r := &dataTable{requests: requests, answers: bufio.NewReader(answers), stop: cmd.Wait}
	return r, r.greet()
}

// greet reads what R says of itself.
func (r *dataTable) greet() error {
	line, err := r.answers.ReadString('\n')
	if err == nil && strings.HasPrefix(line, "ready: ") {
		r.integers = !strings.Contains(line, "no bit64")
		return nil
	}
	if err == nil {
		err = errNoDataTable
	}
	return errors.Join(err, r.close())
}

// close ends R, which it does when there are no more requests.
func (r *dataTable) close() error { return errors.Join(r.requests.Close(), r.stop()) }

// ask waits for the answer to a request.
func (r *dataTable) ask(words ...string) error {
	request := strings.Join(words, " ")
	if _, err := fmt.Fprintln(r.requests, request); err != nil {
		return fmt.Errorf("R at %q: %w", request, err)
	}
	answer, err := r.answers.ReadString('\n')
	if err != nil {
		return fmt.Errorf("R at %q: %w", request, err)
	}
	if answer != "ok\n" {
		return fmt.Errorf("R at %q: %s", request, answer)
	}
	return nil
}

// has says whether there are keys of a form.
func (r *dataTable) has(keys string) bool { return r.integers || keys != integer }

// writeTo writes the columns of R, whose integers have 32 bits.
func (e *events) writeTo(name string) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for _, column := range []func(i int) int64{
		func(i int) int64 { return int64(e.dense[i]) },
		func(i int) int64 { return int64(e.days[i] - epoch) },
		func(i int) int64 { return e.minor[i] },
		func(i int) int64 { return int64(e.step[i]) },
		func(i int) int64 { return e.moment[i] },
	} {
		values := make([]int32, e.len())
		for i := range values {
			v := column(i)
			if v <= math.MinInt32 || v > math.MaxInt32 { // the least is NA
				return fmt.Errorf("%d is no integer of R", v)
			}
			values[i] = int32(v)
		}
		if err := binary.Write(file, binary.LittleEndian, values); err != nil {
			return err
		}
	}
	return binary.Write(file, binary.LittleEndian, e.integer)
}

// openR lets R read the events of a test, which is skipped where there is none.
func openR(t *testing.T, e *events) *dataTable {
	t.Helper()
	r, err := startR(e, t.TempDir())
	if errors.Is(err, errNoDataTable) {
		t.Skip(err)
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.close()) })
	if !r.integers {
		t.Log("no bit64, so no integer keys")
	}
	return r
}

// tables returns those of a measure as text, without their headers.
func (r *dataTable) tables(t *testing.T, idiom, measure string) (all [][][]string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "table")
	require.NoError(t, r.ask("save", idiom, measure, name))
	for i := 1; ; i++ {
		file, err := os.Open(name + strconv.Itoa(i))
		if errors.Is(err, os.ErrNotExist) && i > 1 {
			return all
		}
		require.NoError(t, err)
		rows, err := csv.NewReader(file).ReadAll()
		require.NoError(t, errors.Join(err, file.Close()))
		all = append(all, rows[1:])
	}
}

// numbersIn returns a table that is of numbers alone.
func numbersIn(t *testing.T, table [][]string) (all [][]int64) {
	t.Helper()
	for _, row := range table {
		values := make([]int64, len(row))
		for i, word := range row {
			v, err := strconv.ParseInt(word, 10, 64)
			require.NoError(t, err)
			values[i] = v
		}
		all = append(all, values)
	}
	return all
}

// scoresIn returns the rows of a table of scores.
func scoresIn[K kpi.Key](t *testing.T, table [][]string) []scoredRow[K] {
	t.Helper()
	rows := make([]scoredRow[K], len(table))
	for i, words := range table {
		row := &rows[i]
		day, err := strconv.Atoi(words[1])
		require.NoError(t, err)
		row.Last = epoch.AddDays(day)
		_, err = fmt.Sscan(strings.Join(append([]string{words[0]}, words[2:]...), " "),
			&row.Customer, &row.Orders, &row.Sum, &row.Cell.R, &row.Cell.F, &row.Cell.M)
		require.NoError(t, err)
	}
	return rows
}
