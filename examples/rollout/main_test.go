package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/risk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// today is not the day of the example, so that a test notices if it is used.
var today = calendar.MustParse("2027-01-15")

// call runs the program.
func call(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(args, &out, &errs, today)
	return status, out.String(), errs.String()
}

// example is the example judged, once for all tests that look at its figures.
var example = sync.OnceValues(func() (*Figures, error) {
	in, err := load(options{}, today)
	if err != nil {
		return nil, err
	}
	return judge(in)
})

// TestGolden holds every format of the example to its golden file, byte for
// byte. The text is the one that CI compares with what the program prints.
func TestGolden(t *testing.T) {
	figures, err := example()
	require.NoError(t, err)
	for format, name := range map[string]string{
		"text": "default.txt", "markdown": "report.md", "json": "figures.json", "sarif": "findings.sarif",
	} {
		out, err := render(format, figures)
		require.NoError(t, err)
		got := string(out)
		path := filepath.Join("testdata", "golden", name)
		if *update {
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
			require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(string(want), got), format)
	}
}

func TestJSONIsOneDocument(t *testing.T) {
	status, out, _ := call("-json", "-orders", write(t, "orders.csv", "customer,date,amount\n"))
	require.Zero(t, status)
	dec := json.NewDecoder(strings.NewReader(out))
	var doc map[string]any
	require.NoError(t, dec.Decode(&doc))
	require.False(t, dec.More())
	require.Equal(t, "crm-rollout/1", doc["schema"])
	for _, key := range []string{"asOf", "project", "status", "agenda", "scope", "risks", "stakeholders", "plan", "budget", "customers", "targets", "findings"} {
		require.Contains(t, doc, key)
	}
}

// TestSize holds the example to what it claims to be: a real project of a
// mid-size company.
func TestSize(t *testing.T) {
	in, err := load(options{}, today)
	require.NoError(t, err)
	d := in.dossier
	for what, n := range map[string][2]int{
		"departments":  {5, len(d.Project.Team.Departments)},
		"stakeholders": {25, len(d.Stakeholders.Register.Stakeholders)},
		"activities":   {40, len(d.Project.Activities)},
		"risks":        {30, len(d.Risks.Risks)},
		"requirements": {60, len(d.Scope.Statement.Requirements)},
		"objectives":   {6, len(d.Scope.Statement.Goals.Objectives)},
		"waves":        {3, len(d.Project.Waves)},
		"orders":       {20_000, len(in.orders)},
	} {
		require.GreaterOrEqual(t, n[1], n[0], what)
	}
	customers := map[string]bool{}
	for _, o := range in.orders {
		customers[o.Customer] = true
	}
	require.GreaterOrEqual(t, len(customers), 2000)
	require.Equal(t, in.asOf, in.ordersOf)
	require.GreaterOrEqual(t, int(d.Project.End-d.Project.Start), 360, "twelve months")
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// TestBadInput: everything that is wrong is told with its place, and nothing is
// printed as if it were a result.
func TestBadInput(t *testing.T) {
	badOrders := write(t, "bad.csv", "customer,date,amount\na,2026-13-01,5.00\nb,2026-01-02,x\nc,2026-01-03,1.00\n")
	badProject := write(t, "bad.json", `{"schema":"crm-dossier/1","project":{"id":"P","name":"N","kind":"new_crm","nmae":1,"team":{"manager":"M-9"}}}`)
	noJSON := write(t, "no.json", "{")
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"orders":    {[]string{"-orders", badOrders}, []string{"line 2", "no such day", "line 3", `"x"`}},
		"project":   {[]string{"-project", badProject}, []string{"nmae", "line 1", "project.team.manager", `unknown "M-9"`}},
		"both":      {[]string{"-project", badProject, "-orders", badOrders}, []string{"nmae", "line 2", "line 3"}},
		"not json":  {[]string{"-project", noJSON}, []string{"line 1"}},
		"no file":   {[]string{"-project", "nowhere.json", "-orders", "nowhere.csv"}, []string{"nowhere.json", "nowhere.csv"}},
		"format":    {[]string{"-format", "pdf"}, []string{"pdf"}},
		"argument":  {[]string{"extra"}, []string{"extra"}},
		"date":      {[]string{"-as-of", "2026-02-30"}, []string{"2026-02-30"}},
		"bad flag":  {[]string{"-colour"}, []string{"colour"}},
		"usage":     {[]string{"-usage", write(t, "usage.csv", "user,role,date,action\nu,r,2026-09-31,login\n")}, []string{"line 2", "no such day"}},
		"bad order": {[]string{"-orders", write(t, "header.csv", "who,when,how much\n")}, []string{"customer", "date", "amount"}},
	} {
		status, out, errs := call(c.args...)
		require.Equal(t, exitInput, status, name)
		require.Empty(t, out, name)
		for _, want := range c.want {
			require.Contains(t, errs, want, name)
		}
	}
}

