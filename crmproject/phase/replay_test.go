package phase_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// replays checks that the records give the state back, also through JSON, and
// that the state is sound and survives JSON.
func (j *journey) replays() {
	j.t.Helper()
	s, err := j.m.Replay(slices.Values(j.records))
	require.NoError(j.t, err)
	equal(j.t, j.s, s)
	require.NoError(j.t, j.m.Check(s))
	records := throughJSON(j.t, j.records)
	equal(j.t, j.records, records)
	equal(j.t, j.s, throughJSON(j.t, j.s))
	s, err = j.m.Replay(slices.Values(records))
	require.NoError(j.t, err)
	equal(j.t, j.s, s)
}

func throughJSON[T any](t testing.TB, v T) (back T) {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &back))
	return back
}

// rich is a journey with every kind of record.
func rich(t testing.TB) *journey {
	t.Helper()
	j := started(t)
	d := conditional("planning", day2, "C-1")
	d.Waivers = []verdict.Waiver{waiver("GATE-101", day1, day4)}
	j.do(d, board{"GATE-101": verdict.NotMet, "GATE-103": verdict.NotMet, "GATE-104": verdict.Unassessed})
	j.do(phase.Decision{Action: phase.Note, On: day2, By: "PM", Fulfilled: []phase.Fulfilment{{ID: "C-1"}},
		Exemptions: []phase.Exemption{{Code: "GATE-302", By: "CIO", Reason: "none"}}}, allMet)
	j.do(hold(day2), board{"GATE-201": verdict.NotMet}).do(resume(day2), allMet)
	j.to(day2, "execution").do(recycle("planning", day3), board{"GATE-304": verdict.NotApplicable}).to(day3, "execution", "control")
	confirm := goTo("planning", day3)
	confirm.From = "initiation"
	j.do(confirm, allMet).to(day3, "closure", phase.End)
	j.do(reopen("execution", day4), allMet).do(kill(day4), board{"GATE-301": verdict.Failed}).to(day5, phase.End)
	return j
}

func TestReplay(t *testing.T) {
	j := rich(t)
	require.Len(t, j.records, 15)
	j.replays()
	s, err := j.m.Replay(slices.Values([]phase.Record{}))
	require.NoError(t, err)
	equal(t, phase.State{}, s)
	for i, rec := range j.records { // one at a time
		s, err = j.m.Apply(s, rec)
		require.NoError(t, err, i)
	}
	equal(t, j.s, s)
}

