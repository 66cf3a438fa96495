package spc

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// EstimateSubgroups returns the limits of the means of subgroups from those of the
// baseline: X̄ and R, or X̄ and s with the spread [StandardDeviation]. The error
// reports every fault of the subgroups, which must be of one size, and the options.
// With too few of them the limits are undefined.
func EstimateSubgroups(groups []Subgroup, o Options) (Limits, error) {
	var f verdict.Faults
	o.check(&f, true)
	checkSubgroups(&f, groups, 0)
	if err := wrap(&f); err != nil {
		return Limits{}, err
	}
	base := slices.DeleteFunc(slices.Clone(groups), func(g Subgroup) bool { return !o.Baseline.Contains(g.On) })
	l := Limits{Points: len(base), Spread: cmp.Or(o.Spread, MeanRange), Reason: o.tooFew(len(base), "subgroups")}
	if len(groups) > 0 {
		l.Size = len(groups[0].Values)
	}
	if len(base) > 0 {
		l.Baseline = calendar.Interval{From: base[0].On, Until: base[len(base)-1].On}
	}
	if l.Reason == "" {
		means, spreads := plot(base, l.Spread)
		l.Center, l.Width = mean(values(means)), mean(spreads)
	}
	return l, nil
}

// plot returns the mean and the spread of each subgroup.
func plot(groups []Subgroup, s Spread) (means []Point, spreads []float64) {
	means, spreads = make([]Point, len(groups)), make([]float64, len(groups))
	for i, g := range groups {
		means[i] = Point{g.On, mean(g.Values)}
		if s == StandardDeviation {
			spreads[i] = deviation(g.Values, means[i].Value)
		} else {
			spreads[i] = slices.Max(g.Values) - slices.Min(g.Values)
		}
	}
	return means, spreads
}

// Subgroups returns the chart of subgroups: the limits from those of the baseline, all
// held against them. With undefined limits there are no signals. Errors are those of
// [EstimateSubgroups].
func Subgroups(groups []Subgroup, o Options) (Chart, error) {
	l, err := EstimateSubgroups(groups, o)
	if err != nil {
		return Chart{}, err
	}
	return l.subgroups(groups, o.rules()), nil
}

// ChartSubgroups holds subgroups against limits that stay what they are. No rules
// means [WesternElectric]. The error reports every fault of the limits, which must
// be those of subgroups of this size, the subgroups and the rules.
func (l Limits) ChartSubgroups(groups []Subgroup, rules Rules) (Chart, error) {
	var f verdict.Faults
	l.checkKind(&f, true)
	checkSubgroups(&f, groups, l.Size)
	checkRules(&f, "rules", rules)
	if err := wrap(&f); err != nil {
		return Chart{}, err
	}
	return l.subgroups(groups, cmp.Or(rules, WesternElectric)), nil
}

func (l Limits) subgroups(groups []Subgroup, rules Rules) Chart {
	c := Chart{Limits: l, Rules: rules}
	c.Points, c.Ranges = plot(groups, l.Spread)
	c.Signals = c.detect(0)
	return c
}
