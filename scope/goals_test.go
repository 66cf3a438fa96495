package scope_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/scope"
)

func vague() objective.Objective {
	return objective.Objective{ID: "O-3", Text: "Improve relations with customers", Direction: objective.Increase, Goal: "G-1"}
}

// SC-08, SC-09: the specific objective is kept, the vague one set aside with the
// reason, never lost.
func TestSift(t *testing.T) {
	g := complete(t).Goals
	g.Objectives = append(g.Objectives, vague())
	g.SetAside = []scope.SetAside{{Objective: objective.Objective{ID: "O-0", Text: "Be better"}, Reason: "said so"}}
	got := g.Sift(day("2027-01-12"))
	require.Len(t, g.Objectives, 3, "the receiver is as it was")
	require.Len(t, g.SetAside, 1)
	require.Len(t, got.Objectives, 2)
	require.Equal(t, []scope.SetAside{
		g.SetAside[0],
		{Objective: vague(), Reason: "not specific: no metric, no amount", On: day("2027-01-12")},
	}, got.SetAside)
	require.Empty(t, diff(got, got.Sift(day("2027-01-13"))), "once is enough")
	require.Nil(t, scope.Goals{Objectives: []objective.Objective{vague()}}.Sift(0).Objectives)
}

func TestAppraisals(t *testing.T) {
	s := complete(t)
	s.Goals.Objectives[1].Owner, s.Goals.Objectives[1].Deadline = "", 0
	s.Goals.SetAside = []scope.SetAside{{Objective: vague(), Reason: "too vague"}}
	list := s.Objectives()
	require.Len(t, list, 3)

	require.True(t, list[0].Kept && list[0].Specific && list[0].SMART)
	require.Empty(t, list[0].Missing)
	require.Len(t, list[0].Present, 7)
	require.Equal(t, "churn_rate", list[0].Indicator)
	require.Equal(t, "G-1", list[0].Goal)

	require.True(t, list[1].Kept && list[1].Specific)
	require.False(t, list[1].SMART)
	require.Equal(t, []objective.Part{objective.PartDeadline, objective.PartOwner}, list[1].Missing)

	require.False(t, list[2].Kept || list[2].Specific)
	require.Equal(t, "too vague", list[2].Reason)
	require.Equal(t, []objective.Part{objective.PartDirection, objective.PartGoal}, list[2].Present)
}

// A milestone that lacks its deadline is vague, and the reason says so.
func TestVagueMilestone(t *testing.T) {
	g := scope.Goals{Objectives: []objective.Objective{{ID: "O", Text: "Go live", Deliverable: "CRM live"}}}.Sift(day("2027-01-12"))
	require.Equal(t, "not specific: no deadline", g.SetAside[0].Reason)
}

func TestAcceptanceOf(t *testing.T) {
	s := complete(t)
	require.Equal(t, scope.Acceptance{Completeness: ratio.Int(1), Accuracy: ratio.New(49, 50)}, s.Migration.AcceptanceOf(s.Migration.Entities[1]))
	require.Equal(t, s.Migration.Acceptance, s.Migration.AcceptanceOf(s.Migration.Entities[0]))
}

func TestUnclear(t *testing.T) {
	s := complete(t)
	require.Empty(t, s.Unclear(scope.Policy{}))
	s.Requirements[0].Text = "The user does TBD."
	s.Scope.Exclusions[0] = "to be agreed"
	s.Scope.Features[0].Description = "search by ??"
	s.Scope.Features[1].Description = "Establish the tbd-flies." // a word, not a placeholder
	s.Scope.Features[2].Description, s.Scope.Features[3].Description = "", ""
	require.Equal(t, []string{"3 texts are still open (TBD or the like)."}, s.Unclear(scope.Policy{}))
	s.Scope.Features[1].Description = ""
	s.Goals.SetAside = []scope.SetAside{{}, {}, {}}
	s.Requirements = s.Requirements[3:7]
	s.Requirements[0].Source, s.Requirements[1].Source, s.Requirements[2].Source = scope.Source{}, scope.Source{}, scope.Source{}
	require.Equal(t, []string{
		"There are only 4 requirements in scope.",
		"More objectives are set aside (3) than kept (2).",
		"Of 4 features only 1 are described.",
		"Of 4 requirements only 1 say who asked for them.",
		"Of 4 requirements only 0 serve an objective.",
		"2 texts are still open (TBD or the like).",
	}, s.Unclear(scope.Policy{}))
	require.Len(t, s.Unclear(scope.Policy{FewestRequirements: 4}), 5)
}
