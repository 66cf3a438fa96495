package control

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A runner plans every option in every iteration with the same draws.
type runner struct {
	*comparer
	iterations int
	workers    int
	delays     *delays
	options    []trial     // by option
	without    []int       // delays of which each is to be left out of the first option
	finishes   [][]float64 // by option, then by what is left out, and iteration

	lock sync.Mutex
	done int64
}

// A trial is an option that is ready to be tried.
type trial struct {
	*schedule.Trial
	held  [][]int // by delay: what it holds up
	atEnd []int   // delays of the finish
	end   closing
}

const (
	defaultIterations = 10_000
	maxIterations     = 1 << 30
)

// newRunner checks all there is to be checked before anything is drawn in earnest.
func newRunner(m *comparer) (*runner, error) {
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
		t, err := r.trial(one)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", verdict.Quote(one.action.ID), err)
		}
		r.options = append(r.options, t)
		r.finishes = append(r.finishes, make([]float64, r.iterations))
	}
	return r, nil
}

// trial finds what is held up in an option.
func (r *runner) trial(one candidate) (trial, error) {
	t := trial{held: make([][]int, len(r.delays.all))}
	for i, d := range r.delays.all {
		for _, id := range d.Activities {
			if x, ok := one.plan.Timing(id); ok && x.State != schedule.Finished {
				at, _ := one.plan.Network().Index(id)
				t.held[i] = append(t.held[i], at)
			}
		}
		if len(d.Activities) == 0 && one.open() { // what is over is not held up any more
			t.atEnd = append(t.atEnd, i)
		}
	}
	var err error
	if t.Trial, err = one.plan.Trial(one.spreads, r.Seed); err != nil {
		return trial{}, err
	}
	t.end, err = closingOf(one.plan)
	return t, err
}

// open reports whether something is left to be done.
func (c candidate) open() bool {
	for x := range c.plan.All() {
		if x.State != schedule.Finished {
			return true
		}
	}
	return false
}

// drawn returns the delays that hold up something in the first option.
func (r *runner) drawn() []int {
	var all []int
	for i, held := range r.options[0].held {
		if len(held) > 0 || slices.Contains(r.options[0].atEnd, i) {
			all = append(all, i)
		}
	}
	return all
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
	days   []float64 // of the delays
	on     []bool
	trials []trial // by option
}

func (r *runner) worker() *worker {
	w := &worker{runner: r, days: make([]float64, len(r.delays.all)), on: make([]bool, 0, len(r.delays.all))}
	for _, t := range r.options {
		t.Trial = t.Clone()
		w.trials = append(w.trials, t)
	}
	return w
}

func (w *worker) iterate(ctx context.Context, from, until int) error {
	for i := from; i < until; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if broken := w.delays.draw(w.Seed, i, w.days, w.on); broken >= 0 {
			return fmt.Errorf("%s.days: %w: a quantile of %v", verdict.At("delays", broken), verdict.ErrInvalid, w.days[broken])
		}
		for k := range w.trials {
			if err := w.plan(k, i); err != nil {
				return fmt.Errorf("%s: %w", verdict.Quote(w.cases[k].action.ID), err)
			}
		}
		if err := w.leaveOut(i); err != nil {
			return fmt.Errorf("%s: %w", verdict.Quote(w.cases[0].action.ID), err)
		}
	}
	return nil
}

// plan plans an option in an iteration.
func (w *worker) plan(option, iteration int) (err error) {
	t := &w.trials[option]
	if err := t.Draw(iteration); err != nil {
		return err
	}
	for i, days := range w.days {
		t.hold(i, days)
	}
	w.finishes[option][iteration], err = t.finish(w.days)
	return err
}

// leaveOut plans the first option without each delay. One that does not happen moves
// nothing.
func (w *worker) leaveOut(iteration int) (err error) {
	t := &w.trials[0]
	for k, at := range w.without {
		finish, days := w.finishes[0][iteration], w.days[at]
		if days != 0 {
			w.days[at] = 0
			t.hold(at, -days)
			finish, err = t.finish(w.days)
			t.hold(at, days)
			if w.days[at] = days; err != nil {
				return err
			}
		}
		w.finishes[len(w.options)+k][iteration] = finish
	}
	return nil
}

// hold has what a delay holds up take so many days longer.
func (t *trial) hold(delay int, days float64) {
	if days == 0 {
		return
	}
	for _, at := range t.held[delay] {
		t.Add(at, days)
	}
}

// finish returns when everything is finished, with the delays of the finish.
func (t *trial) finish(days []float64) (float64, error) {
	finish, err := t.Finish()
	if err != nil {
		return 0, err
	}
	late := 0.0
	for _, i := range t.atEnd {
		late += days[i]
	}
	return t.end.later(finish, late)
}
