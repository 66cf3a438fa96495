package retention

import (
	"iter"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// A life is what one customer did from the first order up to the end, in order of
// days. Element i of each slice is row i; rows of one day can be several.
type life struct {
	first calendar.Date // day of the first order
	last  calendar.Date // day of the last order
	day   []calendar.Date
	n     []uint32
	sum   []int64
}

// lives yields every customer with an order up to the end, in ascending order of
// customers, and takes down in counts what became of the events.
func lives[K kpi.Key](h *History[K], end calendar.Date, policy kpi.Amounts, counts *Counts) iter.Seq2[K, life] {
	return func(yield func(K, life) bool) {
		log := h.Ledger().Canonical()
		rows, starts := log.Columns(), log.Starts()
		for who, key := range log.Keys() {
			l, ok := lifeOf(rows, starts[who], starts[who+1], end, policy, counts)
			if ok && !yield(key, l) {
				return
			}
		}
	}
}

// lifeOf returns the life in the rows from a to b, and false if there is no order.
func lifeOf(rows ledger.Columns, a, b int, end calendar.Date, policy kpi.Amounts, counts *Counts) (life, bool) {
	over, first, last := a, -1, -1
	for ; over < b && rows.Day[over] <= end; over++ {
		if policy.CountsAsOrder(rows.Sum[over]) {
			last = over
			if first < 0 {
				first = over
			}
		}
	}
	counts.count(rows, a, over, b, first, policy)
	if first < 0 {
		return life{}, false
	}
	from := first
	for from > a && rows.Day[from-1] == rows.Day[first] {
		from-- // a refund of the same day
	}
	return life{rows.Day[first], rows.Day[last], rows.Day[from:over], rows.N[from:over], rows.Sum[from:over]}, true
}

// since returns the life from the given day on, which has an order.
func (l life) since(day calendar.Date) life {
	from, _ := slices.BinarySearch(l.day, day)
	return life{day, l.last, l.day[from:], l.n[from:], l.sum[from:]}
}

// count takes down the rows of a customer: from a to over they are up to the end,
// from there to b later, and the first order, if any, is row first.
func (c *Counts) count(rows ledger.Columns, a, over, b, first int, policy kpi.Amounts) {
	for i := a; i < b; i++ {
		n := int64(rows.N[i])
		c.Events += n
		switch {
		case i >= over:
			c.Later += n
		case policy.CountsAsOrder(rows.Sum[i]):
			c.Orders += n
		case !policy.CountsAsMoney(rows.Sum[i]):
			c.Ignored += n
		case first < 0 || rows.Day[i] < rows.Day[first]:
			c.Unplaced += n
		default:
			c.Refunds += n
		}
	}
}
