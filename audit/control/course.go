package control

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
	"github.com/crmrollout/crm/risk"
)

// A Course is what a project is steered by: what was approved, and what has been
// done, spent and measured. It is a plain value with a JSON form. Every part may be
// left out; what needs it is then left out of a report.
//
// Whatever is dated later than the day that is asked about has not happened yet.
type Course struct {
	Start    calendar.Date       `json:"start,omitzero"`    // first day of the project
	Baseline schedule.Definition `json:"baseline,omitzero"` // the approved network
	// Plan is the network that work goes by, if it differs from the baseline: new
	// estimates of what has not begun, activities found missing. Zero means Baseline.
	Plan      schedule.Definition `json:"plan,omitzero"`
	Status    schedule.Status     `json:"status,omitzero"`
	Ledger    evm.Ledger          `json:"ledger,omitzero"`
	Budget    crmproject.Budget   `json:"budget,omitzero"`
	Scorecard kpi.Scorecard       `json:"scorecard,omitzero"`
	Charts    []Chart             `json:"charts,omitempty"`
	Register  risk.Register       `json:"register,omitzero"`
}

// A Chart says by which control chart an indicator is watched. Limits that were
// kept are used as they are; without any they are estimated from the days of
// Options.Baseline, and so stay what they are whatever comes after.
type Chart struct {
	Measure string      `json:"measure"` // id of a measure of the scorecard
	Limits  spc.Limits  `json:"limits,omitzero"`
	Options spc.Options `json:"options,omitzero"`
}

// Validate reports every fault of the course as input, located by path: those of
// its parts, a status of activities that the plan has not, a ledger in another
// currency than the budget, charts of measures that the scorecard has not, and charts
// without a baseline.
func (c Course) Validate() error {
	var f verdict.Faults
	if len(c.Baseline.Activities) > 0 {
		c.validateNetworks(&f)
	} else if len(c.Plan.Activities) > 0 {
		f.Missing("baseline.activities")
	}
	if c.hasLedger() {
		f.Add("ledger", c.Ledger.Validate())
		books, budget := c.Ledger.Baseline.Packages[0].Budget.Currency(), c.Budget.Total.Currency()
		if books.IsValid() && budget.IsValid() && books != budget {
			f.Addf("ledger.baseline", "%w: %s beside a budget of %s", money.ErrCurrency, books, budget)
		}
	}
	f.Add("budget", c.Budget.Validate())
	f.Add("scorecard", c.Scorecard.Validate())
	seen := map[string]bool{}
	for i, chart := range c.Charts {
		at := verdict.At("charts", i)
		c.validateChart(at, chart, &f)
		if seen[chart.Measure] {
			f.Duplicate(at+".measure", chart.Measure)
		}
		seen[chart.Measure] = true
	}
	f.Add("register", registerFaults(c.Register))
	return f.Err()
}

func (c Course) validateNetworks(f *verdict.Faults) {
	requireDay(f, "start", c.Start)
	baseline, err := schedule.Compile(c.Baseline)
	f.Add("baseline", err)
	network := baseline
	if len(c.Plan.Activities) > 0 {
		network, err = schedule.Compile(c.Plan)
		f.Add("plan", err)
	}
	if network == nil || !c.Start.IsValid() {
		return
	}
	if c.Status.AsOf != 0 || len(c.Status.Actuals) > 0 {
		_, err = network.Reschedule(c.Start, c.Status)
	} else {
		_, err = network.Plan(c.Start)
	}
	f.Add("status", err)
}

func (c Course) validateChart(path string, chart Chart, f *verdict.Faults) {
	if _, ok := c.measure(chart.Measure); !ok {
		f.Unknown(path+".measure", chart.Measure)
	}
	if chart.Limits.Defined() {
		f.Add(path+".limits", chart.Limits.Validate())
	} else if chart.Options.Baseline == (calendar.Interval{}) {
		f.Missing(path + ".options.baseline")
	}
}

func (c Course) measure(id string) (kpi.Measure, bool) {
	for _, m := range c.Scorecard.Measures {
		if m.ID == id {
			return m, true
		}
	}
	return kpi.Measure{}, false
}

func (c Course) hasLedger() bool { return len(c.Ledger.Baseline.Packages) > 0 }

// working returns the network that work goes by.
func (c Course) working() schedule.Definition {
	if len(c.Plan.Activities) > 0 {
		return c.Plan
	}
	return c.Baseline
}

// statusAt returns what had been reported by a day.
func (c Course) statusAt(asOf calendar.Date) schedule.Status {
	s := schedule.Status{AsOf: min(c.Status.AsOf, asOf)}
	for _, a := range c.Status.Actuals {
		if a.Finish > asOf {
			a.Finish = 0
		}
		if c.Status.AsOf > asOf {
			a.Remaining = 0 // it was estimated later
		}
		if a.Start > asOf || a.Start == 0 && a.Finish == 0 {
			continue
		}
		s.Actuals = append(s.Actuals, a)
	}
	return s
}

// plans are the plan that was approved and the one that the work leads to.
type plans struct {
	baseline, forecast *schedule.Plan
	status             schedule.Status
}

// plan returns the plans as of a day, nil ones for a course without a network.
func (c Course) plan(asOf calendar.Date) (plans, error) {
	if len(c.Baseline.Activities) == 0 {
		return plans{}, nil
	}
	p := plans{status: c.statusAt(asOf)}
	var err error
	if p.baseline, err = forecast(c.Baseline, c.Start, schedule.Status{}); err != nil {
		return plans{}, fmt.Errorf("control: baseline: %w", err)
	}
	if p.forecast, err = forecast(c.working(), c.Start, p.status); err != nil {
		return plans{}, fmt.Errorf("control: plan: %w", err)
	}
	return p, nil
}

// forecast plans a definition from what has been done, or from the start if nothing
// was reported.
func forecast(d schedule.Definition, start calendar.Date, s schedule.Status) (*schedule.Plan, error) {
	n, err := schedule.Compile(d)
	if err != nil {
		return nil, err
	}
	if s.AsOf == 0 {
		return n.Plan(start)
	}
	return n.Reschedule(start, s)
}

// dueOf returns by when a network is to be finished: its deadline, or without one
// the finish of the plan that was agreed on.
func dueOf(d schedule.Definition, agreed *schedule.Plan) calendar.Date {
	if day := d.Deadline.Date(); day != 0 {
		return day
	}
	units, ok := d.Deadline.Offset()
	if !ok || units < 1 {
		return agreed.Finish()
	}
	w, err := defaultCalendar(d).Compile()
	if err != nil {
		return agreed.Finish()
	}
	return w.Add(w.Next(agreed.Start()), units-1)
}

// defaultCalendar returns the calendar that the deadline of a definition is
// counted on.
func defaultCalendar(d schedule.Definition) calendar.Pattern {
	i := slices.IndexFunc(d.Calendars, func(c schedule.Calendar) bool { return c.ID == d.Calendar })
	switch {
	case i >= 0:
		return d.Calendars[i].Pattern
	case len(d.Calendars) > 0:
		return d.Calendars[0].Pattern
	default:
		return calendar.Pattern{Week: calendar.MustParseWeekdays("mon,tue,wed,thu,fri")}
	}
}
