package audit

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// A Hit says which activities a risk holds up if it happens, each by its delay. The
// register does not know the plan, and the plan no risks: the project file joins them.
type Hit struct {
	Risk       string   `json:"risk"`
	Activities []string `json:"activities,omitempty"` // none: the finish of everything
}

// Delays is what the live risks of the register could do to the plan, as
// [control.CompareOptions] take it.
type Delays struct {
	Delays   []control.Delay
	Together []control.Together // risks that are linked as cause and effect
	Hits     []Hit              // what each of the delays holds up, in the order of the register
	Gaps     []risk.Gap         // what was left out, and why
}

// Delays returns the delays of the risks that are live at a date, with their controls
// and responses as far as they operate (see [risk.Risk.Residual]), and with the
// dependence that follows from their causes (see [risk.Register.Quantify]). A risk
// holds up the activities that the project file names, else the finish: there delays
// add up, as if all came one after the other, while those of activities run side by
// side and may be taken up by float. So a risk should name what it hits. One that can
// happen again holds up once. Days are taken as working days.
//
// Left out, and listed as gaps, is what has happened and is not resolved, what the
// register does not say in numbers, and what the plan has no place for: activities
// without dates, or finished. A risk all of whose activities are left out is left out
// itself; its delay does not go to the finish. So every delay of an active risk that
// can happen is either drawn or a gap.
//
// The error is that of [risk.Register.Quantify].
func (d *Dossier) Delays(ctx context.Context, asOf calendar.Date) (Delays, error) {
	q, err := d.Risks.Quantify(ctx, asOf, nil)
	if err != nil {
		return Delays{}, err
	}
	out := Delays{Gaps: append(d.settled(asOf), d.delayGaps(q.Gaps)...)}
	for _, r := range q.Model.Risks {
		p := r.P
		if r.Rate > 0 {
			p = -math.Expm1(-r.Rate)
		}
		if r.Delay == nil || p == 0 {
			continue
		}
		if hit, ok := d.hit(r.ID, asOf, &out.Gaps); ok {
			out.Delays = append(out.Delays, control.Delay{ID: r.ID, Activities: hit.Activities, P: p, Days: r.Delay})
			out.Hits = append(out.Hits, hit)
		}
	}
	for _, j := range q.Model.Joints {
		out.join(j.Risks, j.P, nil)
	}
	for _, w := range q.Model.Drawn {
		out.join(w.Risks, nil, w.From)
	}
	return out, nil
}

// ItHappened is why the delay of a risk that has happened is not drawn: that it comes
// is no matter of chance any more, and how much of it is left is for those to estimate
// who deal with it.
const ItHappened = "it has happened; what it still takes belongs in the plan"

// settled returns the delays of risks that have happened and are not resolved.
func (d *Dossier) settled(asOf calendar.Date) []risk.Gap {
	var gaps []risk.Gap
	for _, r := range d.Risks.Active(asOf) {
		if r.Estimate.Delay != (risk.DelayRange{}) && r.StateAt(asOf) == risk.Occurred {
			gaps = append(gaps, risk.Gap{Path: verdict.Key("risks", r.ID) + ".occurrences", Why: ItHappened})
		}
	}
	return gaps
}

// delayGaps keeps the gaps of risks that have a delay.
func (d *Dossier) delayGaps(gaps []risk.Gap) []risk.Gap {
	return slices.DeleteFunc(slices.Clone(gaps), func(g risk.Gap) bool {
		return !slices.ContainsFunc(d.Risks.Risks, func(r risk.Risk) bool {
			return r.Estimate.Delay != (risk.DelayRange{}) && strings.HasPrefix(g.Path, verdict.Key("risks", r.ID)+".")
		})
	})
}

// hit returns what a risk holds up of what the plan has a place for; false if all
// that is named has none.
func (d *Dossier) hit(id string, asOf calendar.Date, gaps *[]risk.Gap) (Hit, bool) {
	i := slices.IndexFunc(d.Control.Hits, func(h Hit) bool { return h.Risk == id })
	if i < 0 {
		return Hit{Risk: id}, true
	}
	hit, named := Hit{Risk: id}, d.Control.Hits[i].Activities
	for k, activity := range named {
		if why := d.noPlace(activity, asOf); why != "" {
			*gaps = append(*gaps, risk.Gap{Path: verdict.At(verdict.Key("control.hits", id)+".activities", k), Why: why})
			continue
		}
		hit.Activities = append(hit.Activities, activity)
	}
	return hit, len(named) == 0 || len(hit.Activities) > 0
}

// noPlace returns why nothing can hold an activity up, empty if it can be held up.
func (d *Dossier) noPlace(id string, asOf calendar.Date) string {
	for i := range d.Project.Activities {
		a := &d.Project.Activities[i]
		switch {
		case a.ID != id:
		case a.Done(asOf):
			return id + " is finished"
		case !a.Start.IsValid() || !a.Finish.IsValid():
			return id + " has no dates"
		}
	}
	return ""
}

