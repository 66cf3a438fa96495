package scope

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

var businessItems = []derivation{
	requirementsItem("SCOPE-019", ComponentBusiness, "Ask sales, marketing and customer service what they need the CRM for."),
	sourceItem("SCOPE-020", Sales),
	sourceItem("SCOPE-021", Marketing),
	sourceItem("SCOPE-022", CustomerService),
	{
		item: ItemRef{ComponentBusiness, "each_traced_to_objective"}, code: "SCOPE-023", severity: verdict.Major,
		title: "Every business requirement serves a kept objective",
		why:   "A requirement that serves no objective costs money and moves nothing.",
		gaps: func(s *Statement, gap sink) {
			kept := s.Goals.kept()
			eachPromised(s, ComponentBusiness, gap, func(r Requirement) (message, remedy string) {
				for _, id := range r.Objectives {
					if kept[id] {
						return "", ""
					}
				}
				return fmt.Sprintf("Business requirement %s serves no kept objective.", verdict.Quote(r.Text)),
					"Trace it to the objective that it serves, or reject it."
			})
		},
	},
}

var technicalItems = []derivation{
	requirementsItem("SCOPE-024", ComponentTechnical, "Write down with IT what the CRM needs to run."),
	{
		item: ItemRef{ComponentTechnical, "hardware_servers"}, code: "SCOPE-025", severity: verdict.Minor,
		title: "The technical requirements cover hardware or servers",
		why:   "Machines that are too few, too slow or not there stop a rollout on its first day.",
		gaps:  covers(AreaHardware, AreaServers),
	},
	areaItem("SCOPE-026", AreaNetwork, "A branch that cannot reach the CRM cannot use it."),
	areaItem("SCOPE-027", AreaLicences, "Licences that were not counted are bought in a hurry."),
	itInputItem("SCOPE-028", ComponentTechnical),
}

var integrationItems = []derivation{
	{
		item: ItemRef{ComponentIntegration, "requirements>=1_or_explicit_none"}, gate: true, code: "SCOPE-029",
		title: "There are integration requirements, or expressly no integration",
		why:   "Seamless work with the other systems does not come by itself.",
		gaps: func(s *Statement, gap sink) {
			if !s.Scope.NoIntegrations && len(s.promised(ComponentIntegration)) == 0 {
				gap.find("requirements", "There is no integration requirement, and the scope does not say that there are no integrations.",
					"State what is exchanged with which system, or declare that there are no integrations.")
			}
		},
	},
	{
		item: ItemRef{ComponentIntegration, "each_declared_integration_has_a_requirement"}, gate: true, code: "SCOPE-030",
		title: "Every declared integration has a requirement",
		why:   "An integration that is only a name in a list is nobody's work.",
		gaps:  integrationsRequired,
	},
	{
		item: ItemRef{ComponentIntegration, "direction_and_frequency_given"}, code: "SCOPE-031", severity: verdict.Minor,
		title: "Every integration requirement gives direction and frequency",
		why:   "Nightly one way and instantly both ways differ by an order of magnitude in cost.",
		gaps: func(s *Statement, gap sink) {
			if s.Scope.NoIntegrations {
				return
			}
			eachPromised(s, ComponentIntegration, gap, func(r Requirement) (message, remedy string) {
				if r.Exchange.Flow.IsValid() && !blank(r.Exchange.Frequency) {
					return "", ""
				}
				return fmt.Sprintf("Integration requirement %s does not give both direction and frequency.", verdict.Quote(r.Text)),
					"State who sends, who receives, and how often."
			})
		},
	},
}

// requirementsItem asks for at least one requirement of a component.
func requirementsItem(code verdict.Code, c Component, remedy string) derivation {
	return derivation{
		item: ItemRef{c, "requirements>=1"}, gate: true, code: code,
		title: "There are " + plain(c.String()),
		why:   "What nobody asked for is not built; what was asked for and not written down is forgotten.",
		gaps: func(s *Statement, gap sink) {
			if len(s.promised(c)) == 0 {
				gap.find("requirements", fmt.Sprintf("There are no %s in scope.", plain(c.String())), remedy)
			}
		},
	}
}

func sourceItem(code verdict.Code, d Department) derivation {
	return derivation{
		item: ItemRef{ComponentBusiness, "source_" + string(d)}, code: code, severity: verdict.Major,
		title: fmt.Sprintf("Business requirements were heard from %s", d),
		why:   "A department that was not asked will say what it needs after the launch.",
		gaps:  heardFrom(d),
	}
}

// heardFrom asks that a department was heard on the business requirements.
func heardFrom(d Department) func(*Statement, sink) {
	return func(s *Statement, gap sink) {
		if !s.heard(ComponentBusiness, d) {
			gap.find("requirements", fmt.Sprintf("Nothing on the business requirements was heard from %s.", d),
				fmt.Sprintf("Ask %s; record what they need, or that they were heard and need nothing.", d))
		}
	}
}

func areaItem(code verdict.Code, a Area, why string) derivation {
	return derivation{
		item: ItemRef{ComponentTechnical, a.String()}, code: code, severity: verdict.Minor,
		title: "The technical requirements cover " + plain(a.String()), why: why,
		gaps: covers(a),
	}
}

// covers asks for a technical requirement in scope of one of the areas.
func covers(areas ...Area) func(*Statement, sink) {
	return func(s *Statement, gap sink) {
		for _, r := range s.promised(ComponentTechnical) {
			if slices.Contains(areas, r.Area) {
				return
			}
		}
		names := each(areas, func(a Area) string { return plain(a.String()) })
		gap.find("requirements", fmt.Sprintf("No technical requirement covers %s.", strings.Join(names, " or ")),
			"Settle it with IT; if nothing is needed, say so in a requirement.")
	}
}

func itInputItem(code verdict.Code, c Component) derivation {
	return derivation{
		item: ItemRef{c, "it_input_recorded"}, code: code, severity: verdict.Major,
		title: fmt.Sprintf("The input of IT on the %s is on record", plain(c.String())),
		why:   "Only IT knows what the systems can bear and what the data look like.",
		gaps: func(s *Statement, gap sink) {
			if !s.inputFrom(c, IT) {
				gap.find("inputs", fmt.Sprintf("No input of IT on the %s is on record.", plain(c.String())),
					"Go through them with IT; record who spoke for IT, and when.")
			}
		},
	}
}

// eachPromised asks about every requirement of a component that is in scope.
func eachPromised(s *Statement, c Component, gap sink, ask func(Requirement) (message, remedy string)) {
	promised := s.promised(c)
	if len(promised) == 0 {
		gap.void(fmt.Sprintf("There are no %s in scope.", plain(c.String())))
	}
	for _, r := range promised {
		if message, remedy := ask(r); message != "" {
			gap.find(verdict.Key("requirements", r.ID), message, remedy)
		}
	}
}

func integrationsRequired(s *Statement, gap sink) {
	if !s.Scope.integrationsSettled() {
		gap.void("Integrations are neither listed nor ruled out.")
	}
	required := idsOf(s.promised(ComponentIntegration), func(r Requirement) string { return r.Exchange.Integration })
	for _, x := range s.Scope.Integrations {
		if !required[x.ID] {
			gap.find(verdict.Key("scope.integrations", x.ID),
				fmt.Sprintf("The integration with %s is declared, but no requirement says what it does.", verdict.Quote(x.System)),
				"State what is exchanged, in which direction and how often.")
		}
	}
}
