package schedule

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules returns the rules of a sound plan, by code (CP-16, CP-36, CP-37).
// SCHED-001 to SCHED-014 hold each [Metric] against its limit; SCHED-015 and
// those after it find what is wrong with one activity, resource or date each.
// Subjects are paths such as "activities[uat]".
func Rules() []verdict.Rule[Facts] {
	rules := make([]verdict.Rule[Facts], 0, len(points))
	for i := range points {
		rules = append(rules, points[i].rule())
	}
	return slices.Concat(rules, planRules())
}

// rule makes a rule of a point.
func (p *point) rule() verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: p.code, Title: p.title, Why: p.why, Severity: p.severity,
		Check: func(f Facts, r *verdict.Reporter) { p.check(f, r) },
	}
}

func (p *point) check(f Facts, r *verdict.Reporter) {
	m := f.metric(p)
	switch m.Status {
	case verdict.Unassessed:
		r.Unassessed(m.Value.Reason())
	case verdict.NotApplicable:
		r.NotApplicable(m.Value.Reason())
	case verdict.NotMet:
		r.Find("", p.sentence(m), p.remedy, evidence(m.Which)...)
	default: // met
	}
}

// sentence says by how much a metric misses its limit. A share may be too small
// to show in a percentage, and must not look like none.
func (p *point) sentence(m Metric) string {
	switch {
	case p.code == "SCHED-013" || p.code == "SCHED-014":
		return fmt.Sprintf("%s %s, below %s.", m.Value.Decimal(2), p.message, m.Limit.Decimal(2))
	case p.index:
		return fmt.Sprintf("%s %s, less than %s.", m.Value.Percent(1), p.message, m.Limit.Percent(0))
	case m.Limit.Sign() == 0:
		return fmt.Sprintf("%d of %d %s; there should be none.", len(m.Which), total(m), p.message[len("of the "):])
	default:
		return fmt.Sprintf("%s %s, more than %s.", m.Value.Percent(1), p.message, m.Limit.Percent(0))
	}
}

// total returns of how many a share was taken.
func total(m Metric) int64 {
	if m.Value.Num() == 0 {
		return 0
	}
	return int64(len(m.Which)) / m.Value.Num() * m.Value.Den()
}

// evidence caps a list of what counts against a metric.
func evidence(which []string) []string {
	const most = 100
	if len(which) <= most {
		return which
	}
	return append(slices.Clone(which[:most]), fmt.Sprintf("… and %d more", len(which)-most))
}

func planRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{{
		Code: "SCHED-015", Severity: verdict.Critical, Check: planned(checkDeadlines),
		Title: "Deadlines are met",
		Why:   "A plan that misses a deadline from the outset will not meet it by itself.",
	}, {
		Code: "SCHED-016", Severity: verdict.Major, Check: planned(checkOverloads),
		Title: "No resource is needed more than there is of it",
		Why:   "People cannot do two things at once: one of them will be late.",
	}, {
		Code: "SCHED-017", Severity: verdict.Minor, Check: planned(checkSequence),
		Title: "Work goes in the order of the network",
		Why:   "Work before its turn is often done again, and it shows that the network is not how people work.",
	}, {
		Code: "SCHED-018", Severity: verdict.Minor, Check: planned(checkDangling),
		Title: "Both ends of an activity are tied",
		Why:   "If nothing waits for the finish of an activity, it can take longer unseen; if its start waits for nothing, it has no date of its own.",
	}, {
		Code: "SCHED-019", Severity: verdict.Minor, Check: planned(checkMilestones),
		Title: "The plan has milestones",
		Why:   "Without dated states that all can see, nobody but the planner knows whether the project is on time.",
	}, {
		Code: "SCHED-020", Severity: verdict.Major, Check: planned(checkSlip),
		Title: "The project finishes when the baseline says",
		Why:   "Found early, a delay can still be made up or agreed on; found late, it can only be suffered.",
	}}
}

// planned makes the check of a rule that needs a plan with activities.
func planned(check func(f Facts, r *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		switch {
		case f.Plan == nil:
			r.Unassessed("there is no plan")
		case f.Plan.model.Len() == 0:
			r.Unassessed("the plan has no activities")
		default:
			check(f, r)
		}
	}
}
