package audit

import (
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// The plan of a project as a network, and its budget and progress as a ledger of
// earned value, are made from the project file: see crmproject.Project.Schedule
// and crmproject.Project.Ledger. Their rules apply where the file says enough.

// An outlook is the plan as it was and as it has become.
type outlook struct {
	facts schedule.Facts
	why   string // why there is none
}

// planned makes the plan as of the date.
func (f Facts) planned() outlook {
	p := &f.Dossier.Project
	d := p.Schedule()
	if len(d.Links) == 0 {
		return outlook{why: "no activity with dates waits for another"}
	}
	network, err := schedule.Compile(d)
	if err != nil {
		return outlook{why: err.Error()}
	}
	base, err := network.Plan(p.Start)
	if err != nil {
		return outlook{why: err.Error()}
	}
	now, err := network.Reschedule(p.Start, p.Status(f.AsOf))
	if err != nil {
		return outlook{why: err.Error()}
	}
	return outlook{facts: schedule.Facts{Plan: now, Baseline: base, AsOf: f.AsOf}}
}

// milestonePrefix is what marks a milestone in the network of a project.
const milestonePrefix = "activities[milestone "

func planPath(_ Facts, subject string) string {
	if rest, ok := strings.CutPrefix(subject, milestonePrefix); ok {
		return "project.milestones[" + rest
	}
	if subject == "" || !strings.HasPrefix(subject, "activities") {
		return "project.activities"
	}
	return "project." + subject
}

// ledger returns the ledger, and false if no budget line says what work it pays
// for.
func (f Facts) ledger() (evm.Facts, bool) {
	l := f.Dossier.Project.Ledger(f.AsOf)
	measured := slices.ContainsFunc(l.Baseline.Packages, func(p evm.WorkPackage) bool { return p.Method == evm.PercentComplete })
	return evm.Facts{Ledger: l, AsOf: f.AsOf}, measured
}

func ledgerPath(_ Facts, subject string) string {
	if rest, ok := strings.CutPrefix(subject, "baseline.packages["); ok {
		return "project.budget.lines[" + rest
	}
	return "project.budget"
}

// Rules that would say again what PROJECT rules say of the same line or activity,
// or that judge how the network and the ledger were made and not the project: the
// milestones of a project end chains, and unexpected costs are a package. Those of
// control about the contingency need more than an audit computes.
var saidElsewhere = []verdict.Code{
	"SCHED-001", "SCHED-011", "SCHED-012", "SCHED-013", "SCHED-014", "SCHED-018", "SCHED-019",
	"CONTROL-030", "CONTROL-031",
	"EVM-040", "EVM-041", "EVM-042", "EVM-043", "EVM-044", "EVM-045", "EVM-046", "EVM-047", "EVM-048", "EVM-049", "EVM-061",
}

// planRules returns the rules of schedule over the dossier.
func planRules(plan func(Facts) outlook) []verdict.Rule[Facts] {
	rules := moved(schedule.Rules(), func(f Facts) schedule.Facts { return plan(f).facts }, planPath)
	return where(rules, func(f Facts) string { return plan(f).why })
}

// ledgerRules returns the rules of earned value over the dossier.
func ledgerRules(ledger func(Facts) (evm.Facts, bool)) []verdict.Rule[Facts] {
	rules := moved(evm.Rules(), func(f Facts) evm.Facts { facts, _ := ledger(f); return facts }, ledgerPath)
	return where(rules, func(f Facts) string {
		if _, ok := ledger(f); ok {
			return ""
		}
		return "no budget line names the activities that it pays for"
	})
}

// where makes rules that do not apply for the reason that is given, if one is.
// Those that are said elsewhere are left out.
func where(rules []verdict.Rule[Facts], why func(Facts) string) []verdict.Rule[Facts] {
	rules = slices.DeleteFunc(rules, func(r verdict.Rule[Facts]) bool { return slices.Contains(saidElsewhere, r.Code) })
	for i := range rules {
		check := rules[i].Check
		rules[i].Check = func(f Facts, r *verdict.Reporter) {
			if reason := why(f); reason != "" {
				r.NotApplicable(reason)
				return
			}
			check(f, r)
		}
	}
	return rules
}
