package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/network"
	"github.com/crmrollout/crm/risk/quant"
)

// ExposureFigures is what the open risks could cost together.
type ExposureFigures struct {
	Currency    money.Currency `json:"currency,omitzero"`
	Result      *quant.Result  `json:"result,omitempty"` // in minor units and days
	Independent *quant.Result  `json:"independent,omitempty"`
	Covered     float64        `json:"covered"` // probability that the contingency suffices
	Drivers     []Driver       `json:"drivers,omitempty"`
	Worth       []risk.Worth   `json:"worth,omitempty"` // what each open response takes off the P80
	Gaps        []risk.Gap     `json:"gaps,omitempty"`
}

// A Driver is a risk that much of the exposure comes from, and why it is as
// likely as it is.
type Driver struct {
	Risk  string               `json:"risk"`
	Title string               `json:"title"`
	P     float64              `json:"p"`
	Mean  float64              `json:"mean"`  // in minor units
	Share float64              `json:"share"` // of the variance of the total
	Why   *network.Explanation `json:"why,omitempty"`
}

const (
	mostDrivers = 8
	mostWorth   = 6
	reported    = 0.8 // the percentile that responses are compared by
)

// exposureFigures quantifies the register. One without numbers has no exposure,
// and that is no fault.
func exposureFigures(d *audit.Dossier, asOf calendar.Date) (ExposureFigures, error) {
	ctx := context.Background()
	q, err := d.Risks.Quantify(ctx, asOf, risk.Risk.Residual)
	if err != nil {
		return ExposureFigures{}, err
	}
	f := ExposureFigures{Currency: q.Currency, Gaps: q.Gaps}
	if len(q.Model.Risks) == 0 {
		return f, nil
	}
	contingency := float64(d.Project.Budget.Contingency.Minor())
	options := quant.Options{Seed: seed, CostAbove: []float64{contingency}}
	if f.Result, err = q.Model.Analyze(ctx, options); err != nil {
		return f, err
	}
	f.Covered = 1 - f.Result.Cost.Exceedances[0].Value
	alone := q.Model
	alone.Joints = nil
	if f.Independent, err = alone.Analyze(ctx, options); err != nil {
		return f, err
	}
	if f.Worth, err = d.Risks.Worth(ctx, asOf, reported, quant.Options{Seed: seed}); err != nil {
		return f, err
	}
	return f, f.drivers(ctx, d, q)
}

func (f *ExposureFigures) drivers(ctx context.Context, d *audit.Dossier, q *risk.Quantified) error {
	for i, c := range f.Result.Contributions {
		share, ok := c.Share()
		if !ok {
			continue
		}
		full, _ := d.Risks.Risk(c.ID)
		one := Driver{Risk: c.ID, Title: full.Title, P: q.Model.Risks[i].P, Mean: c.Mean, Share: share}
		f.Drivers = append(f.Drivers, one)
	}
	slices.SortStableFunc(f.Drivers, func(a, b Driver) int { return cmp.Compare(b.Share, a.Share) })
	f.Drivers = f.Drivers[:min(len(f.Drivers), mostDrivers)]
	for i := range f.Drivers {
		why, ok, err := q.Why(ctx, f.Drivers[i].Risk, network.Options{Seed: seed})
		if err != nil {
			return err
		}
		if ok {
			f.Drivers[i].Why = &why
		}
	}
	return nil
}

func exposureSection(s *page.Section, f *Figures) {
	x := &f.Exposure
	if x.Result == nil {
		s.Paraf("No risk has a probability and an impact in money, so there is nothing to add up.")
		return
	}
	s.Paraf("What the open risks cost together, gains taken off, with causes and effects between them; " +
		"beside it, what it would be if they had nothing to do with each other.")
	rows := [][]string{}
	for i, p := range x.Result.Cost.Quantiles {
		rows = append(rows, []string{fmt.Sprintf("P%.0f", 100*p.P), x.money(p.Value), x.limits(p.Estimate), x.money(x.Independent.Cost.Quantiles[i].Value)})
	}
	s.Table([]string{"percentile", "cost>", "limits", "if independent>"}, rows...)
	p80, _ := x.Result.Cost.Percentile(reported)
	left := ""
	if c := f.Steering.Coverage; c != nil {
		left = fmt.Sprintf("; the %s that are left of it after draws and overspending, with %s", amount(c.Remaining), percent(c.Chance.Value))
	}
	s.Paraf("The contingency of %s as approved suffices with %s probability%s. For 80 %% it would have to be %s.",
		amount(f.dossier.Project.Budget.Contingency), percent(x.Covered), left, x.money(p80.Value))
	rows = nil
	for _, d := range x.Drivers {
		rows = append(rows, []string{d.Risk, short(d.Title, 38), percent(d.P), x.money(d.Mean), percent(d.Share), x.because(f, d)})
	}
	s.Table([]string{"id", "most of the spread comes from", "chance>", "expected>", "share>", "because"}, rows...)
	rows = nil
	for _, w := range x.Worth[:min(len(x.Worth), mostWorth)] {
		per := "free"
		if v, ok := w.PerCost(); ok {
			per = fmt.Sprintf("%.1f", v)
		}
		rows = append(rows, []string{w.Risk + " " + w.Response, action(f, w), amount(w.Cost), x.money(w.Saves.Value), per})
	}
	s.Table([]string{"response", "", "costs>", "off the P80>", "per cost>"}, rows...)
	if len(x.Gaps) > 0 {
		s.Paraf("Not in these numbers, for want of a figure: %d.", len(x.Gaps))
	}
}

// money writes an amount of the model, to whole units of the currency.
func (f *ExposureFigures) money(minor float64) string {
	q := risk.Quantified{Currency: f.Currency}
	a, err := q.Amount(minor)
	if err != nil {
		return "n/a"
	}
	return amount(a)
}

// limits says how sure a percentile is.
func (f *ExposureFigures) limits(e quant.Estimate) string {
	if e.Exact {
		return "exact to " + f.money(e.HalfWidth())
	}
	return fmt.Sprintf("%s to %s (95 %%)", f.money(e.Lo), f.money(e.Hi))
}

// because names the causes that make a risk likelier.
func (f *ExposureFigures) because(all *Figures, d Driver) string {
	if d.Why == nil {
		return "by itself"
	}
	var causes []string
	for _, a := range d.Why.Ancestors {
		if r, ok := all.dossier.Risks.Risk(a.ID); ok && a.Relief.Value >= 0.005 && len(causes) < 2 {
			causes = append(causes, fmt.Sprintf("%s %+.0f %%", r.ID, 100*a.Relief.Value))
		}
	}
	if len(causes) == 0 {
		return "by itself"
	}
	return strings.Join(causes, ", ")
}

func action(f *Figures, w risk.Worth) string {
	r, _ := f.dossier.Risks.Risk(w.Risk)
	for _, a := range r.Responses {
		if a.ID == w.Response {
			return short(a.Action, 46)
		}
	}
	return ""
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }
