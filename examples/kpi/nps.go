package main

import (
	"flag"

	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/survey"
)

func npsEntry() entry {
	return entry{
		name: "nps",
		what: "net promoter score of answers from 0 to 10, with its margin",
		help: `Counts promoters (9 and 10), passives (7 and 8) and detractors (0 to 6). Prints responses,
promoters, passives, detractors, nps, margin, lower, upper; with -by a first column group
and a row for each, and a last one named (all). nps is in points from -100 to 100; margin
is z times the standard error; lower and upper are the adjusted interval, which is right
for few answers and where all agree. Blank answers are counted on standard error and in
nothing else; with -as-of and a column of dates, later answers are left out. An answer that
is not a whole number from 0 to 10 is a fault.`,
		example: "-by region answers.csv",
		command: func() command { return &npsCommand{} },
	}
}

type npsCommand struct{ level float64 }

func (c *npsCommand) roles() []role {
	score := optional(rows.Integer, "the answer, 0 to 10", "score", "nps", "nps_score", "rating", "answer", "response", "likelihood", "recommend")
	score.Need = rows.Blankable
	return []role{score, byRole(), optional(rows.Day, "when, for -as-of", "date", rows.DateAliases()...)}
}

func (c *npsCommand) flags(f *flag.FlagSet) {
	f.Float64Var(&c.level, "level", kpi.DefaultLevel, "the confidence `level`")
}

func (c *npsCommand) run(j *job) error {
	if !(c.level > 0 && c.level < 1) {
		return wrongUse("-level: want a number between 0 and 1")
	}
	s, err := c.read(j)
	if err != nil {
		return err
	}
	total := s.Total()
	if total.Blank > 0 {
		j.notef("%d blank answers", total.Blank)
	}
	columns := []string{"responses", "promoters", "passives", "detractors", "nps", "margin", "lower", "upper"}
	if !j.broken() {
		j.out.begin(columns...)
		return c.print(j, nil, total)
	}
	j.out.begin(append([]string{"group"}, columns...)...)
	for group, counts := range s.All() {
		if err := c.print(j, []value{text(group)}, counts); err != nil {
			return err
		}
	}
	return c.print(j, []value{text("(all)")}, total)
}

func (c *npsCommand) read(j *job) (*survey.Survey, error) {
	const score, by, date = 0, 1, 2
	const most = 10
	var s survey.Survey
	later := 0
	columns := j.columns("score", "by", "date")
	if j.asOf == 0 {
		columns[date].Called = rows.None // nobody needs it, so it need not be right
	}
	r, err := j.read(columns, func(row *rows.Row) error {
		group := string(row.Text(by))
		if j.asOf != 0 && row.Day(date) > j.asOf {
			later++
			return nil
		}
		if !row.Has(score) {
			return s.Blank(group, 1)
		}
		answer := row.Int(score)
		if answer < 0 || answer > most {
			return row.Bad(score, rows.ErrRange)
		}
		return s.Add(group, int(answer))
	})
	if err == nil && !r.Has(date) {
		j.tellUndated()
	}
	if later > 0 {
		j.notef("%d answers after that day left out", later)
	}
	return &s, err
}

func (c *npsCommand) print(j *job, first []value, counts survey.Counts) error {
	nps, err := counts.NPS()
	if err != nil {
		return err
	}
	interval, err := nps.Interval(c.level)
	if err != nil {
		return err
	}
	responses, _ := nps.Responses()
	j.out.row(append(first, integer(responses), integer(nps.Promoters), integer(nps.Passives), integer(nps.Detractors), exactly(nps.Score()),
		number(nps.Margin(c.level)), number(interval.Lo, interval.Defined()), number(interval.Hi, interval.Defined()))...)
	return nil
}
