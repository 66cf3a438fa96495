package quant

// A part is a unit seen in one dimension: what it adds to one total.
type part struct {
	unit   int
	value  Dist      // cost each time, or delay once
	counts []float64 // for several times: P(N ≤ n); nil if it happens at most once
	p      float64   // probability that it happens at all
	occ    place
	load   float64 // on the severity factor of its component
	shift  float64 // taken off the value, to be added to the total again
}

// A component is a set of parts that depend on each other, and on no other part.
type component struct {
	parts    []part
	severity *group // the one-factor group of severities, nil if they are independent
	reason   string // why it has no exact law, if so
}

// A dimension is one of the two totals of a model.
type dimension uint8

const (
	cost dimension = iota
	delay
)

// part returns what unit i adds to a dimension, false if nothing.
func (c *compiled) part(i int, d dimension) (part, bool) {
	u := c.units[i]
	p := part{unit: i, value: u.severity, counts: u.counts, p: u.p, occ: u.occ}
	if d == delay {
		p.value, p.counts = u.delay, nil
	}
	return p, p.value != nil && u.p > 0
}

// components splits a dimension into its components, in the order of the risks.
func (c *compiled) components(d dimension) []component {
	sets := newSets(len(c.units))
	var present []int
	for i := range c.units {
		if _, ok := c.part(i, d); ok {
			present = append(present, i)
		}
	}
	groups := c.among(present, d)
	for _, g := range groups {
		for _, i := range g.members {
			sets.join(g.members[0], i)
		}
	}
	var out []component
	for _, members := range sets.all() {
		var k component
		for _, i := range members {
			if p, ok := c.part(i, d); ok {
				k.parts = append(k.parts, p)
			}
		}
		if len(k.parts) > 0 {
			k.bind(groups)
			out = append(out, k)
		}
	}
	return out
}

// among returns the groups restricted to the units present, if at least two are
// left, and for severities those that are not points.
func (c *compiled) among(present []int, d dimension) []*group {
	in := make(map[int]bool, len(present))
	for _, i := range present {
		in[i] = true
	}
	var out []*group
	for _, g := range c.groups {
		if d == delay && g.role == Severity {
			continue
		}
		var keep []int
		for k, i := range g.members {
			if in[i] && (g.role == Occurrence || !isPoint(c.units[i].severity)) {
				keep = append(keep, k)
			}
		}
		if len(keep) > 1 {
			out = append(out, g.restrict(keep))
		}
	}
	return out
}

func isPoint(d Dist) bool {
	a, ok := d.(atomized)
	if !ok {
		return false
	}
	x, _ := a.atoms()
	return len(x) == 1
}

// restrict returns the group of the members at the given places.
func (g *group) restrict(keep []int) *group {
	r := &group{role: g.role, id: g.id, name: g.name, from: g.from}
	for _, k := range keep {
		r.members = append(r.members, g.members[k])
		if g.load != nil {
			r.load = append(r.load, g.load[k])
		}
	}
	if g.joint != nil {
		r.joint = make([]float64, 1<<len(keep))
		for s, p := range g.joint {
			r.joint[gather(s, keep)] += p
		}
	}
	return r
}

// gather returns the bits of s at the given places, in their order.
func gather(s int, places []int) int {
	out := 0
	for b, k := range places {
		out |= s >> k & 1 << b
	}
	return out
}

// bind finds the groups of a component, and whether it has an exact law: at most
// one group of severities, and every group of one factor or given by a joint.
func (k *component) bind(groups []*group) {
	at := make(map[int]int, len(k.parts))
	for i := range k.parts {
		k.parts[i].occ = place{}
		at[k.parts[i].unit] = i
	}
	for _, g := range groups {
		if _, ours := at[g.members[0]]; !ours {
			continue
		}
		switch {
		case g.from != nil:
			k.reason = g.name + " are all that is known of which risks happen"
		case g.load == nil && g.joint == nil:
			k.reason = g.name + " follow no common factor"
		}
		if g.role == Severity && k.severity != nil {
			k.reason = k.severity.name + " and " + g.name + " are linked"
		}
		if g.role == Severity {
			k.severity = g
		}
		for m, unit := range g.members {
			i := at[unit]
			if g.role == Occurrence {
				k.parts[i].occ = place{g, m}
			} else if g.load != nil {
				k.parts[i].load = g.load[m]
			}
		}
	}
}
