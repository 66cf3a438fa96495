package phase_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// board is the facts of the tests: the status of each criterion, met unless
// listed.
type board map[verdict.Code]verdict.Status

// boardRule reports what the board says of its code.
func boardRule(code verdict.Code) verdict.Rule[board] {
	return verdict.Rule[board]{
		Code: code, Title: "Title of " + string(code), Why: "Why of " + string(code), Severity: verdict.Major,
		Check: func(b board, r *verdict.Reporter) {
			switch b[code] {
			case verdict.NotMet:
				r.Find("thing", "it is missing", "make it")
			case verdict.Unassessed:
				r.Unassessed("nobody looked")
			case verdict.NotApplicable:
				r.NotApplicable("no such thing here")
			case verdict.Failed:
				r.Fail(errors.New("the file is broken"))
			}
		},
	}
}

func criterion(code verdict.Code, need phase.Need, weight int64) phase.Criterion[board] {
	return phase.Criterion[board]{Rule: boardRule(code), Need: need, Weight: weight, Waivable: need == phase.Must}
}

// fivePhases is the life cycle of most tests: a must that can be waived (n1), a
// must that cannot (n2), and two shoulds (n3 of weight 1, n4 of weight 3) with
// threshold 1/4 at each of five gates; GATE-3nn is at the third.
func fivePhases() phase.Definition[board] {
	d := phase.Definition[board]{
		Name: "five phases",
		Phases: []phase.Phase{
			{ID: "initiation", Title: "Initiation", Objective: "settle purpose, scope and objectives"},
			{ID: "planning", Title: "Planning"},
			{ID: "execution", Title: "Execution"},
			{ID: "control", Title: "Monitoring & Control", Role: phase.Continuous},
			{ID: "closure", Title: "Closure", Role: phase.Closure},
		},
	}
	for i, p := range d.Phases {
		to := phase.End
		if i+1 < len(d.Phases) {
			to = d.Phases[i+1].ID
		}
		d.Transitions = append(d.Transitions, phase.Transition[board]{
			From: p.ID, To: to, Name: fmt.Sprintf("Gate %d", i+1), Threshold: ratio.New(1, 4), Criteria: fourCriteria(i + 1),
		})
	}
	return d
}

func fourCriteria(gate int) []phase.Criterion[board] {
	code := func(n int) verdict.Code { return verdict.Code(fmt.Sprintf("GATE-%d0%d", gate, n)) }
	second := criterion(code(2), phase.Must, 0)
	second.Waivable = false
	return []phase.Criterion[board]{
		criterion(code(1), phase.Must, 0), second,
		criterion(code(3), phase.Should, 1), criterion(code(4), phase.Should, 3),
	}
}

var (
	day1   = calendar.MustParse("2027-01-10")
	day2   = calendar.MustParse("2027-02-10")
	day3   = calendar.MustParse("2027-03-10")
	day4   = calendar.MustParse("2027-04-10")
	day5   = calendar.MustParse("2027-05-10")
	allMet = board{}
)

func goTo(to phase.ID, on calendar.Date) phase.Decision {
	return phase.Decision{Action: phase.Go, To: to, On: on, By: "board"}
}

func conditional(to phase.ID, on calendar.Date, id string) phase.Decision {
	return phase.Decision{
		Action: phase.ConditionalGo, To: to, On: on, By: "board", Reason: "we need the pilot users",
		Conditions: []phase.Condition{{ID: id, Text: "bring the paper", Owner: "PM", Due: on.AddDays(20)}},
	}
}

func waiver(code verdict.Code, from, until calendar.Date) verdict.Waiver {
	return verdict.Waiver{Code: code, By: "CFO", Reason: "accepted for now", From: from, Until: until}
}

// journey decides one thing after another and keeps the records.
type journey struct {
	t       testing.TB
	m       *phase.Machine[board]
	s       phase.State
	records []phase.Record
}

// started begins a journey through the five phases on day1.
func started(t testing.TB) *journey {
	t.Helper()
	j := &journey{t: t, m: phase.MustCompile(fivePhases())}
	s, rec, err := j.m.Start(day1, "sponsor")
	require.NoError(t, err)
	j.s, j.records = s, append(j.records, rec)
	return j
}

// do makes a decision that must succeed.
func (j *journey) do(d phase.Decision, facts board) *journey {
	j.t.Helper()
	s, rec, err := j.m.Decide(j.s, d, facts)
	require.NoError(j.t, err)
	j.s, j.records = s, append(j.records, rec)
	return j
}

// to goes through the gates into phase after phase on one day.
func (j *journey) to(on calendar.Date, phases ...phase.ID) *journey {
	j.t.Helper()
	for _, id := range phases {
		j.do(goTo(id, on), allMet)
	}
	return j
}

// refused makes a decision that must be refused, and changes nothing.
func (j *journey) refused(d phase.Decision, facts board) *phase.RefusedError {
	j.t.Helper()
	s, rec, err := j.m.Decide(j.s, d, facts)
	var refusal *phase.RefusedError
	require.ErrorAs(j.t, err, &refusal)
	require.Empty(j.t, cmp.Diff(j.s, s))
	require.Empty(j.t, cmp.Diff(phase.Record{}, rec))
	return refusal
}

// equal compares plain values; no options, so nil and empty lists differ.
func equal[T any](t testing.TB, want, have T) {
	t.Helper()
	require.Empty(t, cmp.Diff(want, have, cmpopts.EquateComparable(ratio.Ratio{})))
}
