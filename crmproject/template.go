package crmproject

import "github.com/crmrollout/crm/crmproject/phase"

// A templatePhase is one row of a template: the phase, its stage, and the key
// activities done in it.
type templatePhase struct {
	id, title, objective string
	stage                Stage
	activities           []KeyActivity
}

// FivePhases returns the standard life cycle: initiation, planning, execution,
// monitoring and control, closure, with their 28 key activities (CP-03).
// Monitoring and control comes fourth and runs alongside the others: its
// operations are the [Routine]s of the project.
func FivePhases() Lifecycle { return template("five-phases", fiveRows()) }

func fiveRows() []templatePhase {
	return []templatePhase{
		{"initiation", "Initiation", "settle purpose, scope and objectives", Initiation, initiationActivities()},
		{"planning", "Planning", "a detailed plan to execute", Planning, planningActivities()},
		{"execution", "Execution", "implement to the plan", Execution, executionActivities()},
		{"control", "Monitoring & Control", "track, assess, correct", Control, controlActivities()},
		{"closure", "Closure", "complete, evaluate, hand over", Closure, closureActivities()},
	}
}

// IdeaToControl returns the life cycle of a product launch: idea, research into
// the possibility of a launch, feasibility of the resources, planning, launch,
// control (CP-05).
func IdeaToControl() Lifecycle {
	in := initiationActivities()
	return template("idea-to-control", []templatePhase{
		{"idea", "Idea", "describe the idea in detail", Initiation, in[:1]},
		{"research", "Research", "find out whether a launch is possible", Initiation, in[1:2]},
		{"feasibility", "Feasibility", "find out whether the resources are there", Initiation, in[2:]},
		{"planning", "Planning", "a plan in terms of budget and people", Planning, planningActivities()},
		{"launch", "Launch", "implement and go live", Execution, executionActivities()},
		{"control", "Control", "assess, correct, hand over", Control, append(controlActivities(), closureActivities()...)},
	})
}

// AbilitiesToClosing returns the life cycle initiation, abilities, planning,
// realisation, control, closing (CP-05).
func AbilitiesToClosing() Lifecycle {
	in := initiationActivities()
	return template("abilities-to-closing", []templatePhase{
		{"initiation", "Initiation", "settle purpose and objectives", Initiation, in[:2]},
		{"abilities", "Abilities", "settle what the organisation can do", Initiation, in[2:]},
		{"planning", "Planning", "a detailed plan to execute", Planning, planningActivities()},
		{"realisation", "Realisation", "implement to the plan", Execution, executionActivities()},
		{"control", "Control", "track, assess, correct", Control, controlActivities()},
		{"closing", "Closing", "complete, evaluate, hand over", Closure, closureActivities()},
	})
}

// VisionFirst returns the life cycle that settles vision and objectives, the
// indicators to evaluate results, and the project team before the five phases
// begin (CP-05, CP-44).
func VisionFirst() Lifecycle {
	in := initiationActivities()
	five := fiveRows()
	five[0].activities = []KeyActivity{in[0], in[3]}
	return template("vision-first", append([]templatePhase{
		{"vision", "Vision", "a vision, and objectives that can be missed", Initiation, in[1:2]},
		{"indicators", "Indicators", "the indicators that will tell the results", Initiation, nil},
		{"team", "Team", "a project manager and a team", Initiation, in[2:3]},
	}, five...))
}

// Templates returns the built-in life cycles, the standard one first.
func Templates() []Lifecycle {
	return []Lifecycle{FivePhases(), IdeaToControl(), AbilitiesToClosing(), VisionFirst()}
}

