package schedule

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// PERTAssumption says what the normal approximation of [PERT] takes for granted.
const PERTAssumption = "Durations are independent, the path with the longest expected length is always the longest one, " +
	"and its length is normally distributed. Other paths that could become the longest are ignored, " +
	"so finishing early looks likelier than it is; a simulation shows by how much."

// A PERT is the single-path analysis of the program evaluation and review
// technique: the path of the longest expected length, and the normal
// distribution that stands for its length. See [PERTAssumption] for what that
// ignores, and [Plan.Simulate] for what does not ignore it.
type PERT struct {
	Path       Path                 `json:"path"`     // of two equally long ones, that with the larger variance
	Mean       float64              `json:"mean"`     // expected length, in working units from the start of the project
	Variance   float64              `json:"variance"` // sum over the path
	Rule       VarianceRule         `json:"rule"`
	Activities []ActivityExpectance `json:"activities"` // by id
}

// An ActivityExpectance is the expected duration of an activity and its
// variance; without an estimate, the planned duration and 0.
type ActivityExpectance struct {
	ID       string  `json:"id"`
	Mean     float64 `json:"mean"`
	Variance float64 `json:"variance"`
}

// PERT analyses the network in offsets, without calendars, from estimates by id;
// an activity without one takes its planned duration. Lower bounds by offset
// are kept, deadlines play no part.
//
// The variance of the path is the sum of those of the durations that its length
// depends on: a link SS from an activity leaves out that activity's duration.
//
// The error names every estimate of an unknown id or out of order, every point
// that is a day, and an invalid rule.
func (n *Network) PERT(estimates map[string]ThreePoint, rule VarianceRule) (*PERT, error) {
	var f verdict.Faults
	f.Add("", n.undated())
	if rule != 0 && !rule.IsValid() {
		f.Addf("rule", "%s: %w", rule, verdict.ErrUnknown)
	}
	for _, id := range slices.Sorted(maps.Keys(estimates)) {
		if _, ok := n.Index(id); !ok {
			f.Unknown("estimates", id)
		}
		f.Add(verdict.Key("estimates", id), estimates[id].Validate())
	}
	if err := f.Err(); err != nil {
		return nil, err
	}
	e := expected{Network: n, rule: cmp.Or(rule, ClassicVariance)}
	e.take(estimates)
	e.forward()
	return e.result(), nil
}

// A length is the expected time to an event along the longest path, and the
// variance of that path; via is its last link, −1 at its start.
type length struct {
	mean, variance float64
	via            int32
}

// longer reports whether l is longer than k, or as long and less certain.
// Lengths within a billionth are equal, whatever the order of their sums.
func (l length) longer(k length) bool {
	if tolerance := 1e-9 * max(1, math.Abs(l.mean), math.Abs(k.mean)); math.Abs(l.mean-k.mean) > tolerance {
		return l.mean > k.mean
	}
	return l.variance > k.variance*(1+1e-9)
}

// or returns the longer of l and a path by a link; of two equal ones the first
// by a link.
func (l length) or(link length) length {
	if link.longer(l) || l.via < 0 && !l.longer(link) {
		return link
	}
	return l
}

func (l length) plus(mean, variance float64) length {
	return length{l.mean + mean, l.variance + variance, l.via}
}

// expected is a forward pass with expected durations. The lengths of the paths
// to the start and to the finish of an activity are kept apart: a path that
// comes in by the finish and goes on from there does not depend on the duration.
type expected struct {
	*Network

	rule          VarianceRule
	means, spread []float64 // by position
	start, finish []length
}

func (e *expected) take(estimates map[string]ThreePoint) {
	n := e.Len()
	e.means, e.spread = make([]float64, n), make([]float64, n)
	e.start, e.finish = make([]length, n), make([]length, n)
	for p, d := range e.duration {
		e.means[p] = float64(d)
		if t, ok := estimates[e.id(p)]; ok {
			e.means[p], e.spread[p] = t.Mean(), t.Variance(e.rule)
		}
	}
}

