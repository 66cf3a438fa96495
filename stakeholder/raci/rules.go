package raci

import "github.com/crmrollout/crm/crmproject/verdict"

// Rules returns the rules RACI-001 to RACI-015, ordered by code, in a slice of
// the caller's own. The package documentation has the table.
func Rules() []verdict.Rule[Facts] {
	rules := make([]verdict.Rule[Facts], len(catalogue))
	for i, c := range catalogue {
		k := Kind(i + 1)
		rules[i] = verdict.Rule[Facts]{Code: k.Code(), Severity: k.Severity(), Title: c.title, Why: c.why, Check: c.check}
	}
	return rules
}

// Check judges m by all rules.
func (m Matrix) Check(c Config) verdict.Report { return verdict.Run(Facts{m, c}, Rules()...) }

// Valid reports whether nothing is wrong with m: it has no finding of severity
// major or critical. No limit changes that.
func (m Matrix) Valid() bool { return m.Check(Config{}).Worst() < verdict.Major }

// catalogue has the rules in the order of the kinds.
var catalogue = [...]struct {
	title, why string
	check      func(Facts, *verdict.Reporter)
}{
	{
		"The matrix has roles and activities",
		"Work that nobody was given is done by nobody, or twice.",
		checkEmpty,
	},
	{
		"Exactly one role is accountable for each activity",
		"Where nobody or everybody answers for a result, decisions wait and each looks to the other.",
		checkAccountable,
	},
	{
		"At least one role is responsible for each activity",
		"An activity without anyone to do it slips until its date has passed.",
		checkResponsible,
	},
	{
		"Every cell belongs to a role of the matrix",
		"A misspelt or forgotten role hides an assignment from the one who should know of it.",
		checkUnknownRoles,
	},
	{
		"Cells hold only R, A, C and I",
		"A letter that has no agreed meaning is read differently by everybody.",
		checkUnknownLetters,
	},
	{
		"Each activity occurs once",
		"Two rows for one activity can contradict each other, and people read the one they like.",
		checkDuplicates,
	},
	{
		"No letter in a cell is implied by another",
		"Needless letters blur who has to act and who is only asked or told.",
		checkRedundant,
	},
	{
		"Every role has a part in some activity",
		"A role without a part is either not needed or has been forgotten.",
		checkIdle,
	},
	{
		"No role is responsible for too many activities",
		"Work piles up at one role and becomes the bottleneck of the project.",
		checkOverload,
	},
	{
		"No activity has too many responsible roles",
		"Work shared by many hands is handed around more than it is done.",
		checkManyResponsible,
	},
	{
		"No activity has too many consulted roles",
		"Everyone who must be asked adds a delay, and a reason to ask again.",
		checkManyConsulted,
	},
	{
		"Accountability is not concentrated in one role",
		"A single role that answers for nearly everything delays decisions and is a single point of failure.",
		checkConcentration,
	},
	{
		"Every department takes part beyond being informed",
		"A department that is only told what others decided has no ownership of the result.",
		checkOnlyInformed,
	},
	{
		"Duties that must be kept apart are held by different roles",
		"Who judges his own work does not find its faults.",
		checkSeparation,
	},
	{
		"Roles with a part in every activity need to have it",
		"A role that is in everything may be holding on to work that others could do.",
		checkFull,
	},
}
