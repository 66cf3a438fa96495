package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
	"github.com/crmrollout/crm/kpi/spc"
)

// ValueFigures is what the customers are worth, by a model of how they buy and
// leave. Money is in the currency of the file, times are in weeks.
type ValueFigures struct {
	Purchases clv.Fit          `json:"purchases"`
	Spend     clv.Fit          `json:"spend"`
	Weeks     int              `json:"weeks"`
	Customers int              `json:"customers"`
	Alive     float64          `json:"alive"`    // expected number of customers who still are
	Expected  float64          `json:"expected"` // purchases within the horizon
	Total     float64          `json:"total"`    // discounted value within the horizon
	TopTenth  float64          `json:"topTenth"` // share of it that is of the tenth worth most
	Best      []CustomerValue  `json:"best"`
	Check     []clv.HoldoutBin `json:"check"` // a forecast made half a year ago, beside what came
	CheckedOn calendar.Date    `json:"checkedOn"`
}

// CustomerValue is a customer worth knowing.
type CustomerValue struct {
	Customer string  `json:"customer"`
	Orders   int64   `json:"orders"` // days with an order
	Alive    float64 `json:"alive"`
	Expected float64 `json:"expected"`
	Value    float64 `json:"value"`
}

const (
	weeks      = 52
	monthsBack = 6
	mostBins   = 6
	mostBest   = 5
	yearlyRate = 0.08
)

// horizon is a year of 13 periods of four weeks.
var horizon = clv.Horizon{Periods: 13, Length: 4, Rate: yearlyRate / 13}

// Refunds are left out: a customer whose refunds outweigh his orders has no mean spend.
var inWeeks = clv.Options{Amounts: kpi.PurchasesOnly, Unit: clv.Week, MinorPerUnit: 100}

// valueFigures fits the models. A history too short for them has no value, and
// that is no fault.
func valueFigures(h *kpi.History[string], asOf calendar.Date) (*ValueFigures, error) {
	ctx := context.Background()
	f := &ValueFigures{Weeks: weeks, CheckedOn: asOf.AddMonths(-monthsBack)}
	summary, model, err := f.model(ctx, h, asOf, inWeeks)
	if err != nil || model == nil {
		return nil, err
	}
	spends, err := summary.Spends()
	if err != nil {
		return nil, err
	}
	spend, fit, err := clv.FitGammaGamma(ctx, spends, clv.FitOptions{})
	if err != nil || fit.Status != clv.Converged || !spend.HasMean() {
		return nil, err
	}
	f.Spend = fit
	f.score(summary, *model, spend)
	return f, f.check(ctx, h, asOf)
}

// model fits the Pareto/NBD model to what was known on a day; nil if it has no
// maximum there.
func (f *ValueFigures) model(ctx context.Context, h *kpi.History[string], on calendar.Date, o clv.Options) (clv.Summary[string], *clv.ParetoNBD, error) {
	summary, err := clv.Summarize(h, on, o)
	if err != nil {
		return summary, nil, err
	}
	sample, err := summary.Sample()
	if err != nil || sample.Customers() == 0 {
		return summary, nil, err
	}
	model, fit, err := clv.FitParetoNBD(ctx, sample, clv.FitOptions{})
	if err != nil || fit.Status != clv.Converged {
		return summary, nil, err
	}
	if f.Purchases.Model == "" {
		f.Purchases = fit
	}
	return summary, &model, nil
}

func (f *ValueFigures) score(summary clv.Summary[string], model clv.ParetoNBD, spend clv.GammaGamma) {
	f.Customers = len(summary.Rows)
	for _, row := range summary.Rows {
		c := CustomerValue{Customer: row.Customer, Orders: row.Periods}
		c.Alive, _ = model.Alive(row.Observation)
		c.Expected, _ = model.Expected(row.Observation, weeks)
		c.Value, _ = clv.Value(model, spend, row.Observation, horizon)
		f.Alive, f.Expected, f.Total = f.Alive+c.Alive, f.Expected+c.Expected, f.Total+c.Value
		f.Best = append(f.Best, c)
	}
	slices.SortStableFunc(f.Best, func(a, b CustomerValue) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Customer, b.Customer))
	})
	for _, c := range f.Best[:len(f.Best)/10] {
		f.TopTenth += c.Value / f.Total
	}
	f.Best = f.Best[:min(len(f.Best), mostBest)]
}

// check holds a forecast that could have been made half a year ago against what
// came since.
func (f *ValueFigures) check(ctx context.Context, h *kpi.History[string], asOf calendar.Date) error {
	o := inWeeks
	o.Holdout = asOf
	summary, model, err := f.model(ctx, h, f.CheckedOn, o)
	if err != nil || model == nil {
		return err
	}
	f.Check, err = clv.CompareHoldout(*model, summary, mostBins)
	return err
}

