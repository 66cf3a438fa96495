package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// kpiRun runs the program and returns what it prints and exits with.
func kpiRun(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, err bytes.Buffer
	status = run(args, strings.NewReader(stdin), &out, &err)
	return out.String(), err.String(), status
}

// Each command on a small file, in every form: KP-01 to KP-11, ST-26.
func TestGolden(t *testing.T) {
	tests := map[string]string{
		"rfm.csv":               "rfm -as-of 2026-06-30 testdata/orders.csv",
		"rfm_ntile.json":        "rfm -as-of 2026-06-30 -method ntile -bins 3 -format json testdata/orders.csv",
		"rfm_days.txt":          "rfm -as-of 2026-06-30 -frequency days -monetary mean -format table testdata/orders.csv",
		"rfm_nested.csv":        "rfm -as-of 2026-06-30 -method nested -bins 2 testdata/orders.csv",
		"rfm_fixed.csv":         "rfm -as-of 2026-06-30 -method fixed -recency-cuts 30,90 -frequency-cuts 1,2 -monetary-cuts 50,99.90 testdata/orders.csv",
		"rfm_r.csv":             "rfm -as-of 2026-06-30 -method r testdata/orders.csv",
		"retention.csv":         "retention testdata/orders.csv",
		"retention_week.json":   "retention -period quarter -kind unbounded -as-of 2026-06-30 -format json testdata/orders.csv",
		"retention_elapsed.txt": "retention -kind elapsed -days 60 -cohorts quarter -as-of 2026-06-30 -format table testdata/orders.csv",
		"retention_nday.csv":    "retention -kind nday -at 0,31,59 -as-of 2026-06-30 testdata/orders.csv",
		"retention_bracket.csv": "retention -kind bracket -brackets 1-30,31-90,7 -from-then-on -as-of 2026-06-30 testdata/orders.csv",
		"retention_pooled.csv":  "retention -pooled -as-of 2026-06-30 testdata/orders.csv",
		"usage.csv":             "usage -wau 3 -mau 5 -except login testdata/actions.csv",
		"usage_calendar.json":   "usage -calendar week -from 2026-03-02 -as-of 2026-03-15 -format json testdata/actions.csv",
		"funnel.csv":            "funnel -window 14d testdata/pipeline.csv",
		"funnel_by.txt":         "funnel -steps lead,won -by source -format table testdata/pipeline.csv",
		"funnel_any.json":       "funnel -mode any_order -window 14d -as-of 2026-02-28 -format json testdata/pipeline.csv",
		"clv.txt":               "clv -unit week -as-of 2026-06-30 -horizon 26 -format table testdata/summary.csv",
		"survival.csv":          "survival testdata/tenure.csv",
		"survival_by.txt":       "survival -by plan -conf log-log -format table testdata/tenure.csv",
		"survival_summary.json": "survival -summary -conf plain -level 0.9 -format json testdata/tenure.csv",
		"survival_spans.csv":    "survival -as-of 2026-06-30 testdata/contracts.csv",
		"survival_orders.csv":   "survival -inactive 45 -as-of 2026-06-30 testdata/orders.csv",
		"revenue.csv":           "revenue testdata/mrr.csv",
		"revenue_point.json":    "revenue -from 2026-01 -to 2026-04 -point-to-point -format json testdata/mrr.csv",
		"revenue_by.txt":        "revenue -by plan -format table testdata/mrr.csv",
		"nps.csv":               "nps testdata/answers.csv",
		"nps_by.txt":            "nps -by region -format table testdata/answers.csv",
		"spc.csv":               "spc -rules nelson testdata/response.csv",
		"spc_baseline.txt":      "spc -baseline-end 2026-08-31 -polarity lower -format table testdata/response.csv",
	}
	for name, args := range tests {
		t.Run(name, func(t *testing.T) {
			stdout, stderr, status := kpiRun("", strings.Fields(args)...)
			require.Equal(t, exitOK, status, stderr)
			got := "$ kpi " + args + "\n" + stderr + stdout
			path := filepath.Join("testdata", "golden", name)
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Empty(t, cmp.Diff(string(want), got))
		})
	}
}

