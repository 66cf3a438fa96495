package schedule

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// about returns the path of an activity.
func about(id string) string { return verdict.Key("activities", id) }

// units writes working time for people.
func (p *Plan) units(n int) string {
	unit := "unit"
	if p.dated() {
		unit = "working day"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// end writes when an activity finishes.
func (p *Plan) end(t Timing) string {
	if p.dated() {
		return "on " + t.Finish.String()
	}
	return fmt.Sprintf("at %d", t.EF)
}

func checkDeadlines(f Facts, r *verdict.Reporter) {
	p := f.Plan
	m := p.model
	given := !m.head.Deadline.IsZero()
	if late := p.overdue(); given && late > 0 {
		r.Find("deadline", fmt.Sprintf("The project finishes %s after its deadline %s.", p.units(late), m.head.Deadline),
			"Shorten the critical path, or agree on a later deadline.", p.Critical()...)
	}
	for _, at := range p.sorted(func(at int) bool { return m.states[at] != Finished && !m.at(at).Deadline.IsZero() }) {
		given = true
		a := m.at(int(at))
		limit := m.latest(int(at), FinishNoLater, a.Deadline)
		if late := p.run.float(int(at), limit, p.run.spot[at]); late > 0 {
			path, _ := p.PathTo(a.ID)
			r.Find(about(a.ID), fmt.Sprintf("%s finishes %s, %s after its deadline %s.",
				a.label(), p.end(p.timing(int(at))), p.units(late), a.Deadline),
				"Shorten what drives it, or agree on a later deadline.", path.String())
		}
	}
	if !given {
		r.NotApplicable("there are no deadlines")
	}
}

// overdue returns by how many working units the project misses its deadline.
func (p *Plan) overdue() int {
	which := p.model.standard
	return p.run.clock.rank(which, p.finish) - p.run.clock.rank(which, p.goal)
}

func checkOverloads(f Facts, r *verdict.Reporter) {
	if len(f.Plan.model.head.Resources) == 0 {
		r.NotApplicable("the plan has no resources")
		return
	}
	for _, o := range f.Plan.Overloads() {
		when := fmt.Sprintf("from %s to %s", o.From, o.Until)
		if !f.Plan.dated() {
			when = fmt.Sprintf("from %d to %d", o.Start, o.End)
		}
		r.Find(verdict.Key("resources", o.Resource),
			fmt.Sprintf("%s is needed with %d units %s, and there are %d.", o.Resource, o.Units, when, o.Capacity),
			"Move one of the activities within its float, or add resources.", o.Activities...)
	}
}

func checkSequence(f Facts, r *verdict.Reporter) {
	m := f.Plan.model
	if m.starts == nil {
		r.NotApplicable("nothing was reported")
		return
	}
	for _, at := range f.Plan.sorted(func(at int) bool { return m.states[at] != NotStarted }) {
		for e := m.first[at]; e < m.first[at+1]; e++ {
			if m.jumped(e) {
				l := m.link(int(at), e)
				r.Find(about(l.To), fmt.Sprintf("%s went ahead of %s, against the link %s.", l.To, l.From, l),
					"Correct the reported dates, or the link if it is not how the work is done.")
			}
		}
	}
}

// jumped reports whether link e was not kept by what was reported. Lags are left
// out of account.
func (m *model) jumped(e int32) bool {
	i, j, t := m.from[e], m.to[e], m.typeOf(e)
	there, met := m.starts[j], m.states[i] == Finished
	behind := m.ends[i]
	if t.toFinish() {
		if m.states[j] != Finished {
			return false
		}
		there = m.ends[j]
	}
	if t.fromStart() {
		behind, met = m.starts[i], m.states[i] != NotStarted
	}
	return !met || behind > there
}

func checkDangling(f Facts, r *verdict.Reporter) {
	p := f.Plan
	m := p.model
	var in, tiedStart, out, tiedFinish = make([]bool, m.Len()), make([]bool, m.Len()), make([]bool, m.Len()), make([]bool, m.Len())
	for e := range m.from {
		i, j, t := m.from[e], m.to[e], m.typeOf(int32(e))
		in[j], out[i] = true, true
		tiedStart[j] = tiedStart[j] || !t.toFinish()
		tiedFinish[i] = tiedFinish[i] || !t.fromStart()
	}
	for _, at := range p.sorted(func(at int) bool { return p.work(at) && m.states[at] != Finished }) {
		a := m.at(int(at))
		if in[at] && !tiedStart[at] && m.states[at] == NotStarted {
			r.Find(about(a.ID), fmt.Sprintf("The start of %s waits for nothing.", a.label()), "Link what has to be there before it can start.")
		}
		if out[at] && !tiedFinish[at] {
			r.Find(about(a.ID), fmt.Sprintf("Nothing waits for the finish of %s.", a.label()), "Link what cannot go on before it is finished.")
		}
	}
}

func checkMilestones(f Facts, r *verdict.Reporter) {
	for _, k := range f.Plan.model.kinds {
		if k != Work {
			return
		}
	}
	r.Find("activities", "The plan has no milestone.", "Add one for each result that others wait for, such as the decision to go live.")
}

func checkSlip(f Facts, r *verdict.Reporter) {
	if f.Baseline == nil {
		r.Unassessed("there is no baseline")
		return
	}
	d := Compare(f.Baseline, f.Plan)
	if d.Delay <= 0 {
		return
	}
	path := ""
	for critical := range f.Plan.CriticalPaths() {
		path = critical.String()
		break
	}
	r.Find("", d.headline(), "Decide on a corrective action: change the timeline, add resources, or change the scope.", path)
}
