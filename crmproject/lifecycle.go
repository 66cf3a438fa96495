package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Lifecycle is the scheme by which a project is run, as data: phases and the
// gates between them, the stage that each phase belongs to, and the key
// activities of each. Templates are starting points: a user edits, drops or adds
// phases, activities and gate criteria (CP-06, CP-44), directly or with the
// methods here, which return a changed copy.
type Lifecycle struct {
	Outline    phase.Outline `json:"outline"`
	Phases     []StagedPhase `json:"stages"`
	Activities []KeyActivity `json:"activities,omitempty"`
}

// A StagedPhase maps a phase of the outline on one of the five stages.
type StagedPhase struct {
	Phase phase.ID `json:"phase"`
	Stage Stage    `json:"stage"`
}

// A KeyActivity is something that every CRM project does in a phase (CP-03).
type KeyActivity struct {
	Code     string   `json:"code"` // such as "IN-1"
	Title    string   `json:"title"`
	Phase    phase.ID `json:"phase"`
	Evidence Evidence `json:"evidence,omitzero"` // the part of the project file whose facts prove it
}

// Stage returns the stage of a phase.
func (l Lifecycle) Stage(id phase.ID) (Stage, bool) {
	for _, p := range l.Phases {
		if p.Phase == id {
			return p.Stage, true
		}
	}
	return 0, false
}

// Phase returns the phase of the outline with the given id.
func (l Lifecycle) Phase(id phase.ID) (phase.Phase, bool) {
	i := l.index(id)
	if i < 0 {
		return phase.Phase{}, false
	}
	return l.Outline.Phases[i], true
}

func (l Lifecycle) index(id phase.ID) int {
	return slices.IndexFunc(l.Outline.Phases, func(p phase.Phase) bool { return p.ID == id })
}

// Of returns the phases of a stage, in order.
func (l Lifecycle) Of(stage Stage) []phase.Phase {
	var phases []phase.Phase
	for _, p := range l.Outline.Phases {
		if s, ok := l.Stage(p.ID); ok && s == stage {
			phases = append(phases, p)
		}
	}
	return phases
}

// KeyActivities returns the key activities of a phase, in order.
func (l Lifecycle) KeyActivities(id phase.ID) []KeyActivity {
	return filtered(l.Activities, func(k KeyActivity) bool { return k.Phase == id })
}

// Clone returns a copy that shares nothing with l.
func (l Lifecycle) Clone() Lifecycle {
	l.Outline.Phases = slices.Clone(l.Outline.Phases)
	l.Outline.Transitions = slices.Clone(l.Outline.Transitions)
	for i := range l.Outline.Transitions {
		l.Outline.Transitions[i].Criteria = slices.Clone(l.Outline.Transitions[i].Criteria)
	}
	l.Phases, l.Activities = slices.Clone(l.Phases), slices.Clone(l.Activities)
	return l
}

// InsertAfter returns the life cycle with a new phase behind the one with the
// given id: the transitions that led out of that phase lead out of the new one,
// with their gates, and one without criteria joins the two. An unknown id gives
// the life cycle back unchanged, and false.
func (l Lifecycle) InsertAfter(id phase.ID, p phase.Phase, stage Stage) (Lifecycle, bool) {
	i := l.index(id)
	if i < 0 {
		return l, false
	}
	l = l.Clone()
	first := len(l.Outline.Transitions) // the new transition comes before those moved
	for j := range slices.Backward(l.Outline.Transitions) {
		if l.Outline.Transitions[j].From == id {
			l.Outline.Transitions[j].From = p.ID
			first = j
		}
	}
	l.Outline.Phases = slices.Insert(l.Outline.Phases, i+1, p)
	l.Outline.Transitions = slices.Insert(l.Outline.Transitions, first, phase.Edge{From: id, To: p.ID})
	l.Phases = append(l.Phases, StagedPhase{p.ID, stage})
	return l, true
}

