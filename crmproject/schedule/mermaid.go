package schedule

import (
	"fmt"
	"strings"
	"unicode"
)

// Mermaid draws the plan as a Mermaid Gantt chart: activities in the order of
// [Plan.All], in sections by group where groups are given, critical ones and
// milestones marked, finished work and work in progress too. A plan of offsets
// is drawn on an axis of numbers. Equal plans give equal bytes, and the output
// is promised stable within a major version. Labels are escaped.
func (p *Plan) Mermaid() string {
	var b strings.Builder
	b.WriteString("gantt\n")
	if name := p.model.head.Name; name != "" {
		b.WriteString("    title " + mermaidText(name) + "\n")
	}
	if p.dated() {
		b.WriteString("    dateFormat YYYY-MM-DD\n    axisFormat %Y-%m-%d\n    inclusiveEndDates\n")
	} else {
		b.WriteString("    dateFormat X\n    axisFormat %s\n")
	}
	groups, byGroup := p.grouped()
	number := 0
	for _, group := range groups {
		if group != "" || len(groups) > 1 {
			b.WriteString("    section " + mermaidText(orElse(group, "Others")) + "\n")
		}
		for _, at := range byGroup[group] {
			number++
			fmt.Fprintf(&b, "    %s :%s\n", mermaidText(p.model.at(int(at)).label()), p.bar(int(at), number))
		}
	}
	return b.String()
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// grouped returns the groups in the order of their first activities, and the
// positions of each.
func (p *Plan) grouped() (groups []string, byGroup map[string][]int32) {
	byGroup = map[string][]int32{}
	for _, at := range p.sorted(everything) {
		group := p.model.at(int(at)).Group
		if byGroup[group] == nil {
			groups = append(groups, group)
		}
		byGroup[group] = append(byGroup[group], at)
	}
	return groups, byGroup
}

// bar returns the marks and times of an activity.
func (p *Plan) bar(at, number int) string {
	t := p.timing(at)
	var b strings.Builder
	if t.Critical {
		b.WriteString("crit, ")
	}
	switch t.State {
	case InProgress:
		b.WriteString("active, ")
	case Finished:
		b.WriteString("done, ")
	default: // unmarked
	}
	if t.Kind != Work {
		b.WriteString("milestone, ")
	}
	fmt.Fprintf(&b, "a%d, ", number)
	switch {
	case t.Kind != Work && p.dated():
		fmt.Fprintf(&b, "%s, 0d", t.Start)
	case p.dated():
		fmt.Fprintf(&b, "%s, %s", t.Start, t.Finish)
	default:
		fmt.Fprintf(&b, "%d, %d", t.ES, t.EF)
	}
	return b.String()
}

// mermaidText writes what Mermaid would read as syntax in its entity codes.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune("\"#;:<>%&`\\,", r):
			fmt.Fprintf(&b, "#%d;", r)
		case !unicode.IsPrint(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
