package audit

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
	"github.com/crmrollout/crm/stakeholder/raci"
)

// Rules returns every built-in rule over a whole dossier, by code: the rules of
// each part, with the paths of their findings moved to where the part stands in
// the dossier, and the DOSSIER rules about what joins the parts. The gate
// criteria are apart, see [GateRules].
func Rules() []verdict.Rule[Facts] {
	return rulesOver(parts{Facts.scope, Facts.stakeholders, Facts.planned, Facts.ledger, Facts.control})
}

// parts are the facts that take work to gather.
type parts struct {
	scopes  func(Facts) scope.Facts
	people  func(Facts) stakeholder.Facts
	plan    func(Facts) outlook
	ledgers func(Facts) (evm.Facts, bool)
	control func(Facts) (control.Facts, string)
}

// rulesOver returns the rules with facts as they are given, so that an audit
// gathers them once and not for each rule.
func rulesOver(of parts) []verdict.Rule[Facts] {
	rules := slices.Concat(
		dossierRules(),
		verdict.Lift(kpi.Rules(), "indicators", Facts.indicators),
		verdict.Lift(crmproject.Rules(), "project", Facts.project),
		planRules(of.plan),
		ledgerRules(of.ledgers),
		controlRules(of.control),
		fromPlanning(moved(raci.Rules(), Facts.raci, fixed(raciPath))),
		moved(risk.Rules(), Facts.risks, fixed(riskPath)),
		moved(scope.Rules(), of.scopes, fixed(scopePath)),
		moved(stakeholder.Rules(), of.people, Facts.stakeholderPath),
	)
	slices.SortStableFunc(rules, func(a, b verdict.Rule[Facts]) int { return cmp.Compare(a.Code, b.Code) })
	return rules
}

// moved turns rules over a part into rules over the dossier, as verdict.Lift
// does, where the paths of the part do not all stand under one path.
func moved[S any](rules []verdict.Rule[S], part func(Facts) S, path func(Facts, string) string) []verdict.Rule[Facts] {
	out := make([]verdict.Rule[Facts], len(rules))
	for i, rule := range rules {
		out[i] = verdict.Rule[Facts]{
			Code: rule.Code, Title: rule.Title, Why: rule.Why, Severity: rule.Severity,
			Check: func(f Facts, r *verdict.Reporter) {
				outcome, findings := rule.Run(part(f))
				relay(outcome, findings, func(subject string) string { return path(f, subject) }, r)
			},
		}
	}
	return out
}

// fromPlanning makes rules on responsibilities that do not speak as long as there
// is no matrix and the project has not come to planning.
func fromPlanning(rules []verdict.Rule[Facts]) []verdict.Rule[Facts] {
	for i := range rules {
		check := rules[i].Check
		rules[i].Check = func(f Facts, r *verdict.Reporter) {
			if len(f.Dossier.Stakeholders.RACI.Activities) == 0 && f.Dossier.Project.StageAt(f.AsOf) < crmproject.Planning {
				r.NotApplicable("due from the stage planning on")
				return
			}
			check(f, r)
		}
	}
	return rules
}

// always makes the facts of a part that were gathered before into those of any
// facts.
func always[S any](part S) func(Facts) S { return func(Facts) S { return part } }

// fixed makes a path function of one that does not depend on the facts.
func fixed(path func(string) string) func(Facts, string) string {
	return func(_ Facts, subject string) string { return path(subject) }
}

// Catalogue returns the documentation of every built-in rule and gate criterion,
// by code. It is made from the rules themselves.
func Catalogue() verdict.Catalogue {
	return verdict.CatalogueOf(Rules()...).With(verdict.CatalogueOf(GateRules()...))
}

// Audit runs every built-in rule over the dossier at a date, and applies the
// waivers that the project file holds. The dossier should be valid; what the
// rules cannot make sense of they report as unassessed or failed.
func (d *Dossier) Audit(asOf calendar.Date) verdict.Report {
	f := d.Facts(asOf)
	ledger, measured := f.ledger()
	steered, unsteered := f.control()
	rules := rulesOver(parts{
		always(f.scope()), always(f.stakeholders()), always(f.planned()),
		func(Facts) (evm.Facts, bool) { return ledger, measured },
		func(Facts) (control.Facts, string) { return steered, unsteered },
	})
	return verdict.Run(f, rules...).Waive(asOf, d.Project.Waivers...)
}
