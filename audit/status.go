package audit

import (
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Status says where a project stands at a date, and what to do next.
type Status struct {
	AsOf  calendar.Date    `json:"asOf"`
	Phase phase.ID         `json:"phase"`
	Stage crmproject.Stage `json:"stage"`
	State phase.Status     `json:"state"`

	OnTime   Judgement `json:"onTime"`   // CP-32
	InBudget Judgement `json:"inBudget"` // CP-32
	ToNeed   Judgement `json:"toNeed"`   // CP-32

	Aspects []Judgement        `json:"aspects"` // the seven key aspects (CP-31)
	Factors []Judgement        `json:"factors"` // the five factors of execution (CP-33)
	Gates   []phase.Evaluation `json:"gates"`   // the gates out of the current phase
	Next    []Action           `json:"next"`    // what to do, most pressing first

	Conditions []Judgement `json:"conditions"` // the three conditions of success (CP-45)
}

// Status judges the dossier at a date: the success triple, the seven key aspects,
// the five factors of execution, the three conditions of success, the next gates,
// and what to do next. It runs
// [Dossier.Audit]; a caller who has its report passes it to [Dossier.StatusOf].
// Rules of the caller's own that gates ask for are passed as extra; the error is
// that of [Dossier.Machine].
func (d *Dossier) Status(asOf calendar.Date, extra ...verdict.Rule[Facts]) (Status, error) {
	return d.StatusOf(d.Audit(asOf), asOf, extra...)
}

// StatusOf is [Dossier.Status] on a report that Audit gave for the same date.
func (d *Dossier) StatusOf(report verdict.Report, asOf calendar.Date, extra ...verdict.Rule[Facts]) (Status, error) {
	gates, err := d.Gates(asOf, extra...)
	if err != nil {
		return Status{}, err
	}
	s := Status{
		AsOf: asOf, Phase: d.Project.State.Phase, Stage: d.Project.StageAt(asOf), State: d.Project.State.Status,
		OnTime: d.onTime(asOf), InBudget: d.inBudget(asOf), ToNeed: d.toNeed(asOf),
		Aspects: d.Facts(asOf).aspects(report), Factors: d.Facts(asOf).factors(report), Gates: gates,
	}
	s.Conditions = d.Facts(asOf).conditions(report)
	s.Next = actions(gates, report)
	return s, nil
}

// lateTolerance is how many days a milestone or a wave may be late before the
// project is red for time.
const lateTolerance = 14

// onTime is red if the end has passed, or had when the project ended, or if a
// milestone or wave is missed by more than the tolerance; amber if any milestone,
// wave or activity is late; else green.
func (d *Dossier) onTime(asOf calendar.Date) Judgement {
	p := &d.Project
	j := Judgement{Name: "on time", Covered: len(p.Activities)+len(p.Milestones) > 0, Rating: objective.Green}
	if !j.Covered {
		j.Rating, j.Reason = objective.Unrated, "there is no plan yet"
		return j
	}
	worst, what := d.latest(asOf)
	progress := p.Progress("", asOf)
	done := fmt.Sprintf("%d of %d activities done, %d late", progress.Done, progress.Planned, progress.Late)
	ending, ended := p.State.Ending()
	ended = ended && ending.On <= asOf
	switch {
	case p.End.IsValid() && asOf > p.End && !ended:
		j.Rating, j.Reason = objective.Red, fmt.Sprintf("the project was to end on %s; %s", p.End, done)
	case p.End.IsValid() && ended && ending.On > p.End:
		j.Rating, j.Reason = objective.Red, fmt.Sprintf("the project was to end on %s and ended on %s; %s", p.End, ending.On, done)
	case worst > lateTolerance:
		j.Rating, j.Reason = objective.Red, fmt.Sprintf("%s is %d days late; %s", what, worst, done)
	case worst > 0:
		j.Rating, j.Reason = objective.Amber, fmt.Sprintf("%s is %d days late; %s", what, worst, done)
	case progress.Late > 0:
		j.Rating, j.Reason = objective.Amber, done
	default:
		j.Reason = done
	}
	return j
}

// latest returns the milestone or wave that is missed by the most days.
func (d *Dossier) latest(asOf calendar.Date) (days int, what string) {
	for _, m := range d.Project.Milestones {
		open := !m.Achieved.IsValid() || m.Achieved > asOf
		if late := m.DaysLate(asOf); open && late > days {
			days, what = late, "the milestone "+m.Title
		}
	}
	for _, w := range d.Project.Waves {
		if !w.IsLive(asOf) && w.Planned.IsValid() && int(asOf-w.Planned) > days {
			days, what = int(asOf-w.Planned), "the wave "+w.Title
		}
	}
	return days, what
}

// inBudget is red if more was spent than planned, or planned than approved;
// amber if a line is overspent or a cost is unexpected; else green.
func (d *Dossier) inBudget(asOf calendar.Date) Judgement {
	b := d.Project.Budget
	j := Judgement{Name: "in budget", Covered: len(b.Lines) > 0, Rating: objective.Green}
	if !j.Covered {
		j.Rating, j.Reason = objective.Unrated, "there is no budget yet"
		return j
	}
	all, err1 := b.Position(asOf)
	gap, err2 := b.Gap()
	costs, unexpected, err3 := b.Unexpected(asOf)
	if errors.Join(err1, err2, err3) != nil {
		j.Rating, j.Reason = objective.Unrated, "the amounts cannot be added up"
		return j
	}
	over := overspent(b, asOf)
	switch {
	case all.Overspent() || gap.Sign() < 0:
		j.Rating = objective.Red
	case over > 0 || len(costs) > 0:
		j.Rating = objective.Amber
	}
	j.Reason = fmt.Sprintf("%s of %s planned is spent (%s)", all.Spent.Format(money.Style{}), all.Planned.Format(money.Style{}), all.Share.Percent(0))
	if gap.Sign() < 0 {
		j.Reason += "; plan and contingency against the approved total: " + gap.Format(money.Style{})
	}
	if over > 0 {
		j.Reason += fmt.Sprintf("; overspent lines: %d", over)
	}
	if len(costs) > 0 {
		j.Reason += "; unexpected costs: " + unexpected.Format(money.Style{})
	}
	return j
}

// overspent counts the budget lines on which more was spent than planned.
func overspent(b crmproject.Budget, asOf calendar.Date) int {
	n := 0
	for _, l := range b.Lines {
		if p, err := b.Line(l.ID, asOf); err == nil && p.Overspent() {
			n++
		}
	}
	return n
}

// aspects judges the seven key aspects: planning, execution, control,
// stakeholders, risk, change, communication (CP-31). An aspect about which the
// project file holds nothing is not covered.
func (f Facts) aspects(report verdict.Report) []Judgement {
	d := f.Dossier
	p := &d.Project
	stage := p.StageAt(f.AsOf)
	execution := len(p.Build)+len(p.Waves)+len(p.Migrations) > 0 || stage < crmproject.Execution
	control := len(p.Routines) > 0 || stage < crmproject.Execution
	change := len(p.Changes)+len(d.Scope.Changes) > 0 || d.Scope.Baseline.Frozen() || stage < crmproject.Execution
	return []Judgement{
		f.judge("planning", len(p.Activities) > 0, report, "PROJECT-02", "PROJECT-03", "PROJECT-08", "PROJECT-090", "SCHED", "SCOPE-0"),
		f.judge("execution", execution, report, "PROJECT-04", "PROJECT-10"),
		f.judge("control", control, report,
			"PROJECT-056", "PROJECT-057", "PROJECT-058", "PROJECT-051", "PROJECT-052", "PROJECT-091", "PROJECT-093", "PROJECT-094", "PROJECT-095",
			"CONTROL", "EVM", "KPI"),
		f.judge("stakeholders", len(d.Stakeholders.Register.Stakeholders) > 0, report, "STAKE-0", "STAKE-1", "STAKE-2", "STAKE-4", "RACI"),
		f.judge("risk", len(d.Risks.Risks) > 0, report, "RISK"),
		f.judge("change", change, report, "PROJECT-053", "PROJECT-054", "PROJECT-055", "PROJECT-11", "SCOPE-11", "SCOPE-12"),
		f.judge("communication", len(d.Stakeholders.Register.Plan) > 0, report, "STAKE-3"),
	}
}

// factors judges the five factors of execution: well-defined plan, clear
// communication, strong leadership, skilled team, adequate resources (CP-33).
func (f Facts) factors(report verdict.Report) []Judgement {
	d := f.Dossier
	p := &d.Project
	return []Judgement{
		f.judge("well-defined plan", len(p.Activities) > 0, report,
			"PROJECT-022", "PROJECT-025", "PROJECT-026", "PROJECT-027", "PROJECT-028", "PROJECT-083", "PROJECT-084", "PROJECT-085", "SCHED-015",
			"SCOPE-044", "SCOPE-100"),
		f.judge("clear communication", len(d.Stakeholders.Register.Plan) > 0, report, "STAKE-3"),
		f.judge("strong leadership", p.Team.Manager != "" || p.Team.Sponsor != "", report, "PROJECT-001", "PROJECT-007", "PROJECT-053", "STAKE-105"),
		f.judge("skilled team", len(p.Team.Members) > 0, report, "PROJECT-010", "PROJECT-011", "PROJECT-012", "STAKE-501"),
		f.judge("adequate resources", len(p.Resources) > 0, report, "PROJECT-013", "PROJECT-031", "PROJECT-032", "PROJECT-034"),
	}
}

// toNeed is red with a red target or an open critical issue; amber with an amber target or an open major issue; green if every
// target that can be rated is green. Before anything is measured it is unrated.
func (d *Dossier) toNeed(asOf calendar.Date) Judgement {
	j := Judgement{Name: "to need", Covered: len(d.Indicators.Measures) > 0, Rating: objective.Unrated, Reason: "no target can be rated yet"}
	count := map[objective.Rating]int{}
	for _, line := range d.Indicators.At(asOf) {
		count[line.Attainment.Rating]++
	}
	critical := d.Project.OpenIssues(asOf, verdict.Critical)
	major := d.Project.OpenIssues(asOf, verdict.Major) - critical
	red, amber, green := count[objective.Red], count[objective.Amber], count[objective.Green]
	switch {
	case red+critical > 0:
		j.Rating = objective.Red
	case amber+major > 0:
		j.Rating = objective.Amber
	case green > 0:
		j.Rating = objective.Green
	default:
		return j
	}
	j.Reason = fmt.Sprintf("targets: %d green, %d amber, %d red, %d not rated; open issues: %d critical, %d major",
		green, amber, red, count[objective.Unrated], critical, major)
	return j
}

// conditions judges the three conditions of success: commitment of the team,
// adoption by the users, ability to adapt (CP-45).
func (f Facts) conditions(report verdict.Report) []Judgement {
	p := &f.Dossier.Project
	return []Judgement{
		f.judge("team commitment", len(p.Team.Members) > 0, report, "PROJECT-011", "PROJECT-012", "STAKE-104"),
		f.adoption(report),
		f.judge("ability to adapt", len(p.Routines)+len(p.Changes) > 0 || p.StageAt(f.AsOf) < crmproject.Execution, report,
			"PROJECT-051", "PROJECT-053", "PROJECT-056", "SCOPE-12", "STAKE-310"),
	}
}

// adoption is judged by how users are prepared, and once it is measured by the
// rating of the adoption rate if that is worse.
func (f Facts) adoption(report verdict.Report) Judgement {
	j := f.judge("user adoption", len(f.Dossier.Project.Waves) > 0, report, "PROJECT-043", "PROJECT-047", "PROJECT-049", "STAKE-102")
	for _, line := range f.Dossier.Indicators.At(f.AsOf) {
		rating := line.Attainment.Rating
		if line.Metric == "adoption_rate" && (rating == objective.Amber || rating == objective.Red) && rating > j.Rating {
			j.Rating, j.Reason = rating, fmt.Sprintf("%s: %s", line.Name, line.Attainment.Reason)
		}
	}
	return j
}
