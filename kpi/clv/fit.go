package clv

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// FitOptions are what can be chosen of a fit. The zero FitOptions are the defaults.
type FitOptions struct {
	// MaxIterations bounds the steps of the search; zero means 500.
	MaxIterations int

	// Progress, if given, is called after each step with the steps so far and their
	// bound, which a fit seldom comes near to.
	Progress func(done, total int64)
}

// A Fit says how well a model was fitted by maximum likelihood, and how far its
// parameters can be trusted.
type Fit struct {
	Model         string      `json:"model"` // bgnbd, pareto_nbd or gamma_gamma
	Status        Status      `json:"status"`
	Parameters    []Parameter `json:"parameters"` // in the order of the fields of the model
	LogLikelihood float64     `json:"logLikelihood"`
	Customers     int64       `json:"customers"`
	Distinct      int         `json:"distinct"`    // distinct observations, which the time of a fit grows with
	Iterations    int         `json:"iterations"`  // steps of the search
	Evaluations   int         `json:"evaluations"` // of the likelihood with its gradient

	// Gradient is the largest derivative of the log-likelihood by a variable of the
	// search, which are logarithms of shapes and means: about 0 at a maximum.
	Gradient float64 `json:"gradient"`

	// Correlation is that of x and m, for Gamma-Gamma; see [Spends.Correlation]. It is
	// nil if undefined.
	Correlation *float64 `json:"correlation,omitempty"`
}

// A Parameter is a fitted parameter.
type Parameter struct {
	Name  string  `json:"name"` // as in the JSON form of the model
	Value float64 `json:"value"`

	// StandardError is the root of the diagonal of the inverse information matrix. It
	// is 0 where that matrix is not positive definite, and undefined then.
	StandardError float64 `json:"standardError,omitzero"`
}

// StandardError returns that of a parameter, and false if it is undefined or there is
// no such parameter.
func (f Fit) StandardError(name string) (float64, bool) {
	for _, p := range f.Parameters {
		if p.Name == name {
			return p.StandardError, p.StandardError > 0
		}
	}
	return 0, false
}

// A task is a model to be fitted. The objective takes the logarithms of parameters,
// in units in which they are about 1. The search goes over variables that data tell
// apart better, such as the mean rate r/α beside the shape r; mix makes logarithms
// of them.
type task struct {
	model     string
	names     []string
	scale     []float64 // unit of each parameter
	mix       [][]float64
	start     []float64 // of the variables
	objective objective
	customers int64
	distinct  int
}

// run maximizes the likelihood and returns the parameters. The Fit lacks the
// log-likelihood.
func (t task) run(ctx context.Context, o FitOptions) ([]float64, Fit, error) {
	s := search{
		interrupted: ctx.Err, objective: t.mixed, progress: o.Progress,
		limit: cmp.Or(max(0, o.MaxIterations), 500),
	}
	best := s.minimize(t.start)
	if s.err != nil {
		return nil, Fit{}, fmt.Errorf("clv: fit: %w", s.err)
	}
	if math.IsInf(best.value, 0) {
		return nil, Fit{}, errors.New("clv: fit: the likelihood of these observations is no number")
	}
	fit := Fit{
		Model: t.model, Status: best.status, Customers: t.customers, Distinct: t.distinct,
		Iterations: s.iterations, Evaluations: s.evaluations, Gradient: largest(best.gradient),
	}
	values := t.logs(best.at)
	for i, v := range values {
		values[i] = math.Exp(v) * t.scale[i]
		p := Parameter{Name: t.names[i], Value: values[i]}
		if best.status == Converged {
			p.StandardError = values[i] * math.Sqrt(variance(t.mix[i], best.covariance))
		}
		fit.Parameters = append(fit.Parameters, p)
	}
	return values, fit, nil
}

// shapeAndMean is the mix of two pairs of parameters: the logarithm of the second of
// a pair is that of the first less a variable, so that the variables are shape and
// mean, as r and r/α.
var shapeAndMean = [][]float64{{1, 0, 0, 0}, {1, -1, 0, 0}, {0, 0, 1, 0}, {0, 0, 1, -1}}

