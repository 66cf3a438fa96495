package risk

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/network"
	"github.com/crmrollout/crm/risk/quant"
)

// A Quantified is what a register says in numbers on a date: a model of all that
// its live risks could cost and gain, with the dependence that follows from
// their causes (RI-03, RI-04).
type Quantified struct {
	// Model holds the live risks that have a frequency and an impact, in the order
	// of the register. Money is in minor units of Currency, gains are negative;
	// delays are in days, time won is negative.
	Model    quant.Model
	Currency money.Currency
	// Network holds the risks that are linked as cause and effect, with a node
	// beside each for the controls and responses that act on its chance. It is empty
	// if no risk has a cause that can be calculated with.
	Network network.Network
	// Query is what has been observed: risks that have happened, and risks that are
	// over and have not.
	Query network.Query
	// Gaps are what the register does not say and the model leaves out, in the order
	// of the register. While there are any, the total is too low or too high by what
	// is in them.
	Gaps []Gap
}

// A Gap is something that a calculation needed and did not find.
type Gap struct {
	Path string `json:"path"` // as in findings: "risks[R-07].estimate.impact"
	Why  string `json:"why"`
}

// Amount returns an amount of the model as money, rounded half to even to a
// minor unit. The error wraps [money.ErrOverflow] if it does not fit.
func (q *Quantified) Amount(minor float64) (money.Amount, error) {
	const limit = 1 << 63
	rounded := math.RoundToEven(minor)
	if !(rounded >= -limit && rounded < limit) {
		return money.Amount{}, fmt.Errorf("risk: amount %g: %w", minor, money.ErrOverflow)
	}
	return money.FromMinor(int64(rounded), q.Currency), nil
}

// Why says what makes a linked risk as likely as it is, see [network.Model.Why],
// with what has been observed held as it is. It is false if no cause or effect
// of the risk is known.
func (q *Quantified) Why(ctx context.Context, id string, o network.Options) (network.Explanation, bool, error) {
	m, err := network.Compile(q.Network)
	if err != nil {
		return network.Explanation{}, false, fmt.Errorf("risk: %w", err)
	}
	for _, node := range q.Network.Nodes {
		if node.ID == id {
			held := maps.Clone(q.Query.Do)
			maps.Copy(held, q.Query.Evidence)
			e, err := m.Why(ctx, id, held, o)
			return e, err == nil, err
		}
	}
	return network.Explanation{}, false, nil
}

// Quantify makes a model of the live risks of r at asOf. The outlook is how much
// of each risk is taken to be left: [Risk.Residual], which nil means,
// [Risk.Inherent], [Risk.Planned], or a caller's own.
//
// A risk without causes and effects is independent of all others: it happens
// with the frequency of its outlook. Linked risks are a [network.Network]. The
// probability of an estimate is that of the risk with its causes, as people say
// it, so the leaks are fitted to it ([network.Fit]); what an outlook takes off
// the chance, or adds to it, acts on the risk whatever caused it, and so on its
// effects too:
//
//	chance lowered from p to q    an inhibitor of strength 1 − q/p that is always on
//	chance raised from p to q     a cause of weight (q − p)/(1 − p) that is always on
//
// The probability of an effect is therefore lower than its own outlook says if
// something is done about its causes. A risk that has occurred, and one that is
// over without having occurred, is taken as observed; neither is in the total.
// What has occurred is an issue, whose cost is no longer a matter of chance.
//
// What is missing is left out and listed in [Quantified.Gaps]; a risk without an
// impact of its own is no gap if it is a cause of others. The error wraps
// [network.ErrInfeasible] if a risk is said to be less likely than its causes
// make it, [network.ErrImpossible] if what was observed cannot be,
// [network.ErrTooWide] if the causes are too entangled, and
// [verdict.ErrInvalid] if amounts are of several currencies. It takes the time
// of a [network.Fit] and a [network.Model.Joint] for each set of linked risks.
//
// Where more than [quant.MaxJoint] risks with an impact hang together, their law is
// drawn instead of listed ([quant.Drawn]): totals are then simulated, as
// quant.Result.Why says. Probabilities are exact all the same. What was observed
// among them must then have had a probability of at least 0.001, else the error
// wraps [verdict.ErrRange]: the law given that is drawn by leaving out what does not
// agree with it.
func (r Register) Quantify(ctx context.Context, asOf calendar.Date, outlook func(Risk) Outlook) (*Quantified, error) {
	q, err := r.quantifier(ctx, asOf)
	if err != nil {
		return nil, err
	}
	if outlook == nil {
		outlook = Risk.Residual
	}
	return q.quantify(ctx, outlook)
}

