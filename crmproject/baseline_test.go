package crmproject_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// requested returns the sample with a second change that moves something in every
// dimension, assessed against baseline 2.
func requested() *crmproject.Project {
	p := sample()
	p.Changes = append(p.Changes, crmproject.Change{
		ID: "CH-2", Title: "Offline work", Adjustments: []crmproject.Adjustment{crmproject.ChangeScope, crmproject.ChangeTimeline},
		Source: crmproject.FromFeedback, State: crmproject.ChangeAssessed, RequestedBy: "field", RequestedOn: day("2027-07-01"), Against: 2,
		Impact: crmproject.Impact{Scope: "+1 −1", Schedule: "two weeks", Cost: "7,000 EUR", Quality: "fewer faults", Risk: "one more", Days: 14, Amount: eur("7000.00")},
		Delta: crmproject.Delta{
			AddScope: []string{"REQ-7"}, DropScope: []string{"REQ-1"}, End: day("2027-12-31"),
			Milestones: []crmproject.MilestoneDate{{ID: "MS-closure", Due: day("2027-12-15")}},
			Activities: []crmproject.ActivityDates{{ID: "A-CL-6", Start: day("2027-12-13"), Finish: day("2027-12-20")}},
			Lines:      []crmproject.LineMove{{Line: "L-3", By: eur("-1000.00")}},
			NewLines: []crmproject.BudgetLine{{
				ID: "L-5", Title: "Tablets", Category: crmproject.HardwareCost, Recurrence: crmproject.OneOff, Planned: eur("8000.00"), Until: day("2027-12-20"),
			}},
			Contingency: eur("-2000.00"), Risks: []string{"K-4"},
			Quality: []crmproject.QualityTarget{{ID: "Q-1", Title: "stricter", Target: ratio.New(99, 100)}, {ID: "Q-2", Title: "sync"}},
		},
	})
	return p
}

var approval = crmproject.Approval{Change: "CH-2", By: "Sponsor", On: day("2027-07-10"), Reason: "the islands"}

func encoded(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// TestApprove: an approved change is the next baseline, with its delta in schedule
// and cost, and the project before it is as it was (CP-35).
func TestApprove(t *testing.T) {
	p := requested()
	require.NoError(t, p.Validate())
	before := encoded(t, p)
	next, err := p.Approve(approval)
	require.NoError(t, err)
	require.NoError(t, next.Validate())
	require.Equal(t, before, encoded(t, p))

	require.Len(t, next.Baselines, 3)
	b, ok := next.Baseline()
	require.True(t, ok)
	require.Equal(t, 3, b.Number)
	require.Equal(t, "CH-2", b.Change)
	require.Equal(t, next.Baselines[1].Digest(), b.Previous)
	require.Equal(t, []string{"REQ-2", "REQ-7", "REQ-9"}, b.Scope)
	diff, err := next.BaselineDiff(2, 3)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(crmproject.BaselineDiff{
		From: 2, To: 3, ScopeAdded: []string{"REQ-7"}, ScopeDropped: []string{"REQ-1"},
		End:        crmproject.DateShift{From: day("2027-12-17"), To: day("2027-12-31"), Days: 14},
		Milestones: []crmproject.DateShift{{ID: "MS-closure", From: day("2027-12-01"), To: day("2027-12-15"), Days: 14}},
		Activities: []crmproject.ActivityShift{{
			ID: "A-CL-6", Days: 72, From: calendar.Interval{From: day("2027-10-01"), Until: day("2027-10-09")},
			To: calendar.Interval{From: day("2027-12-13"), Until: day("2027-12-20")},
		}},
		Budget: []crmproject.MoneyShift{
			{Category: crmproject.TrainingCost, From: eur("10000.00"), To: eur("9000.00"), By: eur("-1000.00")},
			{Category: crmproject.HardwareCost, To: eur("8000.00"), By: eur("8000.00")},
		},
		Contingency: crmproject.MoneyShift{From: eur("10000.00"), To: eur("8000.00"), By: eur("-2000.00")},
		Total:       crmproject.MoneyShift{From: eur("100000.00"), To: eur("105000.00"), By: eur("5000.00")},
		Quality: []crmproject.QualityShift{
			{ID: "Q-1", From: p.Quality[0], To: crmproject.QualityTarget{ID: "Q-1", Title: "stricter", Target: ratio.New(99, 100)}},
			{ID: "Q-2", To: crmproject.QualityTarget{ID: "Q-2", Title: "sync"}},
		},
	}, diff))
	require.Equal(t, eur("105000.00"), next.Charter.Budget, "the charter follows")
	require.Equal(t, day("2027-12-31"), next.Charter.End)
	require.Equal(t, day("2027-12-20"), next.Activities[27].Finish)
	gap, err := next.Budget.Gap()
	require.NoError(t, err)
	require.Equal(t, eur("0.00"), gap, "no money is made or lost")
	c := next.Changes[1]
	require.Equal(t, crmproject.ChangeApproved, c.State)
	require.Equal(t, 3, c.Baseline)
	_, drifted, err := next.Drift()
	require.NoError(t, err)
	require.True(t, drifted)
	drift, _, _ := next.Drift()
	require.True(t, drift.Empty())
	var back crmproject.Project
	require.NoError(t, json.Unmarshal([]byte(encoded(t, next)), &back))
	require.Empty(t, cmp.Diff(*next, back))
}

