package crmproject_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func statuses(t *testing.T, p *crmproject.Project, wave string, on calendar.Date) map[crmproject.Aspect]verdict.Status {
	t.Helper()
	r, ok := p.Readiness(wave, on)
	require.True(t, ok)
	got := map[crmproject.Aspect]verdict.Status{}
	for i, item := range r.Items {
		require.Equal(t, crmproject.Aspect(i+1), item.Aspect)
		require.Equal(t, item.Status != verdict.Met, item.Reason != "", "a reason for whatever is not met")
		got[item.Aspect] = item.Status
	}
	return got
}

// TestReadiness breaks one aspect of a wave that is ready, and looks at it alone
// (CP-24).
func TestReadiness(t *testing.T) {
	type project = crmproject.Project
	live := day("2027-05-10")
	ready, ok := sample().Readiness("W-1", live)
	require.True(t, ok)
	require.True(t, ready.Ready())
	require.Empty(t, ready.Open())
	for i, c := range []struct {
		aspect  crmproject.Aspect
		status  verdict.Status
		breakIt func(*project)
	}{
		{crmproject.TrainingAspect, verdict.NotMet, func(p *project) { p.Waves[0].Groups[0].Trained = 11 }},
		{crmproject.TrainingAspect, verdict.NotMet, func(p *project) { p.Trainings[0].Held = live + 1 }},
		{crmproject.TrainingAspect, verdict.Unassessed, func(p *project) { p.Waves[0].Groups = nil }},
		{crmproject.DataAspect, verdict.NotMet, func(p *project) { p.Migrations[0].Accuracy = ratio.New(1, 2) }},
		{crmproject.DataAspect, verdict.Unassessed, func(p *project) { p.Migrations[0].Reconciled = live + 1 }},
		{crmproject.DataAspect, verdict.Unassessed, func(p *project) { p.Migrations[0].Threshold = ratio.Ratio{} }},
		{crmproject.DataAspect, verdict.NotApplicable, func(p *project) { p.Migrations = nil }},
		{crmproject.DefectsAspect, verdict.NotMet, func(p *project) { p.Issues[0].Opened = live }},
		{crmproject.DefectsAspect, verdict.NotMet, func(p *project) { p.Issues[0].Opened, p.Issues[0].Wave = live, "" }},
		{crmproject.SupportAspect, verdict.NotMet, func(p *project) { p.Waves[0].Support = "" }},
		{crmproject.SupportAspect, verdict.Unassessed, func(p *project) { p.Waves[0].SupportReady = live + 1 }},
		{crmproject.BuildAspect, verdict.NotMet, func(p *project) { p.Build[0].Tested = live + 1 }},
		{crmproject.EntryAspect, verdict.NotMet, func(p *project) { p.Waves[0].Entry[0].Done = live + 1 }},
		{crmproject.EntryAspect, verdict.Unassessed, func(p *project) { p.Waves[0].Entry = nil }},
		{crmproject.RollbackAspect, verdict.NotMet, func(p *project) { p.Waves[0].RollbackRule.Tested = live + 1 }},
		{crmproject.RollbackAspect, verdict.Unassessed, func(p *project) { p.Waves[0].RollbackRule = crmproject.RollbackRule{} }},
		{crmproject.RollbackAspect, verdict.NotMet, func(p *project) {
			p.Waves[0].Rollback, p.Waves[0].RollbackRule = "", crmproject.RollbackRule{}
		}},
	} {
		p := sample()
		c.breakIt(p)
		for aspect, status := range statuses(t, p, "W-1", live) {
			if aspect == c.aspect {
				require.Equal(t, c.status, status, "case %d", i)
				continue
			}
			require.True(t, status.Satisfied(), "case %d: %s", i, aspect)
		}
		r, _ := p.Readiness("W-1", live)
		require.Equal(t, c.status.Satisfied(), r.Ready())
	}
	_, ok = sample().Readiness("W-9", live)
	require.False(t, ok)
	p := sample()
	p.Build, p.Issues = nil, nil
	require.Equal(t, verdict.Unassessed, statuses(t, p, "W-1", live)[crmproject.DefectsAspect], "nobody has looked for defects")
	require.Equal(t, verdict.NotApplicable, crmproject.Readiness{}.Status())
}

