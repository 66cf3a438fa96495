package stakeholder_test

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder"
)

func day(s string) calendar.Date { return calendar.MustParse(s) }

func to(ids ...string) stakeholder.Audience { return stakeholder.Audience{Stakeholders: ids} }

func faults(err error) []string {
	var all []string
	for _, f := range verdict.FaultsOf(err) {
		all = append(all, f.Error())
	}
	return all
}

// person returns a stakeholder with whom nothing is wrong.
func person(id, name string, class stakeholder.Class, department string) stakeholder.Stakeholder {
	return stakeholder.Stakeholder{
		ID: id, Name: name, Kind: stakeholder.Individual, Class: class, Department: department,
		BuyIn: day("2026-12-15"), Interests: []string{"less typing"},
		Position: stakeholder.Position{Power: 2, Interest: 4}, Salience: stakeholder.Dependent,
		Engagement: stakeholder.Engagement{
			Desired: stakeholder.Supportive,
			History: []stakeholder.Reading{{On: day("2027-01-11"), Level: stakeholder.Supportive}},
		},
		Expectations: []stakeholder.Expectation{{
			ID: "X-" + id, Realism: stakeholder.Realistic,
			Steps: []stakeholder.Step{
				{On: day("2027-01-11"), Turn: stakeholder.ExpectationSet, Text: "one view of each customer"},
				{On: day("2027-01-12"), Turn: stakeholder.ExpectationAgreed},
			},
		}},
		Prefers: []stakeholder.Channel{stakeholder.Phone, stakeholder.Email},
	}
}

// sound returns facts at 2027-03-10 that break no rule.
func sound() stakeholder.Facts {
	sponsor := person("S-1", "Anna Berg", stakeholder.Executives, "Board")
	sponsor.Position, sponsor.Salience = stakeholder.Position{Power: 5, Interest: 4}, stakeholder.Definitive
	sponsor.Involvement = []stakeholder.Involvement{{Decision: "charter", On: day("2026-12-20"), Part: stakeholder.Decided}}
	sponsor.Signs = []stakeholder.Signature{{Deliverable: "Charter", Due: day("2027-02-01")}}
	sales := person("S-2", "Sales force", stakeholder.Employees, "Sales")
	sales.Kind = stakeholder.Group
	sales.Traits = []stakeholder.Trait{
		{Aspect: stakeholder.Personality, Note: "outgoing"},
		{Aspect: stakeholder.Professionalism, Note: "long in the trade"},
		{Aspect: stakeholder.Culture, Note: "each guards his own customers"},
	}
	seller := person("S-3", "Ben Kaya", stakeholder.Employees, "Marketing")
	seller.MemberOf = []string{"S-2"}
	return stakeholder.Facts{
		AsOf: day("2027-03-10"), PlanningStart: day("2027-01-04"),
		Departments: []string{"Sales", "IT"},
		Team:        []stakeholder.Seat{{Department: "sales", Stakeholder: "S-3"}, {Department: "it"}},
		Register: stakeholder.Register{
			Stakeholders: []stakeholder.Stakeholder{
				sponsor, sales, seller,
				person("S-4", "Dana Fox", stakeholder.Employees, "Service"),
				person("S-5", "Emil Gorr", stakeholder.Employees, "IT department"),
				person("S-6", "Key accounts", stakeholder.Customers, ""),
			},
			Absent: []stakeholder.Absence{{Class: stakeholder.Partners, Reason: "direct sales only"}},
			Plan: []stakeholder.Communication{
				{
					ID: "COM-1", Purpose: "decide", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Executives}},
					Content:  []stakeholder.Content{stakeholder.Progress, stakeholder.Risks, stakeholder.Decisions},
					Channels: []stakeholder.Channel{stakeholder.FaceToFace, stakeholder.Email}, Detail: stakeholder.KeyPoints, Owner: "PM",
					Protocol: "one page: done, next, trouble; escalate to the sponsor",
					Rhythm:   stakeholder.Rhythm{Start: day("2027-01-08"), Every: calendar.MustParsePeriod("P1M"), GraceDays: 2},
				},
				{
					ID: "COM-2", Purpose: "work", Audience: to("S-2", "S-4", "S-5"),
					Content:  []stakeholder.Content{stakeholder.Progress, stakeholder.Changes, stakeholder.Issues},
					Channels: []stakeholder.Channel{stakeholder.Email}, Detail: stakeholder.DetailAndContext, Owner: "PM",
					Rhythm: stakeholder.Rhythm{Start: day("2027-01-04"), Every: calendar.MustParsePeriod("P2W")},
				},
				{
					ID: "COM-3", Purpose: "hear customers", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Customers}},
					Content:  []stakeholder.Content{stakeholder.Feedback},
					Channels: []stakeholder.Channel{stakeholder.Phone}, Detail: stakeholder.KeyPoints, Owner: "Service",
					Rhythm: stakeholder.Rhythm{Start: day("2027-03-08")},
				},
			},
			Contacts: []stakeholder.Contact{
				{On: day("2027-03-01"), Communication: "COM-2", Channel: stakeholder.Email, About: []string{"CH-1"}},
				{On: day("2027-02-08"), Communication: "COM-1", Channel: stakeholder.FaceToFace},
				{On: day("2027-03-08"), Communication: "COM-3", Channel: stakeholder.Phone, Response: "call back sooner"},
				{On: day("2027-03-09"), With: to("S-2", "S-4"), About: []string{"K-1"}},
			},
			Conflicts: []stakeholder.Conflict{
				{
					ID: "K-1", Parties: []string{"S-2", "S-4"}, Subject: "who owns a lead", State: stakeholder.Actual,
					Raised: day("2027-02-01"), Owner: "PM", Mode: stakeholder.Collaborating, Strategy: "workshop",
					Resolved: day("2027-03-02"), Resolution: "who enters it",
				},
				{
					ID: "K-2", Parties: []string{"S-1", "S-2"}, Subject: "targets", State: stakeholder.Potential,
					Raised: day("2027-01-05"), Owner: "PM", Strategy: "agree on them before go-live",
				},
			},
		},
		Events: []stakeholder.Event{{
			ID: "CH-1", Kind: stakeholder.ApprovedChange, On: day("2027-02-26"), Subject: "second language",
		}},
		SignOffs: []stakeholder.SignOff{{
			Deliverable: "charter", By: "S-1", On: day("2027-01-30"), Answer: stakeholder.AcceptedWithConditions,
			Conditions: []stakeholder.Condition{{What: "name a deputy", Owner: "PM", Due: day("2027-02-15"), Met: day("2027-02-10")}},
		}},
	}
}
