package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/audit"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
)

// How many rows the longer tables show; the JSON has all of them.
const (
	mostActions  = 12
	mostTasks    = 15
	mostRisks    = 10
	mostFindings = 15
	mostGaps     = 12
)

// report turns the figures into what a project manager reads, the most pressing
// first.
func report(f *Figures) *page.Page {
	p := &page.Page{Title: fmt.Sprintf("%s: where the rollout stands on %s", f.Project.Name, f.AsOf)}
	standing(p.Section("Where it stands"), f)
	gates(p.Section("The next gate"), f)
	doNext(p.Section("What to do next"), f)
	agenda(p.Section("This week"), f)
	plan(p.Section("Plan"), f)
	timeline(p.Section("Timeline"), f)
	budget(p.Section("Budget"), f)
	earned(p.Section("Earned value"), f)
	steering(p.Section("Deviations and corrections"), f)
	scopeSection(p.Section("Scope"), f)
	risks(p.Section("Risks"), f)
	exposureSection(p.Section("Exposure"), f)
	people(p.Section("Stakeholders"), f)
	customers(p.Section("Customers"), f)
	valueSection(p.Section("What customers are worth"), f)
	adoption(p.Section("Adoption"), f)
	targets(p.Section("Targets"), f)
	findings(p.Section("Findings"), f)
	return p
}

func standing(s *page.Section, f *Figures) {
	title := string(f.Status.Phase)
	for _, ph := range f.Plan.Phases {
		if ph.Phase == title {
			title = ph.Title
		}
	}
	where := "The project is in the phase " + title + "."
	if title == "" {
		where = "The project has not started its life cycle."
	}
	s.Paraf("%s (%s), %s to %s, %d users. %s",
		f.Project.ID, words(f.Project.Kind.String()), f.Project.Start, f.Project.End, f.Project.Users, where)
	rows := [][]string{}
	for _, j := range []audit.Judgement{f.Status.OnTime, f.Status.InBudget, f.Status.ToNeed} {
		rows = append(rows, []string{j.Name, j.Rating.String(), j.Reason})
	}
	s.Table([]string{"success", "rating", "because"}, rows...)
	s.Table([]string{"key aspect", "rating", "because"}, judgements(f.Status.Aspects)...)
	s.Table([]string{"factor of execution", "rating", "because"}, judgements(f.Status.Factors)...)
	s.Table([]string{"condition of success", "rating", "because"}, judgements(f.Status.Conditions)...)
}

func judgements(js []audit.Judgement) [][]string {
	rows := make([][]string, len(js))
	for i, j := range js {
		rows[i] = []string{j.Name, j.Rating.String(), short(j.Reason, 70)}
	}
	return rows
}

func gates(s *page.Section, f *Figures) {
	if len(f.Status.Gates) == 0 {
		s.Paraf("No gate leads out of the current phase.")
		return
	}
	for _, g := range f.Status.Gates {
		verb := map[bool]string{true: "is open", false: "is closed"}[g.Outcome == phase.Open]
		s.Paraf("%s (from %s to %s) %s. The should score is %s, %s is needed. Possible decisions: %s.",
			g.Label(), g.From, g.To, verb, g.Score.Percent(0), g.Threshold.Percent(0), actionWords(g.Permitted))
		rows := [][]string{}
		for _, c := range g.Criteria {
			rows = append(rows, []string{string(c.Code), c.Need.String(), words(c.Status.String()), words(c.Effect.String()), short(c.Title, 60)})
		}
		s.Table([]string{"criterion", "need", "status", "effect", "what is asked"}, rows...)
		if missing := g.Missing(); len(missing) > 0 {
			s.Paraf("What stands in the way:")
			s.List(missing...)
		}
		for _, o := range g.Obstacles {
			s.List(o.String())
		}
	}
}

func actionWords(actions []phase.Action) string {
	names := make([]string, len(actions))
	for i, a := range actions {
		names[i] = words(a.String())
	}
	return strings.Join(names, ", ")
}

func doNext(s *page.Section, f *Figures) {
	items := []string{}
	add := func(what, why, code string) {
		items = append(items, fmt.Sprintf("%s (%s; %s)", what, strings.TrimSuffix(why, "."), code))
	}
	for _, a := range f.Status.Next {
		if !a.Gate && a.Weight == verdict.Critical {
			add(a.What, a.Why, string(a.Code))
		}
	}
	for _, g := range f.Status.Gates {
		for _, c := range g.Criteria {
			if c.Effect == phase.Blocking && len(c.Findings) > 0 {
				first := c.Findings[0]
				why := fmt.Sprintf("blocks the %s; first of %d: %s", strings.ToLower(g.Label()), len(c.Findings), first.Message)
				add(first.Remedy, why, string(c.Code))
			}
		}
	}
	for _, a := range f.Status.Next {
		if !a.Gate && a.Weight < verdict.Critical {
			add(a.What, a.Why, string(a.Code))
		}
	}
	s.List(atMost(items, mostActions)...)
}

