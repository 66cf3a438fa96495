package risk_test

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

func day(s string) calendar.Date     { return calendar.MustParse(s) }
func eur(s string) money.Amount      { return money.MustParse(s + " EUR") }
func share(s string) ratio.Ratio     { return ratio.MustParse(s) }
func cycle(s string) calendar.Period { return calendar.MustParsePeriod(s) }

// today is the date by which the fixture is sound.
var today = day("2027-03-15")

const classic = "classic_5x5@1"

// assessed returns an assessment with the classic matrix.
func assessed(date string, basis risk.Basis, likelihood, impact string) risk.Assessment {
	return risk.Assessment{
		Date: day(date), Basis: basis, Likelihood: likelihood, Impact: impact, Matrix: classic, By: "Ana",
	}
}

// sound returns a register without a finding at today, apart from those about
// the matrix. It uses every field.
func sound() risk.Register {
	return risk.Register{
		Plan: risk.Plan{
			Manager: "Ana", Approach: "weekly round with the departments",
			Review: cycle("P1M"), StaleAfter: cycle("P3M"), Contingency: eur("90000"),
			Appetites: []risk.Appetite{
				{Appetite: "medium", Tolerated: "high"},
				{Category: "security", Appetite: "low", Tolerated: "medium"},
			},
			SetAside: setAside("data_quality", "adoption_difficulty", "cost_overrun"),
		},
		Matrix: risk.Classic5x5(),
		Risks:  []risk.Risk{dataRisk(), adoptionRisk(), costRisk(), pilotChance(), pastRisk()},
	}
}

// setAside sets aside all of the catalogue but the given entries.
func setAside(but ...string) []risk.SetAside {
	var all []risk.SetAside
	for _, t := range risk.Catalogue() {
		keep := true
		for _, id := range but {
			keep = keep && t.ID != id
		}
		if keep {
			all = append(all, risk.SetAside{Entry: t.ID, Reason: "not here"})
		}
	}
	return all
}

func dataRisk() risk.Risk {
	return risk.Risk{
		ID: "R-01", Title: "Old customer data are wrong", Kind: risk.Threat, Category: "data", Origin: "data_quality",
		Cause: "Three systems kept customers", Event: "Duplicates are migrated", Effect: "Users distrust the CRM",
		Owner: "Ben", Raised: day("2027-01-10"), Expectations: []string{"E-1"},
		Assessments: []risk.Assessment{
			assessed("2027-01-12", risk.Inherent, "likely", "major"),
			{
				Date: day("2027-03-01"), Basis: risk.Residual, Likelihood: "possible", Impact: "moderate",
				Matrix: classic, By: "Ana", Relies: []string{"C1"}, Note: "cleaning has begun",
			},
		},
		Target: risk.Target{Likelihood: "unlikely", Impact: "moderate", Matrix: classic, By: day("2027-06-30")},
		Estimate: risk.Estimate{
			Probability: share("0.6"),
			Impact:      risk.MoneyRange{Min: eur("10000"), Mode: eur("40000"), Max: eur("100000")},
			Delay:       risk.DelayRange{Min: 5, Mode: 10, Max: 30, Shape: risk.PERT},
		},
		Controls: []risk.Control{{
			ID: "C1", Title: "Rules at the source", On: risk.OnChance, Reduction: share("1/3"),
			State: risk.ControlOperating, Group: "source", Owner: "Ben",
		}},
		Responses: []risk.Response{{
			ID: "A1", Strategy: risk.Mitigate, Action: "Clean by hand", Owner: "Ben", Due: day("2027-04-30"),
			Status: risk.ResponseInProgress, Cost: eur("5000"), Chance: share("0.5"), Impact: share("0.2"),
		}},
		Triggers: []risk.Trigger{{Sign: "More than 5 percent duplicates", Indicator: "duplicates", Seen: day("2027-02-20")}},
		Window:   calendar.Interval{From: day("2027-05-01"), Until: day("2027-07-31")},
		Review:   risk.Review{Every: cycle("P1M")},
	}
}

func adoptionRisk() risk.Risk {
	return risk.Risk{
		ID: "R-02", Title: "Sales stays with spreadsheets", Kind: risk.Threat, Category: "adoption", Origin: "adoption_difficulty",
		Cause: "Screens were not tested with users", Event: "Sales enters data late", Effect: "Forecasts are wrong",
		Owner: "Cleo", Raised: day("2027-01-10"),
		Causes: []risk.Link{{Risk: "R-01", Weight: share("0.3")}},
		Assessments: []risk.Assessment{
			assessed("2027-01-12", risk.Inherent, "possible", "major"),
			assessed("2027-03-02", risk.Inherent, "likely", "major"),
		},
		Estimate: risk.Estimate{
			Probability: share("0.7"),
			Impact:      risk.MoneyRange{Min: eur("20000"), Mode: eur("50000"), Max: eur("80000"), Shape: risk.PERT},
		},
		Responses: []risk.Response{{
			ID: "A1", Strategy: risk.Accept, Status: risk.ResponseDone, Owner: "Cleo",
			Approver: "Dora", Until: day("2027-04-15"),
		}},
	}
}

func costRisk() risk.Risk {
	return risk.Risk{
		ID: "R-03", Title: "More licences are needed", Kind: risk.Threat, Category: "cost", Origin: "cost_overrun",
		Cause: "The offer covers sales only", Event: "Service wants licences too", Effect: "The budget is exceeded",
		Owner: "Dora", Raised: day("2027-02-01"),
		Assessments: []risk.Assessment{assessed("2027-02-20", risk.Inherent, "possible", "moderate")},
		Estimate:    risk.Estimate{Rate: share("3/2"), Impact: risk.MoneyRange{Min: eur("1000"), Max: eur("3000"), Shape: risk.Uniform}},
		Responses: []risk.Response{{
			ID: "A1", Strategy: risk.Transfer, Action: "Agree a price for growth", Owner: "Dora", To: "vendor",
			Due: day("2027-05-01"), Status: risk.ResponsePlanned, Cost: eur("0"), Impact: share("1/2"),
		}},
		Occurrences: []risk.Occurrence{{On: day("2027-02-10"), Issue: "I-1", Loss: eur("1200"), Resolved: day("2027-02-25")}},
	}
}

func pilotChance() risk.Risk {
	return risk.Risk{
		ID: "O-01", Title: "The pilot convinces others", Kind: risk.Opportunity, Category: "adoption",
		Cause: "Pilot users are respected", Event: "They show the system around", Effect: "Training is shorter",
		Owner: "Cleo", Raised: day("2027-02-01"),
		Assessments: []risk.Assessment{assessed("2027-03-02", risk.Inherent, "unlikely", "minor")},
		Estimate:    risk.Estimate{Probability: share("1/4"), Impact: risk.MoneyRange{Min: eur("8000"), Mode: eur("8000"), Max: eur("8000")}},
		Responses: []risk.Response{{
			ID: "A1", Strategy: risk.Enhance, Action: "Give them time", Owner: "Cleo", Due: day("2027-04-01"),
			Status: risk.ResponsePlanned, Cost: eur("500"), Chance: share("1/3"),
		}},
	}
}

func pastRisk() risk.Risk {
	return risk.Risk{
		ID: "R-04", Title: "No sponsor", Kind: risk.Threat, Raised: day("2027-01-02"), Closed: day("2027-01-20"),
	}
}

// edit returns the fixture with one risk changed.
func edit(id string, change func(r *risk.Risk)) risk.Register {
	register := sound()
	for i := range register.Risks {
		if register.Risks[i].ID == id {
			change(&register.Risks[i])
		}
	}
	return register
}
