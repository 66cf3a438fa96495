package phase

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Reasons says in sentences why a go is not permitted, or nothing if it is:
// first what closes the gate besides its criteria, then the criteria in declared
// order, then the score. Each names the thing and the numbers.
func (e Evaluation) Reasons() []string {
	if e.Outcome == Open {
		return nil
	}
	if e.Outcome == Undeclared {
		return []string{fmt.Sprintf("the life cycle has no transition from %s to %s",
			verdict.Quote(string(e.From)), verdict.Quote(string(e.To)))}
	}
	var out []string
	for _, o := range e.Obstacles {
		out = append(out, o.String())
	}
	return append(out, e.Missing()...)
}

// Missing says in sentences what the criteria still lack for a go, without
// regard to what else closes the gate.
func (e Evaluation) Missing() []string {
	var out []string
	for _, a := range e.Criteria {
		if a.Effect == Blocking || a.Effect == Waived {
			out = append(out, a.String())
		}
	}
	if e.Below {
		out = append(out, fmt.Sprintf("the should score %s is below the threshold %s", e.Score, e.Threshold))
		for _, a := range e.Criteria {
			if a.Effect == Lacking {
				out = append(out, a.String())
			}
		}
	}
	return out
}

// String returns the obstacle as a sentence.
func (o Obstacle) String() string {
	why := strings.Join(o.Reasons, "; ")
	if o.Standing == 0 {
		return why
	}
	return fmt.Sprintf("the gate from %s to %s is %s: %s", o.From, o.To, o.Standing, why)
}

// String returns the assessment as a sentence: code, title, status and why.
func (a Assessment) String() string {
	var b strings.Builder
	b.WriteString(string(a.Code))
	if a.Title != "" {
		b.WriteString(" " + a.Title)
	}
	b.WriteString(": " + statusText(a.Status))
	if why := a.why(); why != "" {
		b.WriteString(": " + why)
	}
	if a.Effect == Waived {
		fmt.Fprintf(&b, " (waived until %s; only a conditional go can pass)", firstEnd(a.Waivers))
	}
	return b.String()
}

// why returns the first finding, or the reason if there is none.
func (a Assessment) why() string {
	if len(a.Findings) == 0 {
		return a.Reason
	}
	f := a.Findings[0]
	text := f.Message
	if f.Subject != "" {
		text = f.Subject + ": " + text
	}
	if more := len(a.Findings) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// statusText is the status in the words of a sentence.
func statusText(s verdict.Status) string {
	switch s {
	case verdict.Failed:
		return "check failed"
	case 0:
		return verdict.Unassessed.String()
	default:
		return strings.ReplaceAll(s.String(), "_", " ")
	}
}

// firstEnd returns the day on which the first of the waivers ends.
func firstEnd(waivers []verdict.Waiver) calendar.Date {
	end := calendar.MaxDate
	for _, w := range waivers {
		end = min(end, w.Until)
	}
	return end
}
