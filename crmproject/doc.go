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
// whose costs are summed for each line.
package crmproject
