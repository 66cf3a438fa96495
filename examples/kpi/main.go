// Kpi computes the indicators of the library on CSV exports: who the best customers
// are, who stays, how far leads come, what customers are worth, and whether a number
// has changed at all.
//
// Usage:
//
//	go run ./examples/kpi COMMAND [flags] FILE.csv…
//
// The commands are rfm, retention, usage, funnel, clv, survival, revenue, nps and
// spc; each says by -h what it reads, what it prints and which flags it has. The
// README beside this file has them all.
//
// It exits with status 0 if it has printed its result, with 1 if that could not be
// written, and with 2 if the flags or the files are wrong: then it says on standard
// error what is wrong and where, all at once, and prints nothing on standard output.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// What the program exits with.
const (
	exitOK    = 0
	exitWrite = 1
	exitInput = 2
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program with everything it depends on as an argument.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		say(stderr, "kpi: no command\n"+synopsis())
		return exitInput
	}
	if slices.Contains([]string{"-h", "-help", "--help", "help"}, args[0]) {
		return helped(stdout, stderr, synopsis())
	}
	entry, ok := find(args[0])
	if !ok {
		say(stderr, fmt.Sprintf("kpi: unknown command %q\n%s", args[0], synopsis()))
		return exitInput
	}
	j := newJob(entry, stdin, stderr)
	err := j.parse(args[1:])
	if errors.Is(err, errHelp) {
		return helped(stdout, stderr, j.help())
	}
	if err == nil {
		err = j.run(stdout)
	}
	return j.exit(err)
}

// helped prints a help text, which is what was asked for.
func helped(stdout, stderr io.Writer, text string) int {
	if _, err := io.WriteString(stdout, text); err != nil {
		say(stderr, fmt.Sprintf("kpi: %v\n", err))
		return exitWrite
	}
	return exitOK
}

// say writes to standard error; there is nowhere left to complain if it fails.
func say(stderr io.Writer, text string) { _, _ = io.WriteString(stderr, text) }

// synopsis names the commands.
func synopsis() string {
	var b strings.Builder
	b.WriteString("usage: kpi COMMAND [flags] FILE.csv…   (- for standard input)\n\ncommands:\n")
	for _, e := range entries() {
		fmt.Fprintf(&b, "  %-10s %s\n", e.name, e.what)
	}
	b.WriteString("\nkpi COMMAND -h says more.\n")
	return b.String()
}
