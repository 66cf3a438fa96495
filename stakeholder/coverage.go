package stakeholder

import (
	"slices"
	"strings"
	"unicode"
)

// A Cover says which of the departments involved are represented in a team.
type Cover struct {
	Covered  int      `json:"covered"`           // departments involved that are in the team
	Required int      `json:"required"`          // departments involved
	Missing  []string `json:"missing,omitempty"` // those that are not in the team, in the order of bytes
}

// Coverage compares the departments involved in the project with those of the
// members of its team. Departments are the same if they differ only in upper
// and lower case or in spaces; one that is named twice counts once, with its
// first spelling; blank names do not count, and departments that are not
// involved do no harm.
func Coverage(involved, team []string) Cover {
	there := make(map[string]bool, len(team))
	for _, department := range team {
		there[fold(department)] = true
	}
	var c Cover
	seen := map[string]bool{"": true}
	for _, department := range involved {
		key := fold(department)
		if seen[key] {
			continue
		}
		seen[key] = true
		c.Required++
		if there[key] {
			c.Covered++
		} else {
			c.Missing = append(c.Missing, tidy(department))
		}
	}
	slices.Sort(c.Missing)
	return c
}

// Defined reports whether there is anything to cover: with no department
// involved a team covers nothing, which is not the same as all.
func (c Cover) Defined() bool { return c.Required > 0 }

// OK reports whether the coverage is defined and no department is missing.
func (c Cover) OK() bool { return c.Defined() && len(c.Missing) == 0 }

// fold returns the form in which names are compared: without regard to upper
// and lower case, as strings.EqualFold sees them, and to spaces around and
// between words.
func fold(name string) string {
	lowest := func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}
	return strings.Map(lowest, tidy(name))
}

// tidy returns the name without spaces around it and with single ones within.
func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }
