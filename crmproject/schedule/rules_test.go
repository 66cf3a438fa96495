package schedule_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// sound is a plan that no rule finds fault with.
func sound() schedule.Definition {
	d := rollout()
	d.Resources = []schedule.Resource{{ID: "team", Capacity: 5}}
	for i := range d.Activities {
		if d.Activities[i].Duration > 0 {
			d.Activities[i].Uses = []schedule.Use{{Resource: "team", Units: 1}}
		}
	}
	d.Links[2] = schedule.Link{From: "design", To: "train"}
	d.Deadline = schedule.MustParsePoint("2027-03-31")
	return d
}

func monday(t *testing.T, d schedule.Definition) *schedule.Plan {
	t.Helper()
	n, err := schedule.Compile(d)
	require.NoError(t, err)
	p, err := n.Plan(date("2027-03-01"))
	require.NoError(t, err)
	return p
}

// The rules are well-formed, in order, and silent about a sound plan.
func TestRulesOfSoundPlan(t *testing.T) {
	rules := schedule.Rules()
	require.NoError(t, verdict.CatalogueOf(rules...).Validate())
	for i, r := range rules {
		require.Equal(t, verdict.Code(fmt.Sprintf("SCHED-%03d", i+1)), r.Code)
	}
	p := monday(t, sound())
	report := verdict.Run(schedule.Facts{Plan: p, Baseline: p, AsOf: date("2027-02-28")}, rules...)
	require.Empty(t, report.Findings)
	for _, o := range report.Outcomes {
		switch o.Code {
		case "SCHED-011", "SCHED-014", "SCHED-017":
			require.Equal(t, verdict.NotApplicable, o.Status, o.Code)
		default:
			require.Equal(t, verdict.Met, o.Status, "%s %s", o.Code, o.Reason)
		}
	}
	// Without a plan nothing is known.
	for _, o := range verdict.Run(schedule.Facts{}, rules...).Outcomes {
		require.Equal(t, verdict.Unassessed, o.Status, o.Code)
	}
	rules[0].Code = "X"
	require.NotEqual(t, verdict.Code("X"), schedule.Rules()[0].Code, "a fresh slice each time")
}

