package audit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

func statusOf(t *testing.T, d *audit.Dossier, on calendar.Date) audit.Status {
	t.Helper()
	s, err := d.Status(on)
	require.NoError(t, err)
	return s
}

// CP-32, AU-20: the success triple in each colour, with the reason.
func TestSuccessTriple(t *testing.T) {
	onTime := func(s audit.Status) audit.Judgement { return s.OnTime }
	inBudget := func(s audit.Status) audit.Judgement { return s.InBudget }
	toNeed := func(s audit.Status) audit.Judgement { return s.ToNeed }
	const plan = "28 of 28 activities done, 0 late"
	const targets = "targets: 2 green, 0 amber, 0 red, 0 not rated; open issues: 0 critical, 0 major"
	for _, c := range []struct {
		part    func(audit.Status) audit.Judgement
		rating  objective.Rating
		reason  string
		breakIt func(*audit.Dossier)
	}{
		{onTime, objective.Green, plan, func(*audit.Dossier) {}},
		{onTime, objective.Amber, "27 of 28 activities done, 1 late", func(d *audit.Dossier) { d.Project.Activities[3].ActualFinish = 0 }},
		{onTime, objective.Amber, "the milestone Final report delivered is 14 days late; " + plan, func(d *audit.Dossier) {
			d.Project.Milestones[4].Due, d.Project.Milestones[4].Achieved = today-14, 0
		}},
		{onTime, objective.Red, "the milestone Final report delivered is 15 days late; " + plan, func(d *audit.Dossier) {
			d.Project.Milestones[4].Due, d.Project.Milestones[4].Achieved = today-15, today+1
		}},
		{onTime, objective.Amber, "the wave All branches is 3 days late; " + plan, func(d *audit.Dossier) {
			d.Project.Waves[1].Planned, d.Project.Waves[1].Live = today-3, 0
		}},
		{onTime, objective.Red, "the wave All branches is 51 days late; " + plan, func(d *audit.Dossier) { d.Project.Waves[1].Live = 0 }},
		{onTime, objective.Red, "the project was to end on 2027-12-14; " + plan, func(d *audit.Dossier) { d.Project.End = today - 1 }},
		{onTime, objective.Unrated, "there is no plan yet", func(d *audit.Dossier) { d.Project.Activities, d.Project.Milestones = nil, nil }},
		{onTime, objective.Green, "0 of 0 activities done, 0 late", func(d *audit.Dossier) { d.Project.Activities = nil }},

		{inBudget, objective.Green, "203,500.00 EUR of 235,000.00 EUR planned is spent (87 %)", func(*audit.Dossier) {}},
		{inBudget, objective.Amber, "206,000.00 EUR of 235,000.00 EUR planned is spent (88 %); overspent lines: 1", func(d *audit.Dossier) {
			d.Project.Budget.Costs[2].Amount = eur("27500.00")
		}},
		{inBudget, objective.Amber, "203,500.00 EUR of 235,000.00 EUR planned is spent (87 %); unexpected costs: 25,000.00 EUR", func(d *audit.Dossier) {
			d.Project.Budget.Costs[2].Line = ""
		}},
		{inBudget, objective.Red, "248,500.00 EUR of 235,000.00 EUR planned is spent (106 %); overspent lines: 1", func(d *audit.Dossier) {
			d.Project.Budget.Costs[2].Amount = eur("70000.00")
		}},
		{inBudget, objective.Red, "203,500.00 EUR of 235,000.00 EUR planned is spent (87 %); plan and contingency against the approved total: -5,000.00 EUR", func(d *audit.Dossier) {
			d.Project.Budget.Contingency = eur("20000.00")
		}},
		{inBudget, objective.Green, "178,500.00 EUR of 235,000.00 EUR planned is spent (76 %)", func(d *audit.Dossier) { d.Project.Budget.Costs[2].On = today + 1 }},
		{inBudget, objective.Unrated, "there is no budget yet", func(d *audit.Dossier) { d.Project.Budget = crmproject.Budget{} }},
		{inBudget, objective.Unrated, "the amounts cannot be added up", func(d *audit.Dossier) { d.Project.Budget.Costs[2].Amount = money.MustParse("5 JPY") }},

		{toNeed, objective.Green, targets, func(*audit.Dossier) {}},
		{toNeed, objective.Amber, strings.Replace(targets, "2 green, 0 amber", "1 green, 1 amber", 1), func(d *audit.Dossier) {
			d.Indicators.Measures[0].History[4] = kpi.Measurement{On: day("2027-11-15"), Value: ratio.New(145, 10)}
		}},
		{toNeed, objective.Red, strings.Replace(targets, "2 green, 0 amber, 0 red", "1 green, 0 amber, 1 red", 1), func(d *audit.Dossier) {
			d.Indicators.Measures[0].History[4] = kpi.Measurement{On: day("2027-11-15"), Value: ratio.Int(17)}
		}},
		{toNeed, objective.Amber, strings.Replace(targets, "0 major", "1 major", 1), func(d *audit.Dossier) {
			d.Project.Issues[0].Resolved, d.Project.Issues[0].Severity = 0, verdict.Major
		}},
		{toNeed, objective.Red, strings.Replace(targets, "0 critical", "1 critical", 1), func(d *audit.Dossier) { d.Project.Issues[0].Resolved = 0 }},
		{toNeed, objective.Unrated, "no target can be rated yet", func(d *audit.Dossier) {
			d.Indicators.Measures[0].History, d.Indicators.Measures[1].History = nil, nil
		}},
		{toNeed, objective.Green, "targets: 1 green, 0 amber, 0 red, 1 not rated; open issues: 0 critical, 0 major", func(d *audit.Dossier) { d.Indicators.Measures[1].History = nil }},
	} {
		d := finished()
		c.breakIt(d)
		j := c.part(statusOf(t, d, today))
		require.Equal(t, c.reason, j.Reason)
		require.Equal(t, c.rating, j.Rating, j.Reason)
		require.Equal(t, !strings.Contains(j.Reason, " yet") || j.Name == "to need", j.Covered)
	}
}