func TestHelp(t *testing.T) {
	status, out, errs := call("-h")
	require.Zero(t, status)
	require.Empty(t, out)
	require.Contains(t, errs, "-project")
}

// TestOwnFiles: a project and an order history of the user's own, in another
// order of columns, and files on their own days.
func TestOwnFiles(t *testing.T) {
	own := write(t, "orders.csv", "Revenue;Order Date;Customer ID\n12,50;2025-01-05;a\n-2,50;2025-01-06;a\n7,00;2025-03-31;b\n")
	in, err := load(options{orders: own}, today)
	require.NoError(t, err)
	require.Equal(t, exampleAsOf, in.asOf.String())
	require.Equal(t, "2025-03-31", in.ordersOf.String(), "the last day of the file")
	status, out, errs := call("-orders", own, "-json")
	require.Zero(t, status, errs)
	require.Contains(t, out, `"customers": 2`)

	project := write(t, "project.json", string(exampleProject))
	in, err = load(options{project: project}, today)
	require.NoError(t, err)
	require.Equal(t, today, in.asOf)
	in, err = load(options{project: project, orders: own, asOf: calendar.MustParse("2026-05-01")}, today)
	require.NoError(t, err)
	require.Equal(t, "2026-05-01", in.asOf.String())
	require.Equal(t, "2026-05-01", in.ordersOf.String())
}

// TestEmptyProject: a project of which nothing is known yet is judged, not
// refused.
func TestEmptyProject(t *testing.T) {
	empty := write(t, "project.json", `{"schema":"crm-dossier/1","project":{"id":"P-1","name":"New","kind":"new_crm","start":"2027-01-01","end":"2027-12-31"}}`)
	none := write(t, "orders.csv", "customer,date,amount\n")
	for _, format := range []string{"text", "markdown", "json", "sarif"} {
		status, out, errs := call("-project", empty, "-orders", none, "-as-of", "2027-02-01", "-format", format)
		require.Zero(t, status, errs)
		require.NotEmpty(t, out)
		require.NotContains(t, out, "NaN")
	}
}

// TestOtherProjects: what a project file may lack, or have otherwise than the
// example, is no reason to refuse it: no start, another currency.
func TestOtherProjects(t *testing.T) {
	none := write(t, "orders.csv", "customer,date,amount\n")
	for name, change := range map[string]func(string) string{
		"no start": func(s string) string { return strings.Replace(s, `"start": "2026-02-02",`, "", 1) },
		"dollars":  func(s string) string { return strings.ReplaceAll(s, " EUR\"", " USD\"") },
	} {
		changed := change(string(exampleProject))
		require.NotEqual(t, string(exampleProject), changed, name)
		status, out, errs := call("-project", write(t, "project.json", changed), "-orders", none, "-as-of", exampleAsOf)
		require.Zero(t, status, "%s: %s", name, errs)
		require.Contains(t, out, "What to do next", name)
	}
}

