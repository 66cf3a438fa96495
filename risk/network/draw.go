package network

import "slices"

// Draws are addressed, not streamed: the uniform number that decides whether a
// leak or a link acts in sample i is a function of the seed, the ids of what it
// decides and i alone. So adding a risk, or a worker, changes no other draw, and
// two interventions are compared under the same luck.
//
// Each id pair starts a SplitMix64 sequence of its own at a place that depends
// on all bits of seed and ids. Source: G. Steele, D. Lea, C. Flood, "Fast
// splittable pseudorandom number generators", OOPSLA 2014.
const gamma = 0x9e3779b97f4a7c15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// A source is the place where a sequence starts.
type source uint64

// A role says which decision a source is for.
type role uint64

const (
	fires  role = iota + 1 // the node comes on: by itself, on a cycle
	passes                 // no inhibitor acts on the node, on a cycle
	acts                   // the link acts, on a cycle
)

func newSource(seed uint64, r role, ids ...string) source {
	z := mix(seed + gamma*uint64(r))
	for _, id := range ids {
		z = mix(z + gamma*hash(id))
	}
	return source(z)
}

// hash is FNV-1a, 64 bits.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// at returns the number of sample i: uniform from 0, less than 1.
func (s source) at(i uint64) float64 {
	return float64(mix(uint64(s)+(i+1)*gamma)>>11) * 0x1p-53
}

// A Sampler draws states of a whole network: which risks happen in one run of
// the project. It never changes and may be used by many goroutines. It is a law by
// draws, as a simulation of costs asks for where there are too many nodes for a
// [Joint].
type Sampler struct {
	w      *world
	need   []bool
	fires  []source
	cycle  []ring // of each component, empty outside of cycles
	cyclic bool
}

// A ring is a cyclic component as the sampler sees it.
type ring struct {
	passes []source // of each node
	out    [][]spoke
}

// A spoke is an arc of a ring, ends by their places in it.
type spoke struct {
	to     int
	weight float64
	acts   source
}

// Sampler returns a sampler of the network with nodes held by intervention, as
// in [Query.Do]. Nodes that are not affected are drawn alike whatever is held,
// and whatever else is in the network.
func (m *Model) Sampler(do map[string]bool, seed uint64) (*Sampler, error) {
	w, err := m.world(Query{Do: do})
	if err != nil {
		return nil, err
	}
	need := make([]bool, len(m.in))
	for i := range need {
		need[i] = true
	}
	return w.sampler(need, seed), nil
}

func (w *world) sampler(need []bool, seed uint64) *Sampler {
	s := &Sampler{w: w, need: need, fires: make([]source, len(w.in)), cycle: make([]ring, len(w.form.comps))}
	for i, n := range w.net.Nodes {
		s.fires[i] = newSource(seed, fires, n.ID)
	}
	for c, nodes := range w.form.comps {
		if len(nodes) > 1 {
			s.cycle[c], s.cyclic = w.ring(nodes, seed), true
		}
	}
	return s
}

func (w *world) ring(nodes []int, seed uint64) ring {
	r := ring{make([]source, len(nodes)), make([][]spoke, len(nodes))}
	for to, i := range nodes {
		id := w.net.Nodes[i].ID
		r.passes[to] = newSource(seed, passes, id)
		for _, a := range w.in[i] {
			if w.form.inside(a) {
				from, _ := slices.BinarySearch(nodes, a.from)
				r.out[from] = append(r.out[from], spoke{to, a.weight, newSource(seed, acts, w.net.Nodes[a.from].ID, id)})
			}
		}
	}
	return r
}

// Draw appends the states of sample i to on and returns it: true for each node
// that is on, in the order of the network. The same i always gives the same.
func (s *Sampler) Draw(i uint64, on []bool) []bool {
	start := len(on)
	on = slices.Grow(on, len(s.w.in))[:start+len(s.w.in)]
	clear(on[start:])
	var r *room
	if s.cyclic {
		r = new(room)
	}
	s.sample(i, on[start:], r)
	return on
}
