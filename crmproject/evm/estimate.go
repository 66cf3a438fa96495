package evm

import (
	"github.com/crmrollout/crm/crmproject/money"
)

// A Figure is an amount of money that comes out of a division: exact, in minor
// units, and rounded. If it is undefined, Exact has the reason and Rounded is the
// zero Amount; it is that too if the figure does not fit an int64.
type Figure struct {
	Exact   Exact        `json:"exact"`
	Rounded money.Amount `json:"rounded,omitzero"`
}

// Defined reports whether f has a value.
func (f Figure) Defined() bool { return f.Exact.Defined() }

// String returns the rounded amount, or the exact number of minor units where
// there is none, or "undefined: " and the reason.
func (f Figure) String() string {
	if f.Rounded == (money.Amount{}) {
		return f.Exact.String()
	}
	return f.Rounded.String()
}

func figure(e Exact, c money.Currency, r money.Rounding) Figure {
	if !e.Defined() || c == 0 {
		return Figure{Exact: e}
	}
	rounded, err := e.Amount(c, r)
	if err != nil {
		rounded = money.Amount{} // it does not fit
	}
	return Figure{e, rounded}
}

// An Estimate is what the project will cost on one assumption.
type Estimate struct {
	Variant Variant    `json:"variant"`
	EAC     Figure     `json:"eac"`  // estimate at completion
	ETC     Figure     `json:"etc"`  // estimate to complete: EAC − AC
	VAC     Figure     `json:"vac"`  // variance at completion: BAC − EAC, negative if over budget
	TCPI    ToComplete `json:"tcpi"` // to this EAC: (BAC − EV)/(EAC − AC)
}

// estimates returns an estimate for each variant.
func (m Measures) estimates(p Performance, r money.Rounding) []Estimate {
	all := make([]Estimate, 0, int(BottomUp))
	for v := range Variants() {
		all = append(all, m.estimate(v, p, r))
	}
	return all
}

func (m Measures) estimate(v Variant, p Performance, r money.Rounding) Estimate {
	work := whole(m.BAC).sub(whole(m.EV))
	etc := m.rest(v, work, p)
	eac := whole(m.AC).add(etc)
	c := m.BAC.Currency()
	return Estimate{
		Variant: v,
		EAC:     figure(eac, c, r),
		ETC:     figure(etc, c, r),
		VAC:     figure(whole(m.BAC).sub(eac), c, r),
		TCPI:    toComplete(work, etc),
	}
}

// rest returns what the work that is left will cost, in minor units.
func (m Measures) rest(v Variant, work Exact, p Performance) Exact {
	switch v {
	case AtBudget:
		return work
	case AtCPI:
		return atIndex(work, ExactOf(p.CPI))
	case AtCPISPI:
		return atIndex(work, p.CSI)
	case AtSPI:
		return atIndex(work, ExactOf(p.SPI))
	default:
		if !m.estimated() {
			return undefined(NotEstimated)
		}
		return whole(m.ETC)
	}
}

// atIndex returns what the work costs if the index stays as it is. An index of
// zero gives no cost, and neither does one below, which only bad input has.
func atIndex(work, index Exact) Exact {
	if index.Sign() < 0 {
		return undefined(NothingEarned)
	}
	return work.quo(index, NothingEarned)
}

// Estimate returns the estimate of a variant, undefined throughout if p has none.
func (p Performance) Estimate(v Variant) Estimate {
	for _, e := range p.Estimates {
		if e.Variant == v {
			return e
		}
	}
	none := Figure{Exact: undefined(NotEstimated)}
	return Estimate{v, none, none, none, ToComplete{none.Exact, Unknown}}
}

// Range returns the estimates with the lowest and the highest EAC of those that
// are defined, of equal ones the first in the order of [Variants], and false if
// none is defined. It spans what different assumptions make of the same figures
// and is no interval of confidence.
func (p Performance) Range() (low, high Estimate, ok bool) {
	for _, e := range p.Estimates {
		if !e.EAC.Defined() {
			continue
		}
		if !ok || e.EAC.Exact.Less(low.EAC.Exact) {
			low = e
		}
		if !ok || high.EAC.Exact.Less(e.EAC.Exact) {
			high = e
		}
		ok = true
	}
	return low, high, ok
}
