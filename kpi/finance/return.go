package finance

import (
	"cmp"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A Return is what a [Case] is worth. Amounts are exact; present values are float64 in
// the unit of the currency, rounded once, and [Round] makes amounts of them.
type Return struct {
	Periods []Period `json:"periods"`

	Benefits  money.Amount `json:"benefits"`  // sum of all
	Costs     money.Amount `json:"costs"`     // sum of all: the total cost of ownership, OneOff + Recurring
	OneOff    money.Amount `json:"oneOff"`    // of the costs
	Recurring money.Amount `json:"recurring"` // of the costs
	Net       money.Amount `json:"net"`       // Benefits − Costs

	ByBenefit []BenefitTotal `json:"byBenefit"` // every kind that comes up, in the order of the constants
	ByCost    []CostTotal    `json:"byCost"`    // likewise

	ROI           ratio.Ratio `json:"roi"`           // (benefits − costs)/costs, not discounted
	PVBenefits    Number      `json:"pvBenefits"`    // present value of the benefits
	PVCosts       Number      `json:"pvCosts"`       // present value of the costs
	NPV           Number      `json:"npv"`           // present value of the net flows
	BenefitCost   Number      `json:"benefitCost"`   // PVBenefits/PVCosts
	DiscountedROI Number      `json:"discountedRoi"` // NPV/PVCosts

	Rates      Rates   `json:"rates"`      // internal rates of return per period
	Payback    Payback `json:"payback"`    // break-even, not discounted
	Discounted Payback `json:"discounted"` // break-even at the rate of the case

	Sensitivity []Sensitivity `json:"sensitivity"` // one for each benefit, in the order given, then "" for all benefits together
}

// A Period is one period of a [Return].
type Period struct {
	Benefits   money.Amount `json:"benefits"`
	Costs      money.Amount `json:"costs"`
	Net        money.Amount `json:"net"`        // Benefits − Costs
	Cumulative money.Amount `json:"cumulative"` // Net of all periods so far
}

// A BenefitTotal is the sum of the benefits of a kind.
type BenefitTotal struct {
	Kind  BenefitKind  `json:"kind"`
	Total money.Amount `json:"total"`
}

// A CostTotal is the sum of the costs of a kind.
type CostTotal struct {
	Kind  CostKind     `json:"kind"`
	Total money.Amount `json:"total"`
}

// A Sensitivity says how much of a benefit the case can do without.
type Sensitivity struct {
	ID    string `json:"id,omitempty"` // of the benefit; empty for all together
	Value Number `json:"value"`        // its present value
	// Fall is the share of the benefit that must fail to come for the net present
	// value to be 0: 0.25 for a quarter. Above 1 the case holds without the benefit;
	// below 0 it does not hold, and the benefit would have to be larger by so much.
	Fall Number `json:"fall"`
}

// Measurement returns ROI as a measurement for a scorecard, in percent: crm_roi of the
// catalogue of package kpi. Where it is undefined, the measurement is too and says why.
func (r Return) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Measurement{On: on, Value: r.ROI.Mul(ratio.Int(100))}
}

// Evaluate returns what the case is worth. The error reports every fault of
// [Case.Validate], or the totals that do not fit an amount.
func (c Case) Evaluate() (Return, error) {
	if err := c.Validate(); err != nil {
		return Return{}, err
	}
	var faults verdict.Faults
	var r Return
	totals(&r, c, &faults)
	timeline(&r, c, &faults)
	if err := wrap(&faults); err != nil {
		return Return{}, err
	}
	if err := worth(&r, c); err != nil {
		return Return{}, err
	}
	return r, nil
}

