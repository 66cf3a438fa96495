package clv

import (
	"fmt"
	"iter"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Sample is what [FitBGNBD] and [FitParetoNBD] need to know of all customers: how
// many there are with the same (x, t_x, T). It accumulates observations and merges,
// exactly and in any order; each customer must enter once. The zero Sample is empty
// and ready. It must not be copied after first use.
//
// Its size, and the time of a fit, grow with the distinct triples, which are some
// hundreds to thousands for times in whole days, however many the customers.
type Sample struct{ counts counts }

// NewSample returns the sample of the observations. The error tells every fault, by
// index.
func NewSample(observations ...Observation) (*Sample, error) {
	var s Sample
	var faults verdict.Faults
	for i, o := range observations {
		if err := s.Add(o); err != nil {
			faults.Add(verdict.At("observations", i), o.Validate())
		}
	}
	if err := wrap(&faults); err != nil {
		return nil, err
	}
	return &s, nil
}

// Add records one customer. It refuses what [Observation.Validate] does.
func (s *Sample) Add(o Observation) error { return s.AddN(o, 1) }

// AddN records n customers with the same observation, n ≥ 1.
func (s *Sample) AddN(o Observation, n int64) error {
	if !o.usable() {
		return fmt.Errorf("clv: %w", o.Validate())
	}
	return s.counts.add(point{o.X, o.Tx + 0, o.T + 0}, n)
}

// Merge adds the customers of other, which may be s itself. On error, which is that
// of more than 2⁶³−1 customers, s is unchanged.
func (s *Sample) Merge(other *Sample) error { return s.counts.merge(&other.counts) }

// Customers returns the number of customers.
func (s *Sample) Customers() int64 { return s.counts.total }

// Distinct returns the number of distinct (x, t_x, T).
func (s *Sample) Distinct() int { return len(s.counts.n) }

// All yields the distinct observations with the number of customers, in ascending
// order of x, t_x and T.
func (s *Sample) All() iter.Seq2[Observation, int64] {
	return func(yield func(Observation, int64) bool) {
		for _, w := range s.counts.sorted() {
			if !yield(Observation{X: w.x, Tx: w.a, T: w.b}, w.n) {
				return
			}
		}
	}
}

// MarshalBinary returns the binary form: versioned, and the same for the same
// customers in whatever order and grouping they came.
func (s *Sample) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// AppendBinary appends the binary form to b.
func (s *Sample) AppendBinary(b []byte) ([]byte, error) { return s.counts.append(b, kindSample), nil }

// UnmarshalBinary replaces s by what [Sample.MarshalBinary] wrote, and accepts
// nothing else. The error wraps [ErrFormat], and s is unchanged then.
func (s *Sample) UnmarshalBinary(data []byte) error {
	c, err := readCounts(data, kindSample, func(p point) bool {
		return Observation{X: p.x, Tx: p.a, T: p.b}.usable()
	})
	if err == nil {
		s.counts = c
	}
	return err
}

// Spends is what [FitGammaGamma] needs to know of all customers with repeat
// purchases: how many there are with the same (x, m). It accumulates like a
// [Sample].
type Spends struct{ counts counts }

// Add records one customer; one without repeat purchases is passed over. It refuses
// what [Observation.Validate] and [Observation.ValidateMean] do.
func (s *Spends) Add(o Observation) error { return s.AddN(o, 1) }

// AddN records n customers with the same observation, n ≥ 1.
func (s *Spends) AddN(o Observation, n int64) error {
	var faults verdict.Faults
	faults.Add("", o.Validate())
	faults.Add("", o.ValidateMean())
	if err := wrap(&faults); err != nil {
		return err
	}
	if o.X == 0 {
		return nil
	}
	return s.counts.add(point{o.X, o.Mean, 0}, n)
}

// Merge adds the customers of other, which may be s itself. On error, which is that
// of more than 2⁶³−1 customers, s is unchanged.
func (s *Spends) Merge(other *Spends) error { return s.counts.merge(&other.counts) }

// Customers returns the number of customers with repeat purchases.
func (s *Spends) Customers() int64 { return s.counts.total }

// Distinct returns the number of distinct (x, m).
func (s *Spends) Distinct() int { return len(s.counts.n) }

// All yields the distinct x and m, as observations without times, with the number of
// customers, in ascending order.
func (s *Spends) All() iter.Seq2[Observation, int64] {
	return func(yield func(Observation, int64) bool) {
		for _, w := range s.counts.sorted() {
			if !yield(Observation{X: w.x, Mean: w.a}, w.n) {
				return
			}
		}
	}
}

// Correlation returns Pearson's correlation of x and m over the customers. The
// Gamma-Gamma model takes it for nil: where it is not, lifetime values are biased.
// It is undefined unless both vary.
func (s *Spends) Correlation() (float64, bool) {
	rows := s.counts.sorted()
	var n, meanX, meanM float64
	for _, w := range rows {
		n += float64(w.n)
		meanX += float64(w.n) * ((float64(w.x) - meanX) / n)
		meanM += float64(w.n) * ((w.a - meanM) / n)
	}
	var xx, xm, mm float64
	for _, w := range rows {
		dx, dm := float64(w.x)-meanX, w.a-meanM
		xx += float64(w.n) * dx * dx
		xm += float64(w.n) * dx * dm
		mm += float64(w.n) * dm * dm
	}
	if !(xx > 0 && mm > 0) || len(rows) < 2 {
		return 0, false
	}
	r, ok := defined(xm / math.Sqrt(xx) / math.Sqrt(mm))
	return max(-1, min(1, r)), ok
}

// MarshalBinary returns the binary form, as [Sample.MarshalBinary] does.
func (s *Spends) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// AppendBinary appends the binary form to b.
func (s *Spends) AppendBinary(b []byte) ([]byte, error) { return s.counts.append(b, kindSpends), nil }

// UnmarshalBinary replaces s by what [Spends.MarshalBinary] wrote, and accepts
// nothing else. The error wraps [ErrFormat], and s is unchanged then.
func (s *Spends) UnmarshalBinary(data []byte) error {
	c, err := readCounts(data, kindSpends, func(p point) bool {
		return p.x > 0 && p.x <= maxCount && p.a > 0 && p.a <= maxTime && p.b == 0
	})
	if err == nil {
		s.counts = c
	}
	return err
}
