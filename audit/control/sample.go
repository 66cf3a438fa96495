package control

import (
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// A sample holds the finishes of the iterations of one option, as civil days from the
// morning of the first day. Its figures are those that [schedule.Simulation] gives of
// the same finishes.
type sample struct {
	start    calendar.Date
	sorted   []float64
	finishes []float64 // by iteration
}

func newSample(start calendar.Date, finishes []float64) *sample {
	s := &sample{start: start, finishes: finishes, sorted: slices.Clone(finishes)}
	slices.Sort(s.sorted)
	return s
}

// normal95 is the two-sided normal quantile of 95 %.
const normal95 = 1.959963984540054

// The probability beyond either bound of an interval, of one of 95 % and of one of two
// that hold both with 95 %.
const (
	tail     = 0.025
	halfTail = tail / 2
)

// PercentileDate returns the day by whose evening the share q of the iterations
// finished.
func (s *sample) PercentileDate(q float64) (schedule.DateEstimate, bool) {
	at, low, high := ranks(len(s.sorted), q, tail)
	return schedule.DateEstimate{Value: s.day(at), Low: s.day(max(low, 1)), High: s.day(min(high, len(s.sorted)))}, true
}

// day returns the day whose evening is the first at or after the finish of a rank.
func (s *sample) day(rank int) calendar.Date {
	return s.start + calendar.Date(math.Ceil(s.sorted[rank-1])) - 1
}

// OnTimeBy returns the share of iterations that finished by the evening of a day.
func (s *sample) OnTimeBy(d calendar.Date) (schedule.Estimate, bool) {
	within, ok := s.until(d)
	if !ok {
		return schedule.Estimate{}, false
	}
	k, _ := slices.BinarySearchFunc(s.sorted, within, func(t, within float64) int {
		if t <= within {
			return -1
		}
		return 1
	})
	return wilson(k, len(s.sorted)), true
}

// until returns the time from the start to the evening of a day.
func (s *sample) until(d calendar.Date) (float64, bool) {
	days, ok := d.DaysSince(s.start)
	return float64(days + 1), ok
}

// ranks returns the rank, from 1, of the q-quantile among n sorted values, and those
// of its bounds, each of which is passed with at most the probability beyond: low is
// the smallest k with P(B ≤ k) > beyond, high one more than the smallest with
// P(B ≤ k) ≥ 1 − beyond, B being binomial(n, q) (H. A. David and H. N. Nagaraja,
// "Order Statistics", 3rd ed., 2003, sec. 7.1). A low of 0 and a high of n + 1 say
// that there are too few values for a bound.
func ranks(n int, q, beyond float64) (at, low, high int) {
	at = min(max(int(math.Ceil(float64(n)*q)), 1), n)
	low = binomialQuantile(n, q, beyond)
	high = n - binomialQuantile(n, 1-q, beyond) + 1 // by symmetry: the larger tail loses digits
	return at, min(low, at), max(high, at)
}

// binomialQuantile returns the smallest k with P(B ≤ k) ≥ p for a small p, summing up
// from where there are no more than rounding errors.
func binomialQuantile(n int, q, p float64) int {
	mean, sd := float64(n)*q, math.Sqrt(float64(n)*q*(1-q))
	k := max(int(mean-12*sd)-40, 0)
	term := math.Exp(choose(n, k) + float64(float64(k)*math.Log(q)) + float64(float64(n-k)*math.Log1p(-q)))
	odds := q / (1 - q)
	for sum := term; sum < p && k < n; sum += term {
		term *= float64(n-k) / float64(k+1) * odds
		k++
	}
	return k
}

// wilson returns the share k/n with its Wilson score interval (E. B. Wilson, Journal
// of the American Statistical Association 22 (1927) 209-212). n is at least 1.
func wilson(k, n int) schedule.Estimate {
	size, z2 := float64(n), normal95*normal95
	share := float64(k) / size
	center := (share + z2/(2*size)) / (1 + z2/size)
	half := normal95 / (1 + z2/size) * math.Sqrt(share*(1-share)/size+z2/(4*size*size))
	e := schedule.Estimate{Value: share, Low: max(center-half, 0), High: min(center+half, 1)}
	if k == 0 { // no rounding error at the ends
		e.Low = 0
	}
	if k == n {
		e.High = 1
	}
	return e
}
