package main

import (
	"cmp"
	"flag"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi/revenue"
)

func revenueEntry() entry {
	return entry{
		name: "revenue",
		what: "where recurring revenue comes from and where it goes, month by month",
		help: `Takes what each customer pays in each month apart. Prints period, opening, new,
reactivation, expansion, contraction, churn, closing, nrr, grr, quick_ratio; a period is
named by its last month, and opening + new + reactivation + expansion − contraction −
churn = closing, to the cent. nrr and grr are net and gross revenue retention, nrr without
reactivation; they are empty where nobody paid at the start, quick_ratio where nothing
was lost.

A row is what a customer pays in a month (YYYY-MM, or a day in it); several add up, and a
month without a row is one without revenue. New is who never paid before in the files, so
give the whole history and choose the months by -from and -to. With -by there is a first
column group, in which a customer counts for what stands in the row of his last month, and
the groups are followed by (all).`,
		example: "-from 2026-01 -to 2026-12 mrr.csv",
		command: func() command { return &revenueCommand{} },
	}
}

type revenueCommand struct {
	from, to calendar.Month
	point    bool
}

func (c *revenueCommand) roles() []role {
	month := role{rows.Column{Name: "month", Aliases: append([]string{"period", "date"}, rows.DateAliases()...), Kind: rows.Month}, "the month"}
	amount := amountRole(rows.Required)
	amount.Aliases = append([]string{"mrr", "recurring_revenue", "monthly_revenue"}, amount.Aliases...)
	amount.what = "what is paid in the month"
	return []role{customerRole(), month, amount, byRole()}
}

func (c *revenueCommand) flags(f *flag.FlagSet) {
	f.TextVar(&c.from, "from", calendar.Month(0), "the `month` of the first opening; without it, the first in the files")
	f.TextVar(&c.to, "to", calendar.Month(0), "the `month` of the last closing; without it, that of -as-of, or the last in the files")
	f.BoolVar(&c.point, "point-to-point", false, "one movement from the first month to the last, instead of one for each month")
}

func (c *revenueCommand) run(j *job) error {
	paid, err := c.read(j)
	if err != nil {
		return err
	}
	columns := []string{"period", "opening", "new", "reactivation", "expansion", "contraction", "churn", "closing", "nrr", "grr", "quick_ratio"}
	var o revenue.Options[uint32]
	if j.broken() {
		columns = append([]string{"group"}, columns...)
		o.Label = paid.label
	}
	table, err := c.table(j, paid, o)
	if err != nil {
		return err
	}
	j.out.begin(columns...)
	if !j.broken() {
		c.print(j, nil, table.Movements)
		return nil
	}
	for label, movements := range table.Labels() {
		c.print(j, []value{text(label)}, movements)
	}
	c.print(j, []value{text("(all)")}, table.Movements)
	return nil
}

// table makes the movements, none of less than two months.
func (c *revenueCommand) table(j *job, paid *payments, o revenue.Options[uint32]) (revenue.Table, error) {
	from, to := cmp.Or(c.from, paid.first), cmp.Or(c.to, j.asOf.MonthOf(), paid.last)
	switch {
	case paid.first == 0, from == to:
		return revenue.Table{}, nil
	case c.point:
		return revenue.Between(&paid.snapshots, []calendar.Month{from, to}, o)
	default:
		return revenue.Monthly(&paid.snapshots, from, to, o)
	}
}

// payments are what customers pay, by month.
type payments struct {
	snapshots   revenue.Snapshots[uint32]
	first, last calendar.Month // 0 if there are none
	labels      []label        // by customer
}

// label is what a customer counts for: that of the last month, and in it of the
// last row.
type label struct {
	text  string
	month calendar.Month
}

func (p *payments) label(customer uint32) string { return p.labels[customer].text }

// read reads who pays what.
func (c *revenueCommand) read(j *job) (*payments, error) {
	const customer, month, amount, by = 0, 1, 2, 3
	currency := money.MustParseCurrency("EUR") // any of two decimals: it is not printed
	var p payments
	var customers rows.Dictionary
	_, err := j.read(j.columns("customer", "month", "amount", "by"), func(row *rows.Row) error {
		m, n := row.Month(month), row.Int(amount)
		if n < 0 {
			return row.Bad(amount, rows.ErrRange)
		}
		who := customers.Number(row.Text(customer))
		if int(who) == len(p.labels) {
			p.labels = append(p.labels, label{})
		}
		if l := &p.labels[who]; m >= l.month {
			l.month = m
			if l.text != string(row.Text(by)) {
				l.text = string(row.Text(by))
			}
		}
		if p.first == 0 || m < p.first {
			p.first = m
		}
		p.last = max(p.last, m)
		return p.snapshots.Add(who, m, money.FromMinor(n, currency))
	})
	return &p, err
}

func (c *revenueCommand) print(j *job, first []value, movements []revenue.Movement) {
	for _, m := range movements {
		j.out.row(append(slices.Clip(first), text(m.To.String()), hundredths(m.Opening.Minor()), hundredths(m.New.Minor()), hundredths(m.Reactivation.Minor()),
			hundredths(m.Expansion.Minor()), hundredths(m.Contraction.Minor()), hundredths(m.Churn.Minor()), hundredths(m.Closing.Minor()),
			exactly(m.NetRetention()), exactly(m.GrossRetention()), exactly(m.QuickRatio()))...)
	}
}
