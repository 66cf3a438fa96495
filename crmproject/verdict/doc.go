// Package verdict is the vocabulary of judgement: every package of the library
// that finds something wrong with a project says so in these words.
//
// # Three things that stay different
//
//   - Bad input is an error: the value cannot be what it claims to be. Errors
//     are located by path, and all of them are reported at once; see [Faults].
//   - A finding is a judgement: the input is sound, the project is not. See
//     [Rule], [Finding] and [Report].
//   - Undefined is a value: there is nothing to divide by, or nothing was
//     measured yet. See package ratio, and the status [Unassessed].
//
// # Rules
//
// A [Rule] is a value: a code that never changes its meaning, a title that says
// what should be so, why it matters, a severity, and a pure check over facts. So
// a caller can run one rule alone in a unit test, change its severity, leave it
// out, or write rules of his own beside the library's. A check reports what it
// finds to a [Reporter]; saying nothing means that the rule is met. It can also
// say that it does not apply, that the facts to judge by are missing, or that it
// failed: none of these is taken for met.
//
// [Lift] turns rules over a part (the risk register) into rules over the whole
// (the project), and [Each] does so for a part that comes many times. Both
// prefix the paths.
//
// # Reports
//
// [Run] gives a [Report]: an [Outcome] for each rule, and the findings, gravest
// first. Reports are plain values with a JSON form; they can be filtered,
// grouped, scored ([Report.Score]), compared over time ([Compare]), waived until
// a date ([Report.Waive]), and rendered to Markdown and to SARIF 2.1.0. The order
// of everything is fixed by the input, so equal inputs give equal bytes.
//
// A [Waiver] has an approver, a reason and an interval with both ends. A waived
// finding stays in the report and is marked. An expired waiver excuses nothing,
// and the report lists it as expired.
//
// A [Catalogue] lists rules for documentation; it is made from the rules, so it
// cannot go stale.
//
// # Cost
//
// A report of n findings costs O(n log n) beside the checks themselves; filters,
// differences and renderings are linear, and waiving w waivers costs O(w·n).
package verdict
