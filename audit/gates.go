package audit

import (
	"slices"
	"sync"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// GateRules returns the built-in gate criteria, by code. Each is a rule over the
// real facts of the dossier and judges them as they are, whatever phase the
// project is in, so that a gate far ahead can be asked what it still lacks. The
// hundreds follow the gates: 000 out of initiation, 100 out of planning, 200 out
// of execution, 300 out of control, 400 out of closure.
func GateRules() []verdict.Rule[Facts] {
	return slices.Concat(charterGate(), planGate(), launchGate(), controlGate(), closureGate())
}

// Bind returns the life cycle of a project with its gates bound to rules: each
// criterion names a gate rule or any other built-in rule by its code. A user with
// rules of his own passes them as extra; his outrank built-in ones of the same
// code. The error is that of phase.Bind.
func Bind(cycle crmproject.Lifecycle, extra ...verdict.Rule[Facts]) (phase.Definition[Facts], error) {
	rules := slices.Clone(extra)
	own := map[verdict.Code]bool{}
	for _, rule := range extra {
		own[rule.Code] = true
	}
	for _, rule := range slices.Concat(GateRules(), Rules()) {
		if !own[rule.Code] {
			rules = append(rules, rule)
		}
	}
	return phase.Bind(cycle.Outline, rules)
}

// WithGates returns the life cycle with the built-in criteria at its gates: each
// transition that leaves a stage, or the whole, gets the criteria of that stage.
// Transitions between phases of one stage, and those that have criteria already,
// stay as they are. So a template of any scheme, mapped on the five stages, gets
// its gates.
func WithGates(cycle crmproject.Lifecycle) crmproject.Lifecycle {
	cycle = cycle.Clone()
	for i := range cycle.Outline.Transitions {
		edge := &cycle.Outline.Transitions[i]
		from, ok := cycle.Stage(edge.From)
		to, inside := cycle.Stage(edge.To)
		if !ok || (inside && to <= from) || len(edge.Criteria) > 0 {
			continue
		}
		if name := gateName(from); edge.Name == "" && !named(cycle.Outline, edge.From, name) {
			edge.Name = name
		}
		edge.Threshold, edge.Criteria = gateThreshold(), gateTerms(from, to, inside)
	}
	return cycle
}

// named reports whether a transition out of a phase has the name already; two of
// one name could not be told apart.
func named(o phase.Outline, from phase.ID, name string) bool {
	return slices.ContainsFunc(o.Transitions, func(e phase.Edge) bool { return e.From == from && e.Name == name })
}

// gateTerms returns the criteria of leaving a stage. A transition that skips
// stages, or ends the life cycle before them, asks for all that lies between.
func gateTerms(from, to crmproject.Stage, inside bool) []phase.Term {
	if !inside {
		to = crmproject.Closure + 1
	}
	var terms []phase.Term
	for stage := from; stage < to; stage++ {
		terms = append(terms, stageTerms(stage)...)
	}
	return terms
}

// Cycle returns the life cycle of the dossier's project with its gates: its own
// criteria where it has any, the built-in ones at the other gates, see
// [WithGates].
func (d *Dossier) Cycle() crmproject.Lifecycle { return WithGates(d.Project.Cycle()) }

// as returns the facts as if the project were in the first phase of a stage, so
// that rules which are only due from there on speak.
func (f Facts) as(stage crmproject.Stage) Facts {
	d := *f.Dossier
	cycle := d.Project.Cycle()
	if phases := cycle.Of(stage); len(phases) > 0 {
		d.enter(phases[0].ID, f.AsOf)
		return Facts{&d, f.AsOf}
	}
	cycle = cycle.Clone()
	cycle.Phases = append(cycle.Phases, crmproject.StagedPhase{Phase: nowhere, Stage: stage})
	d.Project.Lifecycle = cycle
	d.enter(nowhere, f.AsOf)
	return Facts{&d, f.AsOf}
}

// enter puts the project into a phase at a date. What was visited before stays
// known.
func (d *Dossier) enter(id phase.ID, on calendar.Date) {
	d.Project.State.Phase = id
	if visits := d.Project.State.Visits; len(visits) > 0 {
		d.Project.State.Visits = append(slices.Clip(visits), phase.Visit{Phase: id, Entered: on})
	}
}

// nowhere stands for a phase in a stage for which a life cycle has none. No phase
// can have this id.
const nowhere phase.ID = " "

// reuse makes a gate check out of built-in rules: what they find, the gate
// finds. The rules are asked as if the project were in the given stage.
func reuse(stage crmproject.Stage, codes ...verdict.Code) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		at := f.as(stage)
		var idle []string
		for _, code := range codes {
			outcome, findings := builtIn()[code].Run(at)
			if outcome.Status == verdict.NotApplicable {
				idle = append(idle, outcome.Reason)
				continue
			}
			relay(outcome, findings, same, r)
		}
		if len(idle) == len(codes) {
			r.NotApplicable(idle[0])
		}
	}
}

func same(path string) string { return path }

// builtIn indexes the built-in rules by code. It is computed once and not
// written to.
var builtIn = sync.OnceValue(func() map[verdict.Code]verdict.Rule[Facts] {
	index := map[verdict.Code]verdict.Rule[Facts]{}
	for _, rule := range Rules() {
		index[rule.Code] = rule
	}
	return index
})
