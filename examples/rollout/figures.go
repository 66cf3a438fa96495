package main

import (
	"fmt"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
)

// Figures is everything that the program prints, in one JSON document. Its shape
// is described in the README beside this file; fields are added, not changed.
type Figures struct {
	Schema       string             `json:"schema"` // "crm-rollout/1"
	AsOf         calendar.Date      `json:"asOf"`
	Project      ProjectFigures     `json:"project"`
	Status       audit.Status       `json:"status"`
	Agenda       []audit.Task       `json:"agenda"` // overdue, and due within seven days
	Scope        ScopeFigures       `json:"scope"`
	Risks        RiskFigures        `json:"risks"`
	Exposure     ExposureFigures    `json:"exposure"`
	Steering     SteeringFigures    `json:"steering"`
	Stakeholders StakeholderFigures `json:"stakeholders"`
	Plan         PlanFigures        `json:"plan"`
	Timeline     TimelineFigures    `json:"timeline"`
	Earned       *evm.Report        `json:"earned,omitempty"`
	Budget       BudgetFigures      `json:"budget"`
	Customers    CustomerFigures    `json:"customers"`
	Adoption     *AdoptionFigures   `json:"adoption,omitempty"`
	Targets      []kpi.Line         `json:"targets"`
	Findings     verdict.Report     `json:"findings"`

	dossier  *audit.Dossier
	artifact string
}

// ProjectFigures names the project.
type ProjectFigures struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	Kind  crmproject.Kind `json:"kind"`
	Size  crmproject.Size `json:"size"`
	Start calendar.Date   `json:"start"`
	End   calendar.Date   `json:"end"`
	Users int64           `json:"users"` // of all waves
	Phase string          `json:"phase"`
}

// ScopeFigures is how complete the scope is, and what became of its objectives.
type ScopeFigures struct {
	Completeness scope.Completeness `json:"completeness"`
	Objectives   []scope.Appraisal  `json:"objectives"`
	Creep        *scope.CreepReport `json:"creep,omitempty"` // against the baseline, if there is one
}

// RiskFigures is the register at the date.
type RiskFigures struct {
	Active        int            `json:"active"`
	HeatMap       risk.HeatMap   `json:"heatMap"`
	Ranking       []risk.Ranked  `json:"ranking"` // gravest first
	Threats       risk.Exposure  `json:"threats"` // expected loss that is left
	Opportunities risk.Exposure  `json:"opportunities"`
	Contingency   money.Amount   `json:"contingency"`
	Benefits      []risk.Benefit `json:"benefits"` // what each response gains for its cost
}

// StakeholderFigures is who is not where he should be, and who waits for a
// message.
type StakeholderFigures struct {
	Count      int                      `json:"count"`
	Engagement []stakeholder.Assessment `json:"engagement"`
	Messages   []stakeholder.Due        `json:"messages"`
	Owed       []stakeholder.Owed       `json:"owed"`
	Late       []string                 `json:"late"` // ids of those who bought in after planning began
}

// PlanFigures is how far the plan is.
type PlanFigures struct {
	Phases     []PhaseProgress        `json:"phases"`
	Milestones []crmproject.Milestone `json:"milestones"`
	Waves      []WaveFigures          `json:"waves"`
	Readiness  []crmproject.Readiness `json:"readiness"` // of the waves to come
}

// PhaseProgress counts the activities of a phase.
type PhaseProgress struct {
	Phase string              `json:"phase"`
	Title string              `json:"title"`
	Stage crmproject.Stage    `json:"stage"`
	Done  crmproject.Progress `json:"progress"`
}

// WaveFigures is how far a wave is.
type WaveFigures struct {
	ID      string              `json:"id"`
	Title   string              `json:"title"`
	Kind    crmproject.WaveKind `json:"kind"`
	Planned calendar.Date       `json:"planned"`
	Live    calendar.Date       `json:"live,omitzero"`
	Users   int64               `json:"users"`
	Trained int64               `json:"trained"`
	Open    int                 `json:"openEntryCriteria"`
}

// BudgetFigures is where the budget stands.
type BudgetFigures struct {
	Total      crmproject.Position    `json:"total"`
	Approved   money.Amount           `json:"approved"`
	Gap        money.Amount           `json:"gap"` // approved less contingency and lines
	Categories []CategoryFigures      `json:"categories"`
	Unexpected money.Amount           `json:"unexpected"`
	Table      crmproject.BudgetTable `json:"table"`    // by category, with what was due by now
	CashFlow   crmproject.CashFlow    `json:"cashFlow"` // by month
	Outlook    crmproject.Outlook     `json:"outlook"`
}

// CategoryFigures is where the lines of a category stand.
type CategoryFigures struct {
	Category crmproject.Category `json:"category"`
	crmproject.Position
}

// week is how many days ahead the agenda looks.
const week = 7