// TestApproveNothingByHalves: each fault stops the whole approval and is named;
// the project stays as it is.
func TestApproveNothingByHalves(t *testing.T) {
	type project = crmproject.Project
	for path, c := range map[string]struct {
		is      error
		breakIt func(*project, *crmproject.Approval)
	}{
		"baselines":                         {crmproject.ErrNoBaseline, func(p *project, _ *crmproject.Approval) { p.Baselines = nil }},
		"changes":                           {verdict.ErrUnknown, func(_ *project, a *crmproject.Approval) { a.Change = "CH-9" }},
		"changes[1].state":                  {crmproject.ErrState, func(p *project, _ *crmproject.Approval) { p.Changes[1].State = crmproject.ChangeSubmitted }},
		"changes[1].impact.risk":            {verdict.ErrMissing, func(p *project, _ *crmproject.Approval) { p.Changes[1].Impact.Risk = "" }},
		"changes[1].against":                {crmproject.ErrStale, func(p *project, _ *crmproject.Approval) { p.Changes[1].Against = 1 }},
		"approval.by":                       {crmproject.ErrOwn, func(_ *project, a *crmproject.Approval) { a.By = "field" }},
		"approval.on":                       {crmproject.ErrBackdated, func(_ *project, a *crmproject.Approval) { a.On = day("2027-06-30") }},
		"changes[1].impact.days":            {crmproject.ErrImpact, func(p *project, _ *crmproject.Approval) { p.Changes[1].Impact.Days = 13 }},
		"changes[1].impact.amount":          {crmproject.ErrImpact, func(p *project, _ *crmproject.Approval) { p.Changes[1].Impact.Amount = eur("0.00") }},
		"changes[1].delta.milestones[0].id": {verdict.ErrUnknown, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.Milestones[0].ID = "x" }},
		"changes[1].delta.activities[0].id": {verdict.ErrUnknown, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.Activities[0].ID = "x" }},
		"changes[1].delta.lines[0].line":    {verdict.ErrUnknown, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.Lines[0].Line = "x" }},
		"changes[1].delta.addScope[0]":      {verdict.ErrDuplicate, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.AddScope[0] = "REQ-2" }},
		"changes[1].delta.dropScope[0]":     {verdict.ErrUnknown, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.DropScope[0] = "x" }},
		"changes[1].delta.dropQuality[0]":   {verdict.ErrUnknown, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.DropQuality = []string{"x"} }},
		"changes[1].delta": {money.ErrCurrency, func(p *project, _ *crmproject.Approval) {
			p.Changes[1].Delta.NewLines[0].Planned = money.MustParse("8 JPY")
		}},
		"changes[1].delta.contingency": {money.ErrCurrency, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.Contingency = money.MustParse("-8 JPY") }},
		"budget.lines[2].planned": {verdict.ErrRange, func(p *project, _ *crmproject.Approval) {
			p.Changes[1].Delta.Lines[0].By, p.Changes[1].Impact.Amount = eur("-10000.01"), eur("-2000.01")
		}},
		"budget.lines[4].id": {verdict.ErrDuplicate, func(p *project, _ *crmproject.Approval) { p.Changes[1].Delta.NewLines[0].ID = "L-1" }},
		"end": {verdict.ErrRange, func(p *project, _ *crmproject.Approval) {
			p.Changes[1].Delta.End, p.Changes[1].Impact.Days = day("2027-01-01"), -350
		}},
	} {
		p, a := requested(), approval
		c.breakIt(p, &a)
		before := encoded(t, p)
		next, err := p.Approve(a)
		require.Nil(t, next, path)
		require.ErrorIs(t, err, c.is, path)
		var paths []string
		for _, f := range verdict.FaultsOf(err) {
			paths = append(paths, f.Path)
		}
		require.Contains(t, paths, path, "%v", err)
		require.Equal(t, before, encoded(t, p), path)
	}
	p := requested()
	p.Changes[1].Delta, p.Changes[1].Impact.Days, p.Changes[1].Impact.Amount = crmproject.Delta{Risks: []string{"K-1"}}, 0, money.Amount{}
	_, err := p.Approve(approval)
	require.ErrorIs(t, err, crmproject.ErrNoEffect)
	_, err = p.Approve(crmproject.Approval{Change: "CH-2"})
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.Len(t, verdict.FaultsOf(err), 3, "all at once: by, on, no effect")
}

