package usage

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// An Event is something that a user did in the CRM: a log-in, a view of a report, a
// note on a customer.
type Event[K kpi.Key] struct {
	User   K             `json:"user"`
	Day    calendar.Date `json:"day"`
	Action string        `json:"action"` // the feature that was used: "login", "report", "note"
}

// A Log accumulates who did what in the CRM, on which day: a [kpi.History] for
// each action. Which actions count is said when a result is asked for. Parts
// accumulated apart, by file or by machine, are joined by [Log.Merge] in any order
// and grouping: the same events give the same bytes from [Log.MarshalBinary] and the
// same results.
//
// The zero Log is empty and ready for use. It must not be copied after first use,
// and only reading from it is safe for concurrent use.
//
// Memory is about 20 bytes per event, or per distinct user, action and day once
// there are many, and 24 bytes and the key for each user and action.
type Log[K kpi.Key] struct {
	actions map[string]*kpi.History[K]
}

// Add records one event. It takes constant time on average. The error wraps
// [verdict.ErrMissing] for an event without a day or an action, or
// [verdict.ErrRange] for a day that is none, and nothing is recorded then.
func (l *Log[K]) Add(e Event[K]) error {
	var faults verdict.Faults
	if e.Action == "" {
		faults.Missing("action")
	}
	checkDay(&faults, "day", e.Day)
	if err := faults.Err(); err != nil {
		return fmt.Errorf("usage: event of user %s: %w", verdict.Quote(fmt.Sprint(e.User)), err)
	}
	if err := l.history(e.Action).Add(e.User, e.Day, 0); err != nil {
		return fmt.Errorf("usage: %w", err)
	}
	return nil
}

// history returns the history of an action, a new one if need be.
func (l *Log[K]) history(action string) *kpi.History[K] {
	h := l.actions[action]
	if h == nil {
		if l.actions == nil {
			l.actions = map[string]*kpi.History[K]{}
		}
		h = &kpi.History[K]{}
		l.actions[action] = h
	}
	return h
}

// AddAll records events as they come. It stops at the first that [Log.Add] refuses
// and returns its error with its place, counted from 0; those before it stay
// recorded.
func (l *Log[K]) AddAll(events iter.Seq[Event[K]]) error {
	n := 0
	for e := range events {
		if err := l.Add(e); err != nil {
			return fmt.Errorf("%w (event %d)", err, n)
		}
		n++
	}
	return nil
}

// Merge takes in every event of other, which is not changed. A log may be merged
// with itself, which doubles it. The only error is that of no more room for an action,
// after some 4,000 million events; the actions before it, in order of name, have been
// merged then.
func (l *Log[K]) Merge(other *Log[K]) error {
	for _, action := range other.Actions() {
		if err := l.history(action).Merge(other.actions[action]); err != nil {
			return fmt.Errorf("usage: action %s: %w", verdict.Quote(action), err)
		}
	}
	return nil
}

// Actions returns the actions that occur, in ascending order.
func (l *Log[K]) Actions() []string { return slices.Sorted(maps.Keys(l.actions)) }

// Users returns the users that occur, in ascending order.
func (l *Log[K]) Users() []K {
	var all []K
	for _, h := range l.actions {
		all = append(all, h.Ledger().Keys()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Events returns the number of events. It takes time in proportion to the log.
func (l *Log[K]) Events() int64 {
	n := int64(0)
	for _, h := range l.actions {
		n += h.Events()
	}
	return n
}

// Compact combines the events of each user, action and day and puts all into order.
// Results stay the same; several taken from a compact log share that work.
func (l *Log[K]) Compact() {
	for _, h := range l.actions {
		h.Compact()
	}
}
