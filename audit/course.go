package audit

import (
	"context"
	"slices"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/quant"
)

// Control is what the project file holds of the control loop, see
// [github.com/crmrollout/crm/audit/control]: what was done about deviations, by
// which charts indicators are watched, who is told, and what could be done.
type Control struct {
	Log        control.Log         `json:"log,omitzero"`
	Charts     []control.Chart     `json:"charts,omitempty"`
	Addressees []control.Addressee `json:"addressees,omitempty"`
	Thresholds control.Thresholds  `json:"thresholds,omitzero"`
	Actions    []control.Action    `json:"actions,omitempty"` // that could be taken, to be compared
	PerDay     money.Amount        `json:"perDay,omitzero"`   // what a day more of the project costs
	// Hits say which activities a risk holds up if it happens. The delay of one that is
	// not here goes to the finish.
	Hits []Hit `json:"hits,omitempty"`
	// Last is the report before this one, from which the deviations of the next take
	// since when they are there and where they are going.
	Last control.Report `json:"last,omitzero"`
}

// Course returns what the project is steered by at a date: its plan, its progress,
// its money, its indicators and its risks (CP-37).
func (d *Dossier) Course(asOf calendar.Date) control.Course {
	c := control.CourseOf(&d.Project, d.Indicators, d.Risks, asOf)
	c.Charts = slices.Clone(d.Control.Charts)
	return c
}

// Deviations returns everything that deviates from the plan at a date (CP-34), by
// the thresholds and after the report that the project file holds. The error is
// that of [control.Course.Scan].
func (d *Dossier) Deviations(asOf calendar.Date) (control.Report, error) {
	r, err := d.Course(asOf).Scan(asOf, d.Control.Thresholds)
	if err == nil && d.Control.Last.AsOf.IsValid() {
		r = r.After(d.Control.Last)
	}
	return r, err
}

// Corrections compares the actions that the project file holds, beside doing
// nothing (CP-35). Without spreads, durations spread as the project estimates
// them, see [github.com/crmrollout/crm/crmproject.Project.Spreads], and without a
// cost of a day it is that of the project file. Chances are of durations alone unless
// delays are given: [Dossier.Prospects] draws those of the register too, and tells
// how much the actions differ. The error is that of [control.Course.Compare].
func (d *Dossier) Corrections(ctx context.Context, asOf calendar.Date, o control.CompareOptions) (control.Comparison, error) {
	return d.Course(asOf).Compare(ctx, asOf, d.Control.Actions, d.comparing(asOf, o))
}

// comparing fills in what the project file says.
func (d *Dossier) comparing(asOf calendar.Date, o control.CompareOptions) control.CompareOptions {
	if o.Spreads == nil {
		o.Spreads = d.Project.Spreads(asOf)
	}
	if o.PerDay == (money.Amount{}) {
		o.PerDay = d.Control.PerDay
	}
	return o
}

// Coverage holds what is left of the contingency against what the live risks could
// still cost (CP-17). The error is that of [control.Course.Cover].
func (d *Dossier) Coverage(ctx context.Context, asOf calendar.Date, o quant.Options) (control.Coverage, error) {
	return d.Course(asOf).Cover(ctx, asOf, o)
}

// keeps reports whether control is kept in the project file.
func (c Control) keeps() bool {
	l := c.Log
	return len(l.Corrections)+len(l.Explanations)+len(l.Sent)+len(c.Charts)+len(c.Addressees)+len(c.Actions) > 0 || c.Last.AsOf.IsValid()
}

func (d *Dossier) validateControl(f *verdict.Faults) {
	c := d.Control
	f.Add("control.log", c.Log.Validate())
	f.Add("control.thresholds", c.Thresholds.Validate())
	if c.Last.AsOf.IsValid() {
		f.Add("control.last", c.Last.Validate())
	}
	if c.PerDay.Sign() < 0 {
		f.Addf("control.perDay", "%w: %s is negative", verdict.ErrRange, c.PerDay)
	}
	f.IDs("control.actions", len(c.Actions), func(i int) string { return c.Actions[i].ID })
	for i, a := range c.Actions {
		f.Add(verdict.At("control.actions", i), a.Validate())
	}
	d.validateHits(f)
	if len(c.Charts) == 0 {
		return
	}
	watched := control.Course{Scorecard: d.Indicators, Charts: c.Charts}
	for _, fault := range verdict.FaultsOf(watched.Validate()) {
		f.Add(verdict.Join("control", fault.Path), fault.Err)
	}
}

// control gathers the facts of the rules of control, and says why there are none.
func (f Facts) control() (control.Facts, string) {
	d := f.Dossier
	if !d.Control.keeps() {
		return control.Facts{}, "nothing is kept of control"
	}
	report, err := d.Deviations(f.AsOf)
	if err != nil {
		return control.Facts{}, err.Error()
	}
	return control.Facts{
		Report: report, Register: d.Risks, Log: d.Control.Log, Changes: d.Project.Changes, Addressees: d.Control.Addressees,
		Stale: d.Control.Thresholds.Stale, AsOf: f.AsOf,
	}, ""
}

// controlRules returns the rules of control over the dossier, but for those about
// the contingency, which need the risk curve: an audit does not compute it, see
// [Dossier.Coverage].
func controlRules(facts func(Facts) (control.Facts, string)) []verdict.Rule[Facts] {
	rules := moved(control.Rules(), func(f Facts) control.Facts { c, _ := facts(f); return c },
		func(_ Facts, subject string) string { return verdict.Join("control", subject) })
	return where(rules, func(f Facts) string { _, why := facts(f); return why })
}
