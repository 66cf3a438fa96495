package stakeholder

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what [Rules] judges: the register, the day, and what the rest of
// the project knows and the register does not hold. What is not given makes the
// rules about it unassessed or not applicable; it is never taken for good.
type Facts struct {
	Register Register      `json:"register"`
	AsOf     calendar.Date `json:"asOf,omitzero"`

	PlanningStart calendar.Date `json:"planningStart,omitzero"` // the first planning date, which buy-in should precede
	Events        []Event       `json:"events,omitempty"`       // what owes a message
	Departments   []string      `json:"departments,omitempty"`  // involved in the project
	Team          []Seat        `json:"team,omitempty"`
	SignOffs      []SignOff     `json:"signOffs,omitempty"`
	Config        Config        `json:"config,omitzero"`
}

// A Seat is what the rules ask of a member of the project team: his department
// and, if he is in the register, his id there.
type Seat struct {
	Department  string `json:"department,omitempty"`
	Stakeholder string `json:"stakeholder,omitempty"`
}

// Config sets the limits of the rules. The zero Config sets the defaults.
type Config struct {
	// ConflictOpen is how long a conflict may stay open; none is P30D.
	ConflictOpen calendar.Period `json:"conflictOpen,omitzero"`

	// MessageWithin is how soon an event, a resolution or a changed expectation
	// must have been told; none is P5D.
	MessageWithin calendar.Period `json:"messageWithin,omitzero"`

	// NoiseOver is the span of time, up to the day of the facts, in which
	// messages are counted; none is P30D. NoiseAllowed is how many of them may
	// be beyond need.
	NoiseOver    calendar.Period `json:"noiseOver,omitzero"`
	NoiseAllowed int             `json:"noiseAllowed,omitempty"`

	// Sources are the departments that must be among the stakeholders, since
	// requirements come from them; none is sales, marketing, customer service
	// and IT.
	Sources []string `json:"sources,omitempty"`
}

func (c Config) conflictOpen() calendar.Period  { return orDays(c.ConflictOpen, 30) }
func (c Config) messageWithin() calendar.Period { return orDays(c.MessageWithin, 5) }
func (c Config) noiseOver() calendar.Period     { return orDays(c.NoiseOver, 30) }

func (c Config) sources() []string {
	if len(c.Sources) > 0 {
		return c.Sources
	}
	return []string{"sales", "marketing", "customer service", "IT"}
}

func orDays(p calendar.Period, days int) calendar.Period {
	if p.IsValid() {
		return p
	}
	return calendar.Period{Count: days, Unit: calendar.UnitDay}
}

// Validate reports all faults of the facts, those of the register included
// ([Register.Validate]), each located by path: a sign-off by somebody who is
// not in the register, an event that occurs twice, a limit below zero. The
// error wraps the sentinels of package verdict.
func (f Facts) Validate() error {
	v := newValidator(&f.Register)
	v.Add("register", f.Register.Validate())
	v.date("asOf", f.AsOf)
	v.date("planningStart", f.PlanningStart)
	v.IDs("events", len(f.Events), func(i int) string { return f.Events[i].ID })
	for i, e := range f.Events {
		v.event(verdict.At("events", i), e)
	}
	for i, seat := range f.Team {
		if seat.Stakeholder != "" {
			v.stakeholder(verdict.At("team", i)+".stakeholder", seat.Stakeholder)
		}
	}
	for i, s := range f.SignOffs {
		v.signOff(verdict.At("signOffs", i), s)
	}
	f.Config.faults(&v)
	return v.Err()
}

func (c Config) faults(v *validator) {
	v.period("config.conflictOpen", c.ConflictOpen)
	v.period("config.messageWithin", c.MessageWithin)
	v.period("config.noiseOver", c.NoiseOver)
	v.notNegative("config.noiseAllowed", c.NoiseAllowed)
	v.texts("config.sources", c.Sources)
}

func (v *validator) event(at string, e Event) {
	required(v, at+".kind", e.Kind)
	v.day(at+".on", e.On)
	v.audience(at+".audience", e.Audience)
}

func (v *validator) signOff(at string, s SignOff) {
	v.text(at+".deliverable", s.Deliverable)
	v.stakeholder(at+".by", s.By)
	v.day(at+".on", s.On)
	required(v, at+".answer", s.Answer)
	if s.Answer == Accepted && len(s.Conditions) > 0 {
		v.Addf(at+".answer", "%w: accepted without conditions, yet some are listed", verdict.ErrInvalid)
	}
	for i, c := range s.Conditions {
		under := verdict.At(at+".conditions", i)
		v.text(under+".what", c.What)
		v.date(under+".due", c.Due)
		v.date(under+".met", c.Met)
	}
}
