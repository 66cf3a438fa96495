package revenue

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options are what can be chosen. The zero Options are the defaults.
type Options[K kpi.Key] struct {
	// PaidBefore, if given, says of a customer whether he paid before the first month
	// of the snapshots, so that his return is a reactivation and not new.
	PaidBefore func(customer K) bool

	// Label, if given, parts the movements, such as by segment, region or plan. It must
	// give the same label for the same customer every time: whoever changes plans
	// expands or contracts under one label.
	Label func(customer K) string
}

// A Table is movements one after the other: each starts where the one before ends. It
// is a plain value with a JSON form.
type Table struct {
	Movements []Movement `json:"movements"`
	Parts     []Part     `json:"parts,omitempty"` // by label, in ascending order; nil unless a label was asked for
}

// A Part is the movements of the customers with one label. Those of all parts add up to
// those of the table.
type Part struct {
	Label     string     `json:"label"`
	Movements []Movement `json:"movements"`
}

// Monthly returns the movements from month to month, the first from the month from to
// the next. The error reports every fault of the arguments, or tells of a sum that does
// not fit an int64.
func Monthly[K kpi.Key](s *Snapshots[K], from, to calendar.Month, o Options[K]) (Table, error) {
	var at []calendar.Month
	if from.IsValid() && to.IsValid() {
		for m := from; m <= to; m++ {
			at = append(at, m)
		}
	}
	if len(at) < 2 {
		at = []calendar.Month{from, to}
	}
	return Between(s, at, o)
}

// PointToPoint returns one movement from a month to a later one; months between them
// are not looked at. Errors are those of [Monthly].
func PointToPoint[K kpi.Key](s *Snapshots[K], from, to calendar.Month, o Options[K]) (Movement, error) {
	o.Label = nil
	table, err := Between(s, []calendar.Month{from, to}, o)
	if err != nil {
		return Movement{}, err
	}
	return table.Movements[0], nil
}

// Between returns the movements between any two or more months that follow each
// other: the ends of quarters, or two years. Errors are those of [Monthly].
func Between[K kpi.Key](s *Snapshots[K], at []calendar.Month, o Options[K]) (Table, error) {
	if err := checkMonths(at); err != nil {
		return Table{}, err
	}
	total := newTally(at)
	parts := map[string]*tally{}
	for customer, l := range s.lives(o) {
		if l.err != nil {
			return Table{}, l.err
		}
		err := total.take(&l)
		if err == nil && o.Label != nil {
			err = tallyOf(parts, o.Label(customer), at).take(&l)
		}
		if err != nil {
			return Table{}, err
		}
	}
	table := Table{Movements: total.movements(s.currency)}
	for _, label := range slices.Sorted(maps.Keys(parts)) {
		table.Parts = append(table.Parts, Part{label, parts[label].movements(s.currency)})
	}
	return table, nil
}

func checkMonths(at []calendar.Month) error {
	var f verdict.Faults
	if len(at) < 2 {
		f.Addf("months", "%w: %d, want 2 or more", verdict.ErrRange, len(at))
	}
	var before calendar.Month
	for i, m := range at {
		path := verdict.At("months", i)
		switch {
		case m == 0:
			f.Missing(path)
		case !m.IsValid():
			f.Addf(path, "%w: month %d", verdict.ErrRange, int32(m))
		case m <= before:
			f.Addf(path, "%w: %v is not after %v", verdict.ErrRange, m, before)
		}
		before = max(before, m)
	}
	if err := f.Err(); err != nil {
		return fmt.Errorf("revenue: %w", err)
	}
	return nil
}

// A Change is what became of one customer between two months.
type Change[K kpi.Key] struct {
	Customer K            `json:"customer"`
	Kind     Kind         `json:"kind"`
	Before   money.Amount `json:"before"` // what he paid
	After    money.Amount `json:"after"`  // what he pays
}

