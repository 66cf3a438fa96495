package scope

import (
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A derivation reads one item off a statement. It is the one truth about the
// item: the checklist asks whether there is a gap, the rule reports each of them.
type derivation struct {
	item     ItemRef
	gate     bool
	code     verdict.Code
	severity verdict.Severity // of a soft item; that of a gate is critical
	title    string
	why      string
	gaps     func(s *Statement, gap sink)
}

// A sink takes down what keeps an item from being satisfied.
type sink struct {
	find func(subject, message, remedy string) // something is wrong: where, what, what to do about it
	void func(why string)                      // there is nothing that the item could be true of
}

// derivations are the items of the default scheme, in its order.
var derivations = slices.Concat(
	scopeItems, goalItems, timelineItems, budgetItems, businessItems,
	technicalItems, integrationItems, userItems, migrationItems,
)

// derives reports whether an item is read off a statement.
func derives(ref ItemRef) bool { _, ok := derivationOf(ref); return ok }

// derivationOf returns how an item is read off a statement: one of the default
// scheme, or of a family.
func derivationOf(ref ItemRef) (func(*Statement, sink), bool) {
	for i := range derivations {
		if derivations[i].item == ref {
			return derivations[i].gaps, true
		}
	}
	return familyOf(ref)
}

// familyOf returns how an item of one of the three families is read off.
func familyOf(ref ItemRef) (func(*Statement, sink), bool) {
	switch ref.Component {
	case ComponentBusiness:
		if department, ok := strings.CutPrefix(ref.Name, "source_"); ok && fold(department) != "" {
			return heardFrom(Department(department)), true
		}
	case ComponentBudget:
		if word, ok := strings.CutSuffix(ref.Name, "_cost"); ok {
			category, err := ParseCostCategory(word)
			return costOf(category), err == nil
		}
	case ComponentTechnical:
		area, err := ParseArea(ref.Name)
		return covers(area), err == nil
	default:
	}
	return nil, false
}
