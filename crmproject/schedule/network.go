package schedule

import (
	"slices"
	"sync"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Network is a compiled [Definition]: free of faults and of cycles, and ready
// to be planned as often as needed. It never changes; [Network.With] makes
// another one. Any number of goroutines may share it.
//
// Inside, ids are integers, and the links stand in compressed rows by
// topological position, so that both passes run through memory in order.
type Network struct {
	head      Definition // without activities and links
	works     []*calendar.Working
	ids       []string // an index is a place in the definition
	directory directory
	details   []Activity // those that are more than an id and a duration
	detail    []int32    // by index: 1 + the place in details, 0 if there is no more; nil if all are 0
	calendars []int32    // by index: which of works; nil if all have the default one
	standard  int32      // the default one
	once      sync.Once
	level     []int32 // see levels
	rows
}

// rows are the links of a network by topological position: a predecessor has a
// lower position than its successors.
type rows struct {
	order    []int32 // by position: index
	position []int32 // by index: position
	duration []int   // by position
	first    []int32 // by position: where its links begin; one more at the end
	from     []int32 // by link: position of the predecessor
	to       []int32 // by link: position of the successor, ascending
	weight   []int   // by link: start of the successor ≥ start of the predecessor + weight, in offsets
	lag      []int32 // by link: as given
	relation []uint8 // by link: type and unit of the lag
	ordinal  []int32 // by link: place in the definition
	bounds   []bound // of starts, in offsets
	dated    []string
}

// A bound limits the start of one position.
type bound struct {
	at     int32 // position
	upper  bool
	finish bool // it was said of the finish: the planned duration is off value
	value  int
}

// Len returns the number of activities.
func (n *Network) Len() int { return len(n.order) }

// Index returns the place of an activity in the definition, and false if there
// is no activity with that id.
func (n *Network) Index(id string) (int, bool) { return n.directory.find(id) }

// Activity returns a copy of the activity with the given id.
func (n *Network) Activity(id string) (Activity, bool) {
	i, ok := n.directory.find(id)
	if !ok {
		return Activity{}, false
	}
	return n.get(i).clone(), true
}

// Definition returns a copy of the data that n was compiled from.
func (n *Network) Definition() Definition {
	d := n.head
	d.Calendars = mapped(d.Calendars, Calendar.clone)
	d.Resources = slices.Clone(d.Resources)
	d.Activities = slices.Grow(d.Activities, n.Len())
	for i := range n.order {
		d.Activities = append(d.Activities, n.get(i).clone())
	}
	if len(n.from) > 0 {
		d.Links = make([]Link, len(n.from))
	}
	for p := range n.order {
		for e := n.first[p]; e < n.first[p+1]; e++ {
			d.Links[n.ordinal[e]] = n.link(p, e)
		}
	}
	return d
}

func mapped[T any](s []T, f func(T) T) []T {
	if s == nil {
		return nil
	}
	out := make([]T, len(s))
	for i, v := range s {
		out[i] = f(v)
	}
	return out
}

// link returns link e, which ends at position p.
func (n *Network) link(p int, e int32) Link {
	return Link{n.id(int(n.from[e])), n.id(p), n.relationOf(e)}
}

// id returns the id of the activity at a position.
func (n *Network) id(p int) string { return n.ids[n.order[p]] }

// get returns the activity with an index.
func (n *Network) get(i int) Activity {
	if n.detail != nil && n.detail[i] > 0 {
		return n.details[n.detail[i]-1]
	}
	return Activity{ID: n.ids[i], Duration: n.duration[n.position[i]]}
}

// at returns the activity at a position.
func (n *Network) at(p int) Activity { return n.get(int(n.order[p])) }

// calendarAt returns which calendar the activity at a position has.
func (n *Network) calendarAt(p int) int32 {
	if n.calendars == nil {
		return n.standard
	}
	return n.calendars[n.order[p]]
}

// find returns the position of an activity.
func (n *Network) find(id string) (int, bool) {
	i, ok := n.directory.find(id)
	if !ok {
		return 0, false
	}
	return int(n.position[i]), true
}

func (r *rows) typeOf(e int32) Type { return Type(r.relation[e] & 3) }

func (r *rows) unitOf(e int32) Unit { return Unit(r.relation[e] >> 2) }

func (r *rows) relationOf(e int32) Relation { return unpacked(r.relation[e], r.lag[e]) }

// lagOf returns the lag of link e in working or elapsed units.
func (r *rows) lagOf(e int32) int {
	return Lag{int(r.lag[e]), r.unitOf(e)}.units(r.duration[r.from[e]])
}

// packed puts type and unit of a relation into two bits each.
func packed(r Relation) uint8 {
	if !r.IsValid() {
		return unfit
	}
	return uint8(r.Type) | uint8(r.Lag.Unit)<<2
}

// unpacked is the inverse of packed, for a relation with a lag.
func unpacked(bits uint8, lag int32) Relation {
	return Relation{Type(bits & 3), Lag{int(lag), Unit(bits >> 2)}}
}

// levels returns, by position, the number of links of the longest chain before
// an activity.
func (n *Network) levels() []int32 {
	n.once.Do(func() {
		n.level = make([]int32, len(n.order))
		for e, from := range n.from {
			n.level[n.to[e]] = max(n.level[n.to[e]], n.level[from]+1)
		}
	})
	return n.level
}
