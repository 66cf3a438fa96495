package control

import (
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Law is how a number is distributed: Quantile returns the value that is not
// exceeded with probability p, 0 < p < 1. It must ascend with p, be finite, and give
// the same value for the same p whenever and from whichever goroutine it is called.
// Whatever has a quantile function is a law, such as the distributions of risk/quant
// and every [github.com/crmrollout/crm/crmproject/schedule.Spread].
type Law interface {
	Quantile(p float64) float64
}

// A Delay is something that may happen and then holds up work: a risk with an impact
// on time. It happens in an iteration with probability P, and then takes one draw of
// Days from the law
//
//	0 if u ≤ 1 − P, otherwise Quantile((u − 1 + P)/P)     u uniform on (0, 1)
//
// so that with common random numbers a higher P, or a longer law, never makes it
// shorter if its days are not negative.
type Delay struct {
	ID string // not empty, and unique; it addresses the draws
	// Activities are held up, each by the days drawn; of those that are finished, or
	// that an action drops, nothing is. Without any, the finish of everything is.
	Activities []string
	P          float64 // 0 to 1
	// Days are working days of the calendar of the activity, or of the default
	// calendar if the finish is held up. Negative ones are won, by an opportunity: no
	// more than the work takes.
	Days Law
}

// Together is the law of which of some delays happen, where they hang together: one
// causes another, or something causes both. Either P lists it or From draws it. The
// probabilities of the delays themselves are then not used.
type Together struct {
	Delays []string // ids, at most [MaxTogether] if they are listed; no delay is in two laws
	// P[s] is the probability that exactly those delays happen whose bit is set in s,
	// bit i standing for Delays[i].
	P    []float64
	From States
}

// MaxTogether is the largest number of delays of a [Together] that is listed.
const MaxTogether = 20

// States draws which of some delays happen. It is used by several goroutines at once.
type States interface {
	// Draw appends to on whether each delay happens in draw i, in their order, and
	// returns it. The same i always gives the same; different ones are independent.
	// Iteration k under seed s asks for draw k + 2³²·m(s) for a mixing function m.
	Draw(i uint64, on []bool) []bool
}

// delays is what may hold up the work of several options, ready to be drawn.
type delays struct {
	all   []Delay
	ids   []string // by which is drawn whether they happen, or how long
	chain []int    // the law of which they are a part, -1 for none
	laws  []law
}

// A law is a Together that is ready to be drawn.
type law struct {
	at   []int     // of its delays
	id   string    // by which it is drawn
	cum  []float64 // cumulated probabilities of the states of a list
	from States
}

// checkDelays reports every fault of the delays; known tells the activities that some
// option has.
func (o CompareOptions) checkDelays(f *verdict.Faults, known func(id string) bool) {
	f.IDs("delays", len(o.Delays), func(i int) string { return o.Delays[i].ID })
	for i, d := range o.Delays {
		at := verdict.At("delays", i)
		for k, id := range d.Activities {
			if !known(id) {
				f.Unknown(verdict.At(at+".activities", k), id)
			} else if slices.Contains(d.Activities[:k], id) {
				f.Duplicate(verdict.At(at+".activities", k), id)
			}
		}
		if !(d.P >= 0 && d.P <= 1) {
			f.Addf(at+".p", "%v: %w", d.P, verdict.ErrRange)
		}
		if d.Days == nil {
			f.Missing(at + ".days")
		} else if low, high := d.Days.Quantile(uniformMin), d.Days.Quantile(uniformMax); !bounded(low) || !bounded(high) || low > high {
			f.Addf(at+".days", "%w: quantiles from %v to %v", verdict.ErrInvalid, low, high)
		}
	}
	o.checkTogether(f)
}

// bounded reports whether a delay is a number of days that a calendar could hold.
func bounded(days float64) bool { return math.Abs(days) <= maxDays }

// maxDays is more days than there are from the year 1 to 9999.
const maxDays = 1 << 22

func (o CompareOptions) checkTogether(f *verdict.Faults) {
	seen := map[string]bool{}
	for i, t := range o.Together {
		at := verdict.At("together", i)
		for k, id := range t.Delays {
			if !slices.ContainsFunc(o.Delays, func(d Delay) bool { return d.ID == id }) {
				f.Unknown(verdict.At(at+".delays", k), id)
			} else if seen[id] {
				f.Duplicate(verdict.At(at+".delays", k), id)
			}
			seen[id] = true
		}
		switch {
		case len(t.Delays) == 0:
			f.Missing(at + ".delays")
		case t.From != nil && t.P != nil:
			f.Addf(at+".p", "%w: both listed and drawn", verdict.ErrInvalid)
		case t.From != nil:
			if n := len(t.From.Draw(0, nil)); n != len(t.Delays) {
				f.Addf(at+".from", "%w: it draws %d states for %d delays", verdict.ErrInvalid, n, len(t.Delays))
			}
		default:
			t.checkList(at, f)
		}
	}
}

// checkList reports a list that is no law: one of another length than 2ⁿ, with what is
// no probability, or with another sum than 1.
func (t Together) checkList(at string, f *verdict.Faults) {
	if n := len(t.Delays); n > MaxTogether || len(t.P) != 1<<n {
		f.Addf(at+".p", "%w: %d probabilities for the states of %d delays", verdict.ErrRange, len(t.P), n)
		return
	}
	sum := 0.0
	for s, p := range t.P {
		if !(p >= 0 && p <= 1) {
			f.Addf(verdict.At(at+".p", s), "%v: %w", p, verdict.ErrRange)
		}
		sum += p
	}
	if !(math.Abs(sum-1) <= 1e-9) {
		f.Addf(at+".p", "%w: the probabilities add up to %v", verdict.ErrInvalid, sum)
	}
}

// delays makes the delays ready to be drawn. The options are valid.
func (o CompareOptions) delays() *delays {
	d := &delays{all: o.Delays, ids: make([]string, len(o.Delays)), chain: make([]int, len(o.Delays))}
	place := map[string]int{}
	for i, x := range o.Delays {
		place[x.ID] = i
		d.ids[i], d.chain[i] = roleDelay+x.ID, -1
	}
	for i, t := range o.Together {
		one := law{id: roleTogether + t.Delays[0], from: t.From}
		for _, id := range t.Delays {
			at := place[id]
			one.at = append(one.at, at)
			d.ids[at], d.chain[at] = roleDays+id, i
		}
		sum := 0.0
		for _, p := range t.P {
			sum += p
			one.cum = append(one.cum, sum)
		}
		d.laws = append(d.laws, one)
	}
	return d
}

// draw writes the days of every delay in an iteration to days: 0 for what does not
// happen. It returns the delay whose law broke its promise, -1 for none.
func (d *delays) draw(seed uint64, iteration int, days []float64, on []bool) (broken int) {
	clear(days)
	for _, l := range d.laws {
		happens := l.draw(seed, iteration, on)
		for k, at := range l.at {
			if happens[k] {
				days[at] = d.all[at].Days.Quantile(schedule.Draw(seed, d.ids[at], iteration))
			}
		}
	}
	for i, x := range d.all {
		if d.chain[i] < 0 {
			days[i] = x.draw(schedule.Draw(seed, d.ids[i], iteration))
		}
		if !bounded(days[i]) {
			return i
		}
		days[i] = grain(days[i])
	}
	return -1
}

// draw returns the days of a delay for a uniform draw.
func (d Delay) draw(u float64) float64 {
	if u <= 1-d.P {
		return 0
	}
	return d.Days.Quantile(min(max((u-1+d.P)/d.P, uniformMin), uniformMax))
}

// draw returns which delays of a law happen.
func (l law) draw(seed uint64, iteration int, on []bool) []bool {
	if l.from != nil {
		return l.from.Draw(mix(seed)<<32+uint64(iteration), on[:0])
	}
	state, _ := slices.BinarySearch(l.cum, schedule.Draw(seed, l.id, iteration)*l.cum[len(l.cum)-1])
	on = on[:0]
	for k := range l.at {
		on = append(on, state>>k&1 == 1)
	}
	return on
}
