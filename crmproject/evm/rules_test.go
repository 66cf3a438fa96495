package evm_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestRulesAreACatalogue(t *testing.T) {
	t.Parallel()
	rules := evm.Rules()
	require.NoError(t, verdict.CatalogueOf(rules...).Validate())
	for i, rule := range rules {
		require.Equal(t, "EVM", rule.Code.Family())
		require.NotEmpty(t, rule.Why)
		if i > 0 {
			require.Less(t, rules[i-1].Code, rule.Code)
		}
	}
	rules[0].Title = "changed"
	require.NotEqual(t, "changed", evm.Rules()[0].Title)
}

// Shorthand for the package "a" of [single].
func done(on, percent string) evm.Progress {
	return evm.Progress{Package: "a", On: day(on), Percent: pct(percent)}
}

func paid(on, amount string) evm.Cost {
	return evm.Cost{Package: "a", On: day(on), Amount: euro(amount + " EUR")}
}

func with(l evm.Ledger, entries ...any) evm.Ledger {
	for _, e := range entries {
		switch e := e.(type) {
		case evm.Progress:
			l.Progress = append(l.Progress, e)
		case evm.Cost:
			l.Costs = append(l.Costs, e)
		case evm.WorkPackage:
			l.Baseline.Packages = append(l.Baseline.Packages, e)
		}
	}
	return l
}

// daily cuts the time of a ledger into days, so that trends are short.
func daily(l evm.Ledger) evm.Ledger {
	l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, nil
	for d := range calendar.Days(day("2027-01-01"), day("2027-01-10")) {
		l.Baseline.Dates = append(l.Baseline.Dates, d)
	}
	return l
}

