package raci

import (
	"maps"
	"slices"
)

// A table is a matrix read for judging: names resolved, cells parsed.
type table struct {
	roles []string
	rows  []row
}

type row struct {
	name string
	held []held // the roles of the matrix in their order, then unknown ones by bytes
}

// held is a cell that is not empty.
type held struct {
	role    string // as the matrix lists it, as the cell spells it if it does not
	column  int    // -1 for a role that the matrix does not list
	letters Letters
	unknown []string
}

func (m Matrix) table() table {
	columns := make(map[string]int, len(m.Roles))
	for i, role := range slices.Backward(m.Roles) {
		columns[fold(role)] = i // of roles listed twice, the first
	}
	t := table{m.Roles, make([]row, len(m.Activities))}
	for i, a := range m.Activities {
		t.rows[i] = row{a.Name, m.held(a.Cells, columns)}
	}
	return t
}

func (m Matrix) held(cells Cells, columns map[string]int) []held {
	var known, strange []held
	place := make(map[string]int, len(cells)) // in known, by folded name
	for _, role := range slices.Sorted(maps.Keys(cells)) {
		letters, unknown := cells[role].read()
		column, listed := columns[fold(role)]
		at, again := place[fold(role)]
		switch {
		case letters == 0 && len(unknown) == 0:
		case !listed:
			strange = append(strange, held{role, -1, letters, unknown})
		case again:
			known[at].letters |= letters
			known[at].unknown = append(known[at].unknown, unknown...)
		default:
			place[fold(role)] = len(known)
			known = append(known, held{m.Roles[column], column, letters, unknown})
		}
	}
	slices.SortFunc(known, func(a, b held) int { return a.column - b.column })
	return append(known, strange...)
}

// with returns the names of the roles that hold letter in the row.
func (r row) with(letter Letters) []string {
	var names []string
	for _, h := range r.held {
		if h.letters.Has(letter) {
			names = append(names, h.role)
		}
	}
	return names
}

// A tally is how one role of the matrix is used.
type tally struct {
	role         string
	cells        int // that are not empty
	accountable  int
	responsible  int
	onlyInformed int // cells that hold I and nothing else
}

// tallies counts down the columns; a role that is listed twice has one tally.
func (t table) tallies() []tally {
	all := make([]tally, len(t.roles))
	for i, role := range t.roles {
		all[i].role = role
	}
	for _, row := range t.rows {
		for _, h := range row.held {
			if h.column >= 0 {
				all[h.column].add(h)
			}
		}
	}
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(c tally) bool {
		again := seen[fold(c.role)]
		seen[fold(c.role)] = true
		return again
	})
}

func (c *tally) add(h held) {
	c.cells++
	c.accountable += h.letters.count(Accountable)
	c.responsible += h.letters.count(Responsible)
	if h.letters == Informed && len(h.unknown) == 0 {
		c.onlyInformed++
	}
}

func (l Letters) count(letter Letters) int {
	if l.Has(letter) {
		return 1
	}
	return 0
}
