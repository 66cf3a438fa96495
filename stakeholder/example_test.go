package stakeholder_test

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/stakeholder"
)

// ST-05, ST-11, ST-14: who is told what, what is overdue, and what is wrong
// with the plan.
func Example() {
	register := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{
			{ID: "S-1", Name: "Anna Berg", Kind: stakeholder.Individual, Class: stakeholder.Executives},
			{ID: "S-2", Name: "Sales force", Kind: stakeholder.Group, Class: stakeholder.Employees, Department: "Sales"},
		},
		Plan: []stakeholder.Communication{{
			ID: "COM-1", Purpose: "status", Detail: stakeholder.DetailAndContext, Owner: "PM",
			Audience: stakeholder.Audience{Stakeholders: []string{"S-1", "S-2"}},
			Content:  []stakeholder.Content{stakeholder.Progress, stakeholder.Risks},
			Channels: []stakeholder.Channel{stakeholder.Email},
			Rhythm:   stakeholder.Rhythm{Start: calendar.MustParse("2027-01-04"), Every: calendar.MustParsePeriod("P1W")},
		}},
		Contacts: []stakeholder.Contact{{On: calendar.MustParse("2027-03-01"), Communication: "COM-1"}},
	}
	facts := stakeholder.Facts{Register: register, AsOf: calendar.MustParse("2027-03-10")}
	for _, f := range verdict.Run(facts, stakeholder.Rules()...).Below("plan[COM-1]").Findings {
		fmt.Println(f.Code, f.Message)
	}
	// Output:
	// STAKE-321 "COM-1" was due on 2027-03-08 and is 2 days overdue to "S-1", "S-2".
	// STAKE-307 The communication "COM-1" gives detail and context to executives: "Anna Berg".
}

// ST-10: where a stakeholder stands on the grid.
func ExampleGrid() {
	grid := stakeholder.Grid{Max: 10, Cut: 6}
	fmt.Println(grid.Quadrant(stakeholder.Position{Power: 7, Interest: 6}))
	fmt.Println(grid.Quadrant(stakeholder.Position{Power: 7}))
	// Output:
	// keep_satisfied true
	//  false
}

func ExampleSalienceOf() {
	s := stakeholder.SalienceOf(stakeholder.Power | stakeholder.Urgency)
	fmt.Println(s, s.Group(), s.Score())
	// Output:
	// dangerous expectant 2
}

// ST-05: engagement over time, and the gap that is left.
func ExampleEngagement() {
	e := stakeholder.Engagement{
		Desired: stakeholder.Leading,
		History: []stakeholder.Reading{
			{On: calendar.MustParse("2027-01-11"), Level: stakeholder.Resistant, Evidence: "fears to lose the price list"},
			{On: calendar.MustParse("2027-02-22"), Level: stakeholder.Supportive, Evidence: "asked to test the quotes"},
		},
	}
	asOf := calendar.MustParse("2027-03-01")
	for _, m := range e.Moves(asOf) {
		fmt.Println(m.On, m.From, "to", m.To, m.Steps())
	}
	fmt.Println(e.Gap(asOf))
	// Output:
	// 2027-02-22 resistant to supportive 2
	// 1 true
}

// ST-08: an expectation is set, agreed and changed; the change is not agreed.
func ExampleExpectation() {
	e := stakeholder.Expectation{ID: "X-1", Realism: stakeholder.Realistic, Steps: []stakeholder.Step{
		{On: calendar.MustParse("2027-01-11"), Turn: stakeholder.ExpectationSet, Text: "quotes in 10 minutes"},
		{On: calendar.MustParse("2027-01-18"), Turn: stakeholder.ExpectationAgreed},
		{On: calendar.MustParse("2027-02-15"), Turn: stakeholder.ExpectationChanged, Text: "quotes in 5 minutes"},
	}}
	for _, day := range []string{"2027-02-01", "2027-03-01"} {
		now, ok := e.At(calendar.MustParse(day))
		fmt.Println(now.Text, "agreed:", now.Agreed, ok)
	}
	// Output:
	// quotes in 10 minutes agreed: true true
	// quotes in 5 minutes agreed: false true
}

