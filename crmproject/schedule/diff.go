package schedule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Diff is what a change does to a plan, or what has become of a baseline.
type Diff struct {
	Before calendar.Date `json:"before,omitzero"` // the finish, none in plans of offsets
	After  calendar.Date `json:"after,omitzero"`
	// Delay is by how much the project finishes later: civil days, or units in
	// plans of offsets. It is negative if it finishes earlier.
	Delay   int      `json:"delay"`
	Added   []Timing `json:"added,omitempty"`
	Removed []Timing `json:"removed,omitempty"`
	Moved   []Move   `json:"moved,omitempty"` // every other activity whose timing differs in anything
}

// A Move is an activity before and after.
type Move struct {
	Before Timing `json:"before"`
	After  Timing `json:"after"`
	// Start and Finish are by how much the early start and finish come later:
	// civil days, or units in plans of offsets.
	Start  int `json:"start"`
	Finish int `json:"finish"`
	Float  int `json:"float"` // by how much the total float grows
}

// Compare returns what differs from plan a to plan b. Activities are the same if
// they have the same id. The lists are ordered as [Plan.All] orders those of b,
// and removed ones those of a.
//
// Of plans of different kinds, one with dates and one of offsets, everything is
// compared by offset.
func Compare(a, b *Plan) Diff {
	dated := a.dated() && b.dated()
	d := Diff{Delay: b.FinishOffset() - a.FinishOffset()}
	if dated {
		d.Before, d.After = a.Finish(), b.Finish()
		d.Delay = int(d.After - d.Before)
	}
	for t := range b.All() {
		was, ok := a.Timing(t.ID)
		switch {
		case !ok:
			d.Added = append(d.Added, t)
		case was != t:
			d.Moved = append(d.Moved, move(was, t, dated))
		}
	}
	for t := range a.All() {
		if _, ok := b.Network().Index(t.ID); !ok {
			d.Removed = append(d.Removed, t)
		}
	}
	return d
}

func move(a, b Timing, dated bool) Move {
	m := Move{Before: a, After: b, Start: b.ES - a.ES, Finish: b.EF - a.EF, Float: b.TotalFloat - a.TotalFloat}
	if dated {
		m.Start, m.Finish = int(b.Start-a.Start), int(b.Finish-a.Finish)
	}
	return m
}

// IsZero reports whether the plans are the same.
func (d Diff) IsZero() bool {
	return d.Before == d.After && d.Delay == 0 && len(d.Added) == 0 && len(d.Removed) == 0 && len(d.Moved) == 0
}

// BecameCritical returns the ids of activities that are critical after and were
// not before, new ones among them, in ascending order.
func (d Diff) BecameCritical() []string {
	return d.turned(func(before, after bool) bool { return after && !before })
}

// LeftCritical returns the ids of activities that were critical before and are
// not after, removed ones among them, in ascending order.
func (d Diff) LeftCritical() []string {
	return d.turned(func(before, after bool) bool { return before && !after })
}

func (d Diff) turned(keep func(before, after bool) bool) []string {
	var ids []string
	note := func(id string, before, after bool) {
		if keep(before, after) {
			ids = append(ids, id)
		}
	}
	for _, t := range d.Added {
		note(t.ID, false, t.Critical)
	}
	for _, t := range d.Removed {
		note(t.ID, t.Critical, false)
	}
	for _, m := range d.Moved {
		note(m.After.ID, m.Before.Critical, m.After.Critical)
	}
	slices.SortFunc(ids, cmp.Compare[string])
	return ids
}

// Markdown renders the difference for people. The text ends with a newline.
func (d Diff) Markdown() string {
	var b strings.Builder
	b.WriteString(d.headline() + "\n")
	if len(d.Added)+len(d.Removed)+len(d.Moved) > 0 {
		b.WriteString("\n| activity | before | after | finish | total float |\n|---|---|---|---|---|\n")
	}
	for _, t := range d.Added {
		fmt.Fprintf(&b, "| %s | – | %s | added | %d |\n", cell(t.ID), t.span(), t.TotalFloat)
	}
	for _, t := range d.Removed {
		fmt.Fprintf(&b, "| %s | %s | – | removed | %d |\n", cell(t.ID), t.span(), t.TotalFloat)
	}
	for _, m := range d.Moved {
		fmt.Fprintf(&b, "| %s | %s | %s | %+d | %d → %d |\n",
			cell(m.After.ID), m.Before.span(), m.After.span(), m.Finish, m.Before.TotalFloat, m.After.TotalFloat)
	}
	return b.String()
}

func (d Diff) headline() string {
	unit := "unit"
	if d.After != 0 {
		unit = "day"
	}
	if d.Delay != 1 && d.Delay != -1 {
		unit += "s"
	}
	text := "The project finishes at the same time."
	switch {
	case d.Delay > 0:
		text = fmt.Sprintf("The project finishes %d %s later.", d.Delay, unit)
	case d.Delay < 0:
		text = fmt.Sprintf("The project finishes %d %s earlier.", -d.Delay, unit)
	}
	if d.After != 0 {
		text += fmt.Sprintf(" Before: %s, after: %s.", d.Before, d.After)
	}
	return text
}

// cell writes an id into a table of Markdown.
func cell(id string) string { return strings.ReplaceAll(plain(id), "|", `\|`) }
