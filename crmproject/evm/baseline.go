package evm

import (
	"iter"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// MaxPeriods is the largest number of reporting periods of a baseline: 192 years
// of weeks.
const MaxPeriods = 10_000

// A Baseline is the plan that progress is measured against: the work packages
// with their budgets, dates and methods, and how time is cut into reporting
// periods. It does not change; an approved change makes the next one (see
// [Baseline.Frozen]).
type Baseline struct {
	Version  int              `json:"version,omitzero"`
	Approved calendar.Date    `json:"approved,omitzero"`
	Calendar calendar.Pattern `json:"calendar,omitzero"` // working days; the zero Pattern means Monday to Friday
	Rhythm   Rhythm           `json:"rhythm,omitzero"`   // zero = Monthly
	Dates    []calendar.Date  `json:"dates,omitempty"`   // of StatusDates: the ends of the periods, ascending
	Rounding money.Rounding   `json:"rounding,omitzero"` // of earned value and estimates; zero = half-even
	Packages []WorkPackage    `json:"packages"`
}

// Validate reports every fault, located by path. Each package needs an id of its
// own, a budget that is not negative and of one currency with the others, at
// least one working day from start to finish, a method, and just those of
// milestones, units and base that the method asks for. The base of apportioned
// effort is a discrete package. Status dates ascend, and the last is on or after
// the finish of every package.
func (b Baseline) Validate() error {
	_, err := b.open()
	return err
}

// open validates the baseline and makes it ready.
func (b Baseline) open() (*book, error) {
	var faults verdict.Faults
	working := b.compile(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	byID := b.byID()
	opened := &book{Baseline: b, working: working, currency: b.currency()}
	for i, p := range b.Packages {
		base := i
		if p.Method == Apportioned {
			base = byID[p.Base]
		}
		opened.tracks = append(opened.tracks, track{WorkPackage: p, base: base})
	}
	return opened, nil
}

// compile records all faults, and returns the working calendar, which is nil if
// it is at fault.
func (b Baseline) compile(faults *verdict.Faults) *calendar.Working {
	if b.Rhythm != 0 && !b.Rhythm.IsValid() {
		faults.Addf("rhythm", "%w %v", verdict.ErrUnknown, b.Rhythm)
	}
	if !b.Rounding.IsValid() {
		faults.Addf("rounding", "%w: %v", money.ErrInvalid, b.Rounding)
	}
	working, err := b.pattern().Compile()
	faults.Add("calendar", err)
	if len(b.Packages) == 0 {
		faults.Missing("packages")
	}
	faults.IDs("packages", len(b.Packages), func(i int) string { return b.Packages[i].ID })
	byID := b.byID()
	for i, p := range b.Packages {
		p.validate(faults, verdict.At("packages", i), working, b.currency())
		p.validateBase(faults, verdict.At("packages", i), b.Packages, byID)
	}
	b.validateDates(faults)
	if faults.Len() == 0 {
		_, err := money.Sum(b.budgets())
		faults.Add("packages", err)
	}
	return working
}

func (b Baseline) budgets() iter.Seq[money.Amount] {
	return func(yield func(money.Amount) bool) {
		for _, p := range b.Packages {
			if !yield(p.Budget) {
				return
			}
		}
	}
}

// byID returns the position of each package, of equal ids the first.
func (b Baseline) byID() map[string]int {
	positions := make(map[string]int, len(b.Packages))
	for i, p := range b.Packages {
		if _, taken := positions[p.ID]; !taken {
			positions[p.ID] = i
		}
	}
	return positions
}

// currency returns the currency of the first budget that has one.
func (b Baseline) currency() money.Currency {
	for _, p := range b.Packages {
		if c := p.Budget.Currency(); c != 0 {
			return c
		}
	}
	return 0
}

func (b Baseline) pattern() calendar.Pattern {
	if p := b.Calendar; p.Week != 0 || len(p.Holidays) > 0 || len(p.Extra) > 0 {
		return p
	}
	return calendar.Pattern{Week: calendar.MondayToFriday}
}

func (b Baseline) rhythm() Rhythm {
	if b.Rhythm == 0 {
		return Monthly
	}
	return b.Rhythm
}

// span returns the first start and the last finish of the packages that keep
// accepts, no dates if there are none.
func (b Baseline) span(keep func(WorkPackage) bool) (start, finish calendar.Date) {
	for _, p := range b.Packages {
		if !keep(p) {
			continue
		}
		if start == 0 || p.Start < start {
			start = p.Start
		}
		finish = max(finish, p.Finish)
	}
	return start, finish
}

func anyPackage(WorkPackage) bool { return true }

func measurable(p WorkPackage) bool { return p.Method != LevelOfEffort }

func (b Baseline) validateDates(faults *verdict.Faults) {
	start, finish := b.span(anyPackage)
	if b.rhythm() != StatusDates {
		if len(b.Dates) > 0 {
			faults.Addf("dates", "%w: status dates with a %v rhythm", verdict.ErrInvalid, b.rhythm())
		}
		if start.IsValid() && finish.IsValid() && len(b.ends(start, finish)) > MaxPeriods {
			faults.Addf("packages", "%w: more than %d periods from %v to %v", verdict.ErrRange, MaxPeriods, start, finish)
		}
		return
	}
	if len(b.Dates) == 0 {
		faults.Missing("dates")
		return
	}
	if len(b.Dates) > MaxPeriods {
		faults.Addf("dates", "%w: more than %d periods", verdict.ErrRange, MaxPeriods)
	}
	var before calendar.Date
	for i, d := range b.Dates {
		switch {
		case !d.IsValid():
			faults.Missing(verdict.At("dates", i))
		case d <= before:
			faults.Addf(verdict.At("dates", i), "%w: %v does not come after %v", verdict.ErrRange, d, before)
		}
		before = max(before, d)
	}
	if before < finish {
		faults.Addf("dates", "%w: the last status date is %v, and work goes on until %v", verdict.ErrRange, before, finish)
	}
}

// ends returns the last days of the periods from start to finish. The last one
// ends on finish, whatever the rhythm says, so that the planned duration is
// reached on the planned finish. It stops at one more than [MaxPeriods].
func (b Baseline) ends(start, finish calendar.Date) []calendar.Date {
	var ends []calendar.Date
	for end := b.endOf(start); end != 0 && end < finish && len(ends) < MaxPeriods; end = b.endOf(end.AddDays(1)) {
		ends = append(ends, end)
	}
	return append(ends, finish)
}

// endOf returns the last day of the reporting period that d lies in, none if the
// status dates do not reach that far.
func (b Baseline) endOf(d calendar.Date) calendar.Date {
	switch b.rhythm() {
	case Weekly:
		return d.EndOfWeek()
	case Monthly:
		return d.EndOfMonth()
	default:
		if i, _ := slices.BinarySearch(b.Dates, d); i < len(b.Dates) {
			return b.Dates[i]
		}
		return 0
	}
}

// Frozen reports what now measures otherwise than b does, as an error that locates
// each fault below now: for every package of b that is also in now, the method,
// the milestones and their weights, the units and the base must be the same. They
// are frozen when the baseline is approved. Budgets and dates may change by an
// approved change, and packages may come and go.
func (b Baseline) Frozen(now Baseline) error {
	var faults verdict.Faults
	before := b.byID()
	for i, p := range now.Packages {
		j, ok := before[p.ID]
		if !ok {
			continue
		}
		was, at := b.Packages[j], verdict.At("packages", i)
		if p.Method != was.Method {
			faults.Addf(at+".method", "%w: %v, was %v when the baseline was approved", ErrFrozen, p.Method, was.Method)
		}
		if !maps.Equal(weights(p), weights(was)) {
			faults.Addf(at+".milestones", "%w: not those of the baseline", ErrFrozen)
		}
		if p.Units != was.Units {
			faults.Addf(at+".units", "%w: %s, was %s when the baseline was approved", ErrFrozen, p.Units, was.Units)
		}
		if p.Base != was.Base {
			faults.Addf(at+".base", "%w: %s, was %s when the baseline was approved", ErrFrozen, verdict.Quote(p.Base), verdict.Quote(was.Base))
		}
	}
	return faults.Err()
}

func weights(p WorkPackage) map[string]int64 {
	all := make(map[string]int64, len(p.Milestones))
	for _, m := range p.Milestones {
		all[m.ID] = m.Weight
	}
	return all
}
