package evm

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
)

// A Phased is a baseline spread over time: the planned value of each package in
// each reporting period. The parts of a package add up to its budget exactly.
type Phased struct {
	Start    calendar.Date   `json:"start"`    // first day of period 1
	Ends     []calendar.Date `json:"ends"`     // last day of each period
	Packages []PhasedPackage `json:"packages"` // in the order of the baseline
	Total    []money.Amount  `json:"total"`    // of all packages, by period
}

// A PhasedPackage is the budget of a work package by period.
type PhasedPackage struct {
	ID      string         `json:"id"`
	Planned []money.Amount `json:"planned"`
}

// Phase spreads the budgets over the reporting periods, from the first start to
// the last finish, by [money.Amount.Phase]: the cumulative plan of a package is
// never off by more than half a minor unit, and its last value is the budget. The
// weights are the working days of each period, or what the method of the package
// would earn in it (see [Phasing]). The error is that of [Baseline.Validate].
//
// It takes O(n·m) time and space for n packages and m periods.
func (b Baseline) Phase() (Phased, error) {
	book, err := b.open()
	if err != nil {
		return Phased{}, invalid("phase", err)
	}
	start, finish := b.span(anyPackage)
	return book.phase(start, b.ends(start, finish), anyPackage)
}

// Curve returns the cumulative planned value of all packages.
func (p Phased) Curve() (Curve, error) {
	curve := make(Curve, len(p.Total))
	var upTo money.Amount
	for t, planned := range p.Total {
		var err error
		if upTo, err = upTo.Add(planned); err != nil {
			return nil, invalid("curve", err)
		}
		curve[t] = upTo
	}
	return curve, nil
}

// phase spreads the budgets of the packages that keep accepts.
func (b *book) phase(start calendar.Date, ends []calendar.Date, keep func(WorkPackage) bool) (Phased, error) {
	phased := Phased{Start: start, Ends: ends, Total: make([]money.Amount, len(ends))}
	for t := range phased.Total {
		phased.Total[t] = money.FromMinor(0, b.currency)
	}
	for i := range b.tracks {
		if !keep(b.tracks[i].WorkPackage) {
			continue
		}
		planned, err := b.phaseOne(i, ends)
		if err != nil {
			return Phased{}, invalid("phase", err)
		}
		phased.Packages = append(phased.Packages, PhasedPackage{b.tracks[i].ID, planned})
		for t := range planned {
			// A part of the budget at completion, which fits.
			phased.Total[t], _ = phased.Total[t].Add(planned[t])
		}
	}
	return phased, nil
}

func (b *book) phaseOne(i int, ends []calendar.Date) ([]money.Amount, error) {
	weights := make([]int64, len(ends))
	var before int64
	for t, end := range ends {
		upTo, _ := b.weight(i, end)
		weights[t] = upTo - before
		before = upTo
	}
	return b.tracks[i].Budget.Phase(weights)
}

// weight returns how much of track i is planned up to and including d, of how
// much in all. The total is positive in a valid baseline.
func (b *book) weight(i int, d calendar.Date) (upTo, total int64) {
	p := b.tracks[i].WorkPackage
	if p.phasing() == Even {
		return b.workdays(p, d)
	}
	switch p.Method {
	case ZeroHundred:
		return after(d, p.Finish, 1), 1
	case FiftyFifty:
		return after(d, p.Start, 1) + after(d, p.Finish, 1), 2
	case TwentyEighty:
		return after(d, p.Start, 1) + after(d, p.Finish, 4), 5
	case WeightedMilestones:
		for _, m := range p.Milestones {
			upTo += after(d, m.Due, m.Weight)
			total += m.Weight
		}
		return upTo, total
	case Apportioned:
		return b.weight(b.tracks[i].base, d)
	default:
		return b.workdays(p, d)
	}
}

// after returns w from the day due on, 0 before.
func after(d, due calendar.Date, w int64) int64 {
	if d >= due {
		return w
	}
	return 0
}

func (b *book) workdays(p WorkPackage, d calendar.Date) (upTo, total int64) {
	all, _ := b.working.CountIn(p.interval())
	done, _ := b.working.CountIn(calendar.Interval{From: p.Start, Until: min(d, p.Finish)}) // 0 if d is before the start
	return int64(done), int64(all)
}

// planned returns the planned value of track i at the end of d, the sum of its
// phased budget up to then.
func (b *book) planned(i int, d calendar.Date) money.Amount {
	upTo, total := b.weight(i, d)
	pv, _ := b.tracks[i].Budget.MulDiv(upTo, total, money.HalfEven) // at most the budget
	return pv
}
