package control

import (
	"context"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// CompareOptions are the options of [Course.Compare].
type CompareOptions struct {
	// Spreads are the distributions of durations by id, as in
	// [schedule.SimOptions]. Those of activities that an action crashes or trims are
	// scaled as their work is. Ids that only an action inserts may be among them.
	Spreads    map[string]schedule.Spread
	Iterations int    // of each simulation; 0 means 10,000
	Seed       uint64 // one for all options: what an action leaves alone is drawn alike
	Workers    int    // goroutines; 0 means GOMAXPROCS
	Thresholds Thresholds
	// Delays may hold up activities, or the finish, beside what spreads; Together says
	// which of them hang together. Those that no law names are independent.
	Delays   []Delay
	Together []Together
	// PerDay is what a day more of the project costs, worked or not: rent, licences,
	// people who stay on. An option that finishes d days later than doing nothing
	// costs d times as much more.
	PerDay money.Amount
	// Progress, if not nil, is told from time to time how many iterations of all
	// simulations are done.
	Progress func(done, total int64)
}

// An Option is what becomes of the project if an action is taken.
type Option struct {
	ID      string                `json:"id"`
	Title   string                `json:"title,omitempty"`
	Due     calendar.Date         `json:"due"`    // by when it promises to finish
	Finish  calendar.Date         `json:"finish"` // by planned durations
	Days    int                   `json:"days"`   // civil days that Finish is later than without action; negative: earlier
	P50     schedule.DateEstimate `json:"p50"`
	P80     schedule.DateEstimate `json:"p80"`
	OnTime  schedule.Estimate     `json:"onTime"`            // chance to finish by Due
	Agreed  schedule.Estimate     `json:"agreed"`            // chance to finish by the due date that is agreed now
	Cost    money.Amount          `json:"cost"`              // of the action itself
	Delay   money.Amount          `json:"delay,omitzero"`    // of the days: Days times the cost of a day
	EAC     money.Amount          `json:"eac"`               // estimate at completion, both included
	Over    money.Amount          `json:"over,omitzero"`     // by how much EAC exceeds budget and contingency; 0 if it does not
	GivesUp []string              `json:"givesUp,omitempty"` // of the scope
	// DominatedBy lists the options that are at least as good in every respect and
	// better in one, see [Comparison].
	DominatedBy []string `json:"dominatedBy,omitempty"`
}

// A Comparison is what could be done, side by side (CP-35). Doing nothing is the
// first option; the others follow in the order given. Nothing is weighed: options
// are marked where another one is better without a price, and ranked only by
// criteria that the caller states.
//
// An option is dominated if another one is no later in due date, finish, P50 and
// P80, no dearer, no less likely to be on time by its own and by the agreed due
// date, gives up nothing that the other keeps, and is better in one of these.
type Comparison struct {
	AsOf       calendar.Date `json:"asOf"`
	Due        calendar.Date `json:"due"` // agreed now
	Iterations int           `json:"iterations"`
	Seed       uint64        `json:"seed"`
	// Delays are the ids of the delays that were drawn and hold up something if nothing
	// is done. Without any, chances are of durations alone.
	Delays  []string `json:"delays,omitempty"`
	Options []Option `json:"options"`
}

// Compare plans and simulates the project with each of the actions, and without
// any, from what has been done by a day (CP-35, CP-37). Results are the same for any
// number of workers.
//
// All simulations share their draws: the interval of each chance says how much
// another seed could move it, but much less how much it could move the difference
// of two, which [Course.Try] gives. The estimate at completion is that of
// [Course.Scan], the cost of the action, and that of the days. Delays are drawn where
// they are given, which takes as long as Try.
//
// The error is that of ctx if it ends first; otherwise it lists every fault of the
// course, the options and the actions: ids used twice, effects on activities that
// are not there or are finished, amounts of other currencies, delays that are no laws
// or hold up what no option has.
func (c Course) Compare(ctx context.Context, asOf calendar.Date, actions []Action, o CompareOptions) (Comparison, error) {
	m, err := c.comparer(asOf, actions, o)
	if err != nil {
		return Comparison{}, err
	}
	if len(o.Delays) > 0 {
		t, err := m.try(ctx)
		if err != nil {
			return Comparison{}, err
		}
		return t.Comparison, nil
	}
	out := m.comparison(0)
	for i := range m.cases {
		sim, err := m.simulate(ctx, i)
		if err != nil {
			return Comparison{}, fmt.Errorf("control: compare %s: %w", verdict.Quote(m.cases[i].action.ID), err)
		}
		out.Iterations = sim.Iterations
		if err := m.add(&out, m.cases[i], sim); err != nil {
			return Comparison{}, err
		}
	}
	dominate(out.Options)
	return out, nil
}

// comparer plans every option.
func (c Course) comparer(asOf calendar.Date, actions []Action, o CompareOptions) (*comparer, error) {
	report, err := c.Scan(asOf, o.Thresholds)
	if err != nil {
		return nil, err
	}
	m := &comparer{Course: c, CompareOptions: o, report: report}
	if err := m.prepare(actions); err != nil {
		return nil, fmt.Errorf("control: compare: %w", err)
	}
	return m, nil
}

// comparison returns one without options.
func (m *comparer) comparison(iterations int) Comparison {
	return Comparison{AsOf: m.report.AsOf, Due: m.report.Due, Iterations: iterations, Seed: m.Seed}
}

// A comparer holds what the options have in common.
type comparer struct {
	Course
	CompareOptions
	report Report
	cases  []candidate
}

// A candidate is one option before it is simulated.
type candidate struct {
	action  Action
	plan    *schedule.Plan
	due     calendar.Date
	spreads map[string]schedule.Spread
}

// prepare plans every option, so that all faults are found before any simulation.
func (m *comparer) prepare(actions []Action) error {
	var f verdict.Faults
	if len(m.Baseline.Activities) == 0 {
		f.Missing("baseline.activities")
		return f.Err()
	}
	s := scenario{network: m.working(), status: m.statusAt(m.report.AsOf)}
	now, err := forecast(s.network, m.Start, s.status)
	if err != nil {
		return err
	}
	none := Action{ID: DoNothing, Title: "Do nothing"}
	m.cases = []candidate{{action: none, plan: now, due: m.report.Due, spreads: m.known(now, actions)}}
	f.IDs("actions", len(actions), func(i int) string { return actions[i].ID })
	for i, a := range actions {
		one, err := m.candidate(s, now, a)
		if err != nil {
			f.Add(verdict.At("actions", i), err)
			continue
		}
		m.cases = append(m.cases, one)
	}
	m.checkDelays(&f, func(id string) bool {
		return slices.ContainsFunc(m.cases, func(c candidate) bool { _, ok := c.plan.Timing(id); return ok })
	})
	return f.Err()
}

// known returns the spreads but those of activities that only an action inserts.
// The simulation refuses what is then left over.
func (m *comparer) known(now *schedule.Plan, actions []Action) map[string]schedule.Spread {
	inserted := map[string]bool{}
	for _, a := range actions {
		for _, e := range a.Effects {
			inserted[e.Insert.ID] = true
		}
	}
	all := make(map[string]schedule.Spread, len(m.Spreads))
	for id, s := range m.Spreads {
		if _, ok := now.Timing(id); ok || !inserted[id] {
			all[id] = s
		}
	}
	return all
}

func (m *comparer) candidate(s scenario, now *schedule.Plan, a Action) (candidate, error) {
	if err := a.Validate(); err != nil {
		return candidate{}, err
	}
	next, err := s.with(a)
	if err != nil {
		return candidate{}, err
	}
	plan, err := forecast(next.network, m.Start, next.status)
	if err != nil {
		return candidate{}, err
	}
	spreads, err := rescale(m.Spreads, now, plan, a)
	if err != nil {
		return candidate{}, err
	}
	due := m.report.Due
	for _, e := range a.Effects {
		if e.Kind == RelaxDeadline {
			due = dueOf(next.network, plan)
		}
	}
	return candidate{action: a, plan: plan, due: due, spreads: spreads}, nil
}

// simulate runs the simulation of one option.
func (m *comparer) simulate(ctx context.Context, i int) (*schedule.Simulation, error) {
	o := schedule.SimOptions{Spreads: m.cases[i].spreads, Iterations: m.Iterations, Seed: m.Seed, Workers: m.Workers}
	if m.Progress != nil {
		o.Progress = func(done, total int64) { m.Progress(int64(i)*total+done, int64(len(m.cases))*total) }
	}
	return m.cases[i].plan.Simulate(ctx, o)
}

// finishes tells when an option finishes, as a simulation does.
type finishes interface {
	PercentileDate(q float64) (schedule.DateEstimate, bool)
	OnTimeBy(d calendar.Date) (schedule.Estimate, bool)
}

// add adds an option to a comparison: what becomes of the project.
func (m *comparer) add(to *Comparison, c candidate, f finishes) error {
	o := Option{ID: c.action.ID, Title: c.action.Title, Due: c.due, Finish: c.plan.Finish(), GivesUp: c.action.Given()}
	o.Days, _ = o.Finish.DaysSince(m.cases[0].plan.Finish())
	o.P50, _ = f.PercentileDate(0.5)
	o.P80, _ = f.PercentileDate(0.8)
	o.OnTime, _ = f.OnTimeBy(c.due)
	o.Agreed, _ = f.OnTimeBy(m.report.Due)
	if err := m.price(&o, c.action); err != nil {
		return fmt.Errorf("control: compare %s: %w", verdict.Quote(c.action.ID), err)
	}
	to.Options = append(to.Options, o)
	return nil
}

// price adds up the money of an option.
func (m *comparer) price(o *Option, a Action) error {
	var err error
	if o.Cost, err = a.Cost(); err != nil {
		return err
	}
	if o.Delay, err = m.PerDay.Mul(int64(o.Days)); err != nil {
		return err
	}
	p := m.report.Money
	if o.EAC, err = total(p.EAC, o.Cost, o.Delay); err != nil {
		return err
	}
	limit, err := total(p.BAC, p.Contingency)
	if err != nil {
		return err
	}
	if over, err := o.EAC.Sub(limit); err != nil {
		return err
	} else if over.Sign() > 0 && p.BAC.Sign() > 0 {
		o.Over = over
	}
	return nil
}

// total returns the sum of some amounts.
func total(amounts ...money.Amount) (money.Amount, error) {
	return money.Sum(func(yield func(money.Amount) bool) {
		for _, a := range amounts {
			if !yield(a) {
				return
			}
		}
	})
}
