package spc

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// DefaultMinPoints is how many points a baseline must have unless [Options] say
// otherwise. Limits from six points are rough; those from twenty hardly change any more.
const DefaultMinPoints = 6

// Options are what can be chosen. The zero Options are the defaults.
type Options struct {
	// Baseline has the points that limits are estimated from, both ends included; zero
	// means all. [Read] needs its last day.
	Baseline calendar.Interval `json:"baseline,omitzero"`

	Spread Spread `json:"spread,omitzero"` // zero means MeanRange
	Middle Middle `json:"middle,omitzero"` // zero means Mean; Median is for individuals only
	Rules  Rules  `json:"rules,omitzero"`  // zero means WesternElectric

	// MinPoints is how many points, or subgroups, the baseline must have for limits to
	// be defined, 2 or more; zero means DefaultMinPoints.
	MinPoints int `json:"minPoints,omitzero"`

	// Polarity says which values are good, for [Read]; zero means neither.
	Polarity kpi.Polarity `json:"polarity,omitzero"`
}

func (o Options) rules() Rules   { return cmp.Or(o.Rules, WesternElectric) }
func (o Options) minPoints() int { return cmp.Or(o.MinPoints, DefaultMinPoints) }

func (o Options) check(f *verdict.Faults, isSubgrouped bool) {
	if !o.Baseline.IsValid() {
		f.Addf("options.baseline", "%w: %v", verdict.ErrRange, o.Baseline)
	}
	checkSpread(f, "options.spread", o.Spread, isSubgrouped)
	if o.Middle != 0 && !o.Middle.IsValid() {
		f.Addf("options.middle", "%w: %v", verdict.ErrUnknown, o.Middle)
	}
	if o.Middle == Median && isSubgrouped {
		f.Addf("options.middle", "%w: %v is for individuals, not for subgroups", verdict.ErrInvalid, o.Middle)
	}
	checkRules(f, "options.rules", o.Rules)
	if o.MinPoints < 0 || o.MinPoints == 1 {
		f.Addf("options.minPoints", "%w: %d, want 2 or more", verdict.ErrRange, o.MinPoints)
	}
	if o.Polarity != 0 && !o.Polarity.IsValid() {
		f.Addf("options.polarity", "%w: %v", verdict.ErrUnknown, o.Polarity)
	}
}

func checkRules(f *verdict.Faults, path string, s Rules) {
	if !s.IsValid() {
		f.Addf(path, "%w: %v", verdict.ErrUnknown, s)
	}
}

// tooFew returns the reason for a baseline with too few points to have limits, empty
// if there are enough.
func (o Options) tooFew(n int, what string) string {
	if n >= o.minPoints() {
		return ""
	}
	return fmt.Sprintf("%d %s in the baseline, want %d", n, what, o.minPoints())
}
