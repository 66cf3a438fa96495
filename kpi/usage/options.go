package usage

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options are what can be chosen. The zero Options let every action of every user
// count.
type Options[K kpi.Key] struct {
	// Actions are those that make a user active; none means all. They need not
	// occur: what nobody ever did has no users.
	Actions []string
	// Except are actions that do not make a user active, such as "login", where only
	// work is to count.
	Except []string
	// Users, if given, says whose events count, such as those of one department. It must
	// say the same of the same user every time.
	Users func(user K) bool
	// Observed is the days on which events were recorded, for [Adoption], [Work] and
	// [ByGroup]: what is asked of other days is undefined, with the reason
	// [Incomplete]. Zero means that all days asked for were observed.
	Observed calendar.Interval
}

// missing returns why shares over a range of days are undefined, empty if they
// are not.
func (o Options[K]) missing(days calendar.Interval) string {
	if o.Observed != (calendar.Interval{}) && (days.From < o.Observed.From || days.Until > o.Observed.Until) {
		return Incomplete
	}
	return ""
}

// counts reports whether an action makes a user active.
func (o Options[K]) counts(action string) bool {
	return (len(o.Actions) == 0 || slices.Contains(o.Actions, action)) && !slices.Contains(o.Except, action)
}

func (o Options[K]) check(faults *verdict.Faults) {
	checkActions(faults, "options.actions", o.Actions)
	checkActions(faults, "options.except", o.Except)
	if o.Observed != (calendar.Interval{}) {
		checkSpan(faults, "options.observed", o.Observed)
	}
}

func checkActions(faults *verdict.Faults, path string, actions []string) {
	for i, a := range actions {
		if a == "" {
			faults.Missing(verdict.At(path, i))
		} else if slices.Contains(actions[:i], a) {
			faults.Duplicate(verdict.At(path, i), a)
		}
	}
}

// checkSpan records what is wrong with a range of days.
func checkSpan(faults *verdict.Faults, path string, span calendar.Interval) {
	checkDay(faults, verdict.Join(path, "from"), span.From)
	checkDay(faults, verdict.Join(path, "until"), span.Until)
	if span.From.IsValid() && span.Until.IsValid() && span.Until < span.From {
		faults.Addf(verdict.Join(path, "until"), "%w: %v is before %v", verdict.ErrRange, span.Until, span.From)
	}
}

func checkDay(faults *verdict.Faults, path string, day calendar.Date) {
	switch {
	case day == 0:
		faults.Missing(path)
	case !day.IsValid():
		faults.Addf(path, "%w: day %d", verdict.ErrRange, int32(day))
	}
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("usage: %w", err)
	}
	return nil
}
