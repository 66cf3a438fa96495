package quant

import (
	"runtime"
	"slices"
)

// Options say what to find and how. The zero Options are the default: exact where
// possible, nine percentiles of the cost, delays added.
type Options struct {
	Method      Method
	Percentiles []float64 // strictly between 0 and 1; nil for 5, 10, 25, 50, 75, 80, 90, 95 and 99 %
	CurvePoints int       // of each curve, 0 for 100, at most 10,000

	CostAbove  []float64 // costs whose probability of being exceeded is wanted
	DelayAbove []float64 // delays likewise
	Delays     Aggregation

	// Simulation.
	Seed       uint64
	Iterations int64 // 0 for 65,536; to begin with, if a precision is asked for
	// HalfWidth, if not 0, is the precision asked for: iterations double until the
	// interval of the cost's percentile StopAt is at most this wide on either side. Under
	// Auto an exact total that is less precise gives way to a simulation that is.
	HalfWidth     float64
	StopAt        float64      // 0 for 0.8
	MaxIterations int64        // where doubling ends, 0 for 16,777,216
	Level         float64      // confidence level of intervals, 0 for 0.95
	Type          QuantileType // how percentiles are read from the draws

	Workers int // goroutines, 0 for as many as there are processors; the result does not depend on it
	// Progress, if not nil, is told of steps done out of the steps of a stage: batches
	// of draws, components of an exact pass, or risks whose sensitivity is known. A call
	// of the package has several stages, which are not known beforehand. Calls do not
	// overlap, but come from several goroutines.
	Progress func(done, total int64)
}

// DefaultPercentiles returns the percentiles of an analysis that asks for none.
func DefaultPercentiles() []float64 {
	return []float64{0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.99}
}

const (
	mostIterations = 1 << 31
	mostCurve      = 10_000
)

// filled returns the options with their defaults, or all that is wrong with them.
func (o *Options) filled() (Options, error) {
	filled := *o
	return filled, filled.fill()
}

// fill sets defaults in place.
func (o *Options) fill() error {
	var f faults
	if !o.Method.IsValid() || !o.Delays.IsValid() || !o.Type.IsValid() {
		f.addf("options", "%w: %v, %v, %v", ErrUnknown, o.Method, o.Delays, o.Type)
	}
	for i, p := range o.Percentiles {
		f.inside(at("options.percentiles", i), p)
	}
	for i, x := range o.CostAbove {
		f.number(at("options.costAbove", i), x)
	}
	for i, x := range o.DelayAbove {
		f.number(at("options.delayAbove", i), x)
	}
	o.Level = orElse(o.Level, DefaultLevel)
	f.inside("options.level", o.Level)
	o.StopAt = orElse(o.StopAt, 0.8)
	f.inside("options.stopAt", o.StopAt)
	f.notNegative("options.halfWidth", o.HalfWidth)
	o.Iterations, o.MaxIterations = orElse(o.Iterations, 1<<16), orElse(o.MaxIterations, 1<<24)
	o.CurvePoints = orElse(o.CurvePoints, 100)
	f.between("options.iterations", o.Iterations, mostIterations)
	f.between("options.maxIterations", o.MaxIterations, mostIterations)
	f.between("options.curvePoints", int64(o.CurvePoints), mostCurve)
	if o.Workers < 0 {
		f.addf("options.workers", "%w: %d", ErrRange, o.Workers)
	}
	o.Workers = orElse(o.Workers, runtime.GOMAXPROCS(0))
	if len(o.Percentiles) == 0 {
		o.Percentiles = DefaultPercentiles()
	} else {
		o.Percentiles = slices.Clone(o.Percentiles)
	}
	return f.err()
}

// inside records a number that is not strictly between 0 and 1.
func (f *faults) inside(path string, p float64) {
	if !(p > 0 && p < 1) {
		f.addf(path, "%w: %v, want more than 0 and less than 1", ErrRange, p)
	}
}

// between records a number that is not from 1 to most.
func (f *faults) between(path string, n, most int64) {
	if n < 1 || n > most {
		f.addf(path, "%w: %d, want 1 to %d", ErrRange, n, most)
	}
}

func orElse[T int | int64 | float64](v, other T) T {
	if v == 0 {
		return other
	}
	return v
}
