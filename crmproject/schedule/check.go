package schedule

import (
	"github.com/crmrollout/crm/crmproject/verdict"
)

// bare reports whether the activity has nothing but an id and a duration.
func (a *Activity) bare() bool {
	return a.Name == "" && a.Group == "" && a.Kind == 0 && a.Calendar == "" && a.Constraints == nil && a.Uses == nil && a.Deadline.kind == noPoint
}

// details checks what an activity has besides, and returns which calendar it
// works on.
func (c *compiler) details(path string, a *Activity) int32 {
	c.kind(path, a)
	c.point(path+".deadline", a.Deadline)
	for i, k := range a.Constraints {
		c.constraint(verdict.At(path+".constraints", i), k)
	}
	c.uses(path+".uses", a.Uses)
	which, ok := c.byName[a.Calendar]
	if !ok {
		c.faults.Unknown(path+".calendar", a.Calendar)
	}
	return which
}

func (c *compiler) kind(path string, a *Activity) {
	switch {
	case a.Kind != 0 && !a.Kind.IsValid():
		c.faults.Addf(path+".kind", "%s: %w", a.Kind, verdict.ErrUnknown)
	case a.Kind == Work && a.Duration == 0:
		c.faults.Addf(path+".duration", "%w: work takes at least one unit", verdict.ErrMissing)
	case (a.Kind == Milestone || a.Kind == StartMilestone) && a.Duration > 0:
		c.faults.Addf(path+".duration", "%d: %w: a milestone takes no time", a.Duration, verdict.ErrInvalid)
	}
}

func (c *compiler) constraint(path string, k Constraint) {
	switch {
	case k.Kind == 0:
		c.faults.Missing(path + ".kind")
	case !k.Kind.IsValid():
		c.faults.Addf(path+".kind", "%s: %w", k.Kind, verdict.ErrUnknown)
	}
	if k.At.IsZero() {
		c.faults.Missing(path + ".at")
	}
	c.point(path+".at", k.At)
}

// point checks that an offset is within bounds; a day always is.
func (c *compiler) point(path string, p Point) {
	if units, ok := p.Offset(); ok && (units > maxOffset || units < -maxOffset) {
		c.faults.Addf(path, "%s: %w", p, verdict.ErrRange)
	}
}

func (c *compiler) uses(path string, uses []Use) {
	seen := make(map[string]bool, len(uses))
	for i, u := range uses {
		at := verdict.At(path, i)
		switch {
		case u.Resource == "":
			c.faults.Missing(at + ".resource")
		case !c.resource[u.Resource]:
			c.faults.Unknown(at+".resource", u.Resource)
		case seen[u.Resource]:
			c.faults.Duplicate(at+".resource", u.Resource)
		}
		seen[u.Resource] = true
		if u.Units < 1 || u.Units > maxOffset {
			c.faults.Addf(at+".units", "%d: %w", u.Units, verdict.ErrRange)
		}
	}
}
