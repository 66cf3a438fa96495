package risk_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

func TestRulesAreACatalogue(t *testing.T) {
	rules := risk.Rules()
	for i, rule := range rules {
		require.True(t, rule.Code.IsValid())
		require.Equal(t, "RISK", rule.Code.Family())
		require.True(t, rule.Severity.IsValid())
		require.NotEmpty(t, rule.Title)
		require.NotEmpty(t, rule.Why)
		if i > 0 {
			require.Less(t, rules[i-1].Code, rule.Code)
		}
	}
	rules[0].Title = "changed"
	require.NotEqual(t, "changed", risk.Rules()[0].Title)
}

// response changes the first response of a risk.
func response(id string, change func(a *risk.Response)) risk.Register {
	return edit(id, func(r *risk.Risk) { change(&r.Responses[0]) })
}

func plan(change func(p *risk.Plan)) risk.Register {
	register := sound()
	change(&register.Plan)
	return register
}

// Each case spoils the sound register in one way and names the findings of the
// register's own rules that this must bring.
func TestRules(t *testing.T) {
	older := risk.Classic5x5()
	older.Version, older.ID = 7, "older"
	for name, c := range map[string]struct {
		register risk.Register
		want     []string // code, subject
	}{
		"empty register": {
			func() risk.Register { r := sound(); r.Risks = nil; return r }(),
			[]string{"RISK-001 risks", "RISK-003 risks"},
		},
		"nobody keeps it":         {plan(func(p *risk.Plan) { p.Manager = "" }), []string{"RISK-002 plan.manager"}},
		"catalogue not looked at": {plan(func(p *risk.Plan) { p.SetAside = p.SetAside[1:] }), []string{"RISK-003 risks"}},
		"no owner":                {edit("R-01", func(r *risk.Risk) { r.Owner = "" }), []string{"RISK-010 risks[R-01].owner"}},
		"no cause and effect":     {edit("R-01", func(r *risk.Risk) { r.Cause, r.Effect = "", "" }), []string{"RISK-011 risks[R-01].cause"}},
		"says the same":           {edit("R-03", func(r *risk.Risk) { r.Event = "duplicates ARE migrated" }), []string{"RISK-012 risks[R-03]"}},
		"same title":              {edit("R-03", func(r *risk.Risk) { r.Title = "Sales stays - with spreadsheets" }), []string{"RISK-012 risks[R-03]"}},
		"shared cause":            {edit("R-03", func(r *risk.Risk) { r.Cause = "three systems kept customers" }), []string{"RISK-013 risks[R-03].cause"}},
		"shared cause, linked":    {edit("R-02", func(r *risk.Risk) { r.Cause = "three systems kept customers" }), nil},
		"shared cause, both caused by a third": {edit("R-03", func(r *risk.Risk) {
			r.Cause, r.Causes = "Screens were not tested with users", []risk.Link{{Risk: "R-01"}}
		}), nil},
		"circle": {edit("R-01", func(r *risk.Risk) { r.Causes = []risk.Link{{Risk: "R-02"}} }), []string{"RISK-014 risks[R-01].causes"}},

		"not assessed": {edit("O-01", func(r *risk.Risk) { r.Assessments = nil }), []string{"RISK-020 risks[O-01].assessments", "RISK-060 risks[O-01].review"}},
		"stale": {edit("R-03", func(r *risk.Risk) {
			r.Assessments[0].Date, r.Review.Last = day("2026-12-14"), day("2027-03-01")
		}), []string{"RISK-021 risks[R-03].assessments"}},
		"just fresh": {edit("R-03", func(r *risk.Risk) {
			r.Assessments[0].Date, r.Review.Last = day("2026-12-15"), day("2027-03-01")
		}), nil},
		"other matrix": {func() risk.Register {
			r := edit("O-01", func(r *risk.Risk) { r.Assessments[0].Matrix = "older@7" })
			r.Earlier = []risk.Matrix{older}
			return r
		}(), []string{"RISK-022 risks[O-01].assessments"}},
		"residual above inherent": {edit("R-01", func(r *risk.Risk) {
			r.Assessments[1].Likelihood, r.Assessments[1].Impact = "almost_certain", "major"
		}), []string{"RISK-023 risks[R-01].assessments", "RISK-051 risks[R-01]"}},
		"residual of an opportunity below inherent": {edit("O-01", func(r *risk.Risk) {
			r.Assessments = append(r.Assessments, assessed("2027-03-03", risk.Residual, "rare", "minor"))
		}), []string{"RISK-023 risks[O-01].assessments"}},
		"residual before inherent": {edit("R-01", func(r *risk.Risk) { r.Assessments[0].Date = day("2027-03-02") }),
			[]string{"RISK-024 risks[R-01].assessments"}},
		"target missed":  {edit("R-01", func(r *risk.Risk) { r.Target.By = day("2027-03-14") }), []string{"RISK-025 risks[R-01].target"}},
		"target today":   {edit("R-01", func(r *risk.Risk) { r.Target.By = today }), nil},
		"target reached": {edit("R-01", func(r *risk.Risk) { r.Target.By, r.Target.Likelihood = day("2027-03-14"), "possible" }), nil},
		"chance not used": {edit("O-01", func(r *risk.Risk) {
			r.Target = risk.Target{Likelihood: "likely", Impact: "minor", Matrix: classic, By: day("2027-03-01")}
		}), []string{"RISK-025 risks[O-01].target"}},
		"words and numbers": {func() risk.Register {
			r := sound()
			r.Matrix.Likelihood = r.Matrix.Likelihood.WithEqualEdges()
			r.Risks[0].Estimate.Probability = share("0.59")
			return r
		}(), []string{"RISK-026 risks[R-01].estimate.probability"}},
		"words and numbers agree": {func() risk.Register {
			r := sound()
			r.Matrix.Likelihood = r.Matrix.Likelihood.WithEqualEdges()
			return r
		}(), nil},

		"high without response": {edit("R-02", func(r *risk.Risk) { r.Responses = nil }),
			[]string{"RISK-030 risks[R-02].responses", "RISK-050 risks[R-02]", "RISK-065 risks[R-02].responses"}},
		"high, response dropped": {response("R-02", func(a *risk.Response) { a.Status = risk.ResponseDropped }),
			[]string{"RISK-030 risks[R-02].responses", "RISK-050 risks[R-02]", "RISK-065 risks[R-02].responses"}},
		"response without owner": {response("R-01", func(a *risk.Response) { a.Owner, a.Due = "", 0 }), []string{"RISK-031 risks[R-01].responses[A1]"}},
		"response overdue":       {response("R-01", func(a *risk.Response) { a.Due = day("2027-03-14") }), []string{"RISK-032 risks[R-01].responses[A1]"}},
		"response due today":     {response("R-01", func(a *risk.Response) { a.Due = today }), nil},
		"threat response to an opportunity": {response("O-01", func(a *risk.Response) { a.Strategy = risk.Mitigate }),
			[]string{"RISK-033 risks[O-01].responses[A1]", "RISK-037 risks[O-01].responses[A1]"}},
		"acceptance incomplete": {response("R-02", func(a *risk.Response) { a.Approver, a.Until = "", 0 }),
			[]string{"RISK-030 risks[R-02].responses", "RISK-034 risks[R-02].responses[A1]", "RISK-050 risks[R-02]", "RISK-065 risks[R-02].responses"}},
		"acceptance expired": {response("R-02", func(a *risk.Response) { a.Until = day("2027-03-14") }),
			[]string{"RISK-030 risks[R-02].responses", "RISK-035 risks[R-02].responses[A1]", "RISK-050 risks[R-02]", "RISK-065 risks[R-02].responses"}},
		"acceptance credited": {edit("R-02", func(r *risk.Risk) {
			r.Assessments = append(r.Assessments, assessed("2027-03-03", risk.Residual, "possible", "minor"))
		}), []string{"RISK-036 risks[R-02].assessments"}},
		"too dear":           {response("R-01", func(a *risk.Response) { a.Cost = eur("12001") }), []string{"RISK-037 risks[R-01].responses[A1]"}},
		"just worth it":      {response("R-01", func(a *risk.Response) { a.Cost = eur("12000") }), nil},
		"transfer to nobody": {response("R-03", func(a *risk.Response) { a.To = "" }), []string{"RISK-038 risks[R-03].responses[A1]"}},

		"control failing": {edit("R-01", func(r *risk.Risk) { r.Controls[0].State = risk.ControlFailing }),
			[]string{"RISK-040 risks[R-01].controls[C1]", "RISK-041 risks[R-01].assessments", "RISK-043 risks[R-01].controls[C1]"}},
		"credit without reason": {edit("R-01", func(r *risk.Risk) { r.Controls, r.Assessments[1].Relies = nil, nil }),
			[]string{"RISK-041 risks[R-01].assessments"}},
		"credit for a response that is done": {edit("R-01", func(r *risk.Risk) {
			r.Controls, r.Assessments[1].Relies, r.Responses[0].Status = nil, nil, risk.ResponseDone
		}), nil},
		"control without owner": {edit("R-01", func(r *risk.Risk) { r.Controls[0].Owner = "" }), []string{"RISK-042 risks[R-01].controls"}},

		"above tolerance": {edit("R-03", func(r *risk.Risk) { r.Category = "security"; r.Assessments[0].Impact = "severe" }),
			[]string{"RISK-051 risks[R-03]"}},
		"above tolerance, escalated": {edit("R-03", func(r *risk.Risk) {
			r.Category = "security"
			r.Assessments[0].Impact = "severe"
			r.Responses[0].Strategy = risk.Escalate
		}), nil},
		"contingency too small":   {plan(func(p *risk.Plan) { p.Contingency = eur("57999.99") }), []string{"RISK-052 plan.contingency"}},
		"contingency just enough": {plan(func(p *risk.Plan) { p.Contingency = eur("58000") }), nil},

		"review overdue": {edit("R-01", func(r *risk.Risk) { r.Review.Next = day("2027-03-14") }), []string{"RISK-060 risks[R-01].review"}},
		"sign ignored":   {edit("R-01", func(r *risk.Risk) { r.Triggers[0].Seen = day("2027-03-02") }), []string{"RISK-061 risks[R-01].triggers[0]"}},
		"sign in future": {edit("R-01", func(r *risk.Risk) { r.Triggers[0].Seen = day("2027-03-16") }), nil},
		"window over":    {edit("R-01", func(r *risk.Risk) { r.Window.From, r.Window.Until = 0, day("2027-03-14") }), []string{"RISK-062 risks[R-01].window"}},
		"happened, no issue": {edit("R-01", func(r *risk.Risk) { r.Occurrences = []risk.Occurrence{{On: day("2027-03-10")}} }),
			[]string{"RISK-063 risks[R-01].occurrences[0].issue"}},
		"happened, nothing done": {edit("R-01", func(r *risk.Risk) {
			r.Occurrences = []risk.Occurrence{{On: day("2027-03-10"), Issue: "I-9"}}
			r.Responses[0].Status = risk.ResponseDone
		}), []string{"RISK-064 risks[R-01].responses"}},
		"happened and accepted": {edit("R-02", func(r *risk.Risk) {
			r.Occurrences = []risk.Occurrence{{On: day("2027-03-10"), Issue: "I-9"}}
		}), nil},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, c.register.Validate())
			report := verdict.Run(risk.Facts{Register: c.register, AsOf: today}, risk.Rules()...)
			var got []string
			for _, f := range report.Findings {
				if f.Code < "RISK-100" {
					got = append(got, string(f.Code)+" "+f.Subject)
					require.NotEmpty(t, f.Message)
					require.NotEmpty(t, f.Remedy)
					require.NotContains(t, f.Message, "%!")
				}
			}
			slices.Sort(got)
			require.Equal(t, c.want, got)
		})
	}
}

