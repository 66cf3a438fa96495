// Package phase is the life cycle of a project: phases, the gates between them,
// what was decided at the gates, and what may be decided next. Any life cycle can
// be defined, as data and rules; none is built in here.
//
// It covers the machinery of the missions CP-03 (ordered phases), CP-04
// (iteration with reason and history), CP-05 and CP-44 (other life cycles, as
// editable data), CP-06 (phases as small as one likes, each controlled by its
// gate) and CP-41 (go or no go).
//
// # What it models
//
//	Definition   a life cycle: phases in order, transitions, rules at their gates
//	Outline      the part of it that is data, with a JSON form; Bind adds the rules
//	Machine      a definition that was checked; it holds no project
//	State        where one project is: a value of the caller's
//	Decision     what somebody decides on a day
//	Record       a decision that was made, with the evaluation it was based on
//	Evaluation   what a gate makes of facts at a date, with every reason
//	Gate         decides from statuses that are known already, without allocation
//
// [Compile] reports every fault of a definition at once: see there for the list.
//
// # Gates
//
// A criterion is a [verdict.Rule] and its consequence: a [Must], or a [Should]
// with a weight. Its check gives it one of five statuses. What does not apply is
// out of the reckoning, for a reason and with an approver: the named person of an
// [Exemption], or the life cycle itself where the rule says so. What was not
// assessed counts as not met, and so does a check that failed. A [verdict.Waiver]
// excuses a must that is not met from its first to its last day, if the criterion
// allows it; a waiver for some subjects excuses the findings about them, one
// without a subject the whole. Nothing excuses a check that failed.
//
//	score = weight of the shoulds that are met / weight of those that apply
//
// The score is exact, and 1 if no weight applies. Of the answers to a gate,
//
//   - [Go] needs every must to be satisfied and the score to reach the threshold;
//     equality passes.
//   - [ConditionalGo] needs every must to be satisfied or waived. It carries
//     conditions with an owner and a due date, and a rationale if the score is
//     below the threshold. It is permitted whenever a go is.
//   - [Hold] until a review, [Recycle] to the same or an earlier phase, and
//     [Kill] are always available while the project runs.
//
// Asking to pass has four [Outcome] values, never mixed up: open, refused,
// undeclared (there is no such transition), and check failed (the answer hangs on
// a check that could not run).
//
// # State and records
//
// [Machine.Decide] takes a state, a decision and facts, and returns the next
// state and a [Record]. The record holds the evaluations as a snapshot, so
// [Machine.Replay] can judge every decision again without the facts; it returns
// the same state, or names the first record that is not sound. Decisions on the
// way, such as waivers granted between two gates, are records too ([Note]).
//
// Expiry changes nothing that is stored. What a passed gate is worth is computed
// for a date ([State.Standing]): it lapses when a waiver it rests on ends or a
// condition is overdue, and it goes stale when work before it is opened again.
// Either closes the gates that follow, until the waiver is renewed, the condition
// fulfilled, or the gate passed or confirmed again. To confirm a gate behind the
// current phase is a go with [Decision].From; nothing moves.
//
// Which gates count for that is what the project came through: the last forward
// gate into the current phase, the one into the phase before it, and so on.
//
// # Iteration and ends
//
// Every stay in a phase is a [Visit], with its number, reason and who decided it.
// [Reopen] leads back to a finished phase, even after the end, with a [Cause];
// gates out of it and of later phases become stale, and exemptions end. A life
// cycle ends in a [Final] or the [Closure] phase: on entering it, or, if it has a
// transition to [End], on passing that gate. A kill leads to the closure phase
// and is an [Ending] marked premature. A later reopening supersedes an ending; it
// stays on file as it was.
//
// A [Continuous] phase, such as monitoring and control, keeps its place and its
// gates, while its operations may run in any open phase ([Machine.Allows]).
//
// # Representation
//
// All types but Machine and Gate are plain values with a JSON form that survives
// a round trip unchanged; enumerations are words. A list with nothing in it is
// nil. Arguments are never changed, and results share nothing with them.
//
// # Limits
//
//	id of a phase     64 bytes of printable text without spaces; not "end"
//	transitions       one for each pair of phases; none from a phase to itself
//	should weights    together at most 2⁶³−1 at a gate
//	records           2⁵³−1
//	dates             never before that of the last record
//
// A decision costs the checks of the gates it asks, plus a copy of the state,
// which grows with the visits and waivers on file. [Gate.Judge] costs a few
// nanoseconds and no allocation.
//
// # Errors
//
// Bad input, such as a decision without an approver or a state of another life
// cycle, is reported with all its faults, each a [verdict.Fault] with its path. A
// [*RefusedError] is no fault of the input: it has the evaluation and wraps
// [ErrRefused], [ErrUndeclared] or [ErrCheckFailed]. A [*ReplayError] has the
// place of the first bad record. Only [MustCompile] panics; checks are trusted
// not to.
//
// # Sources
//
// Gates that answer go, hold, recycle or kill, on criteria that must and criteria
// that should be met: R. G. Cooper, "Stage-Gate Systems: A New Tool for Managing
// New Products", Business Horizons 33(3), 1990, pp. 44–54. Waivers, the
// conditional go, lapsed and stale gates are defined as above.
package phase
