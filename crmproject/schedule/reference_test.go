package schedule_test

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// network is a case of cpm_networks.json and cpm_random.jsonl.
type network struct {
	Name       string
	Deadline   *int
	NotBefore  map[string]int `json:"start_no_earlier_than"`
	NotAfter   map[string]int `json:"finish_no_later_than"`
	Activities []struct {
		ID       string
		Duration int
	}
	Links []struct {
		Pred, Succ string
		Type       schedule.Type
		Lag        int
	}
	Finish   int
	MinFloat int `json:"min_total_float"`
	Critical []string
	Result   []struct {
		ID                     string
		ES, EF, LS, LF, TF, FF int
	}
}

// definition writes the case in offsets.
func (n network) definition() schedule.Definition {
	d := schedule.Definition{Name: n.Name}
	if n.Deadline != nil {
		d.Deadline = schedule.After(*n.Deadline)
	}
	for _, a := range n.Activities {
		activity := schedule.Activity{ID: a.ID, Duration: a.Duration}
		if units, ok := n.NotBefore[a.ID]; ok {
			activity.Constraints = append(activity.Constraints, schedule.Constraint{Kind: schedule.StartNoEarlier, At: schedule.After(units)})
		}
		if units, ok := n.NotAfter[a.ID]; ok {
			activity.Constraints = append(activity.Constraints, schedule.Constraint{Kind: schedule.FinishNoLater, At: schedule.After(units)})
		}
		d.Activities = append(d.Activities, activity)
	}
	for _, l := range n.Links {
		d.Links = append(d.Links, schedule.Link{From: l.Pred, To: l.Succ, Relation: schedule.Relation{Type: l.Type, Lag: schedule.Lag{Amount: l.Lag}}})
	}
	return d
}

func read(t testing.TB, name string, v any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, v), name)
}

// references returns the named and the random networks.
func references(t testing.TB) []network {
	t.Helper()
	var all []network
	read(t, "cpm_networks.json", &all)
	file, err := os.Open("testdata/cpm_random.jsonl")
	require.NoError(t, err)
	defer file.Close() //nolint:errcheck // read only
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var n network
		require.NoError(t, json.Unmarshal(lines.Bytes(), &n))
		all = append(all, n)
	}
	require.NoError(t, lines.Err())
	require.Len(t, all, 162)
	return all
}

// Each reference network has the reference offsets and floats, by the fast
// passes, as a plan of offsets, and as a plan of dates on a calendar without
// holidays and on one with many (CP-16).
func TestReferenceNetworks(t *testing.T) {
	var gappy calendar.Pattern
	gappy.Week = calendar.Monday | calendar.Wednesday | calendar.Thursday | calendar.Saturday
	for day := calendar.MustParse("2027-03-10"); len(gappy.Holidays) < 20; day += 9 {
		gappy.Holidays = append(gappy.Holidays, calendar.Holiday{Date: day, Until: day + 2})
	}
	for _, n := range references(t) {
		t.Run(n.Name, func(t *testing.T) {
			d := n.definition()
			net, err := schedule.Compile(d)
			require.NoError(t, err)
			checkPasses(t, n, net)
			offsets, err := net.Offsets()
			require.NoError(t, err)
			checkPlan(t, n, offsets)
			require.Zero(t, offsets.Finish())

			d.Calendars = []schedule.Calendar{{ID: "every day", Pattern: calendar.Pattern{Week: calendar.EveryDay}}}
			plan, err := schedule.MustCompile(d).Plan(calendar.MustParse("2027-03-01"))
			require.NoError(t, err)
			checkPlan(t, n, plan)
			require.Equal(t, plan.Start()+calendar.Date(n.Finish)-1, plan.Finish())
			d.Calendars[0].Pattern = gappy
			plan, err = schedule.MustCompile(d).Plan(calendar.MustParse("2027-03-01"))
			require.NoError(t, err)
			checkPlan(t, n, plan)
		})
	}
}

