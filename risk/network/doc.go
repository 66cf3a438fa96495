// Package network holds the dependencies between risks, RI-04: which risk brings
// another about, which prevents it, and what follows for the probability of
// each and of all together. It imports nothing but the standard library and
// knows no words of project management; a node is anything that happens or
// does not.
//
// # What it models
//
// A [Node] comes on by itself with the probability of its leak. A [Link] from a
// node that is on brings its target about with the probability of its weight,
// independently of all others; a link of negative weight, an inhibitor, prevents
// it with that probability instead. So given its causes a node is on with
//
//	P = [1 − (1 − leak)·∏(1 − w)]·∏(1 − |inhibitor|)
//
// over those causes and inhibitors that are on: the noisy-OR with a leak. Sources:
// J. Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, chapter 4;
// M. Henrion, "Practical issues in constructing a Bayes' belief network", UAI 1987.
//
// # Use
//
// A [Network] is plain data with a JSON form. [Compile] checks it and gives a
// [Model], which answers:
//
//   - [Model.Infer]: the probability of every node, in the world of a [Query]
//     with evidence and interventions;
//   - [Model.Probability]: that of one node;
//   - [Model.Joint]: the joint distribution of some nodes, from which the exact
//     distribution of a total loss follows;
//   - [Model.Why]: what would change the probability of a node, and in which ways
//     it comes about;
//   - [Model.Sampler]: states of the whole network for a simulation;
//   - [Model.Cycles], [Model.Mermaid], [Model.DOT]: its form.
//
// [Fit] finds the leaks when the probabilities of nodes, causes included, are
// given. [Network.Overlaps] finds dependence that is counted twice, as a link and
// as a correlation.
//
// # Evidence and intervention
//
// Evidence is what was observed: seeing an effect makes its causes more probable.
// An intervention holds a node on or off: it cuts the links into the node, so it
// says nothing about causes. "What if we train everybody" is an intervention.
// Both may be given at once; the evidence is then observed in the world of the
// intervention. Evidence of probability 0 is refused with [ErrImpossible]; no
// result is ever NaN.
//
// # Cycles
//
// Risks may feed each other: delay leads to overtime, overtime to mistakes,
// mistakes to delay. The formula then has no unique solution as an equation. What
// is meant is percolation: leaks and links act or not, once, and a node is on if
// it is reached from a leak that acted. Without cycles this is the noisy-OR. The
// strongly connected components are reported, see [Model.Cycles] and
// [Beliefs.Cycles]. An intervention within a cycle may break it.
//
// An inhibitor may act on a cycle from outside, but not lie on one: a node that is
// on if it is not on has no answer, so this is refused.
//
// Exactness is kept by telling time. Order the nodes of a component; links that
// point back in this order take one tick. The values of a node are then "off" and
// the tick at which it was first reached, and the noisy-OR becomes a noisy-MAX
// over links that act once each. The joint distribution of these times is a
// product of one factor per node, although the graph is cyclic: given the times
// of its causes, the time of a node depends on links of its own only, and every
// outcome of the links has exactly one solution. No more ticks are needed than
// nodes must be taken out to break all cycles: one for a ring of any length.
//
// # Method and cost
//
// Variable elimination. A node with many causes is not a table of 2^causes
// numbers but a chain of tables of three variables; a node seen off without
// inhibitors falls apart into one factor per cause. The order of elimination is
// found by three rules (fewest new neighbours, smallest table, a sweep through
// time), for chains and for plain tables, and the cheapest is taken. The
// probabilities of all nodes come from one pass forward and one back.
//
//	| what                     | time and memory                                  |
//	|--------------------------|--------------------------------------------------|
//	| Infer, treewidth t       | n·2^t                                            |
//	| Joint of k nodes         | n·2^(t+k) at most                                |
//	| Why                      | two inferences for each ancestor                 |
//	| Fit                      | two inferences for each node, on cycles repeated |
//	| a component with r ticks | (r+2)^t instead of 2^t                           |
//	| samples                  | (n + links) for each                             |
//
// Treewidth is about how many nodes must be kept in mind at once when the network
// is read from one end to the other: 1 for trees, 5 to 12 for a few hundred
// risks that each depend on a handful of near ones, n−1 if everything depends on
// everything. It does not grow with the number of causes of a node as such. The
// exact limit is a treewidth of 20 unless [Options.MaxWidth] says otherwise: some
// seconds and some hundred megabytes at worst. Seven nodes that all feed each other
// are within the limit, eight are not.
//
// Beyond the limit, each node is tried with only what it depends on; what is still
// too wide is estimated by likelihood weighting, and the [Estimate] says so and
// carries its standard error. [Model.Joint] and [Fit] are exact or fail with
// [ErrTooWide].
//
// # Numbers
//
// Exact results hold to 1e-12, in the tests against enumeration of all states.
// Nothing is found by subtracting nearly equal numbers, so probabilities given
// evidence of 1e-30 have as many digits as others. Products too small for a
// float64 are kept with an exponent of their own.
//
// Results depend on the input alone: not on the number of workers, nor on the
// order of maps, nor on fused arithmetic. Samples are addressed by seed, node id
// and number, so adding a risk changes no draw of those that it does not act on.
//
// # Assumptions, and when this is the wrong model
//
//   - Causes act independently: the noisy-OR has no "only if both". Where two
//     causes are needed together, or make each other worse, probabilities come out
//     wrong, mostly too high for one and too low for both.
//   - Leaks are independent. A common cause that is not a node is not there: add
//     it as a node, or use a correlation instead of links, never both.
//   - A node is on or off. How bad it is, and when, is not modelled.
//   - Weights are of causes, not of correlations: P(effect | cause alone), leak
//     aside. Taking an observed conditional probability for a weight counts the
//     other causes twice.
//   - Cycles percolate once; feedback that grows without bound is not modelled.
//   - Likelihood weighting is poor when the evidence is improbable given its
//     causes. [Beliefs.Effective] tells: an effective size of 30 is 30 samples.
//
// Passing through the nodes and multiplying as if causes were independent of each
// other is not an approximation to rely on: in the networks of the tests it is
// wrong by up to 0.071.
//
// # Errors
//
// Bad input is reported all at once, each fault a [Fault] located by its path:
// links[3].from: unknown "R-9". Faults wrap [ErrMissing], [ErrDuplicate],
// [ErrUnknown], [ErrRange], [ErrSelfLink] or [ErrInhibitedCycle]. Sound questions
// without an answer wrap [ErrImpossible], [ErrUnseen], [ErrTooWide] or
// [ErrInfeasible]. All work that can last takes a context and tells progress.
package network
