package scope

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// Markdown renders the statement as one document for everybody: nine sections in
// the order of the components, with what is not stated said to be so. The text
// ends with a newline and depends on the statement alone, byte for byte. Text
// from the statement cannot turn into markup.
func (s Statement) Markdown() string {
	var p page
	p.title(s.Title)
	p.scope(s.Scope)
	p.goals(&s)
	p.timeline(s.Timeline)
	p.budget(s.Budget)
	p.requirements(&s, ComponentBusiness, "5. Business requirements")
	p.requirements(&s, ComponentTechnical, "6. Technical requirements")
	p.integrations(&s)
	p.users(&s)
	p.migration(&s)
	p.inputs(s.Inputs)
	return strings.TrimRight(p.String(), "\n") + "\n"
}

func (p *page) title(title string) {
	if blank(title) {
		title = "Scope statement"
	}
	p.printf("# %s\n\n", escape(title))
}

func (p *page) scope(e Extent) {
	p.heading("1. Scope")
	rows := make([][]string, len(e.Features))
	for i, x := range e.Features {
		rows[i] = []string{escape(x.ID), escape(x.Name), escape(x.Description), escape(x.Customisation)}
	}
	p.table("Features", []string{"id", "feature", "description", "adapted to us"}, rows)
	p.field("Users", positive(int64(e.Users)))
	switch {
	case e.NoIntegrations:
		p.field("Integrations", "none")
	default:
		p.bullets("Integrations", each(e.Integrations, func(x Integration) string {
			return escape(x.ID) + ": " + escape(x.System) + after(": ", escape(x.Purpose))
		}))
	}
	p.field("Infrastructure today", escape(e.Infrastructure.Current))
	p.field("How the CRM fits in", escape(e.Infrastructure.Fit))
	p.bullets("Not part of the project", each(e.Exclusions, escape))
}

func (p *page) goals(s *Statement) {
	p.heading("2. Goals and objectives")
	p.bullets("Business goals", each(s.Goals.Business, func(g Goal) string {
		return escape(g.ID) + ": " + escape(g.Text) + after(". How: ", strings.Join(each(g.Strategies, escape), "; "))
	}))
	rows := make([][]string, len(s.Goals.Objectives))
	for i, o := range s.Goals.Objectives {
		rows[i] = []string{
			escape(o.ID), escape(o.Text), escape(o.Goal), escape(s.Goals.Indicator(o.ID)),
			escape(o.Owner), o.Deadline.String(), words(o.Missing()),
		}
	}
	p.table("Objectives", []string{"id", "objective", "goal", "indicator", "owner", "by", "still missing"}, rows)
	if len(s.Goals.SetAside) > 0 {
		p.bullets("Set aside", each(s.Goals.SetAside, func(x SetAside) string {
			return escape(x.Objective.ID) + ": " + escape(x.Objective.Text) + ": " + escape(x.Reason)
		}))
	}
}

func (p *page) timeline(t Timeline) {
	p.heading("3. Timeline")
	p.field("From", t.Start.String())
	p.field("To", t.End.String())
	milestones := slices.SortedStableFunc(slices.Values(t.Milestones), func(a, b Milestone) int {
		return cmp.Compare(dueOrLast(a.On), dueOrLast(b.On))
	})
	rows := make([][]string, len(milestones))
	for i, m := range milestones {
		rows[i] = []string{escape(m.ID), escape(m.Name), m.On.String(), escape(m.Phase)}
	}
	p.table("Milestones", []string{"id", "milestone", "on", "phase"}, rows)
}

// dueOrLast sorts what has no date to the end.
func dueOrLast(d calendar.Date) calendar.Date {
	if !d.IsValid() {
		return calendar.MaxDate + 1
	}
	return d
}

func (p *page) budget(b Budget) {
	p.heading("4. Budget")
	rows := make([][]string, len(b.Lines))
	for i, line := range b.Lines {
		rows[i] = []string{escape(line.ID), plain(line.Category.String()), escape(line.Name), people(line.Amount)}
	}
	p.table("Lines", []string{"id", "for", "what", "amount"}, rows)
	if !b.Total.Currency().IsValid() {
		p.field("Total", "")
		return
	}
	p.field("Total", people(b.Total))
	if sum, err := b.Sum(); err == nil && len(b.Lines) > 0 && sum != b.Total {
		p.printf("The lines sum to %s.\n\n", people(sum))
	}
}

