package schedule

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Change is one step of a what-if: it alters a definition that is its own to
// alter, or refuses. The functions of this package that return one cover what
// project managers try (CP-35); any other function of this form will do.
type Change func(d *Definition) error

// With returns the network with the changes applied in order. The network
// itself stays as it is. The error is that of the first change that refuses, or
// what [Compile] finds wrong with the result.
func (n *Network) With(changes ...Change) (*Network, error) {
	d := n.Definition()
	for i, change := range changes {
		if err := change(&d); err != nil {
			return nil, fmt.Errorf("schedule: change %d: %w", i+1, err)
		}
	}
	return Compile(d)
}

// Edit returns the change of an activity by a function. An id that is not known
// is an error that wraps [verdict.ErrUnknown].
func Edit(id string, edit func(a *Activity)) Change {
	return func(d *Definition) error {
		for i := range d.Activities {
			if d.Activities[i].ID == id {
				edit(&d.Activities[i])
				return nil
			}
		}
		return fmt.Errorf("activity: %w %s", verdict.ErrUnknown, verdict.Quote(id))
	}
}

// SetDuration returns the change of an activity to another duration: more
// people on it, less scope, a better estimate.
func SetDuration(id string, units int) Change {
	return Edit(id, func(a *Activity) { a.Duration = units })
}

// Constrain returns the change that gives an activity these constraints in place
// of those it has.
func Constrain(id string, constraints ...Constraint) Change {
	return Edit(id, func(a *Activity) { a.Constraints = slices.Clone(constraints) })
}

// AddActivity returns the change that adds an activity and links to or from it.
func AddActivity(a Activity, links ...Link) Change {
	return func(d *Definition) error {
		d.Activities = append(d.Activities, a.clone())
		d.Links = append(d.Links, links...)
		return nil
	}
}

// RemoveActivity returns the change that takes an activity out, with all its
// links: what came after it does not wait for what came before it any more,
// unless other links say so. An id that is not known is an error that wraps
// [verdict.ErrUnknown].
func RemoveActivity(id string) Change {
	return func(d *Definition) error {
		before := len(d.Activities)
		d.Activities = slices.DeleteFunc(d.Activities, func(a Activity) bool { return a.ID == id })
		d.Links = slices.DeleteFunc(d.Links, func(l Link) bool { return l.From == id || l.To == id })
		if len(d.Activities) == before {
			return fmt.Errorf("activity: %w %s", verdict.ErrUnknown, verdict.Quote(id))
		}
		return nil
	}
}

// AddLink returns the change that adds a link.
func AddLink(l Link) Change {
	return func(d *Definition) error {
		d.Links = append(d.Links, l)
		return nil
	}
}

// RemoveLinks returns the change that takes out every link from one activity to
// another. If there is none, that is an error that wraps [verdict.ErrUnknown].
func RemoveLinks(from, to string) Change {
	return func(d *Definition) error {
		before := len(d.Links)
		d.Links = slices.DeleteFunc(d.Links, func(l Link) bool { return l.From == from && l.To == to })
		if len(d.Links) == before {
			return fmt.Errorf("link: %w %s to %s", verdict.ErrUnknown, verdict.Quote(from), verdict.Quote(to))
		}
		return nil
	}
}

// SetDeadline returns the change of the deadline of the project; the zero Point
// takes it away.
func SetDeadline(p Point) Change {
	return func(d *Definition) error {
		d.Deadline = p
		return nil
	}
}
