package quant

// A Risk is something that may happen and then costs money, or time, or both. Its
// cost is
//
//	0 with probability 1 − P, otherwise one draw of Severity; or
//	the sum of N draws of Severity, N being Poisson with mean Rate.
//
// Its delay is one draw of Delay if it happens at all. An opportunity has a
// negative severity, see [Negate].
type Risk struct {
	ID       string  // not empty, and unique in its model; it addresses the risk's draws
	P        float64 // probability that it happens, 0 to 1; 1 for an uncertain estimate
	Rate     float64 // or the expected number of times, 0 to 1000, for what can happen again
	Severity Dist    // cost each time it happens; nil for none
	Delay    Dist    // time lost if it happens, however often; nil for none
}

// A Model is a set of risks and what is known about their dependence. It is only
// read. Risks that no block, pair, joint or drawn law names are independent.
//
// For each of its two roles, whether it happens and how much it costs, a risk
// stands in at most one block, or in pairs, or (only for whether it happens) in one
// joint or drawn law.
type Model struct {
	Risks  []Risk
	Blocks []Block
	Pairs  []Pair
	Joints []Joint
	Drawn  []Drawn

	// Base is a sure cost, added to every total.
	Base float64
	// Systemic, if not nil, is the distribution of a factor on the whole project:
	// total = factor × (Base + costs of the risks). It is independent of the risks
	// and positive; 1 leaves all as it is.
	Systemic Dist
}

// A Block is a set of risks with a common cause: two independent standard normal
// factors, one behind their happening and one behind their severities. With
// loading λ a risk follows λ·factor + √(1−λ²)·its own, so the latent correlation
// of two members is the product of their loadings. Such a block is always
// consistent, and has an exact total.
type Block struct {
	ID      string // not empty, and unique among blocks; it addresses the factors' draws
	Members []Loading
}

// A Loading is the place of a risk in a [Block]. A positive one makes the risk
// happen more often, or cost more, where the factor is high; 0 takes no part.
type Loading struct {
	Risk       string
	Occurrence float64 // -1 to 1
	Severity   float64 // -1 to 1
}

// A Pair gives Spearman rank correlations of two risks under a Gaussian copula:
// that of their severities, as they stand in the model, and that of the latent
// variables whose high values make them happen. Pairs that are not given are 0.
// Pairs that no joint distribution can have at once are moved to the nearest that
// one can have, and the [Repair] is reported.
type Pair struct {
	A, B       string
	Occurrence float64 // -1 to 1
	Severity   float64 // -1 to 1
}

// A Joint gives the law of which of some risks happen, such as a network of causes
// implies: P[s] is the probability that exactly those risks happen whose bit is set
// in s, bit i standing for Risks[i]. The P of the risks are left 0, or agree with
// what it implies.
type Joint struct {
	Risks []string // at most [MaxJoint]
	P     []float64
}

// MaxJoint is the largest number of risks of a [Joint].
const MaxJoint = 20

// MaxRate is the largest rate of a [Risk].
const MaxRate = 1000
