package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Change is a request to change the scope, with everything that became of it.
// It moves by [Change.Advance]. A Change without a state is a draft.
type Change struct {
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Why        string     `json:"why,omitempty"`
	Origin     Origin     `json:"origin,omitzero"`
	Requester  string     `json:"requester"`
	State      State      `json:"state,omitzero"`
	Delta      []Touch    `json:"delta,omitempty"`     // what it does to the scope
	Assessment Assessment `json:"assessment,omitzero"` // the latest
	History    []Step     `json:"history,omitempty"`   // every step, in order
	Notices    []Notice   `json:"notices,omitempty"`   // who was told of it
}

// An Assessment says what a change would mean, seen from one version of the
// baseline. Each of the five impacts is given, and each may be [NoImpact].
type Assessment struct {
	Baseline int          `json:"baseline"` // version that it was assessed against
	Scope    Impact       `json:"scope,omitzero"`
	Schedule Impact       `json:"schedule,omitzero"`
	Cost     Impact       `json:"cost,omitzero"`
	Quality  Impact       `json:"quality,omitzero"`
	Risk     Impact       `json:"risk,omitzero"`
	Amount   money.Amount `json:"amount,omitzero"` // what it costs; negative if it saves
	Delay    int          `json:"delay,omitzero"`  // days that the project ends later; negative if earlier
}

// An Impact is what a change means in one respect.
type Impact struct {
	Level ImpactLevel `json:"level"`
	Note  string      `json:"note,omitempty"`
}

// A Step is one step of a change, as it was taken.
type Step struct {
	From       State         `json:"from"`
	To         State         `json:"to"`
	By         string        `json:"by"`
	On         calendar.Date `json:"on"`
	Note       string        `json:"note,omitempty"`
	Baseline   int           `json:"baseline,omitzero"`   // version in force at the time
	Assessment Assessment    `json:"assessment,omitzero"` // of a step to assessed
}

// A Notice records that people were told of a change.
type Notice struct {
	On calendar.Date `json:"on"`
	To string        `json:"to"` // whom
	By string        `json:"by,omitempty"`
}

// aspects returns the five impacts with their names.
func (a Assessment) aspects() []aspect {
	return []aspect{{"scope", a.Scope}, {"schedule", a.Schedule}, {"cost", a.Cost}, {"quality", a.Quality}, {"risk", a.Risk}}
}

type aspect struct {
	name string
	Impact
}

// unset returns the names of the impacts that are not given.
func (a Assessment) unset() []string {
	var names []string
	for _, x := range a.aspects() {
		if !x.Level.IsValid() {
			names = append(names, x.name)
		}
	}
	return names
}

// state returns the state, that of a draft if none is given.
func (c Change) state() State {
	if c.State == 0 {
		return Draft
	}
	return c.State
}

// Approved reports whether the change was approved and stands: it is approved,
// implemented or verified, or closed after it was.
func (c Change) Approved() bool {
	switch c.State {
	case Approved, Implemented, Verified:
		return true
	case Closed:
		return slices.ContainsFunc(c.History, func(s Step) bool { return s.To == Verified })
	default:
		return false
	}
}

// DecidedOn returns the day on which the change was first approved, no date if
// that is not on record.
func (c Change) DecidedOn() calendar.Date {
	for _, s := range c.History {
		if s.From == Assessed && s.To == Approved {
			return s.On
		}
	}
	return 0
}

// Owes reports whether the change is approved and nobody was told since.
func (c Change) Owes() bool {
	return c.Approved() && !slices.ContainsFunc(c.Notices, func(n Notice) bool { return n.On.IsValid() && n.On >= c.DecidedOn() })
}

// Validate reports every fault of the change: what is missing or cannot be, and
// a history that is no way through the states or does not lead to this one.
// Whether each step was right is judged by [Change.Advance] and by [Rules].
func (c Change) Validate() error {
	var f verdict.Faults
	wantText(&f, "id", c.ID)
	wantText(&f, "title", c.Title)
	wantText(&f, "requester", c.Requester)
	mayWord(&f, "origin", c.Origin, c.Origin.IsValid())
	mayWord(&f, "state", c.State, c.State.IsValid())
	c.validateDelta(&f)
	c.Assessment.validate(&f, "assessment")
	c.validateHistory(&f)
	for i, n := range c.Notices {
		wantDate(&f, verdict.At("notices", i)+".on", n.On)
		wantText(&f, verdict.At("notices", i)+".to", n.To)
	}
	return f.Err()
}

func (c Change) validateDelta(f *verdict.Faults) {
	seen := map[Touch]bool{}
	for i, t := range c.Delta {
		at := verdict.At("delta", i)
		wantWord(f, at+".operation", t.Operation, t.Operation.IsValid())
		wantWord(f, at+".kind", t.Kind, t.Kind.IsValid())
		wantText(f, at+".id", t.ID)
		key := Touch{Kind: t.Kind, ID: t.ID} // one change does one thing to an element
		if seen[key] && t.ID != "" {
			f.Duplicate(at+".id", t.ID)
		}
		seen[key] = true
	}
}

func (a Assessment) validate(f *verdict.Faults, at string) {
	wantCount(f, at+".baseline", a.Baseline)
	for _, x := range a.aspects() {
		mayWord(f, at+"."+x.name+".level", x.Level, x.Level.IsValid())
	}
	if !a.Amount.IsValid() {
		f.Addf(at+".amount", "%w amount", verdict.ErrInvalid)
	}
}

// validateHistory follows the steps from the draft on.
func (c Change) validateHistory(f *verdict.Faults) {
	state, before := Draft, calendar.Date(0)
	for i, s := range c.History {
		at := verdict.At("history", i)
		if s.From != state {
			f.Addf(at+".from", "%w: %s follows on %s", verdict.ErrInvalid, verdict.Quote(s.From.String()), state)
		}
		if !s.From.leadsTo(s.To) {
			f.Addf(at+".to", "%w: no step leads from %s to %s", verdict.ErrInvalid, s.From, s.To)
		}
		wantText(f, at+".by", s.By)
		wantDate(f, at+".on", s.On)
		if s.On.IsValid() && s.On < before {
			f.Addf(at+".on", "%w: %s is before the step of %s", verdict.ErrRange, s.On, before)
		}
		s.Assessment.validate(f, at+".assessment")
		state, before = s.To, max(before, s.On)
	}
	if len(c.History) > 0 && c.state() != state {
		f.Addf("state", "%w: %s, but the history leads to %s", verdict.ErrInvalid, c.state(), state)
	}
}
