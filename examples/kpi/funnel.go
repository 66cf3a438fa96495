package main

import (
	"flag"
	"slices"
	"strings"
	"time"

	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/funnel"
)

func funnelEntry() entry {
	return entry{
		name: "funnel",
		what: "how far customers come on a way of several steps, such as lead to won",
		help: `Counts the customers who reach each step in its order, within a window from the first.
Prints step, customers, rate, step_rate, lower, upper, settled, settled_rate, median_days;
with -by a first column group. Rate is from the first step, step_rate from the one before;
lower and upper are the 95 % Wilson interval of rate; settled counts only customers
whose windows are over at the end, which -window needs; median_days is the median time
since the step before.

Modes: ordered (a later event, or one at the same time if it stands later in the file),
strict_time, adjacent (the very next event), any_order, first_touch. -window takes s, min,
h, d and w, days without a unit; 0 is any time, its end counts.`,
		example: "-steps lead,opportunity,won -window 30d -by source events.csv",
		command: func() command { return &funnelCommand{steps: words{funnel.Lead, funnel.Opportunity, funnel.Won}} },
	}
}

type funnelCommand struct {
	steps  words
	window seconds
	mode   funnel.Mode
	ties   funnel.Ties
}

func (c *funnelCommand) roles() []role {
	when := dateRole(rows.Time)
	when.Name, when.Aliases = "time", append([]string{"date", "event_time", "event_date", "at", "ts"}, when.Aliases...)
	event := role{rows.Column{Name: "event", Aliases: []string{"event_name", "event_type", "action", "step", "stage", "activity"}}, "what happened"}
	return []role{customerRole(), when, event, byRole()}
}

func (c *funnelCommand) flags(f *flag.FlagSet) {
	f.Var(&c.steps, "steps", "the `events` in their order, with commas")
	f.Var(&c.window, "window", "the longest `time` from the first step to any other, such as 30d")
	f.TextVar(&c.mode, "mode", funnel.Ordered, "`ordered`, strict_time, adjacent, any_order or first_touch")
	f.TextVar(&c.ties, "ties", funnel.InOrder, "events of the same time: `in_order` of the file, or simultaneous")
}

func (c *funnelCommand) run(j *job) error {
	f := funnel.Of(int64(c.window), c.steps...)
	f.Mode, f.Ties = c.mode, c.ties
	if err := f.Validate(); err != nil {
		return err
	}
	log, last, err := c.read(j)
	if err != nil {
		return err
	}
	c.tellMissing(j, log.Names())
	if j.asOf != 0 || last == minTime {
		last = funnel.At(j.end(0)) + funnel.Day - 1
	} else {
		j.notef("as of %s UTC, the last event in the files", time.Unix(last, 0).UTC().Format(time.DateTime))
	}
	var o funnel.Options[uint32]
	if j.broken() {
		o.By = funnel.ByAnchor
	}
	result, err := funnel.Analyze(log, f, last, o)
	if err != nil {
		return err
	}
	if result.Counts.Later > 0 {
		j.notef("%d events after that day left out", result.Counts.Later)
	}
	return c.print(j, result)
}

const minTime = -1 << 62

// read reads who did what and when; the last event is minTime if there is none.
func (c *funnelCommand) read(j *job) (log *funnel.Log[uint32], last int64, err error) {
	const customer, when, event, by = 0, 1, 2, 3
	log, last = &funnel.Log[uint32]{}, minTime
	var customers, texts rows.Dictionary
	var known []string // by number
	intern := func(b []byte) string {
		n := texts.Number(b)
		if int(n) == len(known) {
			known = append(known, string(b))
		}
		return known[n]
	}
	place := int64(0)
	_, err = j.read(j.columns("customer", "time", "event", "by"), func(row *rows.Row) error {
		e := funnel.Event[uint32]{Customer: customers.Number(row.Text(customer)), Time: row.Int(when), Order: place, Name: intern(row.Text(event))}
		if row.Has(by) {
			e.Attribute = intern(row.Text(by))
		}
		place++
		last = max(last, e.Time)
		return log.Add(e)
	})
	return log, last, err
}

// tellMissing says which steps nobody ever took, which is mostly a typing error.
func (c *funnelCommand) tellMissing(j *job, names []string) {
	const most = 20
	have := map[string]bool{}
	for _, name := range names {
		have[name] = true
	}
	for _, step := range c.steps {
		if !have[step] {
			j.notef("no event %q in the files; there are %s", step, strings.Join(names[:min(most, len(names))], ", "))
		}
	}
}

func (c *funnelCommand) print(j *job, result funnel.Result) error {
	columns := []string{"step", "customers", "rate", "step_rate", "lower", "upper", "settled", "settled_rate", "median_days"}
	if result.Groups == nil {
		j.out.begin(columns...)
		return c.printSteps(j, nil, result.Steps)
	}
	j.out.begin(append([]string{"group"}, columns...)...)
	for _, g := range result.Groups {
		if err := c.printSteps(j, []value{text(g.Value)}, g.Steps); err != nil {
			return err
		}
	}
	return nil
}

func (c *funnelCommand) printSteps(j *job, first []value, steps []funnel.StepCount) error {
	for _, s := range steps {
		interval, err := s.All.Interval(kpi.DefaultLevel)
		if err != nil {
			return err
		}
		settled := integer(s.Settled.Reached)
		if c.window == 0 {
			settled = value{}
		}
		j.out.row(append(slices.Clip(first), text(s.Name), integer(s.All.Reached), exactly(s.All.Rate()), exactly(s.All.StepRate()),
			number(interval.Lo, interval.Defined()), number(interval.Hi, interval.Defined()),
			settled, exactly(s.Settled.Rate()), exactly(funnel.Days(s.Since.Median)))...)
	}
	return nil
}