func agenda(s *page.Section, f *Figures) {
	var overdue, due [][]string
	for _, t := range f.Agenda {
		row := []string{t.Due.String(), t.Kind, short(t.What, 56), t.Who}
		if t.Overdue {
			overdue = append(overdue, row)
		} else {
			due = append(due, row)
		}
	}
	s.Paraf("Due until %s: %d. Overdue: %d.", f.AsOf.AddDays(week), len(due), len(overdue))
	heading := []string{"due", "kind", "what", "who"}
	s.Table(heading, due...)
	if len(overdue) > 0 {
		s.Paraf("Overdue, the latest %d:", min(mostTasks, len(overdue)))
		s.Table(heading, overdue[max(0, len(overdue)-mostTasks):]...)
	}
}

func plan(s *page.Section, f *Figures) {
	if len(f.dossier.Project.Activities)+len(f.Plan.Milestones)+len(f.Plan.Waves) == 0 {
		s.Paraf("There is no plan yet.")
		return
	}
	rows := [][]string{}
	for _, ph := range f.Plan.Phases {
		d := ph.Done
		if d.Planned > 0 {
			rows = append(rows, []string{ph.Title, itoa(d.Planned), itoa(d.Done), itoa(d.Started - d.Done), itoa(d.Late), d.Share.Percent(0)})
		}
	}
	s.Table([]string{"phase", "activities>", "done>", "running>", "late>", "share>"}, rows...)
	rows = nil
	for _, m := range f.Plan.Milestones {
		rows = append(rows, []string{m.Due.String(), short(m.Title, 50), milestoneState(m.Achieved, m.Due, f.AsOf)})
	}
	s.Table([]string{"due", "milestone", "state"}, rows...)
	rows = nil
	for _, w := range f.Plan.Waves {
		state := "planned"
		if w.Live.IsValid() {
			state = "live since " + w.Live.String()
		}
		rows = append(rows, []string{w.Planned.String(), short(w.Title, 40), words(w.Kind.String()),
			thousands(w.Users), thousands(w.Trained), itoa(w.Open), state})
	}
	s.Table([]string{"planned", "wave", "kind", "users>", "trained>", "open criteria>", "state"}, rows...)
	readiness(s, f)
}

// readiness shows whether the next wave may go live.
func readiness(s *page.Section, f *Figures) {
	if len(f.Plan.Readiness) == 0 {
		return
	}
	next := f.Plan.Readiness[0]
	rows := [][]string{}
	for _, i := range next.Items {
		rows = append(rows, []string{words(i.Aspect.String()), words(i.Status.String()), short(i.Reason, 70)})
	}
	s.Table([]string{"is " + next.Wave + " ready?", "status", "because"}, rows...)
}

func milestoneState(achieved, due, asOf calendar.Date) string {
	switch {
	case achieved.IsValid() && achieved <= asOf && achieved > due:
		return fmt.Sprintf("achieved %s, %d days late", achieved, achieved-due)
	case achieved.IsValid() && achieved <= asOf:
		return "achieved " + achieved.String()
	case due < asOf:
		return fmt.Sprintf("missed, %d days late", asOf-due)
	default:
		return fmt.Sprintf("in %d days", due-asOf)
	}
}

func budget(s *page.Section, f *Figures) {
	b := f.Budget
	if len(b.Categories) == 0 {
		s.Paraf("There is no budget yet.")
		return
	}
	rows := [][]string{}
	for _, c := range b.Categories {
		rows = append(rows, []string{words(c.Category.String()), amount(c.Planned), amount(c.Committed), amount(c.Spent), amount(c.Left), c.Share.Percent(0)})
	}
	all := b.Total
	rows = append(rows, []string{"all", amount(all.Planned), amount(all.Committed), amount(all.Spent), amount(all.Left), all.Share.Percent(0)})
	s.Table([]string{"category", "planned>", "committed>", "spent>", "left>", "spent share>"}, rows...)
	s.Paraf("Approved %s; approved and not planned %s; unexpected costs %s.", amount(b.Approved), amount(b.Gap), amount(b.Unexpected))
	rows = nil
	for _, m := range b.CashFlow.Months {
		actual, sum := amount(m.Actual), amount(m.ToDate.Actual)
		if m.Month > f.AsOf.MonthOf() {
			actual, sum = "", ""
		}
		rows = append(rows, []string{m.Month.String(), amount(m.Planned), amount(m.Committed), actual, amount(m.ToDate.Planned), sum})
	}
	s.Table([]string{"month", "due>", "of it ordered>", "spent>", "due so far>", "spent so far>"}, rows...)
}

