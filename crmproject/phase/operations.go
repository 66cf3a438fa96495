package phase

import "slices"

// Allows reports whether the operations of a phase may run now. The current
// phase is open while the life cycle is active, and so is a closure phase after
// a kill until its gate to the end was passed. A [Continuous] phase keeps its
// place in the order and its gates, but its operations may run beside any other
// phase, on hold as well, until the life cycle ends. So monitoring and control
// overlaps execution without being skipped or brought forward.
func (m *Machine[F]) Allows(s State, id ID) bool { return m.chart.allows(s, id) }

// Running returns the phases whose operations may run now, in the order of the
// life cycle; see [Machine.Allows].
func (m *Machine[F]) Running(s State) []ID {
	var out []ID
	for _, p := range m.chart.outline.Phases {
		if m.chart.allows(s, p.ID) {
			out = append(out, p.ID)
		}
	}
	return out
}

func (c *chart) allows(s State, id ID) bool {
	i, ok := c.at[id]
	switch {
	case !ok || s.Status == 0 || s.Status == Completed:
		return false
	case s.Status == Killed:
		return id == s.Phase && len(c.outOf(id)) > 0 && !s.wrappedUp()
	case c.outline.Phases[i].Role == Continuous:
		return true
	default:
		return id == s.Phase && s.Status == Active
	}
}

// Progress returns how far a phase is, 0 for one that the life cycle does not
// have.
func (m *Machine[F]) Progress(s State, id ID) Progress { return m.chart.progress(s, id) }

func (c *chart) progress(s State, id ID) Progress {
	last, visited := s.LastVisit(id)
	switch {
	case !c.known(id):
		return 0
	case !visited:
		return Pending
	case id == s.Phase && last.Left == 0:
		return Current
	case id == s.Phase && !s.Status.running():
		return Done
	case !last.Exit.passes():
		return Broken
	case c.undone(s, id):
		return Undone
	default:
		return Done
	}
}

// undone reports whether no gate that leads on from the phase is passed and not
// stale.
func (c *chart) undone(s State, id ID) bool {
	return !slices.ContainsFunc(s.Passes, func(p Pass) bool {
		return p.From == id && p.StaleBy == 0 && c.forward(p.From, p.To)
	})
}
