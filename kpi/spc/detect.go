package spc

import (
	"math/bits"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A detector goes through points once. What it remembers of the last ones is a bit for
// each condition and point, the newest lowest; a rule is then a question about the low
// bits of a register.
type detector struct {
	rules     []Rule     // without RangeBeyond
	lower     [4]float64 // lines 0, 1, 2, 3 sigmas below the centre
	upper     [4]float64
	least     float64 // limits of the spread
	most      float64
	before    float64
	above     [4]uint16 // strictly above the line
	below     [4]uint16
	rises     uint16 // above the point before
	falls     uint16
	turns     uint16 // rises after a fall, or falls after a rise
	inside    uint16 // strictly within 1 sigma
	seen      int
	hasBeyond bool // RangeBeyond is asked for too
}

// newDetector is false if there are no limits.
func newDetector(l Limits, rules Rules) (*detector, bool) {
	if !l.Defined() {
		return nil, false
	}
	d := &detector{hasBeyond: rules.Has(RangeBeyond)}
	for r := range rules.Without(RangeBeyond.bit()).All() {
		d.rules = append(d.rules, r)
	}
	for k := range d.upper {
		d.lower[k], d.upper[k], _ = l.Zone(float64(k))
	}
	d.least, d.most, _ = l.SpreadBounds()
	return d, true
}

// point takes in the next point and appends the signals at it.
func (d *detector) point(to []Signal, i int, p Point) []Signal {
	if len(d.rules) == 0 {
		return to
	}
	d.push(p.Value)
	for _, r := range d.rules {
		if direction, ok := d.met(r); ok {
			to = append(to, Signal{i, p.On, p.Value, r, direction})
		}
	}
	return to
}

// spread appends a signal if the spread at a point is beyond its limits.
func (d *detector) spread(to []Signal, i int, on calendar.Date, spread float64) []Signal {
	if d.hasBeyond && (spread < d.least || spread > d.most) {
		to = append(to, Signal{i, on, spread, RangeBeyond, 0})
	}
	return to
}

// push shifts the conditions of the next value into the registers.
func (d *detector) push(x float64) {
	for k := range d.upper {
		d.above[k] = d.above[k]<<1 | bit(x > d.upper[k])
		d.below[k] = d.below[k]<<1 | bit(x < d.lower[k])
	}
	rises, falls := d.seen > 0 && x > d.before, d.seen > 0 && x < d.before
	d.turns = d.turns<<1 | bit(rises)&d.falls | bit(falls)&d.rises
	d.rises = d.rises<<1 | bit(rises)
	d.falls = d.falls<<1 | bit(falls)
	d.inside = d.inside<<1 | bit(x < d.upper[1] && x > d.lower[1])
	d.before = x
	d.seen = min(d.seen+1, 16)
}

func bit(b bool) uint16 {
	if b {
		return 1
	}
	return 0
}

// met reports whether the rule is met at the last point, and which way it points.
func (d *detector) met(r Rule) (Direction, bool) {
	if d.seen < r.Span() {
		return 0, false
	}
	switch r {
	case Nelson1, Western1:
		return oneWay(d.above[3], d.below[3], 1, 1)
	case Nelson2:
		return oneWay(d.above[0], d.below[0], 9, 9)
	case Nelson3: // six points have five steps
		return oneWay(d.rises, d.falls, 5, 5)
	case Nelson4: // fourteen points have thirteen steps, so twelve turns
		return 0, has(d.turns, 12, 12)
	case Nelson5, Western2:
		return oneWay(d.above[2], d.below[2], 3, 2)
	case Nelson6, Western3:
		return oneWay(d.above[1], d.below[1], 5, 4)
	case Nelson7:
		return 0, has(d.inside, 15, 15)
	case Nelson8:
		return 0, has(d.above[1]|d.below[1], 8, 8)
	default: // Western4
		return oneWay(d.above[0], d.below[0], 8, 8)
	}
}

// has reports whether at least so many of the low bits are set.
func has(register uint16, window, atLeast int) bool {
	return bits.OnesCount16(register&(1<<window-1)) >= atLeast
}

// oneWay asks has of either side. Both cannot be, since more than half is asked for.
func oneWay(up, down uint16, window, atLeast int) (Direction, bool) {
	switch {
	case has(up, window, atLeast):
		return Up, true
	case has(down, window, atLeast):
		return Down, true
	default:
		return 0, false
	}
}
