package stakeholder

import (
	"fmt"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func teamRules() []rule {
	return []rule{
		{
			Code: "STAKE-501", Severity: verdict.Major, Check: checkCoverage,
			Title: "The team covers every department involved",
			Why:   "What a department needs and nobody in the team knows is missing from the result.",
		},
		{
			Code: "STAKE-502", Severity: verdict.Major, Check: checkConditions,
			Title: "A conditional sign-off states its conditions",
			Why:   "Conditions that are not written down grow until the result is refused.",
		},
		{
			Code: "STAKE-503", Severity: verdict.Major, Check: checkConditionsMet,
			Title: "The conditions of sign-offs are met in time",
			Why:   "Until they are met, the deliverable is not accepted.",
		},
		{
			Code: "STAKE-504", Severity: verdict.Major, Check: checkSigned,
			Title: "Sign-offs are given in time",
			Why:   "Without the sign-off work goes on upon a result that may still be refused.",
		},
		{
			Code: "STAKE-505", Severity: verdict.Minor, Check: checkRefusals,
			Title: "A refused sign-off says why",
			Why:   "A refusal without a reason cannot be put right.",
		},
	}
}

func checkCoverage(f Facts, r reporter) {
	team := make([]string, len(f.Team))
	for i, seat := range f.Team {
		team[i] = seat.Department
	}
	cover := Coverage(f.Departments, team)
	if !cover.Defined() {
		r.Unassessed("the departments involved are not given")
	}
	for _, department := range cover.Missing {
		r.Find("team", fmt.Sprintf("Nobody in the team is from %s, which is involved.", verdict.Quote(department)),
			"Bring someone from the department into the team.",
			fmt.Sprintf("%d of %d departments covered", cover.Covered, cover.Required))
	}
}

// inForce visits the latest sign-off of each stakeholder for each deliverable.
func (f Facts) inForce(r reporter, visit func(at string, s SignOff)) {
	if !f.dated(r) {
		return
	}
	if len(f.SignOffs) == 0 {
		r.NotApplicable("no sign-off is recorded")
	}
	for _, at := range slices.Sorted(maps.Values(latestSignOffs(f.SignOffs, f.AsOf))) {
		visit(verdict.At("signOffs", at), f.SignOffs[at])
	}
}

// who returns the label of a stakeholder by id, the id if there is none.
func (f Facts) who(id string) string {
	s, ok := f.Register.Stakeholder(id)
	if !ok {
		return verdict.Quote(id)
	}
	return label(s)
}

func checkConditions(f Facts, r reporter) {
	f.inForce(r, func(at string, s SignOff) {
		if s.Answer == AcceptedWithConditions && len(s.Conditions) == 0 {
			r.Find(at+".conditions", fmt.Sprintf("%s accepted %s with conditions, and none is stated.", f.who(s.By),
				verdict.Quote(s.Deliverable)), "Write down each condition, with an owner and a date.")
		}
	})
}

func checkConditionsMet(f Facts, r reporter) {
	f.inForce(r, func(at string, s SignOff) {
		for i, c := range s.Conditions {
			if c.Open(f.AsOf) && c.Due != 0 && c.Due < f.AsOf {
				r.Find(verdict.At(at+".conditions", i), fmt.Sprintf("The condition %s of %s for %s is %s late.", verdict.Quote(c.What),
					f.who(s.By), verdict.Quote(s.Deliverable), plural(f.days(c.Due), "day")), "Meet it, and have it confirmed.")
			}
		}
	})
}

// answered is what somebody did whose sign-off is outstanding.
var answered = map[Answer]string{
	0:                      "has not signed off",
	Accepted:               "has accepted only on conditions that are not met",
	AcceptedWithConditions: "has accepted only on conditions that are not met",
	Rejected:               "has refused",
}

func checkSigned(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	for _, o := range f.Register.Outstanding(f.SignOffs, f.AsOf) {
		if o.Due == 0 || o.Due >= f.AsOf {
			continue
		}
		r.Find(verdict.Key("stakeholders", o.Stakeholder)+".signs", fmt.Sprintf("%s %s %s, due on %s.",
			f.who(o.Stakeholder), answered[o.Answer], verdict.Quote(o.Deliverable), o.Due), "Go through what is missing with the stakeholder, and settle it.")
	}
}

func checkRefusals(f Facts, r reporter) {
	f.inForce(r, func(at string, s SignOff) {
		if s.Answer == Rejected && tidy(s.Reason) == "" {
			r.Find(at+".reason", fmt.Sprintf("%s refused %s, and no reason is recorded.", f.who(s.By),
				verdict.Quote(s.Deliverable)), "Ask for the reason, and record it.")
		}
	})
}
