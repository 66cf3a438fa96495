package control

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
)

// A Request says who asks for an action, and what nobody can compute: what it does
// to quality and risk. "none" is an answer, empty is not.
type Request struct {
	Change  string // id of the change
	By      string
	On      calendar.Date // the day up to which progress counts
	Reason  string
	Source  crmproject.ChangeSource // zero: a deviation
	Quality string
	Risk    string
	Risks   []string // ids of the risks that it raises, changes or closes
}

// Propose returns an action as a change to a project, assessed and ready to be
// approved (CP-27, CP-35): new dates for what is not finished, a new end if the
// action relaxes the deadline, the prices on their lines, what leaves the scope, and
// the impacts in words. The project is unchanged.
//
// The error lists every fault of the action and the request, or what the network
// has against them.
func Propose(p *crmproject.Project, a Action, r Request) (crmproject.Change, error) {
	_, change, err := propose(p, a, r)
	return change, err
}

// An outcome is the plan that an action leads to.
type outcome struct {
	before, after *schedule.Plan
}

func propose(p *crmproject.Project, a Action, r Request) (outcome, crmproject.Change, error) {
	none := crmproject.Change{}
	var f verdict.Faults
	f.Add("action", a.Validate())
	for _, x := range []struct{ path, text string }{{"request.change", r.Change}, {"request.by", r.By}} {
		if x.text == "" {
			f.Missing(x.path)
		}
	}
	requireDay(&f, "request.on", r.On)
	f.Add("project", p.Validate())
	if err := f.Err(); err != nil {
		return outcome{}, none, fmt.Errorf("control: propose: %w", err)
	}
	o, due, err := outcomeOf(p, a, r.On)
	if err != nil {
		return outcome{}, none, fmt.Errorf("control: propose: %w", err)
	}
	delta, err := deltaOf(p, a, o, due)
	if err != nil {
		return outcome{}, none, fmt.Errorf("control: propose: %w", err)
	}
	delta.Risks = slices.Clone(r.Risks)
	cost, err := delta.Cost()
	if err != nil {
		return outcome{}, none, fmt.Errorf("control: propose: %w", err)
	}
	change := crmproject.Change{
		ID: r.Change, Title: a.Title, Adjustments: a.Adjustments(), Source: r.Source, Reason: r.Reason,
		State: crmproject.ChangeAssessed, RequestedBy: r.By, RequestedOn: r.On, Delta: delta,
		Impact: crmproject.Impact{
			Scope: "none", Schedule: o.words(due), Cost: cost.String(), Quality: r.Quality, Risk: r.Risk,
			Days: delta.Days(p.End), Amount: cost,
		},
	}
	if change.Source == 0 {
		change.Source = crmproject.FromDeviation
	}
	if given := a.Given(); len(given) > 0 {
		change.Impact.Scope = "gives up " + strings.Join(given, ", ")
	}
	if base, ok := p.Baseline(); ok {
		change.Against = base.Number
	}
	return o, change, nil
}

// outcomeOf plans the project without and with the action, and returns the new
// end, none if it stays.
func outcomeOf(p *crmproject.Project, a Action, asOf calendar.Date) (outcome, calendar.Date, error) {
	c := CourseOf(p, kpi.Scorecard{}, risk.Register{}, asOf)
	if len(c.Baseline.Activities) == 0 {
		return outcome{}, 0, fmt.Errorf("activities: %w", verdict.ErrMissing)
	}
	if err := milestonesStay(c.Baseline, a); err != nil {
		return outcome{}, 0, err
	}
	s := scenario{network: c.Baseline, status: c.Status}
	before, err := forecast(s.network, c.Start, s.status)
	if err != nil {
		return outcome{}, 0, err
	}
	next, err := s.with(a)
	if err != nil {
		return outcome{}, 0, err
	}
	after, err := forecast(next.network, c.Start, next.status)
	if err != nil {
		return outcome{}, 0, err
	}
	if due := dueOf(next.network, after); slices.ContainsFunc(a.Effects, func(e Effect) bool { return e.Kind == RelaxDeadline }) {
		return outcome{before, after}, due, nil
	}
	return outcome{before, after}, 0, nil
}

