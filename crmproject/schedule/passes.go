package schedule

import (
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Passes holds the offsets that both passes of the critical path method give to
// the activities of a network, without calendars: the start of the project is
// 0, and every unit is worked. It is the fast way for networks that need no
// dates; [Network.Offsets] gives the same numbers with all that a [Plan] can
// tell.
//
// The zero Passes is ready. [Passes.Run] reuses its memory: from the second
// network of the same size on nothing is allocated. The methods take the place
// of an activity in the definition, see [Network.Index]; they panic if it is
// not in range. They tell of the last Run.
//
//	ES = max(0, lower bounds, ES of predecessor + weight)      EF = ES + duration
//	LF = min(deadline or finish, upper bounds, …)              LS = LF − duration
//
// The weight of a link from i to j is its lag, plus the duration of i if it
// leaves the finish of i, minus the duration of j if it ends at the finish of j
// (J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling",
// 1959; links of four types as in J. W. Fondahl, "A non-computer approach to
// the critical path method", 1961, and later precedence diagramming).
type Passes struct {
	network *Network
	early   []int // starts, by position
	late    []int
	free    []int // free floats
	finish  int
	minimum int // of the total floats
}

// Run computes both passes over n and the floats. Points of n that are days
// cannot be placed without a calendar: the error names each, and wraps
// [verdict.ErrInvalid]. It takes O(n + m) time.
func (p *Passes) Run(n *Network) error {
	if err := n.undated(); err != nil {
		return err
	}
	p.network = n
	p.early, p.late, p.free = resized(p.early, n.Len()), resized(p.late, n.Len()), resized(p.free, n.Len())
	p.forward()
	p.backward()
	return nil
}

// undated returns an error if some point of n is a day.
func (n *Network) undated() error {
	if len(n.dated) == 0 {
		return nil
	}
	var f verdict.Faults
	for _, path := range n.dated {
		f.Addf(path, "%w: a day has no place in a plan without calendars", verdict.ErrInvalid)
	}
	return f.Err()
}

// resized returns s with length n; what it holds is not defined.
func resized(s []int, n int) []int {
	if cap(s) < n {
		return make([]int, n)
	}
	return s[:n]
}

// forward computes the early starts and the finish. The links are taken one
// after the other, not activity by activity: they stand in the order of their
// successors, and an inner loop over a few links each would mislead the
// processor's branch prediction once per activity.
func (p *Passes) forward() {
	r, early := &p.network.rows, p.early
	clear(early)
	for _, b := range r.bounds {
		if !b.upper {
			early[b.at] = max(early[b.at], b.value)
		}
	}
	to, weight := r.to[:len(r.from)], r.weight[:len(r.from)]
	for e, from := range r.from {
		j := to[e]
		early[j] = max(early[j], early[from]+weight[e])
	}
	p.finish = 0
	duration := r.duration[:len(early)]
	for i, es := range early {
		p.finish = max(p.finish, es+duration[i])
	}
}

// backward computes the late starts and the free floats.
func (p *Passes) backward() {
	r, early, late, free := &p.network.rows, p.early, p.late, p.free
	deadline := p.finish
	if units, ok := p.network.head.Deadline.Offset(); ok {
		deadline = units
	}
	for i, d := range r.duration {
		late[i] = deadline - d
		free[i] = p.finish - d // the latest start that moves no other; the early start goes off below
	}
	for _, b := range r.bounds {
		if b.upper {
			late[b.at] = min(late[b.at], b.value)
		}
	}
	to, weight := r.to[:len(r.from)], r.weight[:len(r.from)]
	for e := len(to) - 1; e >= 0; e-- { //nolint:modernize // the hot loop reads three slices by one index
		i, j, w := r.from[e], to[e], weight[e]
		late[i] = min(late[i], late[j]-w)
		free[i] = min(free[i], early[j]-w)
	}
	p.minimum = 0
	for i, es := range early {
		free[i] -= es
		if tf := late[i] - es; i == 0 || tf < p.minimum {
			p.minimum = tf
		}
	}
}

// ES returns the early start of activity i.
func (p *Passes) ES(i int) int { return p.early[p.network.position[i]] }

// EF returns the early finish of activity i.
func (p *Passes) EF(i int) int { return p.ES(i) + p.duration(i) }

// LS returns the late start of activity i.
func (p *Passes) LS(i int) int { return p.late[p.network.position[i]] }

// LF returns the late finish of activity i.
func (p *Passes) LF(i int) int { return p.LS(i) + p.duration(i) }

func (p *Passes) duration(i int) int { return p.network.duration[p.network.position[i]] }

// TotalFloat returns by how much activity i can slip without moving the finish
// of the project, the deadline or an upper bound. It is negative if one of them
// cannot be met.
func (p *Passes) TotalFloat(i int) int { return p.LS(i) - p.ES(i) }

// FreeFloat returns by how much activity i can slip without moving any other,
// or the finish of the project. It is never negative.
func (p *Passes) FreeFloat(i int) int { return p.free[p.network.position[i]] }

// Finish returns the latest early finish, 0 for no activities.
func (p *Passes) Finish() int { return p.finish }

// MinFloat returns the smallest total float, 0 for no activities.
func (p *Passes) MinFloat() int { return p.minimum }

// Critical reports whether the total float of activity i is the smallest there
// is.
func (p *Passes) Critical(i int) bool { return p.TotalFloat(i) == p.minimum }
