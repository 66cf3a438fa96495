package ledger

import "context"

// Numbers numbers keys in order of first appearance, from 0. The zero Numbers is
// ready.
type Numbers[K Key] struct {
	index index[K]
	keys  []K
}

// Of returns the number of a key, a new one if need be.
func (n *Numbers[K]) Of(key K) uint32 {
	number, found := n.index.lookup(n.keys, key)
	if !found {
		n.keys = append(n.keys, key)
		n.index.insert(n.keys, number)
	}
	return number
}

// Find returns the number of a key that has one.
func (n *Numbers[K]) Find(key K) (uint32, bool) {
	if len(n.keys) == 0 {
		return 0, false
	}
	return n.index.lookup(n.keys, key)
}

// Keys returns the keys by number. The slice belongs to n.
func (n *Numbers[K]) Keys() []K { return n.keys }

// All writes the number of each key to out, which is as long. It stops between
// keys if the context is done. The error is that, or [ErrFull].
func (n *Numbers[K]) All(ctx context.Context, keys []K, out []uint32) error {
	const often = 1 << 16
	for i, key := range keys {
		if i%often == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if len(n.keys) > most-often {
				return ErrFull
			}
		}
		out[i] = n.Of(key)
	}
	return nil
}