// Each rule finds what it is there for, and says it.
func TestEachRule(t *testing.T) {
	for _, c := range []struct {
		code    verdict.Code
		change  func(d *schedule.Definition)
		asOf    string
		actuals []schedule.Actual
		subject string
		message string
	}{
		{code: "SCHED-001", change: func(d *schedule.Definition) { d.Links = d.Links[:4] }, message: "40.0 % of the unfinished activities lack a predecessor or a successor, more than 5 %."},
		{code: "SCHED-002", change: func(d *schedule.Definition) { d.Links[0].Relation.Lag.Amount = -1 }, message: "1 of 5 links have a lead; there should be none."},
		{code: "SCHED-003", change: func(d *schedule.Definition) { d.Links[0].Relation.Lag.Amount = 1 }, message: "20.0 % of the links have a lag, more than 5 %."},
		{code: "SCHED-004", change: func(d *schedule.Definition) { d.Links[0].Relation.Type = schedule.SS }, message: "80.0 % of the links are finish to start, less than 90 %."},
		{code: "SCHED-005", change: func(d *schedule.Definition) {
			d.Activities[0].Constraints = []schedule.Constraint{{Kind: schedule.MustStart, At: schedule.After(0)}}
		}, message: "20.0 % of the unfinished activities have a hard constraint, more than 5 %."},
		{code: "SCHED-006", change: func(d *schedule.Definition) { d.Activities[1].Duration = 60; d.Deadline = schedule.Point{} }, message: "20.0 % of the unfinished activities have a total float above 44 working days, more than 5 %."},
		{code: "SCHED-007", change: func(d *schedule.Definition) { d.Activities[4].Deadline = schedule.MustParsePoint("2027-03-25") }, message: "4 of 5 unfinished activities have a negative float; there should be none."},
		{code: "SCHED-008", change: func(d *schedule.Definition) { d.Activities[1].Duration = 45; d.Deadline = schedule.Point{} }, message: "25.0 % of the unfinished activities last longer than 44 working days, more than 5 %."},
		{code: "SCHED-009", asOf: "2027-03-02", message: "1 of 5 activities have a planned date in the past or an actual one in the future; there should be none."},
		{code: "SCHED-010", change: func(d *schedule.Definition) { d.Activities[1].Uses = nil }, message: "1 of 4 unfinished activities have no resource; there should be none."},
		{
			code: "SCHED-011", asOf: "2027-03-08", actuals: []schedule.Actual{{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-08")}},
			message: "100.0 % of the activities that were to be finished by now were not, or finished late, more than 5 %.",
		},
		{code: "SCHED-012", change: func(d *schedule.Definition) {
			d.Activities[3].Constraints = []schedule.Constraint{{Kind: schedule.FinishNoLater, At: schedule.MustParsePoint("2027-03-02")}}
			d.Links = append(d.Links[:2:2], d.Links[3:]...)
		}, message: "97.2 % of a trial delay of 600 days in critical work reached the finish of the project, less than 100 %."},
		{code: "SCHED-013", change: func(d *schedule.Definition) { d.Deadline = schedule.MustParsePoint("2027-03-24") }, message: "0.90 is the critical path length index, below 0.95."},
		{code: "SCHED-014", asOf: "2027-03-05", message: "0.00 is the baseline execution index, below 0.95."},
		{
			code: "SCHED-015", subject: "activities[test]", change: func(d *schedule.Definition) { d.Activities[2].Deadline = schedule.MustParsePoint("2027-03-25") },
			message: "test finishes on 2027-03-26, 1 working day after its deadline 2027-03-25.",
		},
		{
			code: "SCHED-015", subject: "deadline", change: func(d *schedule.Definition) { d.Deadline = schedule.MustParsePoint("2027-03-24") },
			message: "The project finishes 2 working days after its deadline 2027-03-24.",
		},
		{
			code: "SCHED-016", subject: "resources[team]", change: func(d *schedule.Definition) { d.Resources[0].Capacity = 1 },
			message: "team is needed with 2 units from 2027-03-08 to 2027-03-10, and there are 1.",
		},
		{
			code: "SCHED-017", subject: "activities[build]", asOf: "2027-03-03", actuals: []schedule.Actual{
				{ID: "design", Start: date("2027-03-01")}, {ID: "build", Start: date("2027-03-03")},
			},
			message: "build went ahead of design, against the link design -FS-> build.",
		},
		{
			code: "SCHED-018", subject: "activities[train]", change: func(d *schedule.Definition) { d.Links[2].Relation.Type = schedule.FF },
			message: "The start of train waits for nothing.",
		},
		{
			code: "SCHED-018", subject: "activities[train]", change: func(d *schedule.Definition) { d.Links[4].Relation.Type = schedule.SS },
			message: "Nothing waits for the finish of train.",
		},
		{code: "SCHED-019", subject: "activities", change: func(d *schedule.Definition) {
			d.Activities[4].Duration = 1
			d.Activities[4].Uses = d.Activities[0].Uses
		}, message: "The plan has no milestone."},
		{code: "SCHED-020", change: func(d *schedule.Definition) { d.Activities[1].Duration = 11 }, message: "The project finishes 3 days later. Before: 2027-03-26, after: 2027-03-29."},
	} {
		d := sound()
		if c.change != nil {
			c.change(&d)
		}
		n, err := schedule.Compile(d)
		require.NoError(t, err)
		f := schedule.Facts{Baseline: monday(t, sound()), AsOf: date("2027-02-28")}
		if c.asOf != "" {
			f.AsOf = date(c.asOf)
		}
		f.Plan, err = n.Plan(date("2027-03-01"))
		if c.actuals != nil {
			f.Plan, err = n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: f.AsOf, Actuals: c.actuals})
		}
		require.NoError(t, err)
		var messages []string
		for _, found := range verdict.Run(f, schedule.Rules()...).Findings {
			if found.Code == c.code && found.Subject == c.subject {
				messages = append(messages, found.Message)
				require.NotEmpty(t, found.Remedy)
			}
		}
		require.Contains(t, messages, c.message, c.code)
	}
}

