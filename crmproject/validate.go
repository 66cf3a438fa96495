package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Validate reports every fault of the project as input, located by path: ids
// that are missing or used twice, references within the project that name
// nothing, dates and numbers that cannot be. What is merely not done yet, or done
// badly, is for the rules. References to requirements, objectives, risks and
// stakeholders lead out of the project; the roof checks them.
func (p *Project) Validate() error {
	var f verdict.Faults
	required(&f, "id", p.ID != "")
	required(&f, "name", p.Name != "")
	required(&f, "kind", p.Kind.IsValid())
	ordered(&f, "end", p.Start, p.End)
	if len(p.Lifecycle.Outline.Phases) > 0 {
		f.Add("lifecycle", p.Lifecycle.Validate())
	}
	if !p.standardWeek() {
		_, err := p.Calendar.Compile()
		f.Add("calendar", err)
	}
	p.validateInitiation(&f)
	p.validateTeam(&f)
	p.validatePlan(&f)
	f.Add("budget", p.Budget.Validate())
	p.Selection.validate(&f)
	p.validateWork(&f)
	p.validateOperation(&f)
	p.validateBaselines(&f)
	p.validateClosure(&f)
	p.validateState(&f)
	for i, w := range p.Waivers {
		f.Add(verdict.At("waivers", i), w.Validate())
	}
	return f.Err()
}

// required records that the value at path is missing unless it is given.
func required(f *verdict.Faults, path string, given bool) {
	if !given {
		f.Missing(path)
	}
}

// ordered records that the date at path is before the one it should follow; a
// date that is not given is in order.
func ordered(f *verdict.Faults, path string, first, then calendar.Date) {
	if first.IsValid() && then.IsValid() && then < first {
		f.Addf(path, "%w: %s is before %s", verdict.ErrRange, then, first)
	}
}

// reference records that the id at path names nothing; an empty one is not a
// reference.
func reference(f *verdict.Faults, path, id string, known map[string]bool) {
	if id != "" && !known[id] {
		f.Unknown(path, id)
	}
}

// share records that the ratio at path is not from 0 to 1; one that is not given
// is in order.
func share(f *verdict.Faults, path string, r ratio.Ratio) {
	if r.Defined() && (r.Sign() < 0 || ratio.Int(1).Less(r)) {
		f.Addf(path, "%w: %s, want 0 to 1", verdict.ErrRange, r)
	}
}

func idSet[T any](list []T, id func(T) string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, v := range list {
		set[id(v)] = true
	}
	return set
}

func (p *Project) validateInitiation(f *verdict.Faults) {
	f.IDs("needs", len(p.Needs), func(i int) string { return p.Needs[i].ID })
	for i, n := range p.Needs {
		required(f, verdict.At("needs", i)+".kind", n.Kind.IsValid())
	}
	needs := idSet(p.Needs, func(n Need) string { return n.ID })
	for i, id := range p.Situation.Paramount {
		reference(f, verdict.At("situation.paramount", i), id, needs)
	}
	f.IDs("strategy.components", len(p.Strategy.Components), func(i int) string { return p.Strategy.Components[i].ID })
	f.IDs("charter.criteria", len(p.Charter.Criteria), func(i int) string { return p.Charter.Criteria[i].ID })
	ordered(f, "charter.end", p.Charter.Start, p.Charter.End)
	if p.Charter.Budget.Sign() < 0 {
		f.Addf("charter.budget", "%w: %s is negative", verdict.ErrRange, p.Charter.Budget)
	}
}

func (p *Project) validateTeam(f *verdict.Faults) {
	f.IDs("team.members", len(p.Team.Members), func(i int) string { return p.Team.Members[i].ID })
	reference(f, "team.manager", p.Team.Manager, p.memberIDs())
	f.IDs("resources", len(p.Resources), func(i int) string { return p.Resources[i].ID })
	for i, r := range p.Resources {
		at := verdict.At("resources", i)
		notNegative(f, at+".neededDays", r.Needed)
		notNegative(f, at+".assignedDays", r.Assigned)
		notNegative(f, at+".usedDays", r.Used)
	}
}

