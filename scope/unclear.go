package scope

import (
	"fmt"
	"regexp"
	"strings"
)

// Unclear returns the signs that the scope is unclear, as sentences: nothing is
// excluded, few requirements, requirements from nowhere, open points, and so on.
// One sign says little, several together are the most common mistake of a
// rollout; [Policy.UnclearSignals] says how many. The order is fixed.
func (s Statement) Unclear(p Policy) []string {
	p = p.resolved()
	promised := pick(s.Requirements, Requirement.InScope)
	var signs []string
	sign := func(seen bool, format string, args ...any) {
		if seen {
			signs = append(signs, fmt.Sprintf(format, args...))
		}
	}
	sign(len(s.Scope.Exclusions) == 0, "Nothing is excluded.")
	sign(s.Scope.Users <= 0, "The number of users is not stated.")
	sign(!s.Scope.integrationsSettled(), "Integrations are neither listed nor ruled out.")
	sign(len(promised) < p.FewestRequirements, "There are only %s in scope.", count(len(promised), "requirement"))
	sign(s.noneSpecific(), "No specific objective is kept.")
	sign(len(s.Goals.SetAside) > len(s.Goals.Objectives), "More objectives are set aside (%d) than kept (%d).",
		len(s.Goals.SetAside), len(s.Goals.Objectives))
	described := len(pick(s.Scope.Features, func(x Feature) bool { return !blank(x.Description) }))
	sign(2*described < len(s.Scope.Features), "Of %s only %d are described.", count(len(s.Scope.Features), "feature"), described)
	sourced := len(pick(promised, Requirement.hasSource))
	sign(2*sourced < len(promised), "Of %s only %d say who asked for them.", count(len(promised), "requirement"), sourced)
	traced := len(pick(promised, func(r Requirement) bool { return len(r.Objectives) > 0 }))
	sign(2*traced < len(promised), "Of %s only %d serve an objective.", count(len(promised), "requirement"), traced)
	open := s.openPoints()
	sign(open > 0, "%s still open (TBD or the like).", are(open, "text"))
	return signs
}

func (s Statement) noneSpecific() bool {
	for _, o := range s.Goals.Objectives {
		if o.Specific() {
			return false
		}
	}
	return true
}

// placeholder matches the usual ways of writing that something is left open.
var placeholder = regexp.MustCompile(`\b(TBD|TBC|TBA|TODO|FIXME)\b|\?\?|(?i:\bto be (defined|determined|decided|confirmed|agreed|clarified)\b)`)

// openPoints counts the texts of features, exclusions and requirements in scope
// that leave something open.
func (s Statement) openPoints() int {
	n := 0
	note := func(text string) {
		if placeholder.MatchString(text) {
			n++
		}
	}
	for _, x := range s.Scope.Features {
		note(strings.Join([]string{x.Name, x.Description, x.Customisation}, "\n"))
	}
	for _, x := range s.Scope.Exclusions {
		note(x)
	}
	for _, r := range s.Requirements {
		if r.InScope() {
			note(r.Text)
		}
	}
	return n
}

// hasSource reports whether it is said who the requirement was heard from.
func (r Requirement) hasSource() bool {
	return !blank(string(r.Source.Department)) || !blank(r.Source.Stakeholder)
}

// are writes a number of things with its verb: "1 text is", "2 texts are".
func are(n int, thing string) string {
	if n == 1 {
		return count(n, thing) + " is"
	}
	return count(n, thing) + " are"
}