// Whatever a record claims that is not so, it is named.
func TestReplayNamesTheBadRecord(t *testing.T) {
	type recs = []phase.Record
	cases := []struct {
		name  string
		spoil func(r recs) recs
		index int
		path  string
	}{
		{"a gap in the numbers", func(r recs) recs { r[2].Seq = 9; return r }, 2, "seq"},
		{"a record is left out", func(r recs) recs { return slices.Delete(r, 2, 3) }, 2, "seq"},
		{"a record comes twice", func(r recs) recs { return slices.Insert(r, 5, r[4]) }, 5, ""},
		{"the start is missing", func(r recs) recs { return r[1:] }, 0, ""},
		{"another life cycle", func(r recs) recs { r[3].Cycle = "other"; return r }, 3, "cycle"},
		{"from elsewhere", func(r recs) recs { r[1].From = "planning"; return r }, 1, "from"},
		{"to elsewhere", func(r recs) recs { r[1].To = "execution"; return r }, 1, "to"},
		{"another visit", func(r recs) recs { r[6].Visit = 7; return r }, 6, "visit"},
		{"dates run backwards", func(r recs) recs { r[6].Decision.On = day1; return r }, 6, "decision.on"},
		{"no approver", func(r recs) recs { r[1].Decision.By = ""; return r }, 1, "decision.by"},
		{"the waiver is taken away", func(r recs) recs { r[1].Decision.Waivers = nil; return r }, 1, ""},
		{"the waiver begins later", func(r recs) recs { r[1].Decision.Waivers[0].From = day3; return r }, 1, ""},
		{"the rationale is taken away", func(r recs) recs { r[1].Decision.Reason = ""; return r }, 1, "decision.reason"},
		{"the condition is taken away", func(r recs) recs { r[1].Decision.Conditions = nil; return r }, 1, "decision.conditions"},
		{"a go instead of a conditional go", func(r recs) recs {
			r[1].Decision.Action, r[1].Decision.Conditions = phase.Go, nil
			return r
		}, 1, ""},
		{"a status is made met", func(r recs) recs { r[3].Snapshot[0].Criteria[0].Status = verdict.Met; return r }, 3, "snapshot[0].criteria[0].status"},
		{"a status and its finding", func(r recs) recs {
			r[3].Snapshot[0].Criteria[0].Status, r[3].Snapshot[0].Criteria[0].Findings = verdict.Met, nil
			return r
		}, 3, "snapshot[0].outcome"},
		{"a status that does not exist", func(r recs) recs { r[3].Snapshot[0].Criteria[0].Status = 77; return r }, 3, "snapshot[0].criteria[0].status"},
		{"a status that the gate refuses", func(r recs) recs { r[5].Snapshot[0].Criteria[0].Status = verdict.NotMet; return r }, 5, ""},
		{"an exemption nobody gave", func(r recs) recs { r[2].Decision.Exemptions = nil; return r }, 6, "snapshot[0].criteria[1].by"},
		{"a finding of another rule", func(r recs) recs {
			r[3].Snapshot[0].Criteria[0].Findings[0].Code = "GATE-999"
			return r
		}, 3, "snapshot[0].criteria[0].findings[0].code"},
		{"another criterion", func(r recs) recs { r[3].Snapshot[0].Criteria[0].Code = "GATE-999"; return r }, 3, "snapshot[0].criteria[0].code"},
		{"a criterion is left out", func(r recs) recs { r[3].Snapshot[0].Criteria = r[3].Snapshot[0].Criteria[1:]; return r }, 3, "snapshot[0].criteria"},
		{"a lighter weight", func(r recs) recs { r[3].Snapshot[0].Criteria[3].Weight = 1; return r }, 3, "snapshot[0].criteria[3].weight"},
		{"a must made a should", func(r recs) recs { r[3].Snapshot[0].Criteria[0].Need = phase.Should; return r }, 3, "snapshot[0].criteria[0].need"},
		{"another effect", func(r recs) recs { r[3].Snapshot[0].Criteria[0].Effect = phase.Waived; return r }, 3, "snapshot[0].criteria[0].effect"},
		{"waivable after all", func(r recs) recs { r[3].Snapshot[0].Criteria[1].Waivable = true; return r }, 3, "snapshot[0].criteria[1].waivable"},
		{"another approver", func(r recs) recs { r[6].Snapshot[0].Criteria[1].By = "me"; return r }, 6, "snapshot[0].criteria[1].by"},
		{"a waiver made longer", func(r recs) recs { r[1].Snapshot[0].Criteria[0].Waivers[0].Until = day5; return r }, 1, "snapshot[0].criteria[0].waivers"},
		{"another score", func(r recs) recs { r[1].Snapshot[0].Score = ratio.Int(1); return r }, 1, "snapshot[0].score"},
		{"another threshold", func(r recs) recs { r[1].Snapshot[0].Threshold = ratio.Int(0); return r }, 1, "snapshot[0].threshold"},
		{"not below", func(r recs) recs { r[1].Snapshot[0].Below = false; return r }, 1, "snapshot[0].belowThreshold"},
		{"more permitted", func(r recs) recs { r[1].Snapshot[0].Permitted = []phase.Action{phase.Go}; return r }, 1, "snapshot[0].permitted"},
		{"less blocking", func(r recs) recs { r[3].Snapshot[0].Blocking = nil; return r }, 3, "snapshot[0].blocking"},
		{"nothing waived", func(r recs) recs { r[1].Snapshot[0].Waived = nil; return r }, 1, "snapshot[0].waived"},
		{"another day", func(r recs) recs { r[1].Snapshot[0].AsOf = day1; return r }, 1, "snapshot[0].asOf"},
		{"another gate", func(r recs) recs { r[1].Snapshot[0].From = "closure"; return r }, 1, "snapshot"},
		{"an obstacle", func(r recs) recs { r[3].Snapshot[0].Obstacles = []phase.Obstacle{{Reasons: []string{"x"}}}; return r }, 3, "snapshot[0].obstacles"},
		{"no snapshot", func(r recs) recs { r[1].Snapshot = nil; return r }, 1, "snapshot"},
		{"one snapshot more", func(r recs) recs { r[2].Snapshot = r[1].Snapshot; return r }, 2, "snapshot"},
		{"no cause", func(r recs) recs { r[12].Decision.Cause = 0; return r }, 12, "decision.cause"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			j := rich(t)
			records := c.spoil(throughJSON(t, j.records))
			s, err := j.m.Replay(slices.Values(records))
			var bad *phase.ReplayError
			require.ErrorAs(t, err, &bad)
			require.Equal(t, c.index, bad.Index, "%v", err)
			require.Equal(t, records[c.index].Seq, bad.Seq)
			if c.path != "" {
				require.True(t, slices.ContainsFunc(verdict.FaultsOf(bad.Err), func(f *verdict.Fault) bool { return f.Path == c.path }), "%v", err)
			}
			before, err := j.m.Replay(slices.Values(records[:c.index]))
			require.NoError(t, err)
			equal(t, before, s)
		})
	}
}

func TestReplayErrorText(t *testing.T) {
	j := rich(t)
	j.records[1].Decision.Waivers = nil
	_, err := j.m.Replay(slices.Values(j.records))
	require.EqualError(t, err, "phase: record 2 at index 1: conditional_go from initiation to planning refused: "+
		"GATE-101 Title of GATE-101: not met: thing: it is missing; the should score 0 is below the threshold 1/4; "+
		"GATE-103 Title of GATE-103: not met: thing: it is missing; and 1 more")
	require.ErrorIs(t, err, phase.ErrRefused)
}

// Another wording of the rules does not spoil the history.
func TestReplayAfterRewording(t *testing.T) {
	j := rich(t)
	d := fivePhases()
	for i := range d.Transitions {
		for k := range d.Transitions[i].Criteria {
			d.Transitions[i].Criteria[k].Rule.Title = "another title"
		}
	}
	s, err := phase.MustCompile(d).Replay(slices.Values(j.records))
	require.NoError(t, err)
	equal(t, j.s, s)
}

func FuzzReplay(f *testing.F) {
	m := phase.MustCompile(fivePhases())
	data, err := json.Marshal(rich(f).records)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`[{"seq":1,"cycle":"five phases","decision":{"action":"start","on":"2027-01-10","by":"x"},"to":"initiation","visit":1}]`))
	f.Add([]byte(`[{"decision":{"action":"go","to":"end","from":"end"}}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var records []phase.Record
		if json.Unmarshal(data, &records) != nil {
			return
		}
		tryRecords(t, m, records)
	})
}

func FuzzState(f *testing.F) {
	m := phase.MustCompile(fivePhases())
	data, err := json.Marshal(rich(f).s)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"status":"active","phase":"end","visits":[{"phase":"end"}],"passes":[{"from":"x","to":"end","seq":-1}]}`))
	f.Add([]byte(`{"status":"killed","phase":"closure"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s phase.State
		if json.Unmarshal(data, &s) != nil {
			return
		}
		tryState(t, m, s)
	})
}
