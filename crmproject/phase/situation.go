package phase

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// gate returns the gate between two phases, nil if there is none.
func (c *chart) gate(from, to ID) *Gate {
	for _, g := range c.outOf(from) {
		if g.edge.To == to {
			return g
		}
	}
	return nil
}

// outOf returns the gates out of a phase in declared order.
func (c *chart) outOf(id ID) []*Gate {
	if i, ok := c.at[id]; ok {
		return c.out[i]
	}
	return nil
}

func (c *chart) known(id ID) bool {
	_, ok := c.at[id]
	return ok
}

// forward reports whether a gate leads to a later phase, or to the end.
func (c *chart) forward(from, to ID) bool { return to == End || c.at[from] < c.at[to] }

// situate finds what closes a gate besides its criteria, and what else can be
// decided there.
func (c *chart) situate(g *Gate, s State, asOf calendar.Date) situation {
	from := g.edge.From
	switch {
	case s.Status == Killed:
		return c.situateKilled(g, s)
	case !s.Status.running():
		return closed(notRunning(s.Status))
	case from == s.Phase:
		return situation{c.obstacles(s, from, asOf), []Action{Hold, Recycle, Kill}}
	case c.behind(s, g):
		return situation{c.obstacles(s, from, asOf), nil}
	default:
		return closed(fmt.Sprintf("the life cycle is in %s; this gate leads out of %s",
			verdict.Quote(string(s.Phase)), verdict.Quote(string(from))))
	}
}

// situateKilled leaves a killed project the gate to the end, so that its closure
// can be brought to one. What came before needs no confirmation any more.
func (c *chart) situateKilled(g *Gate, s State) situation {
	if g.edge.From == s.Phase && g.edge.To == End && !s.wrappedUp() {
		return situation{}
	}
	return closed(notRunning(s.Status))
}

// wrappedUp reports whether the gate to the end was passed since the life cycle
// ended by a kill.
func (s State) wrappedUp() bool {
	ending, _ := s.Ending()
	p, ok := s.Pass(s.Phase, End)
	return ok && p.Seq > ending.Seq
}

func closed(why string) situation {
	return situation{obstacles: []Obstacle{{Reasons: []string{why}}}}
}

// notRunning says why no gate can be decided.
func notRunning(s Status) string {
	switch s {
	case 0:
		return "the life cycle has not started"
	case Killed:
		return "the project was killed: reopen a phase to take it up again"
	default:
		return "the life cycle is completed: reopen a phase to take it up again"
	}
}

// way returns the gates by which a phase was reached, the last first: the last
// forward gate into the phase, the one into the phase before, and so on. Phases
// only get earlier along it, so it ends.
func (c *chart) way(s State, id ID) []Pass {
	var way []Pass
	for {
		p, ok := c.entry(s, id)
		if !ok {
			return way
		}
		way = append(way, p)
		id = p.From
	}
}

// entry returns the last pass of a forward gate into a phase.
func (c *chart) entry(s State, id ID) (Pass, bool) {
	var last Pass
	for _, p := range s.Passes {
		if p.To == id && p.Seq > last.Seq && c.known(p.From) && c.forward(p.From, p.To) {
			last = p
		}
	}
	return last, last.Seq > 0
}

// behind reports whether the gate is one of those by which the current phase was
// reached, so that it can be confirmed again.
func (c *chart) behind(s State, g *Gate) bool {
	return slices.ContainsFunc(c.way(s, s.Phase), func(p Pass) bool {
		return p.From == g.edge.From && p.To == g.edge.To
	})
}

// obstacles lists the gates by which a phase was reached that are not good at a
// date, the earliest first: that is the order in which they can be confirmed.
func (c *chart) obstacles(s State, id ID, asOf calendar.Date) []Obstacle {
	var out []Obstacle
	for _, p := range slices.Backward(c.way(s, id)) {
		if standing, why := s.standing(p, asOf); !standing.Good() {
			out = append(out, Obstacle{p.From, p.To, standing, why})
		}
	}
	return out
}
