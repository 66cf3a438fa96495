package audit_test

import (
	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
	"github.com/crmrollout/crm/stakeholder/raci"
)

func sampleRisks() risk.Register {
	matrix := risk.Cox3x3()
	assessed := func(date string, basis risk.Basis, likelihood, impact string) risk.Assessment {
		return risk.Assessment{Date: day(date), Basis: basis, Likelihood: likelihood, Impact: impact, Matrix: matrix.Ref(), By: "S-2"}
	}
	r := risk.Register{
		Plan: risk.Plan{
			Manager: "S-2", Approach: "monthly round with the departments",
			Review: calendar.MustParsePeriod("P3M"), StaleAfter: calendar.MustParsePeriod("P3M"),
			Contingency: eur("15000.00"), Appetites: []risk.Appetite{{Appetite: "low", Tolerated: "medium"}},
		},
		Matrix: matrix,
		Risks: []risk.Risk{
			{
				ID: "K-1", Title: "Sales stays with spreadsheets", Kind: risk.Threat, Category: "adoption", Origin: "adoption_difficulty",
				Cause: "Screens are new", Event: "Sales enters data late", Effect: "Forecasts are wrong", Owner: "S-3", Raised: day("2027-01-25"),
				Expectations: []string{"X-3"},
				Assessments: []risk.Assessment{
					assessed("2027-01-26", risk.Inherent, "medium", "medium"), assessed("2027-03-26", risk.Inherent, "medium", "medium"),
					assessed("2027-06-20", risk.Inherent, "medium", "medium"), assessed("2027-09-15", risk.Inherent, "medium", "medium"),
					assessed("2027-09-15", risk.Residual, "low", "medium"), assessed("2027-11-30", risk.Inherent, "medium", "medium"),
					assessed("2027-11-30", risk.Residual, "low", "medium"),
				},
				Estimate: risk.Estimate{Probability: ratio.New(1, 2), Impact: risk.MoneyRange{Min: eur("8000.00"), Mode: eur("8000.00"), Max: eur("8000.00")}},
				Responses: []risk.Response{{
					ID: "A1", Strategy: risk.Mitigate, Action: "Train by key users", Owner: "S-3", Due: day("2027-07-31"),
					Status: risk.ResponseDone, Cost: eur("1000.00"), Chance: ratio.New(1, 2),
				}},
				Triggers: []risk.Trigger{{Sign: "The pipeline is not up to date", Indicator: "K-O-1"}},
			},
			{
				ID: "K-2", Title: "The search is too slow", Kind: risk.Threat, Category: "downtime", Origin: "downtime",
				Cause: "Two systems grew together", Event: "Searches time out", Effect: "Sales waits", Owner: "S-2",
				Raised: day("2027-01-26"), Closed: day("2027-09-30"),
				Assessments: []risk.Assessment{
					assessed("2027-01-27", risk.Inherent, "medium", "low"), assessed("2027-03-26", risk.Inherent, "medium", "low"),
					assessed("2027-06-20", risk.Inherent, "medium", "low"),
				},
				Estimate:    risk.Estimate{Probability: ratio.New(1, 2), Impact: risk.MoneyRange{Min: eur("900.00"), Mode: eur("900.00"), Max: eur("900.00")}},
				Responses:   []risk.Response{{ID: "A1", Strategy: risk.Accept, Status: risk.ResponseDone, Owner: "S-2", Approver: "S-1", Until: day("2027-09-30")}},
				Occurrences: []risk.Occurrence{{On: day("2027-08-10"), Issue: "I-1", Loss: eur("900.00"), Resolved: day("2027-08-20")}},
			},
		},
	}
	for _, t := range r.Candidates(today, risk.Catalogue()) {
		r.Plan.SetAside = append(r.Plan.SetAside, risk.SetAside{Entry: t.ID, Reason: "not here"})
	}
	return r
}

func samplePerson(id, name string, class stakeholder.Class, department string) stakeholder.Stakeholder {
	return stakeholder.Stakeholder{
		ID: "S-" + id, Name: name, Kind: stakeholder.Individual, Class: class, Department: department, BuyIn: day("2027-01-20"),
		Interests: []string{"less typing"}, Position: stakeholder.Position{Power: 2, Interest: 4}, Salience: stakeholder.Dependent,
		Engagement: stakeholder.Engagement{Desired: stakeholder.Supportive, History: []stakeholder.Reading{{On: day("2027-01-20"), Level: stakeholder.Supportive}}},
		Expectations: []stakeholder.Expectation{{ID: "X-" + id, Realism: stakeholder.Realistic, Steps: []stakeholder.Step{
			{On: day("2027-01-20"), Turn: stakeholder.ExpectationSet, Text: "one view of each customer"},
			{On: day("2027-01-21"), Turn: stakeholder.ExpectationAgreed},
		}}},
		Prefers: []stakeholder.Channel{stakeholder.Email},
	}
}

