package funnel_test

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/kpi/funnel"
)

// This file is the readable twin: the definitions, tried over all anchors and all
// ways through the steps, without a thought for time.

type slowEvent struct {
	at, order int64
	steps     []int // ascending, none for another event
}

// slowOrder puts the events of a customer into the order that ties are taken in.
func slowOrder(events []slowEvent, ties funnel.Ties) []slowEvent {
	rank := func(e slowEvent) (first, mask int) {
		if len(e.steps) == 0 {
			return 1 << 20, 0
		}
		for _, k := range e.steps {
			mask |= 1 << k
		}
		return e.steps[0], mask
	}
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b slowEvent) int {
		order := cmp.Compare(a.order, b.order)
		if ties == funnel.Simultaneous {
			order = 0
		}
		firstA, maskA := rank(a)
		firstB, maskB := rank(b)
		return cmp.Or(cmp.Compare(a.at, b.at), order, cmp.Compare(firstA, firstB), cmp.Compare(maskA, maskB))
	})
	return sorted
}

func within(seconds, window int64) bool { return window == 0 || seconds <= window }

// slowDepth returns how far a customer came.
func slowDepth(f funnel.Funnel, events []slowEvent) int {
	events = slowOrder(events, f.Ties)
	best := 0
	for i, e := range events {
		if f.Mode == funnel.AnyOrder {
			best = max(best, slowDifferent(f, events, i))
			continue
		}
		if !slices.Contains(e.steps, 0) {
			continue
		}
		best = max(best, slowFrom(f, events, i, i, 1))
		if f.Mode == funnel.FirstTouch {
			break
		}
	}
	return best
}

// slowLastAnchor returns the time of the last event that a window could begin at.
func slowLastAnchor(f funnel.Funnel, events []slowEvent) (last int64) {
	for _, e := range slowOrder(events, f.Ties) {
		if slices.Contains(e.steps, 0) || f.Mode == funnel.AnyOrder && len(e.steps) > 0 {
			last = e.at
			if f.Mode == funnel.FirstTouch {
				break
			}
		}
	}
	return last
}

func slowDifferent(f funnel.Funnel, events []slowEvent, anchor int) int {
	seen := map[int]bool{}
	for _, e := range events {
		if len(events[anchor].steps) > 0 && len(e.steps) > 0 && e.at >= events[anchor].at && within(e.at-events[anchor].at, f.Window) {
			seen[e.steps[0]] = true
		}
	}
	return len(seen)
}

// slowFrom returns how far one comes whose k-th step was the event last: the best of
// all ways on.
func slowFrom(f funnel.Funnel, events []slowEvent, anchor, last, k int) int {
	best := k
	if k == len(f.Steps) {
		return best
	}
	for i := last + 1; i < len(events); i++ {
		e := events[i]
		ok := slices.Contains(e.steps, k) && within(e.at-events[anchor].at, f.Window) && within(e.at-events[last].at, f.Steps[k].Within)
		if f.Mode == funnel.StrictTime && e.at == events[last].at {
			ok = false
		}
		if f.Mode == funnel.Adjacent && i > last+1 {
			break
		}
		if ok {
			best = max(best, slowFrom(f, events, anchor, i, k+1))
		}
	}
	return best
}

// greedy is the definition word for word, for funnels without a window for single
// steps: from each anchor, the earliest match of each step.
func greedy(f funnel.Funnel, events []slowEvent) int {
	events = slowOrder(events, f.Ties)
	best := 0
	for anchor, e := range events {
		if !slices.Contains(e.steps, 0) {
			continue
		}
		last, depth := anchor, 1
		for depth < len(f.Steps) {
			next := slices.IndexFunc(events[last+1:], func(x slowEvent) bool {
				return slices.Contains(x.steps, depth) && (f.Mode != funnel.StrictTime || x.at > events[last].at)
			})
			if next < 0 || !within(events[last+1+next].at-events[anchor].at, f.Window) {
				break
			}
			last, depth = last+1+next, depth+1
		}
		best = max(best, depth)
		if f.Mode == funnel.FirstTouch {
			break
		}
	}
	return best
}
