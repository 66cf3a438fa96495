package clv

import (
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// A FrequencyBin compares how many customers bought again X times during the
// observation with how many the model expects. The last bin is of X or more.
type FrequencyBin struct {
	X        int64   `json:"x"`
	OrMore   bool    `json:"orMore,omitzero"`
	Actual   int64   `json:"actual"`   // customers
	Expected float64 `json:"expected"` // customers
}

// A HoldoutBin compares what customers with X repeat purchases bought in the holdout
// with what the model expects. The last bin is of X or more.
type HoldoutBin struct {
	X         int64   `json:"x"`
	OrMore    bool    `json:"orMore,omitzero"`
	Customers int64   `json:"customers"`
	Actual    int64   `json:"actual"`   // purchases of all of them together
	Expected  float64 `json:"expected"` // purchases of all of them together
}

// ActualMean returns the purchases of a customer, undefined in an empty bin.
func (b HoldoutBin) ActualMean() (float64, bool) { return mean(float64(b.Actual), b.Customers) }

// ExpectedMean returns the expected purchases of a customer, undefined in an empty
// bin.
func (b HoldoutBin) ExpectedMean() (float64, bool) { return mean(b.Expected, b.Customers) }

func mean(sum float64, n int64) (float64, bool) {
	if n == 0 {
		return 0, false
	}
	return sum / float64(n), true
}

// errUndefined tells of a model that has no number for one of the customers.
var errUndefined = errors.New("clv: the model has no expectation for a customer")

func checkBins(m Model, n int) error {
	var faults verdict.Faults
	faults.Add("model", m.Validate())
	if n < 1 || n > MaxFrequency {
		faults.Addf("n", "%w: %d bins", verdict.ErrRange, n)
	}
	return wrap(&faults)
}

// CompareFrequencies returns the bins of 0, 1, … n−1 and of n or more repeat purchases
// during the observation, each customer over his own T: whether the model describes
// the data that it was fitted to.
func CompareFrequencies(m Model, s *Sample, n int) ([]FrequencyBin, error) {
	if err := checkBins(m, n); err != nil {
		return nil, err
	}
	bins := make([]FrequencyBin, n+1)
	for x := range bins {
		bins[x].X = int64(x)
	}
	bins[n].OrMore = true
	byTime := counts{}
	for o, customers := range s.All() {
		bins[min(o.X, int64(n))].Actual += customers
		if err := byTime.add(point{a: o.T}, customers); err != nil {
			return nil, err
		}
	}
	for _, w := range byTime.sorted() {
		ps, ok := m.Frequencies(w.a, n)
		if !ok {
			return nil, errUndefined
		}
		for x, p := range ps {
			bins[x].Expected += float64(w.n) * p
		}
	}
	return bins, nil
}

// CompareHoldout returns the bins of customers with 0, 1, … n−1 and with n or more
// repeat purchases during the observation, and what they did after it: whether the
// model foretells what it has not seen. The summary must have been made with
// Options.Holdout.
func CompareHoldout[K kpi.Key](m Model, s Summary[K], n int) ([]HoldoutBin, error) {
	if err := checkBins(m, n); err != nil {
		return nil, err
	}
	if !(s.HoldoutTime > 0) {
		return nil, fmt.Errorf("clv: options.holdout: %w", verdict.ErrMissing)
	}
	bins := make([]HoldoutBin, n+1)
	for x := range bins {
		bins[x].X = int64(x)
	}
	bins[n].OrMore = true
	for _, r := range s.Rows {
		expected, ok := m.Expected(r.Observation, s.HoldoutTime)
		if !ok {
			return nil, errUndefined
		}
		b := &bins[max(0, min(r.X, int64(n)))]
		b.Customers++
		b.Actual += r.Holdout.X
		b.Expected += expected
	}
	return bins, nil
}
