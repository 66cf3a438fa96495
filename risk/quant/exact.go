package quant

import (
	"context"
	"fmt"
	"math"
)

// pilotDraws is the number of iterations of the simulation that tells where to look.
const pilotDraws = 8 * batch

// inexact returns why a dimension has no exact law, empty if it has one.
func inexact(components []component) string {
	const most = 1e9 / 512 // seconds of work on the coarsest grid
	for i := range components {
		k := &components[i]
		if k.reason != "" {
			return k.reason
		}
		if len(k.parts) == 1 {
			continue
		}
		if g := k.occurrence(); lawSize(k.parts) > mostStates && (g == nil || g.joint != nil) && k.linked() {
			return fmt.Sprintf("the law of %d risks that depend on each other is too large", len(k.parts))
		}
		if table, integral := k.costs(); math.Min(table, integral) > most {
			return fmt.Sprintf("%d risks with loadings close to 1 need too many nodes", len(k.parts))
		}
	}
	return ""
}

// linked reports whether occurrences in a component depend on each other.
func (k *component) linked() bool {
	for i := range k.parts {
		if k.parts[i].occ.group != nil {
			return true
		}
	}
	return false
}

// exact computes the law of a dimension, and far out, where values are asked for that
// no percentile needs, on a grid of its own. The pilot is a drawn sample of it.
func (c *compiled) exact(ctx context.Context, components []component, pilot []float64, sd float64, reaches []float64, o *Options) (*exactTotal, error) {
	apart := newAtomPart(components)
	if apart.whole {
		lo, hi := support(components)
		law := &totalLaw{atoms: apart.list, cum: apart.cum}
		return &exactTotal{best: law, slack: 1e-13, lo: lo, hi: hi}, nil
	}
	if p := components[0].parts[0]; len(components) == 1 && len(components[0].parts) == 1 && p.counts == nil {
		lo, hi := support(components)
		law := &totalLaw{alone: Bernoulli{p.p, p.value}, atoms: apart.list, cum: apart.cum}
		return &exactTotal{best: law, slack: 1e-13, lo: lo, hi: hi}, nil
	}
	shift := centre(components)
	if shift != 0 {
		apart = newAtomPart(components)
	}
	lo, hi := support(components)
	t := newTrust(pilot, components, lo, hi, shift)
	for range 60 {
		e, err := refine(ctx, components, apart, t, sd, o)
		if err != nil {
			return nil, err
		}
		e.lo, e.hi, e.shift = lo, hi, shift
		if t.widen(e.best, o.Percentiles) {
			continue
		}
		if wide, needed := t.reaching(reaches, shift); needed {
			e.near = t
			e.far, err = refine(ctx, components, apart, wide, sd, o)
		}
		return e, err
	}
	return nil, fmt.Errorf("quant: percentiles too far out for an exact total: %w", ErrRange)
}

// centre takes the mean off the values that are certain to come, so that all of a
// total lies around 0, and returns what it took.
func centre(components []component) float64 {
	sum := 0.0
	for i := range components {
		for k := range components[i].parts {
			if p := &components[i].parts[k]; p.p == 1 && p.counts == nil {
				p.shift = p.value.Mean()
				sum += p.shift
			}
		}
	}
	return sum
}

const (
	coarsest = 1 << 10 // grid points of the first pass
	finest   = 1 << 16
)

// deepest returns the finest grid that the work and the memory for a total allow.
func deepest(components []component) int {
	const most, room = 1.5e8, 1 << 24
	each := math.Max(work(components)/most, spectra(components)/room)
	n := 2 * coarsest // two passes at least, or nothing would tell the error
	for n < finest && each*float64(2*n) <= 1 {
		n *= 2
	}
	return n
}

// refine doubles the grid until no percentile moves by more than a millionth of the
// standard deviation, or the work grows too large.
func refine(ctx context.Context, components []component, apart *atomPart, t *trust, sd float64, o *Options) (*exactTotal, error) {
	last := deepest(components)
	var e *exactTotal
	for n := coarsest; ; n *= 2 {
		w := t.window(n)
		f, err := pass(ctx, components, w, apart, o)
		if err != nil {
			return nil, err
		}
		f.fine.below = t.below(components, &w)
		f.coarse.below = f.fine.below
		for _, law := range []*totalLaw{f.fine, f.coarse} {
			law.least, law.great = t.least, t.great
		}
		next := &exactTotal{best: f.fine, slack: t.slack(f.fine)}
		if f.coarse != f.fine {
			next.others = append(next.others, f.coarse)
		}
		if e != nil {
			next.others = append(next.others, e.best)
			next.measure()
			if n >= last || next.settled(o.Percentiles, tolerance(n)*sd) {
				return next, nil
			}
		}
		e = next
	}
}

// tolerance returns how far a percentile may move, in standard deviations: where a
// total is not smooth, the last digit would cost too much.
func tolerance(n int) float64 {
	if n < 1<<14 {
		return 2e-6
	}
	return 2e-5
}

// work returns the number of multiplications per grid point of a pass, roughly.
func work(components []component) float64 {
	sum := 0.0
	for i := range components {
		table, integral := components[i].costs()
		if components[i].tabulated() {
			integral = table
		}
		sum += integral + 50*float64(len(components[i].parts))
	}
	return sum
}

// spectra returns the number of spectra that a component holds at once, at most; one
// takes 8 bytes per grid point.
func spectra(components []component) float64 {
	most := 0.0
	for i := range components {
		if g := components[i].severity; g != nil && !components[i].comonotone() {
			most = math.Max(most, float64(len(components[i].parts)*len(trapezoid(g.load))))
		}
	}
	return most
}
