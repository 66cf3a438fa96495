package raci

import "strings"

// Markdown returns m as a Markdown table, one line for each activity, with
// canonical cells. Roles that m does not list get a column of their own, marked
// with a question mark. A matrix without roles and activities is the empty
// string.
func (m Matrix) Markdown() string {
	t := m.table()
	headings, place := t.columns()
	if len(headings) == 0 && len(t.rows) == 0 {
		return ""
	}
	var b strings.Builder
	line(&b, "Activity", headings)
	b.WriteString("|" + strings.Repeat(" --- |", len(headings)+1) + "\n")
	for _, row := range t.rows {
		cells := make([]string, len(headings))
		for _, h := range row.held {
			at := place[fold(h.role)]
			cells[at] = joined(cells[at], h.letters.String(), strings.Join(h.unknown, "/"))
		}
		line(&b, row.name, cells)
	}
	return b.String()
}

// joined returns the canonical cell with the content of all the given ones.
func joined(cells ...string) string {
	return string(Cell(strings.Join(cells, "/")).Canonical())
}

// columns returns the heading of each column, and the position of the column
// of each role by folded name.
func (t table) columns() (headings []string, place map[string]int) {
	place = make(map[string]int, len(t.roles))
	put := func(role, heading string) {
		if _, ok := place[fold(role)]; !ok {
			place[fold(role)] = len(headings)
			headings = append(headings, heading)
		}
	}
	for _, role := range t.roles {
		put(role, role)
	}
	for _, row := range t.rows {
		for _, h := range row.held {
			put(h.role, h.role+" (?)")
		}
	}
	return headings, place
}

func line(b *strings.Builder, first string, rest []string) {
	b.WriteString("| " + escape(first) + " |")
	for _, s := range rest {
		b.WriteString(" " + escape(s) + " |")
	}
	b.WriteByte('\n')
}

var markdown = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", "&lt;", "&", "&amp;")

func escape(s string) string { return markdown.Replace(tidy(s)) }
