// Package page holds a report as data, paragraphs, lists and tables under
// headings, and renders it as plain text or as Markdown. What is said is decided
// once; how it looks is decided here.
package page

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Page is a report with a title and sections.
type Page struct {
	Title    string
	Sections []Section
}

// A Section is a heading with what stands below it.
type Section struct {
	Title  string
	Blocks []Block
}

// A Block is one piece of a section.
type Block interface {
	text(b *strings.Builder)
	markdown(b *strings.Builder)
}

// Section adds a section and returns it for filling.
func (p *Page) Section(title string) *Section {
	p.Sections = append(p.Sections, Section{Title: title})
	return &p.Sections[len(p.Sections)-1]
}

// Paraf adds a paragraph.
func (s *Section) Paraf(format string, args ...any) {
	s.Blocks = append(s.Blocks, para(fmt.Sprintf(format, args...)))
}

// List adds a list; an empty one adds nothing.
func (s *Section) List(items ...string) {
	if len(items) > 0 {
		s.Blocks = append(s.Blocks, list(items))
	}
}

// Table adds a table. A column whose heading ends with ">" is set flush right.
func (s *Section) Table(heading []string, rows ...[]string) {
	if len(rows) > 0 {
		s.Blocks = append(s.Blocks, table{heading, rows})
	}
}

// Pre adds text that is shown as it is.
func (s *Section) Pre(text string) { s.Blocks = append(s.Blocks, pre(text)) }

// Text renders the page for a terminal of 100 columns.
func (p *Page) Text() string {
	var b strings.Builder
	b.WriteString(p.Title + "\n" + strings.Repeat("=", utf8.RuneCountInString(p.Title)) + "\n")
	for _, s := range p.Sections {
		b.WriteString("\n" + s.Title + "\n" + strings.Repeat("-", utf8.RuneCountInString(s.Title)) + "\n")
		for i, block := range s.Blocks {
			if i > 0 {
				b.WriteByte('\n')
			}
			block.text(&b)
		}
	}
	return b.String()
}

// Markdown renders the page as Markdown.
func (p *Page) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape(p.Title) + "\n")
	for _, s := range p.Sections {
		b.WriteString("\n## " + escape(s.Title) + "\n")
		for _, block := range s.Blocks {
			b.WriteByte('\n')
			block.markdown(&b)
		}
	}
	return b.String()
}

// width is that of the text in columns.
const width = 100

type para string

func (p para) text(b *strings.Builder)     { wrap(b, string(p), "", "") }
func (p para) markdown(b *strings.Builder) { b.WriteString(escape(string(p)) + "\n") }

type list []string

func (l list) text(b *strings.Builder) {
	for _, item := range l {
		wrap(b, item, "- ", "  ")
	}
}

func (l list) markdown(b *strings.Builder) {
	for _, item := range l {
		b.WriteString("- " + escape(item) + "\n")
	}
}

type pre string

func (p pre) text(b *strings.Builder) { b.WriteString(strings.TrimRight(string(p), "\n") + "\n") }

func (p pre) markdown(b *strings.Builder) {
	b.WriteString("```text\n" + strings.TrimRight(string(p), "\n") + "\n```\n")
}

// wrap writes s in lines of at most width columns, broken at spaces.
func wrap(b *strings.Builder, s, first, rest string) {
	line := first
	empty := true
	for word := range strings.FieldsSeq(s) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(line + "\n")
			line, empty = rest, true
		}
		if !empty {
			line += " "
		}
		line += word
		empty = false
	}
	b.WriteString(line + "\n")
}

type table struct {
	heading []string
	rows    [][]string
}

// right reports whether the column is set flush right, and its heading without
// the mark.
func (t table) right(i int) (heading string, right bool) {
	return strings.CutSuffix(t.heading[i], ">")
}

func (t table) text(b *strings.Builder) {
	widths := make([]int, len(t.heading))
	for i := range t.heading {
		heading, _ := t.right(i)
		widths[i] = utf8.RuneCountInString(heading)
	}
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	line := func(row []string) {
		var l strings.Builder
		for i, cell := range row {
			if i > 0 {
				l.WriteString("  ")
			}
			_, right := t.right(i)
			l.WriteString(pad(cell, widths[i], right))
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	heads := make([]string, len(t.heading))
	for i := range t.heading {
		heads[i], _ = t.right(i)
	}
	line(heads)
	for _, row := range t.rows {
		line(row)
	}
}

func pad(s string, width int, right bool) string {
	space := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
	if right {
		return space + s
	}
	return s + space
}

func (t table) markdown(b *strings.Builder) {
	b.WriteByte('|')
	for i := range t.heading {
		heading, _ := t.right(i)
		b.WriteString(" " + escape(heading) + " |")
	}
	b.WriteString("\n|")
	for i := range t.heading {
		if _, right := t.right(i); right {
			b.WriteString("---:|")
		} else {
			b.WriteString("---|")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.rows {
		b.WriteByte('|')
		for _, cell := range row {
			b.WriteString(" " + escape(cell) + " |")
		}
		b.WriteByte('\n')
	}
}

// escape keeps text of the project from turning into markup.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>|#", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