// template joins the rows to a line of phases that ends after the last one.
func template(name string, rows []templatePhase) Lifecycle {
	l := Lifecycle{Outline: phase.Outline{Name: name}}
	for i, row := range rows {
		p := phase.Phase{ID: phase.ID(row.id), Title: row.title, Objective: row.objective}
		next := phase.End
		switch {
		case i == len(rows)-1:
			p.Role = phase.Closure
		default:
			next = phase.ID(rows[i+1].id)
			if row.stage == Control {
				p.Role = phase.Continuous
			}
		}
		l.Outline.Phases = append(l.Outline.Phases, p)
		l.Outline.Transitions = append(l.Outline.Transitions, phase.Edge{From: p.ID, To: next})
		l.Phases = append(l.Phases, StagedPhase{p.ID, row.stage})
		for _, k := range row.activities {
			k.Phase = p.ID
			l.Activities = append(l.Activities, k)
		}
	}
	return l
}

func initiationActivities() []KeyActivity {
	return []KeyActivity{
		{Code: "IN-1", Title: "needs analysis of challenges and opportunities", Evidence: ProjectEvidence},
		{Code: "IN-2", Title: "goals, objectives and success criteria", Evidence: ScopeEvidence},
		{Code: "IN-3", Title: "project team with roles", Evidence: ProjectEvidence},
		{Code: "IN-4", Title: "project charter: scope, budget, timeline", Evidence: ProjectEvidence},
	}
}

func planningActivities() []KeyActivity {
	return []KeyActivity{
		{Code: "PL-1", Title: "requirements analysis, user and system", Evidence: ScopeEvidence},
		{Code: "PL-2", Title: "CRM solution selected on the requirements", Evidence: ProjectEvidence},
		{Code: "PL-3", Title: "schedule with milestones", Evidence: ProjectEvidence},
		{Code: "PL-4", Title: "budget: software, implementation, training, ongoing support", Evidence: ProjectEvidence},
		{Code: "PL-5", Title: "communication and reporting protocols", Evidence: StakeholderEvidence},
		{Code: "PL-6", Title: "risk management plan", Evidence: RiskEvidence},
	}
}

func executionActivities() []KeyActivity {
	return []KeyActivity{
		{Code: "EX-1", Title: "configure and customise to the organisation's processes", Evidence: ProjectEvidence},
		{Code: "EX-2", Title: "migrate data, accurate and complete", Evidence: ProjectEvidence},
		{Code: "EX-3", Title: "integrate with other systems", Evidence: ProjectEvidence},
		{Code: "EX-4", Title: "train users", Evidence: ProjectEvidence},
		{Code: "EX-5", Title: "roll out in phases or as a pilot", Evidence: ProjectEvidence},
		{Code: "EX-6", Title: "watch and resolve first-deployment issues", Evidence: ProjectEvidence},
	}
}

func controlActivities() []KeyActivity {
	return []KeyActivity{
		{Code: "MC-1", Title: "monitor system performance and user feedback", Evidence: ProjectEvidence},
		{Code: "MC-2", Title: "ongoing training and support", Evidence: ProjectEvidence},
		{Code: "MC-3", Title: "analyse key performance indicators", Evidence: KPIEvidence},
		{Code: "MC-4", Title: "resolve issues found", Evidence: ProjectEvidence},
		{Code: "MC-5", Title: "adjust the CRM to feedback and changing needs", Evidence: ProjectEvidence},
		{Code: "MC-6", Title: "keep data integrity and security controls up", Evidence: ProjectEvidence},
	}
}

func closureActivities() []KeyActivity {
	return []KeyActivity{
		{Code: "CL-1", Title: "project review against objectives and criteria", Evidence: ReviewEvidence},
		{Code: "CL-2", Title: "lessons learned and best practices", Evidence: ProjectEvidence},
		{Code: "CL-3", Title: "formal acceptance and sign-off", Evidence: ProjectEvidence},
		{Code: "CL-4", Title: "final project report", Evidence: ProjectEvidence},
		{Code: "CL-5", Title: "transition of support and maintenance", Evidence: ProjectEvidence},
		{Code: "CL-6", Title: "celebrate achievements", Evidence: ProjectEvidence},
	}
}
