package bulk

import (
	"context"
	"sync"
	"sync/atomic"
)

// chunkRows is how many events are a task: enough to make handing them out cost
// nothing, few enough that a busy core does not hold up the others.
const chunkRows = 1 << 18

// A team is the workers of one job. Which of them does a task is left to chance,
// and makes no difference.
type team struct {
	ctx      context.Context //nolint:containedctx // a team lives as long as one call, whose context it is
	size     int
	progress func(done, total int64)
	total    int64

	telling sync.Mutex
	done    int64
}

// each does the tasks 0 to n−1, all by one worker each. It returns early if the
// context is done, and then its error.
func (t *team) each(n int, task func(worker, i int)) error {
	var next atomic.Int64
	work := func(worker int) {
		for t.ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			task(worker, i)
		}
	}
	var others sync.WaitGroup
	for worker := 1; worker < min(t.size, n); worker++ {
		others.Go(func() { work(worker) })
	}
	work(0)
	others.Wait()
	return t.ctx.Err()
}

// chunks does a task for each chunk of rows.
func (t *team) chunks(rows int, task func(worker, chunk, from, to int)) error {
	return t.each(chunksOf(rows), func(worker, i int) {
		from := i * chunkRows
		to := min(from+chunkRows, rows)
		task(worker, i, from, to)
	})
}

func chunksOf(rows int) int { return (rows + chunkRows - 1) / chunkRows }

// tell reports that so many more rows are done.
func (t *team) tell(rows int) {
	if t.progress == nil {
		return
	}
	t.telling.Lock()
	defer t.telling.Unlock()
	t.done += int64(rows)
	t.progress(t.done, t.total)
}
