// Rollout judges a CRM rollout project from its project file and an order
// history, and prints what a project manager wants to read: where the project
// stands, which gate is next and what blocks it, risks, scope, stakeholders, plan,
// budget, customers, targets, findings, and what to do this week.
//
// Usage:
//
//	go run ./examples/rollout [flags]
//
// The flags are:
//
//	-project FILE.json   the project file; without it, an example
//	-orders FILE.csv     the order history (columns customer, date, amount);
//	                     without it, an example
//	-usage FILE.csv      the log of the CRM (columns user, role, date, action);
//	                     without it, an example, or none for a project file
//	-as-of YYYY-MM-DD    the day to judge; without it, the day of the example,
//	                     or today for a project file
//	-format FORMAT       text, markdown, json or sarif
//	-json                the same as -format json
//
// It exits with status 0 if the project could be judged, however the judgement
// turns out; with 2 if the input or the flags are wrong, and then it says on
// standard error what is wrong and where, all at once, and prints nothing else.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// What the program exits with.
const (
	exitOK    = 0
	exitWrite = 1
	exitInput = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, calendar.FromTime(time.Now(), time.Local)))
}

// run is the program with everything it depends on as an argument.
func run(args []string, stdout, stderr io.Writer, today calendar.Date) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		return refuse(stderr, err)
	}
	in, err := load(o, today)
	if err != nil {
		return refuse(stderr, err)
	}
	figures, err := judge(in)
	if err != nil {
		return refuse(stderr, err)
	}
	out, err := render(o.format, figures)
	if err != nil {
		return refuse(stderr, err)
	}
	if _, err := stdout.Write(out); err != nil {
		_, _ = fmt.Fprintln(stderr, "rollout:", err) // nowhere left to complain
		return exitWrite
	}
	return exitOK
}

// refuse says everything that is wrong with the input.
func refuse(stderr io.Writer, err error) int {
	for _, f := range verdict.FaultsOf(err) {
		_, _ = fmt.Fprintln(stderr, "rollout:", f)
	}
	return exitInput
}

// options are the flags.
type options struct {
	project, orders string
	usage           string
	asOf            calendar.Date
	format          string
}

func parseFlags(args []string, stderr io.Writer) (options, error) {
	var o options
	var asJSON bool
	flags := flag.NewFlagSet("rollout", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.project, "project", "", "the project `file`; an example without it")
	flags.StringVar(&o.orders, "orders", "", "the order history, a CSV `file`; an example without it")
	flags.StringVar(&o.usage, "usage", "", "the log of the CRM, a CSV `file`; an example without it, unless -project is given")
	flags.TextVar(&o.asOf, "as-of", calendar.Date(0), "the `day` to judge, YYYY-MM-DD")
	flags.StringVar(&o.format, "format", "text", "text, markdown, json or sarif")
	flags.BoolVar(&asJSON, "json", false, "the same as -format json")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if asJSON {
		o.format = "json"
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if _, ok := renderers[o.format]; !ok {
		return o, fmt.Errorf("-format: unknown format %q, want text, markdown, json or sarif", o.format)
	}
	return o, nil
}