// join adds the law of which of some risks happen, of those that hold up something.
func (ds *Delays) join(risks []string, p []float64, from quant.States) {
	var ids []string
	var places []int
	for i, id := range risks {
		if slices.ContainsFunc(ds.Delays, func(x control.Delay) bool { return x.ID == id }) {
			ids, places = append(ids, id), append(places, i)
		}
	}
	switch {
	case len(ids) < 2: // the probability of one alone says it all
	case from != nil:
		ds.Together = append(ds.Together, control.Together{Delays: ids, From: some{from, places}})
	default:
		ds.Together = append(ds.Together, control.Together{Delays: ids, P: marginal(p, places)})
	}
}

// marginal returns the law of some of the risks of a joint law.
func marginal(p []float64, places []int) []float64 {
	out := make([]float64, 1<<len(places))
	for s, v := range p {
		state := 0
		for k, i := range places {
			state |= s >> i & 1 << k
		}
		out[state] += v
	}
	return out
}

// some draws the states of some of the risks of a drawn law.
type some struct {
	of quant.States
	at []int // ascending
}

// Draw draws all states and keeps some of them.
func (s some) Draw(i uint64, on []bool) []bool {
	start := len(on)
	on = s.of.Draw(i, on)
	for k, at := range s.at {
		on[start+k] = on[start+at]
	}
	return on[:start+len(s.at)]
}

// Prospects are the actions that the project file holds, beside doing nothing, with
// all that durations and risks could do to them, iteration by iteration.
//
// Which delays count is what Comparison.Delays says: those that were drawn and hold up
// something if nothing is done, whoever gave them. Hits says what those of the register
// hold up. It lists besides what holds up only what an action inserts, and it is empty
// where delays were given instead of the register's.
//
// The JSON form has the comparison, the hits and the gaps. It leaves the iterations
// out, see [control.Trials].
type Prospects struct {
	*control.Trials

	Hits []Hit      `json:"hits,omitempty"` // the risks whose delays were drawn, and what they hold up
	Gaps []risk.Gap `json:"gaps,omitempty"` // what was left out of the delays, and why
}

// Prospects compares the actions that the project file holds, beside doing nothing, as
// [Dossier.Corrections] does, with the delays of the live risks drawn besides the
// durations (CP-32, CP-35, RI-04): what the chance to be on time is with all that may
// happen, and how much one action is better than another. Options that are given count
// instead of what the project file says; with delays that are empty but not nil, none
// are drawn. Errors are those of [Dossier.Delays] and [control.Course.Try].
func (d *Dossier) Prospects(ctx context.Context, asOf calendar.Date, o control.CompareOptions) (Prospects, error) {
	o, delays, err := d.risking(ctx, asOf, o)
	if err != nil {
		return Prospects{}, err
	}
	p := Prospects{Hits: delays.Hits, Gaps: delays.Gaps}
	if p.Trials, err = d.Course(asOf).Try(ctx, asOf, d.Control.Actions, o); err != nil {
		return Prospects{}, err
	}
	return p, nil
}

// risking fills in what the project file says, delays included.
func (d *Dossier) risking(ctx context.Context, asOf calendar.Date, o control.CompareOptions) (control.CompareOptions, Delays, error) {
	o = d.comparing(asOf, o)
	if o.Delays != nil {
		return o, Delays{}, nil
	}
	delays, err := d.Delays(ctx, asOf)
	o.Delays, o.Together = delays.Delays, delays.Together
	return o, delays, err
}

// Reliefs returns what it would bring to be rid of each of the delays that
// [Dossier.Prospects] draws, under one of the actions that the project file holds, or
// [control.DoNothing], the one that brings most first (RI-04, CP-32): where a response
// would do most for the date. See [control.Relief].
//
// The error wraps [verdict.ErrUnknown] if there is no such action; others are those of
// [Dossier.Delays] and [control.Course.Reliefs].
func (d *Dossier) Reliefs(ctx context.Context, asOf calendar.Date, option string, o control.CompareOptions) (control.Reliefs, error) {
	var action control.Action
	if option != control.DoNothing {
		i := slices.IndexFunc(d.Control.Actions, func(a control.Action) bool { return a.ID == option })
		if i < 0 {
			return nil, fmt.Errorf("audit: reliefs: option: %w %s", verdict.ErrUnknown, verdict.Quote(option))
		}
		action = d.Control.Actions[i]
	}
	o, _, err := d.risking(ctx, asOf, o)
	if err != nil {
		return nil, err
	}
	return d.Course(asOf).Reliefs(ctx, asOf, action, o)
}

// validateHits reports hits of unknown or twice the same risks, or of activities that
// neither the project has nor an action inserts.
func (d *Dossier) validateHits(f *verdict.Faults) {
	known := map[string]bool{}
	for _, a := range d.Project.Activities {
		known[a.ID] = true
	}
	for _, a := range d.Control.Actions {
		for _, e := range a.Effects {
			known[e.Insert.ID] = true
		}
	}
	delete(known, "")
	seen := map[string]bool{}
	for i, h := range d.Control.Hits {
		at := verdict.At("control.hits", i)
		if _, ok := d.Risks.Risk(h.Risk); !ok {
			f.Unknown(at+".risk", h.Risk)
		} else if seen[h.Risk] {
			f.Duplicate(at+".risk", h.Risk)
		}
		seen[h.Risk] = true
		for k, id := range h.Activities {
			here := verdict.At(at+".activities", k)
			if !known[id] {
				f.Unknown(here, id)
			} else if slices.Contains(h.Activities[:k], id) {
				f.Duplicate(here, id)
			}
		}
	}
}
