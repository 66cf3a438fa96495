package network

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Infer returns the probability of every node in the world of the query.
//
// Probabilities are exact for each node whose part of the network is narrow
// enough; see [Options.MaxWidth]. The rest are estimated by samples, which the
// estimates tell. The error wraps [ErrImpossible] if the evidence cannot be,
// [ErrUnseen] if it is too rare to sample, [ErrUnknown] for each id of the query
// that names no node; or it is that of ctx.
func (m *Model) Infer(ctx context.Context, q Query, o Options) (Beliefs, error) {
	s, err := m.ask(q, o)
	if err != nil {
		return Beliefs{}, err
	}
	b := Beliefs{Nodes: make([]Belief, len(m.in)), Cycles: m.cyclesOf(s.form)}
	all := make([]int, len(m.in))
	for i, n := range m.net.Nodes {
		b.Nodes[i].ID = n.ID
		all[i] = i
	}
	p, err := s.chances(ctx, all)
	if err != nil {
		return Beliefs{}, err
	}
	for i := range all {
		b.Nodes[i].P = p.nodes[i]
	}
	b.Evidence, b.Width, b.Samples, b.Effective = p.evidence, p.width, p.samples, p.effective
	return b, nil
}

// Probability returns the probability that one node is on in the world of the
// query. Only the causes of the node and of the evidence are looked at, so it
// can be exact where all of [Model.Infer] is not. Errors are those of Infer.
func (m *Model) Probability(ctx context.Context, id string, q Query, o Options) (Estimate, error) {
	s, err := m.ask(q, o)
	if err != nil {
		return Estimate{}, err
	}
	i, err := m.node("id", id)
	if err != nil {
		return Estimate{}, err
	}
	return s.chance(ctx, i)
}

// A solver answers questions about one world.
type solver struct {
	*world
	o   Options
	job *job
}

func (m *Model) ask(q Query, o Options) (*solver, error) {
	w, err := m.world(q)
	if err = errors.Join(err, o.check()); err != nil {
		return nil, err
	}
	return &solver{w, o, newJob(o.Progress)}, nil
}

// solve returns a solver of another world.
func (s *solver) solve(w *world) *solver { return &solver{w, s.o, s.job} }

// An answer has the probabilities of some nodes.
type answer struct {
	nodes     map[int]Estimate
	evidence  Estimate
	width     int
	samples   int
	effective float64
}

// The way back needs all tables of the way forward; this many numbers are kept.
const mostKept = 1 << 25

// chances answers for the given nodes: the narrow components all at once, then
// the nodes of the others one by one, with only what each depends on, and what
// is left by samples.
func (s *solver) chances(ctx context.Context, of []int) (answer, error) {
	a := answer{nodes: make(map[int]Estimate, len(of))}
	s.known(of, a.nodes)
	l := s.layout(s.ancestors(s.held, append(s.observed(), of...)...), nil)
	sure, left := l.scale, 0
	if sure.fraction == 0 {
		return a, s.impossible(ErrImpossible)
	}
	done := make([]bool, len(l.card))
	for _, p := range l.parts {
		if p.wide || p.cells > mostKept {
			left++
			continue
		}
		r, err := s.both(ctx, l.graph, p.plan, of, a.nodes)
		if err != nil {
			return a, err
		}
		sure.timesProduct(r)
		a.width = max(a.width, p.width())
		for _, v := range p.vars {
			done[v] = true
		}
	}
	if left == 0 {
		a.evidence = s.evidence(sure)
		return a, nil
	}
	rest := slices.DeleteFunc(slices.Clone(of), func(i int) bool {
		_, known := a.nodes[i]
		return known || done[l.node[i]]
	})
	err := s.wide(ctx, rest, &a)
	return a, err
}

// evidence is the exact probability of the evidence: of none, exactly 1.
func (w *world) evidence(p product) Estimate {
	if len(w.observed()) == 0 {
		return Estimate{Value: 1, Exact: true}
	}
	return Estimate{Value: min(1, p.value()), Exact: true}
}

// known answers for the nodes that need no work.
func (s *solver) known(of []int, nodes map[int]Estimate) {
	for _, i := range of {
		state := s.held[i]
		if state == free {
			state = s.seen[i]
		}
		if state != free {
			nodes[i] = Estimate{Value: state.chance(), Exact: true}
		}
	}
}

// both runs a component forward and back, sets the probabilities of those
// nodes that are in it, and returns that of its evidence.
func (s *solver) both(ctx context.Context, g *graph, p plan, of []int, nodes map[int]Estimate) (product, error) {
	s.job.expect(2 * int64(p.cells))
	r := g.run(p, true, s.job)
	watched := map[int]int{}
	for _, i := range of {
		if v := g.node[i]; v >= 0 && r.inside[v] {
			watched[i] = r.watch(v)
		}
	}
	if err := r.forward(ctx, p); err != nil {
		return product{}, s.told(err)
	}
	share, err := r.backward(ctx)
	if err != nil {
		return product{}, err
	}
	for i, n := range watched {
		chance, ok := share[n].chanceOn()
		if !ok {
			return product{}, s.impossible(ErrImpossible)
		}
		nodes[i] = Estimate{Value: chance, Exact: true}
	}
	return r.total, nil
}

