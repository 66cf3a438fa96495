package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/risk/quant"
)

// SteeringFigures is what deviates from the plan, and what could be done about it.
type SteeringFigures struct {
	Report      control.Report      `json:"report,omitzero"`
	Coverage    *control.Coverage   `json:"coverage,omitempty"`
	Corrections *control.Comparison `json:"corrections,omitempty"`
	Ranking     []string            `json:"ranking,omitempty"` // options, the surest first, of equal ones the cheapest
	Prospects   *ProspectFigures    `json:"prospects,omitempty"`
}

// steeringFigures looks at the course of the project. One that cannot be looked at
// has none, and that is no fault.
func steeringFigures(d *audit.Dossier, asOf calendar.Date) (SteeringFigures, error) {
	ctx := context.Background()
	var f SteeringFigures
	if !d.Project.Start.IsValid() {
		return f, nil
	}
	var err error
	if f.Report, err = d.Deviations(asOf); err != nil {
		return f, fmt.Errorf("control: %w", err)
	}
	if d.Project.Budget.Contingency.Sign() > 0 && len(d.Risks.Live(asOf)) > 0 {
		coverage, err := d.Coverage(ctx, asOf, quant.Options{Seed: seed})
		if err != nil {
			return f, fmt.Errorf("control: %w", err)
		}
		f.Coverage = &coverage
	}
	if len(d.Control.Actions) == 0 {
		return f, nil
	}
	table, err := d.Corrections(ctx, asOf, control.CompareOptions{Seed: seed})
	if err != nil {
		return f, fmt.Errorf("control: %w", err)
	}
	f.Corrections = &table
	ranked, err := table.Rank(control.SurestAgreed, control.LeastCost)
	for _, o := range ranked {
		f.Ranking = append(f.Ranking, o.ID)
	}
	if err != nil {
		return f, fmt.Errorf("control: %w", err)
	}
	f.Prospects, err = prospectFigures(ctx, d, asOf)
	return f, err
}

func steering(s *page.Section, f *Figures) {
	x := &f.Steering
	rows := [][]string{}
	for _, d := range x.Report.At(control.Warn) {
		what := strings.TrimPrefix(d.String(), d.Level.String()+": ")
		rows = append(rows, []string{d.Level.String(), short(what, 76), d.Nature.String()})
	}
	if len(rows) == 0 {
		s.Paraf("Nothing deviates from the plan by more than it may.")
	}
	s.Table([]string{"what to do", "deviation", "is it"}, rows...)
	if x.Coverage != nil {
		s.Paraf("Of the contingency, %s are left; the open risks cost no more than that with %.0f %%.",
			amount(x.Coverage.Remaining), 100*x.Coverage.Chance.Value)
	}
	if x.Corrections == nil {
		return
	}
	rows = nil
	for _, o := range x.Corrections.Options {
		rows = append(rows, []string{
			short(orElse(o.Title, words(o.ID)), 38), o.Finish.String(), o.P80.Value.String(), o.Due.String(),
			percent(o.OnTime.Value), percent(o.Agreed.Value), amount(o.Cost), amount(o.EAC), short(joined(o.GivesUp), 18), joined(o.DominatedBy),
		})
	}
	s.Table([]string{
		"what could be done", "finish", "P80", "promised", "kept>", "by " + x.Corrections.Due.String() + ">",
		"costs>", "cost at the end>", "gives up", "worse than",
	}, rows...)
	best, _ := x.Corrections.Option(x.Ranking[0])
	s.Paraf("Surest to keep the date agreed now: %s, for %s.", orElse(best.Title, words(best.ID)), amount(best.Cost))
	prospects(s, x)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func joined(ids []string) string { return strings.Join(ids, ", ") }