// TestApproveSharesNothingItChanges: writing into the new project leaves the old
// one and its baselines alone.
func TestApproveSharesNothingItChanges(t *testing.T) {
	p := requested()
	next, err := p.Approve(approval)
	require.NoError(t, err)
	before, digests := encoded(t, p), []string{next.Baselines[0].Digest(), next.Baselines[1].Digest(), next.Baselines[2].Digest()}
	next.Milestones[0].Due++
	next.Activities[0].Finish++
	next.Budget.Lines[0].Planned = eur("1.00")
	next.Quality[0].Title = "x"
	next.Changes[0].Title = "x"
	next.Baselines[0].Number = 9
	require.Equal(t, before, encoded(t, p))
	for i, want := range digests[1:] {
		require.Equal(t, want, next.Baselines[i+1].Digest(), "a baseline is not the plan that it was made from")
	}
}

// TestFreeze: the first baseline is the plan, once.
func TestFreeze(t *testing.T) {
	p := sample()
	_, err := p.Freeze(crmproject.Freezing{On: asOf, By: "Sponsor"})
	require.ErrorIs(t, err, crmproject.ErrFrozen)
	p.Baselines = nil
	_, err = p.Freeze(crmproject.Freezing{Scope: []string{"a", "a"}})
	require.Len(t, verdict.FaultsOf(err), 3)
	scope := []string{"b", "a"}
	next, err := p.Freeze(crmproject.Freezing{On: asOf, By: "Sponsor", Scope: scope})
	require.NoError(t, err)
	require.Equal(t, []string{"b", "a"}, scope)
	require.Equal(t, []string{"a", "b"}, next.Baselines[0].Scope)
	require.Empty(t, p.Baselines)
	_, ok := p.Baseline()
	require.False(t, ok)
	_, ok, err = p.Drift()
	require.NoError(t, err)
	require.False(t, ok)
	p.Budget.Lines[1].Category, p.Budget.Lines[1].Planned = crmproject.SoftwareCost, money.MustParse("5 JPY")
	_, err = p.Freeze(crmproject.Freezing{On: asOf, By: "Sponsor"})
	require.ErrorIs(t, err, money.ErrCurrency)
	next.Budget.Lines = p.Budget.Lines
	_, _, err = next.Drift()
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = next.BaselineDiff(1, 2)
	require.ErrorIs(t, err, verdict.ErrUnknown)
	_, err = next.BaselineDiff(0, 1)
	require.ErrorIs(t, err, verdict.ErrUnknown)
}

