package stakeholder

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func engagementRules() []rule {
	return []rule{
		{
			Code: "STAKE-101", Severity: verdict.Minor, Check: checkAssessed,
			Title: "The current and the desired engagement of each stakeholder are known",
			Why:   "Without both nobody knows whom to win over.",
		},
		{
			Code: "STAKE-102", Severity: verdict.Major, Check: checkGaps,
			Title: "An action is open for each gap in engagement",
			Why:   "A stakeholder who is less engaged than the project needs rarely moves unprompted.",
		},
		{
			Code: "STAKE-103", Severity: verdict.Minor, Check: checkActions,
			Title: "Actions on stakeholders have an owner and are done in time",
			Why:   "A promise to a stakeholder that is not kept costs more trust than none.",
		},
		{
			Code: "STAKE-104", Severity: verdict.Minor, Check: checkFalls,
			Title: "No stakeholder's engagement has fallen",
			Why:   "Support that is going is the first sign of a problem that nobody has reported.",
		},
		{
			Code: "STAKE-105", Severity: verdict.Major, Check: checkBuyIn,
			Title: "Stakeholders buy in before planning begins",
			Why:   "Stakeholders involved late find their needs missing from the plan, and it is made twice.",
		},
		{
			Code: "STAKE-106", Severity: verdict.Minor, Check: checkInvolvement,
			Title: "Powerful stakeholders take part in decisions",
			Why:   "Who is only told of decisions feels no ownership, and may undo them.",
		},
	}
}

func checkAssessed(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	f.each(r, func(at string, s Stakeholder) {
		if _, known := s.Engagement.Current(f.AsOf); !known {
			r.Find(at+".engagement.history", fmt.Sprintf("How engaged %s is was never assessed.", label(s)),
				"Assess the stakeholder's engagement, and note what was seen or heard.")
		}
		if !s.Engagement.Desired.IsValid() {
			r.Find(at+".engagement.desired", fmt.Sprintf("How engaged %s should be is not stated.", label(s)),
				"State the engagement that the project needs.")
		}
	})
}

// nextStep is what to do for somebody at a level.
var nextStep = map[Level]string{
	Unaware:    "Tell them of the project and what it changes for them, in person",
	Resistant:  "Listen to what they fear to lose, and settle it or say openly what cannot be settled",
	Neutral:    "Show what they gain, and ask for their opinion on a decision that concerns them",
	Supportive: "Give them a role in which others follow them",
}

func checkGaps(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	for _, a := range f.Register.Engagements(f.AsOf) {
		if a.Owed {
			s, _ := f.Register.Stakeholder(a.Stakeholder)
			r.Find(verdict.Key("stakeholders", a.Stakeholder)+".engagement",
				fmt.Sprintf("%s is %s, %s below %s, and no action is open.", label(s), a.Current, plural(a.Gap, "step"), a.Desired),
				nextStep[a.Current]+"; give the action an owner and a date.")
		}
	}
}

func checkActions(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	f.each(r, func(at string, s Stakeholder) {
		for i, a := range s.Engagement.Actions {
			under := verdict.At(at+".engagement.actions", i)
			if a.Open(f.AsOf) && a.Owner == "" {
				r.Find(under+".owner", fmt.Sprintf("Nobody owns the action %s for %s.", verdict.Quote(a.What), label(s)),
					"Name an owner.")
			}
			if a.Late(f.AsOf) {
				r.Find(under+".due", fmt.Sprintf("The action %s for %s is %s late.", verdict.Quote(a.What), label(s),
					plural(f.days(a.Due), "day")), "Do it now, or agree on a new date.")
			}
		}
	})
}

func checkFalls(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	f.each(r, func(at string, s Stakeholder) {
		moves := s.Engagement.Moves(f.AsOf)
		if len(moves) == 0 {
			return
		}
		if last := moves[len(moves)-1]; last.Steps() < 0 {
			r.Find(at+".engagement.history", fmt.Sprintf("%s fell from %s to %s on %s.", label(s), last.From, last.To, last.On),
				"Find out what happened, and agree on what would bring the stakeholder back.")
		}
	})
}

func checkBuyIn(f Facts, r reporter) {
	if f.PlanningStart == 0 {
		r.Unassessed("the first planning date is not given")
		return
	}
	if !f.dated(r) {
		return
	}
	f.each(r, func(at string, s Stakeholder) {
		switch {
		case !s.late(f.PlanningStart, f.AsOf):
		case s.BuyIn == 0 && f.Register.Powerful(s):
			r.Find(at+".buyIn", fmt.Sprintf("%s has not bought in, though planning began on %s.", label(s), f.PlanningStart),
				"Win the stakeholder's agreement before more is planned without it.")
		case s.BuyIn != 0:
			days, _ := s.BuyIn.DaysSince(f.PlanningStart)
			r.Find(at+".buyIn", fmt.Sprintf("%s bought in on %s, %s after planning began.", label(s), s.BuyIn, plural(days, "day")),
				"Go through the plan with the stakeholder, and change it where needs are missing.")
		}
	})
}

func checkInvolvement(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	f.each(r, func(at string, s Stakeholder) {
		if !f.Register.Powerful(s) {
			return
		}
		for _, n := range s.Involvement {
			if n.On <= f.AsOf && n.Part >= WasConsulted {
				return
			}
		}
		r.Find(at+".involvement", label(s)+" has power, and had a part in no decision.",
			"Consult the stakeholder before the next decision of concern.")
	})
}
