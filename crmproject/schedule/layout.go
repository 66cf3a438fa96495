package schedule

// A layout numbers activities in the order in which the links name them, and
// the rest after these: it gives them labels. Lists of links mostly name what
// belongs together close together, so by label nearly all that is done with the
// links of a large network stays within the caches of the processor, whatever
// the order of the activities.
type layout struct {
	arcs    []arc   // between labels
	label   []int32 // by index; one more than the label while labels are given, 0 before
	index   []int32 // by label; one more at the end
	count   int32   // of labels
	touched int32   // keeps the looks ahead from being optimised away
}

// newLayout labels n activities, and puts their labels into the arcs between
// them, which must all have ends that are known.
func newLayout(n int, arcs []arc) *layout {
	l := &layout{arcs: arcs, label: make([]int32, n), index: make([]int32, n+1)}
	for lo := 0; lo < len(arcs); lo += batch {
		l.ends(arcs[lo:min(lo+batch, len(arcs))])
	}
	for i := range l.label {
		l.label[i], l.count = l.visit(int32(i), l.count)
	}
	return l
}

// ends labels the ends of up to batch arcs, after a look at all of them, see
// batch.
func (l *layout) ends(arcs []arc) {
	var touched int32
	for i := range arcs {
		touched |= l.label[arcs[i].from] | l.label[arcs[i].to]
	}
	l.touched |= touched
	count := l.count
	for i := range arcs {
		a := &arcs[i]
		a.from, count = l.visit(a.from, count)
		a.to, count = l.visit(a.to, count)
	}
	l.count = count
}

// visit returns the label of an activity, the next one if it has none yet, and
// how many labels there are then. It does so without a branch, as no processor
// could foresee which way to go.
func (l *layout) visit(i, count int32) (label, now int32) {
	l.index[count] = i // for good if it has none
	at := l.label[i]
	fresh := int32(uint32(at-1) >> 31) // 1 if at is 0, otherwise 0
	count += fresh
	at |= count & -fresh
	l.label[i] = at
	return at - 1, count
}

// undo puts indices back into the arcs.
func (l *layout) undo() {
	for i := range l.arcs {
		a := &l.arcs[i]
		a.from, a.to = l.index[a.from], l.index[a.to]
	}
}

// rows lays the network out by topological position. It takes the layout and
// the graph apart for their memory.
func (l *layout) rows(g *graph, order []int32, duration []int) rows {
	n, m := len(order), len(l.arcs)
	r := rows{order: order, position: l.label, duration: make([]int, n), first: make([]int32, n+1), ordinal: g.heads}
	place := g.waits // by label: position
	parallel(n, func(lo, hi int) {
		for p := lo; p < hi; p++ {
			at := order[p]
			i := l.index[at]
			place[at], order[p], r.position[i], r.duration[p] = int32(p), i, int32(p), duration[i]
		}
	})
	for i := range l.arcs {
		r.first[place[l.arcs[i].to]]++
	}
	sums(r.first)
	for i := m - 1; i >= 0; i-- {
		first := &r.first[place[l.arcs[i].to]]
		*first--
		r.ordinal[*first] = int32(i)
	}
	r.from, r.to, r.weight = make([]int32, m), make([]int32, m), make([]int, m)
	r.lag, r.relation = make([]int32, m), make([]uint8, m)
	parallel(m, func(lo, hi int) { r.fill(lo, hi, l.arcs, place) })
	return r
}

// fill fills in what belongs to the links from lo to hi, in the order of
// r.ordinal.
func (r *rows) fill(lo, hi int, arcs []arc, place []int32) {
	from, to, lag, relation, weight := r.from[lo:hi], r.to[lo:hi], r.lag[lo:hi], r.relation[lo:hi], r.weight[lo:hi]
	for e, i := range r.ordinal[lo:hi] {
		a := arcs[i]
		from[e], to[e] = place[a.from], place[a.to]
		lag[e], relation[e] = a.lag, a.relation
		weight[e] = a.weigh(r.duration[from[e]], r.duration[to[e]])
	}
}

// weigh reduces a link from i to j, which take before and after units, to
//
//	start of j ≥ start of i + weight
func (a *arc) weigh(before, after int) int {
	r := unpacked(a.relation, a.lag)
	lag := r.Lag.units(before)
	if r.Type.fromStart() {
		before = 0
	}
	if !r.Type.toFinish() {
		after = 0
	}
	return lag + before - after
}
