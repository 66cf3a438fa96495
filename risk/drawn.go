package risk

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/risk/network"
	"github.com/crmrollout/crm/risk/quant"
)

// rarest is the least probability of what was observed that a law is drawn under:
// a thousand draws for one that agrees.
const rarest = 1e-3

// drawn returns the law of the risks with the given ids, all of one set of linked
// ones, by draws of the network: where there are too many for a [quant.Joint]. Their
// probabilities are exact, and go into the model.
func (d *dependence) drawn(ctx context.Context, m *network.Model, set, ids []string, risks func(id string) *quant.Risk) (quant.Drawn, error) {
	q := network.Query{Evidence: map[string]bool{}, Do: d.query.Do}
	for _, id := range set {
		if on, ok := d.query.Evidence[id]; ok {
			q.Evidence[id] = on
		}
	}
	beliefs, err := m.Infer(ctx, q, network.Options{})
	if err != nil {
		return quant.Drawn{}, err
	}
	if p := beliefs.Evidence; p.Value < rarest {
		return quant.Drawn{}, fmt.Errorf("what was observed among %d linked risks had a probability of %.2g, too little to draw them: %w",
			len(ids), p.Value, verdict.ErrRange)
	}
	sampler, err := m.Sampler(q.Do, 0)
	if err != nil {
		return quant.Drawn{}, err
	}
	s := states{sampler: sampler}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	for i, b := range beliefs.Nodes {
		if on, ok := q.Evidence[b.ID]; ok {
			s.seen = append(s.seen, observation{i, on})
		}
		if !wanted[b.ID] {
			continue
		}
		if !b.P.Exact {
			return quant.Drawn{}, fmt.Errorf("the probability of %s: %w", verdict.Quote(b.ID), network.ErrTooWide)
		}
		risks(b.ID).P = b.P.Value
		s.at = append(s.at, i)
	}
	return quant.Drawn{Risks: ids, From: s}, nil
}

// states draws which risks of a network happen, given what was observed.
type states struct {
	sampler *network.Sampler
	at      []int // place of each risk in the network, ascending
	seen    []observation
}

type observation struct {
	at int
	on bool
}

// Draw draws until the network agrees with what was observed, so that what is drawn
// has the law given that. Numbers of further draws are a long way from those of other
// iterations: multiples of 2⁶⁴ divided by the golden ratio keep their distance.
func (s states) Draw(i uint64, on []bool) []bool {
	const apart = 0x9e3779b97f4a7c15
	start := len(on)
	for range 1 << 16 { // in vain with a probability below 1e-28
		on = s.sampler.Draw(i, on[:start])
		if s.agrees(on[start:]) {
			break
		}
		i += apart
	}
	for k, from := range s.at {
		on[start+k] = on[start+from]
	}
	return on[:start+len(s.at)]
}

func (s states) agrees(on []bool) bool {
	for _, o := range s.seen {
		if on[o.at] != o.on {
			return false
		}
	}
	return true
}
