package bulk

import (
	"math/bits"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Grid counts customers and orders by period of the first order, which chooses
// the row, and period of activity, which chooses the column. Element (f, p) is at
// f·N+p; those left of the diagonal are 0.
type Grid struct {
	Origin   int     // number of the first period
	Periods  int     // N
	Active   []int64 // customers with an order in the period
	Last     []int64 // customers with their last order in the period
	Orders   []int64 // nil if only customers are counted
	Revenue  []int64 // the same
	Retained []int64 // by period: customers with an order in it and in the one before
	Unplaced int64   // refunds before the first order of their customer, or without one
}

func newGrid(p *periods, customersOnly bool) Grid {
	cells := p.n * p.n
	g := Grid{
		Origin: p.origin, Periods: p.n, Retained: make([]int64, p.n),
		Active: make([]int64, cells), Last: make([]int64, cells),
	}
	if !customersOnly {
		g.Orders, g.Revenue = make([]int64, cells), make([]int64, cells)
	}
	return g
}

// merge adds the grid of other customers, and reports whether that overflowed.
func (g *Grid) merge(other Grid) (overflow bool) {
	for i := range g.Active {
		g.Active[i] += other.Active[i]
		g.Last[i] += other.Last[i]
	}
	for i := range g.Orders {
		g.Orders[i] += other.Orders[i]
		sum := g.Revenue[i] + other.Revenue[i]
		overflow = overflow || overflows(g.Revenue[i], other.Revenue[i], sum) < 0
		g.Revenue[i] = sum
	}
	for i := range g.Retained {
		g.Retained[i] += other.Retained[i]
	}
	g.Unplaced += other.Unplaced
	return overflow
}

// overflows is negative if a + b, which came out as sum, overflowed.
func overflows(a, b, sum int64) int64 { return (a ^ sum) & (b ^ sum) }

// enter takes down the active periods of one customer, as bits counted from 1; bit 0
// says nothing. It returns where in the grid the row of the
// customer begins, or −1 if there is no period.
func (g *Grid) enter(mask []uint64) int {
	mask[0] &^= 1
	last, carry := 0, uint64(0)
	var row []int64
	for i, m := range mask {
		for kept := m & (m<<1 | carry); kept != 0; kept &= kept - 1 {
			g.Retained[i<<6+bits.TrailingZeros64(kept)-1]++
		}
		carry = m >> 63
		for ; m != 0; m &= m - 1 {
			last = i<<6 + bits.TrailingZeros64(m) - 1
			if row == nil {
				row = g.Active[last*g.Periods : (last+1)*g.Periods]
			}
			row[last]++
		}
	}
	if row == nil {
		return -1
	}
	at := len(g.Active) - cap(row)
	g.Last[at+last]++
	return at
}

// enterAll takes down all customers, whose masks are one after the other. It notes
// where in the grid the row of each begins, less one place: periods are counted from 1.
func (g *Grid) enterAll(masks []uint64, lines []uint32) {
	words := len(masks) / max(1, len(lines))
	for who := range lines {
		lines[who] = uint32(g.enter(masks[who*words:(who+1)*words]) - 1)
	}
}

// count adds up the orders of short rows, given the line of each customer.
func (g *Grid) count(shorts, lines []uint32, period *periods) {
	mask, shift := uint32(1)<<(period.bits&31)-1, period.bits&31
	orders := g.Orders
	for _, s := range shorts {
		if at := s & mask; at > 0 {
			orders[lines[s>>shift]+at]++
		}
	}
}

// periods number the periods of the days of a packing.
type periods struct {
	of     []uint16 // by packed day: the period, counted from 1; 0 for 0
	origin int
	n      int
	bits   uint
	words  int // of a mask
}

// newPeriods returns false if there are too many.
func newPeriods(p *packing, number func(calendar.Date) int) (periods, bool) {
	x := periods{of: make([]uint16, p.days+1)}
	for d := 1; d <= p.days; d++ {
		at := number(p.zero + calendar.Date(d))
		if d == 1 {
			x.origin = at
		}
		x.n = at - x.origin + 1
		if x.n > MaxPeriods {
			return x, false
		}
		x.of[d] = uint16(x.n)
	}
	x.bits, x.words = uint(bits.Len(uint(x.n))), x.n/64+1
	return x, true
}
