package audit

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Action is one thing to do next, and why.
type Action struct {
	What    string           `json:"what"`
	Why     string           `json:"why"`
	Subject string           `json:"subject,omitempty"` // path in the dossier
	Code    verdict.Code     `json:"code,omitempty"`    // of the rule or gate criterion behind it
	Weight  verdict.Severity `json:"weight"`
	Gate    bool             `json:"gate,omitempty"` // it blocks the next gate
}

// actions lists what is called for: what blocks the gates first, then open
// findings, gravest first. What a gate and a rule both say appears once; findings
// that merely inform do not appear.
func actions(gates []phase.Evaluation, report verdict.Report) []Action {
	list := []Action{}
	seen := map[string]bool{}
	add := func(a Action) {
		key := a.Subject + "\x00" + a.What + "\x00" + a.Why
		if a.What != "" && !seen[key] {
			list = append(list, a)
		}
		seen[key] = true
	}
	for _, g := range gates {
		blockers(g, add)
	}
	for _, f := range report.Open().Findings { // gravest first
		if f.Severity >= verdict.Minor {
			add(Action{What: f.Remedy, Why: f.Message, Subject: f.Subject, Code: f.Code, Weight: f.Severity})
		}
	}
	return list
}

// blockers turns what keeps a gate shut into actions: earlier gates that are no
// longer good, musts that are not met, and if the score is too low the shoulds
// that it lacks. A gate that nobody can pass anyway, as after the end of the life
// cycle, asks for nothing.
func blockers(g phase.Evaluation, add func(Action)) {
	for _, o := range g.Obstacles {
		if !o.Standing.IsValid() {
			return
		}
	}
	for _, o := range g.Obstacles {
		what := fmt.Sprintf("Confirm the gate from %s to %s again, or renew what it rests on.", o.From, o.To)
		add(Action{What: what, Why: o.String(), Weight: verdict.Critical, Gate: true})
	}
	for _, c := range g.Criteria {
		switch {
		case c.Effect == phase.Blocking:
			unmet(c, verdict.Critical, add)
		case c.Effect == phase.Lacking && g.Below:
			unmet(c, verdict.Major, add)
		}
	}
}

// unmet turns a criterion that is not met into actions.
func unmet(c phase.Assessment, weight verdict.Severity, add func(Action)) {
	if len(c.Findings) == 0 {
		add(Action{What: "Settle the gate criterion: " + c.Title + ".", Why: c.Reason, Code: c.Code, Weight: weight, Gate: true})
	}
	for _, f := range c.Findings {
		add(Action{What: f.Remedy, Why: f.Message, Subject: f.Subject, Code: c.Code, Weight: weight, Gate: true})
	}
}
