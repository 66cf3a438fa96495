package phase

import (
	"fmt"
	"strings"
	"unicode"
)

// DOT draws the life cycle in the DOT language of Graphviz, with the same marks
// and the same promises as [Machine.Mermaid]. Phases that can be the last have a
// double border, continuous ones a dashed one.
func (m *Machine[F]) DOT(s State) string { return m.chart.dot(s) }

func (c *chart) dot(s State) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n", dotText(c.outline.Name))
	b.WriteString("    rankdir=LR;\n    node [shape=box];\n    start [shape=point];\n    end [shape=doublecircle, label=\"\"];\n")
	for i, p := range c.outline.Phases {
		fmt.Fprintf(&b, "    p%d [label=%s%s];\n", i+1, dotText(c.caption(s, p)), c.dotStyle(s, p))
	}
	b.WriteString("    start -> p1;\n")
	for _, g := range c.gates {
		fmt.Fprintf(&b, "    %s -> %s", c.dotNode(g.edge.From), c.dotNode(g.edge.To))
		if text := gateText(s, g); text != "" {
			fmt.Fprintf(&b, " [label=%s]", dotText(text))
		}
		b.WriteString(";\n")
	}
	for i, p := range c.outline.Phases {
		if p.Role.ends() && len(c.out[i]) == 0 {
			fmt.Fprintf(&b, "    p%d -> end;\n", i+1)
		}
	}
	b.WriteString("}\n")
	return b.String()
}

func (c *chart) dotNode(id ID) string {
	if id == End {
		return "end"
	}
	return fmt.Sprintf("p%d", c.at[id]+1)
}

func (c *chart) dotStyle(s State, p Phase) string {
	var style []string
	if p.Role == Continuous {
		style = append(style, "dashed")
	}
	fill := ""
	switch c.progress(s, p.ID) {
	case Current:
		fill = ", fillcolor=\"#ffd54f\", penwidth=3"
	case Done:
		fill = ", fillcolor=\"#c8e6c9\""
	default: // unmarked
	}
	if fill != "" {
		style = append(style, "filled")
	}
	out := fill
	if len(style) > 0 {
		out = fmt.Sprintf(", style=\"%s\"%s", strings.Join(style, ","), fill)
	}
	if p.Role.ends() {
		out += ", peripheries=2"
	}
	return out
}

// dotText quotes a string for DOT, where only the quote and the backslash need
// it; what cannot be printed becomes a space.
func dotText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
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
	b.WriteByte('"')
	return b.String()
}
