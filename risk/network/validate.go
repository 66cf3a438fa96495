package network

// Validate reports everything that is wrong with the network, all at once, each
// fault located by its path:
//
//   - nodes[i].id: missing, or a duplicate;
//   - nodes[i].leak: not from 0 to 1;
//   - links[i].from, links[i].to: missing, or no node of that id;
//   - links[i].weight: not from -1 to 1;
//   - links[i]: a node acting on itself, a second link of the same two ends, or
//     an inhibitor on a cycle.
//
// The two directions between two nodes are different links and make a cycle.
func (n Network) Validate() error {
	_, err := n.index()
	return err
}

// index returns the position of each node, and the faults of the network.
func (n Network) index() (map[string]int, error) {
	var f faults
	index := n.nodeFaults(&f)
	arcs := n.linkFaults(index, &f)
	n.cycleFaults(arcs, &f)
	return index, f.err()
}

func (n Network) nodeFaults(f *faults) map[string]int {
	index := make(map[string]int, len(n.Nodes))
	for i, node := range n.Nodes {
		path := at("nodes", i)
		if node.ID == "" {
			f.addf(path+".id", "%w", ErrMissing)
		} else if _, used := index[node.ID]; used {
			f.addf(path+".id", "%w %s", ErrDuplicate, quote(node.ID))
		} else {
			index[node.ID] = i
		}
		f.probability(path+".leak", node.Leak, 0)
	}
	return index
}

// linkFaults returns the links whose ends are known, as arcs.
func (n Network) linkFaults(index map[string]int, f *faults) []arc {
	arcs := make([]arc, 0, len(n.Links))
	seen := make(map[[2]string]bool, len(n.Links))
	for i, l := range n.Links {
		path := at("links", i)
		from, ok1 := n.end(index, path+".from", l.From, f)
		to, ok2 := n.end(index, path+".to", l.To, f)
		f.probability(path+".weight", l.Weight, -1)
		pair := [2]string{l.From, l.To}
		switch {
		case !ok1 || !ok2:
		case from == to:
			f.addf(path, "%w: %s", ErrSelfLink, quote(l.From))
		case seen[pair]:
			f.addf(path, "%w link from %s to %s", ErrDuplicate, quote(l.From), quote(l.To))
		default:
			seen[pair] = true
			arcs = append(arcs, arc{from, to, i, l.Weight})
		}
	}
	return arcs
}

func (n Network) end(index map[string]int, path, id string, f *faults) (int, bool) {
	i, ok := index[id]
	switch {
	case id == "":
		f.addf(path, "%w", ErrMissing)
	case !ok:
		f.addf(path, "%w %s", ErrUnknown, quote(id))
	}
	return i, ok
}

// cycleFaults records the inhibitors that lie on a cycle. Percolation needs a
// cycle of causes: "on if not on" has no answer.
func (n Network) cycleFaults(arcs []arc, f *faults) {
	s := newShape(incoming(len(n.Nodes), arcs), nil)
	for _, a := range arcs {
		if a.weight < 0 && s.comp[a.from] == s.comp[a.to] {
			f.addf(at("links", a.link), "%w: %s to %s, on that of %s", ErrInhibitedCycle,
				quote(n.Nodes[a.from].ID), quote(n.Nodes[a.to].ID), quotes(n.ids(s.comps[s.comp[a.to]])))
		}
	}
}

// ids returns the ids of the nodes at the given positions.
func (n Network) ids(at []int) []string {
	ids := make([]string, len(at))
	for i, k := range at {
		ids[i] = n.Nodes[k].ID
	}
	return ids
}
