package retention

import (
	"cmp"
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options are what can be chosen. The zero Options are the defaults.
type Options[K kpi.Key] struct {
	// Amounts says what events without a positive amount count for; zero means
	// kpi.NetOfRefunds.
	Amounts kpi.Amounts

	// Cohorts groups the customers of [Elapsed] by the period of their first order;
	// zero means one cohort of all. [Calendar] has its own unit.
	Cohorts Unit

	// Starts says from where customers are followed; zero means FirstTime. Recurring
	// is for [Calendar] only.
	Starts Starts

	// CustomersOnly leaves the orders and the revenue of all cells at 0, which saves
	// [CalendarColumns] up to a third of its time, and more where there are amounts.
	CustomersOnly bool

	// Label, if given, makes cohorts of customers with the same label instead, such
	// as a region or the channel that won them. Each is still followed from his own
	// first order. It must give the same label for the same customer every time.
	Label func(customer K) string
}

// Starts says what makes a customer enter a cohort. The zero Starts means
// [FirstTime].
type Starts uint8

// The starts.
const (
	FirstTime Starts = iota + 1 // the first order: each customer is in one cohort
	Recurring                   // any order: each customer is in the cohort of every period that he was active in
)

var startsWords = verdict.NewWords[Starts]("cohort start", "first_time", "recurring")

// ParseStarts returns the start of a word such as "first_time".
func ParseStarts(word string) (Starts, error) { return startsWords.Parse(word) }

// IsValid reports whether s is one of the starts.
func (s Starts) IsValid() bool { return startsWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Starts) String() string { return startsWords.String(s) }

// AppendText appends the word of s to b.
func (s Starts) AppendText(b []byte) ([]byte, error) { return startsWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Starts) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Starts) UnmarshalText(text []byte) error { return startsWords.UnmarshalText(text, s) }

// check records what is wrong with the end and the options.
func (o Options[K]) check(faults *verdict.Faults, end calendar.Date) {
	checkDay(faults, "end", end)
	checkWord(faults, "options.amounts", o.Amounts)
	checkWord(faults, "options.cohorts", o.Cohorts)
	checkWord(faults, "options.starts", o.Starts)
}

// checkPeriods reports every fault of the arguments of functions by period.
func (o Options[K]) checkPeriods(end calendar.Date, unit Unit) error {
	var faults verdict.Faults
	o.check(&faults, end)
	if !unit.IsValid() {
		faults.Addf("unit", "%w: %d", verdict.ErrInvalid, unit)
	}
	return wrap(&faults)
}

// cohort returns the cohort of a customer, by periods of the given unit if there
// is no label.
func (o Options[K]) cohort(unit Unit, customer K, first calendar.Date) cohortKey {
	switch {
	case o.Label != nil:
		return cohortKey{label: o.Label(customer)}
	case unit.IsValid():
		return cohortKey{unit: unit, period: unit.of(first)}
	default:
		return cohortKey{label: "all"}
	}
}

func (o Options[K]) amounts() kpi.Amounts { return cmp.Or(o.Amounts, kpi.NetOfRefunds) }

func checkDay(faults *verdict.Faults, path string, day calendar.Date) {
	switch {
	case day == 0:
		faults.Missing(path)
	case !day.IsValid():
		faults.Addf(path, "%w: day %d", verdict.ErrRange, int32(day))
	}
}

// checkWord records an enumeration value that is neither zero nor a word.
func checkWord[E interface {
	~uint8
	IsValid() bool
	MarshalText() ([]byte, error)
}](faults *verdict.Faults, path string, v E) {
	if v != 0 && !v.IsValid() {
		_, err := v.MarshalText()
		faults.Add(path, err)
	}
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	return nil
}
