package raci

import (
	"maps"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Matrix is a responsibility matrix: its roles and activities in the order
// in which they are shown. The zero Matrix is empty.
type Matrix struct {
	Roles      []string   `json:"roles"`
	Activities []Activity `json:"activities"`
}

// An Activity is one row of a [Matrix].
type Activity struct {
	Name  string `json:"name"`
	Cells Cells  `json:"cells,omitempty"`
}

// Cells are the cells of one row by role. A role without a cell, or with an
// empty one, has no part in the activity.
type Cells map[string]Cell

// Validate reports what makes m ambiguous: a role or activity without a name, a
// role that is listed twice, a role that has two cells in one activity. What is
// wrong with a matrix that can be read is left to [Rules], a duplicate activity
// included. The error locates each fault, such as "roles[3]", and wraps the
// sentinels of package verdict.
func (m Matrix) Validate() error {
	var faults verdict.Faults
	seen := make(map[string]bool, len(m.Roles))
	for i, role := range m.Roles {
		nameFault(&faults, verdict.At("roles", i), role, seen)
	}
	for i, a := range m.Activities {
		at := verdict.At("activities", i)
		if fold(a.Name) == "" {
			faults.Missing(at + ".name")
		}
		seen := make(map[string]bool, len(a.Cells))
		for _, role := range slices.Sorted(maps.Keys(a.Cells)) {
			nameFault(&faults, verdict.Key(at+".cells", role), role, seen)
		}
	}
	return faults.Err()
}

func nameFault(faults *verdict.Faults, path, name string, seen map[string]bool) {
	switch key := fold(name); {
	case key == "":
		faults.Missing(path)
	case seen[key]:
		faults.Duplicate(path, name)
	default:
		seen[key] = true
	}
}

// Canonical returns a copy of m with names without needless spaces, cells in
// their canonical spelling and no empty cells: it says the same, tidied. Cells
// of one activity whose roles differ only in case or spaces, a fault that
// [Matrix.Validate] reports, are joined under the first in byte order.
func (m Matrix) Canonical() Matrix {
	c := Matrix{Roles: make([]string, len(m.Roles)), Activities: make([]Activity, len(m.Activities))}
	for i, role := range m.Roles {
		c.Roles[i] = tidy(role)
	}
	for i, a := range m.Activities {
		c.Activities[i] = Activity{tidy(a.Name), a.Cells.canonical()}
	}
	return c
}

func (cells Cells) canonical() Cells {
	c := make(Cells, len(cells))
	spelling := make(map[string]string, len(cells))
	for _, role := range slices.Sorted(maps.Keys(cells)) {
		name, known := spelling[fold(role)]
		if !known {
			name = tidy(role)
		}
		if cell := (c[name] + "/" + cells[role]).Canonical(); cell != "" {
			c[name], spelling[fold(role)] = cell, name
		}
	}
	return c
}

func tidy(name string) string { return strings.Join(strings.Fields(name), " ") }
