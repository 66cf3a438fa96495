package control

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// time looks for deviations of the schedule: the finish, tasks and milestones.
func (s *scanner) time() error {
	if s.baseline == nil {
		return nil
	}
	r := &s.report
	r.Reported = s.status.AsOf
	r.Planned, r.Forecast = s.baseline.Finish(), s.forecast.Finish()
	r.Due = dueOf(s.Baseline, s.baseline)
	s.finish()
	for t := range s.baseline.All() {
		if now, ok := s.forecast.Timing(t.ID); ok && now.State != schedule.Finished {
			s.task(t, now)
		}
	}
	return nil
}

// finish compares the finish of the project with what was promised: the baseline, or
// the deadline where the baseline itself misses it.
func (s *scanner) finish() {
	r := &s.report
	d := s.dates(Deviation{ID: "finish", Measure: Finish, Subject: "plan"}, min(r.Planned, r.Due), r.Forecast)
	if d.Size.Sign() == 0 {
		return
	}
	d.Level, d.Limit = s.Finish.level(d.Size)
	d.Nature = Signal
	if r.Forecast <= r.Due {
		d.Nature = Noise
	}
	d.Evidence = []string{
		"decided by " + strings.Join(limited(s.forecast.Critical()), ", "),
		fmt.Sprintf("due %s", r.Due),
	}
	s.found(d)
}

// task compares an activity that is not finished: a milestone by its forecast, work
// once its planned finish is past.
func (s *scanner) task(planned, now schedule.Timing) {
	d := Deviation{ID: verdict.Key("missed", planned.ID), Measure: MissedTask}
	if planned.Kind != schedule.Work {
		d.ID, d.Measure = verdict.Key("milestone", planned.ID), MilestoneDate
	} else if planned.Finish > s.status.AsOf {
		return
	}
	d.Subject, d.Title = verdict.Key("plan.activities", planned.ID), s.title(planned.ID)
	d = s.dates(d, planned.Finish, now.Finish)
	if d.Size.Sign() == 0 {
		return
	}
	d.Level, d.Limit = s.Task.level(d.Size)
	d.Nature = Signal
	if now.TotalFloat > 0 && !now.Critical {
		d.Nature = Noise
		d.Evidence = append(d.Evidence, fmt.Sprintf("float of %d working days left", now.TotalFloat))
	}
	if planned.Finish <= s.status.AsOf {
		d.Since = planned.Finish.AddDays(1)
		d.Evidence = append(d.Evidence, "state: "+now.State.String())
	}
	s.found(d)
}

// dates puts two days into a deviation, in days from the start of the project.
func (s *scanner) dates(d Deviation, planned, actual calendar.Date) Deviation {
	d.PlannedOn, d.ActualOn, d.Unit = planned, actual, "days"
	d.Planned, d.Actual = s.days(planned), s.days(actual)
	d.Size = d.Actual.Sub(d.Planned)
	d.Welcome = d.Size.Sign() < 0
	return d
}

func (s *scanner) days(d calendar.Date) ratio.Ratio {
	n, ok := d.DaysSince(s.Start)
	if !ok {
		return ratio.Undefined("no date")
	}
	return ratio.Int(int64(n))
}

func (s *scanner) title(id string) string {
	if a, ok := s.baseline.Network().Activity(id); ok && a.Name != "" {
		return a.Name
	}
	return id
}

// limited returns the first ids of a list that may be long.
func limited(ids []string) []string {
	const most = 8
	if len(ids) > most {
		return append(ids[:most:most], fmt.Sprintf("and %d more", len(ids)-most))
	}
	return ids
}
