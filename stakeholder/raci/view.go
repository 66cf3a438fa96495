package raci

// A View is one row or one column of a matrix, read by letter. Lists are in
// the order of the matrix and nil where there is nobody, or nothing.
type View struct {
	Name        string   `json:"name"`
	Accountable []string `json:"accountable,omitempty"`
	Responsible []string `json:"responsible,omitempty"`
	Consulted   []string `json:"consulted,omitempty"`
	Informed    []string `json:"informed,omitempty"`
}

func (v *View) add(l Letters, name string) {
	if l.Has(Accountable) {
		v.Accountable = append(v.Accountable, name)
	}
	if l.Has(Responsible) {
		v.Responsible = append(v.Responsible, name)
	}
	if l.Has(Consulted) {
		v.Consulted = append(v.Consulted, name)
	}
	if l.Has(Informed) {
		v.Informed = append(v.Informed, name)
	}
}

// ByActivity returns the rows of m: for each activity the roles that hold each
// letter. Roles that m does not list come last, by bytes.
func (m Matrix) ByActivity() []View {
	t := m.table()
	views := make([]View, len(t.rows))
	for i, row := range t.rows {
		views[i].Name = row.name
		for _, h := range row.held {
			views[i].add(h.letters, h.role)
		}
	}
	return views
}

// ByRole returns the columns of m: for each role the activities in which it
// holds each letter, its duties.
func (m Matrix) ByRole() []View {
	t := m.table()
	views := make([]View, len(t.roles))
	for i, role := range t.roles {
		views[i].Name = role
	}
	for _, row := range t.rows {
		for _, h := range row.held {
			if h.column >= 0 {
				views[h.column].add(h.letters, row.name)
			}
		}
	}
	return views
}

// Accountable returns the role that answers for the activity of that name, and
// false unless there is exactly one.
func (m Matrix) Accountable(activity string) (role string, ok bool) {
	var names []string
	for _, row := range m.table().rows {
		if fold(row.name) == fold(activity) {
			names = append(names, row.with(Accountable)...)
		}
	}
	if len(names) != 1 {
		return "", false
	}
	return names[0], true
}
