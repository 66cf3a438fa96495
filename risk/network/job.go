package network

import (
	"context"
	"sync"
	"sync/atomic"
)

// A job tells the caller how far the work is. A nil job tells nobody.
type job struct {
	mu          sync.Mutex
	tell        func(done, total int64)
	done, total int64
}

func newJob(tell func(done, total int64)) *job {
	if tell == nil {
		return nil
	}
	return &job{tell: tell}
}

// expect announces more work.
func (j *job) expect(n int64) {
	if j != nil {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.total += n
	}
}

// add tells that work was done.
func (j *job) add(n int64) {
	if j != nil {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.done += n
		j.total = max(j.total, j.done)
		j.tell(j.done, j.total)
	}
}

// each calls f for 0 to n-1 on the given number of goroutines and returns the
// error of the lowest number that failed, so that it depends on the work alone,
// or that of the context. f must not depend on what other calls of it do.
func each(ctx context.Context, n, workers int, f func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, workers) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				errs[i] = f(i)
			}
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
