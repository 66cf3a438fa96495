package risk

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An Area is where a deviation was seen. The zero Area is invalid.
type Area uint8

// The areas.
const (
	InSchedule Area = iota + 1
	InCost
	InScope
	InData
	InTechnology
	InAdoption
	InBenefit
	InStakeholder
)

var areaWords = verdict.NewWords[Area]("area",
	"schedule", "cost", "scope", "data", "technology", "adoption", "benefit", "stakeholder")

// ParseArea returns the area of a word such as "schedule".
func ParseArea(word string) (Area, error) { return areaWords.Parse(word) }

// IsValid reports whether a is one of the constants.
func (a Area) IsValid() bool { return areaWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a Area) String() string { return areaWords.String(a) }

// AppendText appends the word of a to b.
func (a Area) AppendText(b []byte) ([]byte, error) { return areaWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Area) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Area) UnmarshalText(text []byte) error { return areaWords.UnmarshalText(text, a) }

// A Deviation is a measured difference from the plan: what a schedule, a budget
// or an indicator shows before the damage is done.
type Deviation struct {
	Area    Area          `json:"area"`
	Subject string        `json:"subject"` // path or id of what deviates: "milestones[M-3]", "adoption_rate"
	Measure string        `json:"measure"` // what was measured, in words: "finish", "weekly active users"
	Planned ratio.Ratio   `json:"planned"`
	Actual  ratio.Ratio   `json:"actual"`         // or forecast
	Unit    string        `json:"unit,omitempty"` // "days", "EUR"; "%" shows ratios as percentages
	On      calendar.Date `json:"on"`
	Kind    Kind          `json:"kind,omitzero"` // Opportunity if the deviation is a welcome one; zero: a threat
}

// The typical risk that a deviation in each area points to.
var originOf = map[Area]string{
	InSchedule: "delay", InCost: "cost_overrun", InScope: "scope_creep", InData: "data_quality",
	InTechnology: "complexity", InAdoption: "adoption_difficulty", InBenefit: "benefits_missed",
	InStakeholder: "unrealistic_expectations",
}

// RaiseFrom returns the risk that a deviation raises: that what has begun to
// deviate goes on to do so. The deviation itself is a fact and becomes the
// cause, with its figures; event and effect are those of the typical risk of
// the area. Its trigger has been seen, so [Rules] ask for an assessment (RI-11).
//
// The error lists what the deviation lacks, located by path; without a
// difference between planned and actual there is nothing to raise.
func RaiseFrom(d Deviation, id string) (Risk, error) {
	if err := d.check(id); err != nil {
		return Risk{}, fmt.Errorf("risk: deviation: %w", err)
	}
	what := d.Subject + ", " + d.Measure
	fact := fmt.Sprintf("%s: %s, planned %s", what, d.show(d.Actual), d.show(d.Planned))
	risk := Risk{ID: id, Kind: Threat, Category: d.Area.String(), Raised: d.On, Cause: fact}
	if d.Kind == Opportunity {
		risk.Kind = Opportunity
		risk.Title = "Ahead of plan: " + what
		risk.Event = "The lead can be kept and used"
	} else {
		t, _ := TemplateOf(originOf[d.Area])
		risk.Title = "Off plan: " + what
		risk.Event, risk.Effect, risk.Category, risk.Origin = t.Event, t.Effect, t.Category, t.ID
	}
	risk.Triggers = []Trigger{{Sign: fact, Indicator: d.Subject, Seen: d.On}}
	return risk, nil
}

func (d Deviation) check(id string) error {
	var faults verdict.Faults
	if id == "" {
		faults.Missing("id")
	}
	requireWord(&faults, "area", d.Area)
	if d.Subject == "" {
		faults.Missing("subject")
	}
	if d.Measure == "" {
		faults.Missing("measure")
	}
	faults.Add("planned", d.Planned.Err())
	faults.Add("actual", d.Actual.Err())
	if d.Planned.Defined() && d.Planned == d.Actual {
		faults.Addf("actual", "%s is as planned: %w", short(d.Actual), verdict.ErrInvalid)
	}
	requireDay(&faults, "on", d.On)
	if d.Kind != 0 {
		requireWord(&faults, "kind", d.Kind)
	}
	return faults.Err()
}

// show writes a figure for people: whole numbers as they are, others to two
// decimals.
func (d Deviation) show(r ratio.Ratio) string {
	switch {
	case d.Unit == "%":
		return r.Percent(1)
	case r.Den() == 1:
		return spaced(r.String(), d.Unit)
	default:
		return spaced(r.Decimal(2), d.Unit)
	}
}
