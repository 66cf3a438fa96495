package network

import "slices"

// A graph is a world as a product of tables: the joint probability of its
// variables, not yet summed. A variable belongs to a node whose state is not
// known, or joins two links of a chain.
type graph struct {
	card    []int // number of values of each variable; 0 is off
	place   []int // of each variable in time, see sweep
	factors []factor
	node    []int // variable of each node, -1 if its state is known or it is not needed
	known   []state
	scale   product // of the factors without variables
}

// A factor is a table to be: its cells are worked out once the order of
// elimination is settled.
type factor struct {
	vars []int
	// fill sets each cell. It is given the value of each variable in the order of
	// vars, and a place to work.
	fill func(value []int) float64
}

// A builder makes the graph of a world.
type builder struct {
	*graph
	w      *world
	direct int // most parents of a node that get one table
}

// build returns the graph of the needed nodes, which must include the causes of
// each needed node that is not held. Nodes of more than direct parents become
// chains.
func (w *world) build(need []bool, direct int) *graph {
	g := &graph{node: make([]int, len(need)), known: make([]state, len(need)), scale: product{1, 0}}
	b := builder{g, w, direct}
	for i := range need {
		g.node[i] = -1
		if need[i] {
			b.declare(i)
		}
	}
	for i := range need {
		if need[i] && w.held[i] == free {
			b.family(i)
		}
	}
	return g
}

// declare settles what is known of node i and gives it a variable if it needs
// one. A node on a cycle that was seen on is known to be on, but not how soon.
func (b *builder) declare(i int) {
	top, seen := b.w.form.top[i], b.w.seen[i]
	switch {
	case b.w.held[i] != free:
		b.known[i] = b.w.held[i]
	case seen == isOff || seen == isOn && top == 1:
		b.known[i] = seen
	default:
		b.known[i] = seen
		b.node[i] = b.variable(top+1, 2*b.w.place[i]+1)
		if seen == isOn {
			b.add([]int{b.node[i]}, func(v []int) float64 { return stateOf(v[0] > 0).chance() })
		}
	}
}

func (g *graph) variable(card, place int) int {
	g.card, g.place = append(g.card, card), append(g.place, place)
	return len(g.card) - 1
}

func (b *builder) add(vars []int, fill func([]int) float64) {
	if len(vars) == 0 {
		b.scale.times(fill(nil))
		return
	}
	b.factors = append(b.factors, factor{vars, fill})
}

// A cause is an arc whose tail is not known, as the family of its head sees it.
type cause struct {
	arc
	variable int
	all      int  // the value it gives whatever its own, if it comes from outside the component
	late     bool // it gives one less than its own
}

// gives returns the value that the arc, if it acts, brings about.
func (c cause) gives(value int) int {
	switch {
	case value == 0:
		return 0
	case c.all > 0:
		return c.all
	case c.late:
		return value - 1
	default:
		return value
	}
}

// act changes the distribution d of the head: the tail has the given value.
func (c cause) act(d []float64, value int) {
	switch {
	case value == 0:
	case c.weight < 0:
		prevent(d, 1+c.weight)
	default:
		bring(d, c.gives(value), c.weight)
	}
}

// bring raises all values below to the value with the given chance.
func bring(d []float64, value int, chance float64) {
	for v := range value {
		d[value] += float64(d[v] * chance)
		d[v] *= 1 - chance
	}
}

// prevent leaves the value as it is with the given chance, and sets it to 0
// otherwise.
func prevent(d []float64, pass float64) {
	for v := 1; v < len(d); v++ {
		d[0] += float64(d[v] * (1 - pass))
		d[v] *= pass
	}
}

// A family is a node with what acts on it.
type family struct {
	node   int
	start  []float64 // distribution by the leak and the known causes
	pass   float64   // chance that no known inhibitor acts
	causes []cause   // the others
}

// family adds the factors of node i given its causes.
func (b *builder) family(i int) {
	f := b.gather(i)
	if b.known[i] == isOff && f.pass == 1 && !slices.ContainsFunc(f.causes, func(c cause) bool { return c.weight < 0 }) {
		b.absent(f)
		return
	}
	b.chain(f)
}