// Each rule finds what it is there for, at its boundary, and says when it cannot
// judge (RI-11, CP-34).
func TestRules(t *testing.T) {
	t.Parallel()
	percent := func() evm.Ledger { return single(evm.PercentComplete) }
	effort := evm.WorkPackage{ID: "pmo", Budget: euro("250 EUR"), Start: day("2027-01-01"), Finish: day("2027-01-10"), Method: evm.LevelOfEffort}
	slow := percent()
	slow.Baseline.Packages[0].Budget = euro("1000000 EUR")
	found := map[verdict.Code]bool{}
	for _, c := range []struct {
		code   verdict.Code
		ledger evm.Ledger
		asOf   string
		status verdict.Status
		about  string // part of the message, or of the reason
	}{
		{"EVM-001", with(percent(), done("2027-01-05", "45%"), paid("2027-01-05", "500")), "2027-01-05", verdict.Met, ""},
		{"EVM-001", with(percent(), done("2027-01-05", "45%"), paid("2027-01-05", "500.01")), "2027-01-05", verdict.NotMet, "CPI is 0.900: work worth 450.00 EUR has cost 500.01 EUR"},
		{"EVM-001", percent(), "2027-01-05", verdict.Unassessed, evm.NotStarted},
		{"EVM-001", single(evm.LevelOfEffort), "2027-01-05", verdict.NotApplicable, "level of effort"},
		{"EVM-002", with(percent(), done("2027-01-05", "45%")), "2027-01-05", verdict.Met, ""},
		{"EVM-002", with(percent(), done("2027-01-05", "44%")), "2027-01-05", verdict.NotMet, "440.00 EUR is done, 500.00 EUR was planned"},
		{"EVM-002", percent(), "2026-01-05", verdict.Unassessed, evm.NothingDue},
		{"EVM-003", with(percent(), done("2027-01-05", "45%")), "2027-01-05", verdict.Met, ""},
		{"EVM-003", with(percent(), done("2027-01-15", "100%")), "2027-01-15", verdict.NotMet, "after 1.5 periods the project is where it should have been after 1.0"},
		{"EVM-003", percent(), "2026-01-05", verdict.Unassessed, evm.NoTimePassed},
		{"EVM-003", single(evm.LevelOfEffort), "2027-01-05", verdict.NotApplicable, "level of effort"},
		{
			"EVM-004", daily(with(percent(), done("2027-01-01", "10%"), paid("2027-01-01", "100"), paid("2027-01-02", "1"), paid("2027-01-03", "1"), paid("2027-01-04", "1"))),
			"2027-01-04", verdict.NotMet, "cost index CPI has fallen 3 periods in a row, from 1.000 to 0.971",
		},
		{
			"EVM-004", daily(with(percent(), done("2027-01-01", "10%"), paid("2027-01-01", "100"), paid("2027-01-02", "1"), paid("2027-01-04", "1"))),
			"2027-01-04", verdict.Met, "",
		},
		{"EVM-004", daily(with(percent(), done("2027-01-01", "10%"), paid("2027-01-02", "1"))), "2027-01-04", verdict.Unassessed, "known at the end of 3 periods, and 4 are needed"},
		{"EVM-005", daily(with(percent(), done("2027-01-01", "10%"))), "2027-01-04", verdict.NotMet, "from 1.000 to 0.250"},
		{"EVM-005", daily(with(percent(), done("2027-01-01", "10%"))), "2027-01-03", verdict.Unassessed, "known at the end of 3 periods"},
		{"EVM-006", with(percent(), done("2027-01-05", "45%"), paid("2027-01-05", "500")), "2027-01-05", verdict.Met, ""},
		{"EVM-006", with(percent(), done("2027-01-05", "45%"), paid("2027-01-05", "500.01")), "2027-01-05", verdict.NotMet, "work worth 550.00 EUR is left for 499.99 EUR"},
		{"EVM-006", with(percent(), done("2027-01-05", "100%"), paid("2027-01-05", "5000")), "2027-01-05", verdict.Met, ""},
		{"EVM-007", with(percent(), done("2027-01-05", "99%"), paid("2027-01-05", "1000")), "2027-01-05", verdict.NotMet, "1000.00 EUR of the budget of 1000.00 EUR are spent, and work worth 10.00 EUR is left"},
		{"EVM-007", with(percent(), done("2027-01-05", "100%"), paid("2027-01-05", "2000")), "2027-01-05", verdict.Met, ""},
		{"EVM-020", with(percent(), done("2027-01-05", "50%"), paid("2027-01-05", "500")), "2027-01-05", verdict.Met, ""},
		{"EVM-020", with(percent(), done("2027-01-05", "50%"), paid("2027-01-05", "501")), "2027-01-05", verdict.NotMet, "the project will cost 1002.00 EUR; the budget is 1000.00 EUR. Other assumptions give 1001.00 EUR (at_budget) to 1002.00 EUR (at_cpi)"},
		{"EVM-020", percent(), "2027-01-05", verdict.Unassessed, evm.NotStarted},
		{"EVM-021", with(percent(), done("2027-01-05", "50%")), "2027-01-05", verdict.Met, ""},
		{"EVM-021", with(percent(), done("2027-01-05", "40%")), "2027-01-05", verdict.NotMet, "finished on 2027-01-13, 3 days after the planned 2027-01-10. Other assumptions give 2027-01-11 to 2027-01-13"},
		{"EVM-021", with(percent(), done("2027-01-11", "100%")), "2027-01-12", verdict.NotMet, "was finished on 2027-01-11, 1 day after"},
		{"EVM-021", with(slow, done("2027-01-05", "0.0001%")), "2027-01-10", verdict.NotMet, "not finished before the year 10000"},
		{"EVM-021", percent(), "2027-01-05", verdict.Unassessed, evm.NoneOfPlan},
		{"EVM-021", single(evm.LevelOfEffort), "2027-01-05", verdict.NotApplicable, ""},
		{
			"EVM-022", with(percent(), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("50%"), ToComplete: euro("400 EUR")}, paid("2027-01-05", "500")),
			"2027-01-05", verdict.NotMet, "400.00 EUR for the rest needs an index of 1.250; so far it was 1.000",
		},
		{
			"EVM-022", with(percent(), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("45%"), ToComplete: euro("500 EUR")}, paid("2027-01-05", "450")),
			"2027-01-05", verdict.Met, "",
		},
		{
			"EVM-022", with(percent(), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("45%"), ToComplete: euro("0.00 EUR")}),
			"2027-01-05", verdict.NotMet, "gives the rest 0.00 EUR, and work is left",
		},
		{
			"EVM-022", with(percent(), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("45%"), ToComplete: euro("10 EUR")}),
			"2027-01-05", verdict.Unassessed, evm.Unbilled,
		},
		{"EVM-022", percent(), "2027-01-05", verdict.Unassessed, "bottom-up"},
		{"EVM-040", with(percent(), paid("2027-01-05", "1")), "2027-01-05", verdict.NotMet, "a has cost 1.00 EUR and no progress is reported"},
		{"EVM-040", with(percent(), paid("2027-01-05", "1")), "2027-01-04", verdict.Met, ""},
		{"EVM-040", with(single(evm.ZeroHundred), done("2027-01-05", "1%"), paid("2027-01-05", "1")), "2027-01-05", verdict.Met, ""},
		{"EVM-040", single(evm.LevelOfEffort), "2027-01-05", verdict.NotApplicable, "level of effort"},
		{"EVM-041", with(percent(), done("2027-01-05", "45%")), "2027-01-05", verdict.NotMet, "has earned 450.00 EUR and cost nothing"},
		{"EVM-041", with(percent(), done("2027-01-05", "45%"), paid("2027-01-05", "0.01")), "2027-01-05", verdict.Met, ""},
		{"EVM-042", with(percent(), done("2027-01-05", "45%"), done("2027-01-06", "44.9%")), "2027-01-07", verdict.NotMet, "reported 45.0 % done on 2027-01-05 and 44.9 % on 2027-01-06"},
		{"EVM-042", with(percent(), done("2027-01-05", "45%"), done("2027-01-06", "44.9%")), "2027-01-05", verdict.Met, ""},
		{"EVM-042", with(single(evm.ZeroHundred), done("2027-01-05", "45%"), done("2027-01-06", "44.9%")), "2027-01-07", verdict.NotMet, "45.0 %"},
		{
			"EVM-043", with(single(evm.ZeroHundred), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("45%"), Method: evm.PercentComplete}),
			"2027-01-05", verdict.NotMet, "a was measured by percent_complete on 2027-01-05; the baseline says 0/100",
		},
		{
			"EVM-043", with(single(evm.ZeroHundred), evm.Progress{Package: "a", On: day("2027-01-05"), Percent: pct("45%"), Method: evm.ZeroHundred}),
			"2027-01-05", verdict.Met, "",
		},
		{"EVM-044", with(percent(), done("2027-01-05", "101%")), "2027-01-05", verdict.NotMet, "reported as 101.0 % done; 100 % is counted"},
		{"EVM-044", with(percent(), done("2027-01-05", "100%")), "2027-01-05", verdict.Met, ""},
		{"EVM-045", percent(), "2027-01-01", verdict.NotMet, "should have begun on 2027-01-01"},
		{"EVM-045", percent(), "2026-12-31", verdict.Met, ""},
		{"EVM-045", with(percent(), done("2027-01-01", "0%")), "2027-01-01", verdict.NotMet, "no progress"},
		{"EVM-046", with(percent(), done("2027-01-05", "50%")), "2027-02-05", verdict.Met, ""},
		{"EVM-046", with(percent(), done("2027-01-05", "50%")), "2027-02-06", verdict.NotMet, "last reported 32 days ago, on 2027-01-05"},
		{"EVM-046", with(percent(), done("2027-01-05", "100%")), "2027-02-06", verdict.Met, ""},
		{"EVM-046", percent(), "2027-02-06", verdict.Met, ""},
		{"EVM-047", with(percent(), done("2027-01-05", "99%")), "2027-01-11", verdict.NotMet, "should have been finished on 2027-01-10 and is 99 % done"},
		{"EVM-047", with(percent(), done("2027-01-05", "99%")), "2027-01-10", verdict.Met, ""},
		{"EVM-047", with(percent(), done("2027-01-05", "100%")), "2027-01-11", verdict.Met, ""},
		{"EVM-048", with(percent(), done("2027-01-05", "100%"), paid("2027-01-06", "5"), paid("2027-01-05", "5"), paid("2027-01-07", "-5")), "2027-01-10", verdict.NotMet, "5.00 EUR was charged to a on 2027-01-06, after it was finished on 2027-01-05"},
		{"EVM-048", with(single(evm.LevelOfEffort), paid("2027-01-16", "5")), "2027-01-20", verdict.Met, ""},
		{"EVM-049", with(percent(), paid("2027-01-05", "1000.01")), "2027-01-05", verdict.NotMet, "a has cost 1000.01 EUR; its budget is 1000.00 EUR"},
		{"EVM-049", with(percent(), paid("2027-01-05", "1000")), "2027-01-05", verdict.Met, ""},
		{"EVM-060", with(percent(), effort), "2027-01-05", verdict.Met, ""},
		{"EVM-060", single(evm.LevelOfEffort), "2027-01-05", verdict.NotMet, "100.0 % of the budget is level of effort (1000.00 EUR against 0.00 EUR"},
		{"EVM-061", single(evm.ZeroHundred), "2027-01-05", verdict.Met, ""},
		{"EVM-061", daily(single(evm.ZeroHundred)), "2027-01-05", verdict.NotMet, "measured by 0/100 and lasts from 2027-01-01 to 2027-01-10, over 10 reporting periods"},
		{"EVM-061", daily(percent()), "2027-01-05", verdict.Met, ""},
	} {
		outcome, findings := run(t, c.code, evm.Facts{Ledger: c.ledger, AsOf: day(c.asOf)})
		require.Equal(t, c.status.String(), outcome.Status.String(), "%s of %+v: %v %s", c.code, c, findings, outcome.Reason)
		if c.status == verdict.NotMet {
			found[c.code] = true
			require.Len(t, findings, 1)
			require.Contains(t, findings[0].Message, c.about)
			require.NotEmpty(t, findings[0].Remedy)
			require.True(t, strings.HasSuffix(findings[0].Message, "."), findings[0].Message)
		} else {
			require.Contains(t, outcome.Reason, c.about)
		}
	}
	for _, rule := range evm.Rules() {
		require.True(t, found[rule.Code], "%s finds nothing above", rule.Code)
	}
}

