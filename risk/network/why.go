package network

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// An Explanation says why a node is as probable as it is.
type Explanation struct {
	ID string   `json:"id"`
	P  Estimate `json:"p"` // that the node is on
	// Alone is the probability if the node had no causes but its leak: those that
	// the network does not name.
	Alone float64 `json:"alone"`
	// Ancestors are all nodes from which this one can be reached, the one whose
	// removal would change P most first.
	Ancestors []Influence `json:"ancestors,omitzero"`
	// Paths are the strongest, strongest first: up to [MostPaths], fewer if a search
	// of 65536 steps finds no more.
	Paths []Path `json:"paths,omitzero"`
}

// An Influence is what a node does to another.
//
// Relief and Effect are differences between interventions, not between
// observations, so a common cause is not mistaken for an effect.
type Influence struct {
	ID     string   `json:"id"`
	On     Estimate `json:"on"`     // probability of the other if this one were held on
	Off    Estimate `json:"off"`    // and if it were held off
	Effect Estimate `json:"effect"` // On - Off: how strongly it acts, however likely it is itself
	Relief Estimate `json:"relief"` // P - Off: what holding it off would take away; below 0 for what prevents
}

// A Path is a chain of links from a node to the one that is explained.
type Path struct {
	Nodes []string `json:"nodes"` // ids, the source first, the explained node last
	// Strength is the leak of the source times the weights along the path: for
	// causes, the chance that the node comes about in this very way. It is
	// negative if the path prevents: if an odd number of its links inhibits.
	Strength float64 `json:"strength"`
}

// MostPaths is the number of paths in an [Explanation].
const MostPaths = 10

// Why explains the probability of a node with some nodes held by intervention,
// as in [Query.Do]. Held nodes are not among the ancestors: they are what they
// are. Estimates are sampled only where they cannot be exact, all with the same
// draws. Errors are those of [Model.Infer].
//
// It takes two inferences for each ancestor. Evidence is not considered: what
// was observed of effects changes what is believed about causes, not what
// would help.
func (m *Model) Why(ctx context.Context, id string, do map[string]bool, o Options) (Explanation, error) {
	s, err := m.ask(Query{Do: do}, o)
	if err != nil {
		return Explanation{}, err
	}
	target, err := m.node("id", id)
	if err != nil {
		return Explanation{}, err
	}
	x := Explanation{ID: id, Alone: s.alone(target)}
	if x.P, err = s.chance(ctx, target); err != nil {
		return Explanation{}, err
	}
	if x.Ancestors, err = s.influences(ctx, target, x.P); err != nil {
		return Explanation{}, err
	}
	x.Paths = s.paths(target, MostPaths)
	return x, nil
}

func (s *solver) alone(target int) float64 {
	if s.held[target] != free {
		return s.held[target].chance()
	}
	return s.leak[target]
}

func (s *solver) influences(ctx context.Context, target int, p Estimate) ([]Influence, error) {
	var ancestors []int
	for i, is := range s.ancestors(s.held, target) {
		if is && i != target && s.held[i] == free {
			ancestors = append(ancestors, i)
		}
	}
	if len(ancestors) == 0 {
		return nil, nil
	}
	all := make([]Influence, len(ancestors))
	err := each(ctx, len(all), s.o.workers(), func(k int) (err error) {
		i := ancestors[k]
		one := *s
		one.o.Workers = 1 // the ancestors are many enough
		n := Influence{ID: s.net.Nodes[i].ID}
		if n.On, err = one.solve(s.with(i, isOn)).chance(ctx, target); err != nil {
			return err
		}
		if n.Off, err = one.solve(s.with(i, isOff)).chance(ctx, target); err != nil {
			return err
		}
		n.Effect, n.Relief = n.On.minus(n.Off), p.minus(n.Off)
		all[k] = n
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b Influence) int {
		return cmp.Or(
			cmp.Compare(math.Abs(b.Relief.Value), math.Abs(a.Relief.Value)),
			cmp.Compare(math.Abs(b.Effect.Value), math.Abs(a.Effect.Value)))
	})
	return all, nil
}
