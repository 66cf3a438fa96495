package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

func initiationRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-001", Severity: verdict.Major,
			Title: "The project has a manager and a sponsor",
			Why:   "Without strong leadership nobody decides, and decisions that are not taken are the first delay.",
			Check: checkLeadership,
		}, {
			Code: "PROJECT-002", Severity: verdict.Minor,
			Title: "The project has a vision",
			Why:   "People follow a picture of the organisation after success; a list of features moves nobody.",
			Check: func(f Facts, r *verdict.Reporter) {
				empty(r, "The project", "Describe in a few sentences how the organisation will work once the project has succeeded.",
					part{"vision", "a vision", f.Project.Vision != ""})
			},
		}, {
			Code: "PROJECT-003", Severity: verdict.Major,
			Title: "The needs analysis names challenges and opportunities",
			Why:   "A CRM that answers no need is not used.",
			Check: checkNeeds,
		}, {
			Code: "PROJECT-004", Severity: verdict.Minor,
			Title: "The situation of the organisation is analysed",
			Why:   "Strengths, weaknesses and the reason for a CRM decide which solution fits.",
			Check: checkSituation,
		}, {
			Code: "PROJECT-005", Severity: verdict.Minor,
			Title: "The strategy serves company goals, and each component serves objectives and is tracked",
			Why:   "A strategy that is not tied to goals and not tracked is a slogan.",
			Check: checkStrategy,
		}, {
			Code: "PROJECT-006", Severity: verdict.Major,
			Title: "The charter states purpose, scope, objectives, budget and timeline",
			Why:   "What the charter leaves open is argued about later, at a higher price.",
			Check: checkCharter,
		}, {
			Code: "PROJECT-007", Severity: verdict.Critical,
			Title: "The charter is approved before planning begins",
			Why:   "Work without an approved charter has neither money nor mandate.",
			Check: from(Planning, checkApproval),
		}, {
			Code: "PROJECT-008", Severity: verdict.Major,
			Title: "Each objective of the charter has a success criterion",
			Why:   "Success that is not defined beforehand is claimed by everybody and proved by nobody.",
			Check: checkCriteria,
		}, {
			Code: "PROJECT-009", Severity: verdict.Critical,
			Title: "The project was found feasible before planning begins",
			Why:   "Launching without the resources to finish wastes all of them.",
			Check: from(Planning, checkFeasibility),
		},
	}
}

func peopleRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-010", Severity: verdict.Minor,
			Title: "Each team member has a role, duties and skills",
			Why:   "Work that is nobody's duty is not done, and a skill that is missing is found too late.",
			Check: checkMembers,
		}, {
			Code: "PROJECT-011", Severity: verdict.Minor,
			Title: "Each team member knows the objectives",
			Why:   "People who do not know what the project is for optimise something else.",
			Check: from(Planning, checkBriefed),
		}, {
			Code: "PROJECT-012", Severity: verdict.Minor,
			Title: "The team is committed",
			Why:   "A team member who does not stand behind the project cannot win its users.",
			Check: checkCommitment,
		}, {
			Code: "PROJECT-013", Severity: verdict.Major,
			Title: "The working time that the project needs is assigned",
			Why:   "A plan without the people to carry it out slips from its first week.",
			Check: from(Planning, checkResources),
		}, {
			Code: "PROJECT-014", Severity: verdict.Minor,
			Title: "A project that an agency delivers names the agency",
			Why:   "Who answers for the delivery must be known.",
			Check: func(f Facts, r *verdict.Reporter) {
				if f.Project.Delivery != Agency {
					r.NotApplicable("the organisation delivers the project itself")
					return
				}
				empty(r, "The project", "Name the agency.", part{"agency", "the name of the agency that delivers it", f.Project.Agency != ""})
			},
		},
	}
}

func checkLeadership(f Facts, r *verdict.Reporter) {
	team := f.Project.Team
	empty(r, "The project", "Appoint one and write it into the charter.",
		part{"team.manager", "a project manager", team.Manager != ""},
		part{"team.sponsor", "an executive sponsor", team.Sponsor != ""})
}

func checkNeeds(f Facts, r *verdict.Reporter) {
	kinds := map[NeedKind]bool{}
	for _, n := range f.Project.Needs {
		kinds[n.Kind] = true
	}
	empty(r, "The needs analysis", "Ask sales, marketing and customer service what hurts today and what could be won.",
		part{"needs", "challenges", kinds[Challenge]},
		part{"needs", "opportunities", kinds[Opportunity]})
}

func checkSituation(f Facts, r *verdict.Reporter) {
	s := f.Project.Situation
	empty(r, "The initial analysis", "Complete it before the solution is chosen.",
		part{"situation.current", "the current situation", s.Current != ""},
		part{"situation.strengths", "strengths", len(s.Strengths) > 0},
		part{"situation.weaknesses", "weaknesses", len(s.Weaknesses) > 0},
		part{"situation.paramount", "the needs that matter most", len(s.Paramount) > 0},
		part{"situation.importance", "the importance of a CRM to the organisation", s.Importance != ""},
		part{"situation.why", "the reason for doing it now", s.Why != ""})
}

