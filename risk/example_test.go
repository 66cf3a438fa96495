package risk_test

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// A register with one risk from the catalogue, and what the rules find wrong
// with it. RI-01, RI-03.
func Example() {
	asOf := calendar.MustParse("2027-03-15")
	register := risk.Register{Plan: risk.Plan{Manager: "Ana"}, Matrix: risk.Classic5x5()}

	typical, _ := risk.TemplateOf("implementation_downtime")
	downtime := typical.Risk("R-07", asOf)
	downtime.Owner = "Ben"
	downtime.Assessments = []risk.Assessment{{
		Date: asOf, Basis: risk.Inherent, Matrix: register.Matrix.Ref(),
		Likelihood: "likely", Impact: "major", By: "Ana",
	}}
	register.Risks = append(register.Risks, downtime)
	if err := register.Validate(); err != nil {
		fmt.Println(err)
	}

	report := verdict.Run(risk.Facts{Register: register, AsOf: asOf}, risk.Rules()...)
	for _, f := range report.AtLeast(verdict.Major).Findings {
		fmt.Println(f.Code, f.Severity, f.Subject)
		fmt.Println(" ", f.Message)
		fmt.Println(" ", f.Remedy)
	}
	// Output:
	// RISK-030 critical risks[R-07].responses
	//   Threat R-07 "Downtime during implementation" is high (likely × major) and has no response.
	//   Decide now: avoid, transfer, mitigate, escalate, or accept until a date.
}

// What the project still has to ask itself. RI-02, RI-09, RI-10.
func ExampleRegister_Candidates() {
	asOf := calendar.MustParse("2027-03-15")
	register := risk.Register{
		Plan:  risk.Plan{SetAside: []risk.SetAside{{Entry: "delay", Reason: "no fixed date"}}},
		Risks: []risk.Risk{{ID: "R-01", Title: "Costs that nobody planned for", Raised: asOf}},
	}
	for _, t := range register.Candidates(asOf, risk.Catalogue())[:3] {
		fmt.Printf("%s: %s. %s.\n", t.Category, t.Title, t.Suggestions[0].Action)
	}
	// Output:
	// technology: Downtime during implementation. Run both systems in parallel until the new one is accepted.
	// adoption: Users find the system hard to use. Test with real users of each role before the pilot and change what they stumble over.
	// cost: The work costs more than budgeted. Track earned value monthly and re-estimate the rest at each deviation.
}

// A round of brainstorming. RI-02.
func ExampleRegister_Gather() {
	topics := risk.Register{}.Gather(
		risk.Idea{By: "Ana", Text: "Data get lost"},
		risk.Idea{By: "Ben", Text: "Nobody will use it!"},
		risk.Idea{By: "Cleo", Text: "nobody will use it"},
	)
	for _, t := range topics {
		fmt.Println(t.Text, t.By)
	}
	// Output:
	// Nobody will use it! [Ben Cleo]
	// Data get lost [Ana]
}

// Two independent controls multiply; two that fail together count as the better
// one; one that is only planned does not count. RI-05.
func ExampleRemaining() {
	control := func(group string, percent int64, state risk.ControlState) risk.Control {
		return risk.Control{On: risk.OnChance, Group: group, Reduction: ratio.New(percent, 100), State: state}
	}
	left := risk.Remaining([]risk.Control{
		control("", 50, risk.ControlOperating),
		control("same server", 40, risk.ControlOperating),
		control("same server", 20, risk.ControlOperating),
		control("", 90, risk.ControlPlanned),
	}, risk.OnChance)
	fmt.Println(left, left.Percent(0))
	// Output: 3/10 30 %
}

