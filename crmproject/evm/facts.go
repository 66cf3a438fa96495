package evm

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what the rules of this package judge: a ledger as it is on a day.
// Whatever is dated later than AsOf has not happened yet.
type Facts struct {
	Ledger     Ledger
	Thresholds Thresholds
	AsOf       calendar.Date
}

// Thresholds say how far off plan is too far. What is zero takes its default, so
// the zero Thresholds is ready for use.
type Thresholds struct {
	CPI           ratio.Ratio     `json:"cpi,omitzero"`           // lowest good cost index; 9/10
	SPI           ratio.Ratio     `json:"spi,omitzero"`           // lowest good schedule index, of SPI and SPI(t); 9/10
	TCPI          ratio.Ratio     `json:"tcpi,omitzero"`          // highest good to-complete index; 11/10
	Overrun       ratio.Ratio     `json:"overrun,omitzero"`       // share of the budget that an EAC may exceed it by; 0
	Credibility   ratio.Ratio     `json:"credibility,omitzero"`   // how far the index that an estimate demands may exceed the one so far; 1/10
	LevelOfEffort ratio.Ratio     `json:"levelOfEffort,omitzero"` // largest good share of the budget without a measure; 1/5
	Falls         int             `json:"falls,omitzero"`         // how many falls of an index in a row are a trend; 3
	Delay         int             `json:"delay,omitzero"`         // working days that the forecast may exceed the planned finish by; 0
	Stale         calendar.Period `json:"stale,omitzero"`         // how long a report of progress is good; P1M
}

// Validate reports every fault: ratios that are negative or undefined for a
// reason, negative counts, and a Stale that is no period.
func (t Thresholds) Validate() error {
	var faults verdict.Faults
	share(&faults, "cpi", t.CPI)
	share(&faults, "spi", t.SPI)
	share(&faults, "tcpi", t.TCPI)
	share(&faults, "overrun", t.Overrun)
	share(&faults, "credibility", t.Credibility)
	share(&faults, "levelOfEffort", t.LevelOfEffort)
	for _, count := range []struct {
		path string
		n    int
	}{{"falls", t.Falls}, {"delay", t.Delay}} {
		if count.n < 0 {
			faults.Addf(count.path, "%w: %d is negative", verdict.ErrRange, count.n)
		}
	}
	if t.Falls > MaxPeriods {
		faults.Addf("falls", "%w: %d, want at most %d", verdict.ErrRange, t.Falls, MaxPeriods)
	}
	if t.Stale != (calendar.Period{}) && !t.Stale.IsValid() {
		faults.Addf("stale", "%w: %v", verdict.ErrRange, t.Stale)
	}
	return faults.Err()
}

// filled returns the thresholds with their defaults.
func (t Thresholds) filled() Thresholds {
	t.CPI = given(t.CPI, ratio.New(9, 10))
	t.SPI = given(t.SPI, ratio.New(9, 10))
	t.TCPI = given(t.TCPI, ratio.New(11, 10))
	t.Overrun = given(t.Overrun, ratio.Int(0))
	t.Credibility = given(t.Credibility, ratio.New(1, 10))
	t.LevelOfEffort = given(t.LevelOfEffort, ratio.New(1, 5))
	t.Falls = cmp.Or(t.Falls, 3)
	t.Stale = cmp.Or(t.Stale, calendar.Period{Count: 1, Unit: calendar.UnitMonth})
	return t
}

func given(r, otherwise ratio.Ratio) ratio.Ratio {
	if r.IsZero() {
		return otherwise
	}
	return r
}

// open returns the ledger made ready, with all that can be wrong with the facts.
func (f Facts) open() (*book, error) {
	b, err := f.Ledger.open()
	if err != nil {
		return nil, invalid("rules", err)
	}
	if err := f.Thresholds.Validate(); err != nil {
		return nil, fmt.Errorf("evm: rules: thresholds: %w", err)
	}
	if !f.AsOf.IsValid() {
		return nil, fmt.Errorf("evm: rules: as of: %w", verdict.ErrMissing)
	}
	return b, nil
}