// TestDigest: nothing in a baseline can change without its digest.
func TestDigest(t *testing.T) {
	b := sample().Baselines[1]
	seen := map[string]bool{b.Digest(): true}
	for i, change := range []func(*crmproject.Baseline){
		func(b *crmproject.Baseline) { b.Number++ }, func(b *crmproject.Baseline) { b.On++ }, func(b *crmproject.Baseline) { b.By = "x" },
		func(b *crmproject.Baseline) { b.Change = "x" }, func(b *crmproject.Baseline) { b.Reason = "x" },
		func(b *crmproject.Baseline) { b.Scope = []string{`REQ-1" "REQ-2`} }, func(b *crmproject.Baseline) { b.Scope = nil },
		func(b *crmproject.Baseline) { b.End++ }, func(b *crmproject.Baseline) { b.Milestones = b.Milestones[1:] },
		func(b *crmproject.Baseline) { b.Budget = b.Budget[1:] }, func(b *crmproject.Baseline) { b.Contingency = eur("1.00") },
		func(b *crmproject.Baseline) { b.Total = eur("1.00") }, func(b *crmproject.Baseline) { b.Quality = nil }, func(b *crmproject.Baseline) { b.Previous = "" },
	} {
		c := b
		change(&c)
		require.False(t, seen[c.Digest()], i)
		seen[c.Digest()] = true
	}
}

// TestDiffIsAntisymmetric: the way back undoes the way there, and the budget
// categories and the contingency move the total by what they move together.
func TestDiffIsAntisymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	plan := func(n int) crmproject.Baseline {
		b := crmproject.Baseline{Number: n, End: asOf.AddDays(r.IntN(5))}
		total := int64(0)
		for c := crmproject.SoftwareCost; c.IsValid(); c++ {
			if r.IntN(2) > 0 {
				amount := r.Int64N(3) * 100
				total += amount
				b.Budget = append(b.Budget, crmproject.CategoryTotal{Category: c, Planned: money.FromMinor(amount, money.EUR)})
			}
		}
		b.Contingency = money.FromMinor(r.Int64N(3)*100, money.EUR)
		b.Total = money.FromMinor(total+b.Contingency.Minor(), money.EUR)
		for _, id := range []string{"a", "b", "c"} {
			if r.IntN(2) > 0 {
				b.Scope = append(b.Scope, id)
				b.Milestones = append(b.Milestones, crmproject.MilestoneDate{ID: id, Due: asOf.AddDays(r.IntN(3))})
				b.Quality = append(b.Quality, crmproject.QualityTarget{ID: id, Target: ratio.New(r.Int64N(3), 3)})
			}
		}
		return b
	}
	for range 500 {
		a, b := plan(1), plan(2)
		there, err := a.Diff(b)
		require.NoError(t, err)
		back, err := b.Diff(a)
		require.NoError(t, err)
		require.Equal(t, there.ScopeAdded, back.ScopeDropped)
		require.Equal(t, there.End.Days, -back.End.Days)
		require.Len(t, back.Milestones, len(there.Milestones))
		require.Len(t, back.Quality, len(there.Quality))
		moved := there.Contingency.By.Minor()
		for i, m := range there.Budget {
			moved += m.By.Minor()
			require.Equal(t, m.By.Minor(), -back.Budget[i].By.Minor())
		}
		require.Equal(t, moved, there.Total.By.Minor())
		same, err := a.Diff(a)
		require.NoError(t, err)
		require.True(t, same.Empty())
		require.Equal(t, there.Empty(), back.Empty())
	}
	yen := crmproject.Baseline{Contingency: money.MustParse("5 JPY")}
	_, err := yen.Diff(crmproject.Baseline{Contingency: eur("5.00")})
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = crmproject.Baseline{Total: money.MustParse("5 JPY")}.Diff(crmproject.Baseline{Total: eur("5.00")})
	require.ErrorIs(t, err, money.ErrCurrency)
	_, err = crmproject.Baseline{Budget: []crmproject.CategoryTotal{{1, eur("5.00")}}}.Diff(crmproject.Baseline{Budget: []crmproject.CategoryTotal{{1, money.MustParse("5 JPY")}}})
	require.ErrorIs(t, err, money.ErrCurrency)
}
