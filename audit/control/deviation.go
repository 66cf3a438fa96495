package control

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
)

// A Deviation is a difference from the plan, found on a day (CP-34, CP-37). It is a
// plain value with a JSON form.
//
// Planned, Actual, Size and Limit are in Unit: days since the start of the project
// for dates, whole units of the currency for money, plain numbers for indices, the
// unit of the metric for indicators. Size is how far Actual is on the wrong side of
// Planned, negative if it is on the good one. Limit is the size that was exceeded;
// for a Note, the one that was not.
type Deviation struct {
	ID        string        `json:"id"` // the same for the same thing on every day: "finish", "milestone[live]", "line[SW]"
	Measure   Measure       `json:"measure"`
	Subject   string        `json:"subject"` // path of what deviates: "plan.activities[live]"
	Title     string        `json:"title,omitempty"`
	Level     Level         `json:"level"`
	Nature    Nature        `json:"nature"`
	Planned   ratio.Ratio   `json:"planned"`
	Actual    ratio.Ratio   `json:"actual"` // or forecast
	Size      ratio.Ratio   `json:"size"`
	Limit     ratio.Ratio   `json:"limit,omitzero"`
	Unit      string        `json:"unit,omitempty"`
	PlannedOn calendar.Date `json:"plannedOn,omitzero"` // of a date: the day itself
	ActualOn  calendar.Date `json:"actualOn,omitzero"`
	On        calendar.Date `json:"on"`    // when it was found
	Since     calendar.Date `json:"since"` // first day from which it is known to have been there without a break
	Trend     Trend         `json:"trend,omitzero"`
	Welcome   bool          `json:"welcome,omitempty"` // better than planned
	Evidence  []string      `json:"evidence,omitempty"`
}

// Kind returns of what d is a deviation.
func (d Deviation) Kind() Kind { return d.Measure.Kind() }

// String returns the deviation as a sentence for people, such as
//
//	act: finish is 14 days late: 2027-07-14, planned 2027-06-30
func (d Deviation) String() string { return d.Level.String() + ": " + d.sentence() }

func (d Deviation) sentence() string {
	name := d.name()
	switch {
	case d.PlannedOn != 0:
		return fmt.Sprintf("%s is %s: %s, planned %s", name, daysLate(d.Size), d.ActualOn, d.PlannedOn)
	case d.Measure == ProcessSignal && d.Welcome:
		return fmt.Sprintf("%s has improved: %s, before %s", name, d.show(d.Actual), d.show(d.Planned))
	case d.Measure == ProcessSignal:
		return fmt.Sprintf("%s has left its limits: %s, before %s", name, d.show(d.Actual), d.show(d.Planned))
	default:
		return fmt.Sprintf("%s is %s, planned %s", name, d.show(d.Actual), d.show(d.Planned))
	}
}

// name returns what deviates in words.
func (d Deviation) name() string {
	switch d.Measure {
	case Finish:
		return "finish"
	case TimeIndex:
		return "SPI(t)"
	case WorkIndex:
		return "SPI"
	case CostIndex:
		return "CPI"
	case Completion:
		return "estimate at completion"
	case UnexpectedCost:
		return "cost without a budget line"
	default:
		return cmp.Or(d.Title, d.Subject)
	}
}

func daysLate(days ratio.Ratio) string {
	word, n := "late", days
	if n.Sign() < 0 {
		word, n = "early", n.Neg()
	}
	if n == ratio.Int(1) {
		return "1 day " + word
	}
	return n.String() + " days " + word
}

// show writes a figure for people: money with the decimals of its currency, whole
// numbers as they are, others to two decimals.
func (d Deviation) show(r ratio.Ratio) string {
	const most = 6 // decimals that a ratio is written with
	text := r.Decimal(2)
	if c, err := money.ParseCurrency(d.Unit); d.Kind() == OfCost && err == nil && r.Defined() {
		text = r.Decimal(min(c.Exponent(), most))
	} else if !r.Defined() || r.Den() == 1 {
		text = r.String()
	}
	return strings.TrimSpace(text + " " + d.Unit)
}

// Risk returns the deviation in the words of the register, from which
// [risk.RaiseFrom] makes a risk (RI-11).
func (d Deviation) Risk() risk.Deviation {
	r := risk.Deviation{
		Area: d.area(), Subject: d.Subject, Measure: d.Measure.label(),
		Planned: d.Planned, Actual: d.Actual, Unit: d.Unit, On: d.On,
	}
	if d.Welcome {
		r.Kind = risk.Opportunity
	}
	return r
}

