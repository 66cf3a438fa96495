package evm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Reasons why a number is undefined. [Exact.Reason] and [ratio.Ratio.Reason]
// return them.
const (
	NotStarted    = "no actual cost: not started"            // CPI at AC = 0, EV = 0
	Unbilled      = "no actual cost: the work is not billed" // CPI at AC = 0, EV > 0
	Refunded      = "actual cost is negative"                // CPI at AC < 0
	NothingDue    = "no planned value yet"                   // SPI at PV = 0
	NothingEarned = "nothing is earned"                      // EAC at CPI = 0 or SPI = 0, and CV/EV
	NoBudget      = "the budget is 0"                        // shares of a BAC of 0
	NotEstimated  = "no bottom-up estimate"                  // EAC of BottomUp
	AllDone       = "no work and no money are left"          // TCPI to an EAC equal to AC
	BudgetSpent   = "work is left, and no money"             // TCPI with work left
)

// Performance is what follows from [Measures]: variances in money, indices as
// exact ratios, and the estimates at completion. What is undefined carries one of
// the reasons above; there is no infinity and no rounding but in money.
type Performance struct {
	SV       money.Amount `json:"sv"`       // schedule variance: EV − PV, negative if late
	CV       money.Amount `json:"cv"`       // cost variance: EV − AC, negative if over budget
	SVShare  ratio.Ratio  `json:"svShare"`  // SV/PV
	CVShare  ratio.Ratio  `json:"cvShare"`  // CV/EV
	SPI      ratio.Ratio  `json:"spi"`      // schedule performance index: EV/PV
	CPI      ratio.Ratio  `json:"cpi"`      // cost performance index: EV/AC
	CSI      Exact        `json:"csi"`      // cost-schedule index: CPI·SPI
	Complete ratio.Ratio  `json:"complete"` // EV/BAC
	Spent    ratio.Ratio  `json:"spent"`    // AC/BAC, above 1 if more than the budget is spent
	TCPI     ToComplete   `json:"tcpi"`     // to the budget at completion

	Estimates []Estimate `json:"estimates"` // one of each variant, in the order of [Variants]
}

// Performance computes all indices and estimates. Estimates are rounded to a
// minor unit by r, of which the zero value is half-even, and kept exact beside
// that. The error wraps [money.ErrCurrency], [money.ErrInvalid], or
// [money.ErrOverflow] where a variance does not fit an int64.
func (m Measures) Performance(r money.Rounding) (Performance, error) {
	var faults verdict.Faults
	currency := m.currencies(&faults)
	if !r.IsValid() {
		faults.Addf("rounding", "%w: %v", money.ErrInvalid, r)
	}
	if err := faults.Err(); err != nil {
		return Performance{}, invalid("performance", err)
	}
	m = m.in(currency)
	sv, errSV := m.EV.Sub(m.PV)
	cv, errCV := m.EV.Sub(m.AC)
	if errSV != nil || errCV != nil {
		return Performance{}, fmt.Errorf("evm: performance: a variance is %w", money.ErrOverflow)
	}
	pv, ev, ac, bac := m.PV.Minor(), m.EV.Minor(), m.AC.Minor(), m.BAC.Minor()
	p := Performance{
		SV: sv, CV: cv,
		SVShare:  ratio.Of(sv.Minor(), pv, NothingDue),
		CVShare:  ratio.Of(cv.Minor(), ev, NothingEarned),
		SPI:      ratio.Of(ev, pv, NothingDue),
		CPI:      m.costIndex(),
		Complete: ratio.Of(ev, bac, NoBudget),
		Spent:    ratio.Of(ac, bac, NoBudget),
		TCPI:     m.toBudget(),
	}
	p.CSI = ExactOf(p.CPI).mul(ExactOf(p.SPI))
	p.Estimates = m.estimates(p, r)
	return p, nil
}

// costIndex returns CPI with a reason that tells work that has not begun from
// work that nobody has paid for yet.
func (m Measures) costIndex() ratio.Ratio {
	switch {
	case m.AC.Sign() < 0:
		return ratio.Undefined(Refunded)
	case m.EV.Sign() > 0:
		return ratio.Of(m.EV.Minor(), m.AC.Minor(), Unbilled)
	default:
		return ratio.Of(m.EV.Minor(), m.AC.Minor(), NotStarted)
	}
}

// A ToComplete is a to-complete performance index (TCPI): the work that is left
// over the money that is left, the efficiency that the rest has to achieve for a
// target to be met. Lipke (2016) found in 25 projects that above 1.10 recovery is
// unlikely.
type ToComplete struct {
	Index   Exact   `json:"index"`
	Outlook Outlook `json:"outlook"`
}

// toBudget returns (BAC − EV)/(BAC − AC). With no work left it is 0 and complete,
// whatever the money; with work left and BAC ≤ AC it is unachievable, where the
// bare formula would give a negative number.
func (m Measures) toBudget() ToComplete {
	if m.EV.Minor() >= m.BAC.Minor() {
		return ToComplete{ExactOf(ratio.Int(0)), Complete}
	}
	return toComplete(whole(m.BAC).sub(whole(m.EV)), whole(m.BAC).sub(whole(m.AC)))
}

// toComplete returns work/left. With no work left it is complete, and 0 if money
// is left, undefined if none is.
func toComplete(work, left Exact) ToComplete {
	switch {
	case !left.Defined():
		return ToComplete{left, Unknown}
	case work.Sign() <= 0 && left.Sign() == 0:
		return ToComplete{undefined(AllDone), Complete}
	case work.Sign() <= 0:
		return ToComplete{ExactOf(ratio.Int(0)), Complete}
	case left.Sign() <= 0:
		return ToComplete{undefined(BudgetSpent), Unachievable}
	default:
		return ToComplete{work.quo(left, BudgetSpent), Open}
	}
}
