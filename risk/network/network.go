package network

import "slices"

// A Node is a risk, or any other event that is on or off.
type Node struct {
	ID    string  `json:"id"`              // names the node, unique and not empty
	Label string  `json:"label,omitempty"` // what drawings show instead of the id
	Leak  float64 `json:"leak"`            // chance, 0 to 1, that it comes on by itself: by causes outside the network
}

// A Link says that one node acts on another.
type Link struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Weight float64 `json:"weight"` // -1 to 1: chance that From, when on, brings To about; below 0, prevents it
}

// Inhibits reports whether the link prevents what it points to: its weight is
// below zero. A weight of zero is a cause that never acts.
func (l Link) Inhibits() bool { return l.Weight < 0 }

// A Network is what is known of the dependencies between risks: a plain value.
// Only the order of drawings and results depends on the order of nodes and links.
type Network struct {
	Nodes []Node `json:"nodes,omitzero"`
	Links []Link `json:"links,omitzero"`
}

func (n Network) clone() Network {
	return Network{slices.Clone(n.Nodes), slices.Clone(n.Links)}
}

// label is what drawings show of the node.
func (n Node) label() string {
	if n.Label != "" {
		return n.Label
	}
	return n.ID
}
