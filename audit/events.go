package audit

import (
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/stakeholder"
)

// Events returns everything up to asOf that owes stakeholders a message, by
// kind and then in the order of the file: decisions on the life cycle, approved
// changes of plan and scope, risks that have become high, major and critical
// issues (ST-16, RI-12, SC-26). Conflicts that were resolved are known to the
// stakeholder register itself. A contact that names the id of an event delivers
// its message:
//
//	phase decision   phase:planning:2027-02-05
//	change, issue    its id
//	high risk        risk_high:R-07:2027-03-01
func (d *Dossier) Events(asOf calendar.Date) []stakeholder.Event {
	var events []stakeholder.Event
	for _, e := range d.happened(asOf) {
		events = append(events, e.Event)
	}
	return events
}

// An event is one with the path of what it is about.
type event struct {
	stakeholder.Event
	path string
}

func (d *Dossier) happened(asOf calendar.Date) []event {
	var events []event
	add := func(path, id string, kind stakeholder.EventKind, on calendar.Date, subject string) {
		if on.IsValid() && on <= asOf {
			events = append(events, event{stakeholder.Event{ID: id, Kind: kind, On: on, Subject: subject}, path})
		}
	}
	for i, v := range d.Project.State.Visits {
		if v.Seq > 1 { // the start of the life cycle is no news to anybody
			id := "phase:" + string(v.Phase) + ":" + v.Entered.String()
			add(verdict.At("project.state.visits", i), id, stakeholder.PhaseDecision, v.Entered, "the project has entered the phase "+string(v.Phase))
		}
	}
	for _, c := range d.Project.Changes {
		if c.Approved(asOf) {
			add(verdict.Key("project.changes", c.ID), c.ID, stakeholder.ApprovedChange, c.DecidedOn, c.Title)
		}
	}
	for _, c := range d.Scope.Changes {
		if c.Approved() && !d.approved(c.ID, asOf) {
			add(verdict.Key("scope.changes", c.ID), c.ID, stakeholder.ApprovedChange, c.DecidedOn(), c.Title)
		}
	}
	for _, m := range d.Risks.Messages(asOf) {
		x, _ := d.Risks.Risk(m.Risk)
		if strings.HasPrefix(m.Event, risk.EventHigh) && x.Kind == risk.Threat {
			add(riskPath(m.Subject), m.Event, stakeholder.NewHighRisk, m.Since, x.Title)
		}
	}
	for _, i := range d.Project.Issues {
		if i.Severity >= verdict.Major {
			add(verdict.Key("project.issues", i.ID), i.ID, stakeholder.NewHighIssue, i.Opened, i.Title)
		}
	}
	return events
}

// approved reports whether the project itself has approved a change, so that the
// one of the scope with its id is no further news.
func (d *Dossier) approved(id string, asOf calendar.Date) bool {
	return slices.ContainsFunc(d.Project.Changes, func(c crmproject.Change) bool { return c.ID == id && c.Approved(asOf) })
}
