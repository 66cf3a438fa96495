package control

import "math"

// Draws are addressed by seed, id and iteration, as those of [schedule.Plan.Simulate]
// are, and by the same function, [schedule.Draw]. So an activity, a delay or an option
// more changes no other draw, and neither does a worker more.

// What a delay draws beside its id. No id of an activity that a person chose begins
// so.
const (
	roleDelay    = "\x00delay\x00"    // whether it happens, and how long
	roleDays     = "\x00days\x00"     // how long, where it happens together with others
	roleTogether = "\x00together\x00" // which of some happen
)

// mix is the finaliser of splitmix64 (D. Stafford's variant 13).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// The smallest and the largest uniform draw.
const (
	uniformMin = 1.0 / (1 << 53)
	uniformMax = 1 - uniformMin
)

// grain rounds a number of days to a multiple of 2⁻³², as simulations do: sums of
// such numbers are exact, in whatever order they are added.
func grain(days float64) float64 { return math.Floor(math.Ldexp(days, 32)+0.5) / (1 << 32) }
