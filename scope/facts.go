package scope

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what the [Rules] look at. Only the statement is needed; what depends
// on a fact that is not given is not judged, and the report says so.
type Facts struct {
	Statement Statement     `json:"statement"`
	AsOf      calendar.Date `json:"asOf,omitzero"`
	Scheme    Scheme        `json:"scheme,omitzero"`
	Baseline  Baseline      `json:"baseline,omitzero"` // in force; zero if none is frozen
	Changes   []Change      `json:"changes,omitempty"` // all requests, in whatever state
	Metrics   []string      `json:"metrics,omitempty"` // codes of the metric catalogue
	Policy    Policy        `json:"policy,omitzero"`
}

// Validate reports every fault of the facts as input. Paths within the statement
// begin at the statement itself, as those of findings do.
func (f Facts) Validate() error {
	var faults verdict.Faults
	faults.Add("", f.Statement.Validate())
	mayDate(&faults, "asOf", f.AsOf)
	faults.Add("scheme", f.Scheme.Validate())
	if f.Baseline.Frozen() || len(f.Baseline.Elements) > 0 {
		faults.Add("baseline", f.Baseline.Validate())
	}
	faults.IDs("changes", len(f.Changes), func(i int) string { return f.Changes[i].ID })
	for i, c := range f.Changes {
		for _, fault := range verdict.FaultsOf(c.Validate()) {
			if fault.Path != "id" { // reported with the duplicates
				faults.Add(verdict.At("changes", i), fault)
			}
		}
	}
	faults.Add("policy", f.Policy.Validate())
	return faults.Err()
}

// A Policy holds the bounds that an organisation sets for itself. The zero value
// of each field means its default; the defaults are rules of thumb of this
// package unless a source is named.
type Policy struct {
	MostGrowth         ratio.Ratio `json:"mostGrowth,omitzero"`         // of the baseline; default 1/10
	MostVolatility     ratio.Ratio `json:"mostVolatility,omitzero"`     // of the baseline; default 1/4
	MostMusts          ratio.Ratio `json:"mostMusts,omitzero"`          // of the prioritised requirements; default 3/5, after the DSDM handbook on MoSCoW
	FewestRequirements int         `json:"fewestRequirements,omitzero"` // below which a scope looks thin; default 5
	UnclearSignals     int         `json:"unclearSignals,omitzero"`     // from which a scope counts as unclear; default 3
	TellWithin         int         `json:"tellWithin,omitzero"`         // days to tell people of an approved change; default 5
	DecideWithin       int         `json:"decideWithin,omitzero"`       // days that a request may wait; default 14
}

// DefaultPolicy returns the bounds that the zero Policy stands for.
func DefaultPolicy() Policy {
	return Policy{
		MostGrowth: ratio.New(1, 10), MostVolatility: ratio.New(1, 4), MostMusts: ratio.New(3, 5),
		FewestRequirements: 5, UnclearSignals: 3, TellWithin: 5, DecideWithin: 14,
	}
}

// resolved returns the policy with what is left out filled in.
func (p Policy) resolved() Policy {
	d := DefaultPolicy()
	orRatio(&p.MostGrowth, d.MostGrowth)
	orRatio(&p.MostVolatility, d.MostVolatility)
	orRatio(&p.MostMusts, d.MostMusts)
	orInt(&p.FewestRequirements, d.FewestRequirements)
	orInt(&p.UnclearSignals, d.UnclearSignals)
	orInt(&p.TellWithin, d.TellWithin)
	orInt(&p.DecideWithin, d.DecideWithin)
	return p
}

func orRatio(r *ratio.Ratio, byDefault ratio.Ratio) {
	if r.IsZero() {
		*r = byDefault
	}
}

func orInt(n *int, byDefault int) {
	if *n == 0 {
		*n = byDefault
	}
}

// Validate reports every bound that cannot be one.
func (p Policy) Validate() error {
	var f verdict.Faults
	notBelowZero(&f, "mostGrowth", p.MostGrowth)
	notBelowZero(&f, "mostVolatility", p.MostVolatility)
	mayShare(&f, "mostMusts", p.MostMusts)
	wantCount(&f, "fewestRequirements", p.FewestRequirements)
	wantCount(&f, "unclearSignals", p.UnclearSignals)
	wantCount(&f, "tellWithin", p.TellWithin)
	wantCount(&f, "decideWithin", p.DecideWithin)
	return f.Err()
}

func notBelowZero(f *verdict.Faults, at string, r ratio.Ratio) {
	switch {
	case r.IsZero():
	case !r.Defined():
		f.Add(at, r.Err())
	case r.Sign() < 0:
		f.Addf(at, "%w: %s is negative", verdict.ErrRange, r)
	}
}