func checkStrategy(f Facts, r *verdict.Reporter) {
	s := f.Project.Strategy
	empty(r, "The project", "Write down how the vision is to be reached, and which company goals it serves.",
		part{"strategy.statement", "a strategy", s.Statement != ""},
		part{"strategy.companyGoals", "a link from its strategy to company goals", len(s.CompanyGoals) > 0},
		part{"strategy.components", "components of its strategy", len(s.Components) > 0})
	for _, c := range s.Components {
		at := verdict.Key("strategy.components", c.ID)
		empty(r, "The component "+named(c.ID, c.Title), "Tie it to objectives and say how progress is followed, or drop it.",
			part{at + ".objectives", "objectives that it serves", len(c.Objectives) > 0},
			part{at + ".tracking", "a way to track it", c.Tracking != ""})
	}
}

func checkCharter(f Facts, r *verdict.Reporter) {
	c := f.Project.Charter
	empty(r, "The charter", "Complete the charter and have it approved.",
		part{"charter.purpose", "a purpose", c.Purpose != ""},
		part{"charter.scope", "a scope", c.Scope != ""},
		part{"charter.objectives", "objectives", len(c.Objectives) > 0},
		part{"charter.budget", "a budget", c.Budget.Sign() > 0},
		part{"charter.start", "a start date", c.Start.IsValid()},
		part{"charter.end", "an end date", c.End.IsValid()})
}

func checkApproval(f Facts, r *verdict.Reporter) {
	if c := f.Project.Charter; !c.Approved(f.AsOf) {
		r.Find("charter.approvedOn", "The charter is not approved.",
			"Have the sponsor approve the charter, or hold the project.")
	}
}

func checkCriteria(f Facts, r *verdict.Reporter) {
	have := idSet(f.Project.Charter.Criteria, func(c SuccessCriterion) string { return c.Objective })
	if len(f.Project.Charter.Objectives) == 0 {
		r.Unassessed("the charter has no objectives yet")
	}
	for _, id := range f.Project.Charter.Objectives {
		if !have[id] {
			r.Find(verdict.Key("charter.objectives", id), fmt.Sprintf("Objective %s has no success criterion.", id),
				"Agree with the sponsor how success will be recognised.")
		}
	}
}

func checkFeasibility(f Facts, r *verdict.Reporter) {
	study := f.Project.Feasible
	switch {
	case study.Decision == NoGo:
		r.Find("feasibility.decision", "The project was found not feasible and goes on all the same.",
			"Stop the project, or repeat the study with what has changed.")
	case study.Decision != Go || !study.On.IsValid() || study.On > f.AsOf:
		r.Find("feasibility.decision", "Nobody has decided whether the project is feasible.",
			"Decide go or no-go on the resources and the possibility of a launch.")
	}
	for i, c := range study.Checks {
		if study.Decision == Go && c.Answer == NoGo {
			r.Find(verdict.At("feasibility.checks", i), fmt.Sprintf("The project was found feasible although the answer to %q was no.", c.Title),
				"Clear up the contradiction.")
		}
	}
}

func checkMembers(f Facts, r *verdict.Reporter) {
	if len(f.Project.Team.Members) == 0 {
		r.Unassessed("the team has no members yet")
	}
	for _, m := range f.Project.Team.Members {
		at := verdict.Key("team.members", m.ID)
		empty(r, m.Name, "Agree it with the member and the line manager.",
			part{at + ".role", "a role", m.Role != ""},
			part{at + ".duties", "duties", len(m.Duties) > 0},
			part{at + ".skills", "recorded skills", len(m.Skills) > 0})
	}
}

func checkBriefed(f Facts, r *verdict.Reporter) {
	for _, m := range f.Project.Team.Members {
		if !m.Briefed.IsValid() || m.Briefed > f.AsOf {
			r.Find(verdict.Key("team.members", m.ID)+".briefed", m.Name+" has not been made familiar with the objectives.",
				"Go through the objectives with the member.")
		}
	}
}

func checkCommitment(f Facts, r *verdict.Reporter) {
	for _, m := range f.Project.Team.Members {
		if m.Commitment == LowCommitment {
			r.Find(verdict.Key("team.members", m.ID)+".commitment", m.Name+" is hardly committed to the project.",
				"Find out why, and win the member or find another.")
		}
	}
}

func checkResources(f Facts, r *verdict.Reporter) {
	if len(f.Project.Resources) == 0 {
		r.Unassessed("no resources are planned yet")
	}
	for _, res := range f.Project.Resources {
		if res.Assigned < res.Needed {
			r.Find(verdict.Key("resources", res.ID), fmt.Sprintf("%d of the %d person-days needed of %s are assigned.", res.Assigned, res.Needed, res.Role),
				"Assign people, or plan with the days there are.")
		}
	}
}
