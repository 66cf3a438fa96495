package quant

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A Sensitivity says how much one risk matters to the total cost.
type Sensitivity struct {
	Contribution // its share of the variance, in closed form

	// A percentile of the total if the cost of this risk were fixed at its own 10th
	// and 90th percentile, and all else as it is. For a risk that happens less often
	// than one time in ten both are the same.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// The same percentile if the risk did not happen, and if it happened, once.
	Without float64 `json:"without"`
	Certain float64 `json:"certain"`

	// Spearman is the rank correlation of its cost and the total, undefined if one of
	// them does not vary in the draws. It is what many tools rank by; for risks that
	// may not happen it misleads, since a rare one has many ties at 0 however much it
	// costs.
	Spearman float64 `json:"spearman"`
	Ranked   bool    `json:"ranked"` // whether Spearman is defined
}

// Swing returns |High − Low|, the length of the bar in a tornado chart.
func (s Sensitivity) Swing() float64 { return math.Abs(s.High - s.Low) }

// Sensitivities returns what each risk does to a percentile of the total cost, such
// as 0.8, in the order of a tornado chart: the largest swing first, then the largest
// difference of Certain and Without, then by id. It draws Options.Iterations, with
// common random numbers throughout; memory is for some totals, and time grows with
// risks × iterations. Errors are those of [Model.Analyze].
func (m *Model) Sensitivities(ctx context.Context, at float64, o Options) ([]Sensitivity, error) {
	o.Percentiles = []float64{at}
	c, o, err := m.prepare(o)
	if err != nil {
		return nil, err
	}
	a := &analysis{c: c, o: &o, cost: c.moments(cost)}
	s, err := newSwinger(ctx, a)
	if err != nil {
		return nil, err
	}
	out := make([]Sensitivity, len(c.units))
	for i, contribution := range a.contributions() {
		out[i] = Sensitivity{Contribution: contribution}
	}
	progress := stage{o: &o, total: int64(len(out))}
	parallel(o.Workers, len(out), func(i int) {
		if ctx.Err() == nil {
			s.swing(i, &out[i])
			progress.step()
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Sensitivity) int {
		return cmp.Or(cmp.Compare(b.Swing(), a.Swing()),
			cmp.Compare(math.Abs(b.Certain-b.Without), math.Abs(a.Certain-a.Without)), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// A swinger holds the drawn totals and what it needs to change one risk in them.
type swinger struct {
	a      *analysis
	p      *plan
	sum    []float64 // without base and factor
	factor []float64 // nil if there is none
	ranks  []float64 // of the totals
	varies bool
	rank   int64
}

func newSwinger(ctx context.Context, a *analysis) (*swinger, error) {
	bare := *a.c
	bare.base, bare.systemic = 0, nil
	s := &swinger{a: a, p: bare.newPlan(a.o.Seed, false)}
	drawn := new(sample)
	if err := s.p.extend(ctx, drawn, a.o.Iterations, false, a.o); err != nil {
		return nil, err
	}
	s.sum = drawn.cost
	total := slices.Clone(s.sum)
	if a.c.systemic != nil {
		full := a.c.newPlan(a.o.Seed, false)
		s.factor = full.factors(int64(len(s.sum)))
	}
	s.scale(total)
	s.ranks, s.varies = averageRanks(total)
	s.rank, _, _ = InverseCDF.ranks(int64(len(total)), a.o.Percentiles[0])
	return s, nil
}

// factors returns the systemic factor of the first n iterations.
func (p *plan) factors(n int64) []float64 {
	d := p.newDrawer()
	out := make([]float64, n)
	for first := int64(0); first < n; first += batch {
		d.uniforms(d.u, p.systemic.source, first)
		p.systemic.sampler.quantiles(d.x, d.u)
		copy(out[first:], d.x)
	}
	return out
}

// scale turns sums into totals.
func (s *swinger) scale(sum []float64) {
	for i := range sum {
		sum[i] += s.a.c.base
		if s.factor != nil {
			sum[i] *= s.factor[i]
		}
	}
}

// swing fills in what depends on draws of risk i.
func (s *swinger) swing(i int, out *Sensitivity) {
	x, certain := s.column(i)
	ranks, varies := averageRanks(x)
	out.Spearman, out.Ranked = 0, varies && s.varies
	if out.Ranked {
		out.Spearman = correlation(ranks, s.ranks)
	}
	own := newSelection(x)
	n := int64(len(x))
	lo, _, _ := InverseCDF.ranks(n, 0.1)
	hi, _, _ := InverseCDF.ranks(n, 0.9)
	ends := own.at([]int64{lo, hi})
	other := make([]float64, n)
	at := func(value func(k int) float64) float64 {
		for k := range other {
			other[k] = s.sum[k] - x[k] + value(k)
		}
		s.scale(other)
		return newSelection(other).at([]int64{s.rank})[0]
	}
	out.Low = at(func(int) float64 { return ends[0] })
	out.High = at(func(int) float64 { return ends[1] })
	out.Without = at(func(int) float64 { return 0 })
	out.Certain = at(func(k int) float64 { return certain[k] })
}

// column returns the costs of risk i in all iterations, and its severities as if it
// happened in each.
func (s *swinger) column(i int) (x, certain []float64) {
	x, certain = make([]float64, len(s.sum)), make([]float64, len(s.sum))
	u := &s.p.units[i]
	if u.severity == nil {
		return x, certain
	}
	d := s.p.newDrawer()
	again := newSource(s.p.keys, s.a.c.units[i].id, roleCertain, 0)
	for first := int64(0); first < int64(len(x)); first += batch {
		d.prepareFor(u, first)
		clear(d.cost)
		n := d.fires(i, first)
		add(d.cost, d.hit[:n], d.costs(i, first, n))
		copy(x[first:], d.cost)
		d.uniforms(d.u, again, first)
		for k := range d.hit {
			d.hit[k] = int32(k)
		}
		if u.sev >= 0 {
			d.latentSeverities(u, batch)
		}
		u.severity.quantiles(d.x, d.u)
		copy(certain[first:], d.x)
	}
	return x, certain
}

// prepareFor draws the groups that one unit needs.
func (d *drawer) prepareFor(u *drawUnit, first int64) {
	if u.occ >= 0 {
		d.prepareGroup(u.occ, first)
	}
	if u.sev >= 0 {
		d.prepareGroup(u.sev, first)
	}
}

// averageRanks returns the ranks of values, equal ones sharing the mean of theirs, and
// whether there are different values.
func averageRanks(x []float64) (ranks []float64, varies bool) {
	ranks = make([]float64, len(x))
	order := make([]int32, len(x))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(x[a], x[b]) })
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && x[order[to]] == x[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks, x[order[0]] != x[order[len(order)-1]]
}

// correlation returns the correlation of two columns of ranks.
func correlation(a, b []float64) float64 {
	mean := float64(len(a)+1) / 2
	var ab, aa, bb float64
	for i := range a {
		x, y := a[i]-mean, b[i]-mean
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return within(ab / math.Sqrt(aa*bb))
}