func valueSection(s *page.Section, f *Figures) {
	v := f.Customers.Value
	if v == nil {
		s.Paraf("The history is too short to say what customers are worth.")
		return
	}
	s.Paraf("Of %s customers about %.0f still are; they are expected to order on %.0f days within %d weeks, worth %s today (%.0f %% a year). "+
		"The tenth worth most stands for %.0f %% of it.",
		thousands(int64(v.Customers)), v.Alive, v.Expected, v.Weeks, euros(v.Total), 100*yearlyRate, 100*v.TopTenth)
	rows := [][]string{}
	for _, c := range v.Best {
		rows = append(rows, []string{c.Customer, thousands(c.Orders), percent(c.Alive), fmt.Sprintf("%.1f", c.Expected), euros(c.Value)})
	}
	s.Table([]string{"worth most", "days with an order>", "still a customer>", "days expected>", "value>"}, rows...)
	rows = nil
	for _, b := range v.Check {
		label := thousands(b.X)
		if b.OrMore {
			label += " or more"
		}
		actual, _ := b.ActualMean()
		expected, _ := b.ExpectedMean()
		rows = append(rows, []string{label, thousands(b.Customers), fmt.Sprintf("%.2f", expected), fmt.Sprintf("%.2f", actual)})
	}
	s.Table([]string{"repeat orders by " + v.CheckedOn.String(), "customers>", "expected since>", "came>"}, rows...)
}

func euros(x float64) string { return thousands(int64(x + 0.5)) }

// Signal is a series of the order history read against the time before the first
// users worked with the CRM: has it changed, or does it do what it always does?
type Signal struct {
	Name    string      `json:"name"`
	Unit    string      `json:"unit"`
	Reading spc.Reading `json:"reading"`
}

// signals reads the months of the order history. Without a baseline of some months
// before the CRM went live there is nothing to read against.
func signals(h *kpi.History[string], first, asOf, live calendar.Date) ([]Signal, error) {
	until := asOf
	if live.IsValid() && live <= asOf {
		until = live
	}
	options := spc.Options{Baseline: calendar.Interval{From: first, Until: until.AddDays(1 - until.Day() - 1)}, Polarity: kpi.HigherIsBetter}
	if !options.Baseline.Until.IsValid() || options.Baseline.Until < first {
		return nil, nil
	}
	var all []Signal
	for _, series := range monthly(h, first, asOf) {
		r, err := spc.Read(series.points, options)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", series.name, err)
		}
		all = append(all, Signal{series.name, series.unit, r})
	}
	return all, nil
}

// A series is a value for each month that is over.
type series struct {
	name, unit string
	points     []spc.Point
}

// monthly follows what customers did from month to month.
func monthly(h *kpi.History[string], first, asOf calendar.Date) []series {
	months := make([]month, asOf.AddDays(1).MonthOf()-first.MonthOf())
	who, last := "", -1
	for customer, d := range h.All() {
		k := int(d.Day.MonthOf() - first.MonthOf())
		if k >= len(months) || d.Purchases == 0 {
			continue
		}
		if customer != who {
			who, last = customer, -1
		}
		if k != last {
			months[k].active++
			if last >= 0 && k == last+1 {
				months[k].returned++
			}
			last = k
		}
		months[k].orders += float64(d.Purchases)
		months[k].revenue += float64(d.Bought) / 100
	}
	all := []series{
		{name: "customers of a month who order in the next", unit: "%"},
		{name: "orders", unit: "per customer who orders"},
		{name: "revenue", unit: "per order"},
	}
	for k := 1; k < len(months); k++ {
		m, before := months[k], months[k-1]
		if m.active == 0 || before.active == 0 {
			continue
		}
		on := (first.MonthOf() + calendar.Month(k)).Last()
		for i, value := range []float64{100 * m.returned / before.active, m.orders / m.active, m.revenue / m.orders} {
			all[i].points = append(all[i].points, spc.Point{On: on, Value: value})
		}
	}
	return all
}

// A month is what was bought in it, and by how many, of whom so many had bought
// in the month before.
type month struct{ active, returned, orders, revenue float64 }

func signalSection(s *page.Section, list []Signal) {
	if len(list) == 0 {
		return
	}
	rows := [][]string{}
	for _, x := range list {
		r := x.Reading
		if !r.Defined() {
			rows = append(rows, []string{x.Name + ", " + x.Unit, "–", "–", "–", r.Reason})
			continue
		}
		lower, upper, _ := r.Limits.Bounds()
		since := ""
		if first, ok := r.First(); ok {
			since = fmt.Sprintf(" since %s: %s", first.On, first.Rule.Describe())
		}
		rows = append(rows, []string{
			x.Name + ", " + x.Unit, fmt.Sprintf("%.4g", r.Limits.Center), fmt.Sprintf("%.4g to %.4g", lower, upper),
			fmt.Sprintf("%.4g", r.Mean), r.Verdict.String() + since,
		})
	}
	s.Table([]string{"since the CRM is in use", "before>", "limits", "now>", "real change or noise?"}, rows...)
}
