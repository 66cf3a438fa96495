package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Approval is the decision to carry out a change.
type Approval struct {
	Change string // id of the change
	By     string
	On     calendar.Date
	Reason string
}

// Approve returns the project with the change approved, its delta applied to the
// plan, and the plan kept as the next baseline: an approved change is the new
// baseline (CP-35). Charter budget and end follow if they were those of the plan.
//
// It does all of it or nothing. The project itself is never changed; the new one
// shares with it what is not changed. The error has every fault, located by path:
// the change must be assessed in all five impacts, against the baseline in force,
// by figures that agree with its delta; somebody other than its requester approves
// it, not before it was requested; and the plan that comes of it must be valid.
func (p *Project) Approve(a Approval) (*Project, error) {
	var faults verdict.Faults
	i := slices.IndexFunc(p.Changes, func(c Change) bool { return c.ID == a.Change })
	if i < 0 {
		faults.Unknown("changes", a.Change)
	}
	base, ok := p.Baseline()
	if !ok {
		faults.Add("baselines", ErrNoBaseline)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	at, c := verdict.At("changes", i), p.Changes[i]
	c.approvable(a, base, at, &faults)
	c.agrees(p.End, at, &faults)
	next := p.owned()
	c.Delta.apply(next, at+".delta", &faults)
	scope := c.Delta.scope(base.Scope, at+".delta", &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b, err := next.picture()
	faults.Add("budget.lines", err)
	b.Number, b.On, b.By, b.Change, b.Reason = base.Number+1, a.On, a.By, c.ID, a.Reason
	b.Scope, b.Previous = scope, base.Digest()
	c.State, c.DecidedBy, c.DecidedOn, c.Baseline = ChangeApproved, a.By, a.On, b.Number
	next.Changes[i] = c
	next.Baselines = append(next.Baselines, b)
	faults.Add("", next.Validate())
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return next, nil
}

// owned returns a copy of the project with its own lists of whatever a delta may
// change.
func (p *Project) owned() *Project {
	next := *p
	next.Changes = slices.Clone(p.Changes)
	next.Baselines = slices.Clone(p.Baselines)
	next.Milestones = slices.Clone(p.Milestones)
	next.Activities = slices.Clone(p.Activities)
	next.Quality = slices.Clone(p.Quality)
	next.Budget.Lines = slices.Clone(p.Budget.Lines)
	return &next
}

// approvable records why the change cannot be approved as it is.
func (c Change) approvable(a Approval, base Baseline, at string, faults *verdict.Faults) {
	if c.State != ChangeAssessed {
		faults.Addf(at+".state", "%w: it is %s", ErrState, c.State)
	}
	for _, part := range c.Impact.Unassessed() {
		faults.Missing(at + ".impact." + part)
	}
	if c.Against != 0 && c.Against != base.Number {
		faults.Addf(at+".against", "%w: assessed against %d, in force is %d", ErrStale, c.Against, base.Number)
	}
	required(faults, "approval.by", a.By != "")
	required(faults, "approval.on", a.On.IsValid())
	if a.By != "" && a.By == c.RequestedBy {
		faults.Addf("approval.by", "%w: %s", ErrOwn, verdict.Quote(a.By))
	}
	if since := max(c.RequestedOn, base.On); a.On.IsValid() && a.On < since {
		faults.Addf("approval.on", "%w: %s is before %s", ErrBackdated, a.On, since)
	}
	if !c.Delta.Effective() {
		faults.Add(at+".delta", ErrNoEffect)
	}
}

// agrees records where the figures of the impact are not those of the delta; end
// is that of the plan.
func (c Change) agrees(end calendar.Date, at string, faults *verdict.Faults) {
	if days := c.Delta.Days(end); days != c.Impact.Days {
		faults.Addf(at+".impact.days", "%w: %d assessed, %d applied", ErrImpact, c.Impact.Days, days)
	}
	cost, err := c.Delta.Cost()
	if err != nil {
		return // recorded where it is applied
	}
	if same, err := sameAmount(cost, c.Impact.Amount); err != nil || !same {
		faults.Addf(at+".impact.amount", "%w: %s assessed, %s applied", ErrImpact, c.Impact.Amount, cost)
	}
}

func sameAmount(a, b money.Amount) (bool, error) {
	order, err := a.Cmp(b)
	return order == 0, err
}
