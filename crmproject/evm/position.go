package evm

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Position is where a package, or several together, stand at a date. The earned
// value of several is added up exactly and rounded once, so it can differ by a
// minor unit from the sum of the rounded ones. ETC is there if every package that
// is not finished has a bottom-up estimate.
type Position struct {
	Packages    int         `json:"packages"` // how many
	Earned      Exact       `json:"earned"`   // earned value in minor units, before rounding
	Measures    Measures    `json:"measures"`
	Performance Performance `json:"performance"`
}

// A tally adds up packages.
type tally struct {
	packages int
	earned   Exact
	measures Measures
	guessed  bool // some package has neither an estimate nor an end
}

func newTally(c money.Currency) tally {
	zero := money.FromMinor(0, c)
	return tally{
		earned:   ExactOf(ratio.Int(0)),
		measures: Measures{PV: zero, EV: zero, AC: zero, BAC: zero, ETC: zero},
	}
}

// add adds what t counted. The sums of budgets fit, as the baseline is valid;
// those of costs and estimates may not.
func (t *tally) add(u tally) (err error) {
	t.packages += u.packages
	t.earned = t.earned.add(u.earned)
	t.guessed = t.guessed || u.guessed
	t.measures.PV, _ = t.measures.PV.Add(u.measures.PV)
	t.measures.BAC, _ = t.measures.BAC.Add(u.measures.BAC)
	if t.measures.AC, err = t.measures.AC.Add(u.measures.AC); err != nil {
		return err
	}
	t.measures.ETC, err = t.measures.ETC.Add(u.measures.ETC)
	return err
}

// round returns the measures, earned value rounded to a minor unit, the estimate
// only if it is complete.
func (t *tally) round(b *book) Measures {
	m := t.measures
	m.EV, _ = t.earned.Amount(b.currency, b.Rounding) // 0 to BAC
	if t.guessed || t.packages == 0 {
		m.ETC = money.Amount{}
	}
	return m
}

func (t *tally) position(b *book) (Position, error) {
	m := t.round(b)
	performance, err := m.Performance(b.Rounding)
	return Position{t.packages, t.earned, m, performance}, err
}

// share returns the share of track i that is earned at the end of d.
func (b *book) share(i int, d calendar.Date) ratio.Ratio {
	s, ok := b.tracks[b.tracks[i].base].stateAt(d)
	if !ok || !s.share.Defined() {
		return ratio.Int(0)
	}
	return s.share
}

// count returns where track i stands at the end of d.
func (b *book) count(i int, d calendar.Date) tally {
	t := &b.tracks[i]
	c := tally{packages: 1, measures: Measures{PV: b.planned(i, d), AC: t.spent(d), BAC: t.Budget}}
	if t.Method == LevelOfEffort {
		c.earned = whole(c.measures.PV)
	} else {
		c.earned = whole(t.Budget).mul(ExactOf(b.share(i, d)))
	}
	s, reported := t.stateAt(d)
	switch {
	case reported && s.toComplete != money.Amount{}:
		c.measures.ETC = s.toComplete
	case b.finishedOn(i, d) != 0:
		c.measures.ETC = money.FromMinor(0, b.currency)
	default:
		c.guessed = true
	}
	return c
}

// finishedOn returns the day on which track i was finished as it is known at the
// end of d: the first of the states that all say so. Level of effort is finished
// with its plan.
func (b *book) finishedOn(i int, d calendar.Date) calendar.Date {
	if b.tracks[i].Method == LevelOfEffort {
		if finish := b.tracks[i].Finish; finish <= d {
			return finish
		}
		return 0
	}
	t := &b.tracks[b.tracks[i].base]
	var on calendar.Date
	for j := t.reports(d) - 1; j >= 0 && t.states[j].share == ratio.Int(1); j-- {
		on = t.states[j].on
	}
	return on
}

// split adds up the packages at the end of d: those that are measured, level of
// effort, and both.
func (b *book) split(d calendar.Date) (measured, effort, total tally, err error) {
	measured, effort = newTally(b.currency), newTally(b.currency)
	for i := range b.tracks {
		part := &measured
		if !measurable(b.tracks[i].WorkPackage) {
			part = &effort
		}
		if err := part.add(b.count(i, d)); err != nil {
			return measured, effort, total, err
		}
	}
	total = measured
	return measured, effort, total, total.add(effort)
}