func checkPasses(t *testing.T, n network, net *schedule.Network) {
	t.Helper()
	var p schedule.Passes
	require.NoError(t, p.Run(net))
	require.Equal(t, n.Finish, p.Finish())
	require.Equal(t, n.MinFloat, p.MinFloat())
	for _, want := range n.Result {
		i, ok := net.Index(want.ID)
		require.True(t, ok)
		require.Equal(t, want.ES, p.ES(i), want.ID)
		require.Equal(t, want.EF, p.EF(i), want.ID)
		require.Equal(t, want.LS, p.LS(i), want.ID)
		require.Equal(t, want.LF, p.LF(i), want.ID)
		require.Equal(t, want.TF, p.TotalFloat(i), want.ID)
		require.Equal(t, want.FF, p.FreeFloat(i), want.ID)
		require.Equal(t, slices.Contains(n.Critical, want.ID), p.Critical(i), want.ID)
	}
}

func checkPlan(t *testing.T, n network, p *schedule.Plan) {
	t.Helper()
	require.Equal(t, n.Finish, p.FinishOffset())
	require.Equal(t, n.MinFloat, p.MinFloat())
	require.ElementsMatch(t, n.Critical, p.Critical())
	for _, want := range n.Result {
		got, ok := p.Timing(want.ID)
		require.True(t, ok)
		require.Equal(t, [...]int{want.ES, want.EF, want.LS, want.LF, want.TF, want.FF},
			[...]int{got.ES, got.EF, got.LS, got.LF, got.TotalFloat, got.FreeFloat}, want.ID)
		require.Equal(t, slices.Contains(n.Critical, want.ID), got.Critical, want.ID)
	}
}

// Each reference cycle is found, with its members only.
func TestReferenceCycles(t *testing.T) {
	var cases []struct {
		Name  string
		Links [][2]string
		Types []schedule.Type
		Cycle []string
	}
	read(t, "cycles.json", &cases)
	require.Len(t, cases, 5)
	for _, c := range cases {
		var d schedule.Definition
		seen := map[string]bool{}
		for i, l := range c.Links {
			for _, id := range l {
				if !seen[id] {
					seen[id] = true
					d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: 1})
				}
			}
			link := schedule.Link{From: l[0], To: l[1]}
			if c.Types != nil {
				link.Relation.Type = c.Types[i]
			}
			d.Links = append(d.Links, link)
		}
		_, err := schedule.Compile(d)
		cycle, ok := errors.AsType[*schedule.CycleError](err)
		require.True(t, ok, c.Name)
		require.Equal(t, c.Cycle, cycle.Path, c.Name)
		require.Len(t, cycle.Links, len(cycle.Path)-1, c.Name)
	}
}

// Each generated network has the reference checksum.
func TestReferenceGenerated(t *testing.T) {
	var cases []struct {
		generator

		Edges, Finish, Critical int
		Free                    int    `json:"sum_free_float"`
		Sum                     string `json:"fnv_es_then_ls"`
	}
	read(t, "generated_dags.json", &cases)
	require.Len(t, cases, 6)
	var p schedule.Passes
	for _, c := range cases {
		if c.N > effort(100_000) {
			continue
		}
		d := c.definition()
		require.Len(t, d.Links, c.Edges)
		net, err := schedule.Compile(d)
		require.NoError(t, err)
		require.NoError(t, p.Run(net))
		require.Equal(t, c.Finish, p.Finish())
		critical, free := 0, 0
		h := fnv.New64a()
		for i := range c.N {
			_ = binary.Write(h, binary.LittleEndian, int64(p.ES(i)))
			free += p.FreeFloat(i)
			if p.Critical(i) {
				critical++
			}
		}
		for i := range c.N {
			_ = binary.Write(h, binary.LittleEndian, int64(p.LS(i)))
		}
		require.Equal(t, c.Critical, critical)
		require.Equal(t, c.Free, free)
		require.Equal(t, c.Sum, fmt.Sprintf("%016x", h.Sum64()))
	}
}
