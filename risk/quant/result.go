package quant

import "math"

// An Estimate is a number together with the limits within which the truth lies. All
// three are finite, and Lo ≤ Value ≤ Hi.
type Estimate struct {
	Value float64 `json:"value"`
	Lo    float64 `json:"lo"`
	Hi    float64 `json:"hi"`
	Exact bool    `json:"exact"` // found without random draws
	Bound Bound   `json:"bound"` // what the limits mean
}

// certain is an estimate that only rounding separates from the truth.
func certain(v float64) Estimate { return Estimate{v, v, v, true, Rounding} }

// plus returns the estimate with a sure amount added.
func (e Estimate) plus(c float64) Estimate {
	e.Value, e.Lo, e.Hi = e.Value+c, e.Lo+c, e.Hi+c
	return e
}

// HalfWidth returns the greater distance of the limits from the value.
func (e Estimate) HalfWidth() float64 { return math.Max(e.Hi-e.Value, e.Value-e.Lo) }

// A Quantile is a percentile of a total: with probability P the total is not greater.
type Quantile struct {
	P        float64 `json:"p"`
	Estimate         // in the unit of the total
}

// An Exceedance is the probability that a total is greater than Above.
type Exceedance struct {
	Above    float64 `json:"above"`
	Estimate         // from 0 to 1
}

// A Point of a curve says that the total exceeds Value with probability P.
type Point struct {
	Value float64 `json:"value"`
	P     float64 `json:"p"`
}

// A Total is the distribution of the sum of costs, or of the delay.
type Total struct {
	Mean        Estimate     `json:"mean"`
	SD          Estimate     `json:"sd"`
	Quantiles   []Quantile   `json:"quantiles"`            // those asked for, in that order
	Exceedances []Exceedance `json:"exceedances,omitzero"` // those asked for, in that order
	Curve       []Point      `json:"curve"`                // Value ascends, P falls
}

// Percentile returns the quantile at p, false if p is not among those asked for.
func (t *Total) Percentile(p float64) (Estimate, bool) {
	for _, q := range t.Quantiles {
		if math.Abs(q.P-p) <= 1e-12 {
			return q.Estimate, true
		}
	}
	return Estimate{}, false
}

// A Contribution is the part of one risk in the total cost.
type Contribution struct {
	ID         string  `json:"id"`
	Mean       float64 `json:"mean"`       // expected cost: p·E[X] or rate·E[X]
	SD         float64 `json:"sd"`         // of its cost
	Covariance float64 `json:"covariance"` // of its cost and the total; negative for a hedge
	Of         float64 `json:"of"`         // variance of the total
}

// Share returns Cov(X, T)/Var(T). The shares of all risks, and that of the systemic
// factor, are 1 in sum. It is undefined (false) if the total does not vary.
func (c Contribution) Share() (float64, bool) {
	if !(c.Of > 0) {
		return 0, false
	}
	return c.Covariance / c.Of, true
}

// A Result is what [Model.Analyze] finds. It is a plain value with a JSON form.
type Result struct {
	Method     Method   `json:"method"`              // Exact or Simulation
	Why        string   `json:"why,omitzero"`        // why totals were drawn, where they might have been computed
	Iterations int64    `json:"iterations,omitzero"` // of a simulation
	Precise    bool     `json:"precise"`             // whether the precision asked for was reached; true if none was
	Cost       Total    `json:"cost"`
	Delay      *Total   `json:"delay,omitempty"` // nil if no risk has a delay
	Base       float64  `json:"base,omitzero"`   // of the model
	Repairs    []Repair `json:"repairs,omitzero"`

	// Contributions are those of the risks to the cost, in the order of the model.
	Contributions []Contribution `json:"contributions"`
	// Systemic is the contribution of the systemic factor; its Mean and SD are those
	// of the factor.
	Systemic Contribution `json:"systemic,omitzero"`
}
