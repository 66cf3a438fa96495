package audit

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Task is one dated thing to be done.
type Task struct {
	Due     calendar.Date `json:"due"`
	Kind    string        `json:"kind"` // "milestone", "activity", "message", …
	What    string        `json:"what"`
	Who     string        `json:"who,omitempty"` // name of the one who is to do it
	Subject string        `json:"subject"`       // path in the dossier
	Overdue bool          `json:"overdue,omitempty"`
}

// Agenda returns what is due from asOf to the day until, and what is overdue, by
// date, then by kind and subject: activities to finish, milestones, waves,
// trainings, work to be built, routines, issues, messages, risk reviews and
// responses, sign-offs, handovers. What is done does not appear.
func (d *Dossier) Agenda(asOf, until calendar.Date) []Task {
	a := agenda{d: d, asOf: asOf, until: until}
	a.plan()
	a.work()
	a.operation()
	a.people()
	a.risks()
	slices.SortStableFunc(a.tasks, func(x, y Task) int {
		return cmp.Or(cmp.Compare(x.Due, y.Due), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Subject, y.Subject))
	})
	return a.tasks
}

type agenda struct {
	d           *Dossier
	asOf, until calendar.Date
	tasks       []Task
}

// add takes down a task unless it is done by asOf, has no date, or is due later.
func (a *agenda) add(due, done calendar.Date, kind, what, who, subject string) {
	if !due.IsValid() || due > a.until || (done.IsValid() && done <= a.asOf) {
		return
	}
	a.tasks = append(a.tasks, Task{due, kind, what, a.d.person(who), subject, due < a.asOf})
}

func (a *agenda) plan() {
	p := &a.d.Project
	for _, x := range p.Activities {
		a.add(x.Finish, x.ActualFinish, "activity", "finish: "+x.Title, x.Owner, verdict.Key("project.activities", x.ID))
	}
	for _, x := range p.Milestones {
		a.add(x.Due, x.Achieved, "milestone", x.Title, x.Owner, verdict.Key("project.milestones", x.ID))
	}
	for _, x := range p.Waves {
		a.add(x.Planned, x.Live, "wave", "go live: "+x.Title, "", verdict.Key("project.waves", x.ID))
	}
}

func (a *agenda) work() {
	p := &a.d.Project
	for _, x := range p.Build {
		a.add(x.Due, x.Built, "build", "build: "+x.Title, x.Owner, verdict.Key("project.build", x.ID))
	}
	for _, x := range p.Migrations {
		a.add(x.Due, x.Reconciled, "migration", "reconcile: "+a.d.entity(x.Entity), x.Owner, verdict.Key("project.migrations", x.ID))
	}
	for _, x := range p.Trainings {
		a.add(x.Planned, x.Held, "training", x.Title, "", verdict.Key("project.trainings", x.ID))
	}
	for _, x := range p.Acceptance {
		done := calendar.Date(0)
		if x.Signed(a.asOf) {
			done = x.On
		}
		a.add(x.Due, done, "sign-off", "sign off: "+x.Deliverable, x.By, verdict.Key("project.acceptance", x.ID))
	}
	for _, x := range p.Transition {
		a.add(x.Due, x.Done, "handover", "hand over: "+x.What, x.To, verdict.Key("project.transition", x.ID))
	}
}

func (a *agenda) operation() {
	p := &a.d.Project
	for _, x := range p.Routines {
		a.add(x.Due(a.asOf), 0, "routine", x.Title, x.Owner, verdict.Key("project.routines", x.ID))
	}
	for _, x := range p.Issues {
		if x.Open(a.asOf) {
			a.add(x.Due, 0, "issue", "resolve: "+x.Title, x.Owner, verdict.Key("project.issues", x.ID))
		}
	}
}

func (a *agenda) people() {
	register := a.d.Stakeholders.Register
	for i, due := range register.Due(a.asOf) {
		c := register.Plan[i]
		a.add(due.Next, 0, "message", c.Purpose, c.Owner, verdict.Join("stakeholders.register", verdict.Key("plan", c.ID)))
	}
	for _, s := range register.Stakeholders {
		for i, x := range s.Engagement.Actions {
			at := verdict.At(verdict.Join("stakeholders.register", verdict.Key("stakeholders", s.ID))+".engagement.actions", i)
			a.add(x.Due, x.Done, "engagement", x.What+" ("+s.Name+")", x.Owner, at)
		}
	}
}

func (a *agenda) risks() {
	register := a.d.Risks
	for _, x := range register.ReviewsDue(a.asOf, a.until) {
		if r, ok := register.Risk(x.Risk); ok {
			a.add(x.Due, 0, "risk review", "review the risk: "+r.Title, r.Owner, riskPath(verdict.Key("risks", r.ID)))
		}
	}
	for _, r := range register.Active(a.asOf) {
		for _, x := range r.Responses {
			if x.Open() {
				at := verdict.Key(riskPath(verdict.Key("risks", r.ID))+".responses", x.ID)
				a.add(x.Due, 0, "risk response", x.Strategy.String()+": "+r.Title, x.Owner, at)
			}
		}
	}
}
