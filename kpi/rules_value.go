package kpi

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// checkValue finds measurements over a denominator of nothing.
func checkValue(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		last, ok := m.At(f.AsOf)
		if !ok || last.Value.Defined() {
			continue
		}
		message := fmt.Sprintf("%s was measured on %s and has no value", m.label(), last.On)
		if reason := last.Value.Reason(); reason != "" {
			message += ": " + reason
		}
		r.Find(m.path()+".history", message+".", "See to the counts that it is computed from, and measure again when there are some.")
	}
}

// checkPolarity finds targets that want more of what is bad, or less of what is
// good.
func checkPolarity(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		metric, known := Find(m.Metric)
		good, wanted := metric.Polarity.sign(), m.Target.Direction.Better()
		if !known || good == 0 || wanted == 0 || good == wanted {
			continue
		}
		more, which := "rise", "lower"
		if wanted < 0 {
			more, which = "fall", "higher"
		}
		message := fmt.Sprintf("The target of %s wants it to %s, but %s is better.", m.label(), more, which)
		r.Find(m.path()+".target.direction", message, "Turn the target round, or measure what is really meant.")
	}
}

// sign returns +1 if higher values are better, -1 if lower ones are, else 0.
func (p Polarity) sign() int {
	switch p {
	case HigherIsBetter:
		return +1
	case LowerIsBetter:
		return -1
	default:
		return 0
	}
}

// checkSample finds shares whose interval holds the baseline and the target both.
func checkSample(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		last, ok := m.At(f.AsOf)
		interval := last.Interval()
		if !ok || !interval.Contains(m.Target.Baseline) || !interval.Contains(m.Target.Value) {
			continue
		}
		message := fmt.Sprintf("%s is %s %% of %d cases, which may be anything from %s: the baseline of %s and the target of %s as well.",
			m.label(), last.Value.Decimal(1), last.Trials, interval, m.Target.Baseline.Decimal(1), m.Target.Value.Decimal(1))
		r.Find(m.path()+".history", message, "Measure more cases before drawing conclusions.")
	}
}