// What each response is worth. RI-05, RI-06.
func ExampleRisk_Benefits() {
	loss := money.MustParse("90000 EUR")
	downtime := risk.Risk{
		ID: "R-07", Kind: risk.Threat,
		Estimate: risk.Estimate{
			Probability: ratio.New(1, 3),
			Impact:      risk.MoneyRange{Min: loss, Mode: loss, Max: loss},
		},
		Responses: []risk.Response{
			{ID: "rehearse", Strategy: risk.Mitigate, Status: risk.ResponsePlanned, Cost: money.MustParse("4000 EUR"), Chance: ratio.New(1, 2)},
			{ID: "insure", Strategy: risk.Transfer, Status: risk.ResponsePlanned, Cost: money.MustParse("26000 EUR"), Impact: ratio.New(4, 5)},
			{ID: "go live on a Sunday", Strategy: risk.Mitigate, Status: risk.ResponsePlanned, Cost: money.MustParse("0 EUR"), Impact: ratio.New(1, 10)},
		},
	}
	fmt.Println("exposure:", downtime.Inherent().EMV)
	for _, b := range downtime.Benefits() {
		fmt.Printf("%s: gain %v, net %v, leverage %v\n", b.Response, b.Gain, b.Net, b.Leverage)
	}
	// Output:
	// exposure: 30000.00 EUR
	// rehearse: gain 15000.00 EUR, net 11000.00 EUR, leverage 15/4
	// insure: gain 24000.00 EUR, net -2000.00 EUR, leverage 12/13
	// go live on a Sunday: gain 3000.00 EUR, net 3000.00 EUR, leverage undefined: free: the response costs nothing
}

func ExampleRegister_Rank() {
	for _, r := range sound().Rank(today) {
		fmt.Println(r.Place, r.Risk, r.Rating.Name, r.EMV)
	}
	// Output:
	// 1 R-02 high 35000.00 EUR
	// 2 R-01 medium 20000.00 EUR
	// 3 R-03 medium 3000.00 EUR
	// 4 O-01 low 2000.00 EUR
}

func ExampleRegister_HeatMap() {
	fmt.Print(sound().HeatMap(today, risk.Inherent))
	// Output:
	//                | negligible | minor    | moderate    | major          | severe
	// ---------------+------------+----------+-------------+----------------+--------
	// almost_certain | medium     | high     | high        | extreme        | extreme
	// likely         | low        | medium   | high        | high R-01 R-02 | extreme
	// possible       | low        | medium   | medium R-03 | high           | high
	// unlikely       | low        | low O-01 | medium      | medium         | high
	// rare           | low        | low      | low         | low            | medium
}

// RI-04.
func ExampleRegister_Consequences() {
	register := risk.Register{Risks: []risk.Risk{
		{ID: "data"},
		{ID: "distrust", Causes: []risk.Link{{Risk: "data", Weight: ratio.New(3, 10)}}},
		{ID: "low adoption", Causes: []risk.Link{{Risk: "distrust"}}},
	}}
	fmt.Println(register.Consequences("data"))
	// Output: [distrust low adoption]
}

// RI-07.
func ExampleRegister_ReviewsDue() {
	for _, due := range sound().ReviewsDue(today, today.AddDays(20)) {
		fmt.Println(due.Due, due.Risk, due.Owner)
	}
	// Output:
	// 2027-04-01 R-01 Ben
	// 2027-04-02 R-02 Cleo
}

// A deviation becomes a risk before it becomes a loss. RI-11.
func ExampleRaiseFrom() {
	raised, err := risk.RaiseFrom(risk.Deviation{
		Area: risk.InSchedule, Subject: "milestones[M-3]", Measure: "forecast delay",
		Planned: ratio.Int(0), Actual: ratio.Int(12), Unit: "days", On: calendar.MustParse("2027-03-15"),
	}, "R-11")
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(raised.Title)
	fmt.Println("because:", raised.Cause)
	fmt.Println("may happen:", raised.Event)
	// Output:
	// Off plan: milestones[M-3], forecast delay
	// because: milestones[M-3], forecast delay: 12 days, planned 0 days
	// may happen: Milestones on the critical chain slip
}

