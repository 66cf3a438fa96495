package scope

import (
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Users are the eighth component: the roles that use the CRM, how many people
// each has, what each may do, and what makes it fit for them.
type Users struct {
	Roles     []Role     `json:"roles,omitempty"`
	Usability string     `json:"usability,omitempty"` // what the CRM does to be easy to use
	Conflicts []DutyPair `json:"conflicts,omitempty"` // duties that no one role may hold together
}

// A Role is a group of people who use the CRM in the same way.
type Role struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	Count     int      `json:"count,omitzero"`      // people in the role
	Level     string   `json:"level,omitempty"`     // level of access in words, such as "own region, read and write"
	Tailoring string   `json:"tailoring,omitempty"` // what is adapted to the role: pages, fields, language
	Access    []Access `json:"access,omitempty"`
}

// An Access is what a role needs to do, and may do, to one kind of record. The
// actions are the organisation's own words ("read", "export"); case, spaces and
// hyphens do not tell them apart. [Wildcard] stands for every entity or action.
type Access struct {
	Entity string   `json:"entity"`
	Need   []string `json:"need,omitempty"`
	Grant  []string `json:"grant,omitempty"`
}

// A DutyPair is two duties that must not meet in one role: whoever creates a
// discount does not approve it.
type DutyPair struct {
	A   Duty   `json:"a"`
	B   Duty   `json:"b"`
	Why string `json:"why,omitempty"`
}

// A Duty is one action on one kind of record.
type Duty struct {
	Entity string `json:"entity"`
	Action string `json:"action"`
}

// Wildcard stands for every entity, or every action.
const Wildcard = "*"

// Headcount returns the number of people in all roles, and false if it does not
// fit an int.
func (u Users) Headcount() (people int, ok bool) {
	for _, r := range u.Roles {
		if r.Count > 0 && people > math.MaxInt-r.Count {
			return 0, false
		}
		people += max(r.Count, 0)
	}
	return people, true
}

// hasLevel reports whether the level of access is stated, in words or as needs.
func (r Role) hasLevel() bool {
	if !blank(r.Level) {
		return true
	}
	for _, a := range r.Access {
		if len(a.Need) > 0 {
			return true
		}
	}
	return false
}

func (u Users) validate(f *verdict.Faults) {
	f.IDs("users.roles", len(u.Roles), func(i int) string { return u.Roles[i].ID })
	for i, r := range u.Roles {
		r.validate(f, verdict.At("users.roles", i))
	}
	if _, ok := u.Headcount(); !ok {
		f.Addf("users.roles", "%w: the head counts overflow", verdict.ErrRange)
	}
	for i, p := range u.Conflicts {
		at := verdict.At("users.conflicts", i)
		p.A.validate(f, at+".a")
		p.B.validate(f, at+".b")
		if p.A.key() == p.B.key() {
			f.Addf(at, "%w: a duty does not conflict with itself", verdict.ErrInvalid)
		}
	}
}

func (r Role) validate(f *verdict.Faults, at string) {
	wantText(f, at+".name", r.Name)
	wantCount(f, at+".count", r.Count)
	seen := map[string]bool{}
	for i, a := range r.Access {
		entry := verdict.At(at+".access", i)
		wantText(f, entry+".entity", a.Entity)
		if seen[fold(a.Entity)] && !blank(a.Entity) {
			f.Duplicate(entry+".entity", a.Entity)
		}
		seen[fold(a.Entity)] = true
		wantTexts(f, entry+".need", a.Need)
		wantTexts(f, entry+".grant", a.Grant)
	}
}

func (d Duty) key() Duty { return Duty{fold(d.Entity), fold(d.Action)} }

func (d Duty) validate(f *verdict.Faults, at string) {
	validateDutyWord(f, at+".entity", d.Entity)
	validateDutyWord(f, at+".action", d.Action)
}

func validateDutyWord(f *verdict.Faults, at, word string) {
	wantText(f, at, word)
	if word == Wildcard {
		f.Addf(at, "%w: a duty is one action on one entity", verdict.ErrInvalid)
	}
}
