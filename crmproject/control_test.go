package crmproject_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// TestValidateControl breaks the input of budget, rollout, changes and baselines
// in one place and looks for the path.
func TestValidateControl(t *testing.T) {
	type project = crmproject.Project
	for path, breakIt := range map[string]func(*project){
		"budget.lines[1].every":           func(p *project) { p.Budget.Lines[1].Every = calendar.MustParsePeriod("P1M") },
		"budget.lines[0].every":           func(p *project) { p.Budget.Lines[0].Every.Count = -1 },
		"budget.tolerance":                func(p *project) { p.Budget.Tolerance = ratio.Int(2) },
		"budget.draws[0].id":              func(p *project) { p.Budget.Draws[0].ID = "" },
		"budget.draws[0].on":              func(p *project) { p.Budget.Draws[0].On = 0 },
		"budget.draws[0].for":             func(p *project) { p.Budget.Draws[0].For = "x" },
		"budget.draws[0].amount":          func(p *project) { p.Budget.Draws[0].Amount = money.MustParse("5 JPY") },
		"selection.criteria[0].least":     func(p *project) { p.Selection.Criteria[0].Least = 11 },
		"activities[0].effortDays":        func(p *project) { p.Activities[0].Effort = -1 },
		"waves[0].rolledBack":             func(p *project) { p.Waves[0].RolledBack = p.Waves[0].Live - 1 },
		"waves[0].live":                   func(p *project) { p.Waves[0].Live, p.Waves[0].RolledBack = 0, asOf },
		"quality[0].id":                   func(p *project) { p.Quality[0].ID = "" },
		"quality[0].owner":                func(p *project) { p.Quality[0].Owner = "x" },
		"baselines[1].number":             func(p *project) { p.Baselines[1].Number = 3 },
		"baselines[1].on":                 func(p *project) { p.Baselines[1].On = p.Baselines[0].On - 1 },
		"baselines[0].on":                 func(p *project) { p.Baselines[0].On = 0 },
		"baselines[0].by":                 func(p *project) { p.Baselines[0].By = "" },
		"baselines[1].change":             func(p *project) { p.Baselines[1].Change = "x" },
		"baselines[0].scope[1]":           func(p *project) { p.Baselines[0].Scope = []string{"a", "a"} },
		"baselines[0].milestones[0].id":   func(p *project) { p.Baselines[0].Milestones[0].ID = "" },
		"baselines[0].quality[0].id":      func(p *project) { p.Baselines[0].Quality[0].ID = "" },
		"baselines[0].budget[0].category": func(p *project) { p.Baselines[0].Budget[0].Category = 0 },
		"baselines[0].budget[1].category": func(p *project) { p.Baselines[0].Budget[1].Category = p.Baselines[0].Budget[0].Category },
		"changes[0].decideBy":             func(p *project) { p.Changes[0].DecideBy = p.Changes[0].RequestedOn - 1 },
		"changes[0].against":              func(p *project) { p.Changes[0].Against = 3 },
		"changes[0].baseline":             func(p *project) { p.Changes[0].Baseline = -1 },
	} {
		p := sample()
		breakIt(p)
		var paths []string
		for _, fault := range verdict.FaultsOf(p.Validate()) {
			paths = append(paths, fault.Path)
		}
		require.Contains(t, paths, path)
	}
}

func TestControlEnums(t *testing.T) {
	checkEnum(t, crmproject.EarlierAspect, crmproject.ParseAspect, (*crmproject.Aspect).UnmarshalText)
	checkEnum(t, crmproject.Rising, crmproject.ParseTrend, (*crmproject.Trend).UnmarshalText)
	checkEnum(t, crmproject.LaunchDimension, crmproject.ParseDimension, (*crmproject.Dimension).UnmarshalText)
}

// TestQuietUntilTakenUp: what a project does not use at all is neither met nor
// scolded.
func TestQuietUntilTakenUp(t *testing.T) {
	p := sample()
	p.Charter.Authority, p.Charter.Assumptions, p.Charter.Constraints, p.Charter.Exclusions = "", nil, nil, nil
	p.Baselines, p.Quality, p.Budget.Draws, p.Waves[0].RollbackRule = nil, nil, nil, crmproject.RollbackRule{}
	for i := range p.Activities {
		p.Activities[i].Effort, p.Activities[i].After = 0, nil
	}
	for i := range p.Budget.Lines {
		p.Budget.Lines[i].From, p.Budget.Lines[i].Until = 0, 0
	}
	for i := range p.Feasible.Checks {
		p.Feasible.Checks[i].Dimension = 0
	}
	p.Selection.Criteria, p.Changes[0].Delta = nil, crmproject.Delta{}
	report := judge(p)
	require.Empty(t, report.Findings, "%s", report.Markdown())
	for _, code := range []verdict.Code{
		"PROJECT-080", "PROJECT-083", "PROJECT-086", "PROJECT-090", "PROJECT-091", "PROJECT-092", "PROJECT-095", "PROJECT-101", "PROJECT-102",
		"PROJECT-110", "PROJECT-111", "PROJECT-112", "PROJECT-113", "PROJECT-117", "PROJECT-118", "PROJECT-120",
	} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.NotApplicable, o.Status, code)
	}
	for _, code := range []verdict.Code{"PROJECT-084", "PROJECT-122", "PROJECT-123"} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.Unassessed, o.Status, code)
	}
	bare := judge(&crmproject.Project{ID: "P", Name: "N", Kind: crmproject.NewCRM})
	for _, code := range []verdict.Code{"PROJECT-081", "PROJECT-082", "PROJECT-093"} {
		o, _ := bare.Outcome(code)
		require.Equal(t, verdict.Unassessed, o.Status, code)
	}
}

