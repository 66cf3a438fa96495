package control

import (
	"context"
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/risk/quant"
)

// A Coverage holds what is left of the contingency against what the live risks
// could still cost (CP-17, CP-37). Amounts of the risk curve are rounded up.
type Coverage struct {
	AsOf      calendar.Date `json:"asOf"`
	Remaining money.Amount  `json:"remaining"` // set aside, less what was drawn and what was overspent without a draw
	P50       money.Amount  `json:"p50"`
	P80       money.Amount  `json:"p80"`
	P90       money.Amount  `json:"p90"`
	Cover     Cover         `json:"cover"`
	Short     money.Amount  `json:"short,omitzero"` // by how much Remaining is below the P80; 0 if it is not
	// Chance is the probability that the risks cost no more than Remaining.
	Chance quant.Estimate `json:"chance"`
	Method quant.Method   `json:"method"`         // how the curve was found
	Gaps   []risk.Gap     `json:"gaps,omitempty"` // what the register does not say; the curve is too low or too high by that
}

// remaining returns the contingency that is left: what was set aside, less the
// draws, and less what went beyond the plan and no draw pays for.
func remaining(b crmproject.Budget, asOf calendar.Date) (money.Amount, error) {
	s, err := b.Standing(asOf)
	if err != nil {
		return money.Amount{}, err
	}
	return s.Remaining.Sub(s.Uncovered)
}

// Cover holds the contingency against the risk curve of the live risks at a day.
// Their controls and responses count as far as they operate, see [risk.Risk.Residual].
// Of the options, percentiles and thresholds are set here.
//
// The error is that of [Course.Validate] for budget and register, of
// [risk.Register.Quantify] or of [quant.Model.Analyze], or wraps
// [money.ErrCurrency] if the risks are in another currency than the budget.
func (c Course) Cover(ctx context.Context, asOf calendar.Date, o quant.Options) (Coverage, error) {
	var f verdict.Faults
	f.Add("budget", c.Budget.Validate())
	f.Add("register", registerFaults(c.Register))
	if err := f.Err(); err != nil {
		return Coverage{}, fmt.Errorf("control: %w", err)
	}
	left, err := remaining(c.Budget, asOf)
	if err != nil {
		return Coverage{}, fmt.Errorf("control: contingency: %w", err)
	}
	q, err := c.Register.Quantify(ctx, asOf, nil)
	if err != nil {
		return Coverage{}, fmt.Errorf("control: %w", err)
	}
	cov := Coverage{AsOf: asOf, Remaining: left, Gaps: q.Gaps, Cover: Ample}
	if len(q.Model.Risks) == 0 {
		cov.Chance = certainty(left)
		return cov.judged()
	}
	o.Percentiles = []float64{0.5, 0.8, 0.9}
	o.CostAbove = []float64{float64(left.Minor())}
	result, err := q.Model.Analyze(ctx, o)
	if err != nil {
		return Coverage{}, fmt.Errorf("control: %w", err)
	}
	if cov, err = cov.with(q, result); err != nil {
		return Coverage{}, fmt.Errorf("control: contingency: %w", err)
	}
	return cov.judged()
}

func registerFaults(r risk.Register) error {
	if len(r.Risks) == 0 {
		return nil
	}
	return r.Validate()
}

// certainty is the chance that no risks cost no more than what is left.
func certainty(left money.Amount) quant.Estimate {
	p := 1.0
	if left.Sign() < 0 {
		p = 0
	}
	return quant.Estimate{Value: p, Lo: p, Hi: p, Exact: true, Bound: quant.Rounding}
}

// with takes over what an analysis found.
func (c Coverage) with(q *risk.Quantified, r *quant.Result) (Coverage, error) {
	for _, x := range []struct {
		p  float64
		to *money.Amount
	}{{0.5, &c.P50}, {0.8, &c.P80}, {0.9, &c.P90}} {
		e, _ := r.Cost.Percentile(x.p)
		a, err := q.Amount(math.Ceil(e.Value - 1e-6))
		if err != nil {
			return c, err
		}
		*x.to = a
	}
	above := r.Cost.Exceedances[0].Estimate
	c.Chance = quant.Estimate{Value: 1 - above.Value, Lo: 1 - above.Hi, Hi: 1 - above.Lo, Exact: above.Exact, Bound: above.Bound}
	c.Method = r.Method
	return c, nil
}

// judged sets the cover and what is short.
func (c Coverage) judged() (Coverage, error) {
	c.Cover = Short
	for _, x := range []struct {
		needed money.Amount
		cover  Cover
	}{{c.P50, Thin}, {c.P80, Sufficient}, {c.P90, Ample}} {
		less, err := c.Remaining.Less(x.needed)
		if err != nil {
			return Coverage{}, fmt.Errorf("control: contingency: %w", err)
		}
		if less {
			break
		}
		c.Cover = x.cover
	}
	short, err := c.P80.Sub(c.Remaining)
	if err != nil {
		return Coverage{}, fmt.Errorf("control: contingency: %w", err)
	}
	if short.Sign() > 0 {
		c.Short = short
	}
	return c, nil
}

// String returns the coverage as a sentence for people.
func (c Coverage) String() string {
	text := fmt.Sprintf("contingency %s: %s left, P80 of the risks %s", c.Cover, c.Remaining, c.P80)
	if c.Short.Sign() > 0 {
		text += fmt.Sprintf(", short by %s", c.Short)
	}
	return text
}
