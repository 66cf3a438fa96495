package quant

import (
	"sync"
	"sync/atomic"
)

// parallel calls f for 0 to n−1, on several goroutines.
func parallel(workers, n int, f func(i int)) {
	workers = min(workers, n)
	if workers < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next counter
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for i := next.take(); i < n; i = next.take() {
				f(i)
			}
		})
	}
	wait.Wait()
}

// A counter hands out 0, 1, 2, … to several goroutines.
type counter struct{ n atomic.Int64 }

func (c *counter) take() int { return int(c.n.Add(1)) - 1 }

// A stage counts the steps of a stage of work, and tells the progress.
type stage struct {
	lock        sync.Mutex
	o           *Options
	done, total int64
}

// step counts one step more. Calls of Progress do not overlap.
func (s *stage) step() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.done++
	if s.o.Progress != nil {
		s.o.Progress(s.done, s.total)
	}
}
