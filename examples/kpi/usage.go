package main

import (
	"flag"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi/usage"
)

func usageEntry() entry {
	return entry{
		name: "usage",
		what: "daily, weekly and monthly active users, and how sticky the CRM is",
		help: `Counts the users who were active in the day, the week and the month up to each day of
the observation. Prints date, dau, wau, mau, stickiness, dau_mau, complete, for every day.
Stickiness is the mean dau over the month by mau; dau_mau is that of the one day. Both
are empty until a whole month has been observed (complete): the counts before are what
has been seen so far.

With -calendar it prints period, active, new, retained, resurrected, dormant, complete,
for each week, month or quarter instead.`,
		example: "-from 2026-01-01 -as-of 2026-03-31 -except login events.csv",
		command: func() command { return &usageCommand{calendar: choice{words: []string{"week", "month", "quarter"}}} },
	}
}

type usageCommand struct {
	week, month  int
	from         calendar.Date
	calendar     choice
	only, except words
}

func (c *usageCommand) roles() []role {
	user := role{rows.Column{Name: "user", Kind: rows.Text}, "who: the user"}
	for _, alias := range append([]string{"customer"}, rows.CustomerAliases()...) {
		if alias != user.Name {
			user.Aliases = append(user.Aliases, alias)
		}
	}
	action := role{rows.Column{Name: "action", Aliases: []string{"event", "feature", "event_name", "activity"}, Need: rows.Optional}, "what was done"}
	return []role{user, dateRole(rows.Day), action}
}

func (c *usageCommand) flags(f *flag.FlagSet) {
	f.IntVar(&c.week, "wau", 7, "the `days` of wau")
	f.IntVar(&c.month, "mau", 30, "the `days` of mau")
	f.TextVar(&c.from, "from", calendar.Date(0), "the first `day` of the observation; without it, that of the first event")
	f.Var(&c.calendar, "calendar", "by `month`, week or quarter instead of day by day")
	f.Var(&c.only, "only", "the `actions` that make a user active, with commas; all without it")
	f.Var(&c.except, "except", "the `actions` that do not, with commas")
}

func (c *usageCommand) run(j *job) error {
	if c.week < 1 || c.month < 1 {
		return wrongUse("-wau and -mau: want at least 1")
	}
	log, last, err := c.read(j)
	if err != nil {
		return err
	}
	observation := calendar.Interval{From: c.from, Until: j.end(last)}
	o := usage.Options[uint32]{Actions: c.only, Except: c.except}
	if c.calendar.word != "" {
		return c.periods(j, log, observation, o)
	}
	actives, err := usage.Rolling(log, observation, o, 1, c.week, c.month)
	if err != nil {
		return err
	}
	j.out.begin("date", "dau", "wau", "mau", "stickiness", "dau_mau", "complete")
	for _, day := range actives.Days {
		users := func(window int) usage.Active { a, _ := actives.On(day.Day, window); return a }
		j.out.row(text(day.Day.String()), integer(users(1).Users), integer(users(c.week).Users), integer(users(c.month).Users),
			exactly(actives.Stickiness(day.Day, c.month)), exactly(actives.Ratio(day.Day, 1, c.month)), truth(users(c.month).Complete))
	}
	return nil
}

// read reads who did what, and returns the last day too.
func (c *usageCommand) read(j *job) (*usage.Log[uint32], calendar.Date, error) {
	const user, date, action = 0, 1, 2
	var log usage.Log[uint32]
	var last calendar.Date
	var users, actions rows.Dictionary
	names := map[uint32]string{}
	_, err := j.read(j.columns("user", "date", "action"), func(row *rows.Row) error {
		name := "active" // where nothing is said
		if row.Has(action) {
			n := actions.Number(row.Text(action))
			if _, ok := names[n]; !ok {
				names[n] = string(row.Text(action))
			}
			name = names[n]
		}
		last = max(last, row.Day(date))
		return log.Add(usage.Event[uint32]{User: users.Number(row.Text(user)), Day: row.Day(date), Action: name})
	})
	return &log, last, err
}

// periods prints the users by calendar period.
func (c *usageCommand) periods(j *job, log *usage.Log[uint32], observation calendar.Interval, o usage.Options[uint32]) error {
	unit, err := usage.ParseUnit(c.calendar.word)
	if err != nil {
		return err
	}
	periods, err := usage.Calendar(log, observation, unit, o)
	if err != nil {
		return err
	}
	j.out.begin("period", "active", "new", "retained", "resurrected", "dormant", "complete")
	for _, p := range periods.Periods {
		j.out.row(text(p.Label), integer(p.Active), integer(p.New), integer(p.Retained), integer(p.Resurrected), integer(p.Dormant), truth(p.Complete))
	}
	return nil
}
