package funnel

import (
	"math/bits"
	"slices"
	"sort"
)

// path appends the indices of the events by which a customer came so many
// steps: from the first event that leads that far, each step at the earliest event
// from which the rest can still be reached. Without times since the step before,
// that is the earliest event of the step.
func (m *machine) path(dst []int, marks []mark, came int, s *pathScratch) []int {
	switch {
	case came == 0:
		return dst
	case m.mode == Adjacent:
		return m.adjacentPath(dst, marks, came)
	case m.mode == AnyOrder:
		return m.anyOrderPath(dst, marks, came)
	}
	m.lookBack(marks, came, s)
	k := 0
	for i, x := range marks {
		if k == came || s.leads[i]&(1<<k) == 0 {
			continue
		}
		if k > 0 && m.mode == StrictTime && x.at == marks[dst[len(dst)-1]].at {
			continue
		}
		dst, k = append(dst, i), k+1
	}
	return dst
}

// A pathScratch is reused from customer to customer.
type pathScratch struct {
	leads []uint32 // for each event, the steps that it could be on a way to the end
}

// lookBack finds out from where the end can be reached: the recurrence of
// ordered, mirrored. For each step it keeps the way to the end that begins first,
// which is also one that ends first.
func (m *machine) lookBack(marks []mark, came int, s *pathScratch) {
	s.leads = slices.Grow(s.leads[:0], len(marks))[:len(marks)]
	clear(s.leads)
	var ways [MaxSteps]chain
	known := uint32(0)
	only := -1
	if m.mode == FirstTouch {
		only = slices.IndexFunc(marks, func(x mark) bool { return m.masks[x.kind]&1 != 0 })
	}
	for end := len(marks); end > 0; {
		start, steps := m.groupBefore(marks, end)
		at := marks[start].at
		for rest := steps & (1<<came - 1); rest != 0; rest &= rest - 1 {
			k := bits.TrailingZeros32(rest)
			way := chain{at, at}
			if k < came-1 {
				if known&(1<<(k+1)) == 0 || ways[k+1].first-at > m.within[k+1] {
					continue
				}
				way.last = ways[k+1].last
			}
			if way.last-at > m.window || k == 0 && only >= 0 && start != only {
				continue
			}
			ways[k], known = way, known|1<<k
			for i := start; i < end; i++ {
				s.leads[i] |= m.masks[marks[i].kind] & (1 << k)
			}
		}
		end = start
	}
}

// groupBefore is group, backwards.
func (m *machine) groupBefore(marks []mark, end int) (start int, steps uint32) {
	start, steps = end-1, m.masks[marks[end-1].kind]
	for m.mode == StrictTime && start > 0 && marks[start-1].at == marks[end-1].at {
		start--
		steps |= m.masks[marks[start].kind]
	}
	return start, steps
}

func (m *machine) adjacentPath(dst []int, marks []mark, came int) []int {
	for i := range marks {
		if m.run(marks[i:]) < came {
			continue
		}
		for k := range came {
			dst = append(dst, i+k)
		}
		break
	}
	return dst
}

// anyOrderPath takes the first window with so many different steps, and of each
// step the first event in it.
func (m *machine) anyOrderPath(dst []int, marks []mark, came int) []int {
	from := m.firstWindow(marks, came)
	seen := uint32(0)
	for i := from; bits.OnesCount32(seen) < came; i++ {
		if mask := m.masks[marks[i].kind]; mask&^seen != 0 {
			dst, seen = append(dst, i), seen|mask
		}
	}
	return dst
}

// firstWindow returns where the first window with so many different steps begins: it
// is the one that ends with the shortest beginning of the events that has them.
func (m *machine) firstWindow(marks []mark, came int) int {
	end := sort.Search(len(marks), func(n int) bool { return m.anyOrder(marks[:n+1]).came >= came })
	last := marks[end].at
	return slices.IndexFunc(marks, func(x mark) bool { return m.masks[x.kind] != 0 && last-x.at <= m.window })
}
