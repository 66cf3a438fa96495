package control

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Money is the money of the project on a day.
type Money struct {
	BAC         money.Amount `json:"bac,omitzero"` // budget at completion: of the work packages, or without any, of the budget lines
	AC          money.Amount `json:"ac,omitzero"`  // actual cost
	EAC         money.Amount `json:"eac,omitzero"` // estimate at completion
	By          evm.Variant  `json:"by,omitzero"`  // how it was estimated; zero without work packages: the forecast of the budget
	Contingency money.Amount `json:"contingency,omitzero"`
}

// money looks for deviations by earned value.
func (s *scanner) money() error {
	standing, err := remaining(s.Budget, s.report.AsOf)
	if err != nil {
		return err
	}
	s.report.Money.Contingency = standing
	if !s.hasLedger() {
		return s.moneyOfBudget()
	}
	now, err := s.Ledger.Report(s.report.AsOf)
	if err != nil {
		return err
	}
	s.position(now)
	s.completion(now)
	return s.indices(now)
}

// indices looks for indices of cost and time that are below 1.
func (s *scanner) indices(now evm.Report) error {
	h := history{ledger: s.Ledger, ends: s.periodsBefore(now)}
	m := now.Measured.Performance
	for _, x := range []struct {
		id      string
		measure Measure
		limit   Limit
		now     ratio.Ratio
		before  func(i int) (ratio.Ratio, error)
	}{
		{"spi_t", TimeIndex, s.Time, now.Schedule.SPIt, h.spiT},
		{"spi", WorkIndex, s.Time, m.SPI, func(i int) (ratio.Ratio, error) { return h.ends[i].spi(), nil }},
		{"cpi", CostIndex, s.Cost, m.CPI, func(i int) (ratio.Ratio, error) { return h.ends[i].cpi(), nil }},
	} {
		d := Deviation{ID: x.id, Measure: x.measure, Subject: "ledger", Planned: ratio.Int(1), Actual: x.now}
		if d.Size = d.Planned.Sub(d.Actual); !d.Size.Defined() || d.Size.Sign() == 0 {
			continue
		}
		d.Level, d.Limit = x.limit.level(d.Size)
		d.Welcome = d.Size.Sign() < 0
		d.Nature = Signal
		if m.Complete.Less(s.Stable) {
			d.Nature = Untested
		}
		d.Evidence = []string{m.Complete.Percent(0) + " of the work is done"}
		if err := h.follow(&d, x.limit, x.before); err != nil {
			return err
		}
		s.found(d)
	}
	return nil
}

// position takes down what the work will cost.
func (s *scanner) position(now evm.Report) {
	p := &s.report.Money
	p.BAC, p.AC = now.Total.Measures.BAC, now.Total.Measures.AC
	for _, v := range []evm.Variant{s.Estimate, evm.AtBudget} {
		if e := now.Total.Performance.Estimate(v); e.EAC.Rounded != (money.Amount{}) {
			p.EAC, p.By = e.EAC.Rounded, v
			return
		}
	}
}

// moneyOfBudget takes the forecast of the budget where there is no earned value.
func (s *scanner) moneyOfBudget() error {
	o, err := s.Budget.Outlook(s.report.AsOf)
	if err != nil {
		return err
	}
	position, err := s.Budget.Position(s.report.AsOf)
	if err != nil {
		return err
	}
	p := &s.report.Money
	p.BAC, p.AC, p.EAC = position.Planned, o.Actual, o.Forecast
	return nil
}

// completion compares the estimate at completion with the budget, and with the
// contingency on top.
func (s *scanner) completion(now evm.Report) {
	p := s.report.Money
	d := Deviation{
		ID: "eac", Measure: Completion, Subject: "ledger", Unit: p.EAC.Currency().String(),
		Planned: units(p.BAC), Actual: units(p.EAC), Nature: Signal,
	}
	if d.Size = d.Actual.Sub(d.Planned); d.Size.Sign() == 0 || p.By == 0 {
		return
	}
	// A contingency that is overdrawn is no limit below 0.
	d.Level, d.Limit = Limit{Warn: ratio.Int(0), Act: units(p.Contingency)}.atLeastWarn().level(d.Size)
	d.Welcome = d.Size.Sign() < 0
	if now.Measured.Performance.Complete.Less(s.Stable) {
		d.Nature = Untested
	}
	d.Evidence = append(d.Evidence, fmt.Sprintf("contingency left: %s", p.Contingency))
	for v := range evm.Variants() {
		if e := now.Total.Performance.Estimate(v).EAC; e.Defined() {
			d.Evidence = append(d.Evidence, v.String()+": "+e.String())
		}
	}
	s.found(d)
}

