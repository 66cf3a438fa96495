package control

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// A Raised is a deviation and the risk that stands for it in the register.
type Raised struct {
	Deviation string `json:"deviation"`
	Risk      string `json:"risk"`
	New       bool   `json:"new,omitempty"` // it was raised just now
}

// Raise returns the register with a risk for each deviation of the report at the
// level Warn or above that has none yet, and which risk stands for which deviation,
// in the order of the report (RI-11, CP-37). The register itself is unchanged.
//
// A risk stands for a deviation if it is active on the day of the report and one of
// its triggers has the subject of the deviation as indicator and, beside it, what was
// measured in its title or sign, as [risk.RaiseFrom] writes them. So a deviation that
// lasts raises one risk only, and one that comes back after its risk was closed
// raises another. The id of a new risk is that of the deviation, with "-2", "-3" and
// so on if it is taken.
//
// What is welcome, and what cannot be told from its plan by figures, raises nothing.
func Raise(register risk.Register, r Report) (risk.Register, []Raised, error) {
	register.Risks = slices.Clone(register.Risks)
	var raised []Raised
	for _, d := range r.Deviations {
		if !d.raises() {
			continue
		}
		if known, ok := riskOf(register, d, r.AsOf); ok {
			raised = append(raised, Raised{Deviation: d.ID, Risk: known})
			continue
		}
		one, err := risk.RaiseFrom(d.Risk(), freeID(register, d.ID))
		if err != nil {
			return risk.Register{}, nil, fmt.Errorf("control: raise %s: %w", verdict.Quote(d.ID), err)
		}
		register.Risks = append(register.Risks, one)
		raised = append(raised, Raised{Deviation: d.ID, Risk: one.ID, New: true})
	}
	return register, raised, nil
}

// raises reports whether a deviation is to be kept as a risk.
func (d Deviation) raises() bool {
	return d.Level >= Warn && !d.Welcome && d.Planned.Defined() && d.Actual.Defined() && d.Planned != d.Actual
}

// riskOf returns the risk that stands for a deviation on a day.
func riskOf(register risk.Register, d Deviation, asOf calendar.Date) (string, bool) {
	of := d.Risk()
	title := "Off plan: " + of.Subject + ", " + of.Measure
	for _, r := range register.Risks {
		if s := r.StateAt(asOf); s != risk.Live && s != risk.Occurred {
			continue
		}
		for _, t := range r.Triggers {
			if t.Indicator == d.Subject && (r.Title == title || signOf(t.Sign, of)) {
				return r.ID, true
			}
		}
	}
	return "", false
}

// signOf reports whether a sign speaks of the measure of a deviation, as
// [risk.RaiseFrom] writes it; the title of a risk may be edited.
func signOf(sign string, d risk.Deviation) bool {
	prefix := d.Subject + ", " + d.Measure + ":"
	return len(sign) >= len(prefix) && sign[:len(prefix)] == prefix
}

// freeID returns an id that no risk of the register has.
func freeID(register risk.Register, id string) string {
	free := id
	for n := 2; ; n++ {
		if _, taken := register.Risk(free); !taken {
			return free
		}
		free = id + "-" + strconv.Itoa(n)
	}
}
