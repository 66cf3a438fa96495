package funnel

import (
	"cmp"
	"math"
	"math/bits"
)

// noStep is the kind of an event that is of no step.
const noStep = math.MaxUint8

// A mark is an event of one customer, as a machine sees it.
type mark struct {
	at   int64
	kind uint8 // index in masks, or noStep
}

// A machine is a compiled funnel. It takes the events of a customer in the order of
// time, ties as the funnel wants them.
type machine struct {
	mode   Mode
	steps  int
	window int64                     // math.MaxInt64 if any
	within [MaxSteps]int64           // since the step before; math.MaxInt64 if any
	masks  [math.MaxUint8 + 1]uint32 // by kind: bit k for step k, counted from 0
}

func (f Funnel) machine(masks []uint32) *machine {
	m := &machine{mode: cmp.Or(f.Mode, Ordered), steps: len(f.Steps), window: orForever(f.Window)}
	for i, s := range f.Steps {
		m.within[i] = orForever(s.Within)
	}
	copy(m.masks[:], masks)
	return m
}

func orForever(window int64) int64 { return cmp.Or(window, math.MaxInt64) }

// A journey is how far a customer came, in steps, and the time of the last
// event that a window could begin at, if came is above 0.
type journey struct {
	came int
	last int64
}

func (m *machine) journey(marks []mark) journey {
	switch m.mode {
	case Adjacent:
		return m.adjacent(marks)
	case AnyOrder:
		return m.anyOrder(marks)
	default:
		return m.ordered(marks)
	}
}

// A chain is the latest way through the first steps: the times of its first and of
// its last event.
type chain struct{ first, last int64 }

// ordered goes through the events once. For each number of steps it keeps the
// chain that ended last. No chain of as many steps began later, since the chains
// that end later can take any beginning that those before them could. So if this
// one cannot go on, no other can: neither for the window, which asks for a late
// first event, nor for the time since the step before, which asks for a late last
// one. An event extends the longest chains first, lest it serve as two steps; under
// StrictTime all events of one time count as one event of all their steps.
func (m *machine) ordered(marks []mark) journey {
	var chains [MaxSteps]chain
	came := 0
	for i := 0; i < len(marks); {
		end, steps := m.group(marks, i)
		at := marks[i].at
		for rest := steps; rest != 0; {
			k := bits.Len32(rest) - 1
			rest &^= 1 << k
			if k == 0 && (came == 0 || m.mode != FirstTouch) {
				chains[0], came = chain{at, at}, max(came, 1)
			}
			if k == 0 || came < k || at-chains[k-1].first > m.window || at-chains[k-1].last > m.within[k] {
				continue
			}
			chains[k], came = chain{chains[k-1].first, at}, max(came, k+1)
		}
		i = end
	}
	return journey{came, chains[0].first}
}

// group returns the end of the events that are taken together with the i-th, and
// the steps that they are of.
func (m *machine) group(marks []mark, i int) (end int, steps uint32) {
	end, steps = i+1, m.masks[marks[i].kind]
	for m.mode == StrictTime && end < len(marks) && marks[end].at == marks[i].at {
		steps |= m.masks[marks[end].kind]
		end++
	}
	return end, steps
}

// adjacent tries every first step; each try takes at most as long as the funnel.
func (m *machine) adjacent(marks []mark) journey {
	var j journey
	for i := range marks {
		if n := m.run(marks[i:]); n > 0 {
			j = journey{max(j.came, n), marks[i].at}
		}
	}
	return j
}

// run returns how many steps stand side by side at the beginning.
func (m *machine) run(marks []mark) int {
	for k := range min(m.steps, len(marks)) {
		x := marks[k]
		if m.masks[x.kind]&(1<<k) == 0 || x.at-marks[0].at > m.window || k > 0 && x.at-marks[k-1].at > m.within[k] {
			return k
		}
	}
	return min(m.steps, len(marks))
}

// anyOrder moves a window along the events and counts the different steps in it.
func (m *machine) anyOrder(marks []mark) journey {
	var count [MaxSteps]int
	var j journey
	different, from := 0, 0
	for _, x := range marks {
		if m.masks[x.kind] == 0 {
			continue
		}
		for ; x.at-marks[from].at > m.window; from++ {
			if mask := m.masks[marks[from].kind]; mask != 0 {
				k := bits.TrailingZeros32(mask)
				if count[k]--; count[k] == 0 {
					different--
				}
			}
		}
		k := bits.TrailingZeros32(m.masks[x.kind])
		if count[k]++; count[k] == 1 {
			different++
		}
		j = journey{max(j.came, different), x.at}
	}
	return j
}