// A rule with nothing to judge says so, and a rule without the facts to judge
// by is never taken for met.
func TestOutcomes(t *testing.T) {
	run := func(r risk.Register) func(verdict.Code) verdict.Outcome {
		report := verdict.Run(risk.Facts{Register: r, AsOf: today}, risk.Rules()...)
		return func(code verdict.Code) verdict.Outcome {
			outcome, ok := report.Outcome(code)
			require.True(t, ok, code)
			return outcome
		}
	}
	empty := run(risk.Register{})
	require.Equal(t, verdict.NotApplicable, empty("RISK-010").Status)
	require.Equal(t, "no risk is live or has occurred", empty("RISK-010").Reason)
	require.Equal(t, verdict.NotApplicable, empty("RISK-030").Status)
	require.Equal(t, verdict.NotApplicable, empty("RISK-063").Status)
	require.Equal(t, verdict.Unassessed, empty("RISK-050").Status)
	require.Equal(t, verdict.Unassessed, empty("RISK-052").Status)

	unknown := run(edit("R-02", func(r *risk.Risk) { r.Estimate = risk.Estimate{} }))
	require.Equal(t, verdict.Unassessed, unknown("RISK-052").Status)
	require.Equal(t, "1 threat is not estimated in money", unknown("RISK-052").Reason)

	mixed := run(plan(func(p *risk.Plan) { p.Contingency = money.MustParse("90000 USD") }))
	require.Equal(t, verdict.Unassessed, mixed("RISK-052").Status)

	// What is known already exceeds the contingency, so the unknown does not matter.
	short := edit("R-02", func(r *risk.Risk) { r.Estimate = risk.Estimate{} })
	short.Plan.Contingency = eur("10")
	require.Equal(t, verdict.NotMet, run(short)("RISK-052").Status)
}

