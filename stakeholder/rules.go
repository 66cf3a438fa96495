package stakeholder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

type (
	rule     = verdict.Rule[Facts]
	reporter = *verdict.Reporter
)

// Rules returns the rules STAKE-001 to STAKE-505, ordered by code, in a slice of
// the caller's own. The package documentation has the table.
func Rules() []verdict.Rule[Facts] {
	return slices.Concat(registerRules(), engagementRules(), expectationRules(), planRules(), contactRules(),
		conflictRules(), teamRules())
}

// each visits the stakeholders; without any, a rule on them does not apply.
func (f Facts) each(r reporter, visit func(at string, s Stakeholder)) {
	if len(f.Register.Stakeholders) == 0 {
		r.NotApplicable("the register has no stakeholders")
	}
	for _, s := range f.Register.Stakeholders {
		visit(verdict.Key("stakeholders", s.ID), s)
	}
}

// communications visits the plan; without one, a rule on it does not apply.
func (f Facts) communications(r reporter, visit func(at string, i int, c Communication)) {
	if len(f.Register.Plan) == 0 {
		r.NotApplicable("no communication is planned")
	}
	for i, c := range f.Register.Plan {
		visit(verdict.Key("plan", c.ID), i, c)
	}
}

// dated reports whether the facts have a day; without it a rule on dates cannot
// be judged.
func (f Facts) dated(r reporter) bool {
	if !f.AsOf.IsValid() {
		r.Unassessed("the facts have no date")
	}
	return f.AsOf.IsValid()
}

// overdue reports whether more than a period has passed since a day.
func (f Facts) overdue(since calendar.Date, within calendar.Period) bool {
	limit := within.After(since)
	return limit != 0 && f.AsOf > limit
}

// days returns the number of days from a date to that of the facts.
func (f Facts) days(since calendar.Date) int {
	days, _ := f.AsOf.DaysSince(since)
	return days
}

// label returns what a stakeholder is called in a message.
func label(s Stakeholder) string { return verdict.Quote(cmp.Or(s.Name, s.ID)) }

// plural returns "1 day", "2 days".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// list joins names for a message, of many only the first few.
func list(names []string) string {
	const most = 8
	shown := make([]string, 0, most+1)
	for i, name := range names {
		if i == most {
			shown = append(shown, fmt.Sprintf("%d more", len(names)-most))
			break
		}
		shown = append(shown, verdict.Quote(name))
	}
	return strings.Join(shown, ", ")
}
