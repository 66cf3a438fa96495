package funnel

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// A Result is how many customers came how far. It is a plain value with a JSON form.
type Result struct {
	AsOf   int64       `json:"asOf"` // last second of the observation, included
	Funnel Funnel      `json:"funnel"`
	Counts Counts      `json:"counts"`
	Steps  []StepCount `json:"steps"`
	Groups []Group     `json:"groups,omitempty"` // in ascending order of Value, if the result was broken down
}

// Counts says what became of every event. Steps, Others and Later add up to
// Events.
type Counts struct {
	Events int64 `json:"events"`
	Steps  int64 `json:"steps"`  // of some step of the funnel
	Others int64 `json:"others"` // of no step; they matter only where steps must be adjacent
	Later  int64 `json:"later"`  // after the end of the observation, dropped
}

// A Group is the part of the customers with one value of the attribute. Each
// customer with a first step is in one group, so groups add up to the whole.
type Group struct {
	Value string      `json:"value"`
	Steps []StepCount `json:"steps"`
}

// A StepCount is one step of a result. In any order, the k-th is not a step of its
// own but the k-th different one that customers reached, whichever it is.
type StepCount struct {
	Name     string  `json:"name"` // in any order, that of the step in the same place
	All      Passage `json:"all"`
	Settled  Passage `json:"settled"`  // only customers whose windows, from their last anchor, are all over
	Since    Times   `json:"since"`    // since the step before
	Duration Times   `json:"duration"` // since the first step
}

// A Passage is how many customers reached a step, out of whom.
type Passage struct {
	Reached  int64 `json:"reached"`
	Previous int64 `json:"previous"` // reached the step before; the first step: Reached
	First    int64 `json:"first"`    // reached the first step
}

// NobodyBegan is the reason of a conversion rate of nobody.
const NobodyBegan = "nobody reached the step before"

// Rate returns the conversion rate from the first step, Reached / First, undefined
// if nobody reached that.
func (p Passage) Rate() ratio.Ratio { return ratio.Of(p.Reached, p.First, NobodyBegan) }

// StepRate returns the conversion rate from the step before, Reached / Previous,
// undefined if nobody reached that.
func (p Passage) StepRate() ratio.Ratio { return ratio.Of(p.Reached, p.Previous, NobodyBegan) }

// Lost returns how many reached the step before and not this one.
func (p Passage) Lost() int64 { return p.Previous - p.Reached }

// Interval returns the Wilson interval of [Passage.Rate], undefined where that is.
// The error is that of a bad level.
func (p Passage) Interval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(p.Reached, p.First, level)
}

// StepInterval returns the Wilson interval of [Passage.StepRate].
func (p Passage) StepInterval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(p.Reached, p.Previous, level)
}

// Measurement returns the conversion rate from the first step as a measurement for a
// scorecard, in percent, with what it was computed from.
func (p Passage) Measurement(on calendar.Date) kpi.Measurement {
	return kpi.Share(on, p.Reached, p.First)
}

// Conversion returns the passage from the first step to the last.
func (r Result) Conversion() Passage {
	if len(r.Steps) == 0 {
		return Passage{}
	}
	return r.Steps[len(r.Steps)-1].All
}

// A tally counts customers by how far they came, index 0 for the first step.
type tally struct {
	all, settled    [MaxSteps]int64
	since, duration [MaxSteps][]int64
}

// enter counts a customer who came at least one step.
func (t *tally) enter(j journey, window, asOf int64) {
	t.all[j.came-1]++
	if settled(j.last, window, asOf) {
		t.settled[j.came-1]++
	}
}

// settled reports whether the window that began last is over at asOf.
func settled(last, window, asOf int64) bool { return asOf-last >= window }

// follow takes down the times of a customer.
func (t *tally) follow(marks []mark, path []int) {
	for k, i := range path {
		t.since[k] = append(t.since[k], marks[i].at-marks[path[max(k-1, 0)]].at)
		t.duration[k] = append(t.duration[k], marks[i].at-marks[path[0]].at)
	}
}

// steps turns the tally, of who came exactly so far, into who came at least so far.
func (t *tally) steps(f Funnel) []StepCount {
	n := len(f.Steps)
	for k := n - 2; k >= 0; k-- {
		t.all[k] += t.all[k+1]
		t.settled[k] += t.settled[k+1]
	}
	steps := make([]StepCount, n)
	for k, s := range f.Steps {
		before := max(k-1, 0)
		steps[k] = StepCount{
			Name:    s.Name,
			All:     Passage{t.all[k], t.all[before], t.all[0]},
			Settled: Passage{t.settled[k], t.settled[before], t.settled[0]},
			Since:   timesOf(t.since[k]), Duration: timesOf(t.duration[k]),
		}
	}
	return steps
}