func ExampleRhythm() {
	monthly := stakeholder.Rhythm{
		Start: calendar.MustParse("2027-01-04"), Every: calendar.MustParsePeriod("P1M"), GraceDays: 2,
	}
	last := calendar.MustParse("2027-01-31")
	fmt.Println(monthly.Due(last), monthly.Overdue(last, calendar.MustParse("2027-03-03")), "day overdue")
	for due := range monthly.Dates(last) {
		if due.Year() > 2027 || due.Month() > 4 {
			break
		}
		fmt.Println(due)
	}
	// Output:
	// 2027-02-28 1 day overdue
	// 2027-02-28
	// 2027-03-28
	// 2027-04-28
}

// ST-16, SC-26: an approved change owes a message to whoever is told changes.
func ExampleRegister_Owed() {
	register := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{{ID: "S-1"}, {ID: "S-2"}, {ID: "S-3"}},
		Plan: []stakeholder.Communication{{
			ID: "COM-2", Audience: stakeholder.Audience{Stakeholders: []string{"S-1", "S-2"}},
			Content: []stakeholder.Content{stakeholder.Changes},
		}},
		Contacts: []stakeholder.Contact{{
			On: calendar.MustParse("2027-03-02"), With: stakeholder.Audience{Stakeholders: []string{"S-1"}}, About: []string{"CH-3"},
		}},
	}
	change := stakeholder.Event{
		ID: "CH-3", Kind: stakeholder.ApprovedChange, On: calendar.MustParse("2027-03-01"), Subject: "second language",
	}
	for _, o := range register.Owed(calendar.MustParse("2027-03-05"), change) {
		fmt.Println(o.Stakeholder, "is owed the", o.Kind, o.Subject, "since", o.Since)
	}
	// Output:
	// S-2 is owed the approved_change second language since 2027-03-01
}

// ST-15: respect people's time.
func ExampleRegister_Noise() {
	daily := func(day string) stakeholder.Contact {
		return stakeholder.Contact{On: calendar.MustParse(day), Communication: "COM-1"}
	}
	register := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{{ID: "S-1", Class: stakeholder.Executives}},
		Plan: []stakeholder.Communication{{
			ID: "COM-1", Audience: stakeholder.Audience{Classes: []stakeholder.Class{stakeholder.Executives}},
			Rhythm: stakeholder.Rhythm{Start: calendar.MustParse("2027-03-01"), Every: calendar.MustParsePeriod("P1W")},
		}},
		Contacts: []stakeholder.Contact{daily("2027-03-01"), daily("2027-03-02"), daily("2027-03-03"), daily("2027-03-08")},
	}
	for _, n := range register.Noise(calendar.MustParse("2027-03-01"), calendar.MustParse("2027-03-12")) {
		fmt.Println(n.Stakeholder, "received", n.Received, "beyond need", n.Beyond)
	}
	// Output:
	// S-1 received 4 beyond need 2
}

// ST-24: the team covers the departments involved, or it does not.
func ExampleCoverage() {
	cover := stakeholder.Coverage([]string{"Sales", "Marketing", "IT"}, []string{"it", "sales ", "SALES"})
	fmt.Println(cover.Covered, "of", cover.Required, "missing", cover.Missing, cover.OK())
	fmt.Println(stakeholder.Coverage(nil, []string{"Sales"}).Defined())
	// Output:
	// 2 of 3 missing [Marketing] false
	// false
}

// ST-09: a way of handling a conflict.
func ExampleModeOf() {
	fmt.Println(stakeholder.ModeOf(stakeholder.High, stakeholder.High))
	fmt.Println(stakeholder.ModeOf(stakeholder.High, stakeholder.Mid))
	// Output:
	// collaborating true
	//  false
}

// ST-31: what customers said, for the evaluation.
func ExampleRegister_Voices() {
	register := stakeholder.Register{
		Stakeholders: []stakeholder.Stakeholder{{ID: "S-7", Class: stakeholder.Customers}},
		Contacts: []stakeholder.Contact{{
			On: calendar.MustParse("2027-05-03"), With: stakeholder.Audience{Stakeholders: []string{"S-7"}},
			Content: []stakeholder.Content{stakeholder.Feedback}, Response: "answers come faster now",
		}},
	}
	for _, v := range register.Voices(stakeholder.Customers, calendar.MinDate, calendar.MustParse("2027-06-30")) {
		fmt.Println(v.On, v.Stakeholders, v.Text)
	}
	// Output:
	// 2027-05-03 [S-7] answers come faster now
}
