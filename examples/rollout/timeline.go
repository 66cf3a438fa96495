package main

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
)

// TimelineFigures is the plan as a network: what has become of it, what decides
// the finish, and how sure that is.
type TimelineFigures struct {
	Deadline   calendar.Date         `json:"deadline,omitzero"`
	Planned    calendar.Date         `json:"planned,omitzero"`  // finish of the plan as it was made
	Forecast   calendar.Date         `json:"forecast,omitzero"` // finish from what has been done
	Delay      int                   `json:"delay"`             // civil days between the two
	Float      int                   `json:"float"`             // working days between the forecast and the deadline
	Critical   []string              `json:"critical,omitempty"`
	Open       []schedule.Timing     `json:"open,omitempty"` // what is not finished, with its floats
	P50        schedule.DateEstimate `json:"p50,omitzero"`
	P80        schedule.DateEstimate `json:"p80,omitzero"`
	OnTime     schedule.Estimate     `json:"onTime,omitzero"` // probability of meeting the deadline
	Simulation *schedule.Simulation  `json:"simulation,omitempty"`
	Names      map[string]string     `json:"-"`
	Gantt      string                `json:"-"`
}

// seed makes every run of the program give the same numbers.
const seed = 1

// timelineFigures plans the network of the project. A project without links
// or without a start has none, and that is no fault.
func timelineFigures(d *audit.Dossier, asOf calendar.Date) (TimelineFigures, error) {
	p := &d.Project
	f := TimelineFigures{Deadline: p.End}
	definition := p.Schedule()
	if len(definition.Links) == 0 || !p.Start.IsValid() {
		return f, nil
	}
	network, err := schedule.Compile(definition)
	if err != nil {
		return f, fmt.Errorf("project: %w", err)
	}
	baseline, err := network.Plan(p.Start)
	if err != nil {
		return f, fmt.Errorf("project: %w", err)
	}
	now, err := network.Reschedule(p.Start, p.Status(asOf))
	if err != nil {
		return f, fmt.Errorf("project: %w", err)
	}
	f.Planned, f.Forecast = baseline.Finish(), now.Finish()
	f.Delay, f.Float, f.Critical = int(f.Forecast-f.Planned), now.MinFloat(), now.Critical()
	f.Names = map[string]string{}
	for _, a := range definition.Activities {
		f.Names[a.ID] = a.Name
	}
	for t := range now.All() {
		if t.State != schedule.Finished {
			f.Open = append(f.Open, t)
		}
	}
	f.Gantt = now.Gantt(52, func(t schedule.Timing) bool { return t.State != schedule.Finished })
	return f, f.simulate(now, p.Spreads(asOf), p.End)
}

func (f *TimelineFigures) simulate(now *schedule.Plan, spreads map[string]schedule.Spread, by calendar.Date) error {
	if len(spreads) == 0 {
		return nil
	}
	s, err := now.Simulate(context.Background(), schedule.SimOptions{Spreads: spreads, Seed: seed})
	if err != nil {
		return fmt.Errorf("project: %w", err)
	}
	f.Simulation = s
	f.P50, _ = s.PercentileDate(0.5)
	f.P80, _ = s.PercentileDate(0.8)
	f.OnTime, _ = s.OnTimeBy(by)
	return nil
}

