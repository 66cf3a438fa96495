package revenue

import (
	"fmt"
	"iter"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A life is what one customer paid, by month in ascending order. It is used again for
// the next customer.
type life struct {
	months []calendar.Month
	minor  []int64 // more than 0
	ever   bool    // paid before the first month of the snapshots
	err    error
}

// lives yields the customers in ascending order.
func (s *Snapshots[K]) lives(o Options[K]) iter.Seq2[K, life] {
	return func(yield func(K, life) bool) {
		var l life
		var who K
		for customer, cell := range s.rows.All() {
			if len(l.months) > 0 && customer != who {
				if l.ever = o.PaidBefore != nil && o.PaidBefore(who); !yield(who, l) {
					return
				}
				l = life{months: l.months[:0], minor: l.minor[:0]}
			}
			who = customer
			if cell.Bought > 0 && !l.add(calendar.Month(cell.Day), cell.Bought) {
				yield(who, life{err: overflow("customer "+verdict.Quote(fmt.Sprint(who)), calendar.Month(cell.Day))})
				return
			}
		}
		if len(l.months) > 0 {
			l.ever = o.PaidBefore != nil && o.PaidBefore(who)
			yield(who, l)
		}
	}
}

// add is false if the month comes again: a sum too large comes in parts.
func (l *life) add(month calendar.Month, minor int64) bool {
	if n := len(l.months); n > 0 && l.months[n-1] == month {
		return false
	}
	l.months, l.minor = append(l.months, month), append(l.minor, minor)
	return true
}

func overflow(what string, month calendar.Month) error {
	return fmt.Errorf("revenue: %s in %v: %w", what, month, money.ErrOverflow)
}

// paid returns what was paid in a month, 0 if nothing.
func (l *life) paid(month calendar.Month) int64 {
	for i, m := range l.months {
		if m == month {
			return l.minor[i]
		}
	}
	return 0
}

func (l *life) paidBefore(month calendar.Month) bool { return l.ever || l.months[0] < month }

// A tally adds up the customers of some movements. Sums only grow, so whether one does
// not fit depends on the customers and not on their order.
type tally struct {
	at    []calendar.Month
	sums  []sums
	paid  []int64 // of the customer at hand, by element of at
	whole []int64 // revenue by element of at
	heads []int64 // customers by element of at
}

// sums are the changes of one movement, by kind.
type sums struct {
	minor [Unchanged + 1]int64
	heads [Unchanged + 1]int64
}

func newTally(at []calendar.Month) *tally {
	n := len(at)
	return &tally{at, make([]sums, n-1), make([]int64, n), make([]int64, n), make([]int64, n)}
}

func tallyOf(parts map[string]*tally, label string, at []calendar.Month) *tally {
	t := parts[label]
	if t == nil {
		t = newTally(at)
		parts[label] = t
	}
	return t
}

// take adds a customer to every movement.
func (t *tally) take(l *life) error {
	t.fill(l)
	for i, paid := range t.paid {
		if paid > math.MaxInt64-t.whole[i] {
			return overflow("revenue of all", t.at[i])
		}
		if paid > 0 {
			t.whole[i] += paid
			t.heads[i]++
		}
	}
	for i := range t.sums {
		t.sums[i].take(t.paid[i], t.paid[i+1], l, t.at[i])
	}
	return nil
}

// fill sets what the customer paid at each month, both in ascending order.
func (t *tally) fill(l *life) {
	k := 0
	for i, month := range t.at {
		for k < len(l.months) && l.months[k] < month {
			k++
		}
		t.paid[i] = 0
		if k < len(l.months) && l.months[k] == month {
			t.paid[i] = l.minor[k]
		}
	}
}

// take adds the change of one customer. No sum is larger than the revenue of its first
// or last month, so none overflows.
func (s *sums) take(before, after int64, l *life, from calendar.Month) {
	if before == 0 && after == 0 {
		return
	}
	kind := kindOf(before, after, l.paidBefore(from))
	s.minor[kind] += max(before-after, after-before)
	s.heads[kind]++
}

func (t *tally) movements(c money.Currency) []Movement {
	ms := make([]Movement, len(t.sums))
	for i, s := range t.sums {
		amount := func(k Kind) money.Amount { return money.FromMinor(s.minor[k], c) }
		ms[i].Balance = Balance{
			From: t.at[i], To: t.at[i+1],
			Opening: money.FromMinor(t.whole[i], c), Closing: money.FromMinor(t.whole[i+1], c),
			New: amount(New), Reactivation: amount(Reactivation),
			Expansion: amount(Expansion), Contraction: amount(Contraction), Churn: amount(Churn),
			Customers: Logos{
				Opening: t.heads[i], Closing: t.heads[i+1],
				New: s.heads[New], Reactivated: s.heads[Reactivation],
				Expanded: s.heads[Expansion], Contracted: s.heads[Contraction], Churned: s.heads[Churn],
			},
		}
	}
	return ms
}
