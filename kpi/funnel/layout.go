package funnel

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A layout says how events are packed into words of 8 bytes. From the upper end: a bit
// for an event that matters, the time, the customer within his part, the kind. Once
// the customers are apart, the bits of theirs are free: words sort by time, then by
// what is put there, and then in the order of steps.
type layout struct {
	low   uint           // bits of a customer within his part
	shift uint           // bits below the time
	base  int64          // the time that is packed as 0
	first int64          // a time among those that matter
	apart uint64         // by how much times in order must differ
	near  bool           // no time that fits the layout is out of range
	kinds [1 << 8]uint64 // by step: kept and kind; notKind for a step that there is not
	pads  [few + 1]pad   // by number of words
	ties  uint64         // the bits of a word that do not matter to its order
}

// A pad is what words are joined with before they are sorted: places, where ties go by
// them; and behind the last word, what sorts behind every word.
type pad [few]uint64

const (
	kept     = 1 << 63
	kindBits = 6
	notKind  = 1 << kindBits
	other    = notKind - 1 // the kind of an event of no step; machines know it has none

	laneBits = 4
	few      = 1 << laneBits // words that are sorted at once
)

// partBits is the number of bits of a customer within a part: up to 2048 customers,
// whose words fit the second cache of a core, or as many as it takes to have at most
// 2048 parts.
func partBits(customers int) uint {
	n := bits.Len(uint(max(customers-1, 0)))
	return uint(max(min(11, n-8), n-11, 1))
}

// newLayout returns the layout of columns, which need not be free of bad rows.
func newLayout(c Columns, m *machine, asOf int64, ties Ties) *layout {
	x := &layout{low: partBits(c.Customers)}
	x.shift = kindBits + max(x.low, laneBits) // a customer's bits hold a place later
	for step := range x.kinds {
		x.kinds[step] = notKind
		if 0 < step && step <= m.steps {
			x.kinds[step] = kept | uint64(step-1)
		}
	}
	x.kinds[0] = 0
	if m.mode == Adjacent {
		x.kinds[0] = kept | other
	}
	x.ties = 1<<x.shift - 1
	if ties == Simultaneous {
		x.ties, x.apart = 0, 1
	}
	for n := range x.pads {
		for i := range few {
			x.pads[n][i] = uint64(i) << kindBits & x.ties
			if i >= n {
				x.pads[n][i] = math.MaxUint64
			}
		}
	}
	x.first = x.firstOf(c, asOf)
	// Whatever spans less than the limit fits twice that, around any of its times.
	x.base = x.first - x.limit() + 1
	x.near = -maxTime/2 <= x.first && x.first <= maxTime/2
	return x
}

// limit is what times that matter must span less than.
func (x *layout) limit() int64 { return 1 << (62 - x.shift) }

// firstOf returns the first time that matters, 0 if none does.
func (x *layout) firstOf(c Columns, asOf int64) int64 {
	for i, at := range c.Time {
		if at >= -maxTime && at <= asOf && x.kinds[c.Step[i]]&kept != 0 {
			return at
		}
	}
	return 0
}

// narrow returns an error if the times that matter span too much. It is asked if they
// might, and then looks at all of them.
func (x *layout) narrow(c Columns, asOf int64) error {
	first, last := x.first, x.first
	for i, at := range c.Time {
		if at <= asOf && x.kinds[c.Step[i]]&kept != 0 {
			first, last = min(first, at), max(last, at)
		}
	}
	if last-first >= x.limit() {
		return fmt.Errorf("columns.time: %w: %d seconds from the first to the last", verdict.ErrRange, last-first)
	}
	return nil
}
