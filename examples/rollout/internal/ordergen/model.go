package main

import (
	"cmp"
	"slices"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// model is a shop.
type model struct {
	seed      uint64
	days      calendar.Interval
	customers int
	growth    int64 // percent by which more customers arrive at the end than at the beginning

	orders   gamma // rate of a customer's orders in a usual day
	dropout  gamma // rate at which a customer leaves in a day
	basket   float64
	affinity gamma // rate of the gamma distribution, of shape basket, of an order's euros

	refundOneIn, againOneIn int64 // orders to one with a refund, or with another on the same day
	decemberPercent         int64 // of the value of orders in other months
}

// gamma is a gamma distribution.
type gamma struct{ shape, rate float64 }

func (g gamma) draw(r *random) float64 { return r.gamma(g.shape) / g.rate }

// shop is that of the example: 2,400 customers in 24 months.
var shop = model{
	seed:            20261031,
	days:            calendar.Interval{From: calendar.MustParse("2024-11-01"), Until: calendar.MustParse("2026-10-31")},
	customers:       2400,
	growth:          90,
	orders:          gamma{shape: 0.95, rate: 17.5},
	dropout:         gamma{shape: 0.65, rate: 100},
	basket:          6,
	affinity:        gamma{shape: 6, rate: 37.5},
	refundOneIn:     30,
	againOneIn:      140,
	decemberPercent: 112,
}

// row is a line of the file, but for its number.
type row struct {
	customer int
	day      calendar.Date
	cents    int64
	channel  string
	place    uint64 // among the rows of its day
}

// buyer is a customer.
type buyer struct {
	number int
	first  calendar.Date
	gone   calendar.Date // the day after the last one as a customer
	rate   float64
	taste  float64 // rate of the values of the orders
	habit  string  // the channel of most orders
}

// history returns all orders, by day.
func (m *model) history() []row {
	r := newRandom(m.seed)
	orders := newClock(m.days, demand)
	var rows []row
	for i, first := range m.arrivals(r) {
		b := m.buyer(r, i+1, first)
		rows = m.follow(r, rows, b, orders)
	}
	rows = slices.DeleteFunc(rows, func(o row) bool { return o.day > m.days.Until })
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.place, b.place)) })
	return rows
}

// arrivals returns the days of the customers' first orders, in order.
func (m *model) arrivals(r *random) []calendar.Date {
	length := int64(m.days.Until - m.days.From)
	growing := newClock(m.days, func(d calendar.Date) int64 {
		return demand(d) * (100*length + m.growth*int64(d-m.days.From)) / (100 * length)
	})
	first := make([]calendar.Date, m.customers)
	for i := range first {
		first[i] = growing.day(r.below(growing.total()))
	}
	slices.Sort(first)
	return first
}

// buyer draws what makes a customer. Whoever would stay longer than the file does
// is gone a day after its end.
func (m *model) buyer(r *random, number int, first calendar.Date) buyer {
	b := buyer{number: number, first: first, gone: m.days.Until + 1}
	b.rate = m.orders.draw(r)
	leaving := m.dropout.draw(r)
	if life := r.exponential(); life < leaving*float64(b.gone-first) {
		b.gone = first + 1 + calendar.Date(life/leaving)
	}
	b.taste = m.affinity.draw(r)
	b.habit = channel(r)
	return b
}

// follow appends the orders of a customer to rows, and what comes of them.
func (m *model) follow(r *random, rows []row, b buyer, orders clock) []row {
	now := float64(orders.end(b.first))
	for day := b.first; day < b.gone; {
		rows = m.order(r, rows, b, day)
		for today := day; day == today; day = orders.day(int64(now)) { // at most once a day
			now += float64(r.exponential() / b.rate * usual)
			if !(now < float64(orders.total())) {
				return rows
			}
		}
	}
	return rows
}

// order appends an order, with its refund and with another one if there are such.
func (m *model) order(r *random, rows []row, b buyer, day calendar.Date) []row {
	o := row{customer: b.number, day: day, cents: m.value(r, b, day), channel: b.habit, place: r.bits.Uint64()}
	if r.oneIn(7) {
		o.channel = channel(r)
	}
	rows = append(rows, o)
	if r.oneIn(m.againOneIn) {
		again := o
		again.cents, again.place = coarse(m.value(r, b, day)/3), r.bits.Uint64()
		rows = append(rows, again)
	}
	if r.oneIn(m.refundOneIn) {
		back := o
		back.cents, back.place = -o.cents, r.bits.Uint64()
		if r.oneIn(3) {
			back.cents = -coarse(o.cents * (1 + r.below(3)) / 4)
		}
		back.day += 2 + calendar.Date(r.below(19))
		rows = append(rows, back)
	}
	return rows
}

// value draws the value of an order, in cents.
func (m *model) value(r *random, b buyer, day calendar.Date) int64 {
	cents := int64(100 * r.gamma(m.basket) / b.taste)
	if day.Month() == time.December {
		cents = cents * m.decemberPercent / 100
	}
	return coarse(cents)
}

// coarse rounds to 5 cents, as the prices of the shop are, and up to one euro.
func coarse(cents int64) int64 { return max((cents+2)/5*5, 100) }

// channel draws where an order is made.
func channel(r *random) string {
	switch p := r.below(100); {
	case p < 61:
		return "web"
	case p < 86:
		return "app"
	default:
		return "store"
	}
}
