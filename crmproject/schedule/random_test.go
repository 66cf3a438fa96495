package schedule_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// day0 is the start of random projects, a Saturday.
var day0 = calendar.MustParse("2027-03-06")

// A mixture says what random definitions are made of.
type mixture struct {
	calendars   int // at most four
	milestones  bool
	elapsed     bool
	percent     bool
	constraints bool
	offsets     bool // constraints by offset, not by day
	deadlines   bool
}

// patterns are calendars that have little in common.
func patterns() []schedule.Calendar {
	closed := []calendar.Holiday{
		{Date: calendar.MustParse("2027-03-26"), Until: calendar.MustParse("2027-03-29")},
		{Date: calendar.MustParse("2027-04-14"), Until: calendar.MustParse("2027-04-20")},
		{Date: calendar.MustParse("2027-05-06")},
	}
	return []schedule.Calendar{
		{ID: "office", Pattern: calendar.Pattern{Week: calendar.MondayToFriday, Holidays: closed, Extra: []calendar.Date{calendar.MustParse("2027-04-17")}}},
		{ID: "every", Pattern: calendar.Pattern{Week: calendar.EveryDay}},
		{ID: "gulf", Pattern: calendar.Pattern{Week: calendar.Sunday | calendar.Monday | calendar.Tuesday | calendar.Wednesday | calendar.Thursday}},
		{ID: "weekend", Pattern: calendar.Pattern{Week: calendar.Saturday | calendar.Sunday, Holidays: closed[:1]}},
	}
}

// definition returns a random network of n activities.
func (x mixture) definition(r *rand.Rand, n int) schedule.Definition {
	d := schedule.Definition{Calendars: patterns()[:max(x.calendars, 1)]}
	for i := range n {
		d.Activities = append(d.Activities, x.activity(r, i))
	}
	for j := range n {
		for range r.IntN(4) {
			if j > 0 {
				d.Links = append(d.Links, schedule.Link{From: d.Activities[r.IntN(j)].ID, To: d.Activities[j].ID, Relation: x.relation(r)})
			}
		}
	}
	if x.deadlines && r.IntN(3) == 0 {
		d.Deadline = x.point(r, 40)
	}
	r.Shuffle(n, func(i, j int) { d.Activities[i], d.Activities[j] = d.Activities[j], d.Activities[i] })
	return d
}

func (x mixture) activity(r *rand.Rand, i int) schedule.Activity {
	a := schedule.Activity{ID: fmt.Sprintf("A%02d", (i*7+3)%100), Duration: 1 + r.IntN(8)}
	if x.calendars > 1 {
		a.Calendar = patterns()[r.IntN(x.calendars)].ID
	}
	if x.milestones && r.IntN(4) == 0 {
		a.Duration = 0
		a.Kind = []schedule.Kind{0, schedule.Milestone, schedule.StartMilestone}[r.IntN(3)]
	}
	if x.constraints && r.IntN(4) == 0 {
		a.Constraints = []schedule.Constraint{{Kind: schedule.ConstraintKind(1 + r.IntN(6)), At: x.point(r, 30)}}
	}
	if x.deadlines && r.IntN(5) == 0 {
		a.Deadline = x.point(r, 40)
	}
	return a
}

func (x mixture) point(r *rand.Rand, within int) schedule.Point {
	if x.offsets {
		return schedule.After(r.IntN(within) - 2)
	}
	return schedule.On(day0.AddDays(r.IntN(within) - 2))
}

func (x mixture) relation(r *rand.Rand) schedule.Relation {
	relation := schedule.Relation{Type: schedule.Type(r.IntN(4))}
	if r.IntN(2) == 0 {
		relation.Lag.Amount = r.IntN(9) - 3
	}
	switch {
	case x.elapsed && r.IntN(4) == 0:
		relation.Lag.Unit = schedule.Elapsed
	case x.percent && r.IntN(4) == 0:
		relation.Lag = schedule.Lag{Amount: 25 * (r.IntN(8) - 2), Unit: schedule.Percent}
	}
	return relation
}

// everything is a mixture with all there is.
var everything = mixture{calendars: 4, milestones: true, elapsed: true, percent: true, constraints: true, deadlines: true}
