// Package control keeps a project on course: it finds early what deviates from the
// plan in time, in cost and in the indicators, raises it as a risk, compares what
// could be done about it, and makes the chosen action the next baseline (missions
// CP-27, CP-32, CP-34, CP-35, CP-37, RI-11, RI-12, AU-18, SC-30).
//
// # What it models
//
//	Course         what was approved, and what was done, spent and measured        CP-37
//	Deviation      a difference from the plan: how far, since when, on what grounds CP-34
//	Report         where the project stands on a day, with all deviations          CP-34
//	Raise          a risk of the register for each deviation, once                  RI-11
//	Coverage       what is left of the contingency against the risk curve           CP-17
//	Action         a way to correct the course: effects on the network, prices      CP-35
//	Comparison     actions side by side on finish, cost and chance to be on time    CP-35
//	Trials         the same, iteration by iteration: a Difference of two, with interval
//	Delay          what risks may add to an activity or the finish, by a Law        CP-32
//	Relief         what it would bring to be rid of one delay                       RI-04
//	Propose, Apply the chosen action as an approved change, which is baseline n+1   CP-27
//	Message        who has to be told of what by when, and who was                  RI-12
//	Facts, Rules   what control has missed, CONTROL-001 and following               AU-18
//
// The loop is a chain of pure functions over plain values at a day:
//
//	CourseOf → Scan → Raise
//	             └──→ Compare or Try → Propose → Apply → CourseOf …
//
// # Deviations
//
//	id             planned                       actual                Warn beyond   Act beyond
//	finish         end of the baseline, or a     forecast finish       0 days        10 days
//	               deadline before it
//	milestone[x]   day in the baseline           forecast day          0 days        5 days
//	missed[x]      finish in the baseline, past  forecast finish       0 days        5 days
//	spi_t, spi     1                             SPI(t), SPI           1/20 below    1/10 below
//	cpi            1                             CPI                   1/20 below    1/10 below
//	eac            budget at completion          estimate at compl.    0             the contingency left
//	line[x]        planned for the line          spent, or ordered     0             1/10 of it
//	unexpected     0                             costs without a line  0             the contingency
//	attainment[x]  value that the plan wants     last measurement      amber         red
//	signal[x]      mean of the frozen baseline   mean since            any signal    2 sigmas
//
// [Thresholds] replace the numbers. A limit itself is within. Money and indices are
// exact; a date is compared by civil days.
//
// A difference is no deviation for being there. Its [Nature] says what is behind it:
//
//	Noise      float, a later deadline, or the interval of the measurement
//	           explains it; it is a warning at most
//	Signal     none of them does; or, on a control chart, a rule says so
//	Untested   there is nothing to tell by: an index before a fifth of the work is
//	           done, a measurement without its counts
//
// What is better than planned is Welcome, and a Note. The limits of a chart come from
// a baseline that is frozen, or are kept as data; any series can be watched so, CPI
// by month included, if it is a measure of the scorecard. "Since" is the end of the
// first reporting period, the day after the planned finish, or the day of the first
// rule on a chart from which the deviation was there without a break; [Report.After]
// takes it, and the trend, from an earlier report.
//
// # Contingency
//
//	remaining     set aside − drawn − overspent without a draw
//	short         below the P50 of what the live risks could cost
//	thin          from the P50, below the P80
//	sufficient    from the P80, below the P90
//	ample         from the P90
//
// The curve is that of [risk.Register.Quantify]; what it had to leave out is listed.
//
// # Corrective actions
//
//	effect    adjustment   what it does
//	relax     timeline     another deadline: moves no activity, but what "on time" means
//	relink    timeline     other links between two activities, such as an overlap
//	crash     resources    another duration, by more people; see [Curve] for the price
//	trim      scope        a shorter duration, by doing less
//	drop      scope        no such activity; what came after waits for what came before
//	insert    scope        an activity more
//
// Work under way keeps what was estimated to be left, changed by as much as the
// duration, down to one unit. What is finished cannot be changed.
//
//	finish       by planned durations, from what has been done
//	P50, P80     of the simulated finish, with interval
//	on time      share of iterations that finish by the due date of the option
//	agreed       share that finish by the due date agreed now
//	cost         of the action, exact
//	EAC          estimate at completion + cost + days later × cost of a day
//
// All options share their draws: what an action leaves alone is drawn alike, and the
// same for any number of workers. Spreads are scaled as the work of their activity is.
// Nothing is weighed. An option is marked as dominated if another is at least as good
// in all of this, promises no later date, and gives up nothing that it keeps; and
// [Comparison.Rank] orders by the criteria that the caller states, one after another.
//
// # Differences
//
// [Course.Try] compares likewise and keeps every iteration, so that [Trials.Difference]
// tells two options apart, [Trials.Against] all from one such as [DoNothing], and
// [Trials.Ranked] each from the next in rank:
//
//	mean        of the differences of finishes; paired t-interval
//	P50, P80    difference of the percentiles; interval by ten sections of the
//	            iterations, below 1,000 of them by order statistics (Bonferroni)
//	on time     iterations in which both, one alone, the other alone, neither was:
//	            [Pairs]. Interval of the gain by Newcombe's method 10, exact test of
//	            McNemar
//
// Draws are addressed by seed, iteration and id, not by place: what an action inserts,
// drops, relinks or re-orders leaves the draws of every other activity alone, and what
// it crashes or trims keeps its draw, scaled. Options that are the same differ by
// exactly 0, and all intervals hold 0. Intervals are of 95 % each; of many together,
// some will miss.
//
// [Odds.Told] and [Shift.Told] say by one rule whether a difference is more than the
// luck of the draw: for chances the exact test at 5 %, for days an interval without 0.
//
// # Delays
//
// A [Delay] happens with a probability, and then holds up some activities, or the
// finish, by working days drawn from a [Law]: anything with a quantile function, such
// as the distributions of risk/quant. What an action drops is held up no more; what it
// crashes is held up as before. Delays that hang together do so by a law that is listed
// or drawn ([Together]); others are independent, and of all durations. Delays of one
// activity, and of the finish, add up.
//
// With common random numbers a delay more, one that is likelier or longer, moves no
// iteration to an earlier finish, and so never raises a chance, as long as no days are
// negative and those that hang together keep their law. (In networks whose
// finishes are tied by FF or SF links a longer activity may start earlier, and what
// hangs on its start by SS or SF may then finish earlier; that is the network's.)
// Without delays the figures are those of durations alone, to the last bit.
//
// [Course.Reliefs] finds which delay costs how much of the chance to be on time: each
// is left out alone, on the same draws of all others, and the option held against
// itself with all of them. Reliefs need not add up, see [Relief].
//
// # Baselines
//
// [Propose] writes an action as a change with its five impacts; [Apply] has it
// approved by [crmproject.Project.Approve]. Either there is a baseline n+1 afterwards,
// with its difference from baseline n, or an error and nothing is changed; the given
// project never is. The cost goes to the budget lines; the approved total rises by
// it, or the contingency falls. So total − lines − contingency is the same before and
// after.
//
// # Limits
//
//	actions      one effect on each activity, link or deadline; combine distinct ones
//	projects     milestones are neither inserted nor dropped by an action; of links,
//	             a project keeps FS without lag, and the dates that others led to
//	chances      of durations, and of the delays that are given; both independent
//	trials       keep 16 bytes of each iteration of each option
//	currencies   one in a course
//	the rest     as in schedule, evm, spc and quant
//
// Simulated intervals tell how much another seed could move a number. Those of two
// options must not be compared with each other: their difference is far more certain
// than each of them, see Differences.
//
// # Errors
//
// Bad input is an error that lists every fault, located by path; it wraps the
// sentinels of package verdict, those of money, and [ErrMoved] if a change is applied
// to a project that has moved on. A project out of control is a finding, see [Rules].
// Nothing panics.
//
// # Sources
//
// Control loop, reserves and baselines: PMI, A Guide to the Project Management Body of
// Knowledge, 6th ed. (2017), ch. 4.5, 4.6, 6.6, 7.4, 11.7. Crashing: J. E. Kelley,
// Operations Research 9 (1961) 296-320. Stability of CPI: D. Christensen and S. Heise,
// National Contract Management Journal 25 (1993) 7-15. Common random numbers: A. Law,
// Simulation Modeling and Analysis, 5th ed. (2015), ch. 11. Paired chances: R. G.
// Newcombe, Statistics in Medicine 17 (1998) 2635-2650; Q. McNemar, Psychometrika 12
// (1947) 153-157. Sectioning: M. K. Nakayama, ACM Transactions on Modeling and Computer
// Simulation 24 (2014) 19. Charts: package kpi/spc.
package control
