package quant

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// A Response is something that could be done about the risks, and the model as it
// would be then. [Model.With] makes the latter.
type Response struct {
	ID    string
	Cost  float64 // of doing it, 0 or more
	After Model
}

// A Ranked response says what a response is worth.
type Ranked struct {
	ID     string   `json:"id"`
	Cost   float64  `json:"cost"`
	Before Estimate `json:"before"` // percentile of the total as it is
	After  Estimate `json:"after"`  // and with the response, without its cost
	Saves  Estimate `json:"saves"`  // before − after
	Net    Estimate `json:"net"`    // saves − cost
}

// With returns a copy of the model in which the given risks replace those of the same
// id. What is known about dependence stays. The error wraps [ErrUnknown] for an id
// that no risk has.
func (m *Model) With(risks ...Risk) (Model, error) {
	var f faults
	out := *m
	out.Risks = slices.Clone(m.Risks)
	for k, r := range risks {
		i := slices.IndexFunc(out.Risks, func(have Risk) bool { return have.ID == r.ID })
		if i < 0 {
			f.addf(at("risks", k)+".id", "%w %s", ErrUnknown, quote(r.ID))
			continue
		}
		out.Risks[i] = r
	}
	return out, f.err()
}

// RankResponses orders responses by what they take off a percentile of the total,
// less their cost: the best first, equal ones by id. Both are exact if all models
// have an exact method. Otherwise all are drawn with common random numbers: since a
// draw depends on the risk and the iteration only, what a response does not change is
// drawn alike, and differences are far more precise than the percentiles.
//
// The interval of a drawn difference is that of the mean of 32 differences, each of
// one part of the iterations (Student's t with 31 degrees of freedom).
//
// Errors are those of [Model.Analyze] for all models at once, and wrap [ErrRange] for a
// negative cost or a percentile that is not strictly between 0 and 1, [ErrMissing] and
// [ErrDuplicate] for ids.
func (m *Model) RankResponses(ctx context.Context, at float64, responses []Response, o Options) ([]Ranked, error) {
	o.Percentiles, o.HalfWidth, o.CurvePoints = []float64{at}, 0, 1
	c, o, err := m.prepare(o)
	if err != nil {
		return nil, err
	}
	if err := checkResponses(responses); err != nil {
		return nil, err
	}
	all := []*compiled{c}
	for i := range responses {
		next, err := responses[i].After.compile()
		if err != nil {
			return nil, err
		}
		next.ready(o.Workers)
		all = append(all, next)
	}
	found, err := percentiles(ctx, all, &o)
	if err != nil {
		return nil, err
	}
	out := make([]Ranked, len(responses))
	for i, r := range responses {
		saves := found[0].minus(&found[i+1], &o)
		out[i] = Ranked{r.ID, r.Cost, found[0].estimate, found[i+1].estimate, saves, saves.plus(-r.Cost)}
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Net.Value, a.Net.Value), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// checkResponses returns all that is wrong with responses.
func checkResponses(responses []Response) error {
	var f faults
	seen := make(map[string]bool, len(responses))
	for i := range responses {
		r, path := &responses[i], at("responses", i)
		switch {
		case r.ID == "":
			f.addf(path+".id", "%w", ErrMissing)
		case seen[r.ID]:
			f.addf(path+".id", "%w %s", ErrDuplicate, quote(r.ID))
		}
		seen[r.ID] = true
		f.notNegative(path+".cost", r.Cost)
		f.under(path+".after", r.After.faults())
	}
	return f.err()
}

// A percentileOf is a percentile of one model, and of each part of its draws.
type percentileOf struct {
	estimate Estimate
	parts    []float64
}

// percentiles finds the percentile of the options for each model, by one method for
// all.
func percentiles(ctx context.Context, models []*compiled, o *Options) ([]percentileOf, error) {
	exactly := o.Method != Simulation
	for _, c := range models {
		if why := inexact(c.components(cost)); why != "" && exactly {
			if o.Method == Exact {
				return nil, fmt.Errorf("quant: %w: %s", ErrNotExact, why)
			}
			exactly = false
		}
	}
	if exactly {
		out, doubtful, err := exactPercentiles(ctx, models, o)
		if err != nil || !doubtful || o.Method == Exact {
			return out, err
		}
	}
	out := make([]percentileOf, len(models))
	for i, c := range models {
		var err error
		if out[i], err = c.drawnPercentile(ctx, o); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// exactPercentiles finds the percentile of the options for each model, and reports
// whether one of them is doubtful.
func exactPercentiles(ctx context.Context, models []*compiled, o *Options) (out []percentileOf, doubtful bool, err error) {
	for _, c := range models {
		a := &analysis{c: c, o: o, cost: c.moments(cost)}
		pilot, err := a.pilot(ctx)
		if err != nil {
			return nil, false, err
		}
		e, err := a.exactCost(ctx, pilot)
		if err != nil {
			return nil, false, err
		}
		out = append(out, percentileOf{estimate: e.quantile(o.Percentiles[0])})
		doubtful = doubtful || e.doubtful(o.Percentiles)
	}
	return out, doubtful, nil
}

// responseParts is the number of parts of the draws that tell the precision of a
// difference.
const responseParts = 32

func (c *compiled) drawnPercentile(ctx context.Context, o *Options) (percentileOf, error) {
	p := c.newPlan(o.Seed, false)
	s := new(sample)
	if err := p.extend(ctx, s, o.Iterations, false, o); err != nil {
		return percentileOf{}, err
	}
	r, err := newReader(s.cost, o.Percentiles, 0, o)
	if err != nil {
		return percentileOf{}, err
	}
	out := percentileOf{estimate: r.quantile(0)}
	size := len(s.cost) / responseParts
	for i := 0; size > 0 && i < responseParts; i++ {
		x, _ := o.Type.Of(s.cost[i*size:(i+1)*size], o.Percentiles[0])
		out.parts = append(out.parts, x)
	}
	return out, nil
}

// minus returns the difference of two percentiles.
func (p *percentileOf) minus(q *percentileOf, o *Options) Estimate {
	a, b := p.estimate, q.estimate
	d := a.Value - b.Value
	if p.parts == nil || a.Exact {
		return Estimate{d, a.Lo - b.Hi, a.Hi - b.Lo, a.Exact, max(a.Bound, b.Bound)}
	}
	var mean, spread float64
	n := float64(len(p.parts))
	for i := range p.parts {
		mean += (p.parts[i] - q.parts[i]) / n
	}
	for i := range p.parts {
		e := p.parts[i] - q.parts[i] - mean
		spread += e * e / (n - 1)
	}
	off := studentQuantile((1+o.Level)/2, n-1) * math.Sqrt(spread/n)
	return Estimate{d, d - off, d + off, false, Sampling}
}

// studentQuantile returns the p-quantile of Student's t with the given degrees of
// freedom, for p > ½: t² = f·x/(1−x), x being a quantile of the beta distribution of ½
// and f/2.
func studentQuantile(p, f float64) float64 {
	x, y := newBetaLaw(f/2, 0.5).quantile(2*(1-p), 1-2*(1-p))
	return math.Sqrt(f * y / x)
}