func run(t *testing.T, code verdict.Code, f evm.Facts) (verdict.Outcome, []verdict.Finding) {
	t.Helper()
	for _, rule := range evm.Rules() {
		if rule.Code == code {
			return rule.Run(f)
		}
	}
	require.FailNow(t, "no rule", string(code))
	return verdict.Outcome{}, nil
}

// Findings name the package by its id, so that a waiver outlives its position.
func TestRulesSubjects(t *testing.T) {
	t.Parallel()
	l := rollout()
	l.Baseline.Packages[0].Title = "Concept"
	facts := evm.Facts{Ledger: l, AsOf: day("2027-05-31")}
	report := verdict.Run(facts, evm.Rules()...)
	require.Empty(t, report.Below("progress").Findings)
	var subjects []string
	for _, f := range report.Below("baseline").Findings {
		subjects = append(subjects, string(f.Code)+" "+f.Subject)
	}
	require.Equal(t, []string{
		"EVM-047 baseline.packages[build]", "EVM-047 baseline.packages[migration]", "EVM-047 baseline.packages[quality]",
		"EVM-049 baseline.packages[licence]", "EVM-049 baseline.packages[server]",
		"EVM-045 baseline.packages[training]", "EVM-046 baseline.packages[build]", "EVM-046 baseline.packages[migration]", "EVM-046 baseline.packages[quality]",
	}, subjects)
}