// Changes returns the customers behind a movement, in ascending order: all who pay in
// either month. Errors are those of [Monthly].
func Changes[K kpi.Key](s *Snapshots[K], from, to calendar.Month, o Options[K]) ([]Change[K], error) {
	if err := checkMonths([]calendar.Month{from, to}); err != nil {
		return nil, err
	}
	var changes []Change[K]
	for customer, l := range s.lives(o) {
		if l.err != nil {
			return nil, l.err
		}
		before, after := l.paid(from), l.paid(to)
		if before > 0 || after > 0 {
			kind := kindOf(before, after, l.paidBefore(from))
			changes = append(changes, Change[K]{customer, kind, money.FromMinor(before, s.currency), money.FromMinor(after, s.currency)})
		}
	}
	return changes, nil
}

// Total returns the movements of the table added up: what came and went, counted each
// time, from the opening of the first to the closing of the last. A total has no
// retention, since it counts the losses of customers who were not there at the start;
// see [Table.ChainedGross]. The error is that of a sum which does not fit an int64 or,
// in a table that was read, of movements that do not follow each other or do not balance.
func (t Table) Total() (Balance, error) {
	if len(t.Movements) == 0 {
		return Balance{}, fmt.Errorf("revenue: movements %w", verdict.ErrMissing)
	}
	total := t.Movements[0].Balance
	for i, m := range t.Movements[1:] {
		var err error
		if total, err = total.then(m.Balance); err != nil {
			return Balance{}, fmt.Errorf("revenue: %s: %w", verdict.At("movements", i+1), err)
		}
	}
	if err := total.Validate(); err != nil { // of a table that was read
		return Balance{}, fmt.Errorf("revenue: total: %w", err)
	}
	return total, nil
}

// then returns m and the balance that starts where it ends as one.
func (m Balance) then(next Balance) (Balance, error) {
	if next.From != m.To || next.Opening != m.Closing || next.Customers.Opening != m.Customers.Closing {
		return m, fmt.Errorf("%w: does not start where the one before ends", verdict.ErrInvalid)
	}
	sums := []struct {
		to   *money.Amount
		more money.Amount
	}{
		{&m.New, next.New},
		{&m.Reactivation, next.Reactivation},
		{&m.Expansion, next.Expansion},
		{&m.Contraction, next.Contraction},
		{&m.Churn, next.Churn},
	}
	for _, s := range sums {
		sum, err := s.to.Add(s.more)
		if err != nil {
			return m, err
		}
		*s.to = sum
	}
	m.To, m.Closing, m.Customers = next.To, next.Closing, m.Customers.then(next.Customers)
	return m, nil
}

func (l Logos) then(next Logos) Logos {
	return Logos{
		Opening: l.Opening, Closing: next.Closing,
		New: l.New + next.New, Reactivated: l.Reactivated + next.Reactivated,
		Expanded: l.Expanded + next.Expanded, Contracted: l.Contracted + next.Contracted, Churned: l.Churned + next.Churned,
	}
}

// ChainedGross returns the product of the gross retention of the movements: what is left
// of one unit of revenue that is replaced by the like of each month's. It is false if
// one of them is undefined.
func (t Table) ChainedGross() (float64, bool) { return chain(t.Movements, Movement.GrossRetention) }

// ChainedNet returns the product of the net retention of the movements, without
// reactivation.
func (t Table) ChainedNet() (float64, bool) { return chain(t.Movements, Movement.NetRetention) }

// ChainedLogos returns the product of the logo retention of the movements.
func (t Table) ChainedLogos() (float64, bool) { return chain(t.Movements, Movement.LogoRetention) }

func chain(ms []Movement, rate func(Movement) ratio.Ratio) (float64, bool) {
	product := 1.0
	for _, m := range ms {
		r, ok := rate(m).Float64()
		if !ok {
			return 0, false
		}
		product *= r
	}
	if len(ms) == 0 || !(math.Abs(product) <= math.MaxFloat64) {
		return 0, false
	}
	return product, true
}

// Labels yields the parts with their labels, in order.
func (t Table) Labels() iter.Seq2[string, []Movement] {
	return func(yield func(string, []Movement) bool) {
		for _, p := range t.Parts {
			if !yield(p.Label, p.Movements) {
				return
			}
		}
	}
}
