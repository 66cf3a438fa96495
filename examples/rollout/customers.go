package main

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
	"github.com/crmrollout/crm/kpi/rfm"
)

// CustomerFigures is what the order history says. Revenue is in hundredths of
// the currency of the file.
type CustomerFigures struct {
	AsOf     calendar.Date         `json:"asOf"` // last day that is looked at
	First    calendar.Date         `json:"first,omitzero"`
	Last     calendar.Date         `json:"last,omitzero"`
	Rows     int                   `json:"rows"`
	Count    int                   `json:"customers"`
	RFM      RFMFigures            `json:"rfm"`
	Moves    rfm.Migration[string] `json:"moves,omitzero"` // over the last half year, without the single customers
	Cohorts  retention.Table       `json:"cohorts"`
	Repeat   retention.Repeat      `json:"repeat"`
	Rate     Share                 `json:"repeatRate"`
	Horizons []Share               `json:"repeatWithin"` // of the first order
	Churn    retention.Churn       `json:"churn"`        // over the last quarter, by the inactivity rule
	Lost     Share                 `json:"churnRate"`
	Value    *ValueFigures         `json:"value,omitempty"`
	Signals  []Signal              `json:"signals,omitempty"`
}

// RFMFigures is the scores of all customers in sums.
type RFMFigures struct {
	Scheme   rfm.Scheme           `json:"scheme"`
	Counts   rfm.Counts           `json:"counts"`
	Cuts     []rfm.Cuts           `json:"cuts"`
	Segments []rfm.SegmentSummary `json:"segments"`
}

// A Share is a rate with what it was computed from and its interval.
type Share struct {
	Name     string       `json:"name"`
	Value    ratio.Ratio  `json:"value"`
	Interval kpi.Interval `json:"interval,omitzero"`
}

// inactive is after how many days without an order a customer counts as gone,
// and horizons are those of the repeat rate.
const inactive = 180

var horizons = []int{30, 90, 365}

// customerFigures computes the indicators of an order history. An empty one has
// none, and that is no fault.
func customerFigures(list []orders.Order, asOf, live calendar.Date) (CustomerFigures, error) {
	f := CustomerFigures{AsOf: asOf, Rows: len(list)}
	var history kpi.History[string]
	seen := map[string]bool{}
	for _, o := range list {
		if err := history.Add(o.Customer, o.Day, o.Minor); err != nil {
			return f, fmt.Errorf("line %d: %w", o.Line, err)
		}
		seen[o.Customer] = true
		f.Last = max(f.Last, o.Day)
		if f.First == 0 || o.Day < f.First {
			f.First = o.Day
		}
	}
	f.Count = len(seen)
	if len(list) == 0 {
		return f, nil
	}
	steps := []func(*kpi.History[string]) error{f.segments, f.cohorts, f.repeats, f.churn}
	for _, step := range steps {
		if err := step(&history); err != nil {
			return f, fmt.Errorf("customers: %w", err)
		}
	}
	var err error
	if f.Value, err = valueFigures(&history, asOf); err != nil {
		return f, fmt.Errorf("customers: %w", err)
	}
	if f.Signals, err = signals(&history, f.First, asOf, live); err != nil {
		return f, fmt.Errorf("customers: %w", err)
	}
	return f, nil
}

func (f *CustomerFigures) segments(h *kpi.History[string]) error {
	table, err := rfm.Score(h, f.AsOf, rfm.Scheme{})
	if err != nil {
		return err
	}
	summaries, err := rfm.Summarise(table, rfm.DefaultSegments())
	if err != nil {
		return err
	}
	f.RFM = RFMFigures{table.Scheme, table.Counts, table.Cuts, summaries}
	before, err := rfm.Score(h, f.AsOf.AddMonths(-6), rfm.Scheme{})
	if err != nil {
		return err
	}
	f.Moves, err = rfm.Migrate(before, table, rfm.DefaultSegments())
	f.Moves.Moves = nil // 2,000 lines that nobody reads
	return err
}

func (f *CustomerFigures) cohorts(h *kpi.History[string]) error {
	var err error
	f.Cohorts, err = retention.Calendar(h, f.AsOf, retention.Quarter, retention.Options[string]{})
	return err
}

func (f *CustomerFigures) repeats(h *kpi.History[string]) error {
	var err error
	if f.Repeat, err = retention.RepeatPurchase(h, f.AsOf, retention.Options[string]{}, horizons...); err != nil {
		return err
	}
	interval, err := f.Repeat.Interval(kpi.DefaultLevel)
	if err != nil {
		return err
	}
	f.Rate = Share{"two orders or more", f.Repeat.Rate(), interval}
	for _, horizon := range f.Repeat.Horizons {
		if interval, err = horizon.Interval(kpi.DefaultLevel); err != nil {
			return err
		}
		f.Horizons = append(f.Horizons, Share{fmt.Sprintf("a second order within %d days", horizon.Days), horizon.Rate(), interval})
	}
	return nil
}

func (f *CustomerFigures) churn(h *kpi.History[string]) error {
	var err error
	if f.Churn, err = retention.Inactivity(h, f.AsOf.AddMonths(-3), f.AsOf, inactive, retention.Options[string]{}); err != nil {
		return err
	}
	interval, err := f.Churn.Interval(kpi.DefaultLevel)
	f.Lost = Share{fmt.Sprintf("gone within three months (no order in %d days)", inactive), f.Churn.Rate(), interval}
	return err
}
