package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Timeline is when the project runs, and what is to be reached when.
type Timeline struct {
	Start      calendar.Date `json:"start,omitzero"`
	End        calendar.Date `json:"end,omitzero"`
	Phases     []string      `json:"phases,omitempty"` // ids of the phases of the project's life cycle; empty means [DefaultPhases]
	Milestones []Milestone   `json:"milestones,omitempty"`
}

// A Milestone is something specific that is reached on a day.
type Milestone struct {
	ID    string        `json:"id"`
	Name  string        `json:"name"`
	On    calendar.Date `json:"on,omitzero"`
	Phase string        `json:"phase,omitempty"` // id of the phase that it belongs to
}

// DefaultPhases returns the five phases that a project has unless it says
// otherwise.
func DefaultPhases() []string {
	return []string{"initiation", "planning", "execution", "control", "closure"}
}

// ordered reports whether both ends are set, and the end does not come first.
func (t Timeline) ordered() bool { return t.Start.IsValid() && t.End.IsValid() && t.Start <= t.End }

// inside reports whether a day lies between two ends that are set and ordered.
func (t Timeline) inside(d calendar.Date) bool { return t.ordered() && t.Start <= d && d <= t.End }

// phases returns the phases of the project.
func (t Timeline) phases() []string {
	if len(t.Phases) == 0 {
		return DefaultPhases()
	}
	return t.Phases
}

func (t Timeline) validate(f *verdict.Faults) {
	mayDate(f, "timeline.start", t.Start)
	mayDate(f, "timeline.end", t.End)
	if t.Start.IsValid() && t.End.IsValid() && t.End < t.Start {
		f.Addf("timeline.end", "%w: %s is before the start %s", verdict.ErrRange, t.End, t.Start)
	}
	for i, p := range t.Phases {
		wantText(f, verdict.At("timeline.phases", i), p)
		if slices.Contains(t.Phases[:i], p) && !blank(p) {
			f.Duplicate(verdict.At("timeline.phases", i), p)
		}
	}
	f.IDs("timeline.milestones", len(t.Milestones), func(i int) string { return t.Milestones[i].ID })
	for i, m := range t.Milestones {
		at := verdict.At("timeline.milestones", i)
		wantText(f, at+".name", m.Name)
		mayDate(f, at+".on", m.On)
		if m.Phase != "" && !slices.Contains(t.phases(), m.Phase) {
			f.Unknown(at+".phase", m.Phase)
		}
	}
}
