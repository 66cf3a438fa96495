package scope

import "github.com/crmrollout/crm/crmproject/verdict"

// A Requirement is one need that the CRM has to meet, of whichever of the five
// requirement components. The sentence itself is judged elsewhere; here it is
// placed: who asked for it, what it serves, what carries it.
type Requirement struct {
	ID         string            `json:"id"`
	Text       string            `json:"text"`
	Component  Component         `json:"component"` // one of those with [Component.HasRequirements]
	Kind       Kind              `json:"kind,omitzero"`
	Source     Source            `json:"source,omitzero"`
	Priority   Priority          `json:"priority,omitzero"`
	Status     RequirementStatus `json:"status,omitzero"`      // not given counts as proposed
	Objectives []string          `json:"objectives,omitempty"` // ids of the objectives it serves
	Features   []string          `json:"features,omitempty"`   // ids of the features that carry it
	Area       Area              `json:"area,omitzero"`        // of a technical requirement only
	Exchange   Exchange          `json:"exchange,omitzero"`    // of an integration requirement only
}

// A Source says who a requirement was heard from.
type Source struct {
	Department  Department `json:"department,omitempty"`
	Stakeholder string     `json:"stakeholder,omitempty"` // id in the stakeholder register
}

// An Exchange is what an integration requirement says about the traffic with
// another system.
type Exchange struct {
	Integration string   `json:"integration"` // id of the declared [Integration]
	Flow        Flow     `json:"flow,omitzero"`
	Frequency   string   `json:"frequency,omitempty"` // "every 15 minutes", "nightly", "on change"
	Data        []string `json:"data,omitempty"`      // "customers", "open invoices"
}

func (e Exchange) isZero() bool {
	return e.Integration == "" && e.Flow == 0 && e.Frequency == "" && len(e.Data) == 0
}

// InScope reports whether the requirement is promised: it is neither rejected
// nor deferred, and not a won't-have.
func (r Requirement) InScope() bool {
	return r.Status != RequirementRejected && r.Status != RequirementDeferred && r.Priority != Wont
}

// references are the ids that a requirement may refer to.
type references struct {
	objectives, features, integrations map[string]bool
}

func (r Requirement) validate(f *verdict.Faults, at string, known references) {
	wantText(f, at+".text", r.Text)
	wantWord(f, at+".component", r.Component, r.Component.IsValid())
	if r.Component.IsValid() && !r.Component.HasRequirements() {
		f.Addf(at+".component", "%w: %s has no requirements", verdict.ErrInvalid, r.Component)
	}
	mayWord(f, at+".kind", r.Kind, r.Kind.IsValid())
	mayWord(f, at+".priority", r.Priority, r.Priority.IsValid())
	mayWord(f, at+".status", r.Status, r.Status.IsValid())
	mayRefer(f, at+".objectives", r.Objectives, known.objectives)
	mayRefer(f, at+".features", r.Features, known.features)
	r.validateArea(f, at+".area")
	r.validateExchange(f, at+".exchange", known.integrations)
}

func (r Requirement) validateArea(f *verdict.Faults, at string) {
	mayWord(f, at, r.Area, r.Area.IsValid())
	if r.Area != 0 && r.Component != ComponentTechnical {
		f.Addf(at, "%w: only a technical requirement has an area", verdict.ErrInvalid)
	}
}

func (r Requirement) validateExchange(f *verdict.Faults, at string, integrations map[string]bool) {
	if r.Exchange.isZero() {
		return
	}
	if r.Component != ComponentIntegration {
		f.Addf(at, "%w: only an integration requirement has an exchange", verdict.ErrInvalid)
	}
	if id := r.Exchange.Integration; id != "" && !integrations[id] {
		f.Unknown(at+".integration", id)
	}
	mayWord(f, at+".flow", r.Exchange.Flow, r.Exchange.Flow.IsValid())
	wantTexts(f, at+".data", r.Exchange.Data)
}
