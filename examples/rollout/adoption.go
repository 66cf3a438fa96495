package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/kpi/usage"
)

// An Act is one line of the log of the CRM: what a user did on a day.
type Act struct {
	User, Role, Action string
	Day                calendar.Date
}

// readUsage reads the log of the CRM from CSV.
func readUsage(r io.Reader) ([]Act, error) {
	var acts []Act
	file := rows.New(rows.Refuse,
		rows.Column{Name: "user", Aliases: []string{"user_id", "login", "account"}},
		rows.Column{Name: "role", Aliases: []string{"profile", "position"}},
		rows.Column{Name: "date", Aliases: rows.DateAliases(), Kind: rows.Day},
		rows.Column{Name: "action", Aliases: []string{"event", "feature", "activity"}})
	file.Read("", r, func(row *rows.Row) error {
		acts = append(acts, Act{string(row.Text(0)), string(row.Text(1)), string(row.Text(3)), row.Day(2)})
		return nil
	})
	return acts, file.Err()
}

// AdoptionFigures is how the CRM is used by those who could use it: the users of
// the waves that are live.
type AdoptionFigures struct {
	From     calendar.Date     `json:"from"` // the first users went live
	Active   usage.Share       `json:"active"`
	Groups   []usage.Group     `json:"groups"`
	Weeks    []usage.Period    `json:"weeks"`
	Features []usage.Feature   `json:"features"`
	Work     usage.Share       `json:"work"` // of those active, who did more than log in
	First    usage.TimeToValue `json:"first"`
}

const logIn = "login"

// adoptionFigures looks at the log of the CRM since its first users went live; nil
// if there are none, or no log.
func adoptionFigures(d *audit.Dossier, acts []Act, asOf calendar.Date) (*AdoptionFigures, error) {
	live := firstLive(d, asOf)
	if !live.IsValid() || len(acts) == 0 {
		return nil, nil //nolint:nilnil // no figures are no fault
	}
	var log usage.Log[string]
	roles := map[string]string{}
	for _, a := range acts {
		if err := log.Add(usage.Event[string]{User: a.User, Day: a.Day, Action: a.Action}); err != nil {
			return nil, fmt.Errorf("usage: %w", err)
		}
		roles[a.User] = a.Role
	}
	seats := seatsOf(d, asOf)
	f := &AdoptionFigures{From: live}
	month := calendar.Interval{From: max(live, asOf.AddMonths(-1).AddDays(1)), Until: asOf}
	since := calendar.Interval{From: live, Until: asOf}
	count, err := usage.ByGroup(&log, month, seats, func(user string) string { return roles[user] }, usage.Options[string]{})
	if err != nil {
		return nil, err
	}
	f.Active, f.Groups = count.All, count.Groups
	weeks, err := usage.Calendar(&log, since, usage.Week, usage.Options[string]{})
	if err != nil {
		return nil, err
	}
	f.Weeks = weeks.Periods
	features, err := usage.Adoption(&log, month, usage.Options[string]{Except: []string{logIn}})
	if err != nil {
		return nil, err
	}
	f.Features = features.Features
	return f, f.value(&log, roles, since, month)
}

// value looks at who does more than log in, and how long that took.
func (f *AdoptionFigures) value(log *usage.Log[string], roles map[string]string, since, month calendar.Interval) error {
	valued := slices.DeleteFunc(slices.Clone(log.Actions()), func(a string) bool { return a == logIn })
	work, err := usage.Work(log, month, valued, usage.Options[string]{})
	if err != nil {
		return err
	}
	f.Work = work.Valued
	begun := map[string]calendar.Date{}
	for user := range roles {
		begun[user] = since.From
	}
	f.First, err = usage.FirstValue(log, maps.All(begun), since.Until, usage.Options[string]{Actions: valued})
	return err
}

// seatsOf returns how many users of each role could work with the CRM by a day.
func seatsOf(d *audit.Dossier, asOf calendar.Date) []usage.Seats {
	users := map[string]int64{}
	for _, w := range d.Project.Waves {
		if w.IsLive(asOf) {
			for _, g := range w.Groups {
				users[g.Role] += g.Users
			}
		}
	}
	var seats []usage.Seats
	for _, role := range slices.Sorted(maps.Keys(users)) {
		seats = append(seats, usage.Seats{Group: role, Users: users[role]})
	}
	return seats
}

func adoption(s *page.Section, f *Figures) {
	a := f.Adoption
	if a == nil {
		s.Paraf("Nobody works with the CRM yet.")
		return
	}
	s.Paraf("In the last month %d of %d users worked with the CRM (%s). Of those %s did more than log in; half of them did so within %s days.",
		a.Active.Users, a.Active.Of, a.Active.Rate().Percent(0), a.Work.Rate().Percent(0), a.First.Median().Decimal(0))
	table := [][]string{}
	for _, g := range a.Groups {
		table = append(table, []string{g.Name, thousands(g.Active.Users), thousands(g.Active.Of), g.Active.Rate().Percent(0)})
	}
	s.Table([]string{"role", "active>", "users>", "share>"}, table...)
	table = nil
	for _, w := range a.Weeks {
		table = append(table, []string{w.Label, w.Users().Decimal(0), w.MeanDaily().Decimal(1), w.Stickiness().Percent(0)})
	}
	s.Table([]string{"week", "active>", "a day>", "stickiness>"}, table...)
	table = nil
	for _, x := range a.Features {
		table = append(table, []string{x.Action, thousands(x.Users.Users), x.Users.Rate().Percent(0), x.EventShare().Percent(0)})
	}
	s.Table([]string{"feature, last month", "users>", "of those active>", "of what was done>"}, table...)
}
