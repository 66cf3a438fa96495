package scope

import "github.com/crmrollout/crm/crmproject/verdict"

// An Extent is the first component: what the CRM does, for how many, beside
// which systems, on what technology, and what it does not do.
type Extent struct {
	Features       []Feature      `json:"features,omitempty"`
	Users          int            `json:"users,omitzero"` // how many people will use the CRM; 0 is not stated
	Integrations   []Integration  `json:"integrations,omitempty"`
	NoIntegrations bool           `json:"noIntegrations,omitzero"` // said expressly: there are none
	Infrastructure Infrastructure `json:"infrastructure,omitzero"`
	Exclusions     []string       `json:"exclusions,omitempty"` // what is expressly not part of the project
}

// A Feature is a functionality of the CRM.
type Feature struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Description   string `json:"description,omitempty"`
	Customisation string `json:"customisation,omitempty"` // how it is adapted to the organisation's own ways
}

// An Integration is another system that the CRM works with.
type Integration struct {
	ID      string `json:"id"`
	System  string `json:"system"` // "accounting", "human resources"
	Purpose string `json:"purpose,omitempty"`
}

// An Infrastructure is the technology that is there today, and how the CRM fits
// into it.
type Infrastructure struct {
	Current string `json:"current,omitempty"`
	Fit     string `json:"fit,omitempty"`
}

// integrationsSettled reports whether there are integrations, or expressly none.
func (e Extent) integrationsSettled() bool { return e.NoIntegrations || len(e.Integrations) > 0 }

func (e Extent) validate(f *verdict.Faults) {
	f.IDs("scope.features", len(e.Features), func(i int) string { return e.Features[i].ID })
	for i, x := range e.Features {
		wantText(f, verdict.At("scope.features", i)+".name", x.Name)
	}
	wantCount(f, "scope.users", e.Users)
	f.IDs("scope.integrations", len(e.Integrations), func(i int) string { return e.Integrations[i].ID })
	for i, x := range e.Integrations {
		wantText(f, verdict.At("scope.integrations", i)+".system", x.System)
	}
	if e.NoIntegrations && len(e.Integrations) > 0 {
		f.Addf("scope.noIntegrations", "%w: %d are declared", verdict.ErrInvalid, len(e.Integrations))
	}
	wantTexts(f, "scope.exclusions", e.Exclusions)
}