// A quantifier holds what is the same for all outlooks.
type quantifier struct {
	currency money.Currency
	live     []Risk
	linked   dependence
	gaps     []Gap
}

func (r Register) quantifier(ctx context.Context, asOf calendar.Date) (*quantifier, error) {
	q := &quantifier{live: r.Live(asOf)}
	for _, risk := range q.live {
		impact := risk.Estimate.Impact
		c, ok := common(q.currency, impact.Min.Currency(), impact.Mode.Currency(), impact.Max.Currency())
		if !ok {
			return nil, fmt.Errorf("risk: %s.estimate.impact: %s: %w", verdict.Key("risks", risk.ID), CurrenciesDiffer, verdict.ErrInvalid)
		}
		q.currency = c
	}
	var err error
	q.linked, err = r.dependence(ctx, asOf, &q.gaps)
	return q, err
}

func (q *quantifier) gap(risk Risk, part, why string) {
	q.gaps = append(q.gaps, Gap{verdict.Key("risks", risk.ID) + part, why})
}

func (q *quantifier) quantify(ctx context.Context, outlook func(Risk) Outlook) (*Quantified, error) {
	out := &Quantified{Currency: q.currency, Query: q.linked.query}
	variant := *q // its gaps are its own
	variant.gaps = slices.Clip(q.gaps)
	for _, risk := range q.live {
		one, ok, err := variant.one(risk, outlook(risk)) //nolint:contextcheck // making a distribution is no long work
		if err != nil {
			return nil, fmt.Errorf("risk: %s: %w", verdict.Key("risks", risk.ID), err)
		}
		if ok {
			out.Model.Risks = append(out.Model.Risks, one)
		}
	}
	out.Gaps = variant.gaps
	out.Network = q.linked.under(q.live, outlook)
	if err := q.linked.join(ctx, out); err != nil {
		return nil, err
	}
	return out, out.Model.Validate()
}

// one returns a risk as the model has it, and false if there is a gap in place
// of what it needs.
func (q *quantifier) one(risk Risk, o Outlook) (quant.Risk, bool, error) {
	e := risk.Estimate
	frequency, ok := o.Frequency.Float64()
	if !ok {
		q.gap(risk, ".estimate.probability", o.Frequency.Reason())
		return quant.Risk{}, false, nil
	}
	out := quant.Risk{ID: risk.ID, P: frequency}
	if e.Probability.IsZero() {
		out.P, out.Rate = 0, frequency
	}
	var err error
	if e.Impact != (MoneyRange{}) {
		if out.Severity, err = q.severity(risk, o); err != nil {
			return out, false, err
		}
	}
	if e.Delay != (DelayRange{}) {
		points := [3]float64{float64(e.Delay.Min), float64(e.Delay.Mode), float64(e.Delay.Max)}
		if out.Delay, err = spread(risk.Kind, e.Delay.Shape, points, o.Severity); err != nil {
			return out, false, err
		}
	}
	matters := out.Severity != nil || out.Delay != nil
	if !matters && !q.linked.acts(risk.ID) {
		q.gap(risk, ".estimate.impact", NoImpact)
	}
	return out, matters, nil
}

func (q *quantifier) severity(risk Risk, o Outlook) (quant.Dist, error) {
	impact := risk.Estimate.Impact
	points := [3]float64{float64(impact.Min.Minor()), float64(impact.Mode.Minor()), float64(impact.Max.Minor())}
	return spread(risk.Kind, impact.Shape, points, o.Severity.Mul(o.Retained))
}

// spread returns the distribution of three points times a factor, mirrored for
// an opportunity.
func spread(k Kind, s Shape, points [3]float64, by ratio.Ratio) (quant.Dist, error) {
	factor, ok := by.Float64()
	if !ok {
		return nil, by.Err()
	}
	for i := range points {
		points[i] *= factor
	}
	d, err := s.dist(points)
	if err != nil || k != Opportunity {
		return d, err
	}
	return quant.Negate(d), nil
}

func (s Shape) dist(points [3]float64) (quant.Dist, error) {
	switch s {
	case PERT:
		return quant.NewPERT(points[0], points[1], points[2])
	case Uniform:
		return quant.NewUniform(points[0], points[2])
	default:
		return quant.NewTriangular(points[0], points[1], points[2])
	}
}