func (p *Project) memberIDs() map[string]bool {
	return idSet(p.Team.Members, func(m Member) string { return m.ID })
}

func notNegative(f *verdict.Faults, path string, n int64) {
	if n < 0 {
		f.Addf(path, "%w: %d is negative", verdict.ErrRange, n)
	}
}

func (p *Project) validatePlan(f *verdict.Faults) {
	cycle, members := p.Cycle(), p.memberIDs()
	phases := idSet(cycle.Outline.Phases, func(ph phase.Phase) string { return string(ph.ID) })
	keys := idSet(cycle.Activities, func(k KeyActivity) string { return k.Code })
	ids := idSet(p.Activities, func(a Activity) string { return a.ID })
	f.IDs("activities", len(p.Activities), func(i int) string { return p.Activities[i].ID })
	for i, a := range p.Activities {
		at := verdict.At("activities", i)
		required(f, at+".phase", a.Phase != "")
		reference(f, at+".phase", a.Phase, phases)
		reference(f, at+".key", a.Key, keys)
		reference(f, at+".owner", a.Owner, members)
		for j, id := range a.After {
			reference(f, verdict.At(at+".after", j), id, ids)
		}
		ordered(f, at+".finish", a.Start, a.Finish)
		ordered(f, at+".actualFinish", a.ActualStart, a.ActualFinish)
		share(f, at+".progress", a.Progress)
		notNegative(f, at+".effortDays", a.Effort)
		f.Add(at+".estimate", a.Estimate.Validate())
	}
	if path := p.dependencyCycle(); path != nil {
		f.Add("activities", &CycleError{path})
	}
	f.IDs("milestones", len(p.Milestones), func(i int) string { return p.Milestones[i].ID })
	for i, m := range p.Milestones {
		at := verdict.At("milestones", i)
		reference(f, at+".phase", m.Phase, phases)
		reference(f, at+".owner", m.Owner, members)
		required(f, at+".due", m.Due.IsValid())
		for j, id := range m.After {
			reference(f, verdict.At(at+".after", j), id, ids)
		}
	}
	for i, l := range p.Budget.Lines {
		for j, id := range l.Activities {
			reference(f, verdict.At(verdict.At("budget.lines", i)+".activities", j), id, ids)
		}
	}
}

func (p *Project) validateWork(f *verdict.Faults) {
	members := p.memberIDs()
	waves := idSet(p.Waves, func(w Wave) string { return w.ID })
	f.IDs("build", len(p.Build), func(i int) string { return p.Build[i].ID })
	for i, b := range p.Build {
		at := verdict.At("build", i)
		required(f, at+".kind", b.Kind.IsValid())
		reference(f, at+".wave", b.Wave, waves)
		reference(f, at+".owner", b.Owner, members)
		ordered(f, at+".tested", b.Built, b.Tested)
	}
	f.IDs("migrations", len(p.Migrations), func(i int) string { return p.Migrations[i].ID })
	for i, m := range p.Migrations {
		at := verdict.At("migrations", i)
		reference(f, at+".wave", m.Wave, waves)
		reference(f, at+".owner", m.Owner, members)
		ordered(f, at+".reconciled", m.Loaded, m.Reconciled)
		share(f, at+".completeness", m.Completeness)
		share(f, at+".accuracy", m.Accuracy)
		share(f, at+".threshold", m.Threshold)
	}
	f.IDs("trainings", len(p.Trainings), func(i int) string { return p.Trainings[i].ID })
	for i, t := range p.Trainings {
		at := verdict.At("trainings", i)
		required(f, at+".subject", t.Subject.IsValid())
		reference(f, at+".wave", t.Wave, waves)
		notNegative(f, at+".invited", t.Invited)
		notNegative(f, at+".attended", t.Attended)
	}
	p.validateWaves(f)
}

func (p *Project) validateWaves(f *verdict.Faults) {
	f.IDs("waves", len(p.Waves), func(i int) string { return p.Waves[i].ID })
	for i, w := range p.Waves {
		at := verdict.At("waves", i)
		required(f, at+".kind", w.Kind.IsValid())
		if w.RolledBack.IsValid() {
			required(f, at+".live", w.Live.IsValid())
			ordered(f, at+".rolledBack", w.Live, w.RolledBack)
		}
		for j, g := range w.Groups {
			here := verdict.At(at+".groups", j)
			notNegative(f, here+".users", g.Users)
			notNegative(f, here+".trained", g.Trained)
			if g.Trained > g.Users {
				f.Addf(here+".trained", "%w: %d of %d users", verdict.ErrRange, g.Trained, g.Users)
			}
		}
	}
}

