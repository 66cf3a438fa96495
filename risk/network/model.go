package network

import (
	"cmp"
	"slices"
)

// A Model is a sound network, ready to be asked. It never changes and may be
// used by many goroutines at once. The zero Model has no nodes.
type Model struct {
	net   Network
	index map[string]int
	in    [][]arc // into each node: causes first, then inhibitors, each by place in time
	base  *shape
	place []int // of each node in time: causes before effects
}

// Compile validates the network, see [Network.Validate], and returns it ready to
// be asked. Later changes to n do not reach the model.
func Compile(n Network) (*Model, error) {
	index, err := n.index()
	if err != nil {
		return nil, err
	}
	m := &Model{net: n.clone(), index: index}
	arcs := make([]arc, len(n.Links))
	for i, l := range n.Links {
		arcs[i] = arc{index[l.From], index[l.To], i, l.Weight}
	}
	m.in = incoming(len(n.Nodes), arcs)
	m.base = newShape(m.in, nil)
	m.place = make([]int, len(n.Nodes))
	for p, i := range slices.Concat(m.base.comps...) {
		m.place[i] = p
	}
	for _, in := range m.in {
		slices.SortFunc(in, m.earlier)
	}
	return m, nil
}

// earlier orders the arcs into a node. Causes come before inhibitors, because
// what prevents acts on all causes; within each the same order everywhere keeps
// the chains of different nodes side by side, see chain.
func (m *Model) earlier(a, b arc) int {
	return cmp.Or(cmp.Compare(kind(a), kind(b)), cmp.Compare(m.place[a.from], m.place[b.from]))
}

func kind(a arc) int {
	if a.weight < 0 {
		return 1
	}
	return 0
}

// Network returns a copy of the network that the model was compiled from.
func (m *Model) Network() Network { return m.net.clone() }

// Cycles returns the strongly connected components of two or more nodes: the ids
// of risks that feed each other, in the order of the nodes, components in the
// order of causes before effects.
func (m *Model) Cycles() [][]string {
	if m.base == nil {
		return nil
	}
	return m.cyclesOf(m.base)
}

func (m *Model) cyclesOf(s *shape) [][]string {
	var all [][]string
	for _, nodes := range s.comps {
		if len(nodes) > 1 {
			all = append(all, m.net.ids(nodes))
		}
	}
	return all
}

// ancestors marks the given nodes and all from which one of them can be reached,
// not passing through nodes that are held by an intervention.
func (m *Model) ancestors(held []state, of ...int) []bool {
	need := make([]bool, len(m.in))
	for len(of) > 0 {
		i := of[len(of)-1]
		of = of[:len(of)-1]
		if need[i] {
			continue
		}
		need[i] = true
		if held[i] != free {
			continue
		}
		for _, a := range m.in[i] {
			of = append(of, a.from)
		}
	}
	return need
}
