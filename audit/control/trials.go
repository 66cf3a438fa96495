package control

import (
	"context"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Trials are the options of a comparison with all their simulated finishes, so that
// they can be held against each other iteration by iteration (CP-35). [Course.Try]
// makes them.
//
// The JSON form holds the comparison alone. Trials that were read from it, as the zero
// Trials, have no iterations, so there is nothing to tell of any option: their methods
// return false, or an error that wraps [verdict.ErrMissing].
type Trials struct {
	Comparison Comparison `json:"comparison"` // as [Course.Compare] gives it
	samples    []*sample  // by option
}

// Try is [Course.Compare] that keeps what was drawn. Its figures are the same. Options
// share the draws of every activity by its id, whatever else an action adds, drops or
// puts elsewhere, and those of every delay by its own.
//
// Each iteration of each option is planned by itself, see [schedule.Trial]: a few µs
// for a project of sixty activities and one calendar, not much more than Compare
// takes. Of each, 16 bytes are kept. Errors are those of Compare.
func (c Course) Try(ctx context.Context, asOf calendar.Date, actions []Action, o CompareOptions) (*Trials, error) {
	m, err := c.comparer(asOf, actions, o)
	if err != nil {
		return nil, err
	}
	return m.try(ctx)
}

func (m *comparer) try(ctx context.Context) (*Trials, error) {
	r, err := newRunner(m)
	if err != nil {
		return nil, fmt.Errorf("control: compare: %w", err)
	}
	if err := r.run(ctx); err != nil {
		return nil, fmt.Errorf("control: compare: %w", err)
	}
	t := &Trials{Comparison: m.comparison(r.iterations)}
	for _, i := range r.drawn() {
		t.Comparison.Delays = append(t.Comparison.Delays, m.Delays[i].ID)
	}
	for i, one := range m.cases {
		t.samples = append(t.samples, newSample(one.plan.Start(), r.finishes[i]))
		if err := m.add(&t.Comparison, one, t.samples[i]); err != nil {
			return nil, err
		}
	}
	dominate(t.Comparison.Options)
	return t, nil
}

// at returns the place of an option that was tried, -1 if there is none.
func (t *Trials) at(id string) int {
	if len(t.samples) == 0 {
		return -1
	}
	return slices.IndexFunc(t.Comparison.Options, func(o Option) bool { return o.ID == id })
}

// Finishes returns when an option finished in each iteration: civil days from the
// morning of the first day of the project, so that 5 is the evening of the fifth day.
// Element i of two options had the same draws. It returns false if there is no such
// option.
func (t *Trials) Finishes(id string) ([]float64, bool) {
	i := t.at(id)
	if i < 0 {
		return nil, false
	}
	return slices.Clone(t.samples[i].finishes), true
}

// Percentile returns the day by whose evening an option finished in the share q of
// the iterations, as [schedule.Simulation.PercentileDate] does. It returns false if
// there is no such option, or unless 0 < q < 1.
func (t *Trials) Percentile(id string, q float64) (schedule.DateEstimate, bool) {
	i := t.at(id)
	if i < 0 || !(q > 0 && q < 1) {
		return schedule.DateEstimate{}, false
	}
	return t.samples[i].PercentileDate(q)
}

// Difference returns how an option fares against another. The error wraps
// [verdict.ErrUnknown] and names what is no option.
func (t *Trials) Difference(option, against string) (Difference, error) {
	if len(t.samples) == 0 {
		return Difference{}, fmt.Errorf("control: difference: iterations: %w", verdict.ErrMissing)
	}
	i, k := t.at(option), t.at(against)
	var f verdict.Faults
	if i < 0 {
		f.Unknown("option", option)
	}
	if k < 0 {
		f.Unknown("against", against)
	}
	if err := f.Err(); err != nil {
		return Difference{}, fmt.Errorf("control: difference: %w", err)
	}
	c := t.Comparison
	d := differ(t.samples[i], t.samples[k], c.Options[i].Due, c.Options[k].Due, c.Due)
	d.Option, d.Against = option, against
	return d, nil
}

// Against returns how every other option fares against the given one, such as
// [DoNothing], in the order of the comparison. The error is that of Difference.
func (t *Trials) Against(id string) (Differences, error) {
	var all Differences
	for _, o := range t.Comparison.Options {
		if d, err := t.Difference(o.ID, id); err != nil {
			return nil, err
		} else if o.ID != id {
			all = append(all, d)
		}
	}
	return all, nil
}

// Ranked orders the options as [Comparison.Rank] does, and returns how each of them
// fares against the next: whether its rank is more than chance. The error is that of
// Rank.
func (t *Trials) Ranked(by ...Criterion) (Differences, error) {
	ranked, err := t.Comparison.Rank(by...)
	if err != nil {
		return nil, err
	}
	var all Differences
	for i := range len(ranked) - 1 {
		d, err := t.Difference(ranked[i].ID, ranked[i+1].ID)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}