// judge computes every figure. It fails only on input that Decode lets through
// and that cannot be computed with, such as a life cycle whose gates name rules
// that nobody has.
func judge(in input) (*Figures, error) {
	d := in.dossier
	report := d.Audit(in.asOf)
	status, err := d.StatusOf(report, in.asOf)
	if err != nil {
		return nil, err
	}
	f := &Figures{
		Schema: "crm-rollout/1", AsOf: in.asOf, Status: status, Findings: report,
		Agenda: d.Agenda(in.asOf, in.asOf.AddDays(week)), Targets: d.Indicators.At(in.asOf),
		Risks: riskFigures(d, in.asOf), Stakeholders: stakeholderFigures(d, in.asOf), Plan: planFigures(d, in.asOf),
		dossier: d, artifact: in.artifact,
	}
	f.Project = projectFigures(d)
	if f.Scope, err = scopeFigures(d); err != nil {
		return nil, err
	}
	if f.Budget, err = budgetFigures(d, in.asOf); err != nil {
		return nil, err
	}
	if f.Timeline, err = timelineFigures(d, in.asOf); err != nil {
		return nil, err
	}
	if f.Earned, err = earnedFigures(d, in.asOf); err != nil {
		return nil, err
	}
	if f.Steering, err = steeringFigures(d, in.asOf); err != nil {
		return nil, err
	}
	if f.Exposure, err = exposureFigures(d, in.asOf); err != nil {
		return nil, err
	}
	if f.Adoption, err = adoptionFigures(d, in.usage, in.asOf); err != nil {
		return nil, err
	}
	f.Customers, err = customerFigures(in.orders, in.ordersOf, firstLive(d, in.asOf))
	return f, err
}

func projectFigures(d *audit.Dossier) ProjectFigures {
	p := &d.Project
	f := ProjectFigures{ID: p.ID, Name: p.Name, Kind: p.Kind, Size: p.Size, Start: p.Start, End: p.End, Phase: string(p.State.Phase)}
	for _, w := range p.Waves {
		if users, _, ok := w.Users(); ok {
			f.Users += users
		}
	}
	return f
}

func scopeFigures(d *audit.Dossier) (ScopeFigures, error) {
	s := d.Scope.Statement
	completeness, err := s.Completeness(d.Scope.Scheme)
	if err != nil {
		return ScopeFigures{}, fmt.Errorf("scope: %w", err)
	}
	f := ScopeFigures{Completeness: completeness, Objectives: s.Objectives()}
	if d.Scope.Baseline.Frozen() {
		creep := scope.Creep(d.Scope.Baseline, s, d.Scope.Changes)
		f.Creep = &creep
	}
	return f, nil
}

func riskFigures(d *audit.Dossier, asOf calendar.Date) RiskFigures {
	r := d.Risks
	f := RiskFigures{
		Active: len(r.Active(asOf)), HeatMap: r.HeatMap(asOf, 0), Ranking: r.Rank(asOf),
		Contingency: d.Project.Budget.Contingency, Benefits: r.Benefits(asOf),
	}
	f.Threats, f.Opportunities = r.Residual(asOf)
	return f
}

func stakeholderFigures(d *audit.Dossier, asOf calendar.Date) StakeholderFigures {
	r := d.Stakeholders.Register
	return StakeholderFigures{
		Count: len(r.Stakeholders), Engagement: r.Engagements(asOf), Messages: r.Due(asOf),
		Owed: r.Owed(asOf, d.Events(asOf)...), Late: r.Late(d.PlanningStart(), asOf),
	}
}

func planFigures(d *audit.Dossier, asOf calendar.Date) PlanFigures {
	p := &d.Project
	f := PlanFigures{Milestones: p.Milestones}
	cycle := p.Cycle()
	for _, ph := range cycle.Outline.Phases {
		stage, _ := cycle.Stage(ph.ID)
		f.Phases = append(f.Phases, PhaseProgress{string(ph.ID), ph.Title, stage, p.Progress(string(ph.ID), asOf)})
	}
	for _, w := range p.Waves {
		users, trained, _ := w.Users()
		wave := WaveFigures{ID: w.ID, Title: w.Title, Kind: w.Kind, Planned: w.Planned, Users: users, Trained: trained}
		if w.IsLive(asOf) {
			wave.Live = w.Live
		} else if ready, ok := p.Readiness(w.ID, asOf); ok {
			f.Readiness = append(f.Readiness, ready)
		}
		for _, c := range w.Entry {
			if !c.Ticked(asOf) {
				wave.Open++
			}
		}
		f.Waves = append(f.Waves, wave)
	}
	return f
}

func budgetFigures(d *audit.Dossier, asOf calendar.Date) (BudgetFigures, error) {
	b := d.Project.Budget
	f := BudgetFigures{Approved: b.Total}
	var err error
	if f.Total, err = b.Position(asOf); err != nil {
		return f, err
	}
	if f.Gap, err = b.Gap(); err != nil {
		return f, fmt.Errorf("budget: %w", err)
	}
	if _, f.Unexpected, err = b.Unexpected(asOf); err != nil {
		return f, fmt.Errorf("budget: %w", err)
	}
	dated := d.Project.DatedBudget()
	if f.Table, err = dated.Table(asOf); err != nil {
		return f, err
	}
	if f.CashFlow, err = dated.CashFlow(asOf); err != nil {
		return f, err
	}
	if f.Outlook, err = dated.Outlook(asOf); err != nil {
		return f, err
	}
	for c := crmproject.SoftwareCost; c.IsValid(); c++ {
		position, err := b.Category(c, asOf)
		if err != nil {
			return f, err
		}
		if position.Planned.Sign() != 0 || position.Spent.Sign() != 0 {
			f.Categories = append(f.Categories, CategoryFigures{c, position})
		}
	}
	return f, nil
}

// firstLive returns the first day on which users worked with the CRM, no date if
// none do yet.
func firstLive(d *audit.Dossier, asOf calendar.Date) calendar.Date {
	var first calendar.Date
	for _, w := range d.Project.Waves {
		if w.IsLive(asOf) && (first == 0 || w.Live < first) {
			first = w.Live
		}
	}
	return first
}