func (d Deviation) area() risk.Area {
	switch d.Kind() {
	case OfTime:
		return risk.InSchedule
	case OfCost:
		return risk.InCost
	default:
		if m, ok := kpi.Find(d.Title); ok && m.Package == "kpi/usage" {
			return risk.InAdoption
		}
		return risk.InBenefit
	}
}

// label returns the measure in words for a risk.
func (m Measure) label() string {
	switch m {
	case Finish, MilestoneDate, MissedTask:
		return "days from the start to the finish"
	case Completion:
		return "estimate at completion"
	case LineOverrun, UnexpectedCost:
		return "cost"
	case Attainment:
		return "value against its target"
	case ProcessSignal:
		return "mean since the baseline"
	default:
		return strings.ToUpper(m.String())
	}
}

// A Report is where the project stands against its plan on a day, and everything
// that deviates. What was not given is zero.
type Report struct {
	AsOf     calendar.Date `json:"asOf"`
	Reported calendar.Date `json:"reported,omitzero"` // last day that the state of the activities is known of
	Due      calendar.Date `json:"due,omitzero"`      // by when the project has to finish: the deadline, or the finish of the baseline
	Planned  calendar.Date `json:"planned,omitzero"`  // finish of the baseline
	Forecast calendar.Date `json:"forecast,omitzero"` // finish as it looks now
	Money    Money         `json:"money,omitzero"`
	// Deviations are ordered by level, the highest first, then by measure, then by ID.
	Deviations []Deviation `json:"deviations,omitempty"`
}

// At returns the deviations of a level and above, in the order of the report.
func (r Report) At(least Level) []Deviation {
	var out []Deviation
	for _, d := range r.Deviations {
		if d.Level >= least {
			out = append(out, d)
		}
	}
	return out
}

// Deviation returns the deviation of the given ID, and false if there is none.
func (r Report) Deviation(id string) (Deviation, bool) {
	for _, d := range r.Deviations {
		if d.ID == id {
			return d, true
		}
	}
	return Deviation{}, false
}

// After returns r with what an earlier report adds to it: a deviation that was
// there before, at the level Warn or above, has been there since then, and its
// trend follows from the two sizes. Taken from report to report, it keeps the day on
// which each deviation was found first. A report that is not earlier changes nothing.
func (r Report) After(earlier Report) Report {
	if earlier.AsOf >= r.AsOf {
		return r
	}
	r.Deviations = slices.Clone(r.Deviations)
	for i := range r.Deviations {
		d := &r.Deviations[i]
		before, ok := earlier.Deviation(d.ID)
		if !ok || before.Level < Warn || before.Welcome || d.Level < Warn {
			continue
		}
		d.Since = min(d.Since, before.Since)
		d.Trend = trendOf(before.Size, d.Size)
	}
	return r
}

// trendOf compares two sizes, the zero Trend if one is undefined.
func trendOf(before, now ratio.Ratio) Trend {
	if !before.Defined() || !now.Defined() {
		return 0
	}
	switch before.Cmp(now) {
	case -1:
		return Growing
	case 1:
		return Shrinking
	default:
		return Steady
	}
}

// sortDeviations puts deviations into the order of a report.
func sortDeviations(all []Deviation) {
	slices.SortFunc(all, func(a, b Deviation) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(a.Measure, b.Measure), cmp.Compare(a.ID, b.ID))
	})
}

// Validate reports every fault of the report as data: no day, deviations without
// an id or with one used twice, words that are none.
func (r Report) Validate() error {
	var f verdict.Faults
	if !r.AsOf.IsValid() {
		f.Missing("asOf")
	}
	f.IDs("deviations", len(r.Deviations), func(i int) string { return r.Deviations[i].ID })
	for i, d := range r.Deviations {
		at := verdict.At("deviations", i)
		requireWord(&f, at+".measure", d.Measure)
		requireWord(&f, at+".level", d.Level)
		requireWord(&f, at+".nature", d.Nature)
		requireDay(&f, at+".on", d.On)
		requireDay(&f, at+".since", d.Since)
	}
	return f.Err()
}

// requireWord records an enumeration that is not one of its values.
func requireWord(f *verdict.Faults, path string, v interface{ IsValid() bool }) {
	if !v.IsValid() {
		f.Missing(path)
	}
}

// requireDay records a date that is none.
func requireDay(f *verdict.Faults, path string, d calendar.Date) {
	if !d.IsValid() {
		f.Missing(path)
	}
}
