package stakeholder

import "github.com/crmrollout/crm/crmproject/calendar"

// Engagement is how engaged a stakeholder is over time, how engaged he should
// be, and what is done about the difference.
type Engagement struct {
	Desired Level     `json:"desired,omitzero"`
	History []Reading `json:"history,omitempty"` // by date, ascending
	Actions []Action  `json:"actions,omitempty"`
}

// A Reading is an assessment of the level at a date.
type Reading struct {
	On       calendar.Date `json:"on"`
	Level    Level         `json:"level"`
	Evidence string        `json:"evidence,omitempty"` // what was seen or heard
}

// An Action is something to be done to move a stakeholder, or to settle
// something with him.
type Action struct {
	What  string        `json:"what"`
	Owner string        `json:"owner,omitempty"`
	Due   calendar.Date `json:"due,omitzero"`
	Done  calendar.Date `json:"done,omitzero"`
}

// Open reports whether the action is not done at asOf.
func (a Action) Open(asOf calendar.Date) bool { return a.Done == 0 || a.Done > asOf }

// Late reports whether the action is open at asOf and its due date has passed.
func (a Action) Late(asOf calendar.Date) bool { return a.Open(asOf) && a.Due != 0 && a.Due < asOf }

// Current returns the level of the latest reading up to asOf, of several on
// one day the last, and false if there is none.
func (e Engagement) Current(asOf calendar.Date) (Level, bool) {
	var latest Reading
	for _, r := range e.History {
		if r.On <= asOf && r.On >= latest.On {
			latest = r
		}
	}
	return latest.Level, latest.Level.IsValid()
}

// Gap returns the number of steps from the current to the desired level, and
// false if either is not known; see [Gap].
func (e Engagement) Gap(asOf calendar.Date) (steps int, ok bool) {
	current, _ := e.Current(asOf)
	return Gap(current, e.Desired)
}

// Open returns the actions that are not done at asOf, in the order given.
func (e Engagement) Open(asOf calendar.Date) []Action {
	var open []Action
	for _, a := range e.Actions {
		if a.Open(asOf) {
			open = append(open, a)
		}
	}
	return open
}

// A Move is a change of level between two readings.
type Move struct {
	On   calendar.Date `json:"on"`
	From Level         `json:"from"`
	To   Level         `json:"to"`
}

// Steps returns the number of levels gained, negative if lost.
func (m Move) Steps() int { return int(m.To) - int(m.From) }

// Moves returns every change of level up to asOf, ascending by date. Readings
// that repeat the level before are left out.
func (e Engagement) Moves(asOf calendar.Date) []Move {
	var moves []Move
	var last Level
	for _, r := range e.History {
		if r.On > asOf {
			continue
		}
		if last != 0 && r.Level != last {
			moves = append(moves, Move{r.On, last, r.Level})
		}
		last = r.Level
	}
	return moves
}

// An Assessment is one row of the engagement assessment matrix.
type Assessment struct {
	Stakeholder string    `json:"stakeholder"` // id
	Current     Level     `json:"current,omitzero"`
	Desired     Level     `json:"desired,omitzero"`
	Alignment   Alignment `json:"alignment,omitzero"` // 0 if a level is not known
	Gap         int       `json:"gap"`                // 0 if a level is not known
	Open        []Action  `json:"open,omitempty"`     // actions that are not done
	Owed        bool      `json:"owed"`               // there is a gap and no action open
}

// Engagements returns the engagement assessment matrix at asOf, in the order of
// the register.
func (r Register) Engagements(asOf calendar.Date) []Assessment {
	rows := make([]Assessment, len(r.Stakeholders))
	for i, s := range r.Stakeholders {
		current, _ := s.Engagement.Current(asOf)
		gap, _ := s.Engagement.Gap(asOf)
		open := s.Engagement.Open(asOf)
		rows[i] = Assessment{
			Stakeholder: s.ID, Current: current, Desired: s.Engagement.Desired,
			Alignment: AlignmentOf(current, s.Engagement.Desired), Gap: gap,
			Open: open, Owed: gap > 0 && len(open) == 0,
		}
	}
	return rows
}
