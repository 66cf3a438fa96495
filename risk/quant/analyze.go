package quant

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
)

// Analyze finds the distribution of the total cost and of the delay. Under [Exact] it
// computes both. Under [Auto] it does so if all dependence is of one factor or given by
// a joint law, and if a simulation would not know most percentiles better: that happens
// where a long tail stands beside a narrow part. Otherwise it draws both, and Result.Why
// says why.
//
// The error wraps what [Model.Validate] and [ErrRange] for the options say;
// [ErrNotExact] under [Exact]; [ErrTooFew] if there are too few iterations for a
// percentile asked for; [ErrNotFinite] if a distribution of the caller's gave no
// number; or it is that of the context.
//
// An exact total of 30 correlated risks takes about 0.1 s, of large blocks with strong
// loadings some seconds. A simulation takes about 6 ns for each risk and iteration, and
// memory for the totals only.
func (m *Model) Analyze(ctx context.Context, o Options) (*Result, error) {
	c, o, err := m.prepare(o)
	if err != nil {
		return nil, err
	}
	a := &analysis{c: c, o: &o, cost: c.moments(cost), delay: c.moments(delay)}
	r := Result{Precise: true, Base: c.base, Repairs: c.repairs, Contributions: a.contributions()}
	r.Systemic = a.systemic()
	if o.Method == Simulation {
		return a.simulated(ctx, r)
	}
	if r.Why = a.inexact(); r.Why == "" {
		return a.exactly(ctx, r)
	}
	if o.Method == Exact {
		return nil, fmt.Errorf("quant: %w: %s", ErrNotExact, r.Why)
	}
	return a.simulated(ctx, r)
}

// prepare checks a model and options.
func (m *Model) prepare(o Options) (*compiled, Options, error) {
	o, err := o.filled()
	if err != nil {
		return nil, o, err
	}
	c, err := m.compile()
	if err != nil {
		return nil, o, err
	}
	c.ready(o.Workers)
	return c, o, nil
}

// An analysis is a model with the moments of its dimensions.
type analysis struct {
	c           *compiled
	o           *Options
	cost, delay moments
}

// inexact returns why there is no exact method.
func (a *analysis) inexact() string {
	if why := inexact(a.c.components(cost)); why != "" || !a.c.delays {
		return why
	}
	return inexact(a.c.components(delay))
}

// factor returns the mean and the variance of the systemic factor.
func (a *analysis) factor() (mean, variance float64) {
	if a.c.systemic == nil {
		return 1, 0
	}
	return a.c.systemic.Mean(), a.c.systemic.Var()
}

// spread returns mean and standard deviation of the cost with base and factor.
func (a *analysis) spread() (mean, sd Estimate) {
	f, fv := a.factor()
	sum := a.c.base + a.cost.mean
	square := fv + f*f
	return certain(f * sum), root(square*a.cost.variance+fv*sum*sum, square*a.cost.slack)
}

// root returns the root of a variance that may be off by slack.
func root(v, slack float64) Estimate {
	e := certain(math.Sqrt(v))
	e.Lo, e.Hi = math.Sqrt(math.Max(0, v-slack)), math.Sqrt(v+slack)
	return e
}

// contributions splits the variance of factor·(base + ΣX) into E[F²]·Cov(X, S) for
// each risk and Var(F)·(base + E[S])² for the factor.
func (a *analysis) contributions() []Contribution {
	f, fv := a.factor()
	square := fv + f*f
	_, sd := a.spread()
	out := make([]Contribution, len(a.c.units))
	for i, u := range a.c.units {
		mean := a.cost.of[i]
		out[i] = Contribution{
			ID: u.id, Mean: f * mean, SD: math.Sqrt(square*a.cost.own[i] + fv*mean*mean),
			Covariance: square * a.cost.with[i], Of: sd.Value * sd.Value,
		}
	}
	return out
}

func (a *analysis) systemic() Contribution {
	if a.c.systemic == nil {
		return Contribution{}
	}
	f, fv := a.factor()
	sum := a.c.base + a.cost.mean
	_, sd := a.spread()
	return Contribution{Mean: f, SD: math.Sqrt(fv), Covariance: fv * sum * sum, Of: sd.Value * sd.Value}
}

// exactly completes a result with exact totals; or, if any method will do, with drawn
// ones where these are narrower at most percentiles, or precise enough where the exact
// ones are not.
func (a *analysis) exactly(ctx context.Context, r Result) (*Result, error) {
	r.Method = Exact
	doubtful, err := a.totals(ctx, &r)
	if err != nil {
		return nil, err
	}
	if a.o.Method == Exact || (r.Precise && !doubtful) {
		return &r, nil
	}
	drawn, err := a.simulated(ctx, Result{Base: r.Base, Repairs: r.Repairs, Contributions: r.Contributions, Systemic: r.Systemic})
	if errors.Is(err, ErrTooFew) { // for the interval of a percentile
		return &r, nil
	}
	if err != nil {
		return nil, err
	}
	if r.Precise && !drawn.Precise || r.Precise == drawn.Precise && !drawn.narrower(&r) {
		return &r, nil
	}
	drawn.Why = "the exact total is known less precisely"
	return drawn, nil
}