// totals adds up by kind and nature. Each sum starts with nothing of the currency of
// the case, so that a total of no lines has it too.
func totals(r *Return, c Case, faults *verdict.Faults) {
	zero := nothing(c)
	benefits, costs := []money.Amount{zero}, []money.Amount{zero}
	byBenefit, byCost := map[BenefitKind][]money.Amount{}, map[CostKind][]money.Amount{}
	byNature := map[Nature][]money.Amount{OneOff: {zero}, Recurring: {zero}}
	for _, b := range c.Benefits {
		benefits = append(benefits, b.Amounts...)
		byBenefit[b.Kind] = append(byBenefit[b.Kind], b.Amounts...)
	}
	for _, k := range c.Costs {
		costs = append(costs, k.Amounts...)
		byCost[k.Kind] = append(byCost[k.Kind], k.Amounts...)
		byNature[k.Nature] = append(byNature[k.Nature], k.Amounts...)
	}
	r.Benefits, r.Costs = total(faults, "benefits", benefits...), total(faults, "costs", costs...)
	r.OneOff, r.Recurring = total(faults, "oneOff", byNature[OneOff]...), total(faults, "recurring", byNature[Recurring]...)
	r.Net = less(faults, "net", r.Benefits, r.Costs)
	r.ByBenefit, r.ByCost = []BenefitTotal{}, []CostTotal{}
	for kind := range benefitWords.All() {
		if amounts, ok := byBenefit[kind]; ok {
			r.ByBenefit = append(r.ByBenefit, BenefitTotal{kind, total(faults, "byBenefit."+kind.String(), append(amounts, zero)...)})
		}
	}
	for kind := range costWords.All() {
		if amounts, ok := byCost[kind]; ok {
			r.ByCost = append(r.ByCost, CostTotal{kind, total(faults, "byCost."+kind.String(), append(amounts, zero)...)})
		}
	}
}

// timeline lays out the periods.
func timeline(r *Return, c Case, faults *verdict.Faults) {
	zero := nothing(c)
	benefits, costs := make([][]money.Amount, c.periods()), make([][]money.Amount, c.periods())
	for _, b := range c.Benefits {
		for i, a := range b.Amounts {
			benefits[b.From+i] = append(benefits[b.From+i], a)
		}
	}
	for _, k := range c.Costs {
		for i, a := range k.Amounts {
			costs[k.From+i] = append(costs[k.From+i], a)
		}
	}
	r.Periods = make([]Period, len(benefits))
	so := zero
	for i := range r.Periods {
		path := verdict.At("periods", i)
		b := total(faults, path+".benefits", append(benefits[i], zero)...)
		k := total(faults, path+".costs", append(costs[i], zero)...)
		net := less(faults, path+".net", b, k)
		so = total(faults, path+".cumulative", so, net)
		r.Periods[i] = Period{b, k, net, so}
	}
}

// worth discounts.
func worth(r *Return, c Case) error {
	benefits, costs, net := make([]float64, len(r.Periods)), make([]float64, len(r.Periods)), make([]float64, len(r.Periods))
	for i, p := range r.Periods {
		benefits[i], costs[i], net[i] = units(p.Benefits), units(p.Costs), units(p.Net)
	}
	var faults verdict.Faults
	get := func(v Number, err error) Number {
		faults.Add("", err)
		return v
	}
	r.ROI = ratio.Of(r.Net.Minor(), r.Costs.Minor(), NoCost)
	r.PVBenefits = get(NPV(c.Rate, benefits))
	r.PVCosts = get(NPV(c.Rate, costs))
	r.NPV = get(NPV(c.Rate, net))
	r.BenefitCost = quotient(r.PVBenefits, r.PVCosts, NoCost)
	r.DiscountedROI = quotient(r.NPV, r.PVCosts, NoCost)
	var err error
	r.Rates, err = IRR(net)
	faults.Add("", err)
	r.Payback, err = PaybackTime(net)
	faults.Add("", err)
	r.Discounted, err = DiscountedPayback(c.Rate, net)
	faults.Add("", err)
	for _, b := range c.Benefits {
		flows := slices.Repeat([]float64{0}, b.From)
		for _, a := range b.Amounts {
			flows = append(flows, units(a))
		}
		value := Number{}
		if len(flows) > 0 {
			value = get(NPV(c.Rate, flows))
		}
		r.Sensitivity = append(r.Sensitivity, Sensitivity{b.ID, value, quotient(r.NPV, value, NoBenefit)})
	}
	r.Sensitivity = append(r.Sensitivity, Sensitivity{"", r.PVBenefits, quotient(r.NPV, r.PVBenefits, NoBenefit)})
	return wrap(&faults)
}

// nothing is zero in the currency of the case.
func nothing(c Case) money.Amount {
	if c.Currency() == 0 {
		return money.Amount{}
	}
	return money.FromMinor(0, c.Currency())
}

func less(faults *verdict.Faults, path string, a, b money.Amount) money.Amount {
	d, err := a.Sub(b)
	if err != nil {
		faults.Add(path, err)
	}
	return d
}

// quotient returns a/b, undefined for the reason of either, or the one given if b is
// not positive.
func quotient(a, b Number, reason string) Number {
	switch r := cmp.Or(a.Reason, b.Reason); {
	case r != "":
		return undefined(r)
	case !(b.Value > 0) || math.IsInf(b.Value, 0):
		return undefined(reason)
	default:
		return number(a.Value / b.Value)
	}
}
