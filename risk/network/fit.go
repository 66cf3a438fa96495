package network

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// An InfeasibleError says that no leak gives a node the probability that it was
// said to have, and names the link that is most to blame. It wraps
// [ErrInfeasible].
type InfeasibleError struct {
	ID   string  // the node
	Want float64 // the probability that was asked for
	// Least and Most are the probabilities of the node with a leak of 0 and of 1.
	Least, Most float64
	// Link is the strongest cause of the node if Want is less than Least, and its
	// strongest inhibitor if Want is more than Most; Share is the chance that it
	// acts: the probability of Link.From times the weight.
	Link  Link
	Share float64
}

// Error names the node, the probabilities and the link.
func (e *InfeasibleError) Error() string {
	leak, bound, does := 0, e.Least, "brings it about"
	if e.Want > e.Most {
		leak, bound, does = 1, e.Most, "prevents it"
	}
	return fmt.Sprintf("network: %s cannot have probability %v: with a leak of %d it has %.6g, since the link from %s, weight %v, alone %s with chance %.6g",
		quote(e.ID), e.Want, leak, bound, quote(e.Link.From), e.Link.Weight, does, e.Share)
}

// Unwrap returns [ErrInfeasible].
func (e *InfeasibleError) Unwrap() error { return ErrInfeasible }

// Fit returns the network with the leaks of the given nodes changed so that each
// has the given probability, causes included: what people estimate is how
// likely a risk is, not how likely it is without its causes. The leaks of other
// nodes stay.
//
// With the rest fixed, the probability of a node is linear in its leak,
//
//	P(leak) = P(0) + leak·(P(1) - P(0)),
//
// so a leak is the solution of one equation; the nodes are taken causes first.
// Nodes of one cycle depend on each other and are taken in turns until all
// agree within 1e-13, which fails with an error where weights next to 1 make
// them all but one node.
//
// The error is that of [Compile], located by path for probabilities that are not
// from 0 to 1, an [InfeasibleError] for each node that cannot have its
// probability, except those that come after one, or wraps [ErrTooWide]: leaks are
// not fitted to samples.
func Fit(ctx context.Context, n Network, marginals map[string]float64, o Options) (Network, error) {
	m, err := Compile(n)
	if err != nil {
		return Network{}, err
	}
	s, err := m.ask(Query{}, o)
	if err = errors.Join(err, m.fittable(marginals)); err != nil {
		return Network{}, err
	}
	f := fitter{solver: s, want: make(map[int]float64, len(marginals))}
	for id, p := range marginals {
		f.want[m.index[id]] = p
	}
	if err := f.fit(ctx); err != nil {
		return Network{}, err
	}
	fitted := n.clone()
	for i := range fitted.Nodes {
		fitted.Nodes[i].Leak = f.leak[i]
	}
	return fitted, nil
}

func (m *Model) fittable(marginals map[string]float64) error {
	var f faults
	for _, id := range slices.Sorted(maps.Keys(marginals)) {
		path := key("marginals", id)
		if _, ok := m.index[id]; !ok {
			f.addf(path, "%w %s", ErrUnknown, quote(id))
		}
		f.probability(path, marginals[id], 0)
	}
	return f.err()
}

// A fitter changes the leaks of its solver's world.
type fitter struct {
	*solver
	want   map[int]float64
	failed []error
	spoilt []int // nodes that cannot have their probability
}

func (f *fitter) fit(ctx context.Context) error {
	for _, nodes := range f.form.comps {
		var wanted []int
		for _, i := range nodes {
			if _, ok := f.want[i]; ok {
				wanted = append(wanted, i)
			}
		}
		if len(wanted) == 0 || f.afterSpoilt(nodes) {
			continue
		}
		if err := f.component(ctx, wanted); err != nil {
			return err
		}
	}
	return errors.Join(f.failed...)
}

func (f *fitter) afterSpoilt(nodes []int) bool {
	need := f.ancestors(f.held, nodes...)
	return slices.ContainsFunc(f.spoilt, func(i int) bool { return need[i] })
}

// How often the nodes of a cycle are taken in turn, and how well they must
// agree. Nearer than rounding is not to be had.
const (
	mostTurns = 5000
	agree     = 1e-13
	slack     = 1e-12 // by which a given probability may miss what is possible: rounding
)

// component fits the wanted nodes of one component: one for good, several in
// turns.
func (f *fitter) component(ctx context.Context, wanted []int) error {
	for _, i := range wanted {
		f.solver = f.solve(f.leaking(i, 0))
	}
	moved := 1.0
	for turn := 0; moved > agree && turn < mostTurns; turn++ {
		moved = 0
		for _, i := range wanted {
			least, most, err := f.between(ctx, i)
			if err != nil {
				return err
			}
			leak := solveLeak(f.want[i], least, most)
			moved = max(moved, math.Abs(leak-f.leak[i]))
			f.solver = f.solve(f.leaking(i, leak))
		}
		if len(wanted) == 1 {
			moved = 0
		}
	}
	if moved > agree {
		return fmt.Errorf("network: the leaks of the cycle of %s do not settle", quotes(f.net.ids(wanted)))
	}
	return f.verify(ctx, wanted)
}

// between returns the probability of a node with a leak of 0 and of 1.
func (f *fitter) between(ctx context.Context, i int) (least, most float64, err error) {
	if least, err = f.solve(f.leaking(i, 0)).exactOf(ctx, i); err != nil {
		return 0, 0, err
	}
	most, err = f.solve(f.leaking(i, 1)).exactOf(ctx, i)
	return least, most, err
}

// solveLeak returns the leak nearest to that which gives the wanted probability.
func solveLeak(want, least, most float64) float64 {
	if !(most > least) {
		return 0
	}
	return min(1, max(0, (want-least)/(most-least)))
}

// verify notes the nodes that do not have the wanted probability.
func (f *fitter) verify(ctx context.Context, wanted []int) error {
	for _, i := range wanted {
		least, most, err := f.between(ctx, i)
		if err != nil {
			return err
		}
		want := f.want[i]
		if want >= least-slack && want <= most+slack {
			continue
		}
		e := &InfeasibleError{ID: f.net.Nodes[i].ID, Want: want, Least: least, Most: most}
		if err := f.blame(ctx, i, e); err != nil {
			return err
		}
		f.failed, f.spoilt = append(f.failed, e), append(f.spoilt, i)
	}
	return nil
}

// blame finds the link that acts most often in the wrong direction.
func (f *fitter) blame(ctx context.Context, i int, e *InfeasibleError) error {
	s := f.solve(f.leaking(i, 0))
	for _, a := range f.in[i] {
		if a.weight < 0 != (e.Want > e.Most) {
			continue
		}
		p, err := s.exactOf(ctx, a.from)
		if err != nil {
			return err
		}
		if share := p * math.Abs(a.weight); e.Link.From == "" || share > e.Share {
			e.Link, e.Share = f.net.Links[a.link], share
		}
	}
	return nil
}
