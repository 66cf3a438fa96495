package control

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A runner plans every option in every iteration with the same draws. A simulation of
// schedule sorts its finishes, so what was drawn is put before it one iteration at a
// time, as fixed durations.
type runner struct {
	*comparer
	iterations int
	workers    int
	delays     *delays
	options    []trial     // by option
	finishes   [][]float64 // by option and iteration

	lock sync.Mutex
	done int64
}

// A trial is an option that is ready to be tried.
type trial struct {
	plan  *schedule.Plan
	works []work
	atEnd []int // delays of the finish
	end   closing
}

// A work is an activity that is not finished and whose duration is drawn or held up.
type work struct {
	id     string
	key    uint64
	spread schedule.Spread // nil: as planned
	most   float64         // the largest draw
	left   float64         // planned duration, or what is left of it
	heldUp []int           // delays
}

// A duration is one that was drawn.
type duration struct{ units float64 }

// Quantile returns the duration, whatever the probability.
func (d *duration) Quantile(float64) float64 { return d.units }

const (
	defaultIterations = 10_000
	maxIterations     = 1 << 30
)

// newRunner checks all there is to be checked before anything is drawn in earnest.
func newRunner(ctx context.Context, m *comparer) (*runner, error) {
	r := &runner{comparer: m, iterations: m.Iterations, workers: m.Workers, delays: m.delays()}
	if r.iterations == 0 {
		r.iterations = defaultIterations
	}
	if r.workers == 0 {
		r.workers = runtime.GOMAXPROCS(0)
	}
	if r.iterations < 1 || r.iterations > maxIterations || r.workers < 0 {
		return nil, fmt.Errorf("iterations %d, workers %d: %w", m.Iterations, m.Workers, verdict.ErrRange)
	}
	for _, one := range m.cases {
		// The simulation knows what is wrong with spreads.
		probe := schedule.SimOptions{Spreads: one.spreads, Iterations: 1, Seed: m.Seed, Workers: 1}
		if _, err := one.plan.Simulate(ctx, probe); err != nil {
			return nil, fmt.Errorf("%s: %w", verdict.Quote(one.action.ID), err)
		}
		t, err := r.trial(one)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", verdict.Quote(one.action.ID), err)
		}
		r.options = append(r.options, t)
		r.finishes = append(r.finishes, make([]float64, r.iterations))
	}
	return r, nil
}

// trial finds what is to be drawn of an option.
func (r *runner) trial(one candidate) (trial, error) {
	t := trial{plan: one.plan}
	held := map[string][]int{}
	for i, d := range r.delays.all {
		for _, id := range d.Activities {
			held[id] = append(held[id], i)
		}
		if len(d.Activities) == 0 {
			t.atEnd = append(t.atEnd, i)
		}
	}
	open := false
	for x := range one.plan.All() {
		if x.State == schedule.Finished {
			continue
		}
		open = true
		w := work{id: x.ID, spread: one.spreads[x.ID], heldUp: held[x.ID]}
		if w.spread == nil && w.heldUp == nil {
			continue
		}
		w.key, w.left = keyOf(x.ID), float64(left(one.plan, x.ID))
		if w.spread != nil {
			w.most = w.spread.Quantile(uniformMax)
		}
		t.works = append(t.works, w)
	}
	if !open {
		t.atEnd = nil // what is over is not held up any more
	}
	var err error
	t.end, err = closingOf(one.plan)
	return t, err
}

