package crmproject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// choiceRules judge how the two great decisions of the beginning were taken:
// whether to do it, and with what.
func choiceRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-120", Severity: verdict.Minor,
			Title: "The feasibility study looks at people, money, time, technology, law and launch",
			Why:   "The dimension that nobody looked at is the one that stops the project.",
			Check: from(Planning, checkDimensions),
		}, {
			Code: "PROJECT-121", Severity: verdict.Major,
			Title: "A go rests on answered questions",
			Why:   "A go over open questions is a bet.",
			Check: checkAnswered,
		}, {
			Code: "PROJECT-122", Severity: verdict.Major,
			Title: "Each candidate is scored on each criterion",
			Why:   "A score that is missing is filled in by whoever sums up.",
			Check: checkScores,
		}, {
			Code: "PROJECT-123", Severity: verdict.Major,
			Title: "No candidate is better than the chosen one in some respect and worse in none",
			Why:   "No weighting can justify a choice that another solution beats everywhere.",
			Check: checkDominated,
		}, {
			Code: "PROJECT-124", Severity: verdict.Info,
			Title: "The choice stands if one weight is changed a little, or its reason is written down",
			Why:   "A choice that turns with one weight is decided by whoever sets the weight.",
			Check: checkFragile,
		}, {
			Code: "PROJECT-125", Severity: verdict.Minor,
			Title: "The choice of a solution names who decided it and when",
			Why:   "A decision without a name is reopened by whoever did not like it.",
			Check: checkDecided,
		},
	}
}

func checkDecided(f Facts, r *verdict.Reporter) {
	s := f.Project.Selection
	if s.Chosen == "" {
		r.NotApplicable("no solution is chosen yet")
		return
	}
	empty(r, "The choice of "+s.Chosen, "Have it confirmed, and write it down.",
		part{"selection.by", "somebody who decided it", s.By != ""},
		part{"selection.on", "a date", s.On.IsValid()})
}

func checkDimensions(f Facts, r *verdict.Reporter) {
	if !f.Project.Feasible.sorted() {
		r.NotApplicable("the questions of the feasibility study name no dimension")
		return
	}
	for _, d := range f.Project.Feasible.Result().Missing {
		r.Find("feasibility.checks", fmt.Sprintf("The feasibility study does not look at the dimension %s.", d), "Ask the question and answer it.")
	}
}

func checkAnswered(f Facts, r *verdict.Reporter) {
	study := f.Project.Feasible
	if study.Decision != Go {
		r.NotApplicable("the project was not found feasible yet")
		return
	}
	for i, c := range study.Checks {
		if !c.Answer.IsValid() {
			r.Find(verdict.At("feasibility.checks", i), fmt.Sprintf("The project was found feasible, and the question %q has no answer.", c.Title),
				"Answer it, and confirm the decision.")
		}
	}
}

// ranked hands over the ranking of a selection that has candidates and criteria.
func ranked(f Facts, r *verdict.Reporter) (Ranking, bool) {
	if s := f.Project.Selection; len(s.Candidates) == 0 || len(s.Criteria) == 0 {
		r.Unassessed("there are no candidates or no criteria yet")
		return Ranking{}, false
	}
	return f.Project.Selection.Ranking(), true
}

func checkScores(f Facts, r *verdict.Reporter) {
	ranking, _ := ranked(f, r)
	for _, p := range ranking.Places {
		if len(p.Missing) > 0 {
			r.Find(verdict.Key("selection.candidates", p.Candidate),
				fmt.Sprintf("%s has no score on %s and cannot be ranked.", p.Candidate, strings.Join(p.Missing, ", ")), "Score it, or take it off the list.")
		}
	}
}

func checkDominated(f Facts, r *verdict.Reporter) {
	ranking, ok := ranked(f, r)
	if !ok {
		return
	}
	out := func(id string) bool {
		p, _ := ranking.Of(id)
		return p.Place == 0
	}
	chosen, _ := ranking.Of(f.Project.Selection.Chosen)
	if better := slices.DeleteFunc(slices.Clone(chosen.DominatedBy), out); len(better) > 0 {
		r.Find("selection.chosen",
			fmt.Sprintf("The chosen solution %s is nowhere better and somewhere worse than %s.", chosen.Candidate, strings.Join(better, ", ")),
			"Look again, or add the criterion that speaks for it.")
	}
}

// fragileShare is the change of one criterion's share below which a choice that
// turns with it is called fragile: 5 percentage points.
func fragileShare() ratio.Ratio { return ratio.New(1, 20) }

func checkFragile(f Facts, r *verdict.Reporter) {
	ranking, ok := ranked(f, r)
	s := f.Project.Selection
	if !ok || s.Chosen == "" || s.Reason != "" {
		return
	}
	if flip, ok := ranking.Fragile(); ok && flip.Change().Less(fragileShare()) {
		r.Find("selection.reason", fmt.Sprintf("%s wins over %s only while the criterion %s weighs %s; at %s they are level.",
			ranking.Winners[0], flip.Rival, flip.Criterion, flip.Before.Percent(1), flip.After.Percent(1)),
			"Write down why the weights are right, or what else speaks for the choice.")
	}
}