// The metrics give their numbers whether or not they are met.
func TestMetrics(t *testing.T) {
	n := schedule.MustCompile(sound())
	p, err := n.Reschedule(date("2027-03-01"), schedule.Status{AsOf: date("2027-03-12"), Actuals: []schedule.Actual{
		{ID: "design", Start: date("2027-03-01"), Finish: date("2027-03-05")},
		{ID: "train", Start: date("2027-03-08"), Finish: date("2027-03-11")},
		{ID: "build", Start: date("2027-03-08"), Remaining: 6},
	}})
	require.NoError(t, err)
	f := schedule.Facts{Plan: p, Baseline: monday(t, sound()), AsOf: date("2027-03-12")}
	var got []string
	for _, m := range f.Metrics() {
		got = append(got, fmt.Sprintf("%s %s %s", m.Code, m.Value, m.Status))
	}
	require.Equal(t, strings.Fields(`SCHED-001 0 met SCHED-002 0 met SCHED-003 0 met SCHED-004 1 met SCHED-005 0 met SCHED-006 0 met
		SCHED-007 0 met SCHED-008 0 met SCHED-009 0 met SCHED-010 0 met SCHED-011 1/2 not_met SCHED-012 1 met SCHED-013 13/11 met SCHED-014 1 met`),
		strings.Fields(strings.Join(got, " ")))
	require.Equal(t, []string{"train"}, f.Metrics()[10].Which)

	// Without dates, without a baseline, without a status date.
	offsets := schedule.MustCompile(rollout())
	o, err := offsets.Offsets()
	require.NoError(t, err)
	for code, want := range map[int]string{9: "the plan has no dates", 10: "the plan has no resources", 11: "the plan has no dates", 13: "there is neither a deadline nor a baseline"} {
		m := schedule.Facts{Plan: o}.Metrics()[code-1]
		require.Equal(t, ratio.Undefined(want), m.Value)
		require.Equal(t, verdict.NotApplicable, m.Status)
	}
	m := schedule.Facts{Plan: p}.Metrics()
	require.Equal(t, "there is no status date", m[8].Value.Reason())
	require.Equal(t, verdict.Unassessed, m[13].Status)
	m = schedule.Facts{Plan: p, AsOf: date("2027-03-12")}.Metrics()
	require.Equal(t, "there is no baseline", m[10].Value.Reason())
	// The index of the path length takes the baseline where there is no deadline.
	m = schedule.Facts{Plan: o, Baseline: o}.Metrics()
	require.Equal(t, ratio.Int(1), m[12].Value)
	// A plan on several calendars passes the trial delay, give or take a week.
	d := rollout()
	d.Calendars = append(d.Calendars, patterns()[2:3]...)
	d.Activities[2].Calendar = "gulf"
	require.Equal(t, verdict.Met, schedule.Facts{Plan: monday(t, d)}.Metrics()[11].Status)
	// An empty plan has nothing to measure.
	for _, m := range (schedule.Facts{Plan: monday(t, schedule.Definition{}), AsOf: day0}).Metrics() {
		require.False(t, m.Value.Defined(), m.Code)
	}
	for _, o := range verdict.Run(schedule.Facts{Plan: monday(t, schedule.Definition{})}, schedule.Rules()[14:]...).Outcomes {
		require.Equal(t, verdict.Unassessed, o.Status)
	}
}

// Long lists of evidence are cut.
func TestEvidenceIsBounded(t *testing.T) {
	var d schedule.Definition
	for i := range 250 {
		d.Activities = append(d.Activities, schedule.Activity{ID: fmt.Sprintf("a%03d", i), Duration: 1})
	}
	o, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	_, findings := schedule.Rules()[0].Run(schedule.Facts{Plan: o})
	require.Len(t, findings, 1)
	require.Len(t, findings[0].Evidence, 101)
	require.Equal(t, "… and 150 more", findings[0].Evidence[100])
}
