package phase

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Explanation says what is still to be satisfied to reach a phase.
type Explanation struct {
	From   ID     `json:"from"`
	Target ID     `json:"target"`
	Way    Way    `json:"way"`
	Why    string `json:"why,omitempty"` // how it is reached without gates, or why it is not
	// Steps are the gates on a shortest way forward, in order, each evaluated at
	// the same facts and date. The first shows its obstacles; those after it are
	// evaluated as if the gates before them had been passed.
	Steps []Evaluation `json:"steps,omitempty"`
}

// Ready reports whether every gate on the way is open for a go.
func (x Explanation) Ready() bool {
	return x.Way == Forward && !slices.ContainsFunc(x.Steps, func(e Evaluation) bool { return e.Outcome != Open })
}

// Remaining says in sentences what is still to be satisfied, each with the gate
// that asks for it: nothing if the phase can be reached at once.
func (x Explanation) Remaining() []string {
	if x.Way == NoWay {
		return []string{x.Why}
	}
	var out []string
	for _, e := range x.Steps {
		for _, reason := range e.Reasons() {
			out = append(out, e.Label()+": "+reason)
		}
	}
	return out
}

// Explain says what is still to be satisfied to reach a phase, or [End], through
// the gates in between. Of several ways it takes one with the fewest gates; of
// those, the one whose first gates are declared first. A phase that was visited
// before and does not lie ahead is reached by recycle or reopen, which no gate
// prevents.
func (m *Machine[F]) Explain(s State, target ID, facts F, asOf calendar.Date) Explanation {
	x := Explanation{From: s.Phase, Target: target}
	var route []*Gate
	x.Way, x.Why, route = m.chart.route(s, target)
	for i, g := range route {
		at := situation{}
		if i == 0 {
			at = m.chart.situate(g, s, asOf)
		}
		x.Steps = append(x.Steps, m.chart.assess(g, s, asOf, m.run(g, s, facts), at))
	}
	return x
}

// route finds how a phase is reached, and the gates on the way.
func (c *chart) route(s State, target ID) (Way, string, []*Gate) {
	switch {
	case target != End && !c.known(target):
		return NoWay, "the life cycle has no phase " + verdict.Quote(string(target)), nil
	case s.Status == 0:
		return NoWay, notRunning(s.Status), nil
	case target == s.Phase:
		return Arrived, "it is the current phase", nil
	case slices.Contains(c.targets(s, Reopen), target):
		return Return, "it was visited before: recycle or reopen leads back to it", nil
	}
	gates := c.shortest(s.Phase, target)
	open := s.Status.running() || s.Status == Killed && target == End && !s.wrappedUp()
	switch {
	case !open:
		return NoWay, notRunning(s.Status), nil
	case gates == nil:
		return NoWay, fmt.Sprintf("no transitions lead from %s to %s",
			verdict.Quote(string(s.Phase)), verdict.Quote(string(target))), nil
	default:
		return Forward, "", gates
	}
}

// shortest returns the gates of a shortest way between two phases, nil if there
// is none. It is a breadth-first search in declared order.
func (c *chart) shortest(from, to ID) []*Gate {
	by := map[ID]*Gate{}
	for queue := []ID{from}; len(queue) > 0; queue = queue[1:] {
		for _, g := range c.outOf(queue[0]) {
			next := g.edge.To
			if by[next] != nil || next == from {
				continue
			}
			by[next] = g
			if next == to {
				return trace(by, from, to)
			}
			queue = append(queue, next)
		}
	}
	return nil
}

func trace(by map[ID]*Gate, from, to ID) []*Gate {
	var gates []*Gate
	for id := to; id != from; id = by[id].edge.From {
		gates = append(gates, by[id])
	}
	slices.Reverse(gates)
	return gates
}

// Targets returns the phases to which an action can lead from a state, in the
// order of the life cycle: the ends of the gates out of the current phase for go
// and conditional go, open or closed, with [End] last; the phases that can be
// recycled to or reopened; the closure phase for a kill. It is empty if the
// action is not possible, and for actions that lead nowhere.
func (m *Machine[F]) Targets(s State, a Action) []ID { return m.chart.targets(s, a) }

func (c *chart) targets(s State, a Action) []ID {
	candidates := make([]ID, 0, len(c.outline.Phases)+1)
	for _, p := range c.outline.Phases {
		candidates = append(candidates, p.ID)
	}
	candidates = append(candidates, End)
	return slices.DeleteFunc(candidates, func(to ID) bool { return !c.leads(s, a, to) })
}

// leads reports whether the action can lead to the phase.
func (c *chart) leads(s State, a Action, to ID) bool {
	switch a {
	case Start:
		return s.Status == 0 && to == c.outline.Phases[0].ID
	case Go, ConditionalGo:
		g := c.gate(s.Phase, to)
		return g != nil && (s.Status.running() || s.Status == Killed && len(c.situateKilled(g, s).obstacles) == 0)
	case Recycle:
		return s.Status.running() && c.known(to) && c.noReturn(s, a, to) == ""
	case Reopen:
		return s.Status != 0 && c.known(to) && c.noReturn(s, a, to) == ""
	case Kill:
		return s.Status.running() && to == c.closure
	default:
		return false
	}
}
