package control

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Limit is how far off plan is still good, and how far needs no action. A size
// is beyond a limit if it is greater: what equals it is within. Zero, not given,
// takes the default of the threshold; that of Act is never below a Warn that is given.
type Limit struct {
	Warn ratio.Ratio `json:"warn,omitzero"`
	Act  ratio.Ratio `json:"act,omitzero"`
}

// Thresholds say from where on a difference from the plan is a [Deviation]. What
// is zero takes its default, so the zero Thresholds is ready for use.
//
//	Finish   civil days that the forecast finish is late              0 and 10
//	Task     civil days that a milestone or a task due is late        0 and 5
//	Time     by how much SPI(t) and SPI are below 1                   1/20 and 1/10
//	Cost     by how much CPI is below 1                               1/20 and 1/10
//	Line     share of its plan by which a budget line is exceeded     0 and 1/10
//	Process  sigmas by which the mean of an indicator is worse        0 and 2
//
// Three need no number. An estimate at completion is warned of beyond the budget
// at completion, and asks for action beyond that and the contingency; costs without
// a line are warned of, and ask for action beyond the contingency; and an
// indicator is judged by the tolerance of the scorecard: amber is Warn, red is Act.
type Thresholds struct {
	Finish Limit `json:"finish,omitzero"`
	Task   Limit `json:"task,omitzero"`
	Time   Limit `json:"time,omitzero"`
	Cost   Limit `json:"cost,omitzero"`
	Line   Limit `json:"line,omitzero"`
	// Process counts once a chart shows that the indicator has worsened: that is
	// always a warning at least.
	Process Limit `json:"process,omitzero"`

	// Estimate is the variant of the estimate at completion; zero means evm.AtCPI.
	// While that is undefined, evm.AtBudget stands in.
	Estimate evm.Variant `json:"estimate,omitzero"`
	// Stable is the share of the work from which an index of cost or time is taken
	// for a signal; zero means 1/5. Before, it swings too much to tell by (D.
	// Christensen and S. Heise, National Contract Management Journal 25 (1993) 7-15).
	Stable ratio.Ratio `json:"stable,omitzero"`
	// Stale is how long a report of the state is good; zero means P1M.
	Stale calendar.Period `json:"stale,omitzero"`
}

// filled returns t with the defaults in.
func (t Thresholds) filled() Thresholds {
	for _, d := range []struct {
		limit     *Limit
		warn, act ratio.Ratio
	}{
		{&t.Finish, ratio.Int(0), ratio.Int(10)},
		{&t.Task, ratio.Int(0), ratio.Int(5)},
		{&t.Time, ratio.New(1, 20), ratio.New(1, 10)},
		{&t.Cost, ratio.New(1, 20), ratio.New(1, 10)},
		{&t.Line, ratio.Int(0), ratio.New(1, 10)},
		{&t.Process, ratio.Int(0), ratio.Int(2)},
	} {
		if d.limit.Warn.IsZero() {
			d.limit.Warn = d.warn
		}
		if d.limit.Act.IsZero() {
			d.limit.Act = d.act
			*d.limit = d.limit.atLeastWarn()
		}
	}
	if t.Estimate == 0 {
		t.Estimate = evm.AtCPI
	}
	if t.Stable.IsZero() {
		t.Stable = ratio.New(1, 5)
	}
	if t.Stale == (calendar.Period{}) {
		t.Stale = calendar.Period{Count: 1, Unit: calendar.UnitMonth}
	}
	return t
}

// Validate reports every fault: limits that are negative or undefined for a
// reason, one to act on that lies below the one to warn of, an estimate that is no
// variant, and a Stale that is no period.
func (t Thresholds) Validate() error {
	var f verdict.Faults
	full := t.filled()
	for _, l := range []struct {
		path string
		Limit
	}{
		{"finish", full.Finish}, {"task", full.Task}, {"time", full.Time}, {"cost", full.Cost}, {"line", full.Line},
		{"process", full.Process},
	} {
		l.check(l.path, &f)
	}
	if !full.Estimate.IsValid() {
		f.Addf("estimate", "%w estimate %d", verdict.ErrUnknown, full.Estimate)
	}
	if full.Stable.Sign() < 0 || !full.Stable.Defined() {
		f.Addf("stable", "%s: %w", full.Stable, verdict.ErrRange)
	}
	if !full.Stale.IsValid() {
		f.Addf("stale", "%s: %w", full.Stale, verdict.ErrInvalid)
	}
	return f.Err()
}

func (l Limit) check(path string, f *verdict.Faults) {
	for _, v := range []struct {
		name  string
		value ratio.Ratio
	}{{".warn", l.Warn}, {".act", l.Act}} {
		if !v.value.Defined() || v.value.Sign() < 0 {
			f.Addf(path+v.name, "%s: %w", v.value, verdict.ErrRange)
		}
	}
	if l.Warn.Defined() && l.Act.Defined() && l.Act.Less(l.Warn) {
		f.Addf(path+".act", "%w: %s is below %s, from which there is a warning", verdict.ErrInvalid, l.Act, l.Warn)
	}
}

// atLeastWarn returns l with an Act no lower than its Warn.
func (l Limit) atLeastWarn() Limit {
	if l.Act.Less(l.Warn) {
		l.Act = l.Warn
	}
	return l
}

// level returns the level of a size, and the limit that it is beyond: the higher
// one that is crossed, or the lower one if none is.
func (l Limit) level(size ratio.Ratio) (Level, ratio.Ratio) {
	switch {
	case l.Act.Less(size):
		return Act, l.Act
	case l.Warn.Less(size):
		return Warn, l.Warn
	default:
		return Note, l.Warn
	}
}
