package schedule

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// confidence is that of all intervals, and its two-sided normal quantile.
const (
	confidence = 0.95
	normal95   = 1.959963984540054
)

// An Estimate is a simulated number with its interval of 95 % confidence.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// A DateEstimate is a simulated day with its interval of 95 % confidence.
type DateEstimate struct {
	Value calendar.Date `json:"value"`
	Low   calendar.Date `json:"low"`
	High  calendar.Date `json:"high"`
}

// A Simulation is the result of [Plan.Simulate]. Times run from the start of the
// project to the finish of everything: working units in a plan of offsets, civil
// days in a plan with dates. Intervals tell how much another seed could change
// the numbers, not how good the spreads are.
type Simulation struct {
	Iterations int      `json:"iterations"`
	Planned    float64  `json:"planned"` // the finish of the plan
	Mean       Estimate `json:"mean"`    // normal interval
	SD         float64  `json:"sd"`      // sample standard deviation, 0 for one iteration
	Min        float64  `json:"min"`
	Max        float64  `json:"max"`
	// Straight is the finish if every activity takes the mean of its draws, and
	// MergeBias is how much later the mean finish is: where paths merge, the
	// latest decides, so delays add up and gains are lost.
	Straight   float64            `json:"straight"`
	MergeBias  float64            `json:"mergeBias"`
	Activities []ActivityExposure `json:"activities"` // of what was not finished, by id

	origin   calendar.Date // none without dates
	shift    uint
	finishes []int // ascending, from the start of the project
}

// An ActivityExposure is what a simulation says of one activity.
type ActivityExposure struct {
	ID string `json:"id"`
	// Criticality is the criticality index: the share of iterations in which the
	// activity was on a path that decided the finish. Its bounds are the Wilson
	// score interval.
	Criticality Estimate    `json:"criticality"`
	Share       ratio.Ratio `json:"share"`    // the index as an exact fraction
	Duration    float64     `json:"duration"` // mean of the draws, or the planned duration
}

// result sums up what the workers found.
func (s *simulator) result() (*Simulation, error) {
	m := s.model
	origin := m.origin << s.shift
	r := &Simulation{Iterations: s.iterations, shift: s.shift, finishes: s.finishes}
	if m.clock.works != nil {
		r.origin = calendar.Date(m.origin)
	}
	for i := range r.finishes {
		r.finishes[i] -= origin
	}
	slices.Sort(r.finishes)
	r.Min, r.Max = r.unscaled(r.finishes[0]), r.unscaled(r.finishes[len(r.finishes)-1])
	r.Planned = float64(s.plan.finish - m.origin)
	r.moments()
	if err := s.straight(r, origin); err != nil {
		return nil, err
	}
	r.Activities = s.exposures()
	return r, nil
}

func (r *Simulation) unscaled(t int) float64 { return math.Ldexp(float64(t), -int(r.shift)) }

// moments computes mean and standard deviation, in ascending order of finishes so
// that the sums do not depend on the workers.
func (r *Simulation) moments() {
	n := float64(len(r.finishes))
	base := r.finishes[len(r.finishes)/2]
	var first, second float64
	for _, t := range r.finishes {
		first += r.unscaled(t - base)
	}
	shift := first / n
	for _, t := range r.finishes {
		d := r.unscaled(t-base) - shift
		second += float64(d * d)
	}
	if n > 1 {
		r.SD = math.Sqrt(second / (n - 1))
	}
	mean, half := r.unscaled(base)+shift, normal95*r.SD/math.Sqrt(n)
	r.Mean = Estimate{mean, mean - half, mean + half}
}

// straight plans the network with mean durations.
func (s *simulator) straight(r *Simulation, origin int) error {
	run := newRun(s.model, s.shift, slices.Clone(s.fixed))
	for p, spread := range s.spreads {
		if spread != nil {
			run.duration[p] = int(math.Round(s.sums[p].float() / float64(s.iterations)))
		}
	}
	run.forward()
	if run.clock.lost {
		return s.model.beyond(run)
	}
	r.Straight = r.unscaled(run.total() - origin)
	r.MergeBias = r.Mean.Value - r.Straight
	return nil
}

