package crmproject

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Rules returns the rules that judge the project by itself, by code. The codes
// are grouped: 001 what initiation settles, 020 the plan, 030 the budget, 040
// building and rolling out, 050 operation and change, 060 closure, 070 the life
// cycle, 080 the quality of charter and plan, 090 money through time, 100 going
// live, 110 changes and baselines, 120 feasibility and choice. A rule
// about something that is only due in a later stage does not apply before.
//
// Rules about what a project need not have at all, such as baselines or dated budget
// lines, do not apply until it is taken up; from then on it must be whole.
func Rules() []verdict.Rule[Facts] {
	return slices.Concat(initiationRules(), peopleRules(), planRules(), budgetRules(),
		rolloutRules(), operationRules(), closureRules(), stateRules(),
		qualityRules(), moneyRules(), goLiveRules(), changeRules(), choiceRules())
}

// from lets a check speak only from a stage on.
func from(stage Stage, check func(Facts, *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		if f.Project.StageAt(f.AsOf) < stage {
			r.NotApplicable("due from the stage " + stage.String() + " on")
			return
		}
		check(f, r)
	}
}

// days writes a number of days for people.
func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// named writes an element for people: its title, or its id if it has none.
func named(id, title string) string {
	if title == "" {
		return id
	}
	return fmt.Sprintf("%s (%s)", title, id)
}

// empty records a finding for each of the given parts that is not there.
func empty(r *verdict.Reporter, what, remedy string, parts ...part) {
	for _, p := range parts {
		if !p.have {
			r.Find(p.path, fmt.Sprintf("%s lacks %s.", what, p.name), remedy)
		}
	}
}

// A part is something that a whole should have.
type part struct {
	path, name string
	have       bool
}