// Thresholds move the boundaries.
func TestThresholds(t *testing.T) {
	t.Parallel()
	l := with(single(evm.PercentComplete), done("2027-01-05", "40%"), paid("2027-01-05", "500"))
	for _, c := range []struct {
		code       verdict.Code
		thresholds evm.Thresholds
		status     verdict.Status
	}{
		{"EVM-001", evm.Thresholds{CPI: pct("80%")}, verdict.Met},
		{"EVM-001", evm.Thresholds{CPI: pct("81%")}, verdict.NotMet},
		{"EVM-002", evm.Thresholds{SPI: pct("80%")}, verdict.Met},
		{"EVM-003", evm.Thresholds{SPI: pct("80%")}, verdict.Met},
		{"EVM-006", evm.Thresholds{TCPI: pct("1.2")}, verdict.Met},
		{"EVM-020", evm.Thresholds{Overrun: pct("25%")}, verdict.Met},
		{"EVM-020", evm.Thresholds{Overrun: pct("24%")}, verdict.NotMet},
		{"EVM-021", evm.Thresholds{Delay: 3}, verdict.Met},
		{"EVM-021", evm.Thresholds{Delay: 2}, verdict.NotMet},
		{"EVM-021", evm.Thresholds{Delay: math.MaxInt}, verdict.Met},
		{"EVM-005", evm.Thresholds{Falls: evm.MaxPeriods}, verdict.Unassessed},
	} {
		outcome, _ := run(t, c.code, evm.Facts{Ledger: l, Thresholds: c.thresholds, AsOf: day("2027-01-05")})
		require.Equal(t, c.status.String(), outcome.Status.String(), "%+v", c)
	}
	stale := evm.Facts{Ledger: l, Thresholds: evm.Thresholds{Stale: calendar.MustParsePeriod("P3D")}, AsOf: day("2027-01-09")}
	outcome, _ := run(t, "EVM-046", stale)
	require.Equal(t, verdict.NotMet, outcome.Status)
}