// requirements writes the section of one component.
func (p *page) requirements(s *Statement, c Component, heading string) {
	p.heading(heading)
	list := s.Of(c)
	if exempt := p.exemption(s, c); !exempt || len(list) > 0 {
		p.requirementTable(list)
	}
}

func (p *page) requirementTable(list []Requirement) {
	rows := make([][]string, len(list))
	for i, r := range list {
		rows[i] = []string{
			escape(r.ID), escape(r.Text), r.source(), r.Priority.String(), plain(r.Status.String()),
			plain(r.about()), strings.Join(each(r.Objectives, escape), ", "), strings.Join(each(r.Features, escape), ", "),
		}
	}
	p.table("Requirements", []string{"id", "requirement", "asked by", "priority", "status", "kind", "serves", "carried by"}, rows)
}

// about returns kind and area of a requirement.
func (r Requirement) about() string {
	return r.Kind.String() + after(" ", r.Area.String())
}

func (r Requirement) source() string {
	return strings.TrimPrefix(escape(r.Source.Department.String())+after(", ", escape(r.Source.Stakeholder)), ", ")
}

// exemption says that a component was declared not applicable, if it was.
func (p *page) exemption(s *Statement, c Component) bool {
	e, declared := s.exemption(c)
	if declared {
		p.field("Declared not applicable", escape(e.Rationale))
	}
	return declared
}

func (p *page) integrations(s *Statement) {
	p.requirements(s, ComponentIntegration, "7. Integration requirements")
	exchanges := pick(s.Of(ComponentIntegration), func(r Requirement) bool { return !r.Exchange.isZero() })
	if len(exchanges) == 0 {
		return
	}
	rows := make([][]string, len(exchanges))
	for i, r := range exchanges {
		x := r.Exchange
		rows[i] = []string{escape(r.ID), escape(x.Integration), x.Flow.String(), escape(x.Frequency), strings.Join(each(x.Data, escape), ", ")}
	}
	p.table("Exchanges", []string{"requirement", "integration", "direction", "frequency", "data"}, rows)
}

func (p *page) users(s *Statement) {
	p.requirements(s, ComponentUser, "8. User requirements")
	rows := make([][]string, len(s.Users.Roles))
	var access [][]string
	for i, r := range s.Users.Roles {
		rows[i] = []string{escape(r.ID), escape(r.Name), positive(int64(r.Count)), escape(r.Level), escape(r.Tailoring)}
		for _, a := range r.Access {
			access = append(access, []string{
				escape(r.Name), escape(a.Entity),
				strings.Join(each(a.Need, escape), ", "), strings.Join(each(a.Grant, escape), ", "),
			})
		}
	}
	p.table("Roles", []string{"id", "role", "people", "level of access", "adapted to the role"}, rows)
	if len(access) > 0 {
		p.table("Access", []string{"role", "entity", "needs", "is granted"}, access)
	}
	p.field("Ease of use", escape(s.Users.Usability))
	if len(s.Users.Conflicts) > 0 {
		p.bullets("Duties that stay apart", each(s.Users.Conflicts, func(d DutyPair) string {
			return fmt.Sprintf("%s on %s, and %s on %s", escape(d.A.Action), escape(d.A.Entity), escape(d.B.Action), escape(d.B.Entity)) +
				after(": ", escape(d.Why))
		}))
	}
}

func (p *page) migration(s *Statement) {
	p.heading("9. Data migration requirements")
	list := s.Of(ComponentMigration)
	if p.exemption(s, ComponentMigration) && len(s.Migration.Entities)+len(list) == 0 {
		return
	}
	rows := make([][]string, len(s.Migration.Entities))
	for i, e := range s.Migration.Entities {
		a := s.Migration.AcceptanceOf(e)
		rows[i] = []string{
			escape(e.ID), escape(e.Name), escape(e.Source), escape(e.Format), positive(e.Records),
			a.Completeness.Percent(2), a.Accuracy.Percent(2),
		}
	}
	p.table("Data", []string{"id", "data", "from", "format", "records", "complete from", "accurate from"}, rows)
	p.field("Process", escape(s.Migration.Process))
	if len(list) > 0 {
		p.requirementTable(list)
	}
}

func (p *page) inputs(inputs []Input) {
	p.heading("Who was heard")
	rows := make([][]string, len(inputs))
	for i, in := range inputs {
		rows[i] = []string{in.On.String(), escape(in.Department.String()), escape(in.By), plain(in.Component.String()), escape(in.Note)}
	}
	p.table("Inputs", []string{"on", "department", "who", "on what", "note"}, rows)
}
