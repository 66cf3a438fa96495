package spc

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Chart holds points against limits. It is a plain value with a JSON form.
type Chart struct {
	Limits Limits  `json:"limits"`
	Points []Point `json:"points"` // the values, or the means of subgroups
	// Ranges holds the spread of the points: of individuals the moving ranges, of which
	// the first point has none, so Ranges[i] belongs to Points[i+1]; of subgroups
	// the range or standard deviation of each.
	Ranges  []float64 `json:"ranges"`
	Rules   Rules     `json:"rules"`   // the rules that were asked for
	Signals []Signal  `json:"signals"` // by point, then by rule
}

// A Signal is a rule that is met at a point, the last of its pattern.
type Signal struct {
	Index     int           `json:"index"` // of the point
	On        calendar.Date `json:"on"`
	Value     float64       `json:"value"` // of the point; for RangeBeyond the spread
	Rule      Rule          `json:"rule"`
	Direction Direction     `json:"direction,omitzero"` // none for alternation, within or beyond 1 sigma, and the spread
}

// First returns the index of the first point of the pattern.
func (s Signal) First() int { return s.Index - s.Rule.Span() + 1 }

// Flags returns for each point the rules that are met there.
func (c Chart) Flags() []Rules {
	flags := make([]Rules, len(c.Points))
	for _, s := range c.Signals {
		if s.Index >= 0 && s.Index < len(flags) {
			flags[s.Index] |= s.Rule.bit()
		}
	}
	return flags
}

// Count returns the number of points at which the rule is met.
func (c Chart) Count(r Rule) int {
	n := 0
	for _, s := range c.Signals {
		if s.Rule == r {
			n++
		}
	}
	return n
}

// InControl reports whether the limits are defined and no rule is met.
func (c Chart) InControl() bool { return c.Limits.Defined() && len(c.Signals) == 0 }

// Estimate returns the limits of individuals from the points of the baseline. With too
// few of them the limits are undefined, and their Reason says so; the error reports every
// fault of the points and the options.
func Estimate(points []Point, o Options) (Limits, error) {
	var f verdict.Faults
	o.check(&f, false)
	checkPoints(&f, points)
	if err := wrap(&f); err != nil {
		return Limits{}, err
	}
	return estimate(within(points, o.Baseline), o), nil
}

func estimate(base []Point, o Options) Limits {
	l := Limits{Points: len(base), Spread: cmp.Or(o.Spread, MeanRange), Reason: o.tooFew(len(base), "points")}
	if len(base) > 0 {
		l.Baseline = calendar.Interval{From: base[0].On, Until: base[len(base)-1].On}
	}
	if l.Reason != "" {
		return l
	}
	vs := values(base)
	l.Center, l.Width = mean(vs), spreadOf(movingRanges(vs), l.Spread)
	if o.Middle == Median {
		l.Center = median(vs)
	}
	return l
}

// within returns the points that lie in the interval. They are in order of days.
func within(points []Point, in calendar.Interval) []Point {
	return slices.DeleteFunc(slices.Clone(points), func(p Point) bool { return !in.Contains(p.On) })
}

// Individuals returns the chart of single values and moving ranges (XmR, I-MR): the
// limits from the points of the baseline, all points held against them. With undefined
// limits there are no signals. Errors are those of [Estimate].
func Individuals(points []Point, o Options) (Chart, error) {
	l, err := Estimate(points, o)
	if err != nil {
		return Chart{}, err
	}
	return l.chart(points, o.rules()), nil
}

// Chart holds points against limits that stay what they are: those of an earlier
// baseline. No rules means [WesternElectric]. The error reports every fault of the
// limits, which must be those of individuals, the points and the rules.
func (l Limits) Chart(points []Point, rules Rules) (Chart, error) {
	var f verdict.Faults
	l.checkKind(&f, false)
	checkPoints(&f, points)
	checkRules(&f, "rules", rules)
	if err := wrap(&f); err != nil {
		return Chart{}, err
	}
	return l.chart(points, cmp.Or(rules, WesternElectric)), nil
}

// checkKind records the faults of l, and if it is of the other kind of chart.
func (l Limits) checkKind(f *verdict.Faults, isSubgrouped bool) {
	f.Add("limits", l.Validate())
	switch {
	case isSubgrouped && l.Size == 0:
		f.Addf("limits.size", "%w: limits of individuals, for a chart of subgroups", verdict.ErrInvalid)
	case !isSubgrouped && l.Size > 0:
		f.Addf("limits.size", "%w: limits of subgroups of %d, for a chart of individuals", verdict.ErrInvalid, l.Size)
	}
}

// chart holds sound points against sound limits.
func (l Limits) chart(points []Point, rules Rules) Chart {
	c := Chart{Limits: l, Points: slices.Clone(points), Rules: rules}
	c.Ranges = movingRanges(values(points))
	c.Signals = c.detect(1)
	return c
}

// detect returns the signals. Ranges[i] belongs to Points[i+shift].
func (c Chart) detect(shift int) []Signal {
	d, ok := newDetector(c.Limits, c.Rules)
	if !ok {
		return nil
	}
	var signals []Signal
	for i, p := range c.Points {
		signals = d.point(signals, i, p)
		if i >= shift {
			signals = d.spread(signals, i, p.On, c.Ranges[i-shift])
		}
	}
	return signals
}
