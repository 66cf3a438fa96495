package control

import "math"

// Draws are addressed by seed, id and iteration, as those of
// [schedule.Plan.Simulate] are, and by the same hash: without delays, the finishes of
// an iteration are the same in both. So an activity, a delay or an option more changes
// no other draw, and neither does a worker more.

// golden is 2⁶⁴ divided by the golden ratio, made odd.
const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of splitmix64 (D. Stafford's variant 13).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// keyOf hashes an id: FNV-1a of 64 bits, mixed.
func keyOf(id string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 0x100000001b3
	}
	return mix(h)
}

// What a delay draws beside its id. No id of an activity that a person chose begins
// so.
const (
	roleDelay    = "\x00delay\x00"    // whether it happens, and how long
	roleDays     = "\x00days\x00"     // how long, where it happens together with others
	roleTogether = "\x00together\x00" // which of some happen
)

// iterationKey hashes a seed and an iteration.
func iterationKey(seed uint64, iteration int) uint64 {
	return mix(mix(seed+golden) + golden*uint64(iteration+1))
}

// uniform returns the draw at an address: one of 2⁵² midpoints of (0, 1).
func uniform(key, iteration uint64) float64 {
	return (float64(mix(key^iteration)>>12) + 0.5) / (1 << 52)
}

// The smallest and the largest uniform draw.
const (
	uniformMin = 1.0 / (1 << 53)
	uniformMax = 1 - uniformMin
)

// grain rounds a number of days to a multiple of 2⁻³², as simulations do: sums of
// such numbers are exact, in whatever order they are added.
func grain(days float64) float64 { return math.Floor(math.Ldexp(days, 32)+0.5) / (1 << 32) }