// Without returns the life cycle without a phase and its key activities. What
// led into the phase leads where the phase led; of two gates in a row the
// criteria of both are kept, in order, under the first one's name and the
// threshold of the second. An unknown id gives the life cycle back unchanged, and
// false.
func (l Lifecycle) Without(id phase.ID) (Lifecycle, bool) {
	i := l.index(id)
	if i < 0 {
		return l, false
	}
	l = l.Clone()
	l.Outline.Phases = slices.Delete(l.Outline.Phases, i, i+1)
	l.Outline.Transitions = bridge(l.Outline.Transitions, id)
	l.Phases = slices.DeleteFunc(l.Phases, func(s StagedPhase) bool { return s.Phase == id })
	l.Activities = slices.DeleteFunc(l.Activities, func(k KeyActivity) bool { return k.Phase == id })
	return l, true
}

// bridge replaces each pair of transitions through a phase by one around it.
func bridge(edges []phase.Edge, id phase.ID) []phase.Edge {
	var around []phase.Edge
	for _, in := range edges {
		switch {
		case in.To == id && in.From != id:
			for _, out := range edges {
				if out.From == id && out.To != id && out.To != in.From {
					around = append(around, joined(in, out))
				}
			}
		case in.From != id:
			around = append(around, in)
		}
	}
	return around
}

func joined(in, out phase.Edge) phase.Edge {
	e := phase.Edge{From: in.From, To: out.To, Name: in.Name, Threshold: out.Threshold}
	for _, term := range slices.Concat(in.Criteria, out.Criteria) {
		if !slices.ContainsFunc(e.Criteria, func(t phase.Term) bool { return t.Code == term.Code }) {
			e.Criteria = append(e.Criteria, term)
		}
	}
	return e
}

// Require returns the life cycle with a criterion at the gate between two
// phases, added or, if the gate has one with that code, replaced. Without such a
// transition it gives the life cycle back unchanged, and false.
func (l Lifecycle) Require(from, to phase.ID, term phase.Term) (Lifecycle, bool) {
	i := slices.IndexFunc(l.Outline.Transitions, func(e phase.Edge) bool { return e.From == from && e.To == to })
	if i < 0 {
		return l, false
	}
	l = l.Clone()
	edge := &l.Outline.Transitions[i]
	j := slices.IndexFunc(edge.Criteria, func(t phase.Term) bool { return t.Code == term.Code })
	if j < 0 {
		edge.Criteria = append(edge.Criteria, term)
	} else {
		edge.Criteria[j] = term
	}
	return l, true
}

// Validate reports every fault of the life cycle: those of its outline, a phase
// without a stage or with two, a stage for a phase that is not there, and key
// activities without code, with one used twice, or in no phase.
func (l Lifecycle) Validate() error {
	var faults verdict.Faults
	faults.Add("outline", l.Outline.Validate())
	staged := map[phase.ID]bool{}
	for i, s := range l.Phases {
		at := verdict.At("stages", i)
		if l.index(s.Phase) < 0 {
			faults.Unknown(at+".phase", string(s.Phase))
		}
		if staged[s.Phase] {
			faults.Duplicate(at+".phase", string(s.Phase))
		}
		staged[s.Phase] = true
		required(&faults, at+".stage", s.Stage.IsValid())
	}
	for i, p := range l.Outline.Phases {
		if !staged[p.ID] {
			faults.Addf(verdict.At("outline.phases", i), "%w: the stage of phase %s", verdict.ErrMissing, verdict.Quote(string(p.ID)))
		}
	}
	l.validateActivities(&faults)
	return faults.Err()
}

func (l Lifecycle) validateActivities(faults *verdict.Faults) {
	seen := map[string]bool{}
	for i, k := range l.Activities {
		at := verdict.At("activities", i)
		required(faults, at+".code", k.Code != "")
		if seen[k.Code] {
			faults.Duplicate(at+".code", k.Code)
		}
		seen[k.Code] = true
		if l.index(k.Phase) < 0 {
			faults.Unknown(at+".phase", string(k.Phase))
		}
	}
}
