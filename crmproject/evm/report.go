package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Report is where the project stands at a date: each package, each control
// account, and the whole. Level of effort earns what is planned, so that it can
// be neither late nor early and draws every index towards 1; therefore Measured
// leaves it out, and schedule, trend and rules rest on Measured. Apportioned
// packages belong to Measured.
type Report struct {
	AsOf          calendar.Date   `json:"asOf"`
	Start         calendar.Date   `json:"start"`  // first day of the baseline
	Finish        calendar.Date   `json:"finish"` // last day of the baseline
	Packages      []PackageReport `json:"packages"`
	Accounts      []AccountReport `json:"accounts,omitempty"` // in the order in which the packages name them
	Measured      Position        `json:"measured"`
	LevelOfEffort Position        `json:"levelOfEffort"`
	Total         Position        `json:"total"`
	Schedule      Schedule        `json:"schedule"` // of Measured, from its first start to its last finish
	Forecast      Forecast        `json:"forecast"`
	Series        []Point         `json:"series"` // the S-curve
}

// A PackageReport is where a work package stands.
type PackageReport struct {
	ID       string        `json:"id"`
	Title    string        `json:"title,omitempty"`
	Method   Method        `json:"method"`
	Share    ratio.Ratio   `json:"share"`             // earned share of the budget, 0 to 1
	Reported calendar.Date `json:"reported,omitzero"` // date of the state that it rests on, none if nothing was reported
	Finished calendar.Date `json:"finished,omitzero"` // first day since which it is reported as finished
	Position Position      `json:"position"`
}

// An AccountReport is where the packages of a control account stand together,
// level of effort included.
type AccountReport struct {
	Account  string   `json:"account"`
	Position Position `json:"position"`
}

// Report returns where the project stands at the end of asOf. The error is that of
// [Ledger.Validate], or wraps [verdict.ErrMissing] if asOf is no date, or
// [money.ErrOverflow] if costs and estimates add up to more than an int64 holds.
//
// It takes O(n·m·log k) time for n packages, m reporting periods and k entries of
// a package.
func (l Ledger) Report(asOf calendar.Date) (Report, error) {
	b, err := l.open()
	if err == nil && !asOf.IsValid() {
		err = fmt.Errorf("date of the report: %w", verdict.ErrMissing)
	}
	if err != nil {
		return Report{}, invalid("report", err)
	}
	r := Report{AsOf: asOf}
	r.Start, r.Finish = b.span(anyPackage)
	for _, step := range []func(*Report) error{b.reportPackages, b.reportAccounts, b.reportTotals, b.reportTime} {
		if err := step(&r); err != nil {
			return Report{}, invalid("report", err)
		}
	}
	r.Forecast.bound(r.Total.Performance)
	r.Series, err = b.series(asOf)
	return r, invalid("report", err)
}

func (b *book) reportPackages(r *Report) error {
	for i := range b.tracks {
		t := &b.tracks[i]
		c := b.count(i, r.AsOf)
		position, err := c.position(b)
		if err != nil {
			return fmt.Errorf("package %s: %w", verdict.Quote(t.ID), err)
		}
		p := PackageReport{
			ID: t.ID, Title: t.Title, Method: t.Method, Share: b.share(i, r.AsOf),
			Finished: b.finishedOn(i, r.AsOf), Position: position,
		}
		if s, ok := b.tracks[t.base].stateAt(r.AsOf); ok {
			p.Reported = s.on
		}
		if t.Method == LevelOfEffort {
			upTo, total := b.weight(i, r.AsOf)
			p.Share = ratio.New(upTo, total)
		}
		r.Packages = append(r.Packages, p)
	}
	return nil
}

func (b *book) reportAccounts(r *Report) error {
	var names []string
	tallies := map[string]tally{}
	for i := range b.tracks {
		name := b.tracks[i].Account
		if name == "" {
			continue
		}
		t, known := tallies[name]
		if !known {
			names, t = append(names, name), newTally(b.currency)
		}
		if err := t.add(b.count(i, r.AsOf)); err != nil {
			return fmt.Errorf("account %s: %w", verdict.Quote(name), err)
		}
		tallies[name] = t
	}
	for _, name := range names {
		t := tallies[name]
		position, err := t.position(b)
		if err != nil {
			return fmt.Errorf("account %s: %w", verdict.Quote(name), err)
		}
		r.Accounts = append(r.Accounts, AccountReport{name, position})
	}
	return nil
}

func (b *book) reportTotals(r *Report) error {
	measured, effort, total, err := b.split(r.AsOf)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		tally tally
		into  *Position
	}{{measured, &r.Measured}, {effort, &r.LevelOfEffort}, {total, &r.Total}} {
		if *part.into, err = part.tally.position(b); err != nil {
			return err
		}
	}
	return nil
}

// reportTime sets the schedule and the forecast of the finish. The clock of a
// project that is finished stops on that day.
func (b *book) reportTime(r *Report) error {
	start, finish := b.span(measurable)
	if start == 0 {
		r.Schedule = noSchedule()
		r.Forecast.Finishes = axis{}.finish(r.Schedule, r.Measured.Performance.SPI, 0)
		return nil
	}
	ends := b.ends(start, finish)
	phased, err := b.phase(start, ends, measurable)
	if err != nil {
		return err
	}
	curve, err := phased.Curve()
	if err != nil {
		return err
	}
	a := newAxis(b.working, start, ends)
	finished, now := b.finished(r.AsOf), r.AsOf
	if finished != 0 {
		now = finished
	}
	r.Schedule = scheduleOf(a.at(now), len(curve), curve.ES(r.Measured.Measures.EV))
	r.Forecast.Finished = finished
	r.Forecast.Finishes = a.finish(r.Schedule, r.Measured.Performance.SPI, finished)
	return nil
}

// finished returns the day on which the last of the measured packages was
// finished, as it is known at the end of d, none if one is not.
func (b *book) finished(d calendar.Date) (last calendar.Date) {
	for i := range b.tracks {
		if !measurable(b.tracks[i].WorkPackage) {
			continue
		}
		on := b.finishedOn(i, d)
		if on == 0 {
			return 0
		}
		last = max(last, on)
	}
	return last
}