func (e *expected) forward() {
	for p := range e.order {
		e.start[p].via = -1
		e.finish[p] = length{mean: -math.MaxFloat64, via: -1}
	}
	for _, b := range e.bounds {
		switch {
		case b.upper:
		case b.finish:
			e.finish[b.at].mean = max(e.finish[b.at].mean, float64(b.value+e.duration[b.at]))
		default:
			e.start[b.at].mean = max(e.start[b.at].mean, float64(b.value))
		}
	}
	for p := range e.order {
		e.event(p)
	}
}

// event finds the longest paths to the start and the finish of the activity at
// p.
func (e *expected) event(p int) {
	start, finish := e.start[p], e.finish[p] // what bounds ask
	for _, l := range e.incoming(p) {
		from := e.finish[e.from[l]]
		if e.typeOf(l).fromStart() {
			from = e.start[e.from[l]]
		}
		from = from.plus(float64(e.lagOf(l)), 0)
		from.via = l
		if e.typeOf(l).toFinish() {
			finish = finish.or(from)
		} else {
			start = start.or(from)
		}
	}
	byStart := start.plus(e.means[p], e.spread[p])
	if finish.longer(byStart) {
		start = finish.plus(-e.means[p], e.spread[p])
	} else {
		finish = byStart
	}
	e.start[p], e.finish[p] = start, finish
}

// incoming returns the links to p by id, so that ties do not hang on the order of
// the definition.
func (e *expected) incoming(p int) []int32 {
	links := make([]int32, 0, e.first[p+1]-e.first[p])
	for l := e.first[p]; l < e.first[p+1]; l++ {
		links = append(links, l)
	}
	slices.SortFunc(links, e.compare)
	return links
}

func (e *expected) result() *PERT {
	r := &PERT{Rule: e.rule}
	for p := range e.order {
		r.Activities = append(r.Activities, ActivityExpectance{e.id(p), e.means[p], e.spread[p]})
	}
	slices.SortFunc(r.Activities, func(a, b ActivityExpectance) int { return cmp.Compare(a.ID, b.ID) })
	if last := e.last(r.Activities); last >= 0 {
		r.Mean, r.Variance = e.finish[last].mean, e.finish[last].variance
		r.Path = e.path(last)
	}
	return r
}

// last returns the position where the longest path ends, −1 for no activities; of
// equal ones that with the most links before it.
func (e *expected) last(byID []ActivityExpectance) int {
	last, level := -1, e.levels()
	for _, a := range byID {
		p, _ := e.find(a.ID)
		switch {
		case last < 0, e.finish[p].longer(e.finish[last]),
			!e.finish[last].longer(e.finish[p]) && level[p] > level[last]:
			last = p
		}
	}
	return last
}

// path follows the longest path back from the finish of the activity at p.
func (e *expected) path(p int) Path {
	path := Path{IDs: []string{e.id(p)}}
	for l := e.finish[p].via; l >= 0; {
		path.Links = append(path.Links, e.link(int(e.to[l]), l))
		at := e.from[l]
		path.IDs = append(path.IDs, e.id(int(at)))
		if e.typeOf(l).fromStart() {
			l = e.start[at].via
		} else {
			l = e.finish[at].via
		}
	}
	slices.Reverse(path.IDs)
	slices.Reverse(path.Links)
	return path
}

// SD returns the standard deviation of the length.
func (p *PERT) SD() float64 { return math.Sqrt(p.Variance) }

// Probability returns how likely the path is to be no longer than the given
// time, by the normal approximation; see [PERTAssumption]. Without variance it
// is 0 or 1.
func (p *PERT) Probability(by float64) float64 {
	switch {
	case math.IsNaN(by):
		return 0
	case p.Variance == 0 && by >= p.Mean:
		return 1
	case p.Variance == 0:
		return 0
	default:
		return math.Erfc((p.Mean-by)/(p.SD()*math.Sqrt2)) / 2
	}
}

// Percentile returns the time that the path is no longer than with probability
// q, by the normal approximation. It returns false unless 0 < q < 1.
func (p *PERT) Percentile(q float64) (time float64, ok bool) {
	if !(q > 0 && q < 1) {
		return 0, false
	}
	return p.Mean - float64(p.SD()*math.Sqrt2*math.Erfcinv(2*q)), true
}

// String returns the path and its expected length with the standard deviation.
func (p *PERT) String() string {
	return fmt.Sprintf("%s: %.4g ± %.4g", p.Path, p.Mean, p.SD())
}
