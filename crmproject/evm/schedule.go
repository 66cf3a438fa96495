package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Reasons why a measure of time is undefined.
const (
	NoPlan       = "no work is planned"              // everything that rests on a curve
	NoTimePassed = "no time has passed"              // SPI(t) at AT = 0
	NoneOfPlan   = "earned schedule is 0"            // IEAC(t) at ES = 0
	TimeIsUp     = "the planned duration has passed" // TSPI at AT ≥ PD
)

// A Schedule is performance in time: where the project stands on the curve of its
// plan, against the time that has passed. All numbers are periods, or ratios of
// periods. Unlike SV and SPI these stay honest at the end: a project that is
// finished late has an SPI of 1 and an SPI(t) below it.
type Schedule struct {
	AT   ratio.Ratio `json:"at"`   // actual time: periods from the start to now
	PD   int         `json:"pd"`   // planned duration
	ES   ratio.Ratio `json:"es"`   // earned schedule: when the plan would have earned as much
	SVt  ratio.Ratio `json:"svT"`  // SV(t) = ES − AT
	SPIt ratio.Ratio `json:"spiT"` // SPI(t) = ES/AT
	IEAC ratio.Ratio `json:"ieac"` // IEAC(t) = PD/SPI(t), an independent estimate of the duration
	TSPI ratio.Ratio `json:"tspi"` // to-complete schedule index: (PD − ES)/(PD − AT)
}

// Schedule returns the performance in time of a project that has earned ev at
// time at, counted in periods. The error wraps [verdict.ErrMissing] for an empty
// curve or no time, [verdict.ErrRange] for a curve that falls, a negative ev or a
// negative time, and [money.ErrCurrency].
//
// SPI(t) is undefined at AT = 0, IEAC(t) where SPI(t) is and at ES = 0, and TSPI
// at AT ≥ PD. A number that does not fit a [ratio.Ratio] is undefined with the
// reason [ratio.Overflow]; it takes budgets of 10¹² minor units in a period.
func (c Curve) Schedule(ev money.Amount, at ratio.Ratio) (Schedule, error) {
	var faults verdict.Faults
	faults.Add("curve", c.Validate())
	notNegative(&faults, "ev", ev)
	if currency := c.currency(); currency != 0 && ev.Currency() != 0 && ev.Currency() != currency {
		faults.Addf("ev", "%w: %s earned on a curve in %s", money.ErrCurrency, ev, currency)
	}
	switch {
	case at.IsZero():
		faults.Missing("at")
	case !at.Defined() || at.Sign() < 0:
		faults.Addf("at", "%w: %s", verdict.ErrRange, verdict.Quote(at.String()))
	}
	if err := faults.Err(); err != nil {
		return Schedule{}, fmt.Errorf("evm: schedule: %w", err)
	}
	return scheduleOf(at, len(c), c.ES(ev)), nil
}

func scheduleOf(at ratio.Ratio, pd int, es ratio.Ratio) Schedule {
	s := Schedule{AT: at, PD: pd, ES: es, SVt: es.Sub(at)}
	duration := ratio.Int(int64(pd))
	s.SPIt = quo(es, at, NoTimePassed)
	s.IEAC = quo(duration, s.SPIt, NoneOfPlan)
	if left := duration.Sub(at); left.Sign() > 0 || !left.Defined() {
		s.TSPI = duration.Sub(es).Quo(left)
	} else {
		s.TSPI = ratio.Undefined(TimeIsUp)
	}
	return s
}

// quo returns r/s, undefined for the given reason if s is 0.
func quo(r, s ratio.Ratio, reason string) ratio.Ratio {
	if s.Defined() && s.Sign() == 0 {
		return ratio.Undefined(reason)
	}
	return r.Quo(s)
}

// noSchedule is the schedule of a project with nothing to measure.
func noSchedule() Schedule {
	none := ratio.Undefined(NoPlan)
	return Schedule{AT: none, ES: none, SVt: none, SPIt: none, IEAC: none, TSPI: none}
}
