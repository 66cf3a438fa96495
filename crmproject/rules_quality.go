package crmproject

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// qualityRules judge how good charter and plan are, beyond what must be in them.
func qualityRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-080", Severity: verdict.Minor,
			Title: "The charter states authority, assumptions, constraints and what is left out",
			Why:   "What is taken for granted in silence is the first thing that turns out to be wrong.",
			Check: checkCharterLimits,
		}, {
			Code: "PROJECT-081", Severity: verdict.Minor,
			Title: "The charter says what it means, without vague words or blanks to be filled in",
			Why:   "A vague charter is agreed to by everybody, and understood by each in another way.",
			Check: checkVague,
		}, {
			Code: "PROJECT-082", Severity: verdict.Minor,
			Title: "Each success criterion names a number to be reached",
			Why:   "A criterion without a number cannot be missed, and therefore not be met.",
			Check: checkMeasurable,
		}, {
			Code: "PROJECT-083", Severity: verdict.Minor,
			Title: "Each activity that is to be done has an estimate of its effort or its duration",
			Why:   "Dates without an estimate behind them are hopes.",
			Check: from(Planning, checkEstimates),
		}, {
			Code: "PROJECT-084", Severity: verdict.Minor,
			Title: "Each activity is tied into the plan by what it waits for or what waits for it",
			Why:   "A loose activity can slip to the end without moving anything, and its delay is seen last.",
			Check: from(Planning, checkLooseEnds),
		}, {
			Code: "PROJECT-085", Severity: verdict.Minor,
			Title: "Each milestone has an owner",
			Why:   "A promise is kept by somebody.",
			Check: from(Planning, checkMilestoneOwners),
		}, {
			Code: "PROJECT-086", Severity: verdict.Minor,
			Title: "Each quality target has a value, a way to measure it and an owner",
			Why:   "Quality that nobody measures is delivered as what is left of time and money.",
			Check: from(Planning, checkQualityPlan),
		},
	}
}

func checkCharterLimits(f Facts, r *verdict.Reporter) {
	c := f.Project.Charter
	parts := []part{
		{"charter.authority", "the authority of the project manager", c.Authority != ""},
		{"charter.assumptions", "its assumptions", len(c.Assumptions) > 0},
		{"charter.constraints", "its constraints", len(c.Constraints) > 0},
		{"charter.exclusions", "what is not to be done", len(c.Exclusions) > 0},
	}
	if takenUp(parts) {
		empty(r, "The charter", "Settle it with the sponsor and write it down.", parts...)
		return
	}
	r.NotApplicable("the charter says nothing on authority, assumptions, constraints and exclusions")
}

// takenUp reports whether any of the parts is there: what a project uses at all,
// it is held to.
func takenUp(parts []part) bool {
	for _, p := range parts {
		if p.have {
			return true
		}
	}
	return false
}

// vagueWords are words and phrases that mean something else to each reader, or
// stand in for what nobody has decided. They are looked for as whole words.
var vagueWords = []string{
	"tbd", "tba", "to be defined", "to be determined", "to be decided", "to be confirmed", "etc", "and so on",
	"as appropriate", "as needed", "as required", "as soon as possible", "asap", "if possible", "where possible",
	"state of the art", "best of breed", "world class", "user friendly", "easy to use", "intuitive", "modern",
	"better", "improve", "improved", "optimise", "optimize", "enhance", "various", "several", "some", "many",
	"adequate", "sufficient", "reasonable", "efficient", "flexible", "robust", "seamless", "soon", "timely",
}

// vague returns the vague words in a text, in the order of the list.
func vague(text string) []string {
	plain := " " + strings.Join(plainWords(text), " ") + " "
	return filtered(vagueWords, func(w string) bool { return strings.Contains(plain, " "+w+" ") })
}

// plainWords returns the words of a text in lower case, without punctuation.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '%' || c > 0x7f)
	})
}

// numberWords say an amount without a digit.
var numberWords = map[string]bool{
	"zero": true, "no": true, "none": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true,
	"seven": true, "eight": true, "nine": true, "ten": true, "twelve": true, "twenty": true, "hundred": true, "thousand": true,
	"half": true, "third": true, "quarter": true, "double": true, "twice": true, "all": true, "every": true, "each": true,
}