// lines looks for budget lines that cost more than planned, by what was spent on
// them or ordered, and for costs without a line. It goes through the costs once.
func (s *scanner) lines() error {
	spent, err := spentByLine(s.Budget, s.report)
	if err != nil {
		return err
	}
	for _, l := range s.Budget.Lines {
		if err := s.line(l, spent[l.ID]); err != nil {
			return err
		}
	}
	if spent[""].Sign() > 0 {
		s.unexpected(spent[""])
	}
	return nil
}

func (s *scanner) line(l crmproject.BudgetLine, spent money.Amount) error {
	cost, by := spent, "spent"
	more, err := spent.Less(l.Committed)
	if err != nil {
		return err
	}
	if more {
		cost, by = l.Committed, "ordered"
	}
	d := Deviation{
		ID: verdict.Key("line", l.ID), Measure: LineOverrun, Subject: verdict.Key("budget.lines", l.ID), Title: l.Title,
		Planned: units(l.Planned), Actual: units(cost), Unit: l.Planned.Currency().String(), Nature: Signal,
	}
	if d.Size = d.Actual.Sub(d.Planned); d.Size.Sign() <= 0 {
		return nil
	}
	d.Level, d.Limit = s.Line.times(d.Planned).level(d.Size)
	d.Evidence = []string{fmt.Sprintf("%s: %s, planned: %s", by, cost, l.Planned)}
	s.found(d)
	return nil
}

// times returns a limit that is a share of something as a size.
func (l Limit) times(of ratio.Ratio) Limit { return Limit{Warn: l.Warn.Mul(of), Act: l.Act.Mul(of)} }

func (s *scanner) unexpected(sum money.Amount) {
	d := Deviation{
		ID: "unexpected", Measure: UnexpectedCost, Subject: "budget.costs", Unit: sum.Currency().String(),
		Planned: ratio.Int(0), Actual: units(sum), Size: units(sum), Nature: Signal,
	}
	d.Level, d.Limit = Limit{Warn: ratio.Int(0), Act: units(s.Budget.Contingency)}.level(d.Size)
	for _, c := range s.Budget.Costs {
		if c.Line == "" && c.On <= s.report.AsOf {
			d.Evidence = append(d.Evidence, fmt.Sprintf("%s on %s: %s", c.ID, c.On, c.Amount))
			if d.Since == 0 || c.On < d.Since {
				d.Since = c.On
			}
		}
	}
	d.Evidence = limited(d.Evidence)
	s.found(d)
}

// spentByLine adds up what was spent by the day of the report.
func spentByLine(b crmproject.Budget, r Report) (map[string]money.Amount, error) {
	spent := make(map[string]money.Amount, len(b.Lines)+1)
	for _, c := range b.Costs {
		if c.On > r.AsOf {
			continue
		}
		sum, err := spent[c.Line].Add(c.Amount)
		if err != nil {
			return nil, err
		}
		spent[c.Line] = sum
	}
	return spent, nil
}

// lookBack is how many reporting periods a report goes back to say since when an
// index has been off plan: two years of months.
const lookBack = 24

// An end is the end of a reporting period that is over.
type end struct{ evm.Point }

func (e end) spi() ratio.Ratio {
	return ratio.Of(e.Measured.EV.Minor(), e.Measured.PV.Minor(), evm.NothingDue)
}

func (e end) cpi() ratio.Ratio {
	return ratio.Of(e.Measured.EV.Minor(), e.Measured.AC.Minor(), evm.NotStarted)
}

// periodsBefore returns the ends of the reporting periods before the day of the
// report, the latest first.
func (s *scanner) periodsBefore(now evm.Report) []end {
	var ends []end
	for _, p := range slices.Backward(now.Series) {
		if p.Period > 0 && p.Until < s.report.AsOf && p.Known() && len(ends) < lookBack {
			ends = append(ends, end{p})
		}
	}
	return ends
}

// A history is how the indices of a ledger were at the ends of earlier periods.
type history struct {
	ledger evm.Ledger
	ends   []end
}

// spiT returns the index of time, which needs a report of its own.
func (h *history) spiT(i int) (ratio.Ratio, error) {
	r, err := h.ledger.Report(h.ends[i].Until)
	return r.Schedule.SPIt, err
}

// follow says since when an index has been beyond its limit without a break, and how
// it moved since the last period ended.
func (h *history) follow(d *Deviation, l Limit, before func(i int) (ratio.Ratio, error)) error {
	for i := range h.ends {
		index, err := before(i)
		if err != nil {
			return err
		}
		size := d.Planned.Sub(index)
		if i == 0 {
			d.Trend = trendOf(size, d.Size)
		}
		if level, _ := l.level(size); d.Level < Warn || level < Warn || !size.Defined() {
			return nil
		}
		d.Since = h.ends[i].Until
	}
	return nil
}
