package schedule

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// DOT draws the network in the DOT language of Graphviz: each activity with its
// dates and total float, critical ones red, milestones as diamonds; links with
// their relation unless it is FS, those that drive bold. Nodes are in the order
// of [Plan.All]. Equal plans give equal bytes, and the output is promised stable
// within a major version. Labels are escaped.
func (p *Plan) DOT() string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n    rankdir=LR;\n    node [shape=box];\n", dotText(p.model.head.Name))
	m := p.model
	node := make([]int, m.Len())
	sorted := p.sorted(everything)
	for i, at := range sorted {
		node[at] = i + 1
		t := p.timing(int(at))
		label := fmt.Sprintf("%s\n%s\nfloat %d", m.at(int(at)).label(), t.span(), t.TotalFloat)
		if t.State == Finished {
			label = fmt.Sprintf("%s\n%s\nfinished", m.at(int(at)).label(), t.span())
		}
		fmt.Fprintf(&b, "    a%d [label=%s%s];\n", i+1, dotText(label), dotStyle(t))
	}
	for _, at := range sorted {
		p.arrows(&b, int(at), node)
	}
	b.WriteString("}\n")
	return b.String()
}

func dotStyle(t Timing) string {
	style := ""
	if t.Kind != Work {
		style += ", shape=diamond"
	}
	if t.Critical {
		style += ", color=red"
	}
	if t.State == Finished {
		style += ", fontcolor=gray, color=gray"
	}
	return style
}

// arrows draws the links to an activity.
func (p *Plan) arrows(b *strings.Builder, at int, node []int) {
	m := p.model
	drives := p.driving(at)
	var links []int32
	for e := m.first[at]; e < m.first[at+1]; e++ {
		links = append(links, e)
	}
	slices.SortFunc(links, m.compare)
	for _, e := range links {
		var marks []string
		if r := m.relationOf(e); r != (Relation{}) {
			marks = append(marks, "label="+dotText(r.String()))
		}
		if slices.Contains(drives, e) {
			marks = append(marks, "style=bold")
			if p.critical(at) && p.critical(int(m.from[e])) {
				marks = append(marks, "color=red")
			}
		}
		fmt.Fprintf(b, "    a%d -> a%d", node[m.from[e]], node[at])
		if len(marks) > 0 {
			fmt.Fprintf(b, " [%s]", strings.Join(marks, ", "))
		}
		b.WriteString(";\n")
	}
}

// dotText quotes a string for DOT: the quote and the backslash are escaped, lines
// broken, and what cannot be printed becomes a space.
func dotText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case !unicode.IsPrint(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