// TestEndedLate: a project that ended after its time was not on time, whatever was
// done by then.
func TestEndedLate(t *testing.T) {
	ended := after(len(history()))
	require.Equal(t, objective.Green, statusOf(t, ended, day(endDay)).OnTime.Rating)
	require.Equal(t, objective.Green, statusOf(t, ended, day("2029-01-01")).OnTime.Rating, "it is over")
	ended.Project.End = day(endDay) - 1
	j := statusOf(t, ended, day("2029-01-01")).OnTime
	require.Equal(t, objective.Red, j.Rating)
	require.Equal(t, "the project was to end on 2027-12-16 and ended on 2027-12-17; 28 of 28 activities done, 0 late", j.Reason)
	require.Equal(t, objective.Green, statusOf(t, ended, day(endDay)-1).OnTime.Rating, "not yet late")
	require.Empty(t, statusOf(t, after(len(history())), day(endDay)).Next, "after the end nothing blocks a gate")
}

var (
	aspectNames = []string{"planning", "execution", "control", "stakeholders", "risk", "change", "communication"}
	factorNames = []string{"well-defined plan", "clear communication", "strong leadership", "skilled team", "adequate resources"}
)

func names(list []audit.Judgement) []string {
	var all []string
	for _, j := range list {
		all = append(all, j.Name)
	}
	return all
}

// CP-31, CP-33: the seven key aspects and the five factors, each covered and green
// in the sample, red where there is nothing in the project file.
func TestAspectsAndFactors(t *testing.T) {
	s := statusOf(t, finished(), today)
	require.Equal(t, aspectNames, names(s.Aspects))
	require.Equal(t, factorNames, names(s.Factors))
	for _, j := range append(s.Aspects, s.Factors...) {
		require.True(t, j.Covered, j.Name)
		require.Equal(t, objective.Green, j.Rating, j.Name)
		require.Equal(t, "nothing found", j.Reason)
		require.Empty(t, j.Findings)
	}
	s = statusOf(t, bare("closure"), today)
	for _, j := range append(s.Aspects, s.Factors...) {
		require.False(t, j.Covered, j.Name)
		require.Equal(t, objective.Red, j.Rating, j.Name)
		require.Equal(t, "not covered: there is nothing in the project file", j.Reason)
	}
	covered := map[string]bool{}
	for _, j := range statusOf(t, bare(""), today).Aspects {
		covered[j.Name] = j.Covered
	}
	require.Equal(t, map[string]bool{
		"planning": false, "execution": true, "control": true, "stakeholders": false, "risk": false, "change": true, "communication": false,
	}, covered, "nobody builds, controls and changes before there is a plan")
}

