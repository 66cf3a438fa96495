package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Draw releases money from the contingency, to pay for something that the lines
// do not hold: an unexpected cost, or what a line costs beyond its plan.
type Draw struct {
	ID     string        `json:"id"`
	On     calendar.Date `json:"on"`
	Amount money.Amount  `json:"amount"`
	For    string        `json:"for,omitempty"` // id of the line or cost that it pays for
	By     string        `json:"by,omitempty"`  // who released it
	Reason string        `json:"reason,omitempty"`
}

// An Outlook is where the money of the project will end, seen at a date.
type Outlook struct {
	AsOf     calendar.Date `json:"asOf"`
	Approved money.Amount  `json:"approved"` // the approved total
	Planned  money.Amount  `json:"planned"`  // on the lines
	Actual   money.Amount  `json:"actual"`
	Forecast money.Amount  `json:"forecast"` // at completion, by plan and orders: see [BudgetLine.Forecast]
	Headroom money.Amount  `json:"headroom"` // approved less forecast; below 0 the money does not last
	// Pace is what was spent on the dated lines over what was due on them: 6/5 is
	// a fifth more than planned. It is undefined while nothing is due.
	Pace ratio.Ratio `json:"pace"`
	// Burn is the money spent a month, in minor units: actual over the months from
	// that of the first cost to that of AsOf.
	Burn ratio.Ratio `json:"burn"`
	// Runway is for how many months more the approved total lasts at that burn.
	Runway      ratio.Ratio         `json:"runway"`
	Unexpected  money.Amount        `json:"unexpected"` // the part of Actual without a line
	Contingency ContingencyStanding `json:"contingency"`
}

// AtPace returns what the project will have cost if all its lines go on as the
// dated ones have so far: the plan times the pace, and the unexpected costs. ok is
// false if the pace is undefined or the amount does not fit.
func (o Outlook) AtPace() (amount money.Amount, ok bool) {
	if !o.Pace.Defined() {
		return money.Amount{}, false
	}
	lines, err := o.Planned.MulDiv(o.Pace.Num(), o.Pace.Den(), money.HalfEven)
	if err != nil {
		return money.Amount{}, false
	}
	all, err := lines.Add(o.Unexpected)
	return all, err == nil
}

// A ContingencyStanding is what became of the contingency by a date. Called is
// what went beyond the plan so far: unexpected costs, and what lines cost above
// their plan. Uncovered is the part of it that no draw pays for.
type ContingencyStanding struct {
	SetAside  money.Amount `json:"setAside"`
	Drawn     money.Amount `json:"drawn"`
	Remaining money.Amount `json:"remaining"` // below 0 if more was drawn than there is
	Called    money.Amount `json:"called"`
	Uncovered money.Amount `json:"uncovered"`
	Share     ratio.Ratio  `json:"share"` // drawn over set aside
}

// Standing returns what became of the contingency by asOf. The error is a sum over
// two currencies, or one that does not fit.
func (b Budget) Standing(asOf calendar.Date) (ContingencyStanding, error) {
	draws := filtered(b.Draws, func(d Draw) bool { return d.On <= asOf })
	drawn, err := sumOf(draws, func(d Draw) money.Amount { return d.Amount })
	if err != nil {
		return ContingencyStanding{}, fmt.Errorf("crmproject: contingency: %w", err)
	}
	called, err := b.called(asOf)
	if err != nil {
		return ContingencyStanding{}, fmt.Errorf("crmproject: contingency: %w", err)
	}
	remaining, err := b.Contingency.Sub(drawn)
	if err != nil {
		return ContingencyStanding{}, fmt.Errorf("crmproject: contingency: %w", err)
	}
	uncovered, err := excess(called, drawn)
	if err != nil {
		return ContingencyStanding{}, fmt.Errorf("crmproject: contingency: %w", err)
	}
	share := ratio.Of(drawn.Minor(), b.Contingency.Minor(), "there is no contingency")
	return ContingencyStanding{b.known(b.Contingency), b.known(drawn), b.known(remaining), b.known(called), b.known(uncovered), share}, nil
}

// called adds up what was spent beyond the plan: without a line, and above it.
func (b Budget) called(asOf calendar.Date) (money.Amount, error) {
	spent, err := b.spentByLine(asOf)
	if err != nil {
		return money.Amount{}, err
	}
	called := spent[""]
	for _, l := range b.Lines {
		over, err := excess(spent[l.ID], l.Planned)
		if err != nil {
			return money.Amount{}, err
		}
		if called, err = called.Add(over); err != nil {
			return money.Amount{}, err
		}
	}
	return called, nil
}

// excess returns a less b, 0 if that is negative.
func excess(a, b money.Amount) (money.Amount, error) {
	over, err := a.Sub(b)
	if err != nil || over.Sign() > 0 {
		return over, err
	}
	return money.FromMinor(0, over.Currency()), nil
}

// Outlook returns where the money will end, seen at asOf. The error is a sum over
// two currencies, or one that does not fit.
func (b Budget) Outlook(asOf calendar.Date) (Outlook, error) {
	table, err := b.Table(asOf)
	if err != nil {
		return Outlook{}, err
	}
	standing, err := b.Standing(asOf)
	if err != nil {
		return Outlook{}, err
	}
	headroom, err := b.Total.Sub(table.Total.Forecast)
	if err != nil {
		return Outlook{}, fmt.Errorf("crmproject: outlook: %w", err)
	}
	all := table.Total
	o := Outlook{
		AsOf: asOf, Approved: b.known(b.Total), Actual: all.Actual, Forecast: all.Forecast, Headroom: b.known(headroom),
		Pace:        ratio.Of(all.DueActual.Minor(), all.Due.Minor(), "nothing is due yet"),
		Burn:        ratio.Of(all.Actual.Minor(), b.spendingMonths(asOf), "nothing is spent yet"),
		Contingency: standing, Planned: all.Planned, Unexpected: table.Unexpected,
	}
	left, err := b.Total.Sub(all.Actual)
	if err != nil {
		return Outlook{}, fmt.Errorf("crmproject: outlook: %w", err)
	}
	if o.Runway = ratio.Undefined("nothing is spent yet"); o.Burn.Sign() > 0 {
		o.Runway = ratio.Int(left.Minor()).Quo(o.Burn)
	}
	return o, nil
}

// spendingMonths counts the months from that of the first cost to that of asOf, 0
// if there is no cost yet.
func (b Budget) spendingMonths(asOf calendar.Date) int64 {
	first := calendar.Date(0)
	for _, c := range b.Costs {
		if c.On.IsValid() && c.On <= asOf && (first == 0 || c.On < first) {
			first = c.On
		}
	}
	if first == 0 {
		return 0
	}
	return int64(asOf.MonthOf()-first.MonthOf()) + 1
}
