package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Cause says what holds an activity where it is. The zero Cause is invalid.
type Cause uint8

// The causes.
const (
	ByProjectStart Cause = iota + 1 // nothing but the start of the project
	ByStatusDate                    // the day up to which all is reported: the rest comes after it
	ByConstraint                    // a constraint of its own
	ByLink                          // another activity
	ByActual                        // it has happened
)

var causeWords = verdict.NewWords[Cause]("schedule: cause", "project_start", "status_date", "constraint", "link", "actual")

// ParseCause returns the cause of a word such as "project_start".
func ParseCause(word string) (Cause, error) { return causeWords.Parse(word) }

// IsValid reports whether c is one of the five causes.
func (c Cause) IsValid() bool { return causeWords.IsValid(c) }

// String returns the word of c, empty for the zero Cause.
func (c Cause) String() string { return causeWords.String(c) }

// AppendText appends the word of c to b.
func (c Cause) AppendText(b []byte) ([]byte, error) { return causeWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Cause) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Cause) UnmarshalText(text []byte) error { return causeWords.UnmarshalText(text, c) }

// A Step is one activity in the chain behind a date: when it is, and what holds
// it there. With the calendars of the definition each date follows from the
// step alone and the one before it:
//
//	project_start, status_date   the first working day on or after the day At, or after it
//	constraint                   Constraint, on Calendar
//	link                         Link, which leaves the activity of the step before
//	actual                       as reported
//
// and the other end is Units working units away.
type Step struct {
	Cause      Cause      `json:"cause"`
	At         Point      `json:"at,omitzero"`         // of ByProjectStart, ByStatusDate
	Constraint Constraint `json:"constraint,omitzero"` // of ByConstraint
	Link       Link       `json:"link,omitzero"`       // of ByLink
	Calendar   string     `json:"calendar,omitempty"`  // id of the calendar that work and working lags are counted on
	Units      int        `json:"units,omitempty"`     // of work: the duration, or what remains of it
	Timing     Timing     `json:"timing"`
}

// String returns the step as a line for people, such as
//
//	design: 2026-03-16 to 2026-04-07, 15 units on office, by discover -FS-> design
func (s Step) String() string {
	var b strings.Builder
	b.WriteString(plain(s.Timing.ID) + ": " + s.Timing.span())
	if s.Units > 0 {
		fmt.Fprintf(&b, ", %d units", s.Units)
		if s.Calendar != "" {
			b.WriteString(" on " + plain(s.Calendar))
		}
	}
	switch s.Cause {
	case ByProjectStart:
		fmt.Fprintf(&b, ", by the project start %s", s.At)
	case ByStatusDate:
		fmt.Fprintf(&b, ", by the status date %s", s.At)
	case ByConstraint:
		fmt.Fprintf(&b, ", by %s %s", s.Constraint.Kind, s.Constraint.At)
	case ByLink:
		b.WriteString(", by " + s.Link.String())
	case ByActual:
		b.WriteString(", as reported")
	}
	return b.String()
}

// span writes when an activity is: its days, or its offsets if it has none.
func (t Timing) span() string {
	switch {
	case t.Start == 0 && t.Kind != Work:
		return strconv.Itoa(t.ES)
	case t.Start == 0:
		return fmt.Sprintf("%d to %d", t.ES, t.EF)
	case t.Kind != Work:
		return t.Start.String()
	default:
		return t.Start.String() + " to " + t.Finish.String()
	}
}

// Why returns the chain of activities that drives the early dates of an
// activity, from what has no other activity behind it to the activity itself.
// Nil means that there is no activity with that id.
//
// Where several links drive an activity at once, the chain follows the one with
// the smallest id; [Plan.PathsTo] gives all. A constraint is the cause only if
// no link is.
func (p *Plan) Why(id string) []Step {
	at, ok := p.model.find(id)
	if !ok {
		return nil
	}
	steps := []Step{p.step(at)} // from the end
	for last := &steps[0]; last.Cause == ByLink; last = &steps[len(steps)-1] {
		link := last.Link
		at, _ = p.model.find(link.From)
		step := p.step(at)
		if step.Timing.State == InProgress && link.Relation.Type.fromStart() {
			step = Step{Cause: ByActual, Timing: step.Timing, Calendar: step.Calendar, Units: step.Units}
		}
		steps = append(steps, step)
	}
	slices.Reverse(steps)
	return steps
}

// step returns the activity at a position and what holds it there.
func (p *Plan) step(at int) Step {
	m := p.model
	s := Step{Timing: p.timing(at), Units: m.left[at]}
	if p.dated() && len(m.head.Calendars) > 0 {
		s.Calendar = m.head.Calendars[m.calendarAt(at)].ID
	}
	if m.states[at] == Finished {
		s.Cause, s.Units = ByActual, 0
		return s
	}
	if links := p.driving(at); len(links) > 0 {
		s.Cause, s.Link = ByLink, m.link(at, links[0])
		return s
	}
	for _, c := range m.at(at).Constraints {
		if p.holds(at, c) {
			s.Cause, s.Constraint = ByConstraint, c
			return s
		}
	}
	s.Cause, s.At = ByProjectStart, After(0)
	if p.dated() {
		s.At = On(p.Start())
	}
	if m.floor > m.origin {
		s.Cause, s.At = ByStatusDate, On(m.asOf)
	}
	return s
}

// holds reports whether a constraint alone could hold the activity where it is.
func (p *Plan) holds(at int, c Constraint) bool {
	m := p.model
	if !c.Kind.below() || m.states[at] != NotStarted && c.Kind.ofStart() {
		return false
	}
	floor := m.floor
	if m.kinds[at] != Milestone {
		floor = p.run.clock.rank(m.calendarAt(at), floor)
	}
	x := p.run.spot[at]
	return x > floor && m.earliest(at, c.Kind, c.At) == x
}

// driving returns the links that hold the activity at a position where it is,
// by id of the predecessor and by relation.
func (p *Plan) driving(at int) []int32 {
	m := p.model
	if m.states[at] == Finished {
		return nil
	}
	var links []int32
	for e := m.first[at]; e < m.first[at+1]; e++ {
		if p.run.demand(at, e) == p.run.spot[at] {
			links = append(links, e)
		}
	}
	slices.SortFunc(links, m.compare)
	return links
}

// compare orders links by id of the predecessor, then by relation, then by id
// of the successor.
func (n *Network) compare(a, b int32) int {
	if c := strings.Compare(n.id(int(n.from[a])), n.id(int(n.from[b]))); c != 0 {
		return c
	}
	if c := strings.Compare(n.id(int(n.to[a])), n.id(int(n.to[b]))); c != 0 {
		return c
	}
	return n.relationOf(a).compare(n.relationOf(b))
}
