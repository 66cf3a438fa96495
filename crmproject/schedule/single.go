package schedule

import "context"

// A singleWorker plans one iteration after the other with the forward pass of
// plans, which knows several calendars, elapsed lags and mornings.
type singleWorker struct {
	*simulator

	run    *run
	onPath []bool // by position
	mine   []int  // critical, see simulator
	total  []sum
}

func newSingleWorker(s *simulator) *singleWorker {
	n := s.model.Len()
	duration := append([]int(nil), s.fixed...)
	return &singleWorker{
		simulator: s, run: newRun(s.model, s.shift, duration),
		onPath: make([]bool, n), mine: make([]int, n), total: make([]sum, n),
	}
}

func (w *singleWorker) collect() { w.add(w.mine, w.total) }

func (w *singleWorker) iterate(ctx context.Context, from, until int) error {
	for ; from < until; from++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.sample(from); err != nil {
			return err
		}
		w.run.forward()
		if w.run.clock.lost {
			w.run.clock.lost = false
			return w.model.beyond(w.run)
		}
		w.finishes[from] = w.run.total()
		w.trace(w.finishes[from])
	}
	return nil
}

// sample draws the durations of an iteration.
func (w *singleWorker) sample(iteration int) error {
	key, scale := iterationKey(w.seed, iteration), float64(uint64(1)<<w.shift)
	for p, spread := range w.spreads {
		if spread == nil {
			continue
		}
		v := spread.Quantile(uniform(w.keys[p], key))
		if !(v >= 0 && v <= w.most[p]) {
			return w.broken(p, iteration)
		}
		w.run.duration[p] = int(float64(v*scale) + 0.5)
		w.total[p].add(uint64(w.run.duration[p]))
	}
	return nil
}

// trace marks what drives the finish, back along the links that are tight.
func (w *singleWorker) trace(finish int) {
	m := w.model
	clear(w.onPath)
	for p := len(w.onPath) - 1; p >= 0; p-- {
		if m.states[p] == Finished || !w.onPath[p] && w.run.finish[p] != finish {
			continue
		}
		w.mine[p]++
		for e := m.first[p]; e < m.first[p+1]; e++ {
			if !m.past(e) && w.run.demand(p, e) == w.run.spot[p] {
				w.onPath[m.from[e]] = true
			}
		}
	}
}
