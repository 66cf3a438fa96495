package audit_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/stakeholder"
)

// busy returns the sample with one thing of each kind due three days from today,
// and undone.
func busy() *audit.Dossier {
	d := finished()
	due, p := today+3, &d.Project
	p.Activities[27].Finish, p.Activities[27].ActualFinish = due, 0
	p.Milestones[4].Due, p.Milestones[4].Achieved = due, 0
	p.Waves[1].Planned, p.Waves[1].Live = due, 0
	p.Build[3].Due, p.Build[3].Built = due, 0
	p.Migrations[1].Due, p.Migrations[1].Reconciled = due, 0
	p.Trainings[1].Planned, p.Trainings[1].Held = due, 0
	p.Acceptance[0].Due, p.Acceptance[0].Conditions[0].Done = due, 0
	p.Transition[0].Due, p.Transition[0].Done = due, 0
	p.Routines[0].Runs = []crmproject.RoutineRun{{On: day("2027-11-18")}}
	p.Issues[0].Due, p.Issues[0].Resolved = due, 0
	register := &d.Stakeholders.Register
	register.Plan[2].Rhythm = stakeholder.Rhythm{Start: due}
	register.Contacts = slices.DeleteFunc(register.Contacts, func(c stakeholder.Contact) bool { return c.Communication == "COM-3" })
	register.Stakeholders[5].Engagement.Actions = []stakeholder.Action{{What: "call", Owner: "S-5", Due: due}}
	d.Risks.Risks[0].Review.Next = due
	d.Risks.Risks[0].Responses = append(d.Risks.Risks[0].Responses, risk.Response{
		ID: "A2", Strategy: risk.Mitigate, Owner: "S-3", Due: due, Status: risk.ResponsePlanned,
	})
	return d
}

var busyTasks = []audit.Task{
	{Kind: "activity", What: "finish: celebrate achievements", Who: "Rita Okafor", Subject: "project.activities[A-CL-6]"},
	{Kind: "build", What: "build: Joiners and leavers", Who: "Rita Okafor", Subject: "project.build[B-4]"},
	{Kind: "engagement", What: "call (Key accounts)", Who: "Dana Fox", Subject: "stakeholders.register.stakeholders[S-6].engagement.actions[0]"},
	{Kind: "handover", What: "hand over: user support", Who: "service desk", Subject: "project.transition[H-1]"},
	{Kind: "issue", What: "resolve: Search is slow", Who: "Rita Okafor", Subject: "project.issues[I-1]"},
	{Kind: "message", What: "hear customers", Who: "Dana Fox", Subject: "stakeholders.register.plan[COM-3]"},
	{Kind: "migration", What: "reconcile: Cases", Who: "Rita Okafor", Subject: "project.migrations[MI-2]"},
	{Kind: "milestone", What: "Final report delivered", Who: "Rita Okafor", Subject: "project.milestones[M-5]"},
	{Kind: "risk response", What: "mitigate: Sales stays with spreadsheets", Who: "Ben Kaya", Subject: "risks.risks[K-1].responses[A2]"},
	{Kind: "risk review", What: "review the risk: Sales stays with spreadsheets", Who: "Ben Kaya", Subject: "risks.risks[K-1]"},
	{Kind: "routine", What: "performance", Who: "Rita Okafor", Subject: "project.routines[RO-performance]"},
	{Kind: "sign-off", What: "sign off: CRM in production", Who: "Anna Berg", Subject: "project.acceptance[AC-1]"},
	{Kind: "training", What: "One queue for all channels", Subject: "project.trainings[T-2]"},
	{Kind: "wave", What: "go live: All branches", Subject: "project.waves[W-2]"},
}

// TestAgenda: everything that is due, of every kind, on its day and not before,
// overdue after it, and gone once it is done.
func TestAgenda(t *testing.T) {
	require.Empty(t, finished().Agenda(today, today+1), "what is done does not appear")
	d := busy()
	require.Empty(t, d.Agenda(today, today+2))
	for asOf, overdue := range map[calendar.Date]bool{today: false, today + 3: false, today + 4: true} {
		want := slices.Clone(busyTasks)
		for i := range want {
			want[i].Due, want[i].Overdue = today+3, overdue
		}
		require.Equal(t, want, d.Agenda(asOf, today+4))
	}
}

// TestAgendaOrder: by date, then by kind, then by subject; what is done later is
// still to be done.
func TestAgendaOrder(t *testing.T) {
	d := after(2)
	agenda := d.Agenda(day(charterDay), day(endDay))
	require.True(t, slices.IsSortedFunc(agenda, func(a, b audit.Task) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject))
	}))
	kinds := map[string]int{}
	for _, task := range agenda {
		kinds[task.Kind]++
		require.False(t, task.Overdue)
		require.GreaterOrEqual(t, task.Due, day(charterDay))
	}
	require.Equal(t, 24, kinds["activity"], "those of initiation are done")
	require.Equal(t, 4, kinds["milestone"])
	require.Equal(t, 4, kinds["build"])
	require.Equal(t, 6, kinds["routine"])
	require.Equal(t, 2, kinds["wave"])
}

// TestAgendaOfWhatCannotBeNamed: an owner who is nobody's id is shown as written,
// and so is an entity.
func TestAgendaOfWhatCannotBeNamed(t *testing.T) {
	d := busy()
	d.Project.Activities[27].Owner, d.Project.Migrations[1].Entity = "the intern", "old mails"
	d.Project.Acceptance[0].By = "S-6"
	agenda := d.Agenda(today, today+3)
	require.Equal(t, "the intern", agenda[0].Who)
	require.Equal(t, "reconcile: old mails", agenda[6].What)
	require.Equal(t, "Key accounts", agenda[11].Who)
}

// TestEvents: the news of a project, in the order of their kinds; the start of the
// life cycle is none, and nothing that is still to come (ST-16, RI-12, SC-26).
func TestEvents(t *testing.T) {
	d := finished()
	ids := func(on calendar.Date) []string {
		var all []string
		for _, e := range d.Events(on) {
			all = append(all, e.ID)
		}
		return all
	}
	require.Empty(t, ids(day(charterDay)-1))
	require.Equal(t, []string{"phase:planning:2027-02-05"}, ids(day(charterDay)))
	require.Equal(t, []string{
		"phase:planning:2027-02-05", "phase:execution:2027-03-31", "phase:control:2027-10-29", "phase:execution:2027-11-08",
		"phase:control:2027-11-26", "phase:closure:2027-12-03", "CH-1", "I-1",
	}, ids(today))
	d.Project.Changes[0].State = crmproject.ChangeDraft
	events := d.Events(today)
	require.Equal(t, "CH-1", events[6].ID, "the scope has approved it all the same")
	require.Equal(t, day("2027-11-05"), events[6].On)
	d.Scope.Changes = nil
	require.NotContains(t, ids(today), "CH-1")
}
