package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Measures are the four amounts that earned value rests on, cumulative to one
// date, and an estimate of those who do the work. All are of one currency; the
// zero [money.Amount] counts as zero, except in ETC, where it means that nobody
// has estimated: 0.00 EUR is an estimate.
type Measures struct {
	PV  money.Amount `json:"pv,omitzero"`  // planned value: the budget of the work that should be done by now
	EV  money.Amount `json:"ev,omitzero"`  // earned value: the budget of the work that is done
	AC  money.Amount `json:"ac,omitzero"`  // actual cost of the work that is done
	BAC money.Amount `json:"bac,omitzero"` // budget at completion
	ETC money.Amount `json:"etc,omitzero"` // bottom-up estimate to complete, the zero Amount if there is none
}

// Validate reports every fault: amounts of different currencies
// ([money.ErrCurrency]), and amounts outside 0 ≤ PV ≤ BAC, 0 ≤ EV ≤ BAC,
// ETC ≥ 0 ([verdict.ErrRange]). AC may be negative, as after a refund.
// [Measures.Performance] insists on the currencies only.
func (m Measures) Validate() error {
	var faults verdict.Faults
	m.currencies(&faults)
	if faults.Len() > 0 {
		return faults.Err()
	}
	for _, part := range []struct {
		path   string
		amount money.Amount
	}{{"pv", m.PV}, {"ev", m.EV}, {"bac", m.BAC}, {"etc", m.ETC}} {
		notNegative(&faults, part.path, part.amount)
	}
	for _, part := range []struct {
		path   string
		amount money.Amount
	}{{"pv", m.PV}, {"ev", m.EV}} {
		if part.amount.Minor() > max(0, m.BAC.Minor()) {
			faults.Addf(part.path, "%w: %s exceeds the budget at completion of %s", verdict.ErrRange, part.amount, m.BAC)
		}
	}
	return faults.Err()
}

// currencies records each amount that is not of the common currency, and returns
// that, or none if all amounts are the zero Amount.
func (m Measures) currencies(faults *verdict.Faults) money.Currency {
	var common money.Currency
	for _, part := range []struct {
		path   string
		amount money.Amount
	}{{"pv", m.PV}, {"ev", m.EV}, {"ac", m.AC}, {"bac", m.BAC}, {"etc", m.ETC}} {
		c := part.amount.Currency()
		switch {
		case !part.amount.IsValid():
			faults.Addf(part.path, "%w amount", money.ErrInvalid)
		case common == 0:
			common = c
		case c != 0 && c != common:
			faults.Addf(part.path, "%w: %s among amounts of %s", money.ErrCurrency, part.amount, common)
		}
	}
	return common
}

// estimated reports whether there is a bottom-up estimate.
func (m Measures) estimated() bool { return m.ETC != money.Amount{} }

// in gives amounts without a currency that of their sum, so that "nothing" reads
// "0.00 EUR" and not "0". ETC stays as it is.
func (m Measures) in(c money.Currency) Measures {
	for _, a := range []*money.Amount{&m.PV, &m.EV, &m.AC, &m.BAC} {
		*a = amountIn(*a, c)
	}
	return m
}

func amountIn(a money.Amount, c money.Currency) money.Amount {
	if a == (money.Amount{}) {
		return money.FromMinor(0, c)
	}
	return a
}

// notNegative records an amount below zero.
func notNegative(faults *verdict.Faults, path string, a money.Amount) {
	if a.Sign() < 0 {
		faults.Addf(path, "%w: %s is negative", verdict.ErrRange, a)
	}
}

// invalid wraps the faults of an argument in the voice of this package.
func invalid(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("evm: %s: %w", what, err)
}