// told names the evidence in an error that is about it.
func (s *solver) told(err error) error {
	if errors.Is(err, ErrImpossible) {
		return s.impossible(err)
	}
	return err
}

// wide answers for nodes of wide components and for the evidence.
func (s *solver) wide(ctx context.Context, of []int, a *answer) error {
	found := make([]exact, len(of)+1)
	err := each(ctx, len(found), s.o.workers(), func(k int) (err error) {
		if k == len(of) {
			found[k], err = s.exactly(ctx, -1)
		} else {
			found[k], err = s.exactly(ctx, of[k])
		}
		return err
	})
	if err != nil {
		return err
	}
	var sampled []int
	for k, i := range of {
		if found[k].ok {
			a.nodes[i] = Estimate{Value: found[k].chance, Exact: true}
			a.width = max(a.width, found[k].width)
		} else {
			sampled = append(sampled, i)
		}
	}
	if e := found[len(of)]; e.ok {
		a.evidence = Estimate{Value: e.chance, Exact: true}
	}
	if len(sampled) == 0 && a.evidence.Exact {
		return nil
	}
	return s.sampled(ctx, sampled, a)
}

// sampled answers by samples for the given nodes, and for the evidence if its
// probability is not known.
func (s *solver) sampled(ctx context.Context, of []int, a *answer) error {
	t, err := s.tally(ctx, of)
	if err != nil {
		return err
	}
	for k, i := range of {
		a.nodes[i] = t.chance(k)
	}
	if !a.evidence.Exact {
		a.evidence = t.evidence()
	}
	a.samples, a.effective = s.o.samples(), t.effective()
	return nil
}

// An exact is an exact probability, if ok.
type exact struct {
	chance float64
	width  int
	ok     bool
}

// exactly returns the probability of node i, or of the evidence if i is
// negative, if that is narrow enough; only what it depends on is looked at.
func (s *solver) exactly(ctx context.Context, i int) (exact, error) {
	of, keep := s.observed(), []int(nil)
	if i >= 0 {
		of, keep = append(of, i), []int{i}
	}
	l := s.layout(s.ancestors(s.held, of...), keep)
	if l.scale.fraction == 0 {
		return exact{}, s.impossible(ErrImpossible)
	}
	parts := l.parts
	if i >= 0 {
		if l.node[i] < 0 {
			return exact{chance: l.known[i].chance(), ok: true}, nil
		}
		parts = []part{l.part(l.node[i])}
	}
	e := exact{chance: 1, ok: true}
	all := l.scale
	for _, p := range parts {
		if p.wide {
			return exact{}, nil
		}
		e.width = max(e.width, p.width())
		s.job.expect(int64(p.cells))
		r := l.run(p.plan, false, s.job)
		if err := r.forward(ctx, p.plan); err != nil {
			return exact{}, s.told(err)
		}
		all.timesProduct(r.total)
		if i >= 0 {
			chance, ok := r.rest(p.kept()).chanceOn()
			if !ok {
				return exact{}, s.impossible(ErrImpossible)
			}
			e.chance = chance
			return e, nil
		}
	}
	e.chance = s.evidence(all).Value
	return e, nil
}

// chance returns the probability of one node.
func (s *solver) chance(ctx context.Context, i int) (Estimate, error) {
	e, err := s.exactly(ctx, i)
	if err != nil {
		return Estimate{}, err
	}
	if e.ok {
		if err := s.possible(ctx); err != nil {
			return Estimate{}, err
		}
		return Estimate{Value: e.chance, Exact: true}, nil
	}
	a := answer{nodes: map[int]Estimate{}, evidence: Estimate{Exact: true}}
	if err := s.sampled(ctx, []int{i}, &a); err != nil {
		return Estimate{}, err
	}
	return a.nodes[i], nil
}

// possible fails if the evidence is known to be impossible.
func (s *solver) possible(ctx context.Context) error {
	if len(s.observed()) == 0 {
		return nil
	}
	_, err := s.exactly(ctx, -1)
	return err
}

// exactOf is chance without samples.
func (s *solver) exactOf(ctx context.Context, i int) (float64, error) {
	e, err := s.exactly(ctx, i)
	if err == nil && !e.ok {
		err = fmt.Errorf("network: %s: %w of treewidth %d", quote(s.net.Nodes[i].ID), ErrTooWide, s.o.width())
	}
	return e.chance, err
}
