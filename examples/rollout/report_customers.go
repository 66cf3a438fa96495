package main

import (
	"fmt"
	"strconv"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

// mostOffsets is how many quarters of a cohort the report shows.
const mostOffsets = 8

func customers(s *page.Section, f *Figures) {
	c := f.Customers
	if c.Rows == 0 {
		s.Paraf("The order history is empty.")
		return
	}
	s.Paraf("%s orders of %s customers from %s to %s, seen on %s. %s refunds count as money, not as orders; %s rows lie after that day.",
		thousands(int64(c.Rows)), thousands(int64(c.Count)), c.First, c.Last, c.AsOf, thousands(c.RFM.Counts.Refunds), thousands(c.RFM.Counts.Later))
	rows := [][]string{}
	for _, x := range c.RFM.Segments {
		rows = append(rows, []string{
			x.Name, thousands(x.Customers), x.Share.Percent(1), x.MeanRecency.Decimal(0), hundredths(x.MeanRevenue), x.RevenueShare.Percent(1),
		})
	}
	s.Table([]string{"RFM segment", "customers>", "share>", "days since order>", "spent each>", "share of revenue>"}, rows...)
	s.Paraf("%s", movers(c))
	rates := append([]Share{c.Rate}, c.Horizons...)
	rows = nil
	for _, r := range append(rates, c.Lost) {
		rows = append(rows, []string{r.Name, r.Value.Percent(1), percentInterval(r.Interval)})
	}
	s.Table([]string{"customers with", "share>", "interval (95 %)"}, rows...)
	s.Table(cohortHeading(c.Cohorts), cohortRows(c.Cohorts)...)
	s.Paraf("Retention by quarter of the first order, and quarters since. A quarter that is not over is marked … and is not a zero.")
	signalSection(s, c.Signals)
}

// movers counts who changed segments over the last half year.
func movers(c CustomerFigures) string {
	var stayed, moved int64
	for _, flow := range c.Moves.Flows {
		switch flow.From {
		case flow.To:
			stayed += flow.Customers
		default:
			moved += flow.Customers
		}
	}
	if stayed+moved == 0 {
		return "Nobody was a customer half a year before."
	}
	return fmt.Sprintf("Since %s, %s customers have stayed in their segment and %s have moved or are new.", c.Moves.From, thousands(stayed), thousands(moved))
}

func cohortHeading(t retention.Table) []string {
	heading := []string{"cohort", "size>"}
	for k := range min(mostOffsets, len(t.Pooled)) {
		heading = append(heading, "+"+strconv.Itoa(k)+">")
	}
	return heading
}

func cohortRows(t retention.Table) [][]string {
	var rows [][]string
	row := func(label string, size int64, cells []retention.Cell) {
		cols := []string{label, thousands(size)}
		for k := range min(mostOffsets, len(t.Pooled)) {
			switch {
			case k >= len(cells):
				cols = append(cols, "")
			case cells[k].Eligible == 0:
				cols = append(cols, "…")
			default:
				cols = append(cols, cells[k].Retention().Percent(0))
			}
		}
		rows = append(rows, cols)
	}
	var all int64
	for _, c := range t.Cohorts {
		row(c.Label, c.Size, c.Cells)
		all += c.Size
	}
	row("all", all, t.Pooled)
	return rows
}

func percentInterval(i kpi.Interval) string {
	if !i.Defined() {
		return ""
	}
	return fmt.Sprintf("%.1f to %.1f %%", 100*i.Lo, 100*i.Hi)
}

// thousands groups a count for people.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := len(s) % 3
	if n < 0 {
		start = (len(s) - 1) % 3
		start++
	}
	out := s[:start]
	for i := start; i < len(s); i += 3 {
		if out != "" && out != "-" {
			out += ","
		}
		out += s[i : i+3]
	}
	return out
}

// hundredths writes an amount that is in hundredths of a currency nobody named.
func hundredths(r ratio.Ratio) string {
	whole, ok := r.Floor()
	if !ok {
		return "n/a"
	}
	text := money.FromMinor(whole, money.EUR).Format(money.Style{})
	return text[:len(text)-len(" EUR")]
}
