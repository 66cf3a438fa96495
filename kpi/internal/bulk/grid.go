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
	Orders   []int64
	Revenue  []int64
	Retained []int64 // by period: customers with an order in it and in the one before
	Unplaced int64   // refunds before the first order of their customer, or without one
}

func newGrid(p *periods) Grid {
	cells := p.n * p.n
	return Grid{
		Origin: p.origin, Periods: p.n, Retained: make([]int64, p.n),
		Active: make([]int64, cells), Last: make([]int64, cells), Orders: make([]int64, cells), Revenue: make([]int64, cells),
	}
}

// merge adds the grid of other customers, and reports whether that overflowed.
func (g *Grid) merge(other Grid) (overflow bool) {
	for i := range g.Active {
		g.Active[i] += other.Active[i]
		g.Last[i] += other.Last[i]
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

// enter takes down the active periods of one customer, at least one, as a set of
// bits in words, and empties it.
func (g *Grid) enter(mask []uint64) {
	first, last, carry := -1, 0, uint64(0)
	var row []int64
	for i, m := range mask {
		for kept := m & (m<<1 | carry); kept != 0; kept &= kept - 1 {
			g.Retained[i<<6+bits.TrailingZeros64(kept)]++
		}
		carry = m >> 63
		for mask[i] = 0; m != 0; m &= m - 1 {
			last = i<<6 + bits.TrailingZeros64(m)
			if first < 0 {
				first, row = last, g.Active[last*g.Periods:(last+1)*g.Periods]
			}
			row[last]++
		}
	}
	g.Last[first*g.Periods+last]++
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
	x.bits, x.words = uint(bits.Len(uint(x.n))), (x.n+63)/64
	return x, true
}
