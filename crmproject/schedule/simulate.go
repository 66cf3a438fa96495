package schedule

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// SimOptions are the options of [Plan.Simulate]. The zero value simulates fixed
// durations, which is of little use: give spreads.
type SimOptions struct {
	// Spreads are the distributions of durations by id, for work in progress of
	// what remains, in working units of the activity's calendar. An activity
	// without one takes its planned duration, and what is finished is not drawn.
	Spreads    map[string]Spread
	Iterations int    // 0 means 10,000; at most 2³⁰
	Seed       uint64 // equal seeds give equal results
	Workers    int    // goroutines; 0 means GOMAXPROCS
	// Progress, if not nil, is told from time to time how many iterations are
	// done. The calls come one after another, from changing goroutines.
	Progress func(done, total int64)
}

const (
	defaultIterations = 10_000
	maxIterations     = 1 << 30
)

// Simulate draws durations many times and plans the network with each set of
// them (Monte Carlo simulation; R. M. Van Slyke, "Monte Carlo methods and the
// PERT problem", Operations Research 11, 1963). Calendars, constraints and
// progress act as in the plan; durations need not be whole days.
//
// Durations are drawn independently of each other. A draw depends on the seed,
// the id of the activity and the number of the iteration only: it stays the same
// whatever else is in the network, and results are the same for any number of
// workers. Times are added as fixed-point numbers of 2⁻³² units, fewer bits only
// where longer durations than 2²⁵ units in sum ask for it, so that no order of
// additions changes anything.
//
// The error is that of ctx if it ends first. It wraps [verdict.ErrUnknown] for
// spreads of unknown ids, all named, [verdict.ErrInvalid] for a spread whose
// quantiles are not finite, not ascending or negative, and [verdict.ErrRange]
// for options or times out of range.
func (p *Plan) Simulate(ctx context.Context, o SimOptions) (*Simulation, error) {
	s, err := newSimulator(p, o)
	if err != nil {
		return nil, err
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	return s.result()
}

// A simulator is what the workers share.
type simulator struct {
	plan       *Plan
	model      *model
	shift      uint
	iterations int
	seed       uint64
	workers    int
	progress   func(done, total int64)
	spreads    []Spread  // by position, nil for fixed durations
	keys       []uint64  // by position, of activities with a spread
	most       []float64 // by position: the largest draw
	fixed      []int     // by position: scaled durations without spread
	finishes   []int     // by iteration, instants
	lanes      *lanes    // nil where times are not all on one calendar

	lock     sync.Mutex
	critical []int // by position: iterations
	sums     []sum // by position: of durations
	done     int64
}

// A sum is an unsigned number of 128 bits.
type sum struct{ hi, lo uint64 }

func (s *sum) add(v uint64) {
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, v, 0)
	s.hi += carry
}

func (s *sum) merge(t sum) {
	s.add(t.lo)
	s.hi += t.hi
}

func (s *sum) float() float64 { return math.Ldexp(float64(s.hi), 64) + float64(s.lo) }

func newSimulator(p *Plan, o SimOptions) (*simulator, error) {
	s := &simulator{
		plan: p, iterations: o.Iterations, seed: o.Seed, workers: o.Workers, progress: o.Progress,
	}
	if s.iterations == 0 {
		s.iterations = defaultIterations
	}
	if s.workers == 0 {
		s.workers = runtime.GOMAXPROCS(0)
	}
	if s.iterations < 1 || s.iterations > maxIterations || s.workers < 0 {
		return nil, fmt.Errorf("schedule: simulation: iterations %d, workers %d: %w", o.Iterations, o.Workers, verdict.ErrRange)
	}
	if err := s.take(o.Spreads); err != nil {
		return nil, err
	}
	if err := s.remodel(); err != nil {
		return nil, err
	}
	if err := s.scale(); err != nil {
		return nil, err
	}
	s.finishes = make([]int, s.iterations)
	s.critical, s.sums = make([]int, s.model.Len()), make([]sum, s.model.Len())
	s.lanes = newLanes(s)
	return s, nil
}

// take puts the spreads in the order of positions.
func (s *simulator) take(spreads map[string]Spread) error {
	m := s.plan.model
	s.spreads, s.keys, s.most = make([]Spread, m.Len()), make([]uint64, m.Len()), make([]float64, m.Len())
	var f verdict.Faults
	for _, id := range slices.Sorted(maps.Keys(spreads)) {
		at, ok := m.find(id)
		switch {
		case !ok:
			f.Unknown("spreads", id)
		case spreads[id] == nil:
			f.Missing(verdict.Key("spreads", id))
		case m.states[at] != Finished:
			s.spreads[at], s.keys[at] = spreads[id], activityKey(id)
			s.most[at] = spreads[id].Quantile(uniformMax)
			if !(s.most[at] >= 0 && s.most[at] <= maxEstimate) {
				f.Addf(verdict.Key("spreads", id), "%w: quantile %v at the largest draw, want 0 to 2⁵²", verdict.ErrInvalid, s.most[at])
			}
		}
	}
	return f.Err()
}

