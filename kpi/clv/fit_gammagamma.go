package clv

import (
	"context"
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/special"
)

// FitGammaGamma fits a Gamma-Gamma model to the mean spends of customers with repeat
// purchases by maximum likelihood; see [FitBGNBD]. Fit.Correlation tells how far
// spend depends on frequency, which the model takes for independent. If the fitted Q
// is at most 1, spend has no finite mean and [GammaGamma.Spend] is undefined.
func FitGammaGamma(ctx context.Context, s *Spends, o FitOptions) (GammaGamma, Fit, error) {
	if s.Customers() == 0 {
		return GammaGamma{}, Fit{}, fmt.Errorf("clv: fit: customers with repeat purchases: %w", verdict.ErrMissing)
	}
	groups, _, scale := s.counts.cohorts(func(p point) float64 { return p.a })
	t := task{
		model: "gamma_gamma", names: []string{"p", "q", "gamma"}, scale: []float64{1, 1, scale},
		mix:       [][]float64{{1, 0, 0}, {0, 1, 0}, {-1, 1, 1}}, // the third variable is the mean spend pγ/q
		start:     []float64{math.Log(2), math.Log(3), math.Log(2. / 3)},
		objective: func(at, gradient []float64) float64 { return spendObjective(groups, at, gradient) },
		customers: s.Customers(), distinct: s.Distinct(),
	}
	v, fit, err := t.run(ctx, o)
	if err != nil {
		return GammaGamma{}, Fit{}, err
	}
	g := GammaGamma{P: v[0], Q: v[1], Gamma: v[2]}
	fit.LogLikelihood, _ = s.LogLikelihood(g)
	if r, ok := s.Correlation(); ok {
		fit.Correlation = &r
	}
	return g, fit, nil
}

// spendObjective returns −ln L and its gradient by the logarithms of p, q, γ.
func spendObjective(groups []cohort, at, gradient []float64) float64 {
	p, q, gamma := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2])
	var l, dp, dq, dGamma float64
	psiQ := special.Digamma(q)
	for _, g := range groups {
		px := p * g.x
		psiPX := special.Digamma(px)
		psi := special.Digamma(px + q)
		l -= g.n * special.LogBeta(px, q)
		dp += g.n * g.x * (psi - psiPX)
		dq += g.n * (psi - psiQ)
		for _, w := range g.rows {
			sum := g.x * w.a
			logP, logQ := math.Log1p(gamma/sum), math.Log1p(sum/gamma)
			l -= w.n * (px*logP + q*logQ + math.Log(w.a))
			dp -= w.n * g.x * logP
			dq -= w.n * logQ
			dGamma += w.n * (q/gamma - (px+q)/(gamma+sum))
		}
	}
	gradient[0], gradient[1], gradient[2] = -dp*p, -dq*q, -dGamma*gamma
	return -l
}
