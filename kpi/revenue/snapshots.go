package revenue

import (
	"fmt"
	"iter"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Snapshots accumulate what each customer pays in each month: monthly recurring
// revenue, or what was billed for the month. A customer without an amount in a month
// pays nothing in it. Parts accumulated apart are joined by [Snapshots.Merge], in any
// order and grouping.
//
// The zero Snapshots are empty and ready for use. They must not be copied after first
// use, and only reading from them is safe for concurrent use.
type Snapshots[K kpi.Key] struct {
	currency money.Currency // none as long as every amount was zero of none
	rows     kpi.History[K] // month n stands as day n, which spares the calendar
}

// A Snapshot is what a customer pays in a month.
type Snapshot[K kpi.Key] struct {
	Customer K              `json:"customer"`
	Month    calendar.Month `json:"month"`
	Amount   money.Amount   `json:"amount"`
}

// Add records an amount; several of one customer and month add up. A negative
// amount, a month that is none, an amount that is not valid or of another currency
// than those before is an error, and then nothing is recorded. The error wraps a
// sentinel of package verdict or money.
func (s *Snapshots[K]) Add(customer K, month calendar.Month, amount money.Amount) error {
	currency, err := s.accept(month, amount)
	if err == nil {
		err = s.rows.Add(customer, calendar.Date(month), amount.Minor())
	}
	if err != nil {
		return fmt.Errorf("revenue: customer %s: %w", verdict.Quote(fmt.Sprint(customer)), err)
	}
	s.currency = currency
	return nil
}

// accept returns the currency of the snapshots once the amount is in.
func (s *Snapshots[K]) accept(month calendar.Month, amount money.Amount) (money.Currency, error) {
	switch {
	case month == 0:
		return 0, fmt.Errorf("month %w", verdict.ErrMissing)
	case !month.IsValid():
		return 0, fmt.Errorf("month %d %w", int32(month), verdict.ErrRange)
	case !amount.IsValid():
		return 0, fmt.Errorf("month %v: %w", month, money.ErrInvalid)
	case amount.Minor() < 0:
		return 0, fmt.Errorf("month %v: %w: %v is negative", month, verdict.ErrRange, amount)
	}
	currency, err := common(s.currency, amount.Currency())
	if err != nil {
		return 0, fmt.Errorf("month %v: %w", month, err)
	}
	return currency, nil
}

// common returns the currency of amounts of two currencies, one of which may be none.
func common(a, b money.Currency) (money.Currency, error) {
	if a != 0 && b != 0 && a != b {
		return 0, &money.CurrencyError{Op: "add", X: a, Y: b}
	}
	return a | b, nil // equal, or one is 0
}

// AddAll records snapshots as they come. It stops at the first that [Snapshots.Add]
// refuses and returns its error with its place, counted from 0; those before it stay
// recorded.
func (s *Snapshots[K]) AddAll(rows iter.Seq[Snapshot[K]]) error {
	n := 0
	for row := range rows {
		if err := s.Add(row.Customer, row.Month, row.Amount); err != nil {
			return fmt.Errorf("%w (snapshot %d)", err, n)
		}
		n++
	}
	return nil
}

// AddSubscription records a subscription with a monthly price: the amount in each month
// on whose last day it runs, up to the month through. Both ends of the term are
// included, and an open end runs on. A term that has no beginning or ends before it
// begins is an error that wraps [verdict.ErrMissing] or [verdict.ErrRange]; other
// errors are those of [Snapshots.Add].
func (s *Snapshots[K]) AddSubscription(customer K, term calendar.Interval, monthly money.Amount, through calendar.Month) error {
	who := verdict.Quote(fmt.Sprint(customer))
	switch {
	case term.From == 0:
		return fmt.Errorf("revenue: subscription of customer %s: first day %w", who, verdict.ErrMissing)
	case !term.IsValid():
		return fmt.Errorf("revenue: subscription of customer %s: %w: term %v", who, verdict.ErrRange, term)
	}
	if _, err := s.accept(through, monthly); err != nil {
		return fmt.Errorf("revenue: subscription of customer %s: through %w", who, err)
	}
	for month := term.From.MonthOf(); month <= through && term.Contains(month.Last()); month++ {
		if err := s.Add(customer, month, monthly); err != nil {
			return err
		}
	}
	return nil
}

// Merge takes in every amount of other, which is not changed. The error wraps
// [money.ErrCurrency] if both have one and they differ, or says that there is no more
// room; then s is unchanged.
func (s *Snapshots[K]) Merge(other *Snapshots[K]) error {
	currency, err := common(s.currency, other.currency)
	if err == nil {
		err = s.rows.Merge(&other.rows)
	}
	if err != nil {
		return fmt.Errorf("revenue: merge: %w", err)
	}
	s.currency = currency
	return nil
}

// Customers returns the number of distinct customers, those who only ever paid nothing
// included.
func (s *Snapshots[K]) Customers() int { return s.rows.Customers() }

// Currency returns the currency of the amounts, none if there was none so far.
func (s *Snapshots[K]) Currency() money.Currency { return s.currency }

// Compact combines the amounts of each customer and month and puts all into order.
// Results stay the same; several taken from compact snapshots share that work.
func (s *Snapshots[K]) Compact() { s.rows.Compact() }

// All yields what customers pay, in ascending order of customers, then of months; months
// in which one pays nothing are left out. A sum that does not fit an int64 comes in
// several parts.
func (s *Snapshots[K]) All() iter.Seq[Snapshot[K]] {
	return func(yield func(Snapshot[K]) bool) {
		for customer, cell := range s.rows.All() {
			amount := money.FromMinor(cell.Bought, s.currency)
			if cell.Bought > 0 && !yield(Snapshot[K]{customer, calendar.Month(cell.Day), amount}) {
				return
			}
		}
	}
}