// The same rows in two files, in another order or by standard input, are the same.
func TestSources(t *testing.T) {
	data, err := os.ReadFile("testdata/orders.csv")
	require.NoError(t, err)
	header, rest, _ := strings.Cut(string(data), "\n")
	lines := strings.SplitAfter(rest, "\n")
	half := len(lines) / 2
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	require.NoError(t, os.WriteFile(a, []byte(header+"\n"+strings.Join(lines[half:], "")), 0o600))
	require.NoError(t, os.WriteFile(b, []byte(strings.NewReplacer(", ", ", ", ",", ";").Replace(header+"\n"+strings.Join(lines[:half], ""))), 0o600))
	for _, command := range []string{"rfm", "retention", "clv -fit", "survival -inactive 45"} {
		args := strings.Fields(command)
		want, _, status := kpiRun("", append(args, "testdata/orders.csv")...)
		require.Equal(t, exitOK, status)
		got, _, status := kpiRun("", append(args, a, b)...)
		require.Equal(t, exitOK, status)
		require.Equal(t, want, got, command)
		got, _, status = kpiRun(string(data), append(args, "-")...)
		require.Equal(t, exitOK, status)
		require.Equal(t, want, got, command)
		got, _, status = kpiRun("", append([]string{args[0], a, b}, args[1:]...)...) // flags behind the files
		require.Equal(t, exitOK, status)
		require.Equal(t, want, got, command)
	}
}

// Many rows, more than one batch of them, are the same as few with the same sums.
func TestManyRows(t *testing.T) {
	var many, few strings.Builder
	many.WriteString("customer,date,amount\n")
	few.WriteString("customer,date,amount\n")
	const customers, each = 700, 30
	for i := range customers * each {
		fmt.Fprintf(&many, "C-%d,2026-01-%02d,0.%02d\n", i%customers, 1+i%customers%28, i%customers%100)
	}
	for i := range customers {
		fmt.Fprintf(&few, "C-%d,2026-01-%02d,%d.%02d\n", i, 1+i%28, i%100*each/100, i%100*each%100)
	}
	got, _, status := kpiRun(many.String(), "rfm", "-frequency", "days", "-")
	require.Equal(t, exitOK, status)
	want, _, status := kpiRun(few.String(), "rfm", "-frequency", "days", "-")
	require.Equal(t, exitOK, status)
	require.Equal(t, want, got)
}

// Bad lines are located, all of them, and nothing is printed; or they are skipped.
func TestBadLines(t *testing.T) {
	file := filepath.Join(t.TempDir(), "FILE.csv")
	require.NoError(t, os.WriteFile(file, []byte("customer,date,amount\nA,2026-01-01,5\nB,2026-13-01,x\n,2026-01-03,1\nC,2026-01-04\nD,2026-01-05,2.50\n"), 0o600))
	stdout, stderr, status := kpiRun("", "rfm", file)
	require.Equal(t, exitInput, status)
	require.Empty(t, stdout)
	require.Equal(t, []string{
		`line 3: date: "2026-13-01": no such day`, `line 3: amount: "x": not a decimal number`, "line 4: customer: missing",
		"line 5: wrong number of fields: 2, but the header has 3", "",
	}, strings.Split(strings.ReplaceAll(stderr, file+": ", ""), "\n"))

	stdout, stderr, status = kpiRun("", "rfm", "-skip-bad", "-bins", "2", file)
	require.Equal(t, exitOK, status)
	require.Contains(t, stdout, "\nA,4,1,5.00,1,1,2,")
	require.Contains(t, stderr, "kpi: 3 lines skipped: 1 wrong number of fields, 1 missing, 1 no such day; the first is "+file+": line 3: ")
}

func TestManyBadLines(t *testing.T) {
	stdout, stderr, status := kpiRun("customer,date,amount\n"+strings.Repeat("A,x,1\n", 1000), "rfm", "-")
	require.Equal(t, exitInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, `standard input: line 2: date: "x": not a date`)
	require.Contains(t, stderr, "kpi: 1000 faults in all, of which the first 50 are listed\n")
	require.Equal(t, 51, strings.Count(stderr, "\n"))
}

