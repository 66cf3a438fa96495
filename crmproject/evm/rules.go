package evm

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules returns the rules of a project that is on plan, ordered by code. Subjects
// are paths below the ledger, with packages by id: "baseline.packages[WP-3]".
//
//	EVM-001 …   indices and their trend, without level of effort
//	EVM-020 …   forecasts of cost and finish
//	EVM-040 …   reports and costs of single packages
//	EVM-060 …   the baseline
//
// Rules about a ledger that is not valid fail: they are neither met nor broken.
// Each rule stands alone and sorts the ledger out anew, which takes O(k log k) time
// for k entries.
func Rules() []verdict.Rule[Facts] {
	return slices.Concat(indexRules(), forecastRules(), packageRules(), baselineRules())
}

// A judge is what a check of this package has before it.
type judge struct {
	Thresholds
	facts Facts
	book  *book
	*verdict.Reporter
}

// check makes a rule's check of one that wants the ledger made ready.
func check(look func(j judge)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		b, err := f.open()
		if err != nil {
			r.Fail(err)
			return
		}
		look(judge{f.Thresholds.filled(), f, b, r})
	}
}

// measured makes a rule's check of one that looks at the work that is measured,
// all together.
func measured(look func(j judge, p Position)) func(Facts, *verdict.Reporter) {
	return check(func(j judge) {
		all, _, _, err := j.book.split(j.facts.AsOf)
		if err != nil {
			j.Fail(invalid("rules", err))
			return
		}
		if all.packages == 0 {
			j.NotApplicable("all work is level of effort")
			return
		}
		position, err := all.position(j.book)
		if err != nil {
			j.Fail(err)
			return
		}
		look(j, position)
	})
}

// each makes a rule's check of one that looks at each measured package by itself.
func each(look func(j judge, i int)) func(Facts, *verdict.Reporter) {
	return check(func(j judge) {
		none := true
		for i := range j.book.tracks {
			if measurable(j.book.tracks[i].WorkPackage) {
				none = false
				look(j, i)
			}
		}
		if none {
			j.NotApplicable("all work is level of effort")
		}
	})
}

// packagePath returns the subject of findings about a package.
func packagePath(id string) string { return verdict.Key("baseline.packages", id) }

// label names a package for people: its title and id, or its id.
func (p WorkPackage) label() string {
	if p.Title == "" {
		return p.ID
	}
	return fmt.Sprintf("%s (%s)", p.Title, p.ID)
}

// count writes a number of things for people.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
