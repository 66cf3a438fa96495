package raci

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// The checks of what makes a matrix wrong.

func checkEmpty(f Facts, r *verdict.Reporter) {
	if len(f.Matrix.Activities) == 0 {
		r.Find("", "The matrix has no activities.", "List the activities of the plan and give each to somebody.")
	} else if len(f.Matrix.Roles) == 0 {
		r.Find("", "The matrix has no roles.", "List the roles of the project team and the departments involved.")
	}
}

func checkAccountable(f Facts, r *verdict.Reporter) {
	f.eachRow(r, func(row row) {
		switch names := row.with(Accountable); len(names) {
		case 1:
		case 0:
			r.Find(row.path(), fmt.Sprintf("Nobody is accountable for %s.", verdict.Quote(row.name)),
				"Give A to the one role that answers for the result.")
		default:
			r.Find(row.path(), fmt.Sprintf("%d roles are accountable for %s: %s.", len(names), verdict.Quote(row.name), list(names)),
				"Leave A with the one role that answers for the result; give the others R or C.")
		}
	})
}

func checkResponsible(f Facts, r *verdict.Reporter) {
	f.eachRow(r, func(row row) {
		if len(row.with(Responsible)) == 0 {
			r.Find(row.path(), fmt.Sprintf("Nobody is responsible for %s.", verdict.Quote(row.name)),
				"Give R to whoever does the work; A/R if it is the accountable role itself.")
		}
	})
}

func checkUnknownRoles(f Facts, r *verdict.Reporter) {
	f.eachHeld(r, func(row row, h held) {
		if h.column < 0 {
			r.Find(row.cell(h.role), fmt.Sprintf("%s has a part in %s, but is not a role of the matrix.",
				verdict.Quote(h.role), verdict.Quote(row.name)), "Correct the name, or add the role to the matrix.")
		}
	})
}

func checkUnknownLetters(f Facts, r *verdict.Reporter) {
	f.eachHeld(r, func(row row, h held) {
		if len(h.unknown) > 0 {
			r.Find(row.cell(h.role), fmt.Sprintf("The cell of %s for %s holds %s, which is none of R, A, C and I.",
				verdict.Quote(h.role), verdict.Quote(row.name), list(h.unknown)), "Say it in one of the four letters.")
		}
	})
}

func checkDuplicates(f Facts, r *verdict.Reporter) {
	first := make(map[string]int, len(f.Matrix.Activities))
	for i, a := range f.Matrix.Activities {
		if at, again := first[fold(a.Name)]; again {
			r.Find(row{name: a.Name}.path(), fmt.Sprintf("Row %d repeats the activity %s of row %d.", i+1,
				verdict.Quote(a.Name), at+1), "Join the two rows, or give them names that tell them apart.")
		} else {
			first[fold(a.Name)] = i
		}
	}
}

// eachRow visits the rows of a matrix that has roles; without any, all there
// is to say is that it is empty.
func (f Facts) eachRow(r *verdict.Reporter, visit func(row)) {
	if len(f.Matrix.Roles) == 0 || len(f.Matrix.Activities) == 0 {
		r.NotApplicable("the matrix is empty")
		return
	}
	for _, row := range f.Matrix.table().rows {
		visit(row)
	}
}

// eachHeld visits all cells that are not empty.
func (f Facts) eachHeld(r *verdict.Reporter, visit func(row, held)) {
	if len(f.Matrix.Activities) == 0 {
		r.NotApplicable("the matrix is empty")
	}
	for _, row := range f.Matrix.table().rows {
		for _, h := range row.held {
			visit(row, h)
		}
	}
}

// path returns the path of the row.
func (r row) path() string { return verdict.Key("activities", r.name) }

// cell returns the path of the cell of a role in the row.
func (r row) cell(role string) string { return verdict.Join(r.path(), verdict.Key("roles", role)) }

// list joins names for a message, of many only the first few.
func list(names []string) string {
	const most = 8
	quoted := make([]string, 0, most+1)
	for i, name := range names {
		if i == most {
			quoted = append(quoted, fmt.Sprintf("%d more", len(names)-most))
			break
		}
		quoted = append(quoted, verdict.Quote(name))
	}
	return strings.Join(quoted, ", ")
}
