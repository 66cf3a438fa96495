package phase

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Term is the data half of a [Criterion]: the code of its rule and the
// consequence.
type Term struct {
	Code     verdict.Code `json:"code"`
	Need     Need         `json:"need"`
	Weight   int64        `json:"weight,omitempty"`
	Waivable bool         `json:"waivable,omitempty"`
}

// An Edge is the data half of a [Transition].
type Edge struct {
	From      ID          `json:"from"`
	To        ID          `json:"to"`
	Name      string      `json:"name,omitempty"`
	Threshold ratio.Ratio `json:"threshold,omitzero"`
	Criteria  []Term      `json:"criteria,omitempty"`
}

// Label returns the name of the transition for people.
func (e Edge) Label() string { return edgeLabel(e.Name, e.From, e.To) }

func edgeLabel(name string, from, to ID) string {
	if name == "" {
		return string(from) + " → " + string(to)
	}
	return name
}

// An Outline is the data half of a [Definition]: a plain value with a JSON form,
// in which each criterion is the code of a rule. [Bind] joins it with the rules.
// So a life cycle can be stored, sent, edited and compared as a document:
//
//	{
//	  "name": "rollout-2",
//	  "phases": [{"id": "plan"}, {"id": "build"}, {"id": "close", "role": "closure"}],
//	  "transitions": [
//	    {"from": "plan", "to": "build", "name": "Charter gate", "threshold": "3/5", "criteria": [
//	      {"code": "CHARTER-001", "need": "must", "waivable": true},
//	      {"code": "CHARTER-002", "need": "should", "weight": 2}]},
//	    {"from": "build", "to": "close"}
//	  ]
//	}
type Outline struct {
	Name        string  `json:"name"`
	Phases      []Phase `json:"phases"`
	Transitions []Edge  `json:"transitions"`
}

// clone returns a copy that shares no slices with o.
func (o Outline) clone() Outline {
	o.Phases, o.Transitions = copied(o.Phases), copied(o.Transitions)
	for i := range o.Transitions {
		o.Transitions[i].Criteria = copied(o.Transitions[i].Criteria)
	}
	return o
}

// Bind joins an outline with the rules its criteria name, and returns the
// definition. Rules that no criterion names are left aside. The error reports
// every fault of [Outline.Validate], every rule code that is used twice in the
// catalogue, and every criterion whose rule is not there.
func Bind[F any](o Outline, rules []verdict.Rule[F]) (Definition[F], error) {
	var faults verdict.Faults
	byCode := make(map[verdict.Code]verdict.Rule[F], len(rules))
	for i, rule := range rules {
		if _, twice := byCode[rule.Code]; twice {
			faults.Duplicate(verdict.At("rules", i)+".code", string(rule.Code))
		}
		byCode[rule.Code] = rule
	}
	faults.Add("", o.Validate())
	d := Definition[F]{Name: o.Name, Phases: copied(o.Phases)}
	for i, edge := range o.Transitions {
		at := verdict.At("transitions", i)
		d.Transitions = append(d.Transitions, bindEdge(edge, at, byCode, &faults))
	}
	if err := faults.Err(); err != nil {
		return Definition[F]{}, err
	}
	return d, nil
}

func bindEdge[F any](edge Edge, at string, rules map[verdict.Code]verdict.Rule[F], faults *verdict.Faults) Transition[F] {
	t := Transition[F]{From: edge.From, To: edge.To, Name: edge.Name, Threshold: edge.Threshold}
	for j, term := range edge.Criteria {
		rule, ok := rules[term.Code]
		if !ok {
			faults.Addf(verdict.At(at+".criteria", j)+".code", "%w %s: no such rule",
				verdict.ErrUnknown, verdict.Quote(string(term.Code)))
		}
		t.Criteria = append(t.Criteria, Criterion[F]{rule, term.Need, term.Weight, term.Waivable})
	}
	return t
}