func timeline(s *page.Section, f *Figures) {
	t := &f.Timeline
	if len(t.Open) == 0 {
		s.Paraf("There is no network to look at: nothing that is left waits for anything.")
		return
	}
	s.Paraf("The plan finishes on %s; from what is done so far the project finishes on %s, %s. It is to finish by %s, which leaves %s.",
		t.Planned, t.Forecast, later(t.Delay), t.Deadline, count(t.Float, "working day"))
	if t.Simulation != nil {
		s.Paraf("With the ranges of the estimates it finishes by %s with 50 %% and by %s with 80 %% probability "+
			"(95 %% interval %s to %s, %s runs); the deadline is met with %s. Where paths meet, delays add up: %.1f days on average.",
			t.P50.Value, t.P80.Value, t.P80.Low, t.P80.High, thousands(int64(t.Simulation.Iterations)), chance(t.OnTime), t.Simulation.MergeBias)
	}
	s.Pre(t.Gantt + schedule.GanttLegend)
	rows := [][]string{}
	for _, a := range t.Open {
		if a.Kind != schedule.Work {
			continue
		}
		critical := ""
		if e, ok := t.exposure(a.ID); ok {
			critical = percent(e)
		}
		mark := ""
		if a.Critical {
			mark = "critical"
		}
		rows = append(rows, []string{
			a.ID, short(t.Names[a.ID], 44), a.Start.String(), a.Finish.String(), itoa(a.TotalFloat), itoa(a.FreeFloat), critical, mark,
		})
	}
	s.Table([]string{"id", "activity", "start", "finish", "float>", "free>", "decides the finish>", ""}, rows...)
}

// exposure returns how often an activity decides the finish.
func (f *TimelineFigures) exposure(id string) (float64, bool) {
	if f.Simulation == nil {
		return 0, false
	}
	e, ok := f.Simulation.Activity(id)
	return e.Criticality.Value, ok
}

func later(days int) string {
	switch {
	case days > 0:
		return count(days, "day") + " later"
	case days < 0:
		return count(-days, "day") + " earlier"
	default:
		return "as planned"
	}
}

func count(n int, unit string) string {
	if n == 1 || n == -1 {
		return fmt.Sprintf("%d %s", n, unit)
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

func chance(e schedule.Estimate) string {
	return fmt.Sprintf("%.0f %% (%.1f to %.1f)", 100*e.Value, 100*e.Low, 100*e.High)
}

// earnedFigures returns the report of earned value, nil if the budget does not
// say which work it pays for.
func earnedFigures(d *audit.Dossier, asOf calendar.Date) (*evm.Report, error) {
	l := d.Project.Ledger(asOf)
	for _, w := range l.Baseline.Packages {
		if w.Method == evm.PercentComplete {
			r, err := l.Report(asOf)
			if err != nil {
				return nil, fmt.Errorf("project: budget: %w", err)
			}
			return &r, nil
		}
	}
	return nil, nil //nolint:nilnil // no report is no fault
}

func earned(s *page.Section, f *Figures) {
	r := f.Earned
	if r == nil {
		s.Paraf("No budget line names the activities that it pays for, so nothing can be earned.")
		return
	}
	m, p := r.Measured.Measures, r.Measured.Performance
	s.Paraf("Of the work that is measured, %s was planned by now, %s is earned, and %s is spent; the budget for it is %s.",
		amount(m.PV), amount(m.EV), amount(m.AC), amount(m.BAC))
	s.Table([]string{"index", "value>", "meaning"},
		[]string{"CPI", p.CPI.Decimal(2), "earned per money spent; below 1 the work costs more than planned"},
		[]string{"SPI", p.SPI.Decimal(2), "earned per money planned; below 1 less is done than planned"},
		[]string{"SPI(t)", r.Schedule.SPIt.Decimal(2), "earned schedule per time passed; stays honest at the end"},
		[]string{"TCPI", p.TCPI.Index.Decimal(2), "index needed to finish within the budget"})
	rows := [][]string{}
	for _, e := range r.Total.Performance.Estimates {
		if e.EAC.Defined() {
			rows = append(rows, []string{words(e.Variant.String()), amount(e.EAC.Rounded), amount(e.VAC.Rounded)})
		}
	}
	s.Table([]string{"estimate at completion, all work", "cost>", "left of the budget>"}, rows...)
	rows = nil
	for _, x := range r.Forecast.Finishes {
		on := "no date: " + x.Time.Reason()
		if x.Date.IsValid() {
			on = x.Date.String()
		}
		rows = append(rows, []string{words(x.Pace.String()), on})
	}
	s.Table([]string{"finish, if the rest goes", "on"}, rows...)
}
