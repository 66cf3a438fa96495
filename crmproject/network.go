package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// standardWeek reports whether the project has no calendar of its own.
func (p *Project) standardWeek() bool {
	return p.Calendar.Week == 0 && len(p.Calendar.Holidays) == 0 && len(p.Calendar.Extra) == 0
}

// WorkingDays returns the pattern of the project's working days, Monday to
// Friday if it names none.
func (p *Project) WorkingDays() calendar.Pattern {
	if p.standardWeek() {
		return calendar.Pattern{Week: calendar.MondayToFriday}
	}
	return p.Calendar
}

// Schedule returns the activities and milestones of the project as a network
// plan (CP-16). An activity takes the working days from its planned start to its
// planned finish, at least one; it follows those it is After, and does not start
// before its planned start, which somebody decided on. A milestone is reached
// when the activities are done that it is After. The deadline is the end of the
// project.
//
// Activities without both dates, and milestones that nothing reaches, have no
// place in a network; they are left out, with the links to them. The definition
// compiles if the project is valid. Its baseline is
// [schedule.Network.Plan] from the project's start, and the forecast at a date
// [schedule.Network.Reschedule] with [Project.Status].
func (p *Project) Schedule() schedule.Definition {
	d := schedule.Definition{
		Name:      p.Name,
		Calendars: []schedule.Calendar{{ID: "project", Pattern: p.WorkingDays()}},
		Deadline:  schedule.On(p.End),
	}
	if !p.End.IsValid() {
		d.Deadline = schedule.Point{}
	}
	days, err := p.WorkingDays().Compile()
	if err != nil {
		days = new(calendar.Working) // what does not compile here does not compile there either
	}
	for i := range p.Activities {
		a := &p.Activities[i]
		if a.dated() {
			d.Activities = append(d.Activities, schedule.Activity{
				ID: a.ID, Name: a.Title, Group: a.Phase, Duration: a.duration(days),
				Constraints: []schedule.Constraint{{Kind: schedule.StartNoEarlier, At: schedule.On(a.Start)}},
			})
		}
	}
	known := idSet(d.Activities, func(a schedule.Activity) string { return a.ID })
	for i := range p.Activities {
		if a := &p.Activities[i]; known[a.ID] {
			d.Links = follow(d.Links, a.ID, a.After, known)
		}
	}
	for _, m := range p.Milestones {
		before := len(d.Links)
		if d.Links = follow(d.Links, m.place(), m.After, known); len(d.Links) > before {
			d.Activities = append(d.Activities, schedule.Activity{ID: m.place(), Name: m.Title, Group: m.Phase, Kind: schedule.Milestone})
		}
	}
	return d
}

// Agreed returns the network of the project with the dates and the end of the
// baseline in force on a day; false without one, or if it holds no dates of
// activities. Activities that came later keep their own planned dates.
func (p *Project) Agreed(asOf calendar.Date) (schedule.Definition, bool) {
	for _, b := range slices.Backward(p.Baselines) {
		if b.On > asOf {
			continue
		}
		agreed := make(map[string]ActivityDates, len(b.Activities))
		for _, a := range b.Activities {
			agreed[a.ID] = a
		}
		q := *p
		q.End, q.Activities = b.End, slices.Clone(p.Activities)
		for i := range q.Activities {
			if a, ok := agreed[q.Activities[i].ID]; ok {
				q.Activities[i].Start, q.Activities[i].Finish = a.Start, a.Finish
			}
		}
		return q.Schedule(), len(agreed) > 0
	}
	return schedule.Definition{}, false
}

// follow adds the links to an activity from those that are known.
func follow(links []schedule.Link, to string, after []string, known map[string]bool) []schedule.Link {
	for _, from := range after {
		if known[from] {
			links = append(links, schedule.Link{From: from, To: to})
		}
	}
	return links
}

// place is the id of the milestone in a network, where it stands beside
// activities, which have ids of their own.
func (m Milestone) place() string { return "milestone " + m.ID }

// dated reports whether the activity has a place in a network.
func (a Activity) dated() bool {
	return a.ID != "" && a.Start.IsValid() && a.Finish.IsValid() && a.Start <= a.Finish
}

// duration returns the working days of the activity, at least one.
func (a Activity) duration(days *calendar.Working) int {
	n, _ := days.CountIn(calendar.Interval{From: a.Start, Until: a.Finish})
	return max(n, 1)
}

// Status returns what has been done by a date of what [Project.Schedule] holds
// (CP-36). What is left of an activity that has begun is the share of its
// duration that its progress leaves, rounded up to a day; without a progress it
// is what the planned duration leaves.
func (p *Project) Status(asOf calendar.Date) schedule.Status {
	s := schedule.Status{AsOf: asOf}
	days, err := p.WorkingDays().Compile()
	if err != nil {
		return s
	}
	for i := range p.Activities {
		a := &p.Activities[i]
		if !a.dated() || !a.Started(asOf) {
			continue
		}
		actual := schedule.Actual{ID: a.ID, Start: a.ActualStart}
		if a.Done(asOf) {
			actual.Finish = a.ActualFinish
			if !actual.Start.IsValid() {
				actual.Start = min(a.Start, a.ActualFinish)
			}
		} else {
			actual.Remaining = remaining(a.duration(days), a.Progress)
		}
		s.Actuals = append(s.Actuals, actual)
	}
	reached := idSet(p.Schedule().Activities, func(a schedule.Activity) string { return a.ID })
	for _, m := range p.Milestones {
		if m.Achieved.IsValid() && m.Achieved <= asOf && reached[m.place()] {
			s.Actuals = append(s.Actuals, schedule.Actual{ID: m.place(), Finish: m.Achieved})
		}
	}
	return s
}

// remaining returns the days that a progress leaves of a duration, at least one,
// or 0 if nobody told the progress.
func remaining(duration int, progress ratio.Ratio) int {
	done, ok := progress.Mul(ratio.Int(int64(duration))).Floor()
	if !ok {
		return 0
	}
	return max(duration-int(done), 1)
}

// Spreads returns the distributions of the durations of activities that are
// estimated as a range, for a simulation of the schedule: beta-PERT, tabulated,
// and for what has begun by asOf, scaled to the share that is left.
func (p *Project) Spreads(asOf calendar.Date) map[string]schedule.Spread {
	spreads := map[string]schedule.Spread{}
	for _, a := range p.Activities {
		if a.Estimate == (schedule.ThreePoint{}) || a.Estimate.Validate() != nil || !a.dated() || a.Done(asOf) {
			continue
		}
		left := 1.0
		if a.Started(asOf) {
			if done, ok := a.Progress.Float64(); ok {
				left = 1 - done
			}
		}
		e := a.Estimate
		spread := schedule.BetaPERT{Optimistic: left * e.Optimistic, MostLikely: left * e.MostLikely, Pessimistic: left * e.Pessimistic}
		spreads[a.ID] = spread.Tabulate()
	}
	return spreads
}