// TestBrokenSumsFail: a rule whose amounts cannot be added up has failed; it is not
// met.
func TestBrokenSumsFail(t *testing.T) {
	p := sample()
	p.Budget.Costs[0].Amount = money.MustParse("5 JPY")
	p.Budget.Lines[1].Category, p.Budget.Lines[1].Planned = crmproject.SoftwareCost, money.MustParse("7 KWD")
	report := judge(p)
	for _, code := range []verdict.Code{"PROJECT-091", "PROJECT-092", "PROJECT-093", "PROJECT-094", "PROJECT-095", "PROJECT-110"} {
		o, _ := report.Outcome(code)
		require.Equal(t, verdict.Failed, o.Status, code)
	}
	d := crmproject.Draw{ID: "x", On: asOf, Amount: money.MustParse("7 KWD")}
	p = sample()
	p.Budget.Draws = append(p.Budget.Draws, d)
	_, err := p.Budget.Standing(asOf)
	require.ErrorIs(t, err, money.ErrCurrency)
	p.Budget.Draws = []crmproject.Draw{d}
	_, err = p.Budget.Standing(asOf)
	require.ErrorIs(t, err, money.ErrCurrency)
}

// FuzzControl: whatever JSON makes a project, months add up to totals, approval
// changes nothing in place, and no judgement panics.
func FuzzControl(f *testing.F) {
	for _, p := range []*crmproject.Project{sample(), requested(), planned()} {
		b, err := json.Marshal(p)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Add([]byte(`{"budget":{"lines":[{"planned":"1.00 EUR","recurrence":"recurring","from":"1999-12-31","until":"2030-01-01","every":"P1D"}]}}`))
	f.Add([]byte(`{"waves":[{"id":"a","live":"2027-01-01","rolledBack":"2026-01-01","groups":[{"users":-5}]}],"issues":[{"opened":"9999-12-31"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p crmproject.Project
		if json.Unmarshal(data, &p) != nil {
			return
		}
		before, err := json.Marshal(p)
		if err != nil {
			return // a value that JSON took but the model refuses to write
		}
		if flow, err := p.DatedBudget().CashFlow(asOf); err == nil {
			sum := minor(flow.Undated)
			for _, m := range flow.Months {
				sum = plus(sum, minor(m.Cash))
			}
			require.Equal(t, minor(flow.Total), sum)
		}
		if o, err := p.Budget.Outlook(asOf); err == nil {
			_, _ = o.AtPace()
		}
		for _, w := range p.Waves {
			r, ok := p.Readiness(w.ID, asOf)
			require.True(t, ok)
			require.Len(t, r.Items, 8)
			_ = w.RollbackOpen(asOf)
		}
		_, _ = p.RolloutCurve(asOf)
		_, _ = p.Headcounts(asOf)
		_ = p.IssueLog(asOf)
		_ = p.Feasible.Result()
		_, _ = p.Selection.Ranking().Fragile()
		_, _, _ = p.Drift()
		_, _ = p.Freeze(crmproject.Freezing{On: asOf, By: "x"})
		for _, c := range p.Changes {
			next, err := p.Approve(crmproject.Approval{Change: c.ID, By: "x", On: asOf})
			if err == nil {
				require.NoError(t, next.Validate())
				require.Len(t, next.Baselines, len(p.Baselines)+1)
			}
		}
		after, err := json.Marshal(p)
		require.NoError(t, err)
		require.Equal(t, string(before), string(after))
	})
}

func FuzzControlWords(f *testing.F) {
	for _, word := range []string{"training", "earlier_waves", "rising", "people", "", "Level"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if a, err := crmproject.ParseAspect(word); err == nil {
			checkWord(t, a, crmproject.ParseAspect)
		}
		if a, err := crmproject.ParseTrend(word); err == nil {
			checkWord(t, a, crmproject.ParseTrend)
		}
		if a, err := crmproject.ParseDimension(word); err == nil {
			checkWord(t, a, crmproject.ParseDimension)
		}
	})
}

func checkWord[T interface {
	comparable
	String() string
	IsValid() bool
}](t *testing.T, v T, parse func(string) (T, error)) {
	t.Helper()
	require.True(t, v.IsValid())
	back, err := parse(v.String())
	require.NoError(t, err)
	require.Equal(t, v, back)
}
