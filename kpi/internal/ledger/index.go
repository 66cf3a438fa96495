package ledger

import (
	"hash/maphash"
	"math/bits"
)

// An index finds the number of a key by open addressing with linear probing. It
// holds numbers only; the keys stand in a column of their own. At most half of the
// slots are taken.
//
// The hash is seeded at random, so nobody can choose keys that collide. Nothing
// that leaves the log depends on the seed: numbers are given by order of arrival.
type index[K Key] struct {
	slots []uint32 // customer number + 1, 0 for an empty slot; the length is a power of two
	hash  func(K) uint64
}

// lookup returns the number of the key, or the number that it will get.
func (x *index[K]) lookup(keys []K, key K) (who uint32, found bool) {
	if 2*(len(keys)+1) > len(x.slots) {
		x.grow(keys)
	}
	for at := x.home(key); ; at = (at + 1) & (len(x.slots) - 1) {
		switch who := x.slots[at]; {
		case who == 0:
			return uint32(len(keys)), false
		case keys[who-1] == key:
			return who - 1, true
		}
	}
}

// insert puts the number of a key that is in keys and not in the index.
func (x *index[K]) insert(keys []K, who uint32) {
	at := x.home(keys[who])
	for x.slots[at] != 0 {
		at = (at + 1) & (len(x.slots) - 1)
	}
	x.slots[at] = who + 1
}

// grow makes room for more than the keys there are, and takes in all of them.
func (x *index[K]) grow(keys []K) {
	if x.hash == nil {
		x.hash = hasher[K]()
	}
	const fewest = 16
	x.slots = make([]uint32, max(fewest, 1<<bits.Len(uint(4*len(keys)))))
	for who := range keys {
		x.insert(keys, uint32(who))
	}
}

// home returns the slot at which the search for a key begins: the upper bits of
// the hash.
func (x *index[K]) home(key K) int {
	return int(x.hash(key) >> (64 - bits.TrailingZeros(uint(len(x.slots)))))
}

// hasher returns a hash function for K with a seed of its own. The plain types
// have one each, picked here once; named ones take the general way.
func hasher[K Key]() func(K) uint64 {
	seed := maphash.MakeSeed()
	salt := maphash.String(seed, "salt")
	var f any
	switch any(*new(K)).(type) {
	case string:
		f = func(k string) uint64 { return maphash.String(seed, k) }
	case int:
		f = func(k int) uint64 { return mix(uint64(k), salt) }
	case int32:
		f = func(k int32) uint64 { return mix(uint64(k), salt) }
	case int64:
		f = func(k int64) uint64 { return mix(uint64(k), salt) }
	case uint32:
		f = func(k uint32) uint64 { return mix(uint64(k), salt) }
	case uint64:
		f = func(k uint64) uint64 { return mix(k, salt) }
	}
	if hash, ok := f.(func(K) uint64); ok {
		return hash
	}
	return func(k K) uint64 { return maphash.Comparable(seed, k) }
}

// mix spreads an integer over 64 bits by one wide multiplication, folded.
func mix(k, salt uint64) uint64 {
	hi, lo := bits.Mul64(k^salt, 0x9e3779b97f4a7c15)
	return (hi ^ lo) * 0xd6e8feb86659fd93
}