// Rules over what is not valid fail, and say why.
func TestRulesFail(t *testing.T) {
	t.Parallel()
	minus := ratio.Int(-1)
	broken := evm.Thresholds{
		CPI: minus, SPI: minus, TCPI: ratio.Undefined("why"), Overrun: minus, Credibility: minus, LevelOfEffort: minus,
		Falls: -1, Delay: -1, Stale: calendar.Period{Count: -1, Unit: calendar.UnitDay},
	}
	require.Len(t, verdict.FaultsOf(broken.Validate()), 9)
	require.ErrorIs(t, evm.Thresholds{Falls: evm.MaxPeriods + 1}.Validate(), verdict.ErrRange)
	for _, f := range []evm.Facts{
		{AsOf: day("2027-01-05")},
		{Ledger: rollout()},
		{Ledger: rollout(), AsOf: day("2027-01-05"), Thresholds: broken},
	} {
		for _, outcome := range verdict.Run(f, evm.Rules()...).Outcomes {
			require.Equal(t, verdict.Failed, outcome.Status)
			require.Contains(t, outcome.Reason, "evm: rules: ")
		}
	}
	// Costs that no int64 holds fail the rules about sums.
	l := rollout()
	l.Costs[1].Amount, l.Costs[2].Amount = eur(math.MaxInt64), eur(math.MaxInt64)
	for _, code := range []verdict.Code{"EVM-001", "EVM-003", "EVM-004", "EVM-007", "EVM-020", "EVM-021", "EVM-060"} {
		outcome, _ := run(t, code, evm.Facts{Ledger: l, AsOf: day("2027-03-31")})
		require.Equal(t, verdict.Failed, outcome.Status, code)
		require.Contains(t, outcome.Reason, money.ErrOverflow.Error())
	}
}
