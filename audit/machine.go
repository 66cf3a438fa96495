package audit

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// ErrNoGate says that no gate leads out of the phase that the project is in.
var ErrNoGate = errors.New("no gate leads out of the current phase")

// Machine compiles the project's life cycle with its gates bound to rules: the
// built-in ones, and the caller's own as extra. The error has every fault of the
// life cycle, located by path in the dossier, such as a criterion that names a
// rule which nobody has.
func (d *Dossier) Machine(extra ...verdict.Rule[Facts]) (*phase.Machine[Facts], error) {
	definition, err := Bind(d.Cycle(), extra...)
	if err != nil {
		return nil, cycleFaults(err)
	}
	machine, err := phase.Compile(definition)
	if err != nil {
		return nil, cycleFaults(err)
	}
	return machine, nil
}

// cycleFaults locates the faults of a life cycle in the dossier.
func cycleFaults(err error) error {
	var f verdict.Faults
	f.Add("project.lifecycle.outline", err)
	return f.Err()
}

// Gates evaluates every gate out of the current phase at a date, open or closed,
// with the status and reason of each criterion. A project that has not started
// its life cycle is in none.
func (d *Dossier) Gates(asOf calendar.Date, extra ...verdict.Rule[Facts]) ([]phase.Evaluation, error) {
	machine, err := d.Machine(extra...)
	if err != nil {
		return nil, err
	}
	return machine.Permitted(d.Project.State, d.Facts(asOf), asOf), nil
}

// Gate evaluates the gate out of the current phase, the first if there are
// several. Whether it is open is [phase.Evaluation.Err]; what blocks it,
// [phase.Evaluation.Reasons]. The error wraps [ErrNoGate] where there is none.
func (d *Dossier) Gate(asOf calendar.Date, extra ...verdict.Rule[Facts]) (phase.Evaluation, error) {
	gates, err := d.Gates(asOf, extra...)
	if err != nil {
		return phase.Evaluation{}, err
	}
	if len(gates) == 0 {
		return phase.Evaluation{}, fmt.Errorf("audit: phase %s: %w", verdict.Quote(string(d.Project.State.Phase)), ErrNoGate)
	}
	return gates[0], nil
}

// Explain says what is still to be satisfied to reach a phase, or phase.End,
// through the gates in between. The error is that of [Dossier.Machine].
func (d *Dossier) Explain(target phase.ID, asOf calendar.Date, extra ...verdict.Rule[Facts]) (phase.Explanation, error) {
	machine, err := d.Machine(extra...)
	if err != nil {
		return phase.Explanation{}, err
	}
	return machine.Explain(d.Project.State, target, d.Facts(asOf), asOf), nil
}

// Decide makes a decision on the life cycle and returns a dossier with the new
// state and the record of it; d stays as it is. The error is that of
// [Dossier.Machine] or of phase.Machine.Decide: a *phase.RefusedError names
// everything that stands against the decision.
func (d *Dossier) Decide(decision phase.Decision, extra ...verdict.Rule[Facts]) (*Dossier, error) {
	machine, err := d.Machine(extra...)
	if err != nil {
		return nil, err
	}
	state, record, err := machine.Decide(d.Project.State, decision, d.Facts(decision.On))
	if err != nil {
		return nil, err
	}
	next := *d
	next.Project.State = state
	next.Project.Decisions = append(append([]phase.Record{}, d.Project.Decisions...), record)
	return &next, nil
}

// validateState holds the state against the life cycle, and against the records
// if there are any: what was decided must give the state. Criteria whose rules are
// a caller's own are taken on trust, and so is a state that only names the phase,
// as people write it by hand.
func (d *Dossier) validateState(f *verdict.Faults) {
	if d.Project.State.Seq == 0 && len(d.Project.State.Visits) == 0 && len(d.Project.Decisions) == 0 {
		return
	}
	machine, err := d.Machine(d.unknownRules()...)
	if err != nil {
		return // reported with the life cycle
	}
	f.Add("project.state", machine.Check(d.Project.State))
	if len(d.Project.Decisions) == 0 {
		return
	}
	state, err := machine.Replay(slices.Values(d.Project.Decisions))
	switch {
	case err != nil:
		f.Add("project.decisions", err)
	case !reflect.DeepEqual(canonicalState(state), canonicalState(d.Project.State)):
		f.Addf("project.state", "%w: the decisions lead to another state", verdict.ErrInvalid)
	}
}

func canonicalState(s phase.State) any { return withoutEmpty(reflect.ValueOf(s)).Interface() }

// unknownRules stands in for the rules that gates name and the library does not
// have.
func (d *Dossier) unknownRules() []verdict.Rule[Facts] {
	known := Catalogue()
	var rules []verdict.Rule[Facts]
	seen := map[verdict.Code]bool{}
	for _, edge := range d.Project.Lifecycle.Outline.Transitions {
		for _, term := range edge.Criteria {
			if _, ok := known.Lookup(term.Code); !ok && !seen[term.Code] {
				seen[term.Code] = true
				rules = append(rules, verdict.Rule[Facts]{Code: term.Code, Check: func(Facts, *verdict.Reporter) {}})
			}
		}
	}
	return rules
}
