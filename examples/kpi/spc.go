package main

import (
	"errors"
	"flag"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/spc"
)

func spcEntry() entry {
	return entry{
		name: "spc",
		what: "control chart of an indicator: is a change real, or noise?",
		help: `Holds the values of an indicator against the limits of individuals and moving ranges.
Prints date, value, center, lower, upper, signals, verdict. Signals are the rules that
are met at the point, with spaces between them; verdict is signal or noise, and empty
without limits. The limits come from all points, or from those up to -baseline-end;
then the sentence on standard error says whether the indicator has changed since.

A row is a day (YYYY-MM-DD) or a month (YYYY-MM) with its value. Without a column of
dates, the points are in the order of the file and numbered from 1.`,
		example: "-baseline-end 2026-06-30 -polarity lower response_times.csv",
		command: func() command {
			return &spcCommand{
				spread: newChoice("mean", "median"), center: newChoice("mean", "median"), polarity: choice{words: []string{"higher", "lower"}},
			}
		},
	}
}

type spcCommand struct {
	rules                    spc.Rules
	spread, center, polarity choice
	baselineEnd              calendar.Date
	least                    int
}

func (c *spcCommand) roles() []role {
	when := optional(rows.DayOrMonth, "when: a day or a month", "date", append([]string{"month", "period"}, rows.DateAliases()...)...)
	value := optional(rows.Number, "the value", "value", "x", "measure", "measurement", "amount", "rate", "count", "score")
	value.Need = rows.Required
	return []role{when, value}
}

func (c *spcCommand) flags(f *flag.FlagSet) {
	f.TextVar(&c.rules, "rules", spc.WesternElectric, "`western_electric`, nelson, or words such as nelson_1,nelson_2")
	f.Var(&c.spread, "spread", "limits from the `mean` or the median of the moving ranges")
	f.Var(&c.center, "center", "the centre line: `mean` or median")
	f.Var(&c.polarity, "polarity", "which values are good: `higher` or lower")
	f.TextVar(&c.baselineEnd, "baseline-end", calendar.Date(0), "the last `day` of the baseline, which limits come from")
	f.IntVar(&c.least, "min-points", spc.DefaultMinPoints, "how many `points` the limits need")
}

func (c *spcCommand) run(j *job) error {
	points, labels, err := c.read(j)
	if err != nil {
		return err
	}
	o := c.options(points)
	chart, err := spc.Individuals(points, o)
	if err != nil {
		return err
	}
	if !chart.Limits.Defined() {
		j.notef("no limits: %s", chart.Limits.Reason)
	}
	if c.baselineEnd != 0 {
		reading, err := spc.Read(points, o)
		if err != nil {
			return err
		}
		j.notef("%v", reading)
	}
	c.print(j, chart, labels)
	return nil
}

func (c *spcCommand) options(points []spc.Point) spc.Options {
	o := spc.Options{Rules: c.rules, MinPoints: c.least}
	if c.baselineEnd != 0 {
		o.Baseline.Until = c.baselineEnd
		if len(points) > 0 {
			o.Baseline.From = min(points[0].On, c.baselineEnd)
		}
	}
	if c.spread.word == "median" {
		o.Spread = spc.MedianRange
	}
	if c.center.word == "median" {
		o.Middle = spc.Median
	}
	switch c.polarity.word {
	case "higher":
		o.Polarity = kpi.HigherIsBetter
	case "lower":
		o.Polarity = kpi.LowerIsBetter
	}
	return o
}

// read returns the points up to the last day that counts, by ascending day, and
// what they are called.
func (c *spcCommand) read(j *job) ([]spc.Point, []string, error) {
	const when, amount = 0, 1
	var points []spc.Point
	var last calendar.Date
	days := map[calendar.Date]bool{}
	r, err := j.read(j.columns("date", "value"), func(row *rows.Row) error {
		p := spc.Point{On: row.Day(when), Value: row.Float(amount)}
		switch {
		case math.Abs(p.Value) > spc.MaxValue:
			return row.Bad(amount, rows.ErrRange)
		case days[p.On] && p.On != 0:
			return row.Bad(when, errTwice)
		}
		days[p.On] = true
		last = max(last, p.On)
		points = push(points, p)
		return nil
	})
	switch {
	case err != nil:
		return nil, nil, err
	case !r.Has(when):
		j.tellUndated()
		return numbered(points)
	case days[0]:
		return nil, nil, errNoDay
	}
	slices.SortFunc(points, func(a, b spc.Point) int { return int(a.On) - int(b.On) })
	end := j.end(last)
	points = slices.DeleteFunc(points, func(p spc.Point) bool { return p.On > end })
	labels := make([]string, len(points))
	for i, p := range points {
		labels[i] = p.On.String()
	}
	return points, labels, nil
}

// numbered gives points without dates consecutive days, which nobody sees.
func numbered(points []spc.Point) ([]spc.Point, []string, error) {
	labels := make([]string, len(points))
	for i := range points {
		points[i].On = calendar.MinDate.AddDays(i)
		labels[i] = strconv.Itoa(i + 1)
	}
	return points, labels, nil
}

func (c *spcCommand) print(j *job, chart spc.Chart, labels []string) {
	lower, upper, ok := chart.Limits.Bounds()
	j.out.begin("date", "value", "center", "lower", "upper", "signals", "verdict")
	for i, flags := range chart.Flags() {
		verdict := value{}
		switch {
		case ok && flags.Len() > 0:
			verdict = text("signal")
		case ok:
			verdict = text("noise")
		}
		j.out.row(text(labels[i]), number(chart.Points[i].Value, true), number(chart.Limits.Center, ok), number(lower, ok), number(upper, ok),
			text(strings.ReplaceAll(flags.String(), ",", " ")), verdict)
	}
}

var (
	errTwice = errors.New("a second value of the day")
	errNoDay = errors.New("some rows have a date and others none")
)
