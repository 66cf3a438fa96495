package bulk

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
)

// GatherTexts is [Gather] for customers that are identified by texts. Those that
// fit a number become one; others are numbered first.
func GatherTexts(ctx context.Context, e *Engine, who []string, j Job) (Result[string], error) {
	if len(who) == 0 {
		return Result[string]{}, ctx.Err()
	}
	t := &team{ctx: ctx, size: max(1, j.Workers)}
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
	names, err := e.number(t, who)
	if err != nil {
		return Result[string]{}, err
	}
	r, err := Gather(ctx, e, e.ids, j)
	if err != nil || r.Totals.Customers == nil {
		return Renamed[uint32, string](r, nil), err
	}
	return named(t, r, names)
}

// Renamed returns the result with other names for its customers.
func Renamed[I, K any](r Result[I], customers []K) Result[K] {
	t := r.Totals
	return Result[K]{r.Counts, Totals[K]{customers, t.First, t.Last, t.Orders, t.Days, t.Sum}, r.Grid}
}

// named returns the result with customers by name instead of number, in ascending
// order of names.
func named(t *team, r Result[uint32], names []string) (Result[string], error) {
	by, err := byName(t, r.Totals.Customers, names)
	if err != nil {
		return Result[string]{}, err
	}
	x := Totals[string]{Customers: make([]string, len(by))}
	at := make([]uint32, len(by))
	for i, n := range by {
		x.Customers[i], at[i] = names[r.Totals.Customers[n.at]], n.at
	}
	x.First, x.Last = permuted(r.Totals.First, at), permuted(r.Totals.Last, at)
	x.Orders, x.Sum, x.Days = permuted(r.Totals.Orders, at), permuted(r.Totals.Sum, at), permuted(r.Totals.Days, at)
	return Result[string]{r.Counts, x, r.Grid}, nil
}

// A namedCustomer is one on the way to be sorted by name: by the first bytes after
// those that all have in common, and only where these agree by all of them.
type namedCustomer struct {
	key uint64
	at  uint32
}

// byName returns the places of customers in ascending order of names: each worker
// sorts a share, and the shares are merged two by two.
func byName(t *team, customers []uint32, names []string) ([]namedCustomer, error) {
	prefix := names[0]
	for _, s := range names {
		prefix = common(prefix, s)
	}
	all, other := make([]namedCustomer, len(customers)), make([]namedCustomer, len(customers))
	order := func(a, b namedCustomer) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Compare(names[customers[a.at]], names[customers[b.at]])
	}
	size := (len(all) + t.size - 1) / t.size
	err := t.each(t.size, func(_, share int) {
		from, to := min(share*size, len(all)), min((share+1)*size, len(all))
		for i := from; i < to; i++ {
			all[i] = namedCustomer{firstBytes(names[customers[i]][len(prefix):]), uint32(i)}
		}
		slices.SortFunc(all[from:to], order)
	})
	for ; size < len(all) && err == nil; size *= 2 {
		err = t.each((len(all)+2*size-1)/(2*size), func(_, pair int) {
			from := 2 * pair * size
			half, to := min(from+size, len(all)), min(from+2*size, len(all))
			merge(other[from:to], all[from:half], all[half:to], order)
		})
		all, other = other, all
	}
	return all, err
}

// merge merges two sorted slices, the first one first where they are equal.
func merge[T any](into, a, b []T, order func(a, b T) int) {
	for i := range into {
		if len(b) == 0 || len(a) > 0 && order(a[0], b[0]) <= 0 {
			into[i], a = a[0], a[1:]
		} else {
			into[i], b = b[0], b[1:]
		}
	}
}

// common returns the beginning that two texts have in common.
func common(a, b string) string {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return a[:i]
		}
	}
	return a[:n]
}

// firstBytes returns the first 8 bytes of a text, the first one highest.
func firstBytes(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:])
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
