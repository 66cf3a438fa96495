package verdict

import (
	"cmp"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Finding is one thing that is wrong with the project.
type Finding struct {
	Code     Code     `json:"code"`
	Severity Severity `json:"severity"`
	Subject  string   `json:"subject,omitempty"` // path of what it is about, such as "risks[R-07].owner"
	Message  string   `json:"message"`           // what is wrong
	Remedy   string   `json:"remedy,omitempty"`  // what to do about it
	Evidence []string `json:"evidence,omitempty"`
	Waiver   *Waiver  `json:"waiver,omitempty"` // the waiver in effect, nil if the finding is open
}

// Open reports whether no waiver is in effect for the finding.
func (f Finding) Open() bool { return f.Waiver == nil }

// An Outcome is what came of one rule, found or not.
type Outcome struct {
	Entry
	Status Status `json:"status"`
	Reason string `json:"reason,omitempty"` // why it is unassessed, not applicable or failed
}

// A Report is the result of running rules: what came of each, and all findings.
// It is a plain value with a JSON form.
type Report struct {
	Outcomes []Outcome   `json:"outcomes"`          // one for each rule, by code
	Findings []Finding   `json:"findings"`          // gravest first, then by code and subject
	Waivers  []WaiverUse `json:"waivers,omitempty"` // what became of each waiver, see [Report.Waive]
}

// Run checks every rule against the facts. The cost is that of the checks plus
// sorting the findings.
func Run[F any](facts F, rules ...Rule[F]) Report {
	report := Report{Outcomes: make([]Outcome, 0, len(rules)), Findings: []Finding{}}
	for _, rule := range rules {
		outcome, findings := rule.Run(facts)
		report.Outcomes = append(report.Outcomes, outcome)
		report.Findings = append(report.Findings, findings...)
	}
	return report.sorted()
}

// Merge returns one report with everything in the given ones.
func Merge(reports ...Report) Report {
	all := Report{Outcomes: []Outcome{}, Findings: []Finding{}}
	for _, r := range reports {
		all.Outcomes = append(all.Outcomes, r.Outcomes...)
		all.Findings = append(all.Findings, r.Findings...)
		all.Waivers = append(all.Waivers, r.Waivers...)
	}
	return all.sorted()
}

// sorted puts outcomes by code, and findings by severity, gravest first, then by
// code and subject; what still ties keeps the order in which it was found.
func (r Report) sorted() Report {
	slices.SortStableFunc(r.Outcomes, func(a, b Outcome) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortStableFunc(r.Findings, compareFindings)
	return r
}

func compareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Subject, b.Subject),
	)
}

// Outcome returns what came of the rule with the given code.
func (r Report) Outcome(code Code) (Outcome, bool) {
	i := slices.IndexFunc(r.Outcomes, func(o Outcome) bool { return o.Code == code })
	if i < 0 {
		return Outcome{}, false
	}
	return r.Outcomes[i], true
}

// Filter returns the report with only the findings that keep accepts. The
// outcomes stay: a rule is not met merely because its findings are not shown.
func (r Report) Filter(keep func(Finding) bool) Report {
	kept := []Finding{}
	for _, f := range r.Findings {
		if keep(f) {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
	return r
}

// AtLeast returns the report with only the findings of severity s and above.
func (r Report) AtLeast(s Severity) Report {
	return r.Filter(func(f Finding) bool { return f.Severity >= s })
}

// Open returns the report with only the findings for which no waiver is in
// effect.
func (r Report) Open() Report { return r.Filter(Finding.Open) }

// Below returns the report with only the findings about the given path and what
// lies below it: Below("risks") has "risks", "risks[R-07]" and "risks.appetite",
// but not "risksharing".
func (r Report) Below(path string) Report {
	return r.Filter(func(f Finding) bool { return isBelow(f.Subject, path) })
}

func isBelow(subject, path string) bool {
	rest, ok := strings.CutPrefix(subject, path)
	return ok && (path == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

// Count returns the number of findings of severity s.
func (r Report) Count(s Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Worst returns the gravest severity among the findings, 0 if there are none.
func (r Report) Worst() Severity {
	var worst Severity
	for _, f := range r.Findings {
		worst = max(worst, f.Severity)
	}
	return worst
}

// A Group is the findings about one subject.
type Group struct {
	Subject  string    `json:"subject"`
	Findings []Finding `json:"findings"`
}

// BySubject groups the findings by subject, the subjects in ascending order of
// bytes, the findings within one as in the report.
func (r Report) BySubject() []Group {
	at := map[string]int{}
	groups := []Group{}
	for _, f := range r.Findings {
		i, ok := at[f.Subject]
		if !ok {
			i = len(groups)
			at[f.Subject] = i
			groups = append(groups, Group{Subject: f.Subject})
		}
		groups[i].Findings = append(groups[i].Findings, f)
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Subject, b.Subject) })
	return groups
}

// Weights say how much a rule of each severity counts towards a score. They
// must not be negative; the zero Weights means [DefaultWeights].
type Weights struct {
	Info, Minor, Major, Critical int64
}

// DefaultWeights lets each severity weigh three times the one below it, and
// rules that only inform not at all.
func DefaultWeights() Weights { return Weights{Info: 0, Minor: 1, Major: 3, Critical: 9} }

func (w Weights) of(s Severity) int64 {
	switch s {
	case Info:
		return w.Info
	case Minor:
		return w.Minor
	case Major:
		return w.Major
	case Critical:
		return w.Critical
	default:
		return 0
	}
}

// Score returns the weight of the rules that are met over the weight of the
// rules that apply: an exact number from 0 to 1. Unassessed and failed rules
// count as not met, and a waiver excuses a finding without mending it, so it does
// not raise the score. With no applicable rule of any weight it is undefined.
// A score summarises; it never outweighs a critical finding.
func (r Report) Score(w Weights) ratio.Ratio {
	if w == (Weights{}) {
		w = DefaultWeights()
	}
	met, all := ratio.Int(0), ratio.Int(0)
	for _, o := range r.Outcomes {
		if o.Status == NotApplicable {
			continue
		}
		weight := ratio.Int(max(0, w.of(o.Severity)))
		all = all.Add(weight)
		if o.Status == Met {
			met = met.Add(weight)
		}
	}
	if all.Sign() == 0 {
		return ratio.Undefined("no rule applies")
	}
	return met.Quo(all)
}