// measurable reports whether a text names a number, in digits or as a word.
func measurable(text string) bool {
	for _, w := range plainWords(text) {
		if numberWords[w] || strings.ContainsAny(w, "0123456789") {
			return true
		}
	}
	return false
}

func checkVague(f Facts, r *verdict.Reporter) {
	c := f.Project.Charter
	if c.Purpose == "" && c.Scope == "" && len(c.Criteria) == 0 {
		r.Unassessed("the charter is not written yet")
		return
	}
	look := func(path, what, text string) {
		words := vague(text)
		if len(words) == 0 || measurable(text) && path != "charter.scope" {
			return
		}
		r.Find(path, fmt.Sprintf("%s is vague: %q leaves open what is meant.", what, words[0]),
			"Say how much, by when, or which.", "vague: "+strings.Join(words, ", "))
	}
	look("charter.purpose", "The purpose in the charter", c.Purpose)
	look("charter.scope", "The scope in the charter", c.Scope)
	for _, s := range c.Criteria {
		look(verdict.Key("charter.criteria", s.ID), "The success criterion "+s.ID, s.Text)
	}
}

func checkMeasurable(f Facts, r *verdict.Reporter) {
	if len(f.Project.Charter.Criteria) == 0 {
		r.Unassessed("the charter has no success criteria yet")
	}
	for _, s := range f.Project.Charter.Criteria {
		if !measurable(s.Text) {
			r.Find(verdict.Key("charter.criteria", s.ID), fmt.Sprintf("The success criterion %s names no number: %s", s.ID, quoteEnd(s.Text)),
				"Agree on a value and a date.")
		}
	}
}

// quoteEnd quotes a text and ends the sentence.
func quoteEnd(text string) string { return verdict.Quote(text) + "." }

// alongside reports whether an activity belongs to monitoring and control, which
// runs beside the plan and ends with it.
func alongside(cycle Lifecycle, a Activity) bool {
	stage, _ := cycle.Stage(phase.ID(a.Phase))
	return stage == Control
}

func checkEstimates(f Facts, r *verdict.Reporter) {
	cycle := f.Project.Cycle()
	estimated := func(a Activity) bool { return a.Effort > 0 || a.Estimate != schedule.ThreePoint{} }
	if !slices.ContainsFunc(f.Project.Activities, estimated) {
		r.NotApplicable("no activity is estimated")
		return
	}
	for _, a := range f.Project.Activities {
		if !a.Done(f.AsOf) && !alongside(cycle, a) {
			empty(r, named(a.ID, a.Title), "Let whoever does the work estimate it.",
				part{verdict.Key("activities", a.ID) + ".effortDays", "an estimate", estimated(a)})
		}
	}
}

func checkLooseEnds(f Facts, r *verdict.Reporter) {
	cycle, tied := f.Project.Cycle(), map[string]bool{}
	for _, a := range f.Project.Activities {
		for _, id := range a.After {
			tied[id], tied[a.ID] = true, true
		}
	}
	if len(tied) == 0 {
		r.Unassessed("the plan has no dependencies yet")
		return
	}
	for _, a := range f.Project.Activities {
		if !tied[a.ID] && !alongside(cycle, a) {
			r.Find(verdict.Key("activities", a.ID), named(a.ID, a.Title)+" waits for nothing, and nothing waits for it.",
				"Say what it waits for, or what cannot begin without it.")
		}
	}
}

func checkMilestoneOwners(f Facts, r *verdict.Reporter) {
	for _, m := range f.Project.Milestones {
		empty(r, "The milestone "+named(m.ID, m.Title), "Name one.", part{verdict.Key("milestones", m.ID) + ".owner", "an owner", m.Owner != ""})
	}
}

func checkQualityPlan(f Facts, r *verdict.Reporter) {
	if len(f.Project.Quality) == 0 {
		r.NotApplicable("no quality plan is kept")
	}
	for _, q := range f.Project.Quality {
		at := verdict.Key("quality", q.ID)
		empty(r, "The quality target "+named(q.ID, q.Title), "Complete the quality plan.",
			part{at + ".target", "a value", q.Target.Defined()},
			part{at + ".measure", "a way to measure it", q.Measure != ""},
			part{at + ".owner", "an owner", q.Owner != ""})
	}
}
