package verdict

import (
	"fmt"
	"strings"
)

// Markdown renders the report for people: a line of totals, the findings by
// severity with remedy and evidence, what could not be judged, and the waivers
// that are no longer in force. The text ends with a newline. It depends on the
// report alone, byte for byte.
func (r Report) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s.** %s\n", r.tally(), r.scoreLine())
	for s := Critical; s >= Info; s-- {
		r.markdownFindings(&b, s)
	}
	r.markdownOutcomes(&b, "Could not be judged", func(s Status) bool { return s == Unassessed || s == Failed })
	r.markdownOutcomes(&b, "Not applicable", func(s Status) bool { return s == NotApplicable })
	r.markdownWaivers(&b)
	return b.String()
}

// tally counts the open findings: "2 critical, 1 major, 3 waived".
func (r Report) tally() string {
	open := r.Open()
	var parts []string
	for s := Critical; s >= Info; s-- {
		if n := open.Count(s); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	if waived := len(r.Findings) - len(open.Findings); waived > 0 {
		parts = append(parts, fmt.Sprintf("%d waived", waived))
	}
	if len(parts) == 0 {
		return "No findings"
	}
	return strings.Join(parts, ", ")
}

func (r Report) scoreLine() string {
	score := r.Score(Weights{})
	if !score.Defined() {
		return "No rule applies."
	}
	return fmt.Sprintf("%d rules checked, score %s.", len(r.Outcomes), score.Percent(0))
}

func (r Report) markdownFindings(b *strings.Builder, s Severity) {
	if r.Count(s) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n", title(s.String()))
	for _, f := range r.Findings {
		if f.Severity == s {
			f.markdown(b)
		}
	}
}

func (f Finding) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "- **%s**", f.Code)
	if f.Subject != "" {
		fmt.Fprintf(b, " `%s`", strings.ReplaceAll(oneLine(f.Subject), "`", "'"))
	}
	fmt.Fprintf(b, ": %s", escape(f.Message))
	if f.Remedy != "" {
		fmt.Fprintf(b, " *%s*", escape(f.Remedy))
	}
	if f.Waiver != nil {
		fmt.Fprintf(b, " (waived by %s until %s: %s)", escape(f.Waiver.By), f.Waiver.Until, escape(f.Waiver.Reason))
	}
	b.WriteByte('\n')
	for _, e := range f.Evidence {
		fmt.Fprintf(b, "  - %s\n", escape(e))
	}
}

func (r Report) markdownOutcomes(b *strings.Builder, heading string, pick func(Status) bool) {
	first := true
	for _, o := range r.Outcomes {
		if !pick(o.Status) {
			continue
		}
		if first {
			fmt.Fprintf(b, "\n## %s\n\n", heading)
			first = false
		}
		fmt.Fprintf(b, "- **%s** %s: %s\n", o.Code, escape(o.Title), escape(o.Reason))
	}
}

func (r Report) markdownWaivers(b *strings.Builder) {
	first := true
	for _, w := range r.Waivers {
		if w.State == Effective {
			continue
		}
		if first {
			b.WriteString("\n## Waivers not in effect\n\n")
			first = false
		}
		fmt.Fprintf(b, "- **%s** by %s, %s to %s: %s\n", w.Code, escape(w.By), w.From, w.Until, w.State)
	}
}

// Markdown renders the catalogue as a table: code, severity, title, why.
func (c Catalogue) Markdown() string {
	var b strings.Builder
	b.WriteString("| code | severity | rule | why |\n|---|---|---|---|\n")
	for _, e := range c {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.Code, e.Severity, escape(e.Title), escape(e.Why))
	}
	return b.String()
}

func title(word string) string {
	if word == "" {
		return word
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// markdownSpecial are the characters with which text could turn into markup,
// in running text and in table cells.
const markdownSpecial = "\\`*_[]<>|#"

// escape makes text from the project safe to stand in Markdown: one line, no
// markup of its own.
func escape(s string) string {
	s = oneLine(s)
	if !strings.ContainsAny(s, markdownSpecial) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(markdownSpecial, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// oneLine folds every run of white space to one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
