package quant

import (
	"context"
	"fmt"
	"math"
	"sync"
)

// A sample is the totals of the iterations drawn so far. Of the risks nothing is
// kept.
type sample struct {
	cost, delay []float64 // delay is nil if no risk has one
}

// extend draws iterations until there are n. The batches are drawn in any order, each
// into its own place, so the result does not depend on the workers.
func (p *plan) extend(ctx context.Context, s *sample, n int64, delays bool, o *Options) error {
	from := int64(len(s.cost)) / batch
	s.cost = grown(s.cost, n)
	if delays {
		s.delay = grown(s.delay, n)
	}
	total := (n + batch - 1) / batch
	drawers := sync.Pool{New: func() any { return p.newDrawer() }}
	progress := stage{o: o, done: from, total: total}
	parallel(o.Workers, int(total-from), func(i int) {
		if ctx.Err() != nil {
			return
		}
		first := (from + int64(i)) * batch
		d := drawers.Get().(*drawer)
		d.draw(first)
		copy(s.cost[first:], d.cost)
		if delays {
			copy(s.delay[first:], d.delay)
		}
		drawers.Put(d)
		progress.step()
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	if !allFinite(s.cost) || !allFinite(s.delay) {
		return fmt.Errorf("quant: a draw: %w", ErrNotFinite)
	}
	return nil
}

// grown returns x with room for n values.
func grown(x []float64, n int64) []float64 {
	out := make([]float64, n)
	copy(out, x)
	return out
}

// draw makes the totals of the batch that starts at iteration first.
func (d *drawer) draw(first int64) {
	clear(d.cost)
	clear(d.delay)
	d.prepare(first)
	for i := range d.p.units {
		u := &d.p.units[i]
		n := d.fires(i, first)
		if n == 0 {
			continue
		}
		if u.severity != nil {
			add(d.cost, d.hit[:n], d.costs(i, first, n))
		}
		if u.delay != nil {
			combine(d.delay, d.hit[:n], d.delays(i, first, n), d.p.longest)
		}
	}
	d.scale(first)
}

func add(total []float64, hit []int32, x []float64) {
	x = x[:len(hit)]
	for k, i := range hit {
		total[i] += x[k]
	}
}

func combine(total []float64, hit []int32, x []float64, longest bool) {
	if !longest {
		add(total, hit, x)
		return
	}
	for k, i := range hit {
		total[i] = math.Max(total[i], x[k])
	}
}

// scale adds the base and multiplies by the systemic factor.
func (d *drawer) scale(first int64) {
	if d.p.base != 0 {
		for i := range d.cost {
			d.cost[i] += d.p.base
		}
	}
	if s := d.p.systemic; s != nil {
		d.uniforms(d.u, s.source, first)
		s.sampler.quantiles(d.x, d.u)
		for i, f := range d.x {
			d.cost[i] *= f
		}
	}
}

// simulate draws as many iterations as the options ask for, and reports whether the
// precision asked for was reached.
func (p *plan) simulate(ctx context.Context, delays bool, o *Options) (*sample, bool, error) {
	s := new(sample)
	for n := o.Iterations; ; n = min(2*n, o.MaxIterations) {
		if err := p.extend(ctx, s, n, delays, o); err != nil {
			return nil, false, err
		}
		if o.HalfWidth == 0 {
			return s, true, nil
		}
		reached, err := preciseEnough(s.cost, o)
		if err != nil || reached || n >= o.MaxIterations {
			return s, reached, err
		}
	}
}

// preciseEnough reports whether the interval of the percentile StopAt is narrow
// enough.
func preciseEnough(cost []float64, o *Options) (bool, error) {
	r, err := newReader(cost, []float64{o.StopAt}, 0, o)
	if err != nil {
		return false, err
	}
	return r.quantile(0).HalfWidth() <= o.HalfWidth, nil
}