// totals fills in exact totals, and reports whether they are doubtful.
func (a *analysis) totals(ctx context.Context, r *Result) (doubtful bool, err error) {
	pilot, err := a.pilot(ctx)
	if err != nil {
		return false, err
	}
	mean, sd := a.spread()
	e, err := a.exactCost(ctx, pilot)
	if err != nil {
		return false, err
	}
	r.Cost = e.total(a.o.CostAbove, mean, sd, a.o)
	r.Precise = a.o.HalfWidth == 0 || e.quantile(a.o.StopAt).HalfWidth() <= a.o.HalfWidth
	doubtful = e.doubtful(a.o.Percentiles)
	switch {
	case !a.c.delays:
		return doubtful, nil
	case a.o.Delays == Longest:
		t, err := longest(ctx, a.c.components(delay), a.o)
		r.Delay = &t
		return doubtful, err
	}
	e, err = a.c.exact(ctx, a.c.components(delay), pilot.delay, math.Sqrt(a.delay.variance), a.o.DelayAbove, a.o)
	if err != nil {
		return false, err
	}
	t := e.total(a.o.DelayAbove, certain(a.delay.mean), root(a.delay.variance, a.delay.slack), a.o)
	r.Delay = &t
	return doubtful || e.doubtful(a.o.Percentiles), nil
}

// narrower reports whether the limits of most percentiles are closer than those of
// another result of the same model.
func (r *Result) narrower(other *Result) bool {
	balance := 0
	count := func(mine, theirs *Total) {
		for i, q := range mine.Quantiles {
			balance += cmp.Compare(theirs.Quantiles[i].HalfWidth(), q.HalfWidth())
		}
	}
	count(&r.Cost, &other.Cost)
	if r.Delay != nil {
		count(r.Delay, other.Delay)
	}
	return balance > 0
}

// pilot draws the model without base and factor.
func (a *analysis) pilot(ctx context.Context) (*sample, error) {
	bare := *a.c
	bare.base, bare.systemic = 0, nil
	o := *a.o
	o.Progress = nil
	s := new(sample)
	return s, bare.newPlan(0, false).extend(ctx, s, pilotDraws, a.c.delays, &o)
}

func (a *analysis) exactCost(ctx context.Context, pilot *sample) (*exactTotal, error) {
	var reaches []float64
	if a.c.systemic == nil {
		for _, x := range a.o.CostAbove {
			reaches = append(reaches, x-a.c.base)
		}
	}
	e, err := a.c.exact(ctx, a.c.components(cost), pilot.cost, math.Sqrt(a.cost.variance), reaches, a.o)
	if err != nil {
		return nil, err
	}
	if a.c.systemic != nil {
		return e.scaled(a.c.systemic, a.c.base), nil
	}
	e.shift += a.c.base
	return e, nil
}

// simulated completes a result with drawn totals.
func (a *analysis) simulated(ctx context.Context, r Result) (*Result, error) {
	r.Method = Simulation
	p := a.c.newPlan(a.o.Seed, a.o.Delays == Longest)
	s, precise, err := p.simulate(ctx, a.c.delays, a.o)
	if err != nil {
		return nil, err
	}
	r.Iterations, r.Precise = int64(len(s.cost)), precise
	mean, sd := a.spread()
	if a.c.drawn { // the closed form rests on counts
		if _, sd, err = sampleMoments(s.cost, a.o.Level); err != nil {
			return nil, err
		}
	}
	if r.Cost, err = sampledTotal(s.cost, a.o.CostAbove, mean, sd, a.o); err != nil {
		return nil, err
	}
	if !a.c.delays {
		return &r, nil
	}
	mean, sd = certain(a.delay.mean), root(a.delay.variance, a.delay.slack)
	if a.c.drawn || a.o.Delays == Longest {
		drawnMean, drawnSD, err := sampleMoments(s.delay, a.o.Level)
		if err != nil {
			return nil, err
		}
		if sd = drawnSD; a.o.Delays == Longest {
			mean = drawnMean
		}
	}
	t, err := sampledTotal(s.delay, a.o.DelayAbove, mean, sd, a.o)
	if err != nil {
		return nil, err
	}
	r.Delay = &t
	return &r, nil
}

// Draw returns the totals of cost and delay of Options.Iterations iterations, drawn
// as in [Model.Analyze]: element i of both belongs to one iteration, so that joint
// questions can be answered (cost and date both kept), and plans can take the delays
// up as input. The delays are nil if no risk has one. Errors are those of Analyze.
func (m *Model) Draw(ctx context.Context, o Options) (costs, delays []float64, err error) {
	c, o, err := m.prepare(o)
	if err != nil {
		return nil, nil, err
	}
	s := new(sample)
	if err := c.newPlan(o.Seed, o.Delays == Longest).extend(ctx, s, o.Iterations, c.delays, &o); err != nil {
		return nil, nil, err
	}
	return s.cost, s.delay, nil
}
