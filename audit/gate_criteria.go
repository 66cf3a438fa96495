package audit

import (
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// gateThreshold is the share of the should weight that a built-in gate asks for.
func gateThreshold() ratio.Ratio { return ratio.New(3, 5) }

func gateName(stage crmproject.Stage) string {
	return map[crmproject.Stage]string{
		crmproject.Initiation: "Charter gate", crmproject.Planning: "Plan gate", crmproject.Execution: "Launch gate",
		crmproject.Control: "Completion gate", crmproject.Closure: "Closing gate",
	}[stage]
}

// stageTerms returns the criteria of leaving a stage. A must cannot be waived
// where going on without it would be going on without the thing itself.
func stageTerms(stage crmproject.Stage) []phase.Term {
	must := func(code verdict.Code) phase.Term { return phase.Term{Code: code, Need: phase.Must} }
	waivable := func(code verdict.Code) phase.Term {
		return phase.Term{Code: code, Need: phase.Must, Waivable: true}
	}
	should := func(code verdict.Code, weight int64) phase.Term {
		return phase.Term{Code: code, Need: phase.Should, Weight: weight}
	}
	switch stage {
	case crmproject.Initiation:
		return []phase.Term{
			must("GATE-001"), must("GATE-002"), waivable("GATE-003"), must("GATE-004"), waivable("GATE-005"),
			should("GATE-006", 2), should("GATE-007", 1), should("GATE-008", 2),
		}
	case crmproject.Planning:
		return []phase.Term{
			must("GATE-101"), must("GATE-102"), waivable("GATE-103"), waivable("GATE-104"), waivable("GATE-105"), must("GATE-106"),
			waivable("GATE-107"), waivable("GATE-108"), should("GATE-109", 2), should("GATE-110", 1), should("GATE-111", 2),
		}
	case crmproject.Execution:
		return []phase.Term{
			waivable("GATE-201"), must("GATE-202"), waivable("GATE-203"), waivable("GATE-204"), must("GATE-205"),
			should("GATE-206", 2), should("GATE-207", 1),
		}
	case crmproject.Control:
		return []phase.Term{
			waivable("GATE-301"), waivable("GATE-302"), waivable("GATE-303"), must("GATE-304"),
			should("GATE-305", 3), should("GATE-306", 1),
		}
	default:
		return []phase.Term{
			must("GATE-401"), waivable("GATE-402"), waivable("GATE-403"), must("GATE-404"), must("GATE-405"),
			should("GATE-406", 1), should("GATE-407", 2),
		}
	}
}

func charterGate() []verdict.Rule[Facts] {
	const stage = crmproject.Planning // what is due once planning begins
	return []verdict.Rule[Facts]{
		gateRule("GATE-001", "The charter is complete and approved",
			"Without it there is neither mandate nor money.",
			reuse(stage, "PROJECT-006", "PROJECT-007")),
		gateRule("GATE-002", "There are objectives, and every one that is kept is specific",
			"A wish cannot be planned for, and its success cannot be told.", checkSpecific),
		gateRule("GATE-003", "Needs and situation are analysed",
			"A plan that starts from no need ends in no use.",
			reuse(stage, "PROJECT-003", "PROJECT-004")),
		gateRule("GATE-004", "A manager and a sponsor lead the project",
			"Somebody has to decide.",
			reuse(stage, "PROJECT-001")),
		gateRule("GATE-005", "The project was found feasible",
			"Planning what cannot be done wastes the planners.",
			reuse(stage, "PROJECT-009")),
		gateRule("GATE-006", "The stakeholders are identified, customers among them",
			"Who is asked late objects late.",
			reuse(stage, "STAKE-001", "STAKE-002", "STAKE-003")),
		gateRule("GATE-007", "Vision and strategy are written down",
			"They decide what the plan leaves out.",
			reuse(stage, "PROJECT-002", "PROJECT-005")),
		gateRule("GATE-008", "The first risks are identified and owned",
			"What could stop the project should be known before it is planned.",
			reuse(stage, "RISK-001", "RISK-010")),
	}
}

func planGate() []verdict.Rule[Facts] {
	const stage = crmproject.Execution
	return []verdict.Rule[Facts]{
		gateRule("GATE-101", "The scope is ready: no gate of its nine components fails",
			"What is not in the scope when work begins comes back as a change.", checkScopeReady),
		gateRule("GATE-102", "Every high risk has a response",
			"A high risk without a response is a decision to be surprised.",
			reuse(stage, "RISK-001", "RISK-020", "RISK-030", "RISK-051")),
		gateRule("GATE-103", "The responsibility matrix is valid",
			"Two who answer for a thing are nobody who does.", checkRACI),
		gateRule("GATE-104", "A CRM solution is selected on the requirements",
			"Building without a product is building the product.",
			reuse(stage, "PROJECT-020", "PROJECT-021")),
		gateRule("GATE-105", "The plan has activities with owners and dates, in a possible order, and milestones",
			"Without it nobody can tell late from early.",
			reuse(stage, "PROJECT-022", "PROJECT-026", "PROJECT-028")),
		gateRule("GATE-106", "The budget covers its heads and fits the approved total",
			"The bill comes all the same.",
			reuse(stage, "PROJECT-030", "PROJECT-031")),
		gateRule("GATE-107", "The communication plan is complete and owned",
			"Silence is filled by rumour.",
			reuse(stage, "STAKE-301", "STAKE-302", "STAKE-304")),
		gateRule("GATE-108", "The people and the working time are assigned",
			"A plan is carried out by people.",
			reuse(stage, "PROJECT-013")),
		gateRule("GATE-109", "Every kept objective has an indicator that can be measured",
			"What has no indicator at the start has no result at the end.", checkIndicators),
		gateRule("GATE-110", "The team covers every department involved",
			"A department that is not in the team hears of the CRM when it is there.",
			checkCoverage),
		gateRule("GATE-111", "The powerful stakeholders have bought in",
			"Support that has to be won during the rollout costs twice.", checkBuyIn),
	}
}

func launchGate() []verdict.Rule[Facts] {
	const stage = crmproject.Execution
	return []verdict.Rule[Facts]{
		gateRule("GATE-201", "Every wave is live, with its entry criteria met",
			"Monitoring what is not in use monitors nothing.", checkAllLive),
		gateRule("GATE-202", "The data are migrated and reconciled",
			"Wrong data cannot be monitored into right ones.", checkAllMigrated),
		gateRule("GATE-203", "What was to be built is built and tested",
			"Open work moves into operation and stays there.", checkAllBuilt),
		gateRule("GATE-204", "The users are trained",
			"Users who were not trained will be counted as lack of adoption.", checkAllTrained),
		gateRule("GATE-205", "No critical issue is open",
			"A critical issue stops the people for whom the CRM was made.",
			reuse(stage, "PROJECT-052")),
		gateRule("GATE-206", "Monitoring, data controls, training and support are set up",
			"What is watched from the first day does not decay unseen.",
			reuse(stage, "PROJECT-057", "PROJECT-058")),
		gateRule("GATE-207", "Nobody waits for an overdue message",
			"Launch is when people most want to know.",
			reuse(stage, "STAKE-321")),
	}
}

func controlGate() []verdict.Rule[Facts] {
	const stage = crmproject.Control
	return []verdict.Rule[Facts]{
		gateRule("GATE-301", "Every wave meets its exit criteria",
			"They were agreed so that nobody has to ask whether it is done.", checkExits),
		gateRule("GATE-302", "Every indicator has been measured since the launch",
			"Results that were not measured cannot be reported.", checkMeasured),
		gateRule("GATE-303", "Controls and services are up to date",
			"What is handed over with a backlog stays in the backlog.",
			reuse(stage, "PROJECT-056")),
		gateRule("GATE-304", "No major or critical issue is open",
			"Closure hands the rest to people who were not there.", checkNoMajorIssue),
		gateRule("GATE-305", "The targets are met or on plan",
			"This is what the project was for.", checkTargets),
		gateRule("GATE-306", "Every change is decided, and what was approved is done",
			"An approved change that is not done is a promise that nobody keeps any more.", checkChangesDone),
	}
}

func closureGate() []verdict.Rule[Facts] {
	const stage = crmproject.Closure
	return []verdict.Rule[Facts]{
		gateRule("GATE-401", "Every deliverable is formally accepted",
			"What was not signed off is not finished.",
			reuse(stage, "PROJECT-060")),
		gateRule("GATE-402", "The project is reviewed against its success criteria",
			"Only the review tells whether it was worth it.",
			reuse(stage, "PROJECT-062")),
		gateRule("GATE-403", "Lessons learned are recorded",
			"The next project starts from them.",
			reuse(stage, "PROJECT-063")),
		gateRule("GATE-404", "The final report is delivered",
			"The organisation that paid has a right to it.",
			reuse(stage, "PROJECT-064")),
		gateRule("GATE-405", "Support and maintenance are handed over",
			"A system that belongs to nobody decays at once.",
			reuse(stage, "PROJECT-065")),
		gateRule("GATE-406", "Achievements are recorded and celebrated",
			"People whose work was seen come back.",
			reuse(stage, "PROJECT-066")),
		gateRule("GATE-407", "No risk is left without an owner after the project",
			"Risks outlive projects.", checkRisksClosed),
	}
}

// gateRule makes a gate criterion. Its findings are major; whether it can be
// waived is for the gate to say.
func gateRule(code verdict.Code, title, why string, check func(Facts, *verdict.Reporter)) verdict.Rule[Facts] {
	return verdict.Rule[Facts]{Code: code, Title: title, Why: why, Severity: verdict.Major, Check: check}
}
