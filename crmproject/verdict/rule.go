package verdict

import (
	"fmt"
	"iter"
)

// A Code names a rule for ever, in the form "SCOPE-014": a family in capitals,
// a hyphen, three digits. A code never changes its meaning and is never used
// again for another rule, so waivers and reports of last year still hold.
type Code string

// IsValid reports whether c has the form of a code: 2 to 12 capital letters or
// digits beginning with a letter, a hyphen, three digits.
func (c Code) IsValid() bool {
	n := len(c) - len("-000")
	if n < 2 || n > 12 || c[n] != '-' || c[0] < 'A' || c[0] > 'Z' {
		return false
	}
	for i := range len(c) {
		digit := c[i] >= '0' && c[i] <= '9'
		capital := c[i] >= 'A' && c[i] <= 'Z'
		if i != n && !digit && (!capital || i > n) {
			return false
		}
	}
	return true
}

// Family returns the part before the hyphen: "SCOPE" of "SCOPE-014".
func (c Code) Family() string {
	for i := range len(c) {
		if c[i] == '-' {
			return string(c[:i])
		}
	}
	return string(c)
}

// An Entry describes a rule without its check: what a catalogue lists.
type Entry struct {
	Code     Code     `json:"code"`
	Title    string   `json:"title"`         // the rule as a sentence of what should be so
	Why      string   `json:"why,omitempty"` // what goes wrong in projects that break it
	Severity Severity `json:"severity"`      // of each finding of the rule
}

// A Rule is one check over facts of type F. It is a value: a caller runs one
// alone in a test, replaces its severity, leaves it out, or writes his own
// beside the library's. Check must be pure: the same facts, the same findings in
// the same order.
type Rule[F any] struct {
	Code     Code
	Title    string
	Why      string
	Severity Severity
	Check    func(facts F, r *Reporter)
}

// Entry returns the description of the rule.
func (rule Rule[F]) Entry() Entry {
	return Entry{rule.Code, rule.Title, rule.Why, rule.Severity}
}

// Run checks this rule alone.
func (rule Rule[F]) Run(facts F) (Outcome, []Finding) {
	r := Reporter{entry: rule.Entry()}
	if rule.Check == nil {
		r.Fail(fmt.Errorf("rule %s has no check", rule.Code))
	} else {
		rule.Check(facts, &r)
	}
	return Outcome{Entry: r.entry, Status: r.status(), Reason: r.reason}, r.findings
}

// A Reporter takes down what a check has to say. A check that says nothing has
// found nothing wrong.
type Reporter struct {
	entry    Entry
	at       string // path of the facts of a lifted rule
	findings []Finding
	worst    Status // of what was said besides findings
	reason   string
}

// Find records one finding: where (a path below the facts, such as
// "requirements[R-12].owner"), what is wrong, what to do about it, and the
// evidence for it.
func (r *Reporter) Find(subject, message, remedy string, evidence ...string) {
	r.findings = append(r.findings, Finding{
		Code: r.entry.Code, Severity: r.entry.Severity,
		Subject: Join(r.at, subject), Message: message, Remedy: remedy,
		Evidence: append([]string(nil), evidence...),
	})
}

// Unassessed records that the rule cannot be judged, because the facts are not
// there yet. It is not a finding, and it is never taken for met.
func (r *Reporter) Unassessed(why string) { r.say(Unassessed, why) }

// NotApplicable records that the rule has no subject in this project.
func (r *Reporter) NotApplicable(why string) { r.say(NotApplicable, why) }

// Fail records that the check could not run.
func (r *Reporter) Fail(err error) { r.say(Failed, err.Error()) }

// say keeps the gravest of what was said; the first to say it gives the reason.
func (r *Reporter) say(s Status, why string) {
	if s > r.worst {
		r.worst, r.reason = s, why
	}
}

func (r *Reporter) status() Status {
	switch {
	case r.worst == Failed:
		return Failed
	case len(r.findings) > 0:
		return NotMet
	case r.worst == 0:
		return Met
	default:
		return r.worst
	}
}

// Lift turns rules over a part into rules over the whole. The subjects of their
// findings are prefixed with the path of the part:
//
//	verdict.Lift(scope.Rules(), "scope", func(d *Dossier) scope.Facts { … })
func Lift[F, S any](rules []Rule[S], at string, part func(F) S) []Rule[F] {
	return lift(rules, func(facts F) iter.Seq2[string, S] {
		return func(yield func(string, S) bool) { yield(at, part(facts)) }
	})
}

// Each turns rules over a part into rules over a whole that has many of them;
// parts yields the path and the value of each, in a fixed order. A rule is not
// applicable to the whole only if it is so for every part; with no parts at
// all it is met.
func Each[F, S any](rules []Rule[S], parts func(F) iter.Seq2[string, S]) []Rule[F] {
	return lift(rules, parts)
}

func lift[F, S any](rules []Rule[S], parts func(F) iter.Seq2[string, S]) []Rule[F] {
	lifted := make([]Rule[F], len(rules))
	for i, rule := range rules {
		lifted[i] = Rule[F]{
			Code: rule.Code, Title: rule.Title, Why: rule.Why, Severity: rule.Severity,
			Check: func(facts F, r *Reporter) { rule.over(parts(facts), r) },
		}
	}
	return lifted
}

// over checks the rule on each part and folds the statuses: not applicable
// survives only if no part was judged.
func (rule Rule[F]) over(parts iter.Seq2[string, F], r *Reporter) {
	judged := 0
	var idle string
	for at, part := range parts {
		sub := Reporter{entry: r.entry, at: Join(r.at, at)}
		if rule.Check == nil {
			sub.Fail(fmt.Errorf("rule %s has no check", rule.Code))
		} else {
			rule.Check(part, &sub)
		}
		r.findings = append(r.findings, sub.findings...)
		switch sub.worst {
		case NotApplicable:
			if idle == "" {
				idle = sub.reason
			}
			if len(sub.findings) > 0 {
				judged++
			}
		case 0:
			judged++
		default:
			judged++
			r.say(sub.worst, sub.reason)
		}
	}
	if judged == 0 && idle != "" {
		r.NotApplicable(idle)
	}
}
