package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

func retentionEntry() entry {
	return entry{
		name: "retention",
		what: "cohorts of customers, and the share of them that is still active",
		help: `Follows customers from their first order. Prints cohort, period, size, active, rate,
complete. A rate is active/size; where the period is not over for anyone in the cohort
it is empty, complete is false, and active is what is known so far.

Kinds:
  calendar   by calendar period: offset 0 is the period of the first order
  unbounded  the same, active in the period or later
  elapsed    by windows of equal length since each first order: -days, or 7, 30 or 90
             by -period; period is the number of the window
  nday       on single days since each first order: -at; period is the day
  bracket    in brackets of days since each first order: -brackets
The last three put all customers into one cohort, unless -cohorts says otherwise, and
size counts those whose window is over. With -from-then-on they count who is active
in the window or later. The end of the observation is -as-of, included.`,
		example: "-period month -as-of 2026-12-31 orders.csv",
		command: func() command {
			return &retentionCommand{
				period:   newChoice("month", "week", "quarter"),
				kind:     newChoice("calendar", "elapsed", "nday", "unbounded", "bracket"),
				cohorts:  newChoice("all", "week", "month", "quarter"),
				at:       numbers{1, 7, 14, 30, 60, 90},
				brackets: words{"1-1", "2-7", "8-30", "31-90", "91-365"},
			}
		},
	}
}

type retentionCommand struct {
	period, kind, cohorts choice
	days                  int
	at                    numbers
	brackets              words
	since, pooled         bool
	amounts               kpi.Amounts
}

func (c *retentionCommand) roles() []role {
	return []role{customerRole(), dateRole(rows.Day), amountRole(rows.Optional)}
}

func (c *retentionCommand) flags(f *flag.FlagSet) {
	f.Var(&c.period, "period", "`month`, week or quarter")
	f.Var(&c.kind, "kind", "`calendar`, elapsed, nday, unbounded or bracket")
	f.Var(&c.cohorts, "cohorts", "of elapsed, nday and bracket: `all`, or by week, month or quarter of the first order")
	f.IntVar(&c.days, "days", 0, "the `length` of the windows of elapsed")
	f.Var(&c.at, "at", "the `days` of nday, with commas")
	f.Var(&c.brackets, "brackets", "the `brackets` of bracket, with commas")
	f.BoolVar(&c.since, "from-then-on", false, "active in the window or later, for every kind")
	f.BoolVar(&c.pooled, "pooled", false, "pool the cohorts: sums of counts, never means of rates")
	f.TextVar(&c.amounts, "amounts", kpi.NetOfRefunds, "what counts as an order: `net_of_refunds`, every_event or purchases_only")
}

func (c *retentionCommand) run(j *job) error {
	if _, err := c.windows(0); err != nil {
		return err
	}
	e, err := j.readEvents()
	if err != nil {
		return err
	}
	table, err := c.table(e, j.end(e.last))
	if err != nil {
		return err
	}
	if table.Counts.Later > 0 {
		j.notef("%d events after that day left out", table.Counts.Later)
	}
	j.out.begin("cohort", "period", "size", "active", "rate", "complete")
	if c.pooled {
		c.print(j, retention.Cohort{Label: "all", Cells: table.Pooled})
		return nil
	}
	for _, cohort := range table.Cohorts {
		c.print(j, cohort)
	}
	return nil
}

// table follows the customers as the flags say.
func (c *retentionCommand) table(e events, end calendar.Date) (retention.Table, error) {
	o := retention.Options[uint32]{Amounts: c.amounts, CustomersOnly: true} // nothing else is printed
	if c.isCalendar() {
		unit, err := retention.ParseUnit(c.period.word)
		if err != nil {
			return retention.Table{}, err
		}
		return retention.CalendarColumns(background(), nil, e.Columns, end, unit, o)
	}
	if c.cohorts.word != "all" {
		unit, err := retention.ParseUnit(c.cohorts.word)
		if err != nil {
			return retention.Table{}, err
		}
		o.Cohorts = unit
	}
	windows, err := c.windows(span(e, end))
	if err != nil {
		return retention.Table{}, err
	}
	h, err := e.History()
	if err != nil {
		return retention.Table{}, err
	}
	return retention.Elapsed(h, end, windows, o)
}

func (c *retentionCommand) isCalendar() bool {
	return c.kind.word == "calendar" || c.kind.word == "unbounded"
}

// span is the number of days from the first event to the end.
func span(e events, end calendar.Date) int {
	first := end
	for _, day := range e.Days {
		first = min(first, day)
	}
	days, _ := end.DaysSince(first)
	return days
}

// windows are the windows of days to follow, for an observation of some days.
func (c *retentionCommand) windows(days int) ([]retention.Window, error) {
	var windows []retention.Window
	switch c.kind.word {
	case "elapsed":
		length := c.days
		if length == 0 {
			length = map[string]int{"week": 7, "month": 30, "quarter": 90}[c.period.word]
		}
		if length < 1 {
			return nil, wrongUse("-days: want at least 1")
		}
		windows = retention.Windows(length, days/length+1)
	case "nday":
		for _, n := range c.at {
			if n < 0 {
				return nil, wrongUse("-at: want days from 0")
			}
			windows = append(windows, retention.Day(n))
		}
	case "bracket":
		for _, word := range c.brackets {
			w, err := bracket(word)
			if err != nil {
				return nil, err
			}
			windows = append(windows, w)
		}
	}
	return windows, nil
}

// bracket reads "8-30", or "8" for one day.
func bracket(word string) (retention.Window, error) {
	from, to, ranged := strings.Cut(word, "-")
	if !ranged {
		to = from
	}
	lo, err1 := strconv.Atoi(from)
	hi, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || lo > hi {
		return retention.Window{}, wrongUse("-brackets: %q is not a range of days such as 8-30", word)
	}
	return retention.Window{From: lo, To: hi}, nil
}

// print prints a cohort.
func (c *retentionCommand) print(j *job, cohort retention.Cohort) {
	for i, cell := range cohort.Cells {
		size, active, rate := cell.Eligible, cell.Active, cell.Retention()
		if c.since || c.kind.word == "unbounded" {
			active, rate = cell.Since, cell.Unbounded()
		}
		complete := cell.Eligible > 0
		if !complete {
			size, active, rate = cell.Pending.Customers, cell.Pending.Active, ratio.Undefined(retention.Incomplete)
		}
		j.out.row(text(cohort.Label), c.label(i, cell), integer(size), integer(active), exactly(rate), truth(complete))
	}
}

// label names a window: by its number, its day, or its ends.
func (c *retentionCommand) label(i int, cell retention.Cell) value {
	switch c.kind.word {
	case "elapsed":
		return integer(int64(i))
	case "bracket":
		return text(fmt.Sprintf("%d-%d", cell.From, cell.To))
	default:
		return integer(int64(cell.From))
	}
}
