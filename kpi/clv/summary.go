package clv

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// A Summary has a row for each customer whose first order is not after the end of the
// observation, and says what it left out.
type Summary[K kpi.Key] struct {
	End         calendar.Date `json:"end"`              // last day of the observation
	Options     Options       `json:"options,omitzero"` // as given
	HoldoutTime float64       `json:"holdoutTime,omitzero"`
	Rows        []Row[K]      `json:"rows"` // by customer

	Later       int64 `json:"later,omitempty"`       // customers whose first order comes after the end
	NoOrder     int64 `json:"noOrder,omitempty"`     // customers with no order at all, such as refunds alone
	Unplaced    int64 `json:"unplaced,omitempty"`    // events of a customer before his first order
	LaterEvents int64 `json:"laterEvents,omitempty"` // events after the end, and after the holdout if there is one
}

// A Row is a customer of a summary.
type Row[K kpi.Key] struct {
	Customer K `json:"customer"`
	Statistics
	Observation
	Holdout Holdout `json:"holdout,omitzero"`
}

// Holdout is what a customer did after the end of the observation, up to the end of
// the holdout.
type Holdout struct {
	X       int64 `json:"x"`       // distinct periods with an order
	Revenue int64 `json:"revenue"` // in minor units
}

// Summarize observes every customer of a history up to the end, which is included,
// and counts what he did in the holdout after it. Events of a customer and period are
// combined first. The error tells all faults of the arguments, or a revenue that does
// not fit an int64.
func Summarize[K kpi.Key](h *kpi.History[K], end calendar.Date, options Options) (Summary[K], error) {
	var faults verdict.Faults
	options.check(&faults, end)
	if err := wrap(&faults); err != nil {
		return Summary[K]{}, err
	}
	s := Summary[K]{End: end, Options: options, Rows: slices.Grow([]Row[K](nil), h.Customers())}
	if options.Holdout != 0 {
		s.HoldoutTime = options.between(end, options.Holdout)
	}
	var current observer[K]
	finish := func() error {
		if current.cells == 0 {
			return nil
		}
		return current.finish(&s)
	}
	for customer, cell := range h.All() {
		if current.cells == 0 || customer != current.row.Customer {
			if err := finish(); err != nil {
				return Summary[K]{}, err
			}
			current = observer[K]{row: Row[K]{Customer: customer}}
		}
		current.see(&s, cell)
	}
	if err := finish(); err != nil {
		return Summary[K]{}, err
	}
	return s, nil
}

// An observer goes through the days of one customer.
type observer[K kpi.Key] struct {
	row                     Row[K]
	cells                   int
	later                   bool  // his first order comes after the end
	period, held            int64 // last period with an order, and within the holdout
	revenue, first, holdout ledger.Sum
}

func (b *observer[K]) see(s *Summary[K], c kpi.CustomerDay) {
	b.cells++
	o := s.Options
	events := c.Purchases + c.Nothings + c.Refunds
	ordered := orders(o.amounts(), c)
	switch {
	case c.Day > s.End && c.Day > o.Holdout:
		s.LaterEvents += events
		b.later = b.later || ordered
	case c.Day > s.End:
		b.seeHoldout(o, c, ordered)
	case b.row.Periods == 0 && !ordered:
		s.Unplaced += events
	default:
		b.seeCalibration(o, c, ordered)
	}
}

func (b *observer[K]) seeCalibration(o Options, c kpi.CustomerDay, ordered bool) {
	period := o.period().of(c.Day)
	if ordered {
		if b.row.Periods == 0 {
			b.row.First = c.Day
		}
		if b.row.Periods == 0 || period > b.period {
			b.row.Periods++
			b.period = period
		}
		b.row.Last = c.Day
	}
	addMoney(&b.revenue, o.amounts(), c)
	if period == o.period().of(b.row.First) {
		addMoney(&b.first, o.amounts(), c)
	}
}

func (b *observer[K]) seeHoldout(o Options, c kpi.CustomerDay, ordered bool) {
	period := o.period().of(c.Day)
	if ordered {
		if b.row.Holdout.X == 0 || period > b.held {
			b.row.Holdout.X++
			b.held = period
		}
		b.later = true
	}
	addMoney(&b.holdout, o.amounts(), c)
}

// finish adds the row of the customer to the summary.
func (b *observer[K]) finish(s *Summary[K]) error {
	switch {
	case b.row.Periods == 0 && b.later:
		s.Later++
		return nil
	case b.row.Periods == 0:
		s.NoOrder++
		return nil
	}
	var fits [3]bool
	b.row.Revenue, fits[0] = b.revenue.Int64()
	b.row.FirstRevenue, fits[1] = b.first.Int64()
	b.row.Holdout.Revenue, fits[2] = b.holdout.Int64()
	if fits != [3]bool{true, true, true} {
		return fmt.Errorf("clv: revenue of customer %s: %w of 64 bits", verdict.Quote(fmt.Sprint(b.row.Customer)), verdict.ErrRange)
	}
	b.row.Observation = b.row.observe(s.End, s.Options)
	s.Rows = append(s.Rows, b.row)
	return nil
}

// orders reports whether a cell has an event that counts as an order.
func orders(a kpi.Amounts, c kpi.CustomerDay) bool {
	return c.Purchases > 0 || (c.Nothings > 0 && a.CountsAsOrder(0)) || (c.Refunds > 0 && a.CountsAsOrder(-1))
}

func addMoney(sum *ledger.Sum, a kpi.Amounts, c kpi.CustomerDay) {
	sum.Add(c.Bought)
	if a.CountsAsMoney(-1) {
		sum.Add(c.Refunded)
	}
}

// Sample returns the observations of the rows, compressed for [FitBGNBD] and
// [FitParetoNBD].
func (s Summary[K]) Sample() (*Sample, error) {
	var sample Sample
	for i, r := range s.Rows {
		if err := sample.Add(r.Observation); err != nil {
			return nil, fmt.Errorf("clv: rows[%d]: %w", i, err)
		}
	}
	return &sample, nil
}

// Spends returns the mean spends of the rows with repeat purchases, compressed for
// [FitGammaGamma]. The error locates a mean that is not positive, as refunds make
// it.
func (s Summary[K]) Spends() (*Spends, error) {
	var spends Spends
	var faults verdict.Faults
	for i, r := range s.Rows {
		faults.Add(verdict.At("rows", i), r.ValidateMean())
		if faults.Len() == 0 {
			if err := spends.Add(r.Observation); err != nil {
				return nil, err
			}
		}
	}
	return &spends, wrap(&faults)
}
