package schedule

import (
	"runtime"
	"sync"
)

// parallel calls work for parts of the range from 0 to n that cover it, side by
// side if n is large. What the parts write must not overlap.
func parallel(n int, work func(lo, hi int)) {
	const least = 1 << 14
	parts := min(runtime.GOMAXPROCS(0), (n+least-1)/least)
	if parts <= 1 {
		work(0, n)
		return
	}
	var group sync.WaitGroup
	for i := range parts {
		group.Go(func() { work(n*i/parts, n*(i+1)/parts) })
	}
	group.Wait()
}