func (s *simulator) exposures() []ActivityExposure {
	var list []ActivityExposure
	for p, state := range s.model.states {
		if state == Finished {
			continue
		}
		e := ActivityExposure{
			ID: s.model.id(p), Criticality: wilson(s.critical[p], s.iterations),
			Share: ratio.New(int64(s.critical[p]), int64(s.iterations)), Duration: float64(s.model.left[p]),
		}
		if s.spreads[p] != nil {
			e.Duration = math.Ldexp(s.sums[p].float()/float64(s.iterations), -int(s.shift))
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b ActivityExposure) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Activity returns what the simulation says of an activity, and false if there
// is none with that id or it was finished.
func (r *Simulation) Activity(id string) (ActivityExposure, bool) {
	i, ok := slices.BinarySearchFunc(r.Activities, id, func(a ActivityExposure, id string) int { return cmp.Compare(a.ID, id) })
	if !ok {
		return ActivityExposure{}, false
	}
	return r.Activities[i], true
}

// Percentile returns the time within which the share q of the iterations
// finished: the smallest one that at least q of them did not exceed. Its bounds
// are order statistics, chosen from the binomial distribution so that each is
// passed by the true percentile with a probability of at most 2.5 %; they cut at
// the smallest and the largest iteration. It returns false unless 0 < q < 1.
func (r *Simulation) Percentile(q float64) (e Estimate, ok bool) {
	if !(q > 0 && q < 1) {
		return Estimate{}, false
	}
	at, low, high := ranks(len(r.finishes), q)
	return Estimate{r.unscaled(r.finishes[at-1]), r.unscaled(r.finishes[low-1]), r.unscaled(r.finishes[high-1])}, true
}

// PercentileDate returns the day by whose evening the share q of the iterations
// finished, with the bounds of Percentile. It returns false unless 0 < q < 1 and
// the plan has dates.
func (r *Simulation) PercentileDate(q float64) (e DateEstimate, ok bool) {
	if !(q > 0 && q < 1) || r.origin == 0 {
		return DateEstimate{}, false
	}
	at, low, high := ranks(len(r.finishes), q)
	return DateEstimate{r.day(r.finishes[at-1]), r.day(r.finishes[low-1]), r.day(r.finishes[high-1])}, true
}

// day returns the day whose evening is the first at or after a finish.
func (r *Simulation) day(t int) calendar.Date {
	return r.origin + calendar.Date((t-1)>>r.shift)
}

// OnTime returns the share of iterations that finished within a time, with its
// Wilson score interval.
func (r *Simulation) OnTime(within float64) Estimate {
	n, _ := slices.BinarySearchFunc(r.finishes, within, func(t int, within float64) int {
		if r.unscaled(t) <= within {
			return -1
		}
		return 1
	})
	return wilson(n, len(r.finishes))
}

// OnTimeBy returns the share of iterations that finished by the evening of a
// day, with its Wilson score interval. It returns false if there is no such day
// or the plan has no dates.
func (r *Simulation) OnTimeBy(d calendar.Date) (e Estimate, ok bool) {
	days, ok := d.DaysSince(r.origin)
	if !ok {
		return Estimate{}, false
	}
	return r.OnTime(float64(days + 1)), true
}

// Equal reports whether r and s are the same result. It is there for packages
// that compare values through a method, such as go-cmp.
func (r *Simulation) Equal(s *Simulation) bool {
	if r == nil || s == nil {
		return r == s
	}
	return r.Iterations == s.Iterations && r.Planned == s.Planned && r.Mean == s.Mean && r.SD == s.SD &&
		r.Straight == s.Straight && r.origin == s.origin && r.shift == s.shift &&
		slices.Equal(r.finishes, s.finishes) && slices.Equal(r.Activities, s.Activities)
}

// String returns the mean and the 50th, 80th and 95th percentile.
func (r *Simulation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d iterations: mean %.4g", r.Iterations, r.Mean.Value)
	for _, q := range []float64{0.5, 0.8, 0.95} {
		if d, ok := r.PercentileDate(q); ok {
			fmt.Fprintf(&b, ", P%.0f %s", 100*q, d.Value)
		} else if e, ok := r.Percentile(q); ok {
			fmt.Fprintf(&b, ", P%.0f %.4g", 100*q, e.Value)
		}
	}
	return b.String()
}