// What stakeholders have to hear. RI-12.
func ExampleRegister_Messages() {
	for _, m := range sound().Messages(today) {
		fmt.Println(m.Event)
		fmt.Println(m.Text)
	}
	// Output:
	// risk_high:R-02:2027-01-12
	// Since 2027-01-12, threat R-02 "Sales stays with spreadsheets" is rated high: likelihood likely, impact major.
}

// A stricter colouring moves some risks; nothing of the past is rewritten.
func ExampleRegister_Remap() {
	stricter := risk.Classic5x5()
	stricter.Version = 2
	stricter.Cells[2][2] = "high" // possible × moderate
	_, moves, err := sound().Remap(risk.Change{To: stricter, On: today, By: "Ana"})
	if err != nil {
		fmt.Println(err)
	}
	for _, m := range moves {
		if m.Moved() {
			fmt.Println(m.Risk, m.Basis, m.From.Name, "→", m.To.Name)
		}
	}
	// Output:
	// R-01 residual medium → high
	// R-03 inherent medium → high
}

// The grid of the PMBOK Guide is ordinal, so much is undecided; but one step
// leads from low to high, and that is a fact.
func ExampleMatrix_Audit() {
	m := risk.PMBOK5x5()
	audit := m.Audit()
	fmt.Println("monotone:", audit.Monotone.Status)
	fmt.Println("weakly consistent:", audit.Weak.Status, "-", audit.Weak.Reason)
	fmt.Println("with some edges:", audit.EdgesFromZero.Status)
	for _, w := range audit.Between.Witnesses {
		low, _ := m.At(w.Low)
		high, _ := m.At(w.High)
		fmt.Printf("%s next to %s at %d, %d\n", low.Name, high.Name, w.Low.Likelihood, w.Low.Impact)
	}
	// Output:
	// monotone: met
	// weakly consistent: unassessed - the likelihood scale has no edges
	// with some edges: met
	// low next to high at 0, 3
}

// Levels of a scale with edges are half-open ranges.
func ExampleScale_LevelOf() {
	s := risk.Names("low", "medium", "high").WithEqualEdges()
	for _, p := range []string{"33%", "1/3", "1"} {
		i, _ := s.LevelOf(ratio.MustParse(p))
		fmt.Println(p, s.Levels[i].Name)
	}
	// Output:
	// 33% low
	// 1/3 medium
	// 1 high
}

// The register in numbers: bad data make it likelier that sales stays with
// spreadsheets, so both often happen together, and the P80 is what has to be
// set aside. What is done about the data helps with both.
func ExampleRegister_Quantify() {
	register := sound()
	q, err := register.Quantify(context.Background(), today, risk.Risk.Residual)
	if err != nil {
		fmt.Println(err)
	}
	result, err := q.Model.Analyze(context.Background(), quant.Options{Percentiles: []float64{0.5, 0.8, 0.9}})
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range result.Cost.Quantiles {
		amount, _ := q.Amount(p.Value)
		fmt.Printf("P%.0f %s, exact: %t\n", 100*p.P, amount.Format(money.Style{}), p.Exact)
	}
	worth, err := register.Worth(context.Background(), today, 0.8, quant.Options{})
	if err != nil {
		fmt.Println(err)
	}
	for _, w := range worth {
		saves, _ := q.Amount(w.Saves.Value)
		fmt.Println(w.Risk, w.Response, "costs", w.Cost, "and takes", saves, "off the P80")
	}
	// Output:
	// P50 53,519.65 EUR, exact: true
	// P80 90,369.09 EUR, exact: true
	// P90 110,110.99 EUR, exact: true
	// R-01 A1 costs 5000.00 EUR and takes 24584.18 EUR off the P80
	// O-01 A1 costs 500.00 EUR and takes 2023.00 EUR off the P80
	// R-03 A1 costs 0.00 EUR and takes 1485.80 EUR off the P80
}
