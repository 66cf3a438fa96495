package main

import (
	"flag"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/internal/rows"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/clv"
)

func clvEntry() entry {
	return entry{
		name: "clv",
		what: "who is still a customer, what he will buy, and what he is worth",
		help: `Fits a model of repeat buying to a history of orders, and foretells each customer.
Prints customer, x, t_x, t, monetary, p_alive, expected, clv, in ascending order of
customers. x is the number of repeat purchases, several on one day counted once; t_x
and t are the times from the first to the last purchase and to the end, in units;
monetary is the mean of a repeat day, empty for x = 0; expected is the number of
purchases in the horizon; clv is what these are worth by a Gamma-Gamma model of spend.

It reads orders, or what a database has made of them: a row for each customer with the
columns x, t_x, t and perhaps mean, in the unit. With orders the observation ends with
-calibration-end, or -as-of, or the last day in the files. A month as a unit is
30.436875 days. With -fit it prints one JSON document instead: model, parameters,
standard_errors, log_likelihood, customers, distinct, status.`,
		example: "-model bgnbd -unit week -calibration-end 1997-09-30 -horizon 39 orders.csv",
		command: func() command {
			return &clvCommand{model: newChoice("bgnbd", "pareto", "gamma_gamma"), unit: newChoice("day", "week", "month")}
		},
	}
}

type clvCommand struct {
	model, unit choice
	end         calendar.Date
	horizon     int
	discount    float64
	fit         bool
	amounts     kpi.Amounts
}

func (c *clvCommand) roles() []role {
	date := dateRole(rows.Day)
	date.Need = rows.Optional
	return append([]role{customerRole(), date, amountRole(rows.Optional)}, observationRoles()...)
}

func (c *clvCommand) flags(f *flag.FlagSet) {
	f.Var(&c.model, "model", "`bgnbd` or pareto; with -fit also gamma_gamma, the model of spend")
	f.Var(&c.unit, "unit", "the unit of time: `day`, week or month")
	f.TextVar(&c.end, "calibration-end", calendar.Date(0), "the last `day` of the observation; orders after it are not looked at")
	f.IntVar(&c.horizon, "horizon", 0, "how many `units` to look ahead; without it, a year: 365 days, 52 weeks, 12 months")
	f.Float64Var(&c.discount, "discount", 0, "the discount `rate` of a unit of time: 0.01 is 1 % a unit")
	f.BoolVar(&c.fit, "fit", false, "print the fitted parameters as JSON instead")
	f.TextVar(&c.amounts, "amounts", kpi.NetOfRefunds, "what counts as an order: `net_of_refunds`, every_event or purchases_only")
}

func (c *clvCommand) run(j *job) error {
	horizon, err := c.check()
	if err != nil {
		return err
	}
	b, err := c.read(j)
	if err != nil {
		return err
	}
	if c.fit {
		return c.printFit(j, b)
	}
	if len(b.list) == 0 {
		j.out.begin(clvColumns()...)
		return nil
	}
	model, fit, err := c.fitModel(b)
	if err != nil {
		return err
	}
	if fit.Status != clv.Converged {
		j.notef("the fit of %s ended with status %v: do not rely on the parameters", fit.Model, fit.Status)
	}
	c.print(j, b, model, c.fitSpend(j, b), horizon)
	return nil
}

func clvColumns() []string {
	return []string{"customer", "x", "t_x", "t", "monetary", "p_alive", "expected", "clv"}
}

// check holds the flags against each other and returns the horizon.
func (c *clvCommand) check() (clv.Horizon, error) {
	h := clv.Horizon{Periods: c.horizon, Length: 1, Rate: c.discount}
	if h.Periods == 0 {
		h.Periods = map[string]int{"day": 365, "week": 52, "month": 12}[c.unit.word]
	}
	if c.model.word == "gamma_gamma" && !c.fit {
		return h, wrongUse("-model gamma_gamma says nothing of purchases: it is for -fit only")
	}
	return h, h.Validate()
}

