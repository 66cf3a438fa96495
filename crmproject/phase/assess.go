package phase

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// result is what came of one criterion's check, from running it or from a
// snapshot.
type result struct {
	verdict.Outcome
	findings []verdict.Finding
}

// situation is how a gate stands to the state: what closes it besides its
// criteria, and which of hold, recycle and kill can be decided there.
type situation struct {
	obstacles []Obstacle
	besides   []Action
}

// assess evaluates a gate from the results of its checks, one for each
// criterion. Decisions and replays both come here.
func (c *chart) assess(g *Gate, s State, asOf calendar.Date, results []result, at situation) Evaluation {
	e := Evaluation{
		From: g.edge.From, To: g.edge.To, Name: g.edge.Name, AsOf: asOf,
		Threshold: g.edge.Threshold, Obstacles: at.obstacles,
	}
	marks := make([]Mark, len(g.edge.Criteria))
	for i, term := range g.edge.Criteria {
		a := c.assessment(term, s, asOf, results[i])
		marks[i] = Mark{a.Status, len(a.Waivers) > 0}
		a.Effect = term.effect(marks[i])
		if a.Effect != Waived {
			a.Waivers = nil
		}
		e.Criteria = append(e.Criteria, a)
	}
	j := g.Judge(marks)
	e.Below = g.below(uint64(j.Met), uint64(j.Weight))
	e.Score, e.Outcome = j.Score(), j.Go
	if len(at.obstacles) > 0 {
		e.Outcome = Refused
	}
	e.Blocking, e.Waived = e.codes(Blocking), e.codes(Waived)
	e.Permitted = permitted(j, at)
	return e
}

// codes returns the codes of the criteria that have an effect.
func (e Evaluation) codes(effect Effect) []verdict.Code {
	var out []verdict.Code
	for _, a := range e.Criteria {
		if a.Effect == effect {
			out = append(out, a.Code)
		}
	}
	return out
}

// permitted lists what can be decided: to pass as the gate judged, unless an
// obstacle overrules it, and what the situation allows besides.
func permitted(j Judgement, at situation) []Action {
	var out []Action
	if free := len(at.obstacles) == 0; free && j.Go == Open {
		out = append(out, Go, ConditionalGo) // a go implies the other
	} else if free && j.ConditionalGo == Open {
		out = append(out, ConditionalGo)
	}
	return append(out, at.besides...)
}

// assessment judges one criterion by itself. An exemption outranks what the
// check says.
func (c *chart) assessment(t Term, s State, asOf calendar.Date, r result) Assessment {
	a := Assessment{
		Outcome: r.Outcome, Need: t.Need, Weight: t.Weight, Waivable: t.Waivable,
		Findings: slices.Clip(r.findings),
	}
	if x, ok := s.Exempted(t.Code); ok {
		a.Status, a.Reason, a.By, a.Findings = verdict.NotApplicable, x.Reason, x.By, nil
		return a
	}
	switch {
	case a.Status == verdict.NotApplicable:
		a.By = c.outline.Name // the life cycle itself approves what its rules say
		a.Reason = cmp.Or(a.Reason, "the rule says that it does not apply")
	case t.Need == Must && t.Waivable:
		a.Waivers = coverFor(a, s.Waivers, asOf)
	}
	return a
}

// coverFor returns the waivers in force that excuse the criterion, nil unless
// they excuse all of it.
func coverFor(a Assessment, waivers []verdict.Waiver, asOf calendar.Date) []verdict.Waiver {
	var used []verdict.Waiver
	for _, subject := range subjects(a) {
		w, ok := covering(waivers, a.Code, subject, asOf)
		if !ok {
			return nil
		}
		if !slices.Contains(used, w) {
			used = append(used, w)
		}
	}
	return used
}

// subjects returns what a waiver must cover for the criterion to be excused:
// the subject of each finding, or the whole if that is not all there is.
func subjects(a Assessment) []string {
	whole := []string{""}
	if a.Status != verdict.NotMet || a.Reason != "" {
		return whole
	}
	var out []string
	for _, f := range a.Findings {
		if !slices.Contains(out, f.Subject) {
			out = append(out, f.Subject)
		}
	}
	if len(out) == 0 {
		return whole
	}
	return out
}
