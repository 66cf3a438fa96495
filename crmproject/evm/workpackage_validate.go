package evm

import (
	"errors"
	"math"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Sentinels of this package, wrapped by its errors beside those of package
// verdict.
var (
	ErrFrozen    = errors.New("frozen with the baseline")                   // a method was changed after the fact
	ErrNoWorkday = errors.New("no working day between start and finish")    // a package could not be phased
	ErrMethod    = errors.New("does not go with the method of the package") // a field that another method would need
)

// validate reports what is wrong with the package by itself. The working calendar
// is nil if it is at fault.
func (p WorkPackage) validate(faults *verdict.Faults, at string, working *calendar.Working, c money.Currency) {
	p.validateBudget(faults, at+".budget", c)
	p.validateTime(faults, at, working)
	switch {
	case p.Method == 0:
		faults.Missing(at + ".method")
	case !p.Method.IsValid():
		faults.Addf(at+".method", "%w %v", verdict.ErrUnknown, p.Method)
	}
	if p.Phasing != 0 && !p.Phasing.IsValid() {
		faults.Addf(at+".phasing", "%w %v", verdict.ErrUnknown, p.Phasing)
	}
	p.validateMilestones(faults, at+".milestones")
	p.validateUnits(faults, at+".units")
}

func (p WorkPackage) validateBudget(faults *verdict.Faults, path string, c money.Currency) {
	switch {
	case p.Budget == money.Amount{}:
		faults.Missing(path)
	case !p.Budget.IsValid():
		faults.Addf(path, "%w amount", money.ErrInvalid)
	case p.Budget.Currency() != c:
		faults.Addf(path, "%w: %s in a baseline of %s", money.ErrCurrency, p.Budget, c)
	}
	notNegative(faults, path, p.Budget)
}

func (p WorkPackage) validateTime(faults *verdict.Faults, at string, working *calendar.Working) {
	if !p.Start.IsValid() {
		faults.Missing(at + ".start")
	}
	if !p.Finish.IsValid() {
		faults.Missing(at + ".finish")
	}
	if !p.Start.IsValid() || !p.Finish.IsValid() || working == nil {
		return
	}
	if p.Finish < p.Start {
		faults.Addf(at+".finish", "%w: %v comes before the start on %v", verdict.ErrRange, p.Finish, p.Start)
		return
	}
	if n, _ := working.CountIn(p.interval()); n == 0 {
		faults.Addf(at+".start", "%w: %v", ErrNoWorkday, p.interval())
	}
}

func (p WorkPackage) interval() calendar.Interval {
	return calendar.Interval{From: p.Start, Until: p.Finish}
}

func (p WorkPackage) validateMilestones(faults *verdict.Faults, path string) {
	if p.Method != WeightedMilestones {
		if len(p.Milestones) > 0 {
			faults.Addf(path, "milestones: %w", ErrMethod)
		}
		return
	}
	if len(p.Milestones) == 0 {
		faults.Missing(path)
	}
	faults.IDs(path, len(p.Milestones), func(i int) string { return p.Milestones[i].ID })
	left := int64(math.MaxInt64)
	for i, m := range p.Milestones {
		at := verdict.At(path, i)
		switch {
		case m.Weight <= 0:
			faults.Addf(at+".weight", "%w: %d, want more than 0", verdict.ErrRange, m.Weight)
		case m.Weight > left:
			faults.Addf(at+".weight", "%w: the weights add up to more than an int64 holds", verdict.ErrRange)
		default:
			left -= m.Weight
		}
		p.validateDue(faults, at+".due", m.Due)
	}
}

func (p WorkPackage) validateDue(faults *verdict.Faults, path string, due calendar.Date) {
	switch {
	case due == 0 && p.phasing() == AsEarned:
		faults.Missing(path)
	case due != 0 && p.Start.IsValid() && p.Finish.IsValid() && !p.interval().Contains(due):
		faults.Addf(path, "%w: %v is not within %v", verdict.ErrRange, due, p.interval())
	}
}

func (p WorkPackage) validateUnits(faults *verdict.Faults, path string) {
	switch {
	case p.Method != Units && !p.Units.IsZero():
		faults.Addf(path, "units: %w", ErrMethod)
	case p.Method == Units && p.Units.IsZero():
		faults.Missing(path)
	case p.Method == Units && p.Units.Sign() <= 0:
		faults.Addf(path, "%w: %s, want more than 0", verdict.ErrRange, verdict.Quote(p.Units.String()))
	}
}

// validateBase checks the package whose share this one takes.
func (p WorkPackage) validateBase(faults *verdict.Faults, at string, all []WorkPackage, byID map[string]int) {
	path := at + ".base"
	if p.Method != Apportioned {
		if p.Base != "" {
			faults.Addf(path, "base: %w", ErrMethod)
		}
		return
	}
	i, known := byID[p.Base]
	switch {
	case p.Base == "":
		faults.Missing(path)
	case !known:
		faults.Unknown(path, p.Base)
	case !all[i].Method.Discrete():
		faults.Addf(path, "%w: %s is itself not measured but %v", verdict.ErrInvalid, verdict.Quote(p.Base), all[i].Method)
	}
}