// fitModel fits the model of purchases.
func (c *clvCommand) fitModel(b buyers) (clv.Model, clv.Fit, error) {
	sample, err := clv.NewSample(b.list...)
	if err != nil {
		return nil, clv.Fit{}, err
	}
	if c.model.word == "pareto" {
		return clv.FitParetoNBD(background(), sample, clv.FitOptions{})
	}
	return clv.FitBGNBD(background(), sample, clv.FitOptions{})
}

// fitSpend fits the model of spend. Where that cannot be done it says why, and
// customers have no value.
func (c *clvCommand) fitSpend(j *job, b buyers) clv.GammaGamma {
	if !b.paid {
		j.notef("no column of amounts, so no monetary and no clv")
		return clv.GammaGamma{}
	}
	sample, refunded, err := b.spends()
	if refunded > 0 {
		j.notef("%d customers with a mean spend that is not positive have no clv", refunded)
	}
	if err == nil {
		var g clv.GammaGamma
		var fit clv.Fit
		if g, fit, err = clv.FitGammaGamma(background(), sample, clv.FitOptions{}); err == nil {
			c.tellSpend(j, g, fit)
			return g
		}
	}
	j.notef("no clv: %v", err)
	return clv.GammaGamma{}
}

func (c *clvCommand) tellSpend(j *job, g clv.GammaGamma, fit clv.Fit) {
	if fit.Status != clv.Converged {
		j.notef("the fit of spend ended with status %v: do not rely on clv", fit.Status)
	}
	if !g.HasMean() {
		j.notef("no clv: spend has no finite mean (q = %.4g)", g.Q)
	}
}

func (c *clvCommand) print(j *job, b buyers, m clv.Model, g clv.GammaGamma, h clv.Horizon) {
	j.out.begin(clvColumns()...)
	for i, o := range b.list {
		worth := value{}
		if g != (clv.GammaGamma{}) {
			worth = number(clv.Value(m, g, o, h))
		}
		j.out.row(text(b.names[i]), integer(o.X), number(o.Tx, true), number(o.T, true), number(o.Mean, o.X > 0 && b.paid),
			number(m.Alive(o)), number(m.Expected(o, float64(h.Periods)*h.Length)), worth)
	}
}

// fitted is the document of -fit.
type fitted struct {
	Model          string              `json:"model"`
	Parameters     map[string]float64  `json:"parameters"`
	StandardErrors map[string]*float64 `json:"standard_errors"` //nolint:tagliatelle // the names of CSV columns, which scripts rely on
	LogLikelihood  float64             `json:"log_likelihood"`  //nolint:tagliatelle // the same
	Customers      int64               `json:"customers"`
	Distinct       int                 `json:"distinct"`
	Status         clv.Status          `json:"status"`
}

func (c *clvCommand) printFit(j *job, b buyers) error {
	var fit clv.Fit
	var err error
	if c.model.word == "gamma_gamma" {
		sample, refunded, bad := b.spends()
		if bad != nil {
			return bad
		}
		if refunded > 0 {
			j.notef("%d customers with a mean spend that is not positive are left out", refunded)
		}
		_, fit, err = clv.FitGammaGamma(background(), sample, clv.FitOptions{})
	} else {
		_, fit, err = c.fitModel(b)
	}
	if err != nil {
		return err
	}
	doc := fitted{
		Model: c.model.word, Parameters: map[string]float64{}, StandardErrors: map[string]*float64{},
		LogLikelihood: fit.LogLikelihood, Customers: fit.Customers, Distinct: fit.Distinct, Status: fit.Status,
	}
	for _, p := range fit.Parameters {
		doc.Parameters[p.Name] = p.Value
		doc.StandardErrors[p.Name] = nil
		if se, ok := fit.StandardError(p.Name); ok {
			doc.StandardErrors[p.Name] = &se
		}
	}
	return j.out.document(doc)
}