// TestJudgements: what breaks, colours the aspects and factors that it belongs to,
// and no others.
func TestJudgements(t *testing.T) {
	for _, c := range []struct {
		breakIt  func(*audit.Dossier)
		affected map[string]objective.Rating
	}{
		{func(d *audit.Dossier) { d.Project.Milestones[2].Achieved = 0 }, map[string]objective.Rating{"planning": objective.Amber}},
		{func(d *audit.Dossier) { d.Project.Waves[0].Entry[0].Done = today }, map[string]objective.Rating{"execution": objective.Red}},
		{func(d *audit.Dossier) { d.Project.Routines[0].Runs = nil }, map[string]objective.Rating{"control": objective.Amber}},
		{func(d *audit.Dossier) { d.Stakeholders.Register.Stakeholders[0].BuyIn = 0 }, map[string]objective.Rating{"stakeholders": objective.Amber, "strong leadership": objective.Amber}},
		{func(d *audit.Dossier) { d.Risks.Risks[0].Owner = "" }, map[string]objective.Rating{"risk": objective.Amber}},
		{func(d *audit.Dossier) { d.Project.Changes[0].DecidedBy = "S-3" }, map[string]objective.Rating{"change": objective.Amber}},
		{func(d *audit.Dossier) { d.Stakeholders.Register.Contacts = nil }, map[string]objective.Rating{"communication": objective.Red, "clear communication": objective.Red}},
		{func(d *audit.Dossier) { d.Project.Activities[27].Start -= 20 }, map[string]objective.Rating{"planning": objective.Amber, "well-defined plan": objective.Amber}},
		{func(d *audit.Dossier) { d.Project.Team.Departments = append(d.Project.Team.Departments, "finance") }, map[string]objective.Rating{"skilled team": objective.Amber}},
		{func(d *audit.Dossier) { d.Project.Resources[0].Assigned = 0 }, map[string]objective.Rating{"adequate resources": objective.Amber}},
		{func(d *audit.Dossier) { d.Stakeholders.RACI.Activities[0].Cells["Sponsor"] = "" }, map[string]objective.Rating{"stakeholders": objective.Amber}},
	} {
		d := finished()
		c.breakIt(d)
		s := statusOf(t, d, today)
		got := map[string]objective.Rating{}
		for _, j := range append(s.Aspects, s.Factors...) {
			if j.Rating != objective.Green {
				got[j.Name] = j.Rating
				require.NotEmpty(t, j.Findings)
				require.Contains(t, j.Reason, "; first: "+j.Findings[0].Message)
			}
		}
		require.Equal(t, c.affected, got)
	}
}

// TestWaivedFindingsDoNotColour: they are counted.
func TestWaivedFindingsDoNotColour(t *testing.T) {
	d := finished()
	d.Risks.Risks[0].Owner = ""
	d.Project.Waivers = []verdict.Waiver{{Code: "RISK-010", By: "CEO", Reason: "the owner left", From: today, Until: today}}
	risks := func(on calendar.Date) audit.Judgement { return statusOf(t, d, on).Aspects[4] }
	require.Equal(t, objective.Green, risks(today).Rating)
	require.Equal(t, "1 waived", risks(today).Reason)
	require.Empty(t, risks(today).Findings)
	require.Equal(t, objective.Amber, risks(today+1).Rating)
}

// TestUnratedAspect: an aspect with data about which nothing could be assessed is
// unrated, not green.
func TestUnratedAspect(t *testing.T) {
	d := finished()
	report := d.Audit(today)
	for i := range report.Outcomes {
		if report.Outcomes[i].Code.Family() == "RISK" {
			report.Outcomes[i].Status = verdict.Unassessed
		}
	}
	s, err := d.StatusOf(report, today)
	require.NoError(t, err)
	require.Equal(t, objective.Unrated, s.Aspects[4].Rating)
	require.Equal(t, "nothing could be assessed yet", s.Aspects[4].Reason)
}

// TestNext: what blocks the gate comes first, then the gravest; each thing once;
// what merely informs not at all.
func TestNext(t *testing.T) {
	d, on := at("planning")
	d.Project.Selection.Chosen = ""                                                               // GATE-104
	d.Risks.Risks[0].Owner = ""                                                                   // RISK-010, major
	d.Project.Vision = ""                                                                         // PROJECT-002, minor
	d.Scope.Statement.Migration.Entities[0].Records = 0                                           // SCOPE-091, info
	d.Project.Issues[0].Resolved, d.Project.Issues[0].Opened, d.Project.Issues[0].Due = 0, on, on // PROJECT-052, critical
	s := statusOf(t, d, on)
	require.Equal(t, phase.Refused, s.Gates[0].Outcome)
	require.Equal(t, audit.Action{
		What: "Score the candidates and decide.", Why: "No CRM solution is chosen.",
		Subject: "project.selection.chosen", Code: "GATE-104", Weight: verdict.Critical, Gate: true,
	}, s.Next[0])
	var rest []verdict.Code
	for i, a := range s.Next[1:] {
		require.False(t, a.Gate)
		require.LessOrEqual(t, a.Weight, s.Next[i].Weight)
		rest = append(rest, a.Code)
	}
	require.Contains(t, rest, verdict.Code("PROJECT-052"))
	require.Contains(t, rest, verdict.Code("RISK-010"))
	require.Contains(t, rest, verdict.Code("PROJECT-002"))
	require.NotContains(t, rest, verdict.Code("SCOPE-091"))
	require.NotContains(t, rest, verdict.Code("PROJECT-020"), "the gate has said it")
	require.Empty(t, statusOf(t, finished(), today).Next)
}