func (p *Project) validateOperation(f *verdict.Faults) {
	members := p.memberIDs()
	waves := idSet(p.Waves, func(w Wave) string { return w.ID })
	issues := idSet(p.Issues, func(i Issue) string { return i.ID })
	f.IDs("routines", len(p.Routines), func(i int) string { return p.Routines[i].ID })
	for i, r := range p.Routines {
		at := verdict.At("routines", i)
		required(f, at+".kind", r.Kind.IsValid())
		required(f, at+".every", r.Every.IsValid())
		required(f, at+".start", r.Start.IsValid())
		reference(f, at+".owner", r.Owner, members)
		ordered(f, at+".until", r.Start, r.Until)
		for j, run := range r.Runs {
			here := verdict.At(at+".runs", j)
			required(f, here+".on", run.On.IsValid())
			for k, id := range run.Issues {
				reference(f, verdict.At(here+".issues", k), id, issues)
			}
		}
	}
	f.IDs("issues", len(p.Issues), func(i int) string { return p.Issues[i].ID })
	for i, issue := range p.Issues {
		at := verdict.At("issues", i)
		required(f, at+".kind", issue.Kind.IsValid())
		required(f, at+".severity", issue.Severity.IsValid())
		required(f, at+".opened", issue.Opened.IsValid())
		reference(f, at+".owner", issue.Owner, members)
		reference(f, at+".wave", issue.Wave, waves)
		ordered(f, at+".resolved", issue.Opened, issue.Resolved)
	}
	p.validateChanges(f)
}

func (p *Project) validateChanges(f *verdict.Faults) {
	f.IDs("changes", len(p.Changes), func(i int) string { return p.Changes[i].ID })
	for i, c := range p.Changes {
		at := verdict.At("changes", i)
		required(f, at+".state", c.State.IsValid())
		required(f, at+".source", c.Source.IsValid())
		required(f, at+".adjustments", len(c.Adjustments) > 0)
		for j, a := range c.Adjustments {
			required(f, verdict.At(at+".adjustments", j), a.IsValid())
		}
		required(f, at+".requestedOn", c.RequestedOn.IsValid())
		ordered(f, at+".decidedOn", c.RequestedOn, c.DecidedOn)
	}
}

func (p *Project) validateClosure(f *verdict.Faults) {
	f.IDs("acceptance", len(p.Acceptance), func(i int) string { return p.Acceptance[i].ID })
	f.IDs("lessons", len(p.Lessons), func(i int) string { return p.Lessons[i].ID })
	phases := idSet(p.Cycle().Outline.Phases, func(ph phase.Phase) string { return string(ph.ID) })
	for i, l := range p.Lessons {
		reference(f, verdict.At("lessons", i)+".phase", l.Phase, phases)
	}
	f.IDs("transition", len(p.Transition), func(i int) string { return p.Transition[i].ID })
	criteria := idSet(p.Charter.Criteria, func(c SuccessCriterion) string { return c.ID })
	for i, c := range p.Review.Criteria {
		at := verdict.At("review.criteria", i)
		required(f, at+".criterion", c.Criterion != "")
		reference(f, at+".criterion", c.Criterion, criteria)
		share(f, at+".met", c.Met)
	}
}

func (p *Project) validateState(f *verdict.Faults) {
	if p.State.Phase == "" {
		return
	}
	if _, ok := p.Cycle().Phase(p.State.Phase); !ok {
		f.Unknown("state.phase", string(p.State.Phase))
	}
	if name := p.Cycle().Outline.Name; p.State.Cycle != "" && p.State.Cycle != name {
		f.Addf("state.cycle", "%w: %s, but the life cycle is %s", verdict.ErrInvalid, verdict.Quote(p.State.Cycle), verdict.Quote(name))
	}
}
