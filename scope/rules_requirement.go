package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func requirementRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		eachRequirement("SCOPE-060", verdict.Major, "Every requirement in scope has a source",
			"When a requirement has to give way, somebody must be asked; without a source there is nobody.",
			func(r Requirement) bool { return !r.hasSource() },
			"does not say who asked for it", "Name the department or the stakeholder."),
		eachRequirement("SCOPE-061", verdict.Minor, "Every requirement in scope has a priority",
			"Without priorities the first thing to give way is the one that happens to be last.",
			func(r Requirement) bool { return !r.Priority.IsValid() },
			"has no priority", "Settle with its source whether it is a must, a should or a could."),
		eachRequirement("SCOPE-062", verdict.Minor, "Every requirement in scope is marked as user or system requirement",
			"Users accept the one kind, IT the other; unmarked, each leaves it to the other.",
			func(r Requirement) bool { return !r.Kind.IsValid() },
			"is marked neither as a user nor as a system requirement", "Mark it."),
		eachRequirement("SCOPE-063", verdict.Major, "Every must-have of business and users has a feature that carries it",
			"A must-have that no feature carries will not be in the product.",
			func(r Requirement) bool {
				return r.Priority == Must && len(r.Features) == 0 && (r.Component == ComponentBusiness || r.Component == ComponentUser)
			},
			"is a must-have that no feature carries", "Trace it to a feature, or add the feature."),
		{
			Code: "SCOPE-064", Severity: verdict.Minor,
			Title: "No requirement rests only on objectives that were set aside",
			Why:   "When its objective goes, the reason for the requirement goes with it.",
			Check: checkOrphans,
		},
		{
			Code: "SCOPE-065", Severity: verdict.Minor,
			Title: "Every feature is asked for by a requirement",
			Why:   "A feature that nobody asked for costs as much as one that somebody did.",
			Check: checkFeatures,
		},
		{
			Code: "SCOPE-066", Severity: verdict.Minor,
			Title: "Not everything is a must-have",
			Why:   "If everything is a must, nothing can give way, and the end date will.",
			Check: checkMusts,
		},
		{
			Code: "SCOPE-067", Severity: verdict.Minor,
			Title: "There are both user and system requirements",
			Why:   "A CRM that is pleasant but slow fails like one that is fast but of no use.",
			Check: checkKinds,
		},
	}
}

// eachRequirement asks something of every requirement in scope.
func eachRequirement(code verdict.Code, severity verdict.Severity, title, why string,
	wrong func(Requirement) bool, fault, remedy string,
) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			promised := pick(f.Statement.Requirements, Requirement.InScope)
			if len(promised) == 0 {
				r.NotApplicable("There are no requirements in scope.")
			}
			for _, q := range promised {
				if wrong(q) {
					r.Find(verdict.Key("requirements", q.ID), fmt.Sprintf("Requirement %s %s.", verdict.Quote(q.Text), fault), remedy)
				}
			}
		},
	}
}

func checkOrphans(f Facts, r *verdict.Reporter) {
	kept := f.Statement.Goals.kept()
	for _, q := range pick(f.Statement.Requirements, Requirement.InScope) {
		if len(q.Objectives) == 0 {
			continue
		}
		if left := pick(q.Objectives, func(id string) bool { return kept[id] }); len(left) == 0 {
			r.Find(verdict.Key("requirements", q.ID)+".objectives",
				fmt.Sprintf("Requirement %s serves only objectives that are not kept: %s.", verdict.Quote(q.Text), someOf(q.Objectives)),
				"Trace it to an objective that is kept, restate the one set aside, or defer the requirement.")
		}
	}
}

func checkFeatures(f Facts, r *verdict.Reporter) {
	promised := pick(f.Statement.Requirements, Requirement.InScope)
	if len(promised) == 0 {
		r.NotApplicable("There are no requirements in scope.")
		return
	}
	asked := map[string]bool{}
	for _, q := range promised {
		for _, id := range q.Features {
			asked[id] = true
		}
	}
	for _, x := range f.Statement.Scope.Features {
		if !asked[x.ID] {
			r.Find(verdict.Key("scope.features", x.ID), fmt.Sprintf("No requirement asks for the feature %s.", verdict.Quote(x.Name)),
				"Find out who needs it and write the requirement, or drop the feature.")
		}
	}
}

// fewestForMusts is the number of prioritised requirements below which their
// share of must-haves says nothing.
const fewestForMusts = 5

func checkMusts(f Facts, r *verdict.Reporter) {
	rated := pick(f.Statement.Requirements, func(q Requirement) bool { return q.InScope() && q.Priority.IsValid() })
	if len(rated) < fewestForMusts {
		r.NotApplicable(fmt.Sprintf("Fewer than %d requirements in scope have a priority.", fewestForMusts))
		return
	}
	musts := pick(rated, func(q Requirement) bool { return q.Priority == Must })
	share, most := ratio.New(int64(len(musts)), int64(len(rated))), f.Policy.resolved().MostMusts
	if most.Less(share) {
		r.Find("requirements", fmt.Sprintf("%d of %d prioritised requirements are must-haves, %s; more than %s leave no room.",
			len(musts), len(rated), share.Percent(0), most.Percent(0)),
			"Ask the source of each must-have whether going live without it would still be worth it.")
	}
}

func checkKinds(f Facts, r *verdict.Reporter) {
	marked := map[Kind]bool{}
	for _, q := range f.Statement.Requirements {
		marked[q.Kind] = marked[q.Kind] || q.InScope()
	}
	if !marked[UserRequirement] && !marked[SystemRequirement] {
		r.Unassessed("No requirement in scope is marked as user or system requirement.")
		return
	}
	for _, k := range []Kind{UserRequirement, SystemRequirement} {
		if !marked[k] {
			r.Find("requirements", fmt.Sprintf("No requirement in scope is a %s requirement.", k),
				"Ask the users what they need to do, and IT what the system has to withstand.")
		}
	}
}