// remodel makes a model in which what has a spread is work: a milestone whose
// duration is drawn is none.
func (s *simulator) remodel() error {
	s.model = s.plan.model
	kinds := slices.Clone(s.model.kinds)
	for p := range kinds {
		if s.spreads[p] != nil {
			kinds[p] = Work
		}
	}
	if slices.Equal(kinds, s.model.kinds) {
		return nil
	}
	s.model = newModel(s.model.Network, s.model.clock.works, s.model.origin, kinds)
	if s.plan.status.AsOf != 0 {
		s.model.progress(&s.plan.status)
	}
	return s.model.limit()
}

// scale chooses how many bits of fraction times have: as many as leave room for
// the longest path there could be, at most 32.
func (s *simulator) scale() error {
	m := s.model
	span := float64(m.floor)
	for p := range m.order {
		if s.spreads[p] == nil {
			span += float64(m.left[p])
		}
		span += s.most[p]
	}
	for e := range m.from {
		span += math.Abs(float64(m.lagOf(int32(e))))
	}
	bound := 0.0
	for p, low := range m.low {
		bound = max(bound, math.Abs(float64(low)))
		if m.end != nil {
			bound = max(bound, math.Abs(float64(m.end[p])))
		}
	}
	const room, most, least = 57, 32, 8
	_, exponent := math.Frexp(span + bound)
	if exponent > room-least {
		return fmt.Errorf("schedule: simulation: %w: durations may add up to %.3g units", verdict.ErrRange, span)
	}
	s.shift = uint(min(room-exponent, most))
	s.fixed = make([]int, m.Len())
	for p, d := range m.left {
		if s.spreads[p] == nil && m.states[p] != Finished {
			s.fixed[p] = d << s.shift
		}
	}
	return nil
}

// A worker plans runs of iterations. It reports the first iteration that
// failed, if any.
type worker interface {
	iterate(ctx context.Context, from, until int) error
	collect()
}

// run shares the iterations out. Of several failures the one in the earliest
// part is reported: every part before it has been handed out and is finished.
func (s *simulator) run(ctx context.Context) error {
	size := s.part()
	parts := (s.iterations + size - 1) / size
	failures := make([]error, parts)
	var next, stop atomic.Int64
	stop.Store(int64(parts))
	var group sync.WaitGroup
	var panicked atomic.Pointer[any]
	for range min(s.workers, parts) {
		group.Go(func() {
			defer func() {
				if v := recover(); v != nil { // from a spread; it goes on in the caller's goroutine
					panicked.CompareAndSwap(nil, &v)
					stop.Store(-1)
				}
			}()
			w := s.worker()
			for part := next.Add(1) - 1; part < stop.Load(); part = next.Add(1) - 1 {
				from := int(part) * size
				until := min(from+size, s.iterations)
				if err := w.iterate(ctx, from, until); err != nil {
					failures[part] = err
					lower(&stop, part)
				}
				s.tell(until - from)
			}
			w.collect()
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

// part returns how many iterations are handed out at once: some milliseconds of
// work, in full lanes.
func (s *simulator) part() int {
	const work = 1 << 18 // activities
	return min(max(work/(s.model.Len()+1)/width, 1), 64) * width
}

func (s *simulator) worker() worker {
	if s.lanes != nil {
		return newLaneWorker(s)
	}
	return newSingleWorker(s)
}

// tell reports progress.
func (s *simulator) tell(iterations int) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.done += int64(iterations)
	if s.progress != nil {
		s.progress(s.done, int64(s.iterations))
	}
}

// add takes over what a worker counted.
func (s *simulator) add(critical []int, sums []sum) {
	s.lock.Lock()
	defer s.lock.Unlock()
	for p := range critical {
		s.critical[p] += critical[p]
		s.sums[p].merge(sums[p])
	}
}

// broken says which spread broke its promise.
func (s *simulator) broken(p, iteration int) error {
	u := uniform(s.keys[p], iterationKey(s.seed, iteration))
	return fmt.Errorf("schedule: simulation: spread of %s: %w: quantile %v at %v, want 0 to %v",
		verdict.Quote(s.model.id(p)), verdict.ErrInvalid, s.spreads[p].Quantile(u), u, s.most[p])
}
