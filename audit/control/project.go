package control

import (
	"reflect"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
)

// CourseOf returns the course of a project at a day: its activities and milestones
// as the baseline, its progress, its budget with earned value, and what the wings
// know. Charts are to be added by the caller. A project without activities that have
// dates has a course without a network.
//
// The deadline and the planned dates are those that were agreed on in the baseline in
// force, whatever the project says now: dates that were edited without an approved
// change are the plan that work goes by, and deviate. So without a baseline, or by one
// that holds no dates of activities, what is planned is taken as agreed.
//
// The ids of milestones in the network begin with "milestone ", see
// [crmproject.Project.Schedule].
func CourseOf(p *crmproject.Project, s kpi.Scorecard, r risk.Register, asOf calendar.Date) Course {
	c := Course{Start: p.Start, Budget: p.Budget, Scorecard: s, Register: r}
	if d := p.Schedule(); len(d.Activities) > 0 {
		if end := agreedEnd(p, asOf); end != 0 {
			d.Deadline = schedule.On(end)
		}
		c.Baseline, c.Status = d, p.Status(asOf)
		if agreed, ok := p.Agreed(asOf); ok && !reflect.DeepEqual(agreed, d) {
			c.Baseline, c.Plan = agreed, d
		}
	}
	if l := p.Ledger(asOf); len(l.Baseline.Packages) > 0 {
		c.Ledger = l
	}
	return c
}

// agreedEnd returns the end of the project by the baseline in force on a day, none
// without one.
func agreedEnd(p *crmproject.Project, asOf calendar.Date) calendar.Date {
	for _, b := range slices.Backward(p.Baselines) {
		if b.On <= asOf {
			return b.End
		}
	}
	return 0
}
