package evm

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// A Point of the S-curve is where the project stands at the end of a day, as it is
// known at the date of the report. In points after that date EV and AC are the
// zero Amount, which means that they are not known yet, and not that they are 0.
type Point struct {
	Until    calendar.Date `json:"until"`
	Period   int           `json:"period,omitzero"` // the reporting period that ends on this day, 0 if none does
	Total    Measures      `json:"total"`
	Measured Measures      `json:"measured"` // without level of effort
}

// Known reports whether the point lies in the past of its report.
func (p Point) Known() bool { return p.Total.EV != money.Amount{} }

// series returns the points of the S-curve: the ends of all periods of the plan,
// of those after it until asOf, and asOf itself.
func (b *book) series(asOf calendar.Date) ([]Point, error) {
	points := b.ticks(asOf)
	for i := range points {
		p := &points[i]
		measured, _, total, err := b.split(p.Until)
		if err != nil {
			return nil, err
		}
		p.Total, p.Measured = total.round(b), measured.round(b)
		if p.Until > asOf {
			p.Total, p.Measured = p.Total.plan(), p.Measured.plan()
		}
	}
	return points, nil
}

// plan returns what is known of the measures ahead of time.
func (m Measures) plan() Measures { return Measures{PV: m.PV, BAC: m.BAC} }

// ticks returns the days of the S-curve, in ascending order.
func (b *book) ticks(asOf calendar.Date) []Point {
	start, finish := b.span(anyPackage)
	var ticks []Point
	for _, end := range b.ends(start, finish) {
		ticks = append(ticks, Point{Until: end, Period: len(ticks) + 1})
	}
	for end := b.endOf(finish.AddDays(1)); end != 0 && end <= asOf && len(ticks) < MaxPeriods; end = b.endOf(end.AddDays(1)) {
		ticks = append(ticks, Point{Until: end, Period: len(ticks) + 1})
	}
	i, found := slices.BinarySearchFunc(ticks, asOf, func(p Point, d calendar.Date) int { return cmp.Compare(p.Until, d) })
	if !found && asOf >= start {
		ticks = slices.Insert(ticks, i, Point{Until: asOf})
	}
	return ticks
}
