package control

import (
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func correctionRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "CONTROL-020", Title: "Each corrective action has an owner and a due date", Severity: verdict.Major,
			Why:   "What nobody is to do by any day is not done.",
			Check: corrections(checkOwned),
		},
		{
			Code: "CONTROL-021", Title: "Corrective actions are done in time", Severity: verdict.Major,
			Why:   "The later a correction, the less of the project is left for it to work on.",
			Check: corrections(checkInTime),
		},
		{
			Code: "CONTROL-022", Title: "A corrective action that was chosen is an approved change", Severity: verdict.Major,
			Why:   "Plan, budget and scope change only by an approved change, which is the new baseline.",
			Check: corrections(checkApproved),
		},
		{
			Code: "CONTROL-023", Title: "Corrective actions are chosen among several", Severity: verdict.Minor,
			Why:   "An action is good or bad compared with others, and with doing nothing.",
			Check: corrections(checkCompared),
		},
		{
			Code: "CONTROL-024", Title: "No better action was passed over without a reason", Severity: verdict.Minor,
			Why:   "Another action was no worse in anything and better in something; whoever decides otherwise knows more than the comparison shows.",
			Check: corrections(checkUndominated),
		},
	}
}

// corrections makes a check of one that looks at each correction that was opened.
func corrections(look func(f Facts, c Correction, path string, r *verdict.Reporter)) func(Facts, *verdict.Reporter) {
	return func(f Facts, r *verdict.Reporter) {
		none := true
		for _, c := range f.Log.Corrections {
			if c.Opened <= f.AsOf {
				none = false
				look(f, c, verdict.Key("corrections", c.ID), r)
			}
		}
		if none {
			r.NotApplicable("there is no corrective action")
		}
	}
}

func checkOwned(f Facts, c Correction, path string, r *verdict.Reporter) {
	var missing []string
	if c.Owner == "" {
		missing = append(missing, "no owner")
	}
	if c.Due == 0 {
		missing = append(missing, "no due date")
	}
	if len(missing) > 0 && c.Open(f.AsOf) {
		r.Find(path, fmt.Sprintf("The corrective action has %s.", strings.Join(missing, " and ")), "Agree on who does it by when.")
	}
}

func checkInTime(f Facts, c Correction, path string, r *verdict.Reporter) {
	if c.Overdue(f.AsOf) {
		days, _ := f.AsOf.DaysSince(c.Due)
		r.Find(path, fmt.Sprintf("The corrective action was due on %s, %d days ago.", c.Due, days), "Do it, or decide anew.")
	}
}

func checkApproved(f Facts, c Correction, path string, r *verdict.Reporter) {
	switch {
	case !c.Decided(f.AsOf) || c.nothing():
	case c.Change == "":
		r.Find(path, fmt.Sprintf("The action was chosen on %s and is no change of the project.", c.Chosen),
			"Propose it as a change, and have it approved.")
	case !f.approved(c.Change):
		r.Find(path, fmt.Sprintf("The action was chosen on %s; its change %s is not approved.", c.Chosen, verdict.Quote(c.Change)),
			"Have the change decided.")
	}
}

func checkCompared(f Facts, c Correction, path string, r *verdict.Reporter) {
	if !c.Decided(f.AsOf) {
		return
	}
	_, there := c.Compared.Option(c.Action.ID)
	if !there || len(c.Compared.Options) < 2 {
		r.Find(path, "The action was chosen without comparing it with any other.",
			"Compare it with at least doing nothing, on finish, cost and chance to be on time.")
	}
}

func checkUndominated(f Facts, c Correction, path string, r *verdict.Reporter) {
	o, ok := c.Compared.Option(c.Action.ID)
	if ok && c.Decided(f.AsOf) && c.Reason == "" && len(o.DominatedBy) > 0 {
		r.Find(path, fmt.Sprintf("The action was chosen although %s is no worse in any respect and better in one.", strings.Join(o.DominatedBy, ", ")),
			"Choose that one, or write down what speaks against it.")
	}
}

func reserveRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "CONTROL-030", Title: "What is left of the contingency covers the risks", Severity: verdict.Major,
			Why:   "The next risk that happens is paid by the scope or by the date.",
			Check: checkCover,
		},
		{
			Code: "CONTROL-031", Title: "The open risks are in numbers", Severity: verdict.Minor,
			Why:   "Risks without chance or impact are missing on the curve, and the contingency looks better than it is.",
			Check: checkGaps,
		},
	}
}

func checkCover(f Facts, r *verdict.Reporter) {
	c := f.Coverage
	switch {
	case c.Cover == 0:
		r.Unassessed("the contingency was not held against the risks")
	case c.Cover < Sufficient:
		r.Find("contingency", fmt.Sprintf("%s of contingency are left; with a chance of 80 %% the open risks cost no more than %s: %s are short.",
			c.Remaining, c.P80, c.Short),
			"Respond to the largest risks, raise the contingency, or accept the chance in writing.",
			fmt.Sprintf("chance that it suffices: %.0f %%", 100*c.Chance.Value), fmt.Sprintf("P50 %s, P90 %s", c.P50, c.P90))
	}
}

func checkGaps(f Facts, r *verdict.Reporter) {
	if f.Coverage.Cover == 0 {
		r.Unassessed("the contingency was not held against the risks")
	}
	for _, g := range f.Coverage.Gaps {
		r.Find(g.Path, fmt.Sprintf("The risk is missing on the curve: %s.", g.Why), "Estimate chance and impact.")
	}
}

func messageRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "CONTROL-040", Title: "Stakeholders are told in time", Severity: verdict.Major,
			Why:   "Who learns late of a deviation or a decision cannot help, and stops trusting the reports.",
			Check: checkTold,
		},
		{
			Code: "CONTROL-041", Title: "Somebody is told of everything", Severity: verdict.Minor,
			Why:   "News without an addressee is told to nobody.",
			Check: checkAddressed,
		},
	}
}

func checkTold(f Facts, r *verdict.Reporter) {
	if len(f.Addressees) == 0 {
		r.Unassessed("it is not known who is to be told")
		return
	}
	for _, m := range f.Messages() {
		if m.Overdue(f.AsOf) {
			r.Find(verdict.Key("messages", m.Event+" to "+m.To), fmt.Sprintf("%s was to be told by %s: %s.", m.To, m.Due, m.Text), "Tell them now.")
		}
	}
}

func checkAddressed(f Facts, r *verdict.Reporter) {
	for _, n := range f.news() {
		if !slices.ContainsFunc(f.Addressees, func(a Addressee) bool { return a.wants(n) }) {
			r.Find(verdict.Key("messages", n.event), fmt.Sprintf("Nobody is to be told: %s.", n.text), "Name who has to know of it.")
		}
	}
}