// TestOwnUsage: the log of the CRM may be the user's own; without one, a project of
// the user's own has none.
func TestOwnUsage(t *testing.T) {
	project := write(t, "project.json", string(exampleProject))
	orders := write(t, "orders.csv", "customer,date,amount\n")
	status, out, errs := call("-project", project, "-orders", orders, "-as-of", exampleAsOf)
	require.Zero(t, status, errs)
	require.Contains(t, out, "Nobody works with the CRM yet.")
	log := write(t, "usage.csv", "Action;Date;Login;Profile\nlogin;2026-10-05;u;Field sales\nquote;2026-10-06;u;Field sales\n")
	status, out, errs = call("-project", project, "-orders", orders, "-usage", log, "-as-of", exampleAsOf)
	require.Zero(t, status, errs)
	require.Contains(t, out, "In the last month 1 of 18 users worked with the CRM (6 %).")
}

// TestProspects: with the risks no option is surer than without them, every delay of
// the register is drawn or left out for a reason, and a project without risks is
// compared by durations alone.
func TestProspects(t *testing.T) {
	figures, err := example()
	require.NoError(t, err)
	d, p := figures.dossier, figures.Steering.Prospects
	seen := map[string]int{}
	for _, h := range p.Hits {
		seen[h.Risk]++
	}
	for _, g := range p.LeftOut {
		id, _, _ := strings.Cut(g.Path[strings.Index(g.Path, "[")+1:], "]")
		seen[id]++
	}
	for _, r := range d.Risks.Active(figures.AsOf) {
		want := 0
		if r.Estimate.Delay != (risk.DelayRange{}) {
			want = 1
		}
		require.Equal(t, want, seen[r.ID], r.ID)
	}
	for i, o := range p.Comparison.Options {
		alone := figures.Steering.Corrections.Options[i]
		require.Less(t, o.Agreed.Value, alone.Agreed.Value, o.ID)
		require.GreaterOrEqual(t, o.P80.Value, alone.P80.Value, o.ID)
	}
	require.Len(t, p.Ranking, len(d.Control.Actions)+1)
	for i, r := range p.Ranked {
		require.Equal(t, []string{p.Ranking[i], p.Ranking[i+1]}, []string{r.Option, r.Against})
		require.GreaterOrEqual(t, r.Agreed.Gain.Value, 0.0, "the surest first")
	}

	safe := *d
	safe.Risks.Risks, safe.Control.Hits = nil, nil
	none, err := prospectFigures(t.Context(), &safe, figures.AsOf)
	require.NoError(t, err)
	require.Empty(t, none.Hits)
	require.Empty(t, none.LeftOut)
	var s page.Section
	prospects(&s, &SteeringFigures{Corrections: figures.Steering.Corrections, Prospects: none})
	shown := page.Page{Sections: []page.Section{s}}
	require.Contains(t, shown.Text(), "these are durations alone too")
}

func TestReferenceOrders(t *testing.T) {
	dir := os.Getenv("CRM_REFERENCE_DATA")
	if dir == "" {
		t.Skip("CRM_REFERENCE_DATA is not set: the CDNOW sample and the rfm orders are not read")
	}
	for _, name := range []string{"cdnow_sample_transactions.csv", "rfm_orders.csv"} {
		status, out, errs := call("-orders", filepath.Join(dir, "kpi", name))
		require.Zero(t, status, errs)
		require.Contains(t, out, "Customers")
	}
}

// failing is a writer that cannot write.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteError(t *testing.T) {
	var errs bytes.Buffer
	args := []string{
		"-project", write(t, "project.json", `{"schema":"crm-dossier/1","project":{"id":"P-1","name":"New","kind":"new_crm"}}`),
		"-orders", write(t, "orders.csv", "customer,date,amount\n"),
	}
	require.Equal(t, exitWrite, run(args, failing{}, &errs, today))
	require.Contains(t, errs.String(), "closed")
}

func BenchmarkRollout(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if status := run(nil, &bytes.Buffer{}, &bytes.Buffer{}, today); status != 0 {
			b.Fatal(status)
		}
	}
}
