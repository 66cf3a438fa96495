package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/risk"
)

// ProspectFigures is the corrective actions compared with all that the open risks
// could delay.
type ProspectFigures struct {
	Comparison control.Comparison  `json:"comparison"`
	Hits       []audit.Hit         `json:"hits"`              // the risks whose delays were drawn, and what they hold up
	LeftOut    []risk.Gap          `json:"leftOut,omitempty"` // delays of the register that were not drawn, and why
	Against    control.Differences `json:"against"`           // of each action to doing nothing
	Ranking    []string            `json:"ranking"`           // options, the surest first, of equal ones the cheapest
	Ranked     []Rung              `json:"ranked"`            // of each option to the next of the ranking
	Reliefs    control.Reliefs     `json:"reliefs,omitempty"` // without each of the delays, if nothing is done, dearest first
}

// A Rung is how much better an option is than the next of the ranking.
type Rung struct {
	control.Difference

	// Told says that the chances to keep the date agreed now differ by more than
	// another seed could make them differ.
	Told bool `json:"moreThanChance"`
}

const (
	// trials is how often the project is run through with each action, and without each
	// of the risks; so they are fewer than where durations alone are drawn.
	trials = 2000
	// dearest is how many of the risks are named that cost most of the chance.
	dearest = 3
)

// prospectFigures compares the actions of the project file, which has some.
func prospectFigures(ctx context.Context, d *audit.Dossier, asOf calendar.Date) (*ProspectFigures, error) {
	o := control.CompareOptions{Seed: seed, Iterations: trials}
	p, err := d.Prospects(ctx, asOf, o)
	if err != nil {
		return nil, fmt.Errorf("control: %w", err)
	}
	f := &ProspectFigures{Comparison: p.Comparison, Hits: p.Hits, LeftOut: p.Gaps}
	if f.Against, err = p.Against(control.DoNothing); err != nil {
		return nil, err
	}
	ranked, err := p.Ranked(control.SurestAgreed, control.LeastCost)
	if err != nil {
		return nil, err
	}
	f.Ranking = []string{ranked[0].Option}
	for _, r := range ranked {
		f.Ranking = append(f.Ranking, r.Against)
		f.Ranked = append(f.Ranked, Rung{r, r.Agreed.Told()})
	}
	f.Reliefs, err = d.Reliefs(ctx, asOf, control.DoNothing, o)
	return f, err
}

// prospects shows what becomes of the actions with the risks, beside what the table of
// durations alone says.
func prospects(s *page.Section, x *SteeringFigures) {
	p := x.Prospects
	if p == nil {
		return
	}
	nothing, _ := p.Comparison.Option(control.DoNothing)
	alone, _ := x.Corrections.Option(control.DoNothing)
	runs := thousands(int64(p.Comparison.Iterations))
	if len(p.Hits) == 0 {
		s.Paraf("No open risk says how long it would hold up what is left, so these are durations alone too "+
			"(%s runs, the same draws for every option).%s", runs, p.leftOut())
	} else {
		s.Paraf("So far durations alone. With the delays of %s drawn too (%s runs, the same draws for every option), "+
			"doing nothing keeps the date agreed now with %s instead of %s.%s",
			count(len(p.Hits), "open risk"), runs, chance(nothing.Agreed), percent(alone.Agreed.Value), p.leftOut())
	}
	rows := [][]string{}
	for i, id := range p.Ranking {
		o, _ := p.Comparison.Option(id)
		rows = append(rows, slices.Concat([]string{
			short(orElse(o.Title, words(o.ID)), 38), o.P80.Value.String(), percent(o.OnTime.Value), percent(o.Agreed.Value),
		}, p.better(id), p.next(i)))
	}
	s.Table([]string{
		"with the risks, the surest first", "P80", "kept>", "by " + p.Comparison.Due.String() + ">",
		"than doing nothing>", "mean days later>", "than the next>", "more than chance",
	}, rows...)
	s.Paraf("The differences are in percentage points of the chance to finish by %s and in days, each with its 95 %% interval. "+
		"What is more than chance would not turn round with other draws; it may still be too little for its price.", p.Comparison.Due)
	p.dearest(s)
}

// dearest names the risks that cost most of the chance to keep the date agreed now.
func (p *ProspectFigures) dearest(s *page.Section) {
	var items []string
	for _, r := range p.Reliefs {
		if r.Agreed.Told() && len(items) < dearest {
			items = append(items, fmt.Sprintf("%s %s", r.Delay, inPoints(r.Agreed)))
		}
	}
	if len(items) > 0 {
		s.Paraf("If one risk did not come and all others were as they are, the chance of doing nothing would rise most without %s. "+
			"Two that do not come need not raise it by the sum.", strings.Join(items, ", "))
	}
}

// better says how an option fares against doing nothing.
func (p *ProspectFigures) better(id string) []string {
	for _, d := range p.Against {
		if d.Option == id {
			return []string{points(d), fmt.Sprintf("%+.1f (%+.1f to %+.1f)", d.Mean.Days, d.Mean.Low, d.Mean.High)}
		}
	}
	return []string{"", ""}
}

// next says how the option at a place of the ranking fares against the next.
func (p *ProspectFigures) next(place int) []string {
	if place >= len(p.Ranked) {
		return []string{"", ""}
	}
	r := p.Ranked[place]
	switch {
	case r.Told:
		return []string{points(r.Difference), "yes"}
	case r.Agreed.Pairs.Only+r.Agreed.Pairs.Other == 0:
		return []string{points(r.Difference), "no, the same"}
	default:
		return []string{points(r.Difference), "no"}
	}
}

func points(d control.Difference) string { return inPoints(d.Agreed) }

func inPoints(o control.Odds) string {
	g := o.Gain
	return fmt.Sprintf("%+.1f (%+.1f to %+.1f)", 100*g.Value, 100*g.Low, 100*g.High)
}

// leftOut names the risks whose delays were left out, as a sentence.
func (p *ProspectFigures) leftOut() string {
	items := make([]string, len(p.LeftOut))
	for i, g := range p.LeftOut {
		_, rest, _ := strings.Cut(g.Path, "[")
		id, _, _ := strings.Cut(rest, "]")
		items[i] = fmt.Sprintf("%s (%s)", id, g.Why)
	}
	if len(items) == 0 {
		return ""
	}
	return " Left out: " + strings.Join(items, ", ") + "."
}
