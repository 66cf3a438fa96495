package schedule

// Draws are not taken from a stream but addressed by seed, activity and
// iteration, so that neither another activity nor another worker changes any of
// them. Both halves of the address are hashed on their own and once more
// together, by the finaliser of splitmix64 (D. Stafford's variant 13).

// Draw returns the uniform draw, between 0 and 1 but neither of them, that
// [Plan.Simulate] and [Trial] take for an activity in an iteration, from 0, under a
// seed. Whoever draws something beside durations can so address it likewise, by an id
// that no activity has, and leave all other draws alone. It takes some 20 ns.
func Draw(seed uint64, id string, iteration int) float64 {
	return uniform(activityKey(id), iterationKey(seed, iteration))
}

// mix is a bijection of 64 bits in which each bit of the argument changes half
// of the result's on average.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// golden is 2⁶⁴ divided by the golden ratio, made odd.
const golden = 0x9e3779b97f4a7c15

// activityKey hashes an id: FNV-1a of 64 bits, mixed.
func activityKey(id string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 0x100000001b3
	}
	return mix(h)
}

// iterationKey hashes a seed and an iteration.
func iterationKey(seed uint64, iteration int) uint64 {
	return mix(mix(seed+golden) + golden*uint64(iteration+1))
}

// uniform returns the draw at an address: one of the 2⁵² midpoints of equal
// parts of (0, 1), so never 0 or 1.
func uniform(activity, iteration uint64) float64 {
	return (float64(mix(activity^iteration)>>12) + 0.5) / (1 << 52)
}

// The largest uniform draw.
const uniformMax = 1 - 1.0/(1<<53)