func sampleStakeholders() audit.Stakeholders {
	sponsor := samplePerson("1", "Anna Berg", stakeholder.Executives, "Board")
	sponsor.Position, sponsor.Salience = stakeholder.Position{Power: 5, Interest: 4}, stakeholder.Definitive
	sponsor.Involvement = []stakeholder.Involvement{{Decision: "charter", On: day("2027-02-04"), Part: stakeholder.Decided}}
	sponsor.Signs = []stakeholder.Signature{{Deliverable: "CRM in production", Due: day("2027-12-10")}}
	seller := samplePerson("3", "Ben Kaya", stakeholder.Employees, "sales")
	seller.Traits = []stakeholder.Trait{
		{Aspect: stakeholder.Personality, Note: "outgoing"}, {Aspect: stakeholder.Professionalism, Note: "long in the trade"},
		{Aspect: stakeholder.Culture, Note: "each guards his own customers"},
	}
	return audit.Stakeholders{
		Register: stakeholder.Register{
			Stakeholders: []stakeholder.Stakeholder{
				sponsor, samplePerson("2", "Rita Okafor", stakeholder.Employees, "IT"), seller,
				samplePerson("4", "Cleo Ionescu", stakeholder.Employees, "marketing"),
				samplePerson("5", "Dana Fox", stakeholder.Employees, "customer service"),
				samplePerson("6", "Key accounts", stakeholder.Customers, ""),
			},
			Absent:   []stakeholder.Absence{{Class: stakeholder.Partners, Reason: "direct sales only"}},
			Plan:     sampleMessages(),
			Contacts: sampleContacts(),
		},
		RACI: raci.Matrix{
			Roles: []string{"Sponsor", "Manager", "Key users"},
			Activities: []raci.Activity{
				{Name: "Charter", Cells: raci.Cells{"Sponsor": "A", "Manager": "R", "Key users": "C"}},
				{Name: "Migrate data", Cells: raci.Cells{"Sponsor": "I", "Manager": "A", "Key users": "R"}},
				{Name: "Train users", Cells: raci.Cells{"Manager": "A", "Key users": "R"}},
			},
		},
	}
}

func sampleMessages() []stakeholder.Communication {
	monthly := stakeholder.Rhythm{Start: day("2027-01-20"), Every: calendar.MustParsePeriod("P1M"), GraceDays: 2}
	return []stakeholder.Communication{
		{
			ID: "COM-1", Purpose: "decide", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Executives}},
			Content:  []stakeholder.Content{stakeholder.Progress, stakeholder.Risks, stakeholder.Decisions},
			Channels: []stakeholder.Channel{stakeholder.Email}, Detail: stakeholder.KeyPoints, Owner: "S-2", Rhythm: monthly,
			Protocol: "one page: done, next, trouble",
		},
		{
			ID: "COM-2", Purpose: "work", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Employees}},
			Content:  []stakeholder.Content{stakeholder.Progress, stakeholder.Changes, stakeholder.Issues},
			Channels: []stakeholder.Channel{stakeholder.Email}, Detail: stakeholder.DetailAndContext, Owner: "S-2", Rhythm: monthly,
		},
		{
			ID: "COM-3", Purpose: "hear customers", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Customers}},
			Content:  []stakeholder.Content{stakeholder.Feedback},
			Channels: []stakeholder.Channel{stakeholder.Email}, Detail: stakeholder.KeyPoints, Owner: "S-5",
			Rhythm: stakeholder.Rhythm{Start: day("2027-03-01"), Every: calendar.MustParsePeriod("P3M")},
		},
	}
}

// sampleContacts sends every planned message on its day, and tells each piece of
// news with the decision that makes it.
func sampleContacts() []stakeholder.Contact {
	var log []stakeholder.Contact
	for _, c := range sampleMessages() {
		for on := range c.Rhythm.Dates(0) {
			if on > today {
				break
			}
			log = append(log, stakeholder.Contact{On: on, Communication: c.ID, Channel: stakeholder.Email})
		}
	}
	news := func(on string, about ...string) {
		all := stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Executives, stakeholder.Employees}}
		log = append(log, stakeholder.Contact{On: day(on), With: all, Channel: stakeholder.Email, About: about, By: "S-2"})
	}
	news(charterDay, "phase:planning:"+charterDay)
	news(planDay, "phase:execution:"+planDay)
	news("2027-08-11", "I-1")
	news(launchDay, "phase:control:"+launchDay)
	news(reopenDay, "phase:execution:"+reopenDay, "CH-1")
	news(relaunchDay, "phase:control:"+relaunchDay)
	news(closureDay, "phase:closure:"+closureDay)
	return log
}

// sampleIndicators follow the objectives of the scope. Nothing is to change
// before the pilot is live.
func sampleIndicators(s scope.Statement) kpi.Scorecard {
	var card kpi.Scorecard
	for _, o := range s.Goals.Objectives {
		m := kpi.FromObjective("K-"+o.ID, o)
		m.Target.Plan = []objective.Step{{On: day("2027-08-02"), Attained: ratio.Int(0)}}
		for _, on := range []string{"2027-01-01", "2027-03-25", "2027-06-20"} {
			m.History = append(m.History, kpi.Measurement{On: day(on), Value: o.Baseline})
		}
		card.Measures = append(card.Measures, m)
	}
	churn, service := &card.Measures[0], &card.Measures[1]
	churn.History = append(churn.History, kpi.Share(day("2027-09-15"), 145, 1000), kpi.Share(day("2027-11-15"), 130, 1000))
	service.History = append(service.History,
		kpi.Measurement{On: day("2027-09-15"), Value: ratio.Int(30)}, kpi.Measurement{On: day("2027-11-15"), Value: ratio.Int(26)})
	return card
}
