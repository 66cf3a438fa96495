package network

import (
	"context"
	"slices"
)

// A run is variable elimination on one component of a graph: tables are
// multiplied and their variables summed, one after the other, and what was done
// is noted, so that it can be followed backwards.
//
// Every operation is out = Σ a·b, and so is its derivative: the share of a in
// the total is Σ share(out)·b. Hence one pass back gives the probabilities of
// all nodes for about twice the price of one.
//
// Source: A. Darwiche, "A differential approach to inference in Bayesian
// networks", J. ACM 50 (2003).
type run struct {
	space
	inside []bool // variables of the component
	tables []table
	live   []bool  // not yet an input of an operation
	with   [][]int // tables that have a variable
	follow []bool  // tables whose share is wanted
	ops    []op
	total  product
	keep   bool // keep the tables for the way back
	job    *job
}

// An op made table out of the tables a and b; b is -1 for one.
type op struct{ out, a, b int }

func (g *graph) run(p plan, keep bool, j *job) *run {
	r := &run{
		space:  space{g.card, make([]int, len(g.card))},
		inside: make([]bool, len(g.card)),
		with:   make([][]int, len(g.card)),
		total:  product{1, 0}, keep: keep, job: j,
	}
	for k, v := range p.order {
		r.rank[v], r.inside[v] = k, true
	}
	for _, f := range g.factors {
		if r.inside[f.vars[0]] {
			r.put(r.table(f), false)
		}
	}
	return r
}

// put takes in a table and returns its number.
func (r *run) put(t table, follow bool) int {
	n := len(r.tables)
	r.tables, r.live, r.follow = append(r.tables, t), append(r.live, true), append(r.follow, follow)
	for _, v := range t.vars {
		r.with[v] = append(r.with[v], n)
	}
	return n
}

// watch adds a table of ones over v, whose share tells the distribution of v.
func (r *run) watch(v int) int {
	t := r.zero([]int{v})
	for i := range t.cells {
		t.cells[i] = 1
	}
	return r.put(t, true)
}

// forward sums all variables of the plan that are not kept. It fails with
// ErrImpossible if nothing is left.
func (r *run) forward(ctx context.Context, p plan) error {
	for _, v := range p.summed() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.sum(v); err != nil {
			return err
		}
	}
	return nil
}

// sum multiplies the tables that have v, smallest first, and sums v.
func (r *run) sum(v int) error {
	bucket := slices.DeleteFunc(slices.Clone(r.with[v]), func(n int) bool { return !r.live[n] })
	slices.SortStableFunc(bucket, func(a, b int) int { return len(r.tables[a].cells) - len(r.tables[b].cells) })
	if len(bucket) == 1 {
		bucket = append(bucket, -1)
	}
	n := bucket[0]
	var err error
	for k, next := range bucket[1:] {
		over := r.union(n, next)
		if k == len(bucket)-2 {
			over = slices.DeleteFunc(over, func(u int) bool { return u == v })
		}
		if n, err = r.combine(over, n, next); err != nil {
			return err
		}
	}
	if len(r.tables[n].vars) == 0 {
		r.total.times(r.tables[n].cells[0])
	}
	return nil
}

func (r *run) union(a, b int) []int {
	over := slices.Clone(r.at(a).vars)
	for _, v := range r.at(b).vars {
		if !slices.Contains(over, v) {
			over = append(over, v)
		}
	}
	return over
}

func (r *run) at(n int) table {
	if n < 0 {
		return one
	}
	return r.tables[n]
}

// combine makes a table of two and notes it.
func (r *run) combine(over []int, a, b int) (int, error) {
	t := r.contract(over, r.at(a), r.at(b))
	exponent, ok := t.normalise()
	if !ok {
		return 0, ErrImpossible
	}
	r.total.exponent += exponent
	out := r.put(t, r.follow[a] || b >= 0 && r.follow[b])
	for _, n := range []int{a, b} {
		if n >= 0 {
			r.live[n] = false
			if !r.keep {
				r.tables[n].cells = nil
			}
		}
	}
	r.ops = append(r.ops, op{out, a, b})
	r.job.add(int64(len(t.cells)))
	return out, nil
}

// rest multiplies the tables that are left over the kept variables, in an order
// that makes the last of them vary slowest.
func (r *run) rest(kept []int) table {
	for k, v := range kept {
		r.rank[v] = -k
	}
	all := one
	for n, t := range r.tables {
		if r.live[n] && len(t.vars) > 0 {
			over := slices.Clone(t.vars)
			for _, v := range all.vars {
				if !slices.Contains(over, v) {
					over = append(over, v)
				}
			}
			all = r.contract(over, all, t)
		}
	}
	return r.contract(kept, all, one)
}

// backward returns the shares of the followed tables, up to a factor of each.
func (r *run) backward(ctx context.Context) ([]table, error) {
	share := make([]table, len(r.tables))
	for _, o := range slices.Backward(r.ops) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !r.follow[o.out] {
			continue
		}
		if len(r.tables[o.out].vars) == 0 {
			share[o.out] = one
		}
		r.share(share, share[o.out], o.a, o.b)
		if o.b >= 0 {
			r.share(share, share[o.out], o.b, o.a)
		}
		share[o.out] = table{}
		r.job.add(int64(len(r.tables[o.out].cells)))
	}
	return share, nil
}

// share sets the share of table n, which was multiplied by other.
func (r *run) share(share []table, out table, n, other int) {
	if !r.follow[n] {
		return
	}
	share[n] = r.contract(slices.Clone(r.tables[n].vars), out, r.at(other))
	share[n].normalise()
}

// chanceOn returns the probability of any value but 0 under a share, false if
// the share is too small for numbers.
func (t table) chanceOn() (float64, bool) {
	on := total(t.cells[1:])
	all := on + t.cells[0]
	if !(all > 0) {
		return 0, false
	}
	return on / all, true
}
