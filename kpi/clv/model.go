package clv

// A Model foretells the purchases of customers who leave without saying so:
// [BGNBD] or [ParetoNBD]. Every method returns false where its result is undefined:
// for parameters that are not positive and finite, an observation that
// [Observation.Validate] refuses, a time that is negative or not finite, or a
// number beyond float64.
type Model interface {
	// Validate reports every parameter that is not positive and finite.
	Validate() error

	// LogLikelihood returns the log-likelihood of a customer's x, t_x and T.
	LogLikelihood(o Observation) (float64, bool)

	// Alive returns P(alive): the probability that the customer still buys at the
	// end of the observation.
	Alive(o Observation) (float64, bool)

	// Expected returns the expected number of purchases of the customer in the time t
	// after the end of the observation.
	Expected(o Observation, t float64) (float64, bool)

	// ExpectedNew returns the expected number of repeat purchases of a new customer in
	// the time t after his first.
	ExpectedNew(t float64) (float64, bool)

	// Frequencies returns the probabilities of 0, 1, … n−1 repeat purchases of a new
	// customer within t, and last that of n or more: n+1 numbers that add up to 1. It
	// takes n from 1 to [MaxFrequency].
	Frequencies(t float64, n int) ([]float64, bool)
}

// MaxFrequency bounds the number of frequencies that are told apart.
const MaxFrequency = 1000

var (
	_ Model = BGNBD{}
	_ Model = ParetoNBD{}
)