func (b *builder) gather(i int) family {
	top := b.w.form.top[i]
	f := family{node: i, start: make([]float64, top+1), pass: 1}
	f.start[0] = 1
	bring(f.start, top, b.w.leak[i])
	for _, a := range b.w.in[i] {
		c := cause{arc: a, variable: b.node[a.from]}
		if b.w.form.inside(a) {
			c.late = b.w.form.late[a.link]
		} else {
			c.all = top
		}
		switch known := b.known[a.from]; {
		case known == isOff:
		case known == free || c.all == 0:
			f.causes = append(f.causes, c)
		case a.weight < 0:
			f.pass *= 1 + a.weight
		default:
			bring(f.start, top, a.weight)
		}
	}
	return f
}

// absent adds the factors of a node that is off and that nothing inhibits: no
// cause acted, each by itself, so its causes stay apart however many they are.
func (b *builder) absent(f family) {
	b.scale.times(f.start[0])
	for _, c := range f.causes {
		b.add([]int{c.variable}, func(v []int) float64 {
			if c.gives(v[0]) == 0 {
				return 1
			}
			return 1 - c.weight
		})
	}
}

// chain adds the factors of a node: one if it has few causes, otherwise a chain
// of small ones, each of which adds one cause to what those before brought
// about. So the table of a node of k causes is k-1 tables of three variables.
//
// Source: D. Heckerman, "Causal independence for knowledge acquisition and
// inference", UAI 1993.
func (b *builder) chain(f family) {
	before, rest := -1, f.causes
	for first := true; first || len(rest) > 0; first = false {
		n := len(rest)
		if n > b.direct {
			n = 1
			if first {
				n = 2
			}
		}
		after := b.node[f.node]
		if n < len(rest) { // just before the cause that takes it up
			after = b.variable(len(f.start), 2*b.w.place[rest[n].from])
		}
		b.link(f, before, rest[:n], after, n == len(rest))
		before, rest = after, rest[n:]
	}
}

// link adds the factor of some causes of a family on top of the variable
// before, -1 at the start. The variable after is of the outcome: at the end that
// of the node, -1 if its state is known.
func (b *builder) link(f family, before int, causes []cause, after int, end bool) {
	var vars []int
	if before >= 0 {
		vars = append(vars, before)
	}
	for _, c := range causes {
		vars = append(vars, c.variable)
	}
	if after >= 0 {
		vars = append(vars, after)
	}
	known, work := b.known[f.node], make([]float64, len(f.start))
	b.add(vars, func(value []int) float64 {
		if before >= 0 {
			clear(work)
			work[value[0]] = 1
			value = value[1:]
		} else {
			copy(work, f.start)
		}
		for k, c := range causes {
			c.act(work, value[k])
		}
		if end {
			prevent(work, f.pass)
		}
		switch {
		case after >= 0:
			return work[value[len(causes)]]
		case known == isOn:
			return total(work[1:])
		default:
			return work[0]
		}
	})
}

func total(xs []float64) float64 {
	t := 0.0
	for _, x := range xs {
		t += x
	}
	return t
}

// table works out the cells of a factor. The last variable varies fastest.
func (s *space) table(f factor) table {
	vars := slices.Clone(f.vars)
	t := s.zero(vars)
	value, step := make([]int, len(f.vars)), make([]int, len(f.vars))
	for k, v := range f.vars {
		step[k] = s.stride(t, v)
	}
	for cell := 0; ; {
		t.cells[cell] = f.fill(value)
		k := len(value) - 1
		for ; k >= 0 && value[k] == s.card[f.vars[k]]-1; k-- {
			cell -= value[k] * step[k]
			value[k] = 0
		}
		if k < 0 {
			return t
		}
		value[k]++
		cell += step[k]
	}
}

// indicator adds a variable that tells whether a node on a cycle is on, and
// returns it; of another node, its own variable.
func (g *graph) indicator(i int) int {
	v := g.node[i]
	if g.card[v] == 2 {
		return v
	}
	told := g.variable(2, g.place[v])
	g.factors = append(g.factors, factor{[]int{v, told}, func(value []int) float64 {
		if (value[0] > 0) == (value[1] == 1) {
			return 1
		}
		return 0
	}})
	return told
}
