package audit_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// dangling breaks each reference from one part of the dossier to another.
var dangling = map[string]func(*audit.Dossier){
	"project.charter.objectives[1]":         func(d *audit.Dossier) { d.Project.Charter.Objectives[1] = "nobody" },
	"project.charter.criteria[1].objective": func(d *audit.Dossier) { d.Project.Charter.Criteria[1].Objective = "nobody" },
	"project.strategy.companyGoals[0]":      func(d *audit.Dossier) { d.Project.Strategy.CompanyGoals[0] = "nobody" },
	"project.strategy.components[1].objectives[0]": func(d *audit.Dossier) {
		d.Project.Strategy.Components[1].Objectives[0] = "nobody"
	},
	"project.selection.criteria[0].requirements[1]": func(d *audit.Dossier) {
		d.Project.Selection.Criteria[0].Requirements[1] = "nobody"
	},
	"project.build[2].requirements[0]":                   func(d *audit.Dossier) { d.Project.Build[2].Requirements[0] = "nobody" },
	"project.migrations[1].entity":                       func(d *audit.Dossier) { d.Project.Migrations[1].Entity = "nobody" },
	"project.issues[0].risk":                             func(d *audit.Dossier) { d.Project.Issues[0].Risk = "nobody" },
	"project.acceptance[0].by":                           func(d *audit.Dossier) { d.Project.Acceptance[0].By = "nobody" },
	"project.finalReport.to[0]":                          func(d *audit.Dossier) { d.Project.FinalReport.To[0] = "nobody" },
	"risks.risks[0].owner":                               func(d *audit.Dossier) { d.Risks.Risks[0].Owner = "nobody" },
	"risks.risks[0].expectations[0]":                     func(d *audit.Dossier) { d.Risks.Risks[0].Expectations[0] = "nobody" },
	"risks.risks[1].responses[0].owner":                  func(d *audit.Dossier) { d.Risks.Risks[1].Responses[0].Owner = "nobody" },
	"risks.risks[1].occurrences[0].issue":                func(d *audit.Dossier) { d.Risks.Risks[1].Occurrences[0].Issue = "nobody" },
	"risks.risks[0].triggers[0].indicator":               func(d *audit.Dossier) { d.Risks.Risks[0].Triggers[0].Indicator = "nobody" },
	"scope.statement.requirements[0].source.stakeholder": func(d *audit.Dossier) { d.Scope.Statement.Requirements[0].Source.Stakeholder = "nobody" },
	"stakeholders.register.stakeholders[2].expectations[0].risk": func(d *audit.Dossier) {
		d.Stakeholders.Register.Stakeholders[2].Expectations[0].Risk = "nobody"
	},
	"indicators.measures[1].objective": func(d *audit.Dossier) { d.Indicators.Measures[1].Objective = "nobody" },
}

func TestDanglingReferences(t *testing.T) {
	for path, breakIt := range dangling {
		t.Run(path, func(t *testing.T) {
			d := finished()
			breakIt(d)
			_, err := audit.Decode(encoded(t, d))
			require.ErrorIs(t, err, verdict.ErrUnknown)
			require.EqualError(t, err, path+`: unknown "nobody"`)
		})
	}
}

func TestAllDanglingReferencesAtOnce(t *testing.T) {
	d := finished()
	for _, breakIt := range dangling {
		breakIt(d)
	}
	faults := verdict.FaultsOf(d.Validate())
	require.Len(t, faults, len(dangling))
	for _, f := range faults {
		require.Contains(t, dangling, f.Path)
	}
}

// TestReferencesThatAreNone: an empty id refers to nothing; an objective that was
// set aside may still be referred to; team members are people, stakeholders too.
func TestReferencesThatAreNone(t *testing.T) {
	d := finished()
	d.Project.Migrations[0].Entity, d.Project.Issues[0].Risk = "", ""
	d.Risks.Risks[0].Owner, d.Risks.Risks[0].Triggers[0].Indicator = "", ""
	goals := &d.Scope.Statement.Goals
	goals.SetAside = append(goals.SetAside, scope.SetAside{Objective: goals.Objectives[1], Reason: "too vague", On: today})
	goals.Objectives, goals.Indicators = goals.Objectives[:1], goals.Indicators[:1]
	d.Scope.Statement.Requirements[2].Objectives, d.Scope.Statement.Requirements[9].Objectives = nil, nil
	d.Project.Team.Members = append(d.Project.Team.Members, crmproject.Member{ID: "contractor", Name: "Jo"})
	d.Project.FinalReport.To = []string{"contractor", "S-6"}
	require.NoError(t, d.Validate())
}
