package control

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
)

// Facts are what the rules of this package judge: what deviates on a day, and what
// was done about it. What is dated later than AsOf has not happened yet.
type Facts struct {
	Report     Report              `json:"report"`            // of [Course.Scan], with [Report.After] where there is an earlier one
	Coverage   Coverage            `json:"coverage,omitzero"` // of [Course.Cover]; zero: nobody has looked
	Register   risk.Register       `json:"register,omitzero"`
	Log        Log                 `json:"log,omitzero"`
	Changes    []crmproject.Change `json:"changes,omitempty"` // of the project
	Addressees []Addressee         `json:"addressees,omitempty"`
	Stale      calendar.Period     `json:"stale,omitzero"` // how long a report of the state is good; zero: P1M
	AsOf       calendar.Date       `json:"asOf"`
}

// Validate reports every fault of the facts as data: those of report and log, of
// addressees, corrections of changes that the project has not, and no day.
func (f Facts) Validate() error {
	var faults verdict.Faults
	requireDay(&faults, "asOf", f.AsOf)
	faults.Add("report", f.Report.Validate())
	faults.Add("log", f.Log.Validate())
	faults.Add("register", registerFaults(f.Register))
	for i, c := range f.Log.Corrections {
		if _, ok := f.change(c.Change); c.Change != "" && !ok {
			faults.Unknown(verdict.At("log.corrections", i)+".change", c.Change)
		}
	}
	faults.IDs("addressees", len(f.Addressees), func(i int) string { return f.Addressees[i].ID })
	for i, a := range f.Addressees {
		a.check(verdict.At("addressees", i), &faults)
	}
	if f.Stale != (calendar.Period{}) && !f.Stale.IsValid() {
		faults.Addf("stale", "%s: %w", f.Stale, verdict.ErrInvalid)
	}
	return faults.Err()
}

// Owed returns the messages that are not sent at the day of the facts, in the order
// of [Facts.Messages].
func (f Facts) Owed() []Message {
	return slices.DeleteFunc(f.Messages(), func(m Message) bool { return m.Sent != 0 })
}

func (f Facts) change(id string) (crmproject.Change, bool) {
	i := slices.IndexFunc(f.Changes, func(c crmproject.Change) bool { return c.ID == id })
	if i < 0 {
		return crmproject.Change{}, false
	}
	return f.Changes[i], true
}

// approved reports whether a change is in force at the day of the facts.
func (f Facts) approved(id string) bool {
	c, ok := f.change(id)
	return ok && c.Approved(f.AsOf)
}

// corrected reports whether a correction deals with a deviation.
func (f Facts) corrected(d Deviation) bool {
	return slices.ContainsFunc(f.Log.Corrections, func(c Correction) bool { return c.covers(d, f.AsOf) })
}

// explained reports whether the cause of a deviation is known: one that was found
// since it began.
func (f Facts) explained(d Deviation) bool {
	return slices.ContainsFunc(f.Log.Explanations, func(e Explanation) bool {
		return e.Deviation == d.ID && e.On >= d.Since && e.On <= f.AsOf
	})
}

func (f Facts) stale() calendar.Period {
	return cmp.Or(f.Stale, Thresholds{}.filled().Stale)
}
