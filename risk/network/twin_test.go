package network_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/crmrollout/crm/risk/network"
)

// The slow twin: every combination of leaks and links is played through, so
// its cost is 2^(nodes+links). It shares nothing with the package but the
// definition: a node is on if it is reached from a leak by links that act, and
// not inhibited.
type twin struct {
	net      network.Network
	index    map[string]int
	q        network.Query
	coins    []coin
	states   map[int]float64 // probability of each state that agrees with the evidence, as a bit set
	evidence float64
}

// A coin is a leak (link < 0) or a link that may act.
type coin struct {
	node, link int
	p          float64
}

func enumerate(n network.Network, q network.Query) *twin {
	t := &twin{net: n, index: map[string]int{}, q: q, states: map[int]float64{}}
	for i, node := range n.Nodes {
		t.index[node.ID] = i
		if _, held := q.Do[node.ID]; !held {
			t.coins = append(t.coins, coin{i, -1, node.Leak})
		}
	}
	for k, l := range n.Links {
		if _, held := q.Do[l.To]; !held {
			t.coins = append(t.coins, coin{t.index[l.To], k, max(l.Weight, -l.Weight)})
		}
	}
	t.toss(0, 1, 0)
	for _, p := range t.states {
		t.evidence += p
	}
	return t
}

// toss decides the coins from k on, the heads of those before being set.
func (t *twin) toss(k int, p float64, heads uint64) {
	if p == 0 {
		return
	}
	if k < len(t.coins) {
		t.toss(k+1, p*(1-t.coins[k].p), heads)
		t.toss(k+1, p*t.coins[k].p, heads|1<<k)
		return
	}
	if s := t.settle(heads); t.agrees(s) {
		t.states[s] += p
	}
}

// settle lets nodes come on until nothing changes: stratum by stratum, since an
// inhibitor must be settled before what it acts on.
func (t *twin) settle(heads uint64) int {
	state := 0
	for range t.net.Nodes { // as many rounds as strata at most
		fixed := 0
		for id, on := range t.q.Do {
			if on {
				fixed |= 1 << t.index[id]
			}
		}
		blocked := 0
		for k, c := range t.coins {
			if c.link >= 0 && heads>>k&1 == 1 && t.net.Links[c.link].Inhibits() && state>>t.index[t.net.Links[c.link].From]&1 == 1 {
				blocked |= 1 << c.node
			}
		}
		next := fixed
		for before := -1; before != next; {
			before = next
			for k, c := range t.coins {
				if heads>>k&1 == 0 || blocked>>c.node&1 == 1 || c.link >= 0 && t.net.Links[c.link].Inhibits() {
					continue
				}
				if c.link < 0 || next>>t.index[t.net.Links[c.link].From]&1 == 1 {
					next |= 1 << c.node
				}
			}
		}
		if next == state {
			break
		}
		state = next
	}
	return state
}

func (t *twin) agrees(state int) bool {
	for id, on := range t.q.Evidence {
		if state>>t.index[id]&1 == 1 != on {
			return false
		}
	}
	return true
}

func (t *twin) chance(id string) float64 {
	p := 0.0
	for s, x := range t.states {
		if s>>t.index[id]&1 == 1 {
			p += x
		}
	}
	return p / t.evidence
}

// dagTwin enumerates the states of a network without cycles by the formula: a
// second twin, and the rival of the benchmarks.
func dagTwin(n network.Network, q network.Query) (marginals []float64, evidence float64) {
	index := map[string]int{}
	for i, node := range n.Nodes {
		index[node.ID] = i
	}
	in := make([][]network.Link, len(n.Nodes))
	for _, l := range n.Links {
		in[index[l.To]] = append(in[index[l.To]], l)
	}
	marginals = make([]float64, len(n.Nodes))
	for s := range 1 << len(n.Nodes) {
		p := 1.0
		for i, node := range n.Nodes {
			on := s>>i&1 == 1
			if held, ok := q.Do[node.ID]; ok {
				if held != on {
					p = 0
				}
			} else {
				miss, pass := 1-node.Leak, 1.0
				for _, l := range in[i] {
					if s>>index[l.From]&1 == 0 {
						continue
					}
					if l.Inhibits() {
						pass *= 1 + l.Weight
					} else {
						miss *= 1 - l.Weight
					}
				}
				if chance := (1 - miss) * pass; on {
					p *= chance
				} else {
					p *= 1 - chance
				}
			}
			if seen, ok := q.Evidence[node.ID]; ok && seen != on {
				p = 0
			}
			if p == 0 {
				break
			}
		}
		evidence += p
		for i := range n.Nodes {
			if s>>i&1 == 1 {
				marginals[i] += p
			}
		}
	}
	for i := range marginals {
		marginals[i] /= evidence
	}
	return marginals, evidence
}

// naive is the pass that takes causes to be independent of each other.
func naive(n network.Network) map[string]float64 {
	p := map[string]float64{}
	for _, node := range n.Nodes {
		miss, pass := 1-node.Leak, 1.0
		for _, l := range n.Links {
			if l.To != node.ID {
				continue
			}
			if l.Inhibits() {
				pass *= 1 + l.Weight*p[l.From]
			} else {
				miss *= 1 - l.Weight*p[l.From]
			}
		}
		p[node.ID] = (1 - miss) * pass
	}
	return p
}

// randomDAG has its nodes after their causes, and inhibitors among the links.
func randomDAG(r *rand.Rand, nodes int, density float64) network.Network {
	var n network.Network
	for i := range nodes {
		n.Nodes = append(n.Nodes, network.Node{ID: fmt.Sprintf("r%d", i), Leak: chance(r)})
		for j := range i {
			if r.Float64() < density {
				w := chance(r)
				if r.IntN(4) == 0 {
					w = -w
				}
				n.Links = append(n.Links, network.Link{From: n.Nodes[j].ID, To: n.Nodes[i].ID, Weight: w})
			}
		}
	}
	return n
}

// chance is a probability, now and then one of the corners.
func chance(r *rand.Rand) float64 {
	switch r.IntN(12) {
	case 0:
		return 0
	case 1:
		return 1
	case 2:
		return r.Float64() * 1e-6
	default:
		return r.Float64()
	}
}

// randomCyclic has links in all directions and inhibitors only where they are
// allowed.
func randomCyclic(r *rand.Rand, nodes, links int) network.Network {
	var n network.Network
	for i := range nodes {
		n.Nodes = append(n.Nodes, network.Node{ID: fmt.Sprintf("r%d", i), Leak: chance(r)})
	}
	for len(n.Links) < links {
		l := network.Link{From: n.Nodes[r.IntN(nodes)].ID, To: n.Nodes[r.IntN(nodes)].ID, Weight: chance(r)}
		if r.IntN(5) == 0 {
			l.Weight = -l.Weight
		}
		n.Links = append(n.Links, l)
		if n.Validate() != nil {
			n.Links = n.Links[:len(n.Links)-1]
			links--
		}
	}
	return n
}

// randomQuery observes some nodes and holds some.
func randomQuery(r *rand.Rand, n network.Network) network.Query {
	q := network.Query{Evidence: map[string]bool{}, Do: map[string]bool{}}
	for _, node := range n.Nodes {
		switch r.IntN(8) {
		case 0:
			q.Evidence[node.ID] = r.IntN(2) == 0
		case 1:
			q.Do[node.ID] = r.IntN(2) == 0
		}
	}
	return q
}
