// Package raci holds responsibility matrices: who is responsible, accountable, consulted and informed for each activity
// of a project, and what is wrong with the way it is shared out (mission ST-25, and ST-23 for roles and duties).
//
// # What it models
//
// A [Matrix] is a list of roles, the columns, and a list of activities, the rows. A [Cell] is what somebody wrote where
// they cross: "A", "R", "A/R", " c ". Its [Letters] are
//
//   - R, [Responsible]: does the work; at least one for each activity
//   - A, [Accountable]: answers for the result; exactly one for each activity
//   - C, [Consulted]: is asked before, two-way
//   - I, [Informed]: is told after, one-way
//
// One role may be both accountable and responsible. Every other pair on one role is redundant: who answers for a result,
// or works on it, is asked and told anyway, and who is asked is told.
//
// # Representation
//
// Everything is plain data that survives JSON unchanged. Cells keep the text as written and are read on use, so that a
// letter nobody knows is reported and not lost. Activities are an ordered list, so that one that occurs twice can be
// held, and reported. Names of roles and activities are the same if they differ only in upper and lower case or in
// spaces; they are reported as written.
//
// # Rules
//
// [Rules] judges [Facts], a matrix and its [Config]; [Matrix.Check] runs them all. Each rule has a [verdict.Code] and,
// beside it, a stable word, its [Kind]:
//
//	| code     | kind                        | severity | subject                         |
//	|----------|-----------------------------|----------|---------------------------------|
//	| RACI-001 | empty_matrix                | critical | the matrix                      |
//	| RACI-002 | exactly_one_accountable     | major    | activities[name]                |
//	| RACI-003 | at_least_one_responsible    | major    | activities[name]                |
//	| RACI-004 | unknown_role                | major    | activities[name].roles[role]    |
//	| RACI-005 | unknown_assignment          | major    | activities[name].roles[role]    |
//	| RACI-006 | duplicate_activity          | major    | activities[name]                |
//	| RACI-007 | redundant_assignment        | minor    | activities[name].roles[role]    |
//	| RACI-008 | idle_role                   | minor    | roles[role]                     |
//	| RACI-009 | overloaded_role             | minor    | roles[role]                     |
//	| RACI-010 | too_many_responsible        | minor    | activities[name]                |
//	| RACI-011 | too_many_consulted          | minor    | activities[name]                |
//	| RACI-012 | concentrated_accountability | minor    | roles[role]                     |
//	| RACI-013 | only_informed               | minor    | roles[role]                     |
//	| RACI-014 | separation_of_duties        | minor    | activities[name]                |
//	| RACI-015 | no_empty_cells              | info     | roles[role]                     |
//
// What makes a matrix wrong is critical or major, what makes it weak is minor, what is worth a thought is info. A matrix
// is [Matrix.Valid] if nothing is wrong with it. The rules on limits apply only where [Config] sets one.
//
// The letters of a role that the matrix does not list count as the others do in rules on activities: one slip of the
// pen, one finding.
//
// # Errors
//
// [Matrix.Validate] and [Facts.Validate] report, all at once and located by path, what makes a matrix ambiguous rather
// than wrong: names that are empty, a role listed twice, limits out of range.
//
// # Sources
//
// The roles of the letters and the reading of rows and columns ("horizontal and vertical analysis") follow Smith and
// Erwin, Role & Responsibility Charting (RACI), Project Management Institute California Inland Empire Chapter, 2005;
// one accountable role for each activity also A Guide to the Project Management Body of Knowledge, 6th ed., 9.1.2.2.
// Separation of duties is the independence principle of ISO 19011:2018, 4(e).
package raci
