package bulk

import (
	"cmp"
	"context"
	"slices"

	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// GatherTexts is [Gather] for customers that are identified by texts. Short ones
// become numbers by themselves; long ones are numbered through a table first, which
// only one worker can do.
func GatherTexts(ctx context.Context, e *Engine, who []string, j Job) (Result[string], error) {
	if len(who) == 0 {
		return Result[string]{}, ctx.Err()
	}
	t := &team{ctx: ctx, size: j.Workers}
	if c, codes, ok := e.coded(t, who); ok {
		r, err := Gather(ctx, e, codes, j)
		if err != nil {
			return Result[string]{}, err
		}
		if r.Totals.Customers == nil {
			return Renamed[uint64, string](r, nil), nil
		}
		texts := make([]string, len(r.Totals.Customers))
		err = t.chunks(len(texts), func(_, _, from, to int) {
			c.decode(r.Totals.Customers[from:to], texts[from:to])
		})
		return Renamed(r, texts), err
	}
	var numbers ledger.Numbers[string]
	e.ids = grown(e.ids, len(who))
	if err := numbers.All(ctx, who, e.ids); err != nil {
		return Result[string]{}, err
	}
	r, err := Gather(ctx, e, e.ids, j)
	if err != nil || r.Totals.Customers == nil {
		return Renamed[uint32, string](r, nil), err
	}
	return Named(r, numbers.Keys()), nil
}

// Renamed returns the result with other names for its customers.
func Renamed[I, K any](r Result[I], customers []K) Result[K] {
	t := r.Totals
	return Result[K]{r.Counts, Totals[K]{customers, t.First, t.Last, t.Orders, t.Days, t.Sum}, r.Grid}
}

// Named returns the result with customers by name instead of number, in ascending
// order of names.
func Named[K cmp.Ordered](r Result[uint32], names []K) Result[K] {
	type named struct {
		name K
		at   uint32
	}
	order := make([]named, len(r.Totals.Customers))
	for i, who := range r.Totals.Customers {
		order[i] = named{names[who], uint32(i)}
	}
	slices.SortFunc(order, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	t := Totals[K]{Customers: make([]K, len(order))}
	at := make([]uint32, len(order))
	for i, x := range order {
		t.Customers[i], at[i] = x.name, x.at
	}
	t.First, t.Last = permuted(r.Totals.First, at), permuted(r.Totals.Last, at)
	t.Orders, t.Sum, t.Days = permuted(r.Totals.Orders, at), permuted(r.Totals.Sum, at), permuted(r.Totals.Days, at)
	return Result[K]{r.Counts, t, r.Grid}
}

// permuted returns the elements in the given order; nil stays nil.
func permuted[T any](s []T, at []uint32) []T {
	if s == nil {
		return nil
	}
	p := make([]T, len(at))
	for i, from := range at {
		p[i] = s[from]
	}
	return p
}
