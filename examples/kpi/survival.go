package main

import (
	"flag"
	"fmt"
	"maps"
	"slices"

	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survival"
)

func survivalEntry() entry {
	return entry{
		name: "survival",
		what: "how long customers stay, counting those who are still there",
		help: `Estimates the share of subjects whose event has not come yet, by Kaplan and Meier. Prints
time, at_risk, events, censored, survival, lower, upper for each time; with -by a first
column group and, on standard error, the log-rank test. With -summary it prints p, time,
lower, upper instead: the quartiles of the time with their limits.

It reads one of
  time, status    whole units of time, and how they ended: 1, true, yes, event or
                  churned, and 0, false, no, censored or active; with 1 and 2 and no 0,
                  2 is the event, as in R; -event says which word is
  start, end      days; no end, or one after -as-of, is censored at -as-of
  customer, date  orders, with -inactive: a customer is gone after so many days without
                  an order, and the time is that from his first order`,
		example: "-conf log-log -by plan contracts.csv",
		command: func() command {
			return &survivalCommand{conf: newChoice("log", "plain", "log-log")}
		},
	}
}

type survivalCommand struct {
	conf     choice
	level    float64
	summary  bool
	event    string
	inactive int
}

func (c *survivalCommand) roles() []role {
	customer, date := customerRole(), dateRole(rows.Day)
	customer.what, date.what = "who ordered, for -inactive", "when, for -inactive"
	return []role{
		optional(rows.Integer, "the time followed, a whole number", "time", "futime", "duration", "tenure", "tenure_days", "days", "survival_time"),
		optional(rows.Text, "how it ended", "status", "fustat", "event", "churned", "dead", "death", "outcome"),
		optional(rows.Day, "the first day", "start", "start_date", "signup", "signup_date", "opened", "joined", "begin").unless("time"),
		optional(rows.Day, "the last day, if there is one", "end", "end_date", "churn_date", "cancelled", "canceled", "closed", "until").unless("time"),
		customer, date, byRole(),
	}
}

func (c *survivalCommand) flags(f *flag.FlagSet) {
	f.Var(&c.conf, "conf", "the confidence limits: `log`, plain or log-log")
	f.Float64Var(&c.level, "level", kpi.DefaultLevel, "the confidence `level`")
	f.BoolVar(&c.summary, "summary", false, "print the quartiles instead of the curve")
	f.StringVar(&c.event, "event", "", "the `word` in the column status that means the event; all others are censored")
	f.IntVar(&c.inactive, "inactive", 0, "read orders; who has not ordered for so many `days` is gone")
}

func (c *survivalCommand) run(j *job) error {
	limits, err := survival.ParseLimits(c.conf.word)
	if err != nil {
		return err
	}
	if !(c.level > 0 && c.level < 1) {
		return wrongUse("-level: want a number between 0 and 1")
	}
	read := c.readSubjects
	if c.inactive > 0 {
		read = c.readOrders
	}
	groups, err := read(j)
	if err != nil {
		return err
	}
	return c.print(j, groups, survival.Options{Limits: limits, Level: c.level})
}

// readOrders makes a sample of orders, by the inactivity rule.
func (c *survivalCommand) readOrders(j *job) (map[string]*survival.Sample, error) {
	const customer, date = 0, 1
	var e events
	var numbers rows.Dictionary
	if j.broken() {
		return nil, wrongUse("-by does not go with -inactive")
	}
	_, err := j.read(j.columns("customer", "date"), func(row *rows.Row) error {
		e.add(numbers.Number(row.Text(customer)), row.Day(date), 0)
		return nil
	})
	if err != nil {
		return nil, err
	}
	h, err := e.History()
	if err != nil {
		return nil, err
	}
	sample, _, err := survival.FromHistory(h, j.end(e.last), survival.Rule{Inactive: c.inactive})
	return map[string]*survival.Sample{"": sample}, err
}

func (c *survivalCommand) print(j *job, samples map[string]*survival.Sample, o survival.Options) error {
	columns := []string{"time", "at_risk", "events", "censored", "survival", "lower", "upper"}
	if c.summary {
		columns = []string{"p", "time", "lower", "upper"}
	}
	if j.broken() {
		columns = append([]string{"group"}, columns...)
	}
	j.out.begin(columns...)
	groups := slices.Sorted(maps.Keys(samples))
	for _, group := range groups {
		curve, err := samples[group].Curve(o)
		if err != nil {
			return err
		}
		var first []value
		if j.broken() {
			first = []value{text(group)}
		}
		if err := c.printCurve(j, first, curve); err != nil {
			return err
		}
	}
	return c.compare(j, groups, samples)
}

func (c *survivalCommand) printCurve(j *job, first []value, curve survival.Curve) error {
	if !c.summary {
		for _, p := range curve.Points {
			j.out.row(append(slices.Clip(first), integer(p.Time), integer(p.AtRisk), integer(p.Events), integer(p.Censored), number(p.Survival, true),
				number(p.Interval.Lo, p.Interval.Defined()), number(p.Interval.Hi, p.Interval.Defined()))...)
		}
		return nil
	}
	for _, p := range []float64{0.25, 0.5, 0.75} {
		q, err := curve.Quantile(p)
		if err != nil {
			return err
		}
		j.out.row(append(slices.Clip(first), number(p, true), number(q.Time.Float64()), number(q.Lo.Float64()), number(q.Hi.Float64()))...)
	}
	return nil
}

// compare tells whether the curves differ by more than chance.
func (c *survivalCommand) compare(j *job, groups []string, samples map[string]*survival.Sample) error {
	if len(groups) < 2 {
		return nil
	}
	list := make([]*survival.Sample, len(groups))
	for i, group := range groups {
		list[i] = samples[group]
	}
	test, err := survival.LogRank(list...)
	if err != nil {
		return fmt.Errorf("log-rank test: %w", err)
	}
	j.notef("log-rank test: chi-square %v with %d degrees of freedom, p = %v", test.ChiSquare, test.Freedom, test.P)
	return nil
}
