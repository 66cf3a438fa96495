package network

import (
	"context"
	"fmt"
	"math"
)

// A tally adds up weighted samples. Tallies of blocks of samples are added in
// the order of the blocks, whoever drew them, so the sums do not depend on the
// number of workers.
type tally struct {
	n         float64
	sum, sum2 float64   // of the weights and their squares
	on, on2   []float64 // of those where a node is on
}

// block is how many samples are drawn in one go.
const block = 1 << 12

// tally draws samples and adds up the states of the given nodes.
func (s *solver) tally(ctx context.Context, of []int) (*tally, error) {
	need := s.ancestors(s.held, append(s.observed(), of...)...)
	sampler := s.sampler(need, s.o.Seed)
	n := s.o.samples()
	blocks := (n + block - 1) / block
	s.job.expect(int64(n))
	whole := newTally(len(of))
	// In turns, so that memory does not grow with the number of samples.
	const turn = 256
	for start := 0; start < blocks; start += turn {
		parts := make([]*tally, min(turn, blocks-start))
		err := each(ctx, len(parts), s.o.workers(), func(k int) error {
			from := (start + k) * block
			to := min(from+block, n)
			parts[k] = sampler.tally(uint64(from), uint64(to), of)
			s.job.add(int64(to - from))
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			whole.add(p)
		}
	}
	if !(whole.sum > 0) {
		return nil, s.impossible(fmt.Errorf("%w: %d drawn", ErrUnseen, n))
	}
	return whole, nil
}

func newTally(nodes int) *tally {
	return &tally{on: make([]float64, nodes), on2: make([]float64, nodes)}
}

func (s *Sampler) tally(from, to uint64, of []int) *tally {
	t := newTally(len(of))
	on, room := make([]bool, len(s.w.in)), new(room)
	for i := from; i < to; i++ {
		clear(on)
		w := s.sample(i, on, room)
		w2 := float64(w * w)
		t.n++
		t.sum += w
		t.sum2 += w2
		for k, node := range of {
			if on[node] {
				t.on[k] += w
				t.on2[k] += w2
			}
		}
	}
	return t
}

func (t *tally) add(u *tally) {
	t.n += u.n
	t.sum += u.sum
	t.sum2 += u.sum2
	for k := range t.on {
		t.on[k] += u.on[k]
		t.on2[k] += u.on2[k]
	}
}

// effective is Kish's effective sample size.
func (t *tally) effective() float64 { return t.sum / t.sum2 * t.sum }

// chance returns the self-normalised estimate p = Σwx/Σw of node k, with the
// standard error by the delta method:
//
//	se² = Σ w²(x-p)² / (Σw)²
//
// Of a node that was always or never on, that would be 0; it gets the standard
// deviation of the posterior under a uniform prior instead, about 1/n for the
// effective sample size n.
func (t *tally) chance(k int) Estimate {
	p := min(t.on[k]/t.sum, 1)
	if p == 0 || p == 1 {
		n := t.effective()
		return Estimate{Value: p, StdErr: math.Sqrt((n+1)/(n+3)) / (n + 2)}
	}
	q := 1 - p
	square := float64(t.on2[k]*q*q) + float64((t.sum2-t.on2[k])*p*p)
	return Estimate{Value: p, StdErr: math.Sqrt(max(0, square)) / t.sum}
}

// evidence returns the mean weight with its standard error.
func (t *tally) evidence() Estimate {
	mean := t.sum / t.n
	spread := max(0, t.sum2/t.n-float64(mean*mean))
	return Estimate{Value: mean, StdErr: math.Sqrt(spread / t.n)}
}
