// Package crmproject holds what a CRM implementation project is: its purpose,
// its team, its plan, its money, how it goes live, what goes wrong and what is
// changed, and how it ends. It is the foundation on which the judgements of the
// library stand.
//
// # What it models
//
// A [Project] is a plain value with ids and a JSON form. It covers
//
//   - what it is: kind (CP-01), size (CP-02), delivery (CP-43), idea (CP-42),
//     vision (CP-09), strategy (CP-10), culture and benefits (CP-46);
//   - what it starts from: needs (CP-07), situation (CP-08), feasibility (CP-41);
//   - what it is allowed to do: charter with objectives and success criteria
//     (CP-11, CP-13);
//   - who does it: manager, members with skills, commitment, duties and awareness
//     of the objectives (CP-12), working time (CP-33, CP-36);
//   - how: solution selection (CP-15), activities and milestones (CP-16), budget
//     lines and costs (CP-17);
//   - the work: configuration, customisation, integration (CP-20, CP-22), data
//     migration (CP-21), training (CP-23), waves and pilots (CP-24);
//   - what comes up: routines of monitoring, control, security and support
//     (CP-26, CP-28, CP-37, CP-38), issues (CP-25, RI-08), changes (CP-27, CP-35);
//   - what was agreed: baselines, numbered and never changed, and changes that make
//     the next one (CP-27, CP-35); the quality plan (CP-32);
//   - how it ends: acceptance (AU-15), review (AU-13), lessons (AU-14), final
//     report (AU-16), transition (CP-29), achievements (CP-30).
//
// User and system requirements (CP-14), communication protocols (CP-18), the risk
// plan (CP-19) and indicators live in the packages scope, stakeholder, risk and
// kpi; the project refers to them by id, and the roof joins them.
//
// # Life cycles
//
// A [Lifecycle] is data: phases, gates, the stage of each phase, key activities.
// [FivePhases] is the standard one, with its 28 key activities (CP-03);
// [IdeaToControl], [AbilitiesToClosing] and [VisionFirst] are further templates,
// mapped on the five stages (CP-05). All are starting points to be edited (CP-06,
// CP-44): [Lifecycle.InsertAfter], [Lifecycle.Without], [Lifecycle.Require].
// Where a project is in its life cycle is its phase.State; package phase runs the
// machine, with iteration and history (CP-04).
//
// # Judging
//
// [Project.Validate] reports everything that is wrong with a project as input,
// located by path. [Rules] judge a project that is well formed, as [Facts] at a
// date; nothing here reads a clock. The rules cover what this package knows; the
// whole is judged by package audit.
//
// Rules about what a project need not have at all, such as baselines, a quality plan
// or dated budget lines, do not apply until it is taken up; from then on it must be
// whole.
//
// # Money through time
//
// A [Budget] has lines by [Category], once or recurring, orders on them, and costs;
// a cost without a line is an unexpected one (CP-17). [BudgetLine.Due] says how much
// of a line is due by a day:
//
//	dates of the line      due
//	one                    all of it on that day
//	two                    by the day, both ends included
//	two, recurring, Every  in equal payments, on From and every period after it
//	none                   undated; [Project.DatedBudget] takes the dates of the work
//
// [Budget.CashFlow] is planned, committed and actual money by month. It is rounded
// cumulatively, half-even, as [money.Amount.Phase] does: each running total is
// within half a minor unit of the exact one, and months and undated money add up to
// the total, always. [Budget.Table] is the same by category at a date, with the
// variance of what is due, [Budget.Outlook] the forecast, the burn and the
// contingency. A line is forecast to cost the largest of plan, orders and cost, or
// what it has cost once it is closed.
//
// # Going live
//
// [Project.Readiness] judges a [Wave] at a date in eight aspects: training, data,
// defects, support, build, entry criteria, way back, earlier waves (CP-24). Each is
// met, not met, unassessed or not applicable, with evidence; what nobody has
// assessed is not ready. [Project.RolloutCurve] counts the users live, wave by wave,
// [Project.Headcounts] by department and role. [Project.IssueLog] follows the issues
// of a first deployment to their resolution: age, severity, time to resolve, trend
// (CP-25).
//
// # Changes and baselines
//
// [Project.Freeze] keeps the plan as baseline 1, [Project.Approve] makes the next
// one from a change that was assessed in all five impacts: it returns a new project
// with the change approved, its [Delta] applied and the baseline added, or every
// fault and no project (CP-35). The project given is never changed. A [Baseline]
// holds the digest of the one before, so that an edit is found. [Baseline.Diff]
// tells any two apart, [Project.Drift] the plan and what was agreed.
//
// # Choosing
//
// [Selection.Ranking] ranks the candidates by exact weighted shares, those without a
// place apart: failing a must, or not scored on every criterion. For each criterion
// it gives the smallest change of its weight that lets another candidate win, the
// others staying as they are to each other (CP-15). [Feasibility.Result] is go only
// if every dimension was asked about and nothing was answered with no (CP-41).
//
// # Dates and money
//
// Dates are civil days, and an activity includes the days of its start and
// finish. Something is late from the day after its planned day. Amounts are whole
// minor units of one currency for the whole budget; the shares are exact ratios.
//
// # Cost
//
// Every method is linear in the lists that it looks at. Validate and the rules
// together are linear in the size of the project, but for the budget lines,
// whose costs are summed for each line, and for a selection, which compares each
// candidate with each other. A cash flow takes time for each month of each line.
//
// # Sources
//
// Cumulative rounding and the shares are exact and need none. The weight at which a
// weighted-sum ranking turns is that of Triantaphyllou and Sánchez, A sensitivity
// analysis approach for some deterministic multi-criteria decision-making methods
// (Decision Sciences 28, 1997), for the change of one weight.
package crmproject
