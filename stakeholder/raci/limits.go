package raci

import (
	"fmt"
	"strconv"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// The checks of what makes a matrix weak.

func checkRedundant(f Facts, r *verdict.Reporter) {
	f.eachHeld(r, func(row row, h held) {
		if more := h.letters.Redundant(); more != 0 {
			r.Find(row.cell(h.role), fmt.Sprintf("%s is %s for %s; %s says nothing more.", verdict.Quote(h.role), h.letters,
				verdict.Quote(row.name), more), fmt.Sprintf("Write %s.", h.letters&^more))
		}
	})
}

func checkIdle(f Facts, r *verdict.Reporter) {
	all, used := f.tallies(r), false
	for _, c := range all {
		used = used || c.cells > 0
	}
	if !used {
		r.NotApplicable("nothing is assigned yet")
		return
	}
	for _, c := range all {
		if c.cells == 0 {
			r.Find(c.path(), verdict.Quote(c.role)+" has no part in any activity.",
				"Give the role its part, or take it out of the matrix.")
		}
	}
}

func checkOverload(f Facts, r *verdict.Reporter) {
	limit := f.Config.MaxResponsiblePerRole
	if !limited(limit, r) {
		return
	}
	for _, c := range f.tallies(r) {
		if c.responsible > limit {
			r.Find(c.path(), fmt.Sprintf("%s is responsible for %d activities, %d more than the limit of %d.",
				verdict.Quote(c.role), c.responsible, c.responsible-limit, limit), "Hand some of them to other roles, or add people.")
		}
	}
}

func checkManyResponsible(f Facts, r *verdict.Reporter) {
	f.checkMany(r, Responsible, f.Config.MaxResponsible, "responsible for",
		"Leave R with those who do the work, or split the activity.")
}

func checkManyConsulted(f Facts, r *verdict.Reporter) {
	f.checkMany(r, Consulted, f.Config.MaxConsulted, "consulted on",
		"Ask only those whose answer can change the result; inform the others.")
}

func (f Facts) checkMany(r *verdict.Reporter, letter Letters, limit int, what, remedy string) {
	if !limited(limit, r) {
		return
	}
	f.eachRow(r, func(row row) {
		if names := row.with(letter); len(names) > limit {
			r.Find(row.path(), fmt.Sprintf("%d roles are %s %s, more than the limit of %d: %s.",
				len(names), what, verdict.Quote(row.name), limit, list(names)), remedy)
		}
	})
}

func checkConcentration(f Facts, r *verdict.Reporter) {
	most, percent, of := f.Config.MaxAccountablePerRole, f.Config.MaxAccountablePercent, len(f.Matrix.Activities)
	if most <= 0 && percent <= 0 {
		r.NotApplicable("no limit is set")
		return
	}
	for _, c := range f.tallies(r) {
		var limit string
		switch {
		case most > 0 && c.accountable > most:
			limit = strconv.Itoa(most)
		case percent > 0 && c.accountable*100 > percent*of:
			limit = strconv.Itoa(percent) + " %"
		default:
			continue
		}
		r.Find(c.path(), fmt.Sprintf("%s is accountable for %d of %d activities, more than the limit of %s.",
			verdict.Quote(c.role), c.accountable, of, limit), "Delegate accountability to the roles nearest to the results.")
	}
}

// checkOnlyInformed holds a single I only against a declared department: of a
// role that was named for another purpose it proves no pattern.
func checkOnlyInformed(f Facts, r *verdict.Reporter) {
	department := make(map[string]bool, len(f.Config.Departments))
	for _, role := range f.Config.Departments {
		department[fold(role)] = true
	}
	for _, c := range f.tallies(r) {
		asked := len(department) == 0 && c.cells > 1 || department[fold(c.role)]
		if asked && c.onlyInformed > 0 && c.onlyInformed == c.cells {
			r.Find(c.path(), fmt.Sprintf("%s is only informed, in all %d of its activities.", verdict.Quote(c.role), c.cells),
				"Consult the department where it is affected, or give it something to do.")
		}
	}
}

func checkSeparation(f Facts, r *verdict.Reporter) {
	if len(f.Config.Separate) == 0 {
		r.NotApplicable("no duties have to be kept apart")
		return
	}
	rows := f.Matrix.table().rows
	for _, s := range f.Config.Separate {
		for _, row := range rows {
			if s.Activity == "" || fold(s.Activity) == fold(row.name) {
				s.check(row, r)
			}
		}
	}
}

func (s Separation) check(row row, r *verdict.Reporter) {
	for _, h := range row.held {
		if both := h.letters & s.Letters; both != 0 && fold(h.role) == fold(s.Role) {
			r.Find(row.path(), fmt.Sprintf("%s is %s for %s, from which it must be kept apart.", verdict.Quote(h.role), both,
				verdict.Quote(row.name)), fmt.Sprintf("Give %s to an independent role.", both))
		}
	}
}

func checkFull(f Facts, r *verdict.Reporter) {
	if !f.Config.ReportFullRoles {
		r.NotApplicable("not asked for")
		return
	}
	for _, c := range f.tallies(r) {
		if n := len(f.Matrix.Activities); n > 0 && c.cells == n {
			r.Find(c.path(), fmt.Sprintf("%s has a part in all %d activities.", verdict.Quote(c.role), n),
				"Ask of each activity whether the role has to be in it.")
		}
	}
}

// limited reports whether the caller has set the limit.
func limited(limit int, r *verdict.Reporter) bool {
	if limit <= 0 {
		r.NotApplicable("no limit is set")
	}
	return limit > 0
}

// tallies returns the tallies of the matrix; without activities no rule on
// them applies.
func (f Facts) tallies(r *verdict.Reporter) []tally {
	if len(f.Matrix.Activities) == 0 {
		r.NotApplicable("the matrix is empty")
		return nil
	}
	return f.Matrix.table().tallies()
}

func (c *tally) path() string { return verdict.Key("roles", c.role) }
