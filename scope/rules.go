package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules returns the rules of this package, ordered by code:
//
//	SCOPE-001 … 040   the items of the default scheme, one rule each
//	SCOPE-041 … 049   completeness as a whole
//	SCOPE-050 … 059   goals and objectives
//	SCOPE-060 … 069   requirements
//	SCOPE-070 … 079   technology, integrations, milestones
//	SCOPE-080 … 089   user access
//	SCOPE-090 … 099   data migration
//	SCOPE-100         unclear scope
//	SCOPE-110 … 119   baseline and creep
//	SCOPE-120 … 129   change control
//
// The rule of an item that asks something of "each" or "every" is unassessed if
// there is none, while the item counts as not satisfied. The rule does not apply if the scheme does not ask for the item, or
// if its component was declared not applicable legally.
func Rules() []verdict.Rule[Facts] {
	rules := make([]verdict.Rule[Facts], 0, 90)
	for i := range derivations {
		rules = append(rules, derivations[i].rule())
	}
	rules = append(rules, completenessRules()...)
	rules = append(rules, objectiveRules()...)
	rules = append(rules, requirementRules()...)
	rules = append(rules, planRules()...)
	rules = append(rules, accessRules()...)
	rules = append(rules, migrationRules()...)
	rules = append(rules, creepRules()...)
	return append(rules, changeRules()...)
}

// rule turns the item into a rule: each gap is a finding.
func (d derivation) rule() verdict.Rule[Facts] {
	severity := d.severity
	if d.gate {
		severity = verdict.Critical
	}
	return verdict.Rule[Facts]{
		Code: d.code, Title: d.title, Why: d.why, Severity: severity,
		Check: func(f Facts, r *verdict.Reporter) {
			if why := f.passes(d.item); why != "" {
				r.NotApplicable(why)
				return
			}
			d.gaps(&f.Statement, into(r))
		},
	}
}

// into reports what is wrong as findings; an item that is about nothing cannot be
// judged, and some other rule says that there is nothing.
func into(r *verdict.Reporter) sink {
	return sink{
		find: func(subject, message, remedy string) { r.Find(subject, message, remedy) },
		void: r.Unassessed,
	}
}

// passes says why an item is not asked for, nothing if it is.
func (f Facts) passes(ref ItemRef) string {
	scheme := f.Scheme.resolved()
	if !scheme.has(ref) {
		return "The scheme does not ask for it."
	}
	component, _ := scheme.of(ref.Component)
	if e, declared := f.Statement.exemption(ref.Component); declared && component.objection(e) == "" {
		return fmt.Sprintf("Component %s is declared not applicable: %s", ref.Component, e.Rationale)
	}
	return ""
}

func completenessRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "SCOPE-041", Severity: verdict.Critical,
			Title: "Only components that may be left out are declared not applicable, with a rationale",
			Why:   "A component that is waved away is a part of the project that nobody has thought about.",
			Check: checkExemptions,
		},
		{
			Code: "SCOPE-042", Severity: verdict.Minor,
			Title: "A component that is declared not applicable is empty",
			Why:   "What is declared not applicable is not judged, so what stands there escapes every check.",
			Check: checkContradictions,
		},
		{
			Code: "SCOPE-043", Severity: verdict.Major,
			Title: "Items of the organisation's own are confirmed",
			Why:   "An item that cannot be read off the statement is satisfied only if somebody says so.",
			Check: checkConfirmations,
		},
		{
			Code: "SCOPE-044", Severity: verdict.Major,
			Title: "The completeness of the scope reaches the threshold",
			Why:   "Work on a statement with too many holes fills them by accident.",
			Check: checkScore,
		},
	}
}

func checkExemptions(f Facts, r *verdict.Reporter) {
	scheme := f.Scheme.resolved()
	for _, c := range scheme.Components {
		e, declared := f.Statement.exemption(c.Component)
		if !declared {
			continue
		}
		if why := c.objection(e); why != "" {
			r.Find(verdict.Key("notApplicable", c.Component.String()), why,
				"Fill in the component, or give the rationale if it may be left out.")
		}
	}
}

func checkContradictions(f Facts, r *verdict.Reporter) {
	s := &f.Statement
	content := map[Component]int{
		ComponentIntegration: len(s.Scope.Integrations) + len(s.promised(ComponentIntegration)),
		ComponentMigration:   len(s.Migration.Entities) + len(s.promised(ComponentMigration)),
	}
	for _, c := range []Component{ComponentIntegration, ComponentMigration} {
		if _, declared := s.exemption(c); declared && content[c] > 0 {
			r.Find(verdict.Key("notApplicable", c.String()),
				fmt.Sprintf("The %s are declared not applicable, yet the statement lists %d.", plain(c.String()), content[c]),
				"Withdraw the declaration, or remove the entries.")
		}
	}
}

func checkConfirmations(f Facts, r *verdict.Reporter) {
	own := 0
	for _, c := range f.Scheme.resolved().Components {
		for _, item := range c.Items {
			ref := ItemRef{c.Component, item.Name}
			if derives(ref) {
				continue
			}
			own++
			if why := f.passes(ref); why != "" {
				continue
			}
			if why := f.Statement.unconfirmed(ref); why != "" {
				r.Find(verdict.Key("confirmed", ref.String()), why, "Have the responsible person confirm it, with name and date.")
			}
		}
	}
	if own == 0 {
		r.NotApplicable("The scheme has no items of the organisation's own.")
	}
}

func checkScore(f Facts, r *verdict.Reporter) {
	c, err := f.Statement.Completeness(f.Scheme)
	switch {
	case err != nil:
		r.Fail(err)
	case !c.Score.Defined():
		r.Unassessed("The score is undefined: " + c.Score.Reason() + ".")
	case !c.Score.AtLeast(c.Threshold):
		reasons := make([]string, 0, len(c.Gaps))
		for _, gap := range c.Gaps {
			reasons = append(reasons, gap.Item.String()+": "+gap.Reason)
		}
		r.Find("", fmt.Sprintf("The scope statement is %s complete, below the threshold of %s.", c.Score.Percent(1), c.Threshold.Percent(1)),
			fmt.Sprintf("Close the gaps: %s not satisfied.", are(len(c.Gaps), "item")), reasons...)
	}
}
