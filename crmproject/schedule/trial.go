package schedule

import (
	"fmt"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Trial plans a network again and again with other durations, for those who know
// more of an iteration than [Plan.Simulate] does: that a risk happened in it and held
// up some work, say. An iteration is a Draw, any number of Adds, and as many Finishes as
// are of interest.
//
// It reuses its memory: none of the three allocates. So a Trial is for one goroutine;
// Clone makes one for another.
type Trial struct {
	s        *simulator // never changes
	run      *run       // with a model of its own, in which what is held up is work
	works    *model     // in which all that is left is work; nil until a milestone is held up
	unfit    bool       // works has bounds outside the calendar
	drawn    []int      // by position: scaled durations without what was added
	added    []int      // by position, scaled
	touched  []int      // positions that were added to
	tooLarge bool       // more was added than there is room for
	odd      int        // how many milestones are held up
}

// Trial returns a Trial of the plan, with iteration 0 drawn. The errors are those of
// [Plan.Simulate] for the same spreads and seed.
func (p *Plan) Trial(spreads map[string]Spread, seed uint64) (*Trial, error) {
	s, err := newSimulator(p, SimOptions{Spreads: spreads, Iterations: 1, Seed: seed, Workers: 1})
	if err != nil {
		return nil, err
	}
	t := &Trial{s: s}
	if err := t.init(); err != nil {
		return nil, err
	}
	return t, nil
}

// Clone returns another Trial of the same plan, spreads and seed, as [Plan.Trial] does.
// It may be called while t is used.
func (t *Trial) Clone() *Trial {
	c := &Trial{s: t.s}
	_ = c.init() // it went well for t, and spreads give the same again; one that does not is found by Draw
	return c
}

func (t *Trial) init() error {
	m := *t.s.model
	m.kinds, m.low, m.end = slices.Clone(m.kinds), slices.Clone(m.low), slices.Clone(m.end)
	t.drawn, t.added, t.touched = slices.Clone(t.s.fixed), make([]int, m.Len()), make([]int, 0, m.Len())
	t.run = newRun(&m, t.s.shift, slices.Clone(t.drawn))
	return t.Draw(0)
}

// Draw draws the durations of an iteration, from 0, as [Plan.Simulate] does with the
// same spreads and seed, and takes back what was added. The error wraps
// [verdict.ErrInvalid] for a spread that breaks its promise, and [verdict.ErrRange] for
// an iteration that Simulate could not have.
func (t *Trial) Draw(iteration int) error {
	if iteration < 0 || iteration >= maxIterations {
		return fmt.Errorf("schedule: trial: iteration %d: %w", iteration, verdict.ErrRange)
	}
	for _, p := range t.touched {
		t.added[p] = 0
		t.apply(p)
	}
	t.touched, t.tooLarge = t.touched[:0], false
	key, scale := iterationKey(t.s.seed, iteration), float64(uint64(1)<<t.s.shift)
	for p, spread := range t.s.spreads {
		if spread == nil {
			continue
		}
		v := spread.Quantile(uniform(t.s.keys[p], key))
		if !(v >= 0 && v <= t.s.most[p]) {
			return t.s.broken(p, iteration)
		}
		t.drawn[p] = int(float64(v*scale) + 0.5)
		t.run.duration[p] = t.drawn[p]
	}
	return nil
}

// Add makes an activity take some units of its calendar longer until the next Draw, or
// shorter if they are negative, but not less than none. It takes the place of the
// activity in the definition, see [Network.Index], and panics if that is not in range.
// What is added twice adds up exactly, so that adding −x takes x back. A milestone that
// is held up is work until all is taken back, as one with a spread is; what is finished
// stays as it is.
func (t *Trial) Add(i int, units float64) {
	const room = 1 << 57
	p := int(t.run.position[i])
	scaled := math.Round(math.Ldexp(units, int(t.s.shift))) // to both sides alike
	switch {
	case t.run.states[p] == Finished:
		return
	case !(math.Abs(scaled+float64(t.added[p])) <= room): // so that NaN is too large
		t.tooLarge = true
		return
	}
	if !slices.Contains(t.touched, p) {
		t.touched = append(t.touched, p)
	}
	t.added[p] += int(scaled)
	t.apply(p)
}

// apply puts the duration of the activity at p into the run, and makes it work or what
// it is without it.
func (t *Trial) apply(p int) {
	t.run.duration[p] = max(t.drawn[p]+t.added[p], 0)
	own, from := t.run.model, t.s.model
	if from.kinds[p] == Work {
		return
	}
	if own.kinds[p] == Work {
		t.odd--
	}
	if t.added[p] != 0 {
		from = t.held()
		t.tooLarge = t.tooLarge || t.unfit
		t.odd++
	}
	own.kinds[p], own.low[p] = from.kinds[p], from.low[p]
	if from.end != nil {
		if own.end == nil {
			own.end = slices.Clone(own.low)
		}
		own.end[p] = from.end[p]
	} else if own.end != nil {
		own.end[p] = from.low[p]
	}
}

// held returns the model in which all that is left is work. The bounds of a place hang
// on its own kind alone, so that they can be taken over one by one.
func (t *Trial) held() *model {
	if t.works != nil {
		return t.works
	}
	from := t.s.model
	kinds := slices.Clone(from.kinds)
	for p := range kinds {
		if from.states[p] != Finished {
			kinds[p] = Work
		}
	}
	t.works = newModel(from.Network, from.clock.works, from.origin, kinds)
	if t.s.plan.status.AsOf != 0 {
		t.works.progress(&t.s.plan.status)
	}
	t.unfit = t.works.limit() != nil
	return t.works
}

// Finish plans the network with the durations as they are, and returns the time from
// the start of the project to the finish of everything: working units in a plan of
// offsets, civil days in a plan with dates. The error wraps [verdict.ErrRange] if times
// are out of range.
func (t *Trial) Finish() (float64, error) {
	total := 0.0
	for _, p := range t.touched {
		total += math.Abs(float64(t.added[p]))
	}
	if t.tooLarge || total > 1<<57 {
		return 0, fmt.Errorf("schedule: trial: %w: more was added to durations than there is room for", verdict.ErrRange)
	}
	finish := t.plan()
	if t.run.clock.lost {
		err := t.run.beyond(t.run)
		t.run.clock.lost = false
		if err != nil {
			return 0, err
		}
		return 0, errBeyond
	}
	return math.Ldexp(float64(finish-t.run.origin<<t.s.shift), -int(t.s.shift)), nil
}

// plan places all activities and returns the instant at which all is finished: where
// the simulation plans side by side, likewise, unless a milestone is held up.
func (t *Trial) plan() int {
	if t.s.lanes == nil || t.odd > 0 {
		t.run.forward()
		return t.run.total()
	}
	l, start, finish, last := t.s.lanes, t.run.start, t.run.finish, 0
	for p, d := range t.run.duration {
		at, end := l.start[p], l.end[p]
		for _, link := range l.links[l.first[p]:l.first[p+1]] {
			switch link.kind {
			case FS:
				at = max(at, finish[link.from]+link.lag)
			case SS:
				at = max(at, start[link.from]+link.lag)
			case FF:
				end = max(end, finish[link.from]+link.lag)
			case SF:
				end = max(end, start[link.from]+link.lag)
			}
		}
		at = max(at, end-d)
		start[p], finish[p] = at, at+d
		last = max(last, at+d)
	}
	return t.s.instant(&t.run.clock, last)
}
