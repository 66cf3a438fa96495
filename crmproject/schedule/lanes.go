package schedule

import (
	"context"
	"fmt"
	"math/bits"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// width is how many iterations are planned side by side: the links of the
// network are read once for all of them.
const width = 8

// A lane row holds one time of an activity in each of the iterations.
type laneRow [width]int

// lanes is a model in which all times are positions on one calendar, or offsets,
// so that planning takes nothing but additions and comparisons.
type lanes struct {
	first []int32 // by position: where its links begin; one more at the end
	links []laneLink
	start []int // by position: lowest starts, scaled
	end   []int // by position: lowest finishes, scaled
	fixed int   // latest instant of what is finished, scaled
	floor int   // instant, scaled
}

type laneLink struct {
	from int32
	kind Type
	lag  int
}

// newLanes returns the lanes of a simulator, nil if its times do not all lie on
// one calendar, or not at evenings.
func newLanes(s *simulator) *lanes {
	m := s.model
	if m.clock.works != nil && !m.single() {
		return nil
	}
	r := newRun(m, s.shift, s.fixed)
	l := &lanes{first: make([]int32, 1, m.Len()+1), floor: m.floor << s.shift}
	for p := range m.order {
		if m.states[p] == Finished {
			r.finish[p], r.start[p] = m.ends[p]<<s.shift, m.starts[p]<<s.shift
			l.fixed = max(l.fixed, r.finish[p])
			l.start, l.end = append(l.start, 0), append(l.end, 0)
		} else {
			r.start[p] = s.begun(p)
			l.bound(s, r, p)
			l.take(r, p)
		}
		l.first = append(l.first, int32(len(l.links)))
	}
	return l
}

// begun returns the instant of an actual start.
func (s *simulator) begun(p int) int {
	if s.model.starts == nil {
		return 0
	}
	return s.model.starts[p] << s.shift
}

// single reports whether whatever is left lies on one calendar, counts no
// elapsed days and has no time between evening and morning.
func (m *model) single() bool {
	which := int32(-1)
	for p := range m.order {
		if m.states[p] == Finished {
			continue
		}
		if which < 0 {
			which = m.calendarAt(p)
		}
		if m.calendarAt(p) != which || m.kinds[p] == StartMilestone || m.kinds[p] == Milestone && m.low[p] != m.floor {
			return false
		}
		for e := m.first[p]; e < m.first[p+1]; e++ {
			if m.unitOf(e) == Elapsed && m.lag[e] != 0 || m.states[m.from[e]] != NotStarted && m.kinds[p] == Milestone {
				return false
			}
		}
	}
	return true
}

// bound works out the lowest start and finish of the activity at p.
func (l *lanes) bound(s *simulator, r *run, p int) {
	start := s.model.low[p]
	if s.model.kinds[p] == Milestone {
		start = s.model.clock.rank(r.calendarAt(p), start)
	}
	start <<= s.shift
	end := start
	if r.end != nil && r.kinds[p] == Work {
		end = r.end[p] << s.shift
	}
	for e := r.first[p]; e < r.first[p+1]; e++ {
		switch {
		case !r.past(e):
		case r.typeOf(e).toFinish() && r.kinds[p] == Work:
			end = max(end, r.demand(p, e)+r.duration[p])
		default:
			start = max(start, r.demand(p, e))
		}
	}
	l.start, l.end = append(l.start, start), append(l.end, end)
}

// take adds the links to p that leave something that is still to come.
func (l *lanes) take(r *run, p int) {
	for e := r.first[p]; e < r.first[p+1]; e++ {
		if !r.past(e) {
			l.links = append(l.links, laneLink{r.from[e], r.typeOf(e), r.lagOf(e) << r.clock.shift})
		}
	}
}

// past reports whether link e leaves what has happened already.
func (m *model) past(e int32) bool {
	s := m.states[m.from[e]]
	return s == Finished || s == InProgress && m.typeOf(e).fromStart()
}

// errBeyond is the error where a calendar ends before an iteration does.
var errBeyond = fmt.Errorf("schedule: %w: a finish lies outside the years 1 to 9999", verdict.ErrRange)

// A laneWorker plans iterations side by side.
type laneWorker struct {
	*simulator

	clock         clock
	duration      []laneRow
	start, finish []laneRow
	onPath        []uint8 // by position: the iterations in which it is critical
	mine          []int   // critical, see simulator
	total         []sum
}

func newLaneWorker(s *simulator) *laneWorker {
	n := s.model.Len()
	w := &laneWorker{
		simulator: s, clock: clock{works: s.model.clock.works, shift: s.shift},
		duration: make([]laneRow, n), start: make([]laneRow, n), finish: make([]laneRow, n),
		onPath: make([]uint8, n), mine: make([]int, n), total: make([]sum, n),
	}
	for p, d := range s.fixed {
		for k := range width {
			w.duration[p][k] = d
		}
	}
	return w
}

func (w *laneWorker) collect() { w.add(w.mine, w.total) }

func (w *laneWorker) iterate(ctx context.Context, from, until int) error {
	for ; from < until; from += width {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.sample(from, min(width, until-from)); err != nil {
			return err
		}
		w.trace(w.forward(), from, min(width, until-from))
		if w.clock.lost {
			return errBeyond
		}
	}
	return nil
}

// sample draws the durations of so many iterations, the first one being from.
func (w *laneWorker) sample(from, count int) error {
	var keys [width]uint64
	for k := range count {
		keys[k] = iterationKey(w.seed, from+k)
	}
	scale := float64(uint64(1) << w.shift)
	failed := -1 // position, in the iteration that comes first
	for p, spread := range w.spreads {
		if spread == nil {
			continue
		}
		row, key, most := &w.duration[p], w.keys[p], w.most[p]
		var drawn uint64
		for k := range count {
			v := spread.Quantile(uniform(key, keys[k]))
			if !(v >= 0 && v <= most) {
				failed, count = p, k // earlier iterations may fail at a later position
				break
			}
			row[k] = int(float64(v*scale) + 0.5)
			drawn += uint64(row[k])
		}
		w.total[p].add(drawn)
	}
	if failed >= 0 {
		return w.broken(failed, from+count)
	}
	return nil
}

// forward plans the iterations and returns the latest finish of each.
func (w *laneWorker) forward() laneRow {
	var last laneRow
	l := w.lanes
	for p := range w.start {
		var start, end laneRow
		for k := range width {
			start[k], end[k] = l.start[p], l.end[p]
		}
		for _, link := range l.links[l.first[p]:l.first[p+1]] {
			switch link.kind {
			case FS:
				later(&start, &w.finish[link.from], link.lag)
			case SS:
				later(&start, &w.start[link.from], link.lag)
			case FF:
				later(&end, &w.finish[link.from], link.lag)
			case SF:
				later(&end, &w.start[link.from], link.lag)
			}
		}
		d := &w.duration[p]
		for k := range width {
			start[k] = max(start[k], end[k]-d[k])
			end[k] = start[k] + d[k]
			last[k] = max(last[k], end[k])
		}
		w.start[p], w.finish[p] = start, end
	}
	return last
}

// later moves times behind others by a lag.
func later(row, behind *laneRow, lag int) {
	for k := range width {
		row[k] = max(row[k], behind[k]+lag)
	}
}

// trace records the finish of each iteration and marks what drives it, back
// along the links that are tight.
func (w *laneWorker) trace(last laneRow, from, count int) {
	all := uint8(1<<count - 1)
	for k := range count {
		w.finishes[from+k] = w.instant(&w.clock, last[k])
	}
	clear(w.onPath)
	for p := len(w.onPath) - 1; p >= 0; p-- {
		if w.model.states[p] == Finished {
			continue
		}
		on := w.onPath[p] | w.equal(&w.finish[p], &last)&all
		if on == 0 {
			continue
		}
		w.mine[p] += bits.OnesCount8(on)
		for _, link := range w.lanes.links[w.lanes.first[p]:w.lanes.first[p+1]] {
			w.onPath[link.from] |= on & w.tight(p, link)
		}
	}
}

// equal returns the iterations in which two times are the same.
func (w *laneWorker) equal(a, b *laneRow) uint8 {
	var mask uint8
	for k := range width {
		if a[k] == b[k] {
			mask |= 1 << k
		}
	}
	return mask
}

// tight returns the iterations in which a link holds the activity at p.
func (w *laneWorker) tight(p int, l laneLink) uint8 {
	behind, held := w.finish[l.from], &w.start[p]
	if l.kind.fromStart() {
		behind = w.start[l.from]
	}
	if l.kind.toFinish() {
		held = &w.finish[p]
	}
	for k := range width {
		behind[k] += l.lag
	}
	return w.equal(&behind, held)
}

// instant turns the latest position of an iteration into the instant at which
// all is finished.
func (s *simulator) instant(c *clock, x int) int {
	if c.works == nil {
		return max(x, 0)
	}
	t := max(s.lanes.fixed, s.model.origin<<s.shift)
	for p, state := range s.model.states {
		if state != Finished {
			return max(t, s.lanes.floor, c.shut(s.model.calendarAt(p), x))
		}
	}
	return t
}
