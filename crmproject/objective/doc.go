// Package objective models objectives that can be missed: what a project has
// promised to change, by how much, by when, and how far it has come.
//
// # What it models
//
// An [Objective] is a sentence ("reduce customer churn rate by 25 %") with what
// was understood of it: direction, metric, [Amount] with its kind and unit,
// baseline, deadline, owner, and the business goal that it serves (CP-11, SC-06,
// SC-08). [Objective.Missing] lists the parts of a SMART objective that are not
// stated; [Objective.Specific] tells an objective from a wish (SC-09).
//
// A [Target] is what the objective demands of its metric: a value, from a
// baseline, by a date, if need be by steps of a plan. [Objective.TargetOf]
// derives it from the amount:
//
//	relative   "by 25 %"               baseline × (1 ± 25/100)
//	points     "by 5 points"           baseline ± 5
//	absolute   "by 200 orders"         baseline ± 200
//	target     "to 24 hours"           24
//	multiple   "double"                baseline × 2
//	binary     "a single sign-on"      1
//
// Values are exact ratios in the unit of the metric. A metric measured in
// percent has values such as 12.5, so that points add up with it.
//
// # Attainment
//
// [Target.Attain] holds a measurement against the target:
//
//	(actual − baseline) / (target − baseline)
//
// The share is exact and not capped, and right for lower-is-better. [Target.At]
// adds what the plan wants by a date, which is a straight line from baseline to
// deadline unless [Target.Plan] has steps, and rates the target green, amber or
// red, with the reason in words (KP-07, AU-13):
//
//	met, or share ≥ planned            green
//	share ≥ tolerance × planned        amber
//	less, worse than the baseline,
//	or past the deadline               red
//	not measured, no plan, no target   unrated
//
// # Undefined cases
//
//	no baseline                  met or not met; the share is undefined
//	target that maintains        met or not met; the share is undefined
//	not measured                 not_measured, unrated
//	target equals baseline       invalid_target: not an objective
//	target the wrong way         invalid_target: "increase from 18 to 12"
//
// The last two are errors when the input is checked ([Target.Validate]). All
// operations take constant time; Missing allocates its result, and the plan is
// searched in the order of its steps.
package objective
