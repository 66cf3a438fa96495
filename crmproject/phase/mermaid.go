package phase

import (
	"fmt"
	"strings"
	"unicode"
)

// Mermaid draws the life cycle as a Mermaid state diagram (stateDiagram-v2):
// phases in order, transitions as declared, the current phase and the ones done
// marked, gates that are stale in the state named so. The zero State marks
// nothing. Equal input gives equal bytes, and the output is promised stable
// within a major version. Labels are escaped.
func (m *Machine[F]) Mermaid(s State) string { return m.chart.mermaid(s) }

func (c *chart) mermaid(s State) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    direction LR\n")
	for i, p := range c.outline.Phases {
		fmt.Fprintf(&b, "    state \"%s\" as p%d\n", mermaidText(c.caption(s, p)), i+1)
	}
	b.WriteString("    [*] --> p1\n")
	for _, g := range c.gates {
		fmt.Fprintf(&b, "    %s --> %s", c.mermaidNode(g.edge.From), c.mermaidNode(g.edge.To))
		if text := gateText(s, g); text != "" {
			b.WriteString(" : " + mermaidText(text))
		}
		b.WriteByte('\n')
	}
	for i, p := range c.outline.Phases {
		if p.Role.ends() && len(c.out[i]) == 0 {
			fmt.Fprintf(&b, "    p%d --> [*]\n", i+1)
		}
	}
	c.mermaidClasses(&b, s)
	return b.String()
}

func (c *chart) mermaidNode(id ID) string {
	if id == End {
		return "[*]"
	}
	return fmt.Sprintf("p%d", c.at[id]+1)
}

func (c *chart) mermaidClasses(b *strings.Builder, s State) {
	b.WriteString("    classDef current fill:#ffd54f,stroke:#e65100,stroke-width:3px\n")
	b.WriteString("    classDef done fill:#c8e6c9,stroke:#2e7d32\n")
	for i, p := range c.outline.Phases {
		switch c.progress(s, p.ID) {
		case Current:
			fmt.Fprintf(b, "    class p%d current\n", i+1)
		case Done:
			fmt.Fprintf(b, "    class p%d done\n", i+1)
		default: // unmarked
		}
	}
}

// caption is the label of a phase, with what of the state belongs to it.
func (c *chart) caption(s State, p Phase) string {
	text := p.label()
	if n := s.Visited(p.ID); n > 1 {
		text += fmt.Sprintf(" (visit %d)", n)
	}
	if p.ID == s.Phase && s.Status != Active {
		text += " [" + strings.ReplaceAll(s.Status.String(), "_", " ") + "]"
	}
	return text
}

// gateText is the name of a gate, and that it is stale.
func gateText(s State, g *Gate) string {
	text := g.edge.Name
	if p, ok := s.Pass(g.edge.From, g.edge.To); ok && p.StaleBy != 0 {
		text = strings.TrimSpace(text + " (stale)")
	}
	return text
}

// mermaidText writes what Mermaid would read as syntax in its entity codes.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"#;:<>%&`\\", r):
			fmt.Fprintf(&b, "#%d;", r)
		case !unicode.IsPrint(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