// What is wrong is said, with status 2 and nothing on standard output.
func TestRefused(t *testing.T) {
	tests := []struct {
		args, stdin string
		want        []string
	}{
		{"", "", []string{"kpi: no command\nusage: kpi COMMAND", "\n  retention "}},
		{"rmf", "", []string{`kpi: unknown command "rmf"`, "usage: kpi COMMAND"}},
		{"rfm", "", []string{"kpi: rfm no file", "usage: kpi rfm [flags] FILE.csv…"}},
		{"rfm -colour x", "", []string{"not defined: -colour", "usage: kpi rfm"}},
		{"rfm -method best -", "", []string{`invalid value "best" for flag -method: want quantile, ntile, nested, fixed, r`, "usage: "}},
		{"rfm -as-of 2026-02-30 -", "", []string{"-as-of", "usage: "}},
		{"rfm -bins 0 -", "", []string{"-bins: want 1 to 255"}},
		{"rfm -method fixed -", "", []string{"-method fixed needs -recency-cuts"}},
		{"rfm -method fixed -recency-cuts x -", "", []string{"-recency-cuts: "}},
		{"rfm -method fixed -recency-cuts 9,3 -frequency-cuts 1 -monetary-cuts 1 -", "", []string{"recency.cuts[1]"}},
		{"rfm -", "", []string{"standard input: line 1: no header line"}},
		{"rfm -", "a,b\n", []string{`standard input: line 1: customer: no such column: the columns are "a", "b"; it may be called customer, customer_id`}},
		{"rfm -", "user,id,date,amount\n", []string{`line 1: customer: more than one such column: "user", "id"`}},
		{"rfm -customer buyer -", "user,date,amount\n", []string{`customer: no such column as "buyer": the columns are "user", "date", "amount"`}},
		{"rfm no/such/file.csv", "", []string{"kpi: open no/such/file.csv"}},
		{"rfm -as-of 2020-01-01 -amounts all -", "", []string{"-amounts"}},
		{"retention -kind elapsed -days -1 -", "", []string{"-days: want at least 1"}},
		{"retention -kind nday -at -1 -", "", []string{"-at: want days from 0"}},
		{"retention -kind nday -at 1,x -", "", []string{`"x" is not a whole number`}},
		{"retention -kind bracket -brackets 8-3 -", "", []string{`"8-3" is not a range of days`}},
		{"usage -wau 0 -", "", []string{"-wau and -mau"}},
		{"funnel -steps a,a -", "", []string{`kpi: steps[1].id: duplicate "a"`}},
		{"funnel -window 3y -", "", []string{"want a number with s, min, h, d or w"}},
		{"funnel -mode sideways -", "", []string{"-mode"}},
		{"clv -model gamma_gamma -", "", []string{"it is for -fit only"}},
		{"clv -horizon -1 -", "", []string{"kpi: clv: "}},
		{"clv -", "customer,amount\nA,1\n", []string{"line 2: neither a date nor x, t_x and t"}},
		{"clv -", "customer\n", []string{"no column date, and none of x, t_x and t"}},
		{"clv -", "customer,x,t_x,t\nA,1,2,3\nA,1,2,4\nB,1,4,3\nC,1,x,3\n", []string{`line 3: customer: "A": a second row of the customer`, "line 4: ", `line 5: t_x: "x": not a number`}},
		{"survival -level 1 -", "", []string{"-level"}},
		{"survival -conf wide -", "", []string{"-conf"}},
		{"survival -by plan -inactive 3 -", "", []string{"-by does not go with -inactive"}},
		{"survival -", "time\n5\n", []string{"line 2: a time without a status"}},
		{"survival -", "a\n5\n", []string{"line 2: neither a time nor a start"}},
		{"survival -", "a\n", []string{"no columns time and status, and no column start"}},
		{"survival -", "time,status\n5,maybe\n-1,1\n1.5,0\n", []string{`line 2: status: "maybe": not a status`, `line 3: time: "-1": out of range`, `line 4: time: "1.5": not a whole number`}},
		{"survival -", "time,status\n5,0\n6,1\n7,2\n", []string{"status is 0, 1 and 2"}},
		{"survival -", "start,end\n2026-01-02,2026-01-01\n", []string{`line 2: end: "2026-01-01": before the start`}},
		{"revenue -", "customer,month,mrr\nA,2026-13,1\nA,2026-01,-1\n", []string{`month: "2026-13": not a month`, `line 3: mrr: "-1": out of range`}},
		{"revenue -from 2026-03 -to 2026-01 -", "customer,month,mrr\nA,2026-01,1\n", []string{"kpi: revenue: "}},
		{"nps -level 2 -", "", []string{"-level"}},
		{"nps -", "score\n11\n9.5\n-1\nten\n", []string{`line 2: score: "11": out of range`, `line 3: score: "9.5": not a whole number`, "line 4: ", "line 5: "}},
		{"spc -", "date,value\n2026-01-01,1\n2026-01-01,2\n", []string{`line 3: date: "2026-01-01": a second value of the day`}},
		{"spc -", "date,value\n2026-01-01,1e200\n", []string{"line 2: value: \"1e200\": out of range"}},
		{"spc -", "date,value\n2026-01-01,1\n,2\n", []string{"some rows have a date and others none"}},
		{"spc -min-points 1 -", "value\n1\n", []string{"kpi: spc: "}},
		{"spc -rules nelson_9 -", "", []string{"-rules"}},
	}
	for _, tt := range tests {
		stdout, stderr, status := kpiRun(tt.stdin, strings.Fields(tt.args)...)
		require.Equal(t, exitInput, status, tt.args)
		require.Empty(t, stdout, tt.args)
		for _, want := range tt.want {
			require.Contains(t, stderr, want, tt.args)
		}
	}
}

