package scope

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func creepRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "SCOPE-110", Severity: verdict.Major,
			Title: "The scope is frozen as a baseline when the project begins",
			Why:   "Without a baseline nobody can tell a change from a misunderstanding.",
			Check: checkBaseline,
		},
		touchRule("SCOPE-111", "Nothing is added to the baseline without an approved change",
			"Every addition past change control takes time and money that nobody granted.", Added),
		touchRule("SCOPE-112", "Nothing of the baseline is changed or dropped without an approved change",
			"What was promised and quietly goes missing is noticed at acceptance.", Modified, Deleted),
		boundRule("SCOPE-113", "The scope does not grow beyond bounds", "The scope has grown by %s of the baseline; %s are allowed.",
			"Even approved growth uses up time and money that were planned for less.",
			func(r CreepReport) ratio.Ratio { return r.Growth }, func(p Policy) ratio.Ratio { return p.MostGrowth }),
		boundRule("SCOPE-114", "The scope does not churn", "Of the baseline %s has been touched; %s are allowed.",
			"A scope of which much keeps moving was not understood when it was agreed.",
			func(r CreepReport) ratio.Ratio { return r.Volatility }, func(p Policy) ratio.Ratio { return p.MostVolatility }),
		{
			Code: "SCOPE-115", Severity: verdict.Major,
			Title: "What the baseline excludes is still excluded",
			Why:   "An exclusion that disappears lets in what had been ruled out.",
			Check: onBaseline(checkExclusions),
		},
		{
			Code: "SCOPE-116", Severity: verdict.Info,
			Title: "What was approved is in the statement",
			Why:   "As long as the statement lags behind, people work from the wrong paper.",
			Check: onBaseline(checkOpen),
		},
	}
}

func checkBaseline(f Facts, r *verdict.Reporter) {
	start := f.Statement.Timeline.Start
	switch {
	case f.Baseline.Frozen():
	case !f.AsOf.IsValid() || !start.IsValid():
		r.Unassessed("It is not known whether the project has begun.")
	case f.AsOf < start:
		r.NotApplicable(fmt.Sprintf("The project begins on %s.", start))
	default:
		r.Find("baseline", fmt.Sprintf("The project began on %s, and the scope is not frozen as a baseline.", start),
			"Have the statement approved and freeze it.")
	}
}

// onBaseline runs a check on the comparison with the baseline, if there is one.
func onBaseline(check func(CreepReport, *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		if !f.Baseline.Frozen() {
			r.NotApplicable("No baseline is frozen.")
			return
		}
		check(Creep(f.Baseline, f.Statement, f.Changes), r)
	}
}

// touchRule reports the unapproved touches of some operations.
func touchRule(code verdict.Code, title, why string, operations ...Operation) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: verdict.Major, Title: title, Why: why,
		Check: onBaseline(func(c CreepReport, r *verdict.Reporter) {
			for _, t := range c.Touches {
				for _, op := range operations {
					if t.Operation == op && t.Change == "" {
						r.Find(verdict.Key(listOf(t.Kind), t.ID),
							fmt.Sprintf("The %s %s was %s since version %d of the baseline, and no change request approves it.", t.Kind, t.ID, op, c.Version),
							"Take it back, or put it through change control.",
							fmt.Sprintf("creep: %s of the baseline", c.Creep.Percent(1)))
					}
				}
			}
		}),
	}
}

// listOf returns the path of the list that the elements of a kind stand in.
func listOf(k ElementKind) string {
	switch k {
	case ElementFeature:
		return "scope.features"
	case ElementIntegration:
		return "scope.integrations"
	case ElementObjective:
		return "goals.objectives"
	case ElementRequirement:
		return "requirements"
	case ElementRole:
		return "users.roles"
	default:
		return "migration.entities"
	}
}

// boundRule holds a share of the baseline against its bound.
func boundRule(code verdict.Code, title, message, why string,
	share func(CreepReport) ratio.Ratio, bound func(Policy) ratio.Ratio,
) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: verdict.Minor, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			onBaseline(func(c CreepReport, r *verdict.Reporter) {
				is, most := share(c), bound(f.Policy.resolved())
				switch {
				case !is.Defined():
					r.Unassessed("The share is undefined: " + is.Reason() + ".")
				case most.Less(is):
					r.Find("baseline", fmt.Sprintf(message, is.Percent(1), most.Percent(1)),
						"Review plan and budget, and agree on a new baseline.")
				}
			})(f, r)
		},
	}
}

func checkExclusions(c CreepReport, r *verdict.Reporter) {
	for _, x := range c.Reinstated {
		r.Find("scope.exclusions", fmt.Sprintf("The baseline excludes %s, the statement no longer does.", verdict.Quote(x)),
			"Restore the exclusion, or put what it lets in through change control.")
	}
}

func checkOpen(c CreepReport, r *verdict.Reporter) {
	for _, t := range c.Open {
		r.Find(verdict.Key("changes", t.Change), fmt.Sprintf("Change %s was approved, but the statement does not show it: %s.", t.Change, t.Touch),
			"Bring the statement up to date.")
	}
}

func changeRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		changeRule("SCOPE-120", verdict.Major, "Every approved change is communicated",
			"People who were not told work on by the old scope.", checkTold),
		changeRule("SCOPE-121", verdict.Minor, "No change request waits too long",
			"While a request waits, somebody builds it, or somebody counts on it.", checkWaiting),
		changeRule("SCOPE-122", verdict.Minor, "Requests are assessed against the baseline in force",
			"An assessment against an old baseline says nothing about this one.", checkStale),
		changeRule("SCOPE-123", verdict.Critical, "Nobody approves a change that he requested",
			"An approval by the requester is none.", checkSelfApproval),
		changeRule("SCOPE-124", verdict.Minor, "An assessment does not contradict itself",
			"A change that costs something and has no impact on cost was not thought through.", checkCoherence),
	}
}

// changeRule checks every change request.
func changeRule(code verdict.Code, severity verdict.Severity, title, why string,
	check func(Facts, Change, *verdict.Reporter),
) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{
		Code: code, Severity: severity, Title: title, Why: why,
		Check: func(f Facts, r *verdict.Reporter) {
			if len(f.Changes) == 0 {
				r.NotApplicable("There are no change requests.")
			}
			for _, c := range f.Changes {
				check(f, c, r)
			}
		},
	}
}

func checkTold(f Facts, c Change, r *verdict.Reporter) {
	if !c.Owes() {
		return
	}
	decided, days := c.DecidedOn(), f.Policy.resolved().TellWithin
	switch {
	case !decided.IsValid():
		r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("Change %s is approved, and nobody was told.", c.ID),
			"Tell everybody whose work it touches, and record it.")
	case !f.AsOf.IsValid():
		r.Unassessed("The date is not given.")
	case daysBetween(decided, f.AsOf) > days:
		r.Find(verdict.Key("changes", c.ID),
			fmt.Sprintf("Change %s was approved on %s, and nobody was told within %s.", c.ID, decided, count(days, "day")),
			"Tell everybody whose work it touches, and record it.")
	}
}

// lastMove returns the day of the last step, no date if there is none.
func (c Change) lastMove() calendar.Date {
	if len(c.History) == 0 {
		return 0
	}
	return c.History[len(c.History)-1].On
}

// daysBetween returns the days from a to b; both are dates.
func daysBetween(a, b calendar.Date) int {
	days, _ := b.DaysSince(a)
	return days
}

func checkWaiting(f Facts, c Change, r *verdict.Reporter) {
	since, days := c.lastMove(), f.Policy.resolved().DecideWithin
	if c.State != Submitted && c.State != Assessed {
		return
	}
	switch {
	case !f.AsOf.IsValid() || !since.IsValid():
		r.Unassessed(fmt.Sprintf("It is not known how long change %s has been waiting.", c.ID))
	case daysBetween(since, f.AsOf) > days:
		r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("Change %s is %s since %s; it may wait %s.", c.ID, c.State, since, count(days, "day")),
			"Assess it, decide on it, or have it withdrawn.")
	}
}

func checkStale(f Facts, c Change, r *verdict.Reporter) {
	switch {
	case c.State != Assessed:
	case !f.Baseline.Frozen():
		r.Unassessed("No baseline is frozen.")
	case c.Assessment.Baseline != f.Baseline.Version:
		r.Find(verdict.Key("changes", c.ID)+".assessment.baseline",
			fmt.Sprintf("Change %s was assessed against version %d of the baseline, in force is version %d.", c.ID, c.Assessment.Baseline, f.Baseline.Version),
			"Assess it again before it is decided.")
	}
}

func checkSelfApproval(_ Facts, c Change, r *verdict.Reporter) {
	for _, s := range c.History {
		if s.From == Assessed && s.To == Approved && sameName(s.By, c.Requester) {
			r.Find(verdict.Key("changes", c.ID), fmt.Sprintf("Change %s was approved on %s by %s, who requested it.", c.ID, s.On, verdict.Quote(s.By)),
				"Have it decided by somebody else.")
		}
	}
}

func checkCoherence(_ Facts, c Change, r *verdict.Reporter) {
	a := c.Assessment
	at := verdict.Key("changes", c.ID) + ".assessment"
	const remedy = "Correct the assessment, and the decision if it rests on it."
	if a.Cost.Level == NoImpact && a.Amount.Sign() != 0 {
		r.Find(at+".cost", fmt.Sprintf("Change %s costs %s, and is assessed to have no impact on cost.", c.ID, people(a.Amount)), remedy)
	}
	if a.Schedule.Level == NoImpact && a.Delay != 0 {
		r.Find(at+".schedule",
			fmt.Sprintf("Change %s moves the end by %s, and is assessed to have no impact on the schedule.", c.ID, count(a.Delay, "day")), remedy)
	}
	if a.Scope.Level == NoImpact && len(c.Delta) > 0 {
		r.Find(at+".scope", fmt.Sprintf("Change %s touches %s, and is assessed to have no impact on the scope.", c.ID, count(len(c.Delta), "element")), remedy)
	}
}
