package usage

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// Reasons of undefined results.
const (
	Incomplete = "the window is not within the observation"
	NobodyHere = "nobody was active"
	NoSeats    = "nobody should be active"
	Excess     = "more users than seats"
)

// A Share is a part of some users. It is undefined, and not 0, where it cannot be
// known.
type Share struct {
	Users int64 `json:"users"`
	Of    int64 `json:"of"`
	// Missing is why the share is undefined, empty if it is not, or if Of is 0.
	Missing string `json:"missing,omitempty"`
}

// Rate returns Users / Of, undefined for nobody or if something is missing.
func (s Share) Rate() ratio.Ratio {
	switch {
	case s.Missing != "":
		return ratio.Undefined(s.Missing)
	case s.Users > s.Of:
		return ratio.Undefined(Excess)
	default:
		return ratio.Of(s.Users, s.Of, NobodyHere)
	}
}

// Interval returns the Wilson interval of the rate, undefined where that is. The
// error is that of a bad level.
func (s Share) Interval(level float64) (kpi.Interval, error) {
	if !s.Rate().Defined() {
		return kpi.Wilson(0, 0, level)
	}
	return kpi.Wilson(s.Users, s.Of, level)
}

// Measurement returns the share as a measurement for a scorecard, in percent. Where
// it is undefined, the measurement is too and says why.
func (s Share) Measurement(on calendar.Date) kpi.Measurement {
	if rate := s.Rate(); !rate.Defined() {
		return kpi.Measurement{On: on, Value: rate}
	}
	return kpi.Share(on, s.Users, s.Of)
}

// Percent returns a ratio that is no share of counted users, such as stickiness, as a
// measurement for a scorecard, in percent. Where it is undefined, the measurement is
// too and says why.
func Percent(on calendar.Date, r ratio.Ratio) kpi.Measurement {
	return kpi.Measurement{On: on, Value: r.Mul(ratio.Int(100))}
}

// A Change is a share on two dates.
type Change struct {
	Before Share `json:"before"`
	After  Share `json:"after"`
}

// Points returns the difference of the rates, 1/20 for five percentage points up.
func (c Change) Points() ratio.Ratio { return c.After.Rate().Sub(c.Before.Rate()) }

// Trend says which way the share went, if its intervals at the level lie apart; if
// they overlap it is kpi.Steady: the difference may be chance. It is 0 if either
// share is undefined. As the same users are counted twice, and chance plays less with
// them than with strangers, this errs on the side of caution. The error is that of a
// bad level.
func (c Change) Trend(level float64) (kpi.Trend, error) {
	before, err := c.Before.Interval(level)
	if err != nil {
		return 0, err
	}
	after, err := c.After.Interval(level)
	switch {
	case err != nil || !before.Defined() || !after.Defined():
		return 0, err
	case !before.Apart(after):
		return kpi.Steady, nil
	case after.Lo > before.Hi:
		return kpi.Better, nil
	default:
		return kpi.Worse, nil
	}
}
