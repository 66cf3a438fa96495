package network

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// DOT draws the network in the DOT language of Graphviz, with the same marks and
// the same promises as [Model.Mermaid].
func (m *Model) DOT(b Beliefs) string {
	var s strings.Builder
	s.WriteString("digraph network {\n    rankdir=LR;\n    node [shape=box];\n")
	cyclic := m.cyclic()
	for i := range m.net.Nodes {
		style := ""
		if _, on := slices.BinarySearch(cyclic, i); on {
			style = ", style=filled, fillcolor=\"#ffe0b2\""
		}
		fmt.Fprintf(&s, "    n%d [label=\"%s\"%s];\n", i+1, strings.Join(m.caption(i, b, dotText), `\n`), style)
	}
	for _, l := range m.net.Links {
		style := ""
		if l.Inhibits() {
			style = ", style=dashed, arrowhead=tee"
		}
		fmt.Fprintf(&s, "    n%d -> n%d [label=\"%s\"%s];\n", m.index[l.From]+1, m.index[l.To]+1, number(l.Weight), style)
	}
	s.WriteString("}\n")
	return s.String()
}

// dotText escapes a string for a quoted string of DOT, where only the quote and
// the backslash need it; what cannot be printed becomes a space.
func dotText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case !unicode.IsPrint(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