// TestNextNamesWhatShutsTheGate: a criterion that cannot be judged, shoulds that
// are lacking, and an earlier gate that is no longer good.
func TestNextNamesWhatShutsTheGate(t *testing.T) {
	d, on := at("planning")
	d.Project.Resources = nil
	next := statusOf(t, d, on).Next
	require.Equal(t, audit.Action{
		What: "Settle the gate criterion: The people and the working time are assigned.", Why: "no resources are planned yet",
		Code: "GATE-108", Weight: verdict.Critical, Gate: true,
	}, next[0])

	d, on = at("planning")
	d.Indicators.Measures = nil
	require.False(t, statusOf(t, d, on).Next[0].Gate, "a score of 3/5 is enough")
	d.Stakeholders.Register.Stakeholders[0].BuyIn = 0
	next = statusOf(t, d, on).Next
	require.Equal(t, []verdict.Code{"GATE-109", "GATE-109", "GATE-111"}, []verdict.Code{next[0].Code, next[1].Code, next[2].Code})
	require.True(t, next[2].Gate && next[2].Weight == verdict.Major)

	reopened := after(5)
	reopened.Project.Decisions = nil
	passes := reopened.Project.State.Passes
	passes[1].StaleBy, passes[1].StaleOn = 4, day(reopenDay)
	next = statusOf(t, reopened, day(relaunchDay)).Next
	require.Equal(t, "Confirm the gate from planning to execution again, or renew what it rests on.", next[0].What)
	require.Contains(t, next[0].Why, "stale")
	require.True(t, next[0].Gate)
}

func TestStatusIsPlainData(t *testing.T) {
	s := statusOf(t, ruined(), today)
	require.Equal(t, crmproject.Closure, s.Stage)
	require.EqualValues(t, "closure", s.Phase)
	require.Equal(t, phase.Active, s.State)
	require.Equal(t, today, s.AsOf)
	data, err := json.Marshal(s)
	require.NoError(t, err)
	var back audit.Status
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(s, back, cmp.Comparer(func(a, b ratio.Ratio) bool { return a == b })))
	require.Contains(t, string(data), `"next":[`)
	empty, err := json.Marshal(statusOf(t, bare(""), today).Next)
	require.NoError(t, err)
	require.NotEqual(t, "null", string(empty))
}

func TestStatusOfABrokenLifecycle(t *testing.T) {
	d := finished()
	d.Project.Lifecycle = crmproject.FivePhases()
	d.Project.Lifecycle.Outline.Transitions[0].Criteria = []phase.Term{{Code: "OWN-001", Need: phase.Must}}
	_, err := d.Status(today)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = d.Gate(today)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = d.Explain("closure", today)
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// CP-45: commitment, adoption and the ability to adapt are judged, each with its
// reason; a measured adoption outranks good preparation.
func TestConditions(t *testing.T) {
	s := statusOf(t, finished(), today)
	var names []string
	for _, j := range s.Conditions {
		names = append(names, j.Name)
		require.Equal(t, objective.Green, j.Rating, "%s: %s", j.Name, j.Reason)
	}
	require.Equal(t, []string{"team commitment", "user adoption", "ability to adapt"}, names)

	d := finished()
	d.Project.Issues[0].Resolved, d.Project.Issues[0].Due = 0, today-1
	d.Indicators.Measures = append(d.Indicators.Measures, kpi.Measure{
		ID: "K-9", Metric: "adoption_rate", Owner: "IT",
		Target: objective.Target{
			Metric: "adoption_rate", Direction: objective.Increase, Baseline: ratio.Int(0), Value: ratio.Int(85),
			From: today - 100, By: today,
		},
		History: []kpi.Measurement{{On: today, Value: ratio.Int(40)}},
	})
	s = statusOf(t, d, today)
	require.Equal(t, objective.Red, s.Conditions[1].Rating)
	require.Contains(t, s.Conditions[1].Reason, "47 % of the way")
	require.Equal(t, objective.Amber, s.Conditions[2].Rating, s.Conditions[2].Reason)
	require.Equal(t, objective.Unrated, statusOf(t, bare(""), today).Conditions[0].Rating, "not covered yet")
}