// logs returns the logarithms of the parameters.
func (t task) logs(at []float64) []float64 {
	logs := make([]float64, len(at))
	for i, row := range t.mix {
		for j, k := range row {
			logs[i] += k * at[j]
		}
	}
	return logs
}

// mixed is the objective over the variables.
func (t task) mixed(at, gradient []float64) float64 {
	byLogs := make([]float64, len(at))
	value := t.objective(t.logs(at), byLogs)
	for j := range gradient {
		gradient[j] = 0
		for i, row := range t.mix {
			gradient[j] += row[j] * byLogs[i]
		}
	}
	return value
}

// variance returns that of the sum of variables with the given coefficients.
func variance(row []float64, covariance [][]float64) float64 {
	sum := 0.0
	for i, a := range row {
		for j, b := range row {
			sum += a * b * covariance[i][j]
		}
	}
	return sum
}

// A cohort is the distinct observations with the same x, for the terms of the
// likelihood that depend on x alone.
type cohort struct {
	x    float64
	n    float64 // customers
	rows []fitRow
}

// A fitRow is a distinct observation with its weight: t_x and T in units of the mean
// T, or m in units of its mean and nothing.
type fitRow struct{ a, b, n float64 }

// cohorts groups the points by x, scaled. It also returns the total x and the mean
// of the number that scale is about.
func (c *counts) cohorts(scaleBy func(point) float64) (groups []cohort, purchases, scale float64) {
	sorted := c.sorted()
	var n float64
	for _, w := range sorted {
		n += float64(w.n)
		scale += (scaleBy(w.point) - scale) * (float64(w.n) / n)
		purchases += float64(w.x) * float64(w.n)
	}
	if !(scale > 0) {
		return nil, 0, 0
	}
	for i, w := range sorted {
		if i == 0 || w.x != sorted[i-1].x {
			groups = append(groups, cohort{x: float64(w.x)})
		}
		g := &groups[len(groups)-1]
		g.n += float64(w.n)
		g.rows = append(g.rows, fitRow{w.a / scale, w.b / scale, float64(w.n)})
	}
	return groups, purchases, scale
}

// cohortsInTime returns the cohorts of a sample in units of the mean T.
func (s *Sample) cohortsInTime() (groups []cohort, rate, scale float64, err error) {
	if s.Customers() == 0 {
		return nil, 0, 0, fmt.Errorf("clv: fit: observations: %w", verdict.ErrMissing)
	}
	groups, purchases, scale := s.counts.cohorts(func(p point) float64 { return p.b })
	if groups == nil {
		return nil, 0, 0, fmt.Errorf("clv: fit: %w: all customers are observed for no time", verdict.ErrInvalid)
	}
	rate = purchases / float64(s.Customers())
	return groups, rate, scale, nil
}

// logLikelihood returns that of all customers of a sample.
func (c *counts) logLikelihood(of func(point) (float64, bool)) (float64, bool) {
	var sum, lost float64 // Neumaier's sum: lost is what rounding has taken from it
	for _, w := range c.sorted() {
		l, ok := of(w.point)
		if !ok {
			return 0, false
		}
		term := l * float64(w.n)
		next := sum + term
		if math.Abs(sum) >= math.Abs(term) {
			lost += (sum - next) + term
		} else {
			lost += (term - next) + sum
		}
		sum = next
	}
	return defined(sum + lost)
}

// LogLikelihood returns the log-likelihood of all customers of the sample under a
// model, and false if it is undefined for one of them.
func (s *Sample) LogLikelihood(m Model) (float64, bool) {
	return s.counts.logLikelihood(func(p point) (float64, bool) {
		return m.LogLikelihood(Observation{X: p.x, Tx: p.a, T: p.b})
	})
}

// LogLikelihood returns the log-likelihood of all customers under a model of spend.
func (s *Spends) LogLikelihood(g GammaGamma) (float64, bool) {
	return s.counts.logLikelihood(func(p point) (float64, bool) {
		return g.LogLikelihood(Observation{X: p.x, Mean: p.a})
	})
}
