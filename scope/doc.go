// Package scope holds what a CRM project is to deliver, judges whether the
// statement of it is complete enough to begin work, and watches what becomes of
// it.
//
// # What it models
//
// A [Statement] has nine components in one document that everybody reads
// ([Statement.Markdown]; mission SC-24):
//
//	scope                        features, number of users, integrations,        SC-01 … SC-05, SC-23
//	                             infrastructure and fit, exclusions
//	goals_objectives             business goals, objectives, indicators          SC-06 … SC-10
//	timeline                     start, end, milestones                          SC-11
//	budget                       total, lines                                    SC-12
//	business_requirements        heard from sales, marketing, customer service   SC-13, SC-14
//	technical_requirements       hardware, software, servers, network, licences  SC-15 … SC-17
//	integration_requirements     system, direction, frequency, data              SC-18
//	user_requirements            roles, head counts, access, tailoring           SC-19, SC-20
//	data_migration_requirements  entities, format, process, thresholds           SC-21, SC-22
//
// The requirements of all five kinds are of one type, [Requirement], marked as
// user or system requirements (SC-27). The statement is plain data: anything may
// be missing.
//
// An objective that is not specific is not lost: it is set aside, with the reason
// ([Goals.Sift]; SC-09). [Statement.Objectives] lists what every objective, kept
// or not, states and lacks.
//
// # Three judgements
//
//   - [Statement.Validate] finds bad input: what cannot be, such as a reference
//     to nothing. All faults are reported at once, located by path.
//   - [Statement.Completeness] gives an exact score and says whether work can
//     begin.
//   - [Rules] are findings, SCOPE-001 and on, for people to act on. There is one
//     for each item of the default [Scheme], drawn from the same derivation as the
//     score, and more for what no score shows: conflicts, unclear scope (CP-39),
//     creep, change requests that wait.
//
// # Completeness
//
// Each component has weighted items, and some items are gates:
//
//	component score c = satisfied weight / total weight
//	score             = Σ w·c / Σ w   over the components that apply
//	ready             = no failed gate ∧ no illegal exemption ∧ score ≥ threshold
//
// A score never buys off a gate. Only the components that the scheme says may be
// declared not applicable, with a rationale; they leave the average. One that is
// declared so illegally counts as empty. The items, weights, gates, exemptible
// components and the threshold are data, [Scheme], that an organisation replaces
// (SC-29). It can add items of its own: those of three families are read off the
// statement too ("source_legal", "other_cost", "servers"), any other takes a
// [Confirmation]. A score can also be computed without a statement, from a
// [Checklist], by [Scheme.Score].
//
// # Baseline and change
//
// [Statement.Freeze] takes a [Baseline]: the elements of the scope by content.
// [Creep] holds a later statement against it:
//
//	growth     = (added − deleted) / baseline
//	creep      = unapproved added / baseline
//	volatility = (added + deleted + modified) / baseline
//
// Each is undefined for an empty baseline. What changes, as needs do (SC-28), goes
// through a [Change] request: five impacts, assessed against the baseline in
// force, decided by somebody else than the requester and within his authority
// (SC-25); a corrective action of project control is such a request too (SC-30).
// [Change.Advance] takes a step, or refuses it with every reason ([*Refusal]). An
// approved change owes people a notice (SC-26).
//
// # Access
//
// [Users.Access] compares what every role needs with what it is granted, and
// finds duties that must not meet.
//
// # Limits
//
//	weight of an item or a component   0 to 1,000,000
//	name of an item                    1 to 200 bytes, printable
//	scores and shares                  exact fractions of int64; what does not fit is undefined
//
// # Order
//
// The same input gives the same output, byte for byte. Lists keep the order of
// the statement or of the scheme; elements and touches are ordered by kind and
// id.
//
// # Errors
//
// Errors of validation are lists of located faults: see [verdict.FaultsOf]. They
// wrap the sentinels of package verdict, or an error of the type that refused the
// value. A refused step of a change request wraps [ErrStep], [ErrNotAssessed],
// [ErrStale], [ErrSelf], [ErrAuthority], [ErrNoBaseline], [ErrDelta] or
// [ErrSuspect]. Nothing panics.
//
// # Sources
//
// The terms of change control follow the Guide to the Project Management Body of
// Knowledge (PMI), perform integrated change control and control scope. MoSCoW
// and its bound on must-haves follow the DSDM Agile Project Framework handbook,
// chapter on MoSCoW prioritisation. Least privilege and the separation of duties are
// controls AC-6 and AC-5 of NIST SP 800-53.
package scope
