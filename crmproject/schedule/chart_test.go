package schedule_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

// The output is promised stable.
func TestCharts(t *testing.T) {
	d := rollout()
	d.Activities[3].Name = `Train: "users" <all>, 100%; #1`
	d.Activities = append(d.Activities, schedule.Activity{ID: "go", Kind: schedule.StartMilestone, Group: "Planning"})
	d.Links = append(d.Links, schedule.Link{From: "design", To: "go"})
	n := schedule.MustCompile(d)
	p, err := n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-10"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "build", Start: date("2027-03-08"), Remaining: 7},
	}})
	require.NoError(t, err)
	golden(t, "rollout.mmd", p.Mermaid())
	golden(t, "rollout.dot", p.DOT())
	offsets, err := n.Offsets()
	require.NoError(t, err)
	golden(t, "offsets.mmd", offsets.Mermaid())
	golden(t, "offsets.dot", offsets.DOT())
	golden(t, "rollout.txt", p.Gantt(60, nil)+schedule.GanttLegend+"\n")
	golden(t, "offsets.txt", offsets.Gantt(0, nil))
	empty := plan(t, schedule.Definition{})
	require.Empty(t, empty.Gantt(60, nil))
	require.Equal(t, "gantt\n    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m-%d\n    inclusiveEndDates\n", empty.Mermaid())
	require.Equal(t, "digraph \"\" {\n    rankdir=LR;\n    node [shape=box];\n}\n", empty.DOT())
}

// Whatever is in a plan, its chart in text is as wide as was asked for, and each
// line has a mark.
func TestGanttWidth(t *testing.T) {
	for seed := range uint64(30) {
		d := generator{N: 40, Seed: seed, Mixed: true, Window: 10, Shuffle: true}.definition()
		d.Activities[0].Name = "a name that is much longer than any column of names can be\n"
		for _, columns := range []int{20, 33, 400} {
			lines := strings.Split(strings.TrimSuffix(plan(t, d).Gantt(columns, func(t schedule.Timing) bool { return t.Kind == schedule.Work }), "\n"), "\n")
			for _, line := range lines[1:] {
				require.LessOrEqual(t, utf8.RuneCountInString(line), 41+columns)
				require.Regexp(t, `[-#]`, line[40:])
			}
		}
	}
}
