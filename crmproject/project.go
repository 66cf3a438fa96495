package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Project is everything that is known of a CRM implementation project, apart
// from what the wings judge it by: scope, risks, stakeholders and indicators have
// packages of their own and are joined to the project by ids. It is a plain value
// with a JSON form; [Project.Validate] says whether it is well formed, [Rules] say
// what is wrong with the project.
type Project struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Kind     Kind          `json:"kind"`
	Size     Size          `json:"size"`
	Delivery Delivery      `json:"delivery"`
	Agency   string        `json:"agency,omitempty"` // who delivers, if it is an agency
	Start    calendar.Date `json:"start"`
	End      calendar.Date `json:"end"`
	// Calendar says which days are worked; the zero Pattern means Monday to Friday.
	Calendar calendar.Pattern `json:"calendar,omitzero"`

	Idea       string      `json:"idea,omitempty"`   // the idea, described in detail (CP-42)
	Vision     string      `json:"vision,omitempty"` // the organisation after success (CP-09)
	Culture    string      `json:"culture,omitempty"`
	Strategy   Strategy    `json:"strategy,omitzero"`
	Needs      []Need      `json:"needs,omitempty"`
	Situation  Situation   `json:"situation,omitzero"`
	Benefits   []Benefit   `json:"benefits,omitempty"`
	Feasible   Feasibility `json:"feasibility,omitzero"`
	Charter    Charter     `json:"charter,omitzero"`
	Team       Team        `json:"team,omitzero"`
	Resources  []Resource  `json:"resources,omitempty"`
	Selection  Selection   `json:"selection,omitzero"`
	Activities []Activity  `json:"activities,omitempty"`
	Milestones []Milestone `json:"milestones,omitempty"`
	Budget     Budget      `json:"budget,omitzero"`

	Quality   []QualityTarget `json:"quality,omitempty"`   // the quality plan
	Baselines []Baseline      `json:"baselines,omitempty"` // number 1 first; see [Project.Freeze] and [Project.Approve]

	Build      []BuildItem `json:"build,omitempty"`
	Migrations []Migration `json:"migrations,omitempty"`
	Trainings  []Training  `json:"trainings,omitempty"`
	Waves      []Wave      `json:"waves,omitempty"`
	Routines   []Routine   `json:"routines,omitempty"`
	Issues     []Issue     `json:"issues,omitempty"`
	Changes    []Change    `json:"changes,omitempty"`

	Acceptance   []SignOff     `json:"acceptance,omitempty"`
	Review       Review        `json:"review,omitzero"`
	Lessons      []Lesson      `json:"lessons,omitempty"`
	FinalReport  FinalReport   `json:"finalReport,omitzero"`
	Transition   []Handover    `json:"transition,omitempty"`
	Achievements []Achievement `json:"achievements,omitempty"`

	Lifecycle Lifecycle        `json:"lifecycle,omitzero"` // zero: the five phases, see [FivePhases]
	State     phase.State      `json:"state,omitzero"`     // where the project is in its life cycle
	Decisions []phase.Record   `json:"decisions,omitempty"`
	Waivers   []verdict.Waiver `json:"waivers,omitempty"` // findings excused until a date
}

// Facts is what the project's rules judge: the project at a date.
type Facts struct {
	Project *Project
	AsOf    calendar.Date
}

// Cycle returns the project's life cycle, the five phases if it names none.
func (p *Project) Cycle() Lifecycle {
	if len(p.Lifecycle.Outline.Phases) == 0 {
		return FivePhases()
	}
	return p.Lifecycle
}

// Stage returns the stage of the phase that the project is in, Initiation if it
// has not begun.
func (p *Project) Stage() Stage { return p.stageOf(p.State.Phase) }

// StageAt returns the stage that the project was in at a date: that of the last
// visit begun by then, Initiation before the first. A state without visits does
// not tell when it began and is taken for any date.
func (p *Project) StageAt(asOf calendar.Date) Stage {
	if len(p.State.Visits) == 0 {
		return p.Stage()
	}
	stage := Initiation
	for _, v := range p.State.Visits {
		if v.Entered <= asOf {
			stage = p.stageOf(v.Phase)
		}
	}
	return stage
}

func (p *Project) stageOf(id phase.ID) Stage {
	if stage, ok := p.Cycle().Stage(id); ok {
		return stage
	}
	return Initiation
}
