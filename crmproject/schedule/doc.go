// Package schedule plans a project as a network of activities: which follows
// which, when each can start and must finish, which of them decide the finish,
// and how likely that finish is. It serves the schedule of a project with its
// milestones and timelines (missions CP-16, SC-11), its tasks and their progress
// and resources (CP-36), watching the timeline and correcting it (CP-34, CP-35,
// CP-37), and finishing on time (CP-32).
//
// # What it models
//
//	Definition   activities, links, calendars, resources as plain data   JSON
//	Relation     how a link ties two activities                          "FS+2", "SS-1e", "FF+50%"
//	Point        a day or an offset                                      "2027-03-01", "+8"
//	Network      a definition that was checked and compiled              made by Compile
//	Plan         early and late dates, floats, critical activities       made by Network.Plan
//	Status       what has been done by a day                             JSON
//	Timing       what a plan says of one activity                        JSON
//	Simulation   how a plan fares with durations that spread             made by Plan.Simulate
//	Trial        its iterations one by one, with what else happens       made by Plan.Trial
//	Facts        what [Rules] judge
//
// [Compile] reports all faults of a definition at once; [Network.Plan] gives a
// plan with dates, [Network.Reschedule] one from what has been done, and
// [Network.Offsets] one without calendars. [Passes] computes the same offsets
// for networks of a million activities in milliseconds, without allocating.
// [Network.With] tries a change on a copy, and [Compare] says what it does.
//
// # Time
//
// Dates are civil days, start and finish included. An activity works on the
// working days of its calendar, a milestone takes no time. A milestone stands at
// the end of its day, a start milestone at the start; one that nothing comes
// before, at the very start of the project, stands on the first working day. A
// milestone need not stand on a working day: it is reached when the last of its
// predecessors is over. As the evening of a Friday is the morning of the next
// working day, so a milestone that is tied to the start of an activity on Monday
// stands on Friday; make it a start milestone if it should stand on Monday.
//
// Floats and offsets count working units of the activity's own calendar. Where
// all activities share one calendar, and no lag is elapsed, a plan has the same
// offsets and floats as the network without calendars.
//
// # Links
//
//	FS   start of B ≥ finish of A + lag
//	SS   start of B ≥ start of A + lag
//	FF   finish of B ≥ finish of A + lag
//	SF   finish of B ≥ start of A + lag
//
// A lag is counted on the successor's calendar; an elapsed one in civil days; a
// percentage is of the predecessor's planned duration and is turned into working
// units once. A negative lag is a lead. Nothing starts before the project does,
// whatever a lead asks for.
//
// # Rules
//
//   - Links are never broken: constraints and deadlines that cannot be kept turn
//     the float negative, and it is kept so.
//   - Critical is what has the smallest total float there is, which need not be 0;
//     see [Plan.Critical], [Plan.NearCritical], [Plan.CriticalPaths].
//   - Late dates are bounded by the deadline of the project, or by its finish if it
//     has none; free float always by the finish.
//   - Every date can be explained: [Plan.Why], [Plan.PathTo].
//   - The order of a definition's lists changes nothing.
//   - Progress has retained logic: the rest of what has started still waits for its
//     predecessors.
//   - Resources are compared with what is needed ([Plan.Overloads]); levelling is
//     left to the project manager.
//
// # Uncertainty
//
// [Network.PERT] is the classic analysis of one path, with the variance by a named
// rule; [PERTAssumption] says what it ignores. [Plan.Simulate] ignores none of
// that: it gives percentiles with intervals, the criticality index of each
// activity, and the merge bias. Draws are addressed by seed, activity and
// iteration, so that an activity more changes no other draw, and results are
// the same for any number of workers. Whatever has a quantile function is a
// [Spread]; durations are drawn independently.
//
// Who knows more of an iteration, such as which risks happened in it, plans it with a
// [Trial]: the same draws, and what is added to them. [Draw] addresses other draws
// likewise.
//
// # Limits
//
//	activities, links         2³¹ − 2 each
//	durations, lags, offsets  add up to at most 2⁶⁰; a lag is at most 2³¹ − 1
//	dates                     years 1 to 9999; beyond them planning is an error
//	iterations                2³⁰
//
// # Cost
//
// For n activities, m links and h holidays, compiling and both passes take
// O(n + m) time, a plan with dates O(n + m log h). Three links per activity, two
// cores: a hundred thousand activities compile in about 25 ms and pass in 1.5 ms, a
// million compile in about 0.3 s and pass in 25 ms. That is for ids made after a
// pattern, such as A0001 to A9999, and for lists that name links close together if
// they belong together. A million random ids take about 0.3 s more, and so do their
// links in random order.
//
// A network keeps about 40 bytes an activity, up to 30 more if its ids follow no
// pattern, and 25 a link; it takes two thirds as much again while it is compiled.
// [Passes] keep 24 bytes an activity.
//
// An iteration of a simulation costs about 16 ns per activity with triangular
// spreads and one calendar, one of a [Trial] about as much, without allocating; with
// several calendars both cost about 130 ns.
//
// # Errors
//
// Faults are located by path and all reported at once, see
// [github.com/crmrollout/crm/crmproject/verdict.Faults]. A [*CycleError] holds
// the closed path of the activities that wait for one another, and prints it:
//
//	build -FS-> test -SS+2-> build
//
// # Sources
//
// J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling",
// Proceedings of the Eastern Joint Computer Conference, 1959. D. G. Malcolm et
// al., "Application of a technique for research and development program
// evaluation", Operations Research 7, 1959. R. M. Van Slyke, "Monte Carlo methods
// and the PERT problem", Operations Research 11, 1963. DCMA-EA PAM 200.1, 2012.
package schedule
