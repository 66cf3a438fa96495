package network

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Mermaid draws the network as a Mermaid flowchart: nodes and links in the order
// of the network, inhibitors dashed, nodes on a cycle marked, and the
// probabilities of b under the names; the zero Beliefs show none. Equal input
// gives equal bytes, and the output is promised stable within a major version.
// Labels are escaped.
func (m *Model) Mermaid(b Beliefs) string {
	var s strings.Builder
	s.WriteString("flowchart LR\n")
	for i := range m.net.Nodes {
		fmt.Fprintf(&s, "    n%d[\"%s\"]\n", i+1, strings.Join(m.caption(i, b, mermaidText), "<br/>"))
	}
	for _, l := range m.net.Links {
		arrow := "-->"
		if l.Inhibits() {
			arrow = "-.->"
		}
		fmt.Fprintf(&s, "    n%d %s|%s| n%d\n", m.index[l.From]+1, arrow, number(l.Weight), m.index[l.To]+1)
	}
	if cyclic := m.cyclic(); len(cyclic) > 0 {
		names := make([]string, len(cyclic))
		for k, i := range cyclic {
			names[k] = "n" + strconv.Itoa(i+1)
		}
		s.WriteString("    classDef cycle fill:#ffe0b2,stroke:#e65100\n")
		fmt.Fprintf(&s, "    class %s cycle\n", strings.Join(names, ","))
	}
	return s.String()
}

// caption returns the lines of a node: name, leak, probability.
func (m *Model) caption(i int, b Beliefs, escape func(string) string) []string {
	n := m.net.Nodes[i]
	lines := []string{escape(n.label()), "leak " + number(n.Leak)}
	if p, ok := b.Of(n.ID); ok {
		line := fmt.Sprintf("P %.4f", p.Value)
		if !p.Exact {
			line += fmt.Sprintf(" ± %.4f", p.StdErr)
		}
		lines = append(lines, line)
	}
	return lines
}

// cyclic returns the nodes on cycles, ascending.
func (m *Model) cyclic() []int {
	var all []int
	for i := range m.net.Nodes {
		if len(m.base.comps[m.base.comp[i]]) > 1 {
			all = append(all, i)
		}
	}
	return all
}

// number is the shortest form that reads back as the same float64.
func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// mermaidText writes what Mermaid would read as syntax in its entity codes.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"#;:<>%&`\\[](){}|", r):
			fmt.Fprintf(&b, "#%d;", r)
		case !unicode.IsPrint(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