// The same facts give the same report, whatever came before.
func TestRulesArePure(t *testing.T) {
	facts := risk.Facts{Register: sound(), AsOf: day("2027-09-01")}
	first := verdict.Run(facts, risk.Rules()...)
	require.NotEmpty(t, first.Findings)
	for range 3 {
		require.Equal(t, first, verdict.Run(facts, risk.Rules()...))
	}
	require.Equal(t, sound(), facts.Register)
}

func TestRegisterValidate(t *testing.T) {
	for name, c := range map[string]struct {
		register risk.Register
		want     []string
	}{
		"sound":     {sound(), []string{}},
		"duplicate": {edit("R-03", func(r *risk.Risk) { r.ID = "R-01" }), []string{"risks[2].id"}},
		"no id":     {edit("R-04", func(r *risk.Risk) { r.ID = "" }), []string{"risks[4].id"}},
		"bare":      {edit("R-04", func(r *risk.Risk) { *r = risk.Risk{ID: "R-04"} }), []string{"risks[4].title", "risks[4].kind", "risks[4].raised"}},
		"dates": {edit("R-04", func(r *risk.Risk) { r.Closed, r.Review.Next = day("2027-01-01"), -1 }),
			[]string{"risks[4].closed", "risks[4].review.next"}},
		"causes": {edit("R-03", func(r *risk.Risk) {
			r.Causes = []risk.Link{{Risk: "R-99"}, {Risk: "R-03"}, {Risk: "R-01", Weight: ratio.Int(2)}, {Risk: "R-01"}}
		}), []string{"risks[2].causes[0].risk", "risks[2].causes[1].risk", "risks[2].causes[2].weight", "risks[2].causes[3].risk"}},
		"assessment": {edit("R-03", func(r *risk.Risk) {
			r.Assessments = []risk.Assessment{
				{},
				{Date: today, Basis: 9, Matrix: "lost@1"},
				{Date: today, Basis: risk.Residual, Matrix: classic, Likelihood: "often", Relies: []string{"C9"}},
				{Date: today, Basis: risk.Inherent, Matrix: classic, Likelihood: "rare", Impact: "minor", Relies: []string{"C9"}},
			}
		}), []string{
			"risks[2].assessments[0].date", "risks[2].assessments[0].basis", "risks[2].assessments[0].matrix",
			"risks[2].assessments[1].basis", "risks[2].assessments[1].matrix",
			"risks[2].assessments[2].likelihood", "risks[2].assessments[2].impact", "risks[2].assessments[2].relies[0]",
			"risks[2].assessments[3].relies", "risks[2].assessments[3].relies[0]",
		}},
		"target": {edit("R-01", func(r *risk.Risk) { r.Target = risk.Target{Matrix: classic, Impact: "minor", Likelihood: "x"} }),
			[]string{"risks[0].target.likelihood", "risks[0].target.by"}},
		"estimate": {edit("R-01", func(r *risk.Risk) {
			r.Estimate = risk.Estimate{
				Probability: share("1.01"), Rate: share("-1"),
				Impact: risk.MoneyRange{Min: eur("-1"), Mode: eur("-2"), Max: eur("-3"), Shape: 9},
				Delay:  risk.DelayRange{Min: 3, Mode: 2, Max: 2, Shape: risk.Uniform},
			}
		}), []string{
			"risks[0].estimate.rate", "risks[0].estimate.probability", "risks[0].estimate.rate",
			"risks[0].estimate.impact.shape", "risks[0].estimate.impact.min", "risks[0].estimate.impact.mode", "risks[0].estimate.impact.max",
			"risks[0].estimate.delay.mode", "risks[0].estimate.delay.max",
		}},
		"controls": {edit("R-01", func(r *risk.Risk) {
			r.Controls = append(r.Controls, risk.Control{ID: "C1"}, risk.Control{ID: "C2", On: risk.OnImpact, State: risk.ControlPlanned, Reduction: share("-1")})
		}), []string{
			"risks[0].controls[1].id", "risks[0].controls[1].on", "risks[0].controls[1].state", "risks[0].controls[1].reduction",
			"risks[0].controls[2].reduction",
		}},
		"controls of an opportunity": {edit("O-01", func(r *risk.Risk) { r.Controls = dataRisk().Controls }), []string{"risks[3].controls"}},
		"responses": {edit("R-01", func(r *risk.Risk) {
			r.Responses = append(r.Responses, risk.Response{
				ID: "A1", Due: -1, Until: calendar.MaxDate + 1, Chance: share("2"), Impact: ratio.Undefined("x"), Cost: eur("-1"),
				Secondary: []string{"R-02", "R-02", "R-99"},
			})
		}), []string{
			"risks[0].responses[1].id", "risks[0].responses[1].strategy", "risks[0].responses[1].status",
			"risks[0].responses[1].due", "risks[0].responses[1].until", "risks[0].responses[1].chance", "risks[0].responses[1].impact",
			"risks[0].responses[1].cost", "risks[0].responses[1].secondary[1]", "risks[0].responses[1].secondary[2]",
		}},
		"monitoring": {edit("R-03", func(r *risk.Risk) {
			r.Triggers = []risk.Trigger{{Seen: -1}}
			r.Occurrences = []risk.Occurrence{{Resolved: today, Loss: eur("-1")}, {On: today, Resolved: today.AddDays(-1)}}
			r.Window = calendar.Interval{From: today, Until: today.AddDays(-1)}
			r.Review.Every = calendar.Period{Count: 1}
		}), []string{
			"risks[2].triggers[0].sign", "risks[2].triggers[0].seen", "risks[2].occurrences[0].on", "risks[2].occurrences[0].loss",
			"risks[2].occurrences[1].resolved", "risks[2].window", "risks[2].review.every",
		}},
		"plan": {plan(func(p *risk.Plan) {
			p.Review, p.Contingency = calendar.Period{Count: -1}, eur("-1")
			p.SetAside = append(p.SetAside[:0:0], risk.SetAside{})
			p.Appetites = []risk.Appetite{{Appetite: "high", Tolerated: "low"}, {Appetite: "x", Tolerated: "y"}}
		}), []string{
			"plan.review", "plan.contingency", "plan.appetites[0].tolerated", "plan.appetites[1].category",
			"plan.appetites[1].appetite", "plan.appetites[1].tolerated", "plan.setAside[0].entry",
		}},
		"matrices": {func() risk.Register {
			r := sound()
			r.Earlier = []risk.Matrix{risk.Classic5x5(), {}}
			return r
		}(), []string{
			"earlier[0].version", "earlier[1].id", "earlier[1].version", "earlier[1].likelihood.levels",
			"earlier[1].impact.levels", "earlier[1].bands",
		}},
		"currencies": {edit("R-03", func(r *risk.Risk) {
			r.Responses[0].Cost = money.MustParse("7 USD")
			r.Occurrences[0].Loss = money.MustParse("7 USD")
		}), []string{"risks[2].responses[0].cost"}},
		"money that is none": {edit("R-03", func(r *risk.Risk) { r.Occurrences[0].Loss = money.FromMinor(1, money.Currency(42)) }),
			[]string{"risks[2].occurrences[0].loss"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, faultPaths(c.register.Validate()))
		})
	}
}