func scopeSection(s *page.Section, f *Figures) {
	c := f.Scope.Completeness
	state := "not ready"
	if c.Ready {
		state = "ready"
	}
	s.Paraf("The scope is %s complete and %s (threshold %s; failed gates: %d).", c.Score.Percent(1), state, c.Threshold.Percent(0), len(c.FailedGates))
	rows := [][]string{}
	for _, x := range c.Components {
		score := x.Score.Percent(0)
		if x.NotApplicable {
			score = "not applicable"
		}
		rows = append(rows, []string{words(x.Component.String()), score})
	}
	s.Table([]string{"component", "complete>"}, rows...)
	gaps := []string{}
	for _, g := range c.Gaps {
		gaps = append(gaps, fmt.Sprintf("%s: %s", g.Item, g.Reason))
	}
	s.List(atMost(gaps, mostGaps)...)
	rows = nil
	for _, o := range f.Scope.Objectives {
		state := "kept"
		switch {
		case !o.Kept:
			state = "set aside: " + o.Reason
		case !o.SMART:
			state = fmt.Sprintf("kept, lacks %v", o.Missing)
		}
		rows = append(rows, []string{o.ID, short(o.Text, 58), short(state, 60)})
	}
	s.Table([]string{"id", "objective", "state"}, rows...)
	if creep := f.Scope.Creep; creep != nil {
		s.Paraf("Against baseline %d: growth %s, creep %s, volatility %s.", creep.Version,
			creep.Growth.Percent(1), creep.Creep.Percent(1), creep.Volatility.Percent(1))
	}
}

func findings(s *page.Section, f *Figures) {
	open := f.Findings.Open()
	waived := len(f.Findings.Findings) - len(open.Findings)
	s.Paraf("%d critical, %d major, %d minor, %d for information; %d waived. %d rules were checked; the score is %s.",
		open.Count(verdict.Critical), open.Count(verdict.Major), open.Count(verdict.Minor), open.Count(verdict.Info), waived,
		len(f.Findings.Outcomes), f.Findings.Score(verdict.Weights{}).Percent(0))
	for severity := verdict.Critical; severity >= verdict.Major; severity-- {
		items := []string{}
		for _, x := range open.Findings {
			if x.Severity == severity {
				items = append(items, fmt.Sprintf("%s %s: %s", x.Code, x.Subject, x.Message))
			}
		}
		items = atMost(items, mostFindings)
		if len(items) > 0 {
			s.Paraf("%s:", severity)
			s.List(items...)
		}
	}
	s.Table([]string{"minor findings", "number>"}, byFamily(open)...)
	for _, w := range f.Findings.Waivers {
		if w.State != verdict.Effective {
			s.Paraf("The waiver of %s by %s until %s is %s.", w.Code, w.By, w.Until, w.State)
		}
	}
}

// byFamily counts the minor findings by family, in ascending order.
func byFamily(r verdict.Report) [][]string {
	var rows [][]string
	count := map[string]int{}
	for _, f := range r.Findings {
		if f.Severity == verdict.Minor {
			count[f.Code.Family()]++
		}
	}
	for _, o := range r.Outcomes { // by code, so families come in order
		family := o.Code.Family()
		if n := count[family]; n > 0 {
			rows = append(rows, []string{family, strconv.Itoa(n)})
			delete(count, family)
		}
	}
	return rows
}

// atMost cuts a list, and says how much it has cut.
func atMost(items []string, most int) []string {
	if len(items) <= most {
		return items
	}
	return append(items[:most:most], fmt.Sprintf("and %d more", len(items)-most))
}

func itoa(n int) string { return strconv.Itoa(n) }

// words turns a wire word into words.
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// short cuts a text for a table.
func short(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return strings.TrimRight(string(runes[:most-1]), " ,;:") + "…"
}

// amount writes money for people.
func amount(a money.Amount) string { return a.Format(money.Style{}) }
