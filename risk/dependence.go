package risk

import (
	"context"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/network"
	"github.com/crmrollout/crm/risk/quant"
)

// A dependence is which risks act on each other, before anything is done about
// them.
type dependence struct {
	network network.Network
	query   network.Query
	sets    [][]string // ids of the nodes that hang together, in the order of the register
}

// acts reports whether a risk is a cause.
func (d *dependence) acts(id string) bool {
	return slices.ContainsFunc(d.network.Links, func(l network.Link) bool { return l.From == id })
}

// dependence collects the links that can be calculated with and fits the leaks.
// Links that cannot be are added to the gaps.
func (r Register) dependence(ctx context.Context, asOf calendar.Date, gaps *[]Gap) (dependence, error) {
	links := r.links(asOf, gaps)
	d := dependence{
		network: network.Network{Links: links},
		query:   network.Query{Evidence: map[string]bool{}, Do: map[string]bool{}},
	}
	wanted := map[string]float64{}
	for _, risk := range r.Risks {
		if !slices.ContainsFunc(links, func(l network.Link) bool { return l.From == risk.ID || l.To == risk.ID }) {
			continue
		}
		d.network.Nodes = append(d.network.Nodes, network.Node{ID: risk.ID, Label: risk.Title})
		p, known := risk.Estimate.Probability.Float64()
		if known {
			wanted[risk.ID] = p
		}
		switch happened, over := risk.settled(asOf); {
		case !over:
		case known && (p > 0) == happened || known && p > 0 && p < 1:
			d.query.Evidence[risk.ID] = happened
		default: // it says nothing about its causes
			d.query.Do[risk.ID] = happened
		}
	}
	d.sets = connected(d.network)
	var err error
	if d.network, err = network.Fit(ctx, d.network, wanted, network.Options{}); err != nil {
		return d, fmt.Errorf("risk: causes: %w", err)
	}
	return d, nil
}

// settled reports whether it is known at asOf that the risk has happened, or
// that it has not and will not.
func (r Risk) settled(asOf calendar.Date) (happened, over bool) {
	switch r.StateAt(asOf) {
	case Occurred:
		return true, true
	case Closed:
		return slices.ContainsFunc(r.Occurrences, func(o Occurrence) bool { return o.On <= asOf }), true
	default:
		return false, false
	}
}

// links returns the links between risks that are known at asOf, but for those
// from what is settled to what is settled, which say nothing any more.
func (r Register) links(asOf calendar.Date, gaps *[]Gap) []network.Link {
	var all []network.Link
	for _, risk := range r.Risks {
		_, settled := risk.settled(asOf)
		for i, link := range risk.Causes {
			cause, ok := r.Risk(link.Risk)
			_, before := cause.settled(asOf)
			if !ok || settled && before || risk.StateAt(asOf) == Unraised || cause.StateAt(asOf) == Unraised {
				continue
			}
			if why := risk.unlinked(cause, link, asOf); why != "" {
				*gaps = append(*gaps, Gap{verdict.Key("risks", risk.ID) + verdict.At(".causes", i), why})
				continue
			}
			weight, _ := link.Weight.Float64()
			all = append(all, network.Link{From: cause.ID, To: risk.ID, Weight: weight})
		}
	}
	return all
}

// unlinked returns why a link cannot be calculated with, empty if it can.
func (r Risk) unlinked(cause Risk, link Link, asOf calendar.Date) string {
	if !link.Weight.Defined() {
		return "the link has no weight"
	}
	for _, end := range []Risk{cause, r} {
		if _, settled := end.settled(asOf); !settled && !end.Estimate.Probability.Defined() {
			return "no probability of " + verdict.Quote(end.ID) + " is given"
		}
	}
	return ""
}

// connected returns the nodes that hang together by links, whatever their
// direction.
func connected(n network.Network) [][]string {
	set := map[string]int{}
	for i, node := range n.Nodes {
		set[node.ID] = i
	}
	for range n.Nodes { // a set of k nodes has the number of its first one after k − 1 rounds at the latest
		for _, l := range n.Links {
			least := min(set[l.From], set[l.To])
			set[l.From], set[l.To] = least, least
		}
	}
	all := make([][]string, len(n.Nodes))
	for _, node := range n.Nodes {
		all[set[node.ID]] = append(all[set[node.ID]], node.ID)
	}
	return slices.DeleteFunc(all, func(ids []string) bool { return len(ids) == 0 })
}

// under returns the network with what an outlook does about the live risks.
func (d *dependence) under(live []Risk, outlook func(Risk) Outlook) network.Network {
	n := network.Network{Nodes: slices.Clone(d.network.Nodes), Links: slices.Clone(d.network.Links)}
	for _, risk := range live {
		at := slices.IndexFunc(d.network.Nodes, func(node network.Node) bool { return node.ID == risk.ID })
		p, given := risk.Estimate.Probability.Float64()
		q, left := outlook(risk).Frequency.Float64()
		if at < 0 || !given || !left || p == q {
			continue
		}
		weight := (q - p) / (1 - p)
		if q < p {
			weight = -(1 - q/p)
		}
		id := unused(n.Nodes, risk.ID+" treatment")
		n.Nodes = append(n.Nodes, network.Node{ID: id, Label: "controls and responses", Leak: 1})
		n.Links = append(n.Links, network.Link{From: id, To: risk.ID, Weight: weight})
	}
	return n
}

// unused returns id, lengthened until no node has it.
func unused(nodes []network.Node, id string) string {
	for slices.ContainsFunc(nodes, func(n network.Node) bool { return n.ID == id }) {
		id += "'"
	}
	return id
}

// join puts the law of what happens into a model, for each set of linked risks
// that have a part in it: listed, or to be drawn if it is too large for a list.
func (d *dependence) join(ctx context.Context, out *Quantified) error {
	m, err := network.Compile(out.Network)
	if err != nil {
		return fmt.Errorf("risk: causes: %w", err)
	}
	place := map[string]int{}
	for i, risk := range out.Model.Risks {
		place[risk.ID] = i
	}
	for _, set := range d.sets {
		ids := slices.DeleteFunc(slices.Clone(set), func(id string) bool { _, ok := place[id]; return !ok })
		if len(ids) > quant.MaxJoint {
			law, err := d.drawn(ctx, m, set, ids, func(id string) *quant.Risk { return &out.Model.Risks[place[id]] })
			if err != nil {
				return fmt.Errorf("risk: causes: %w", err)
			}
			out.Model.Drawn = append(out.Model.Drawn, law)
			continue
		}
		joint, err := m.Joint(ctx, ids, d.query, network.Options{})
		if err != nil {
			return fmt.Errorf("risk: causes: %w", err)
		}
		for _, id := range ids {
			out.Model.Risks[place[id]].P, _ = joint.Chance(id)
		}
		if len(ids) > 1 {
			out.Model.Joints = append(out.Model.Joints, quant.Joint{Risks: ids, P: joint.P})
		}
	}
	return nil
}
