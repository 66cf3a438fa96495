package schedule_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// juggled is a case of calendar_tj3.json.
type juggled struct {
	Calendar   struct{ Holidays []calendar.Date }
	Holidays   []calendar.Date
	Calendars  map[string]string
	Links      [][]any
	Activities []struct {
		ID            string
		WorkingDays   int `json:"working_days"`
		Start, Finish calendar.Date
	}
}

// definition writes the case down; calendars are by activity.
func (j juggled) definition(t *testing.T) schedule.Definition {
	t.Helper()
	var d schedule.Definition
	days := map[string]calendar.Weekdays{
		"Mon-Fri": calendar.MondayToFriday, "Mon-Thu": calendar.MondayToFriday &^ calendar.Friday,
		"Sun-Thu": calendar.MondayToFriday&^calendar.Friday | calendar.Sunday,
	}
	var holidays []calendar.Holiday
	for _, day := range append(j.Calendar.Holidays, j.Holidays...) {
		holidays = append(holidays, calendar.Holiday{Date: day})
	}
	d.Calendars = []schedule.Calendar{{ID: "standard", Pattern: calendar.Pattern{Week: calendar.MondayToFriday, Holidays: holidays}}}
	for _, a := range j.Activities {
		activity := schedule.Activity{ID: a.ID, Duration: a.WorkingDays}
		if week, ok := j.Calendars[a.ID]; ok {
			week, leave, _ := strings.Cut(week, " less ")
			p := calendar.Pattern{Week: days[week], Holidays: holidays}
			require.NotZero(t, p.Week, week)
			if leave == "13-17 Apr" {
				p.Holidays = append([]calendar.Holiday{{Date: calendar.MustParse("2026-04-13"), Until: calendar.MustParse("2026-04-17")}}, holidays...)
			}
			d.Calendars = append(d.Calendars, schedule.Calendar{ID: a.ID, Pattern: p})
			activity.Calendar = a.ID
		}
		d.Activities = append(d.Activities, activity)
	}
	for _, l := range j.Links {
		link := schedule.Link{From: l[0].(string), To: l[1].(string)}
		require.NoError(t, link.Relation.Type.UnmarshalText([]byte(l[2].(string))))
		link.Relation.Lag.Amount = int(l[3].(float64))
		if len(l) > 4 && l[4] == "cal" {
			link.Relation.Lag.Unit = schedule.Elapsed
		}
		d.Links = append(d.Links, link)
	}
	return d
}

// The dates are those of TaskJuggler (CP-16, SC-11).
func TestReferenceTaskJuggler(t *testing.T) {
	var cases map[string]juggled
	read(t, "calendar_tj3.json", &cases)
	for _, name := range []string{"single_calendar", "multi_calendar"} {
		c := cases[name]
		require.NotEmpty(t, c.Activities)
		d := c.definition(t)
		if name == "single_calendar" {
			d.Activities = append(d.Activities, schedule.Activity{ID: "golive"}, schedule.Activity{ID: "kickoff"})
			d.Links = append(d.Links, schedule.Link{From: "kickoff", To: "discover"})
		} else {
			d.Activities = append(d.Activities, schedule.Activity{ID: "f"})
			d.Links = append(d.Links, schedule.Link{From: "d", To: "f"}, schedule.Link{From: "e", To: "f"})
		}
		net, err := schedule.Compile(d)
		require.NoError(t, err)
		plan, err := net.Plan(calendar.MustParse("2026-03-02"))
		require.NoError(t, err)
		for _, want := range c.Activities {
			got, ok := plan.Timing(want.ID)
			require.True(t, ok)
			require.Equal(t, want.Start, got.Start, want.ID)
			require.Equal(t, want.Finish, got.Finish, want.ID)
		}
		if name == "single_calendar" {
			golive, _ := plan.Timing("golive")
			require.Equal(t, "2026-07-03", golive.Start.String(), "the end of the last day before hypercare")
			kickoff, _ := plan.Timing("kickoff")
			require.Equal(t, "2026-03-02", kickoff.Start.String(), "the first day of the project")
		} else {
			f, _ := plan.Timing("f")
			require.Equal(t, "2026-04-27", f.Finish.String())
		}
	}
}

// Clocks that are set forward move no date: TaskJuggler's elapsed times drift by
// an hour over the night to 2026-03-29, civil days do not.
func TestReferenceDaylightSaving(t *testing.T) {
	every := calendar.Pattern{Week: calendar.EveryDay}
	plan, err := schedule.MustCompile(schedule.Definition{
		Calendars: []schedule.Calendar{{ID: "every day", Pattern: every}},
		Activities: []schedule.Activity{
			{ID: "k", Kind: schedule.StartMilestone, Constraints: []schedule.Constraint{{Kind: schedule.MustStart, At: schedule.MustParsePoint("2026-03-27")}}},
			{ID: "len", Duration: 4},
			{ID: "gap", Duration: 1},
			{ID: "dur", Kind: schedule.StartMilestone},
		},
		Links: []schedule.Link{
			{From: "k", To: "len"},
			{From: "k", To: "gap", Relation: schedule.MustParseRelation("FS+2e")},
			{From: "k", To: "dur", Relation: schedule.MustParseRelation("FS+4e")},
		},
	}).Plan(calendar.MustParse("2026-03-26"))
	require.NoError(t, err)
	for id, want := range map[string][2]string{
		"k": {"2026-03-27", "2026-03-27"}, "len": {"2026-03-27", "2026-03-30"},
		"gap": {"2026-03-29", "2026-03-29"}, "dur": {"2026-03-31", "2026-03-31"},
	} {
		got, _ := plan.Timing(id)
		require.Equal(t, want, [2]string{got.Start.String(), got.Finish.String()}, id)
	}
}