// milestonesStay refuses effects that make or take away milestones: those of a
// project are its own, and are not among its activities.
func milestonesStay(d schedule.Definition, a Action) error {
	var f verdict.Faults
	for i, e := range a.Effects {
		at := verdict.At("effects", i)
		if e.Kind == InsertActivity && e.Insert.Duration < 1 {
			f.Addf(at+".insert.duration", "%d: %w", e.Insert.Duration, verdict.ErrRange)
		}
		k := slices.IndexFunc(d.Activities, func(x schedule.Activity) bool { return x.ID == e.Activity })
		if k >= 0 && d.Activities[k].Kind == schedule.Milestone {
			f.Addf(at+".activity", "%w: %s is a milestone", verdict.ErrInvalid, verdict.Quote(e.Activity))
		}
	}
	return f.Err()
}

func (o outcome) words(due calendar.Date) string {
	text := fmt.Sprintf("finish %s instead of %s", o.after.Finish(), o.before.Finish())
	if due != 0 {
		text += fmt.Sprintf(", due %s", due)
	}
	return text
}

// deltaOf returns what the action does to the plan of the project.
func deltaOf(p *crmproject.Project, a Action, o outcome, due calendar.Date) (crmproject.Delta, error) {
	d := crmproject.Delta{End: due}
	if due == p.End {
		d.End = 0
	}
	for _, x := range p.Activities {
		if t, ok := o.after.Timing(x.ID); ok && t.State != schedule.Finished && (t.Start != x.Start || t.Finish != x.Finish) {
			d.Activities = append(d.Activities, crmproject.ActivityDates{ID: x.ID, Start: t.Start, Finish: t.Finish})
		}
	}
	for _, x := range p.Milestones {
		t, ok := o.after.Timing(placeOf(x.ID))
		if ok && t.State != schedule.Finished && t.Finish != x.Due {
			d.Milestones = append(d.Milestones, crmproject.MilestoneDate{ID: x.ID, Due: t.Finish})
		}
	}
	if base, ok := p.Baseline(); ok {
		for _, id := range a.Given() {
			if slices.Contains(base.Scope, id) {
				d.DropScope = append(d.DropScope, id)
			}
		}
	}
	for _, price := range a.Costs {
		if err := price.book(p, a, &d); err != nil {
			return d, err
		}
	}
	if a.funding() != FromContingency {
		return d, nil
	}
	cost, err := a.Cost()
	if err == nil {
		d.Contingency, err = cost.Neg()
	}
	return d, err
}

// placeOf is the id of a milestone in the network of a project.
func placeOf(milestone string) string { return "milestone " + milestone }

// book puts a price on its line, or on a new one, which several prices may share.
func (x Price) book(p *crmproject.Project, a Action, d *crmproject.Delta) error {
	if slices.ContainsFunc(p.Budget.Lines, func(l crmproject.BudgetLine) bool { return l.ID == x.Line }) {
		d.Lines = append(d.Lines, crmproject.LineMove{Line: x.Line, By: x.Amount})
		return nil
	}
	if i := slices.IndexFunc(d.NewLines, func(l crmproject.BudgetLine) bool { return l.ID == x.Line }); i >= 0 {
		sum, err := d.NewLines[i].Planned.Add(x.Amount)
		d.NewLines[i].Planned = sum
		return err
	}
	line := crmproject.BudgetLine{
		ID: x.Line, Title: x.Title, Category: x.Category, Recurrence: crmproject.OneOff, Planned: x.Amount,
	}
	if line.Title == "" {
		line.Title = a.Title
	}
	if line.Category == 0 {
		line.Category = crmproject.OtherCost
	}
	d.NewLines = append(d.NewLines, line)
	return nil
}
