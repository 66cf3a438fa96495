package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A validator checks the risks of one register.
type validator struct {
	Register
	*verdict.Faults
	ids map[string]bool // of all risks
}

func (v validator) risk(path string, r Risk) {
	if r.Title == "" {
		v.Missing(path + ".title")
	}
	requireWord(v.Faults, path+".kind", r.Kind)
	requireDay(v.Faults, path+".raised", r.Raised)
	notBefore(v.Faults, path+".closed", r.Closed, r.Raised, "the day it was raised")
	v.causes(path+".causes", r)
	for i, a := range r.Assessments {
		v.assessment(verdict.At(path+".assessments", i), r, a)
	}
	v.target(path+".target", r.Target)
	r.Estimate.check(v.Faults, path+".estimate")
	v.controls(path+".controls", r)
	v.responses(path+".responses", r)
	v.monitoring(path, r)
}

func (v validator) causes(path string, r Risk) {
	seen := map[string]bool{}
	for i, link := range r.Causes {
		at := verdict.At(path, i)
		switch {
		case !v.ids[link.Risk]:
			v.Unknown(at+".risk", link.Risk)
		case link.Risk == r.ID:
			v.Addf(at+".risk", "%s is the risk itself: %w", verdict.Quote(link.Risk), verdict.ErrInvalid)
		case seen[link.Risk]:
			v.Duplicate(at+".risk", link.Risk)
		}
		seen[link.Risk] = true
		checkShare(v.Faults, at+".weight", link.Weight)
	}
}

func (v validator) assessment(path string, r Risk, a Assessment) {
	requireDay(v.Faults, path+".date", a.Date)
	requireWord(v.Faults, path+".basis", a.Basis)
	v.levels(path, a.Matrix, a.Likelihood, a.Impact)
	if a.Basis == Inherent && len(a.Relies) > 0 {
		v.Addf(path+".relies", "an inherent assessment gives no credit for controls: %w", verdict.ErrInvalid)
	}
	checkReferences(v.Faults, path+".relies", a.Relies, func(id string) bool {
		return slices.ContainsFunc(r.Controls, func(c Control) bool { return c.ID == id })
	})
}

func (v validator) target(path string, t Target) {
	if t == (Target{}) {
		return
	}
	v.levels(path, t.Matrix, t.Likelihood, t.Impact)
	requireDay(v.Faults, path+".by", t.By)
}

// levels checks that a matrix is one of the register's and has both levels.
func (v validator) levels(path, matrix, likelihood, impact string) {
	m, ok := v.MatrixOf(matrix)
	switch {
	case matrix == "":
		v.Missing(path + ".matrix")
		return
	case !ok:
		v.Unknown(path+".matrix", matrix)
		return
	}
	v.level(path+".likelihood", m.Likelihood, likelihood)
	v.level(path+".impact", m.Impact, impact)
}

func (v validator) level(path string, s Scale, name string) {
	if _, ok := s.Index(name); name == "" {
		v.Missing(path)
	} else if !ok {
		v.Unknown(path, name)
	}
}

func (v validator) controls(path string, r Risk) {
	v.IDs(path, len(r.Controls), func(i int) string { return r.Controls[i].ID })
	if r.Kind == Opportunity && len(r.Controls) > 0 {
		v.Addf(path, "an opportunity has none, it is enhanced by responses: %w", verdict.ErrInvalid)
	}
	for i, c := range r.Controls {
		at := verdict.At(path, i)
		requireWord(v.Faults, at+".on", c.On)
		requireWord(v.Faults, at+".state", c.State)
		requireShare(v.Faults, at+".reduction", c.Reduction)
	}
}

func (v validator) responses(path string, r Risk) {
	v.IDs(path, len(r.Responses), func(i int) string { return r.Responses[i].ID })
	for i, response := range r.Responses {
		at := verdict.At(path, i)
		requireWord(v.Faults, at+".strategy", response.Strategy)
		requireWord(v.Faults, at+".status", response.Status)
		checkDay(v.Faults, at+".due", response.Due)
		checkDay(v.Faults, at+".until", response.Until)
		checkShare(v.Faults, at+".chance", response.Chance)
		checkShare(v.Faults, at+".impact", response.Impact)
		if response.Cost.Sign() < 0 {
			v.Addf(at+".cost", "%v is negative: %w", response.Cost, verdict.ErrRange)
		}
		checkReferences(v.Faults, at+".secondary", response.Secondary, func(id string) bool { return v.ids[id] })
	}
}

func (v validator) monitoring(path string, r Risk) {
	for i, t := range r.Triggers {
		at := verdict.At(path+".triggers", i)
		if t.Sign == "" {
			v.Missing(at + ".sign")
		}
		checkDay(v.Faults, at+".seen", t.Seen)
	}
	for i, o := range r.Occurrences {
		at := verdict.At(path+".occurrences", i)
		requireDay(v.Faults, at+".on", o.On)
		notBefore(v.Faults, at+".resolved", o.Resolved, o.On, "the day it happened")
		if o.Loss.Sign() < 0 {
			v.Addf(at+".loss", "%v is negative: %w", o.Loss, verdict.ErrRange)
		}
	}
	if !r.Window.IsValid() {
		v.Addf(path+".window", "%v ends before it begins: %w", r.Window, verdict.ErrRange)
	}
	checkPeriod(v.Faults, path+".review.every", r.Review.Every)
	checkDay(v.Faults, path+".review.next", r.Review.Next)
	checkDay(v.Faults, path+".review.last", r.Review.Last)
}