// TestEarlierWaves: a wave waits for those before it.
func TestEarlierWaves(t *testing.T) {
	for want, change := range map[string]func(*crmproject.Wave){
		"exit criteria not met: Sales pilot (W-1)": func(*crmproject.Wave) {},
		"": func(w *crmproject.Wave) { w.Exit[0].Done = w.Live + 28 },
		"without exit criteria: Sales pilot (W-1)": func(w *crmproject.Wave) { w.Exit = nil },
		"not live: Sales pilot (W-1)":              func(w *crmproject.Wave) { w.Live = asOf + 1 },
		"went back: Sales pilot (W-1)":             func(w *crmproject.Wave) { w.RolledBack = w.Live + 2 },
	} {
		p := sample()
		p.Waves = append(p.Waves, crmproject.Wave{ID: "W-2"})
		change(&p.Waves[0])
		r, _ := p.Readiness("W-2", asOf)
		require.Equal(t, want, r.Items[7].Reason)
	}
}

// TestRollback: while the window is open a wave can go back; then it is not live.
func TestRollback(t *testing.T) {
	w := sample().Waves[0]
	require.Equal(t, day("2027-05-24"), w.RollbackUntil())
	require.False(t, w.RollbackOpen(day("2027-05-09")))
	require.True(t, w.RollbackOpen(day("2027-05-24")))
	require.False(t, w.RollbackOpen(day("2027-05-25")))
	w.RolledBack = day("2027-05-14")
	require.True(t, w.IsLive(day("2027-05-13")))
	require.False(t, w.IsLive(day("2027-05-14")))
	require.False(t, crmproject.Wave{Live: 9}.RollbackOpen(9), "no window, no way back")
	require.False(t, crmproject.Wave{}.Finished(asOf))
}

// TestRolloutCurve: users live wave by wave, one wave going back on the way (CP-24).
func TestRolloutCurve(t *testing.T) {
	users := func(n int64, role string) []crmproject.UserGroup {
		return []crmproject.UserGroup{{Role: role, Department: "sales", Users: n, Trained: n / 2}}
	}
	p := &crmproject.Project{Waves: []crmproject.Wave{
		{ID: "W-1", Planned: day("2027-05-01"), Live: day("2027-05-03"), RolledBack: day("2027-05-06"), Groups: users(10, "agent")},
		{ID: "W-2", Planned: day("2027-06-01"), Live: day("2027-06-01"), Groups: users(30, "agent")},
		{ID: "W-3", Planned: day("2027-07-01"), Groups: users(60, "clerk")},
	}}
	curve, ok := p.RolloutCurve(day("2027-06-15"))
	require.True(t, ok)
	var got []string
	for _, c := range curve {
		got = append(got, fmt.Sprint(c.On, c.Waves, c.Planned, c.Live, " ", c.Share))
	}
	require.Equal(t, []string{
		"2027-05-01 [W-1] 10 0 0", "2027-05-03 [W-1] 10 10 1/10", "2027-05-06 [W-1] 10 0 0",
		"2027-06-01 [W-2] 40 30 3/10", "2027-07-01 [W-3] 100 30 3/10",
	}, got)
	counts, ok := p.Headcounts(day("2027-06-15"))
	require.True(t, ok)
	require.Equal(t, []crmproject.Headcount{
		{Department: "sales", Role: "agent", Users: 40, Trained: 20, Live: 30}, {Department: "sales", Role: "clerk", Users: 60, Trained: 30},
	}, counts)
	p.Waves[0].Groups[0].Users = math.MaxInt64
	_, ok = p.RolloutCurve(asOf)
	require.False(t, ok)
	_, ok = p.Headcounts(asOf)
	require.False(t, ok)
	curve, ok = (&crmproject.Project{Waves: []crmproject.Wave{{ID: "W", Planned: 9}}}).RolloutCurve(asOf)
	require.True(t, ok)
	require.Equal(t, "no wave has users", curve[0].Share.Reason())
}

