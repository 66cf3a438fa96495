package crmproject

import (
	"errors"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Delta is what a change does to the plan, in numbers: the five impacts, ready to
// be applied (CP-35). A change that is paid from the contingency adds to lines what it
// takes from there: it costs something and leaves the approved total as it is.
type Delta struct {
	AddScope    []string        `json:"addScope,omitempty"`  // ids that come into scope
	DropScope   []string        `json:"dropScope,omitempty"` // ids that leave it
	End         calendar.Date   `json:"end,omitzero"`        // new end of the project
	Milestones  []MilestoneDate `json:"milestones,omitempty"`
	Activities  []ActivityDates `json:"activities,omitempty"`
	Lines       []LineMove      `json:"lines,omitempty"`
	NewLines    []BudgetLine    `json:"newLines,omitempty"`
	Contingency money.Amount    `json:"contingency,omitzero"` // added to it; below 0 if the change is paid from it
	Quality     []QualityTarget `json:"quality,omitempty"`    // new targets, and those that replace one of the same id
	DropQuality []string        `json:"dropQuality,omitempty"`
	Risks       []string        `json:"risks,omitempty"` // ids of the risks that it raises, changes or closes
}

// ActivityDates are new planned dates of an activity; one that is not given stays.
type ActivityDates struct {
	ID     string        `json:"id"`
	Start  calendar.Date `json:"start,omitzero"`
	Finish calendar.Date `json:"finish,omitzero"`
}

// A LineMove adds to the planned amount of a budget line, or takes from it.
type LineMove struct {
	Line string       `json:"line"`
	By   money.Amount `json:"by"`
}

// IsZero reports whether the delta changes nothing in the plan and names no risk.
func (d Delta) IsZero() bool { return !d.Effective() && len(d.Risks) == 0 }

// Effective reports whether the delta changes anything in the plan.
func (d Delta) Effective() bool {
	lists := len(d.AddScope) + len(d.DropScope) + len(d.Milestones) + len(d.Activities) +
		len(d.Lines) + len(d.NewLines) + len(d.Quality) + len(d.DropQuality)
	return lists > 0 || d.End.IsValid() || d.Contingency != money.Amount{}
}

// Cost returns what the change costs: what it adds to lines. The error is two
// currencies or a sum that does not fit.
func (d Delta) Cost() (money.Amount, error) {
	moves, err1 := sumOf(d.Lines, func(m LineMove) money.Amount { return m.By })
	lines, err2 := sumOf(d.NewLines, func(l BudgetLine) money.Amount { return l.Planned })
	cost, err3 := moves.Add(lines)
	return cost, errors.Join(err1, err2, err3)
}

// Total returns by how much the delta moves the approved total: its cost and what
// it adds to the contingency.
func (d Delta) Total() (money.Amount, error) {
	cost, err1 := d.Cost()
	total, err2 := cost.Add(d.Contingency)
	return total, errors.Join(err1, err2)
}

// Days returns by how many days the delta moves the end of the project from the
// given one, below 0 if earlier.
func (d Delta) Days(end calendar.Date) int {
	days, ok := d.End.DaysSince(end)
	if !ok {
		return 0
	}
	return days
}

// apply changes the plan of a project that owns its lists. Every fault is recorded
// below at; the project is then of no use.
func (d Delta) apply(p *Project, at string, faults *verdict.Faults) {
	by, err := d.Total()
	faults.Add(at, err)
	d.applyDates(p, at, faults)
	d.applyLines(p, at, faults)
	total, err := p.Budget.Total.Add(by)
	faults.Add(at, err)
	if p.Charter.Budget == p.Budget.Total {
		p.Charter.Budget = total
	}
	p.Budget.Total = total
	p.Budget.Contingency, err = p.Budget.Contingency.Add(d.Contingency)
	faults.Add(at+".contingency", err)
	for i, id := range d.DropQuality {
		was := len(p.Quality)
		if p.Quality = slices.DeleteFunc(p.Quality, func(q QualityTarget) bool { return q.ID == id }); len(p.Quality) == was {
			faults.Unknown(verdict.At(at+".dropQuality", i), id)
		}
	}
	for _, q := range d.Quality {
		if i := slices.IndexFunc(p.Quality, func(o QualityTarget) bool { return o.ID == q.ID }); i >= 0 {
			p.Quality[i] = q
		} else {
			p.Quality = append(p.Quality, q)
		}
	}
}

func (d Delta) applyDates(p *Project, at string, faults *verdict.Faults) {
	if d.End.IsValid() {
		if p.Charter.End == p.End {
			p.Charter.End = d.End
		}
		p.End = d.End
	}
	for i, move := range d.Milestones {
		if k := slices.IndexFunc(p.Milestones, func(m Milestone) bool { return m.ID == move.ID }); k >= 0 {
			p.Milestones[k].Due = move.Due
		} else {
			faults.Unknown(verdict.At(at+".milestones", i)+".id", move.ID)
		}
	}
	for i, move := range d.Activities {
		k := slices.IndexFunc(p.Activities, func(a Activity) bool { return a.ID == move.ID })
		if k < 0 {
			faults.Unknown(verdict.At(at+".activities", i)+".id", move.ID)
			continue
		}
		a := &p.Activities[k]
		if move.Start.IsValid() {
			a.Start = move.Start
		}
		if move.Finish.IsValid() {
			a.Finish = move.Finish
		}
	}
}

func (d Delta) applyLines(p *Project, at string, faults *verdict.Faults) {
	for i, move := range d.Lines {
		here := verdict.At(at+".lines", i)
		k := slices.IndexFunc(p.Budget.Lines, func(l BudgetLine) bool { return l.ID == move.Line })
		if k < 0 {
			faults.Unknown(here+".line", move.Line)
			continue
		}
		planned, err := p.Budget.Lines[k].Planned.Add(move.By)
		faults.Add(here+".by", err)
		p.Budget.Lines[k].Planned = planned
	}
	p.Budget.Lines = append(p.Budget.Lines, d.NewLines...)
}

// scope returns the ids in scope after the delta, sorted.
func (d Delta) scope(was []string, at string, faults *verdict.Faults) []string {
	now := slices.Clone(was)
	for i, id := range d.DropScope {
		k := slices.Index(now, id)
		if k < 0 {
			faults.Unknown(verdict.At(at+".dropScope", i), id)
			continue
		}
		now = slices.Delete(now, k, k+1)
	}
	for i, id := range d.AddScope {
		if slices.Contains(now, id) {
			faults.Duplicate(verdict.At(at+".addScope", i), id)
			continue
		}
		now = append(now, id)
	}
	slices.Sort(now)
	return now
}
