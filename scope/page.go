package scope

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// notStated stands where the statement says nothing.
const notStated = "*Not stated.*"

// A page is Markdown in the making.
type page struct{ strings.Builder }

func (p *page) printf(format string, args ...any) { fmt.Fprintf(&p.Builder, format, args...) }

func (p *page) heading(text string) { p.printf("## %s\n\n", text) }

// field writes one labelled line; an empty value is not stated.
func (p *page) field(label, value string) {
	if value == "" {
		value = notStated
	}
	p.printf("**%s:** %s\n\n", label, value)
}

// bullets writes a labelled list.
func (p *page) bullets(label string, items []string) {
	if len(items) == 0 {
		p.field(label, "")
		return
	}
	p.printf("**%s:**\n\n", label)
	for _, item := range items {
		p.printf("- %s\n", item)
	}
	p.printf("\n")
}

// table writes a labelled table. Its cells are escaped already.
func (p *page) table(label string, head []string, rows [][]string) {
	if len(rows) == 0 {
		p.field(label, "")
		return
	}
	p.printf("**%s:**\n\n| %s |\n|%s\n", label, strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, row := range rows {
		p.printf("| %s |\n", strings.Join(row, " | "))
	}
	p.printf("\n")
}

// each returns the results of f over a list.
func each[T any](list []T, f func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// words joins the words of an enumeration.
func words[T fmt.Stringer](list []T) string {
	return strings.Join(each(list, func(x T) string { return x.String() }), ", ")
}

// after returns s behind a separator, nothing if s is empty.
func after(separator, s string) string {
	if s == "" {
		return ""
	}
	return separator + s
}

// positive writes a count, nothing if there is none.
func positive(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// escape makes text from the project safe to stand in Markdown: one line of
// printable characters that is no markup of its own, neither in running text nor
// in a table cell nor at the beginning of a line.
func escape(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unicode.IsPrint(r):
			continue
		case strings.ContainsRune("\\`*_[]<>|#&~!", r), b.Len() == 0 && strings.ContainsRune("-+=", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return numbered(b.String())
}

// numbered takes the meaning from a number at the beginning that would open a
// list: "1. x", "1) x".
func numbered(s string) string {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	rest := s[digits:]
	if digits > 0 && rest != "" && (rest[0] == '.' || rest[0] == ')') && (len(rest) == 1 || rest[1] == ' ') {
		return s[:digits] + "\\" + rest
	}
	return s
}