// Help is what was asked for: on standard output, with status 0.
func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"help"}, {"--help"}} {
		stdout, stderr, status := kpiRun("", args...)
		require.Equal(t, exitOK, status)
		require.Empty(t, stderr)
		for _, e := range entries() {
			require.Contains(t, stdout, "\n  "+e.name+" ")
		}
	}
	for _, e := range entries() {
		for _, args := range [][]string{{e.name, "-h"}, {e.name, "-format", "json", "--help"}} {
			stdout, stderr, status := kpiRun("", args...)
			require.Equal(t, exitOK, status)
			require.Empty(t, stderr)
			require.Contains(t, stdout, "usage: kpi "+e.name+" [flags] FILE.csv…")
			require.Contains(t, stdout, "\nexample:\n  go run ./examples/kpi "+e.name+" -")
			require.Contains(t, stdout, "\n  -as-of day\n")
			for _, r := range newJob(e, nil, io.Discard).cmd.roles() {
				require.Contains(t, stdout, "\n  -"+r.Name+" column\n")
			}
			about, _, _ := strings.Cut(stdout, "\nflags:")
			for line := range strings.SplitSeq(about, "\n") {
				require.LessOrEqual(t, len([]rune(line)), 110, line)
			}
		}
	}
}

// The example of each help has flags that there are.
func TestHelpExamples(t *testing.T) {
	for _, e := range entries() {
		j := newJob(e, nil, io.Discard)
		require.NoError(t, j.parse(strings.Fields(e.example)), e.name)
		require.Len(t, j.files, 1)
	}
}

// No name belongs to two columns of a command, but for those that are not looked
// for beside each other.
func TestAliases(t *testing.T) {
	for _, e := range entries() {
		seen := map[string]string{}
		for _, r := range newJob(e, nil, io.Discard).cmd.roles() {
			for _, name := range append([]string{r.Name}, r.Aliases...) {
				if other, ok := seen[name]; ok && r.Unless == "" {
					t.Errorf("%s: %s is an alias of %s and %s", e.name, name, other, r.Name)
				}
				seen[name] = r.Name
			}
		}
	}
}

// failing refuses to be written to.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteFailure(t *testing.T) {
	for _, args := range [][]string{{"nps", "testdata/answers.csv"}, {"clv", "-fit", "testdata/summary.csv"}, {"nps", "-h"}, {"help"}} {
		var stderr bytes.Buffer
		require.Equal(t, exitWrite, run(args, nil, failing{}, &stderr))
		require.Contains(t, stderr.String(), "kpi: disk full\n")
	}
}

// A header without rows is no fault, and gives a result without rows.
func TestNoRows(t *testing.T) {
	headers := map[string]string{
		"rfm": "customer,date,amount", "retention": "customer,date", "usage": "user,date", "funnel": "customer,time,event", "clv": "customer,date,amount",
		"survival": "time,status", "revenue": "customer,month,mrr", "nps": "score", "spc": "date,value",
	}
	for _, e := range entries() {
		stdout, stderr, status := kpiRun(headers[e.name]+"\n", e.name, "-")
		require.Equal(t, exitOK, status, e.name+stderr)
		require.Contains(t, stderr, "kpi: no rows\n")
		require.NotEmpty(t, stdout)
		stdout, _, status = kpiRun(headers[e.name]+"\n", e.name, "-format", "json", "-as-of", "2026-01-31", "-")
		require.Equal(t, exitOK, status, e.name)
		require.True(t, strings.HasPrefix(stdout, "["), stdout)
	}
}

// Answers have dates only if there is a column of them.
func TestDatedAnswers(t *testing.T) {
	stdout, stderr, status := kpiRun("score,date\n10,2026-01-31\n0,2026-02-01\n", "nps", "-as-of", "2026-01-31", "-")
	require.Equal(t, exitOK, status)
	require.Contains(t, stdout, "\n1,1,0,0,100,0,")
	require.Equal(t, "kpi: 1 answers after that day left out\n", stderr)
	_, _, status = kpiRun("score,date\n10,31/01/2026\n", "nps", "-")
	require.Equal(t, exitOK, status) // dates that nobody needs
	for _, args := range []string{"nps score", "spc value", "survival time,status"} {
		command, header, _ := strings.Cut(args, " ")
		_, stderr, status = kpiRun(header+"\n"+strings.Repeat("1,", strings.Count(header, ","))+"1\n", command, "-as-of", "2026-01-31", "-")
		require.Equal(t, exitOK, status)
		require.Contains(t, stderr, "kpi: -as-of is not looked at, as the rows have no dates\n")
	}
}
