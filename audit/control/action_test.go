package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func TestActionValidate(t *testing.T) {
	t.Parallel()
	bad := control.Action{
		Funding: 7,
		Effects: []control.Effect{
			{}, control.Crash("a", 0), control.Drop(""), control.Relink(), control.Insert(schedule.Activity{}),
			control.Relink(schedule.Link{From: "a", To: "b"}, schedule.Link{From: "b", To: "a"}), control.Relink(schedule.Link{From: "a"}),
			control.Relax(asOf), control.Relax(asOf), control.Crash("x", 1), control.Trim("x", 1),
		},
		Costs: []control.Price{{}, {Line: "L", Amount: eur("1"), Category: 99}, {Line: "L", Amount: money.MustParse("1 USD")}},
	}
	err := bad.Validate()
	for _, text := range []string{
		"id: missing", "effects[0].kind", "effects[1].duration", "effects[2].activity", "effects[3].links", "effects[4].insert.id",
		"effects[5].links[1]", "effects[6].links[0]", "effects[8]: duplicate", "effects[10]: duplicate", "costs[0].line", "costs[0].amount",
		"costs[1].category", "costs: ", "funding",
	} {
		require.ErrorContains(t, err, text)
	}
}

func TestCurve(t *testing.T) {
	t.Parallel()
	c := control.Curve{Activity: "build", Line: "IMP", Points: []control.CurvePoint{
		{Duration: 20, Cost: eur("30000")}, {Duration: 30, Cost: eur("10000")}, {Duration: 40, Cost: eur("0")},
	}}
	for duration, cost := range map[int]string{20: "30000", 25: "20000", 30: "10000", 37: "3000", 40: "0"} {
		got, err := c.Cost(duration)
		require.NoError(t, err)
		require.Equal(t, eur(cost), got)
	}
	all, err := c.Actions()
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Empty(t, all[2].Costs)
	require.NoError(t, all[0].Validate())
	require.Equal(t, control.Crash("build", 20), all[0].Effects[0])
	for _, duration := range []int{19, 41} {
		_, err = c.Crash(duration)
		require.ErrorIs(t, err, verdict.ErrRange)
	}
	bad := control.Curve{Points: []control.CurvePoint{{Duration: 0, Cost: eur("1")}, {Duration: -1}, {Duration: 5, Cost: money.MustParse("1 USD")}}}
	_, err = bad.Actions()
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.ErrorIs(t, err, verdict.ErrRange)
	require.ErrorIs(t, err, money.ErrCurrency)
	require.ErrorIs(t, control.Curve{Activity: "a", Line: "l"}.Validate(), verdict.ErrMissing)
	c.Points[1].Duration = 20
	require.ErrorIs(t, c.Validate(), verdict.ErrInvalid)
	// A third of a cent more is a cent more.
	thirds := control.Curve{Activity: "a", Line: "l", Points: []control.CurvePoint{{Duration: 1, Cost: eur("0")}, {Duration: 4, Cost: eur("0.01")}}}
	got, err := thirds.Cost(2)
	require.NoError(t, err)
	require.Equal(t, eur("0.01"), got)
	far := control.Curve{Activity: "a", Line: "l", Points: []control.CurvePoint{
		{Duration: 1, Cost: money.FromMinor(-1<<62, money.EUR)}, {Duration: 4, Cost: money.FromMinor(1<<62, money.EUR)},
	}}
	_, err = far.Cost(2)
	require.ErrorIs(t, err, money.ErrOverflow)
}
