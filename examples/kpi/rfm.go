package main

import (
	"cmp"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/rfm"
)

func rfmEntry() entry {
	return entry{
		name: "rfm",
		what: "recency, frequency and monetary value of each customer, scored",
		help: `Scores each customer by how long ago he last ordered, how often, and for how much.
Prints customer, recency_days, frequency, monetary, r, f, m, segment, in ascending
order of customers; the best score is the number of bins. The order of customers is
that of numbers if all of them are whole numbers, otherwise that of their bytes.

Methods: quantile (type 7, ties stay together), ntile (equal numbers, ties by
customer), nested (f within r, m within r and f), fixed (by the cuts given), r (as
the R package rfm does, which also counts refunds as orders). Segments are those of
rfm.DefaultSegments; with -method r those that the documentation of that package
publishes, where what none contains is "Others". With another number of bins,
scores are stretched to 1 to 5 for the segments.`,
		example: "-method ntile -as-of 2026-12-31 orders.csv",
		command: func() command {
			return &rfmCommand{
				method:    newChoice("quantile", "ntile", "nested", "fixed", "r"),
				frequency: newChoice("orders", "days"),
				monetary:  newChoice("sum", "mean"),
				segments:  choice{words: []string{"default", "published"}},
			}
		},
	}
}

type rfmCommand struct {
	method, frequency, monetary, segments choice
	bins                                  int
	cuts                                  [3]words // of recency, frequency, monetary value
	amounts                               kpi.Amounts
}

func (c *rfmCommand) roles() []role {
	return []role{customerRole(), dateRole(rows.Day), amountRole(rows.Required)}
}

func (c *rfmCommand) flags(f *flag.FlagSet) {
	f.Var(&c.method, "method", "`quantile`, ntile, nested, fixed or r")
	f.Var(&c.frequency, "frequency", "`orders`, or days with orders")
	f.Var(&c.monetary, "monetary", "`sum`, or mean per order (with -frequency days: per day)")
	f.IntVar(&c.bins, "bins", rfm.DefaultBins, "the `number` of scores")
	for i, name := range []string{"recency", "frequency", "monetary"} {
		f.Var(&c.cuts[i], name+"-cuts", "the ascending `cuts` of -method fixed, with commas; a value on a cut is below it")
	}
	f.Var(&c.segments, "segments", "`default`, or published by the R package rfm")
	f.TextVar(&c.amounts, "amounts", kpi.NetOfRefunds, "what counts: `net_of_refunds`, every_event or purchases_only")
}

func (c *rfmCommand) run(j *job) error {
	scheme, err := c.scheme()
	if err != nil {
		return err
	}
	e, err := j.readEvents()
	if err != nil {
		return err
	}
	table, err := rfm.ScoreColumns(background(), nil, e.Columns, j.end(e.last), scheme)
	if err != nil {
		return err
	}
	c.tell(j, table.Counts, len(table.Unscored))
	segmentOf := c.segmentNames(table.Best())
	j.out.begin("customer", "recency_days", "frequency", "monetary", "r", "f", "m", "segment")
	for row := range table.All() {
		j.out.row(text(e.names[row.Customer]), integer(row.Recency), integer(row.Frequency), minor(row.Monetary),
			integer(int64(row.Cell.R)), integer(int64(row.Cell.F)), integer(int64(row.Cell.M)), text(segmentOf(row.Cell)))
	}
	return nil
}

// scheme makes the flags a scheme.
func (c *rfmCommand) scheme() (rfm.Scheme, error) {
	if c.bins < 1 || c.bins > rfm.MaxBins {
		return rfm.Scheme{}, wrongUse("-bins: want 1 to %d", rfm.MaxBins)
	}
	axis := rfm.Axis{Bins: c.bins}
	s := rfm.Uniform(axis)
	s.Amounts = c.amounts
	switch c.method.word {
	case "r":
		s = rfm.RPackage(100)
		s.Recency.Bins, s.Frequency.Bins, s.Monetary.Bins = c.bins, c.bins, c.bins
	case "ntile":
		s.Recency.Method, s.Frequency.Method, s.Monetary.Method = rfm.NTile, rfm.NTile, rfm.NTile
	case "nested":
		s.Nesting = rfm.Nested
	case "fixed":
		if err := c.fix(&s); err != nil {
			return s, err
		}
	}
	if c.frequency.word == "days" {
		s.Count = rfm.DistinctDays
	}
	if c.monetary.word == "mean" {
		s.Value = rfm.MeanPerOrder
		if c.frequency.word == "days" {
			s.Value = rfm.MeanPerDay
		}
	}
	return s, s.Validate()
}

// fix gives each dimension its cuts.
func (c *rfmCommand) fix(s *rfm.Scheme) error {
	axes := []*rfm.Axis{&s.Recency, &s.Frequency, &s.Monetary}
	for i, name := range []string{"recency", "frequency", "monetary"} {
		if len(c.cuts[i]) == 0 {
			return wrongUse("-method fixed needs -%s-cuts", name)
		}
		*axes[i] = rfm.Axis{Method: rfm.Fixed}
		for _, word := range c.cuts[i] {
			cut, err := ratio.Parse(word)
			if err != nil {
				return wrongUse("-%s-cuts: %v", name, err)
			}
			if name == "monetary" {
				cut = cut.Mul(ratio.Int(100))
			}
			axes[i].Cuts = append(axes[i].Cuts, cut)
		}
	}
	return nil
}

// tell says what does not show in the table.
func (c *rfmCommand) tell(j *job, counts rfm.Counts, unscored int) {
	var parts []string
	for _, part := range []struct {
		n    int64
		what string
	}{
		{counts.Later, "events after that day left out"}, {counts.Ignored, "events ignored for their amount"},
		{counts.Refunds, "refunds counted as money only"}, {int64(unscored), "customers without an order not scored"},
	} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if len(parts) > 0 {
		j.notef("%s", strings.Join(parts, ", "))
	}
}

// segmentNames returns the names of segments by cell, given the best cell.
func (c *rfmCommand) segmentNames(best rfm.Cell) func(rfm.Cell) string {
	segments, none := rfm.DefaultSegments(), rfm.Unmatched
	word := cmp.Or(c.segments.word, map[bool]string{true: "published", false: "default"}[c.method.word == "r"])
	if word == "published" {
		segments, none = rfm.PublishedSegments(), "Others"
	}
	known := map[rfm.Cell]string{}
	return func(cell rfm.Cell) string {
		name, ok := known[cell]
		if !ok {
			five := rfm.Cell{R: toFive(cell.R, best.R), F: toFive(cell.F, best.F), M: toFive(cell.M, best.M)}
			if name, ok = segments.Of(five); !ok {
				name = none
			}
			known[cell] = name
		}
		return name
	}
}

// toFive stretches a score of 1 to best to one of 1 to 5, the nearest.
func toFive(score, best uint8) uint8 {
	const five = 5
	switch {
	case best == five:
		return score
	case best < 2:
		return slices.Min([]uint8{score, five})
	}
	steps := int(best) - 1
	return uint8(1 + (2*(five-1)*(int(score)-1)+steps)/(2*steps))
}
