package clv

import (
	"context"
	"math"

	"github.com/crmrollout/crm/kpi/internal/special"
)

// FitBGNBD fits a BG/NBD model to a sample by maximum likelihood. What comes of it is
// said by Fit.Status: the model is usable in any case, but is a maximum only if
// [Converged]. The error is that of the context, or of a sample without customers
// or without time.
func FitBGNBD(ctx context.Context, s *Sample, o FitOptions) (BGNBD, Fit, error) {
	groups, rate, scale, err := s.cohortsInTime()
	if err != nil {
		return BGNBD{}, Fit{}, err
	}
	t := task{
		model: "bgnbd", names: []string{"r", "alpha", "a", "b"}, scale: []float64{1, scale, 1, 1},
		mix: shapeAndMean, start: []float64{math.Log(0.5), startRate(rate), 0, -math.Log(2)},
		objective: func(at, gradient []float64) float64 { return bgnbdObjective(groups, at, gradient) },
		customers: s.Customers(), distinct: s.Distinct(),
	}
	v, fit, err := t.run(ctx, o)
	if err != nil {
		return BGNBD{}, Fit{}, err
	}
	m := BGNBD{R: v[0], Alpha: v[1], A: v[2], B: v[3]}
	fit.LogLikelihood, _ = s.LogLikelihood(m)
	return m, fit, nil
}

// startRate returns the logarithm of the mean rate to begin with, within reason.
func startRate(rate float64) float64 { return math.Log(max(1e-3, min(1e3, rate))) }

// bgnbdObjective returns −ln L and its gradient by the logarithms of r, α, a, b.
func bgnbdObjective(groups []cohort, at, gradient []float64) float64 {
	r, alpha, a, b := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2]), math.Exp(at[3])
	var l, dr, dAlpha, da, db float64
	for _, g := range groups {
		x := g.x
		rx := r + x
		var logK float64
		if x > 0 {
			logK = math.Log(a / (b + (x - 1)))
			l += g.n * (special.LogRising(r, x) + special.LogRising(b, x) - special.LogRising(a+b, x) - x*at[1])
			dr += g.n * special.DigammaRising(r, x)
			both := special.DigammaRising(a+b, x)
			da -= g.n * both
			db += g.n * (special.DigammaRising(b, x) - both)
		}
		var left float64 // sum of the probabilities to have left
		for _, w := range g.rows {
			log := math.Log1p(w.b / alpha)
			l -= w.n * rx * log
			dr -= w.n * log
			dAlpha += w.n * (r*(w.b/alpha) - x) / (alpha + w.b)
			if x == 0 {
				continue
			}
			gap := math.Log1p((w.b - w.a) / (alpha + w.a))
			odds := logK + rx*gap
			q := logistic(odds) * w.n
			l += w.n * logOnePlusExp(odds)
			left += q
			dr += q * gap
			dAlpha -= q * rx * ((w.b - w.a) / (alpha + w.a)) / (alpha + w.b)
		}
		if x > 0 {
			da += left / a
			db -= left / (b + (x - 1))
		}
	}
	gradient[0], gradient[1], gradient[2], gradient[3] = -dr*r, -dAlpha*alpha, -da*a, -db*b
	return -l
}

// logistic returns the probability that has the logarithm of odds v.
func logistic(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
