package network

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
)

// A Query says in which world probabilities are asked for. The zero Query is
// the world as it is, with nothing observed.
type Query struct {
	// Evidence is what was observed, true for on. It changes what is believed
	// about causes as well as effects.
	Evidence map[string]bool `json:"evidence,omitzero"`
	// Do holds nodes on or off by intervention, whatever their causes: it changes
	// what is believed about effects only.
	Do map[string]bool `json:"do,omitzero"`
}

// Options say how to compute. The zero Options are the defaults.
type Options struct {
	// MaxWidth is the largest treewidth that is worked exactly: a table of
	// 2^(MaxWidth+1) numbers. 0 is 20, below 0 works nothing exactly, the largest
	// is 26.
	MaxWidth int
	// Samples is their number where an exact answer is out of reach. 0 is 131072,
	// the largest 2^40.
	Samples int
	// Seed of the samples. Equal seeds give equal samples.
	Seed uint64
	// Workers is the number of goroutines, 0 for GOMAXPROCS. No result depends on it.
	Workers int
	// Progress, if not nil, is told how much of the work known so far is done; the
	// total may grow when exact work turns out too wide. Calls never overlap.
	Progress func(done, total int64)
}

// Limits of the options.
const (
	defaultWidth   = 20
	largestWidth   = 26
	defaultSamples = 1 << 17
	largestSamples = 1 << 40
)

func (o Options) check() error {
	var f faults
	if o.MaxWidth > largestWidth {
		f.addf("maxWidth", "%w: %d, want at most %d", ErrRange, o.MaxWidth, largestWidth)
	}
	if o.Samples < 0 || int64(o.Samples) > largestSamples {
		f.addf("samples", "%w: %d, want 0 to 2^40", ErrRange, o.Samples)
	}
	if o.Workers < 0 {
		f.addf("workers", "%w: %d, want 0 or more", ErrRange, o.Workers)
	}
	return f.err()
}

func (o Options) width() int {
	if o.MaxWidth == 0 {
		return defaultWidth
	}
	return o.MaxWidth
}

func (o Options) samples() int {
	if o.Samples == 0 {
		return defaultSamples
	}
	return o.Samples
}

func (o Options) workers() int {
	if o.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return o.Workers
}

// A state is what is known of a node.
type state uint8

const (
	free state = iota // not known
	isOff
	isOn
)

func stateOf(on bool) state {
	if on {
		return isOn
	}
	return isOff
}

// chance is the probability of on, of a node whose state is known.
func (s state) chance() float64 {
	if s == isOn {
		return 1
	}
	return 0
}

// A world is a model with a query put to it.
type world struct {
	*Model
	leak []float64
	held []state // by intervention
	seen []state // by observation
	form *shape  // without the arcs into held nodes
}

// world returns the world of the query, or what is wrong with the query.
func (m *Model) world(q Query) (*world, error) {
	var f faults
	w := &world{Model: m, leak: make([]float64, len(m.in)), form: m.base}
	w.held = m.states("do", q.Do, &f)
	w.seen = m.states("evidence", q.Evidence, &f)
	if err := f.err(); err != nil {
		return nil, err
	}
	for i, n := range m.net.Nodes {
		w.leak[i] = n.Leak
		if w.held[i] != free && w.seen[i] != free && w.held[i] != w.seen[i] {
			return nil, fmt.Errorf("network: %s is held one way and observed the other: %w", quote(n.ID), ErrImpossible)
		}
	}
	if len(q.Do) > 0 || m.base == nil {
		w.form = newShape(m.in, w.held)
	}
	return w, nil
}

func (m *Model) states(what string, given map[string]bool, f *faults) []state {
	states := make([]state, len(m.in))
	for _, id := range slices.Sorted(maps.Keys(given)) {
		if i, ok := m.index[id]; ok {
			states[i] = stateOf(given[id])
		} else {
			f.addf(key(what, id), "%w %s", ErrUnknown, quote(id))
		}
	}
	return states
}

// node returns the position of the node with the given id.
func (m *Model) node(path, id string) (int, error) {
	i, ok := m.index[id]
	if !ok {
		return 0, &Fault{path, fmt.Errorf("%w %s", ErrUnknown, quote(id))}
	}
	return i, nil
}

// with returns the world with one more node held.
func (w *world) with(i int, s state) *world {
	next := *w
	next.held = slices.Clone(w.held)
	next.held[i] = s
	next.form = newShape(w.in, next.held)
	return &next
}

// leaking returns the world with another leak of one node.
func (w *world) leaking(i int, leak float64) *world {
	next := *w
	next.leak = slices.Clone(w.leak)
	next.leak[i] = leak
	return &next
}

// observed returns the positions of the observed nodes.
func (w *world) observed() []int {
	var all []int
	for i, s := range w.seen {
		if s != free {
			all = append(all, i)
		}
	}
	return all
}

// impossible is the error of evidence that cannot be.
func (w *world) impossible(err error) error {
	return fmt.Errorf("network: evidence on %s: %w", quotes(w.net.ids(w.observed())), err)
}
