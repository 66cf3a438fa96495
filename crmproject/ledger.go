package crmproject

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// Unplanned is the id of the work package that holds unexpected costs, see
// [Project.Ledger].
const Unplanned = "unplanned"

// Ledger returns the budget, the progress of the plan and the costs as a ledger
// of earned value at a date (CP-17, CP-36, CP-37). Each budget line is a work
// package in the control account of its category:
//
//	line with activities      percent complete, from their first planned start to
//	                          their last planned finish; the percentage is that of
//	                          their working days done
//	recurring line            level of effort, over the time of the line
//	other line                0/100: earned on the day on which the line is closed
//	costs without a line      a package without budget, [Unplanned]: they count as
//	                          spent and earn nothing
//
// A line without dates goes over the time of the project. The progress of an
// activity that is not finished counts as reported on asOf. Lines without working
// days are left out; their costs count as unexpected, so that none is lost as long
// as the project has a start and an end. Activities without dates are left out too.
// The ledger is valid if the project is.
func (p *Project) Ledger(asOf calendar.Date) evm.Ledger {
	b := bookkeeper{project: p, asOf: asOf, activities: map[string]*Activity{}, packages: map[string]bool{}}
	b.ledger.Baseline.Calendar = p.WorkingDays()
	var err error
	if b.days, err = p.WorkingDays().Compile(); err != nil {
		return evm.Ledger{}
	}
	for i := range p.Activities {
		if a := &p.Activities[i]; a.dated() {
			b.activities[a.ID] = a
		}
	}
	for i := range p.Budget.Lines {
		b.line(&p.Budget.Lines[i])
	}
	b.costs()
	return b.ledger
}

// A bookkeeper writes a ledger.
type bookkeeper struct {
	project    *Project
	asOf       calendar.Date
	days       *calendar.Working
	activities map[string]*Activity
	packages   map[string]bool
	ledger     evm.Ledger
}

func (b *bookkeeper) line(l *BudgetLine) {
	w := evm.WorkPackage{ID: l.ID, Title: l.Title, Account: l.Category.String(), Budget: l.Planned}
	var work []*Activity
	for _, id := range l.Activities {
		if a := b.activities[id]; a != nil {
			work = append(work, a)
		}
	}
	if len(work) > 0 {
		w.Method = evm.PercentComplete
		w.Start, w.Finish = work[0].Start, work[0].Finish
		for _, a := range work {
			w.Start, w.Finish = min(w.Start, a.Start), max(w.Finish, a.Finish)
		}
	} else {
		w.Method = evm.ZeroHundred
		if l.Recurrence == Recurring {
			w.Method = evm.LevelOfEffort
		}
		w.Start, w.Finish = cmp.Or(l.From, b.project.Start), cmp.Or(l.Until, b.project.End)
	}
	switch {
	case !b.add(w):
	case len(work) > 0:
		b.progress(l.ID, work)
	case w.Method == evm.ZeroHundred && l.Closed.IsValid():
		b.report(l.ID, l.Closed, ratio.Int(1))
	}
}

func (b *bookkeeper) report(id string, on calendar.Date, share ratio.Ratio) {
	b.ledger.Progress = append(b.ledger.Progress, evm.Progress{Package: id, On: on, Percent: share})
}

// add adds a package that has days to be worked on.
func (b *bookkeeper) add(w evm.WorkPackage) bool {
	n, ok := b.days.CountIn(calendar.Interval{From: w.Start, Until: w.Finish})
	if w.ID == "" || b.packages[w.ID] || !w.Start.IsValid() || !w.Finish.IsValid() || !ok || n < 1 {
		return false
	}
	b.packages[w.ID] = true
	b.ledger.Baseline.Packages = append(b.ledger.Baseline.Packages, w)
	return true
}

// progress reports a package on each day on which one of its activities was
// finished, and today.
func (b *bookkeeper) progress(id string, work []*Activity) {
	var on []calendar.Date
	for _, a := range work {
		if a.Done(b.asOf) {
			on = append(on, a.ActualFinish)
		}
	}
	on = append(on, b.asOf)
	slices.Sort(on)
	for _, day := range slices.Compact(on) {
		if !day.IsValid() {
			continue
		}
		if share := b.share(work, day); share.Sign() > 0 {
			b.report(id, day, share)
		}
	}
}

// share returns how many of the working days of activities are done on a day.
func (b *bookkeeper) share(work []*Activity, day calendar.Date) ratio.Ratio {
	done, all := ratio.Int(0), int64(0)
	for _, a := range work {
		days := int64(a.duration(b.days))
		all += days
		switch {
		case a.Done(day):
			done = done.Add(ratio.Int(days))
		case day == b.asOf && a.Started(day) && a.Progress.Defined():
			done = done.Add(a.Progress.Mul(ratio.Int(days)))
		}
	}
	return done.Quo(ratio.Int(all))
}

// costs books the costs on their lines.
func (b *bookkeeper) costs() {
	for _, c := range b.project.Budget.Costs {
		id := c.Line
		if !b.packages[id] {
			id = Unplanned
			b.add(evm.WorkPackage{
				ID: id, Title: "Unexpected costs", Budget: money.FromMinor(0, b.project.Budget.Total.Currency()), Method: evm.ZeroHundred,
				Start: b.project.Start, Finish: b.project.End,
			})
		}
		if b.packages[id] {
			b.ledger.Costs = append(b.ledger.Costs, evm.Cost{Package: id, On: c.On, Amount: c.Amount, Note: c.Note})
		}
	}
}
