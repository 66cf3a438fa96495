package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/examples/internal/rows"
)

var errHelp = flag.ErrHelp

// errUsage is wrapped by the errors of wrong flags and arguments.
var errUsage = errors.New("usage")

// A job is a run of a command.
type job struct {
	entry

	cmd    command
	flags  *flag.FlagSet
	stdin  io.Reader
	stderr io.Writer
	out    sheet

	files   []string
	asOf    calendar.Date
	format  choice
	skipBad bool
	called  map[string]*string // by role: what the user calls the column
}

func newJob(e entry, stdin io.Reader, stderr io.Writer) *job {
	j := &job{entry: e, cmd: e.command(), stdin: stdin, stderr: stderr, called: map[string]*string{}}
	j.format = newChoice("csv", "json", "table")
	f := flag.NewFlagSet(e.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.TextVar(&j.asOf, "as-of", calendar.Date(0), "the last `day` that counts, YYYY-MM-DD; without it, the last day in the files")
	f.Var(&j.format, "format", "what to print: `csv`, json or table")
	f.BoolVar(&j.skipBad, "skip-bad", false, "leave lines with faults out, and count them on standard error")
	for _, r := range j.cmd.roles() {
		j.called[r.Name] = f.String(r.Name, "", "the `column` of "+r.what)
	}
	j.cmd.flags(f)
	j.flags = f
	return j
}

// parse reads the flags and files, in any order.
func (j *job) parse(args []string) error {
	for {
		if err := j.flags.Parse(args); err != nil {
			if errors.Is(err, errHelp) {
				return err
			}
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		if j.flags.NArg() == 0 {
			break
		}
		j.files = append(j.files, j.flags.Arg(0))
		args = j.flags.Args()[1:]
	}
	if len(j.files) == 0 {
		return wrongUse("no file; - is standard input")
	}
	return nil
}

// wrongUse returns the error of wrong flags and arguments.
func wrongUse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", errUsage, fmt.Sprintf(format, args...))
}

// run runs the command and prints to stdout.
func (j *job) run(stdout io.Writer) error {
	j.out = newSheet(stdout, j.format.word)
	if err := j.cmd.run(j); err != nil {
		return err
	}
	return j.out.flush()
}

// exit says what is wrong, if anything is, and returns the exit status.
func (j *job) exit(err error) int {
	var write *writeError
	var faults *rows.Faults
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &write):
		say(j.stderr, fmt.Sprintf("kpi: %v\n", err))
		return exitWrite
	case errors.As(err, &faults):
		for i := range faults.List {
			say(j.stderr, faults.List[i].Error()+"\n")
		}
		if faults.Total > len(faults.List) {
			j.notef("%d faults in all, of which the first %d are listed", faults.Total, len(faults.List))
		}
	case errors.Is(err, errUsage):
		j.notef("%s %s", j.name, strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
		say(j.stderr, fmt.Sprintf("usage: kpi %s [flags] FILE.csv…   (kpi %s -h says more)\n", j.name, j.name))
	default:
		for _, f := range verdict.FaultsOf(err) {
			j.notef("%v", f)
		}
	}
	return exitInput
}

// notef tells the user something that is not part of the result.
func (j *job) notef(format string, args ...any) {
	say(j.stderr, "kpi: "+fmt.Sprintf(format, args...)+"\n")
}

// columns returns the columns of some roles under the names that the user has
// given.
func (j *job) columns(names ...string) []rows.Column {
	var columns []rows.Column
	for _, name := range names {
		for _, r := range j.cmd.roles() {
			if r.Name != name {
				continue
			}
			if called := *j.called[name]; called != "" {
				r.Called = called
			}
			columns = append(columns, r.Column)
		}
	}
	return columns
}

// broken reports whether the result is to be broken down by a column.
func (j *job) broken() bool { return *j.called["by"] != "" && *j.called["by"] != rows.None }

// read gives the rows of all files to each.
func (j *job) read(columns []rows.Column, each func(*rows.Row) error) (*rows.Reader, error) {
	policy := rows.Refuse
	if j.skipBad {
		policy = rows.Skip
	}
	r := rows.New(policy, columns...)
	meter := newMeter(j.stderr, j.files)
	for _, name := range j.files {
		if err := j.readFile(r, name, meter, each); err != nil {
			return nil, err
		}
	}
	meter.done()
	if err := r.Err(); err != nil {
		return nil, err
	}
	j.tellSkipped(r.Skipped())
	if r.Rows() == 0 {
		j.notef("no rows")
	}
	return r, nil
}

func (j *job) readFile(r *rows.Reader, name string, m *meter, each func(*rows.Row) error) error {
	if name == "-" {
		r.Read("standard input", m.watch(j.stdin), each)
		return nil
	}
	f, err := os.Open(name) //nolint:gosec // the files are the user's to name
	if err != nil {
		return err
	}
	r.Read(name, m.watch(f), each)
	return f.Close()
}

// tellSkipped counts what was left out, by kind.
func (j *job) tellSkipped(s rows.Skipped) {
	if s.Rows == 0 {
		return
	}
	counts := make([]string, len(s.Kinds))
	for i, k := range s.Kinds {
		counts[i] = fmt.Sprintf("%d %v", k.Rows, k.Err)
	}
	j.notef("%d lines skipped: %s; the first is %v", s.Rows, strings.Join(counts, ", "), s.First.Error())
}

// end settles the last day that counts, which is that of the data unless the user
// has said it, and says so. Of no data it is the first day that there is.
func (j *job) end(last calendar.Date) calendar.Date {
	switch {
	case j.asOf != 0:
		return j.asOf
	case last == 0:
		return calendar.MinDate
	default:
		j.notef("as of %v, the last day in the files", last)
		return last
	}
}

// tellUndated says that the last day means nothing here, if one was given.
func (j *job) tellUndated() {
	if j.asOf != 0 {
		j.notef("-as-of is not looked at, as the rows have no dates")
	}
}

// help is what -h prints.
func (j *job) help() string {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: kpi %s [flags] FILE.csv…   (- for standard input)\n\n%s\n\n", j.name, j.entry.help)
	fmt.Fprintf(&b, "example:\n  go run ./examples/kpi %s %s\n\nflags:\n", j.name, j.example)
	j.flags.SetOutput(&b)
	j.flags.PrintDefaults()
	j.flags.SetOutput(io.Discard)
	b.WriteString("\ncolumns are found by these names, in any case and with any punctuation:\n")
	for _, r := range j.cmd.roles() {
		if r.Called == rows.None {
			continue
		}
		fmt.Fprintf(&b, "  %-9s %s\n", r.Name, strings.Join(r.Aliases, ", "))
	}
	return b.String()
}

// background is the context of all computations: they end with the program.
func background() context.Context { return context.Background() }
