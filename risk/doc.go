// Package risk keeps a project's risks: what could happen, how likely and how
// grave it is, what is done about it, by whom and until when, and what the
// register itself is worth. It is the risk wing of a CRM rollout (missions RI-01
// to RI-13).
//
// # What it models
//
//	Register   the risks of a project, the matrix in use, and the plan   RI-01
//	Risk       cause, event, effect; a threat or an opportunity          RI-03
//	Link       a risk that makes another more likely                     RI-04
//	Matrix     likelihood × impact → band, as plain data of any size     RI-03
//	Assessment someone's judgement on a date; the history is kept        RI-07
//	Control    what is in place, and whether it works                    RI-05
//	Response   avoid, transfer, mitigate, accept, escalate, …            RI-06
//	Occurrence a time when the risk happened, with its issue             RI-08
//	Template   a typical risk of CRM projects, from the Catalogue        RI-09, RI-10
//	Deviation  what is off plan and raises a risk                        RI-11
//	Message    what stakeholders have to be told                         RI-12, RI-13
//
// [Register.Candidates] and [Register.Gather] help to identify risks (RI-02),
// [Register.Rank] and [Register.HeatMap] to see which matter, [Risk.Benefits] and
// [Register.Worth] to choose between responses, [Register.ReviewsDue] and
// [Register.Trend] to watch them (RI-07), and [Register.Remap] to change the
// matrix without losing the past. [Register.Quantify] makes a model of the
// register, from which [github.com/crmrollout/crm/risk/quant] finds the
// percentiles of what the risks cost together.
//
// # Representation
//
// Everything is plain data that survives JSON unchanged. Nothing about a risk is
// stored that follows from something else: its state follows from its dates
// ([Risk.StateAt]), its band from its assessment and the matrix that this was
// made with ([Register.Standing]), its residual exposure from its estimate,
// controls and responses ([Risk.Residual]). So every question has a date as an
// argument, and the register can be asked about last month as well.
//
// The status of a response and the state of a control are as of now; only what
// is dated has a history.
//
// # Bands, scores and money
//
//   - The band comes from the cell of the matrix. The score, likelihood × impact,
//     sorts cells and nothing else; ordinal scores are never added or averaged.
//   - Probabilities, shares and expected values are exact fractions
//     ([ratio.Ratio]); money enters as [money.Amount] and leaves as [Exposure], to
//     be rounded by whoever shows it.
//   - EMV is p·E[X] or rate·E[X]; what is not given is undefined with a reason,
//     and so is what rests on it. Sums of EMV hold whatever the risks have to do
//     with each other; percentiles do not, and are not computed here.
//   - Only controls that operate and responses that are done earn credit.
//     Independent controls multiply, those of a group count once. A transfer
//     changes the loss that is kept, an acceptance changes nothing.
//   - A ranking orders by band, EMV, impact, id.
//
// # The matrix under audit
//
// Most risk matrices contradict themselves somewhere. [Matrix.Audit] says where:
// with edges, by Cox's axioms in exact arithmetic, each violation with its cells;
// without edges, by what any edges or scores could do, proved by linear
// programs whose certificates [Matrix.CheckNoEdges] and [Matrix.CheckNotAdditive]
// check independently. [Reversal] is the share of pairs of risks that the bands
// put in the wrong order.
//
// # Limits
//
//	levels of a scale     1 to 32
//	currencies            one in a register
//	amounts, fractions    int64; what does not fit is undefined, never wrapped
//	size of a register    rules take time that grows with the square of the risks
//
// Distributions and simulation are in risk/quant, probabilities under
// dependence in risk/network; this package holds the data that both start from,
// and puts them together:
//
//	Register ─ links, probabilities ─▶ network.Fit ─ controls, responses ─▶ network.Model.Joint
//	         ─ impacts, delays ─▶ quant.Dist ─────────────────────────────▶ quant.Model
//
// # Three kinds of wrong
//
// Bad input is an error: [Register.Validate] reports all faults at once, each
// located by path ("risks[3].assessments[0].matrix"). A register that is not
// as it should be is a finding: [Rules], over [Facts]. A number that is not
// there is a value: an undefined [ratio.Ratio] or [Exposure] with the reason, or
// a second result that is false.
//
// Other errors begin with "risk:" and wrap the sentinels of package verdict.
// Nothing panics on valid data, and on data that is not valid, methods skip what
// they cannot make sense of.
//
// # Sources
//
// Strategies and the parts of a plan: PMI, A Guide to the Project Management
// Body of Knowledge, 6th ed. (2017), ch. 11; ISO 31000:2018. Risk reduction
// leverage: B. W. Boehm, IEEE Software 8 (1991) 32-41. Matrices: L. A. Cox, Risk
// Analysis 28 (2008) 497-512, and the standards named in [Presets]. Certificates:
// J. Farkas, Journal für die reine und angewandte Mathematik 124 (1902) 1-27.
package risk