// drawn returns the ids of the delays that hold up something if nothing is done.
func (r *runner) drawn() []string {
	in := make([]bool, len(r.delays.all))
	for _, i := range r.options[0].atEnd {
		in[i] = true
	}
	for _, w := range r.options[0].works {
		for _, i := range w.heldUp {
			in[i] = true
		}
	}
	var ids []string
	for i, d := range r.delays.all {
		if in[i] {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// portion is how many iterations a worker takes at once.
const portion = 32

// run shares the iterations out. Of several failures the one of the earliest portion
// is reported: all before it have been handed out and are finished.
func (r *runner) run(ctx context.Context) error {
	portions := (r.iterations + portion - 1) / portion
	failures := make([]error, portions)
	var next, stop atomic.Int64
	stop.Store(int64(portions))
	var panicked atomic.Pointer[any]
	var group sync.WaitGroup
	for range min(r.workers, portions) {
		group.Go(func() {
			defer func() {
				if v := recover(); v != nil { // from a law; it goes on in the caller's goroutine
					panicked.CompareAndSwap(nil, &v)
					stop.Store(-1)
				}
			}()
			w := r.worker()
			for k := next.Add(1) - 1; k < stop.Load(); k = next.Add(1) - 1 {
				from := int(k) * portion
				until := min(from+portion, r.iterations)
				if failures[k] = w.iterate(ctx, from, until); failures[k] != nil {
					lower(&stop, k)
				}
				r.tell(until - from)
			}
		})
	}
	group.Wait()
	if v := panicked.Load(); v != nil {
		panic(*v)
	}
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// lower lowers a to v unless it is lower.
func lower(a *atomic.Int64, v int64) {
	for old := a.Load(); v < old && !a.CompareAndSwap(old, v); old = a.Load() {
		continue
	}
}

// tell reports progress.
func (r *runner) tell(iterations int) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.done += int64(iterations * len(r.options))
	if r.Progress != nil {
		r.Progress(r.done, int64(r.iterations)*int64(len(r.options)))
	}
}

// A worker holds what one goroutine needs to plan iterations.
type worker struct {
	*runner
	days      []float64 // of the delays
	on        []bool
	durations [][]*duration                // by option and work
	spreads   []map[string]schedule.Spread // by option
}

func (r *runner) worker() *worker {
	w := &worker{runner: r, days: make([]float64, len(r.delays.all)), on: make([]bool, 0, len(r.delays.all))}
	for _, t := range r.options {
		all := make([]*duration, len(t.works))
		for i := range all {
			all[i] = new(duration)
		}
		w.durations, w.spreads = append(w.durations, all), append(w.spreads, map[string]schedule.Spread{})
	}
	return w
}

func (w *worker) iterate(ctx context.Context, from, until int) error {
	for i := from; i < until; i++ {
		if broken := w.delays.draw(w.Seed, i, w.days, w.on); broken >= 0 {
			return fmt.Errorf("%s.days: %w: a quantile of %v", verdict.At("delays", broken), verdict.ErrInvalid, w.days[broken])
		}
		for k := range w.options {
			finish, err := w.finish(ctx, k, i)
			if err != nil {
				return fmt.Errorf("%s: %w", verdict.Quote(w.cases[k].action.ID), err)
			}
			w.finishes[k][i] = finish
		}
	}
	return nil
}

// finish plans an option in an iteration.
func (w *worker) finish(ctx context.Context, option, iteration int) (float64, error) {
	t, spreads := &w.options[option], w.spreads[option]
	key := iterationKey(w.Seed, iteration)
	for i, x := range t.works {
		units := x.left
		if x.spread != nil {
			if units = x.spread.Quantile(uniform(x.key, key)); !(units >= 0 && units <= x.most) {
				return 0, fmt.Errorf("spread of %s: %w: quantile %v, want 0 to %v", verdict.Quote(x.id), verdict.ErrInvalid, units, x.most)
			}
		}
		late := w.late(x.heldUp)
		if x.spread == nil && late == 0 {
			delete(spreads, x.id) // a milestone that is not held up takes no time
			continue
		}
		d := w.durations[option][i]
		d.units = max(grain(units)+late, 0)
		spreads[x.id] = d
	}
	s, err := t.plan.Simulate(ctx, schedule.SimOptions{Spreads: spreads, Iterations: 1, Workers: 1})
	if err != nil {
		return 0, err
	}
	return t.end.later(s.Min, w.late(t.atEnd))
}

// late adds up the days of some delays.
func (w *worker) late(which []int) float64 {
	sum := 0.0
	for _, i := range which {
		sum += w.days[i]
	}
	return sum
}
