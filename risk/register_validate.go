package risk

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Validate reports everything about r that cannot be: matrices that are not
// valid, ids missing or used twice, references to nothing, words that are not
// of the scales, numbers and dates out of range or order, amounts in several
// currencies. Each fault is located by its path, "risks[3].assessments[0].date".
//
// What can be but should not, such as a risk without an owner, is found by
// [Rules].
func (r Register) Validate() error {
	var faults verdict.Faults
	r.checkMatrices(&faults)
	r.checkPlan(&faults)
	faults.IDs("risks", len(r.Risks), func(i int) string { return r.Risks[i].ID })
	v := validator{r, &faults, make(map[string]bool, len(r.Risks))}
	for _, risk := range r.Risks {
		v.ids[risk.ID] = true
	}
	for i, risk := range r.Risks {
		v.risk(verdict.At("risks", i), risk)
	}
	r.checkCurrencies(&faults)
	return faults.Err()
}

func (r Register) checkMatrices(faults *verdict.Faults) {
	faults.Add("matrix", r.Matrix.Validate())
	seen := map[string]bool{r.Matrix.Ref(): true}
	for i, m := range r.Earlier {
		path := verdict.At("earlier", i)
		faults.Add(path, m.Validate())
		if seen[m.Ref()] {
			faults.Duplicate(path+".version", m.Ref())
		}
		seen[m.Ref()] = true
	}
}

func (r Register) checkPlan(faults *verdict.Faults) {
	checkPeriod(faults, "plan.review", r.Plan.Review)
	checkPeriod(faults, "plan.staleAfter", r.Plan.StaleAfter)
	if r.Plan.Contingency.Sign() < 0 {
		faults.Addf("plan.contingency", "%v is negative: %w", r.Plan.Contingency, verdict.ErrRange)
	}
	r.checkAppetites(faults)
	for i, s := range r.Plan.SetAside {
		if s.Entry == "" {
			faults.Missing(verdict.At("plan.setAside", i) + ".entry")
		}
	}
}

func (r Register) checkAppetites(faults *verdict.Faults) {
	seen := map[string]bool{}
	for i, a := range r.Plan.Appetites {
		path := verdict.At("plan.appetites", i)
		if seen[a.Category] {
			faults.Duplicate(path+".category", a.Category)
		}
		seen[a.Category] = true
		low, okLow := r.Matrix.BandIndex(a.Appetite)
		high, okHigh := r.Matrix.BandIndex(a.Tolerated)
		if !okLow {
			faults.Unknown(path+".appetite", a.Appetite)
		}
		switch {
		case !okHigh:
			faults.Unknown(path+".tolerated", a.Tolerated)
		case okLow && high < low:
			faults.Addf(path+".tolerated", "%s is below the appetite, %s: %w",
				verdict.Quote(a.Tolerated), verdict.Quote(a.Appetite), verdict.ErrRange)
		}
	}
}

// checkCurrencies records amounts that are not valid, up to the first of another
// currency than those before it. Estimates of several currencies cannot be
// ranked or added up.
func (r Register) checkCurrencies(faults *verdict.Faults) {
	var one money.Currency
	for path, amount := range r.amounts {
		switch c := amount.Currency(); {
		case !amount.IsValid():
			faults.Add(path, verdict.ErrInvalid)
		case one == 0:
			one = c
		case c != 0 && c != one:
			faults.Addf(path, "%v in a register in %v: %w", amount, one, money.ErrCurrency)
			return
		}
	}
}

// amounts yields every amount of money in the register with its path.
func (r Register) amounts(yield func(string, money.Amount) bool) {
	if !yield("plan.contingency", r.Plan.Contingency) {
		return
	}
	for i, risk := range r.Risks {
		if !risk.amounts(verdict.At("risks", i), yield) {
			return
		}
	}
}

func (r Risk) amounts(path string, yield func(string, money.Amount) bool) bool {
	impact := r.Estimate.Impact
	for i, a := range []money.Amount{impact.Min, impact.Mode, impact.Max} {
		if !yield(path+".estimate.impact."+[]string{"min", "mode", "max"}[i], a) {
			return false
		}
	}
	for i, response := range r.Responses {
		if !yield(verdict.At(path+".responses", i)+".cost", response.Cost) {
			return false
		}
	}
	for i, o := range r.Occurrences {
		if !yield(verdict.At(path+".occurrences", i)+".loss", o.Loss) {
			return false
		}
	}
	return true
}

func checkPeriod(faults *verdict.Faults, path string, p calendar.Period) {
	if p != (calendar.Period{}) && !p.IsValid() {
		faults.Addf(path, "%v is no period: %w", p, verdict.ErrInvalid)
	}
}

// checkDay records a day outside the calendar; zero is none and passes.
func checkDay(faults *verdict.Faults, path string, d calendar.Date) {
	if d != 0 && !d.IsValid() {
		faults.Addf(path, "%d is no day: %w", int32(d), verdict.ErrRange)
	}
}

// requireDay records a day that is missing or outside the calendar.
func requireDay(faults *verdict.Faults, path string, d calendar.Date) {
	if d == 0 {
		faults.Missing(path)
	}
	checkDay(faults, path, d)
}

// notBefore records a day before another that must not come after it; either
// may be none.
func notBefore(faults *verdict.Faults, path string, d, first calendar.Date, what string) {
	checkDay(faults, path, d)
	if d != 0 && d < first {
		faults.Addf(path, "%v is before %s, %v: %w", d, what, first, verdict.ErrRange)
	}
}

// requireWord records the word of an enumeration that is missing or unknown.
func requireWord[E interface {
	IsValid() bool
	String() string
}](faults *verdict.Faults, path string, word E) {
	switch {
	case word.IsValid():
	case word.String() == "":
		faults.Missing(path)
	default:
		faults.Unknown(path, word.String())
	}
}

// requireShare records a ratio that is missing or not from 0 to 1.
func requireShare(faults *verdict.Faults, path string, r ratio.Ratio) {
	if r.IsZero() {
		faults.Missing(path)
	}
	checkShare(faults, path, r)
}

// checkReferences records ids of a list that are unknown or repeated.
func checkReferences(faults *verdict.Faults, path string, ids []string, known func(string) bool) {
	for i, id := range ids {
		switch {
		case !known(id):
			faults.Unknown(verdict.At(path, i), id)
		case slices.Contains(ids[:i], id):
			faults.Duplicate(verdict.At(path, i), id)
		}
	}
}