// TestIssueLogByHand: ages, times and trend of four issues (CP-25).
func TestIssueLogByHand(t *testing.T) {
	on := day("2027-06-30")
	issue := func(id string, s verdict.Severity, opened, due, resolved calendar.Date) crmproject.Issue {
		return crmproject.Issue{ID: id, Kind: crmproject.DeploymentIssue, Severity: s, Opened: opened, Due: due, Resolved: resolved}
	}
	p := &crmproject.Project{Issues: []crmproject.Issue{
		issue("I-1", verdict.Major, on-60, on-50, on-50), issue("I-2", verdict.Minor, on-20, on-10, on-5),
		issue("I-3", verdict.Critical, on-40, on-1, 0), issue("I-4", verdict.Minor, on-7, on, on+1),
		issue("I-5", verdict.Minor, on+1, 0, 0), {ID: "I-6", Kind: crmproject.ProjectIssue, Severity: verdict.Major, Opened: on - 28},
	}}
	log := p.IssueLog(on, crmproject.DeploymentIssue)
	require.Equal(t, 4, log.Raised)
	require.Equal(t, 2, log.Resolved)
	require.Equal(t, []crmproject.SeverityLog{{Severity: verdict.Critical, Open: 1, Overdue: 1}, {Severity: verdict.Minor, Open: 1}}, log.Open)
	require.Equal(t, "I-3", log.Oldest)
	require.Equal(t, 40, log.OldestDays)
	require.Equal(t, [3]int{1, 0, 1}, log.Ages)
	require.Equal(t, ratio.New(25, 2), log.MeanDays)
	require.Equal(t, ratio.New(25, 2), log.MedianDays)
	require.Equal(t, ratio.New(1, 2), log.InTime)
	require.Equal(t, crmproject.Rising, log.Trend, "two came, one went")
	require.Equal(t, 1, log.OpenAt(verdict.Major))
	all := p.IssueLog(on)
	require.Equal(t, 3, all.Total())
	require.Equal(t, [3]int{1, 1, 1}, all.Ages)
	require.Equal(t, crmproject.Falling, (&crmproject.Project{Issues: []crmproject.Issue{issue("I", verdict.Minor, on-28, 0, on-27)}}).IssueLog(on).Trend)
	require.Equal(t, crmproject.Level, p.IssueLog(on-45).Trend)
	none := p.IssueLog(on - 100)
	require.Equal(t, crmproject.Trend(0), none.Trend)
	require.Equal(t, "no issue is resolved yet", none.MedianDays.Reason())
	require.Equal(t, ratio.Int(10), p.IssueLog(on-45).MedianDays)

	text, err := json.Marshal(all)
	require.NoError(t, err)
	var back crmproject.IssueLog
	require.NoError(t, json.Unmarshal(text, &back))
	require.Empty(t, cmp.Diff(all, back))
}

// TestIssueWeeks: the weeks hold every issue of two years, and their ends are what
// a count of that day gives.
func TestIssueWeeks(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	on := day("2027-06-30")
	for range 100 {
		p := &crmproject.Project{}
		for range r.IntN(30) {
			i := crmproject.Issue{Opened: on - calendar.Date(r.IntN(1200)), Severity: verdict.Minor}
			if r.IntN(3) > 0 {
				i.Resolved = i.Opened + calendar.Date(r.IntN(200))
			}
			p.Issues = append(p.Issues, i)
		}
		log := p.IssueLog(on)
		require.LessOrEqual(t, len(log.Weeks), 104)
		require.Equal(t, log.Total(), log.Ages[0]+log.Ages[1]+log.Ages[2])
		for _, w := range log.Weeks {
			end := min(on, w.Week.Last())
			n := len(slices.DeleteFunc(slices.Clone(p.Issues), func(i crmproject.Issue) bool { return !i.Open(end) }))
			require.Equal(t, n, w.Open, w.Week)
		}
	}
}
