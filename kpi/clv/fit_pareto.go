package clv

import (
	"context"
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// FitParetoNBD fits a Pareto/NBD model to a sample by maximum likelihood; see
// [FitBGNBD]. It takes some ten times as long.
func FitParetoNBD(ctx context.Context, s *Sample, o FitOptions) (ParetoNBD, Fit, error) {
	groups, rate, scale, err := s.cohortsInTime()
	if err != nil {
		return ParetoNBD{}, Fit{}, err
	}
	t := task{
		model: "pareto_nbd", names: []string{"r", "alpha", "s", "beta"}, scale: []float64{1, scale, 1, scale},
		mix: shapeAndMean, start: []float64{math.Log(0.5), startRate(rate), math.Log(0.5), 0},
		objective: func(at, gradient []float64) float64 { return paretoObjective(groups, at, gradient) },
		customers: s.Customers(), distinct: s.Distinct(),
	}
	v, fit, err := t.run(ctx, o)
	if err != nil {
		return ParetoNBD{}, Fit{}, err
	}
	m := ParetoNBD{R: v[0], Alpha: v[1], S: v[2], Beta: v[3]}
	fit.LogLikelihood, _ = s.LogLikelihood(m)
	return m, fit, nil
}

// paretoObjective returns −ln L and its gradient by the logarithms of r, α, s, β. The
// derivatives of ln I are means under its integrand; see death.
func paretoObjective(groups []cohort, at, gradient []float64) float64 {
	m := ParetoNBD{R: math.Exp(at[0]), Alpha: math.Exp(at[1]), S: math.Exp(at[2]), Beta: math.Exp(at[3])}
	var l, dr, dAlpha, ds, dBeta float64
	for _, g := range groups {
		rx := m.R + g.x
		l += g.n * (special.LogRising(m.R, g.x) - g.x*at[1])
		dr += g.n * special.DigammaRising(m.R, g.x)
		for _, w := range g.rows {
			a, b := m.Alpha+w.b, m.Beta+w.b
			logA, logB := math.Log1p(w.b/m.Alpha), math.Log1p(w.b/m.Beta)
			l -= w.n * (rx*logA + m.S*logB)
			dr -= w.n * logA
			ds -= w.n * logB
			dAlpha += w.n * (m.R*(w.b/m.Alpha) - g.x) / a
			dBeta += w.n * m.S * (w.b / m.Beta) / b
			if w.a == w.b {
				continue
			}
			d := m.death(g.x, w.a, w.b)
			l += w.n * logOnePlusExp(d.logOdds)
			q := logistic(d.logOdds) * w.n
			dr += q * (math.Log1p((w.b-w.a)/(m.Alpha+w.a)) - d.logA)
			ds += q * (1/m.S + (math.Log1p((w.b-w.a)/(m.Beta+w.a)) - d.logB))
			dAlpha += q * rx * (1/a - d.overA)
			dBeta += q * (m.S/b - (m.S+1)*d.overB)
		}
	}
	gradient[0], gradient[1], gradient[2], gradient[3] = -dr*m.R, -dAlpha*m.Alpha, -ds*m.S, -dBeta*m.Beta
	return -l
}
