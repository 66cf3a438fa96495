package audit

import (
	"github.com/crmrollout/crm/crmproject/verdict"
)

// ids are the ids of everything that another part can refer to.
type ids struct {
	objectives, goals, requirements, entities map[string]bool
	risks, issues, people, expectations       map[string]bool
	indicators                                map[string]bool
}

func (d *Dossier) ids() ids {
	all := ids{
		objectives: map[string]bool{}, goals: map[string]bool{}, requirements: map[string]bool{}, entities: map[string]bool{},
		risks: map[string]bool{}, issues: map[string]bool{}, people: map[string]bool{}, expectations: map[string]bool{},
		indicators: map[string]bool{},
	}
	goals := d.Scope.Statement.Goals
	for _, o := range goals.Objectives {
		all.objectives[o.ID] = true
	}
	for _, o := range goals.SetAside {
		all.objectives[o.Objective.ID] = true
	}
	for _, g := range goals.Business {
		all.goals[g.ID] = true
	}
	for _, r := range d.Scope.Statement.Requirements {
		all.requirements[r.ID] = true
	}
	for _, e := range d.Scope.Statement.Migration.Entities {
		all.entities[e.ID] = true
	}
	for _, r := range d.Risks.Risks {
		all.risks[r.ID] = true
	}
	for _, i := range d.Project.Issues {
		all.issues[i.ID] = true
	}
	all.addPeople(d)
	for _, m := range d.Indicators.Measures {
		all.indicators[m.ID] = true
	}
	return all
}

func (all *ids) addPeople(d *Dossier) {
	for _, s := range d.Stakeholders.Register.Stakeholders {
		all.people[s.ID] = true
		for _, e := range s.Expectations {
			all.expectations[e.ID] = true
		}
	}
	for _, m := range d.Project.Team.Members {
		all.people[m.ID] = true
	}
}

// references collects the dangling references of a dossier.
type references struct {
	*verdict.Faults
}

// one records that the id at path is not known; an empty id refers to nothing.
func (f references) one(path, id string, known map[string]bool) {
	if id != "" && !known[id] {
		f.Unknown(path, id)
	}
}

func (f references) list(path string, list []string, known map[string]bool) {
	for i, id := range list {
		f.one(verdict.At(path, i), id, known)
	}
}

// validateReferences checks every id by which one part refers to another.
func (d *Dossier) validateReferences(faults *verdict.Faults) {
	f, all := references{faults}, d.ids()
	d.projectReferences(f, all)
	d.riskReferences(f, all)
	for i, r := range d.Scope.Statement.Requirements {
		f.one(verdict.At("scope.statement.requirements", i)+".source.stakeholder", r.Source.Stakeholder, all.people)
	}
	for i, s := range d.Stakeholders.Register.Stakeholders {
		for j, e := range s.Expectations {
			f.one(verdict.At(verdict.At("stakeholders.register.stakeholders", i)+".expectations", j)+".risk", e.Risk, all.risks)
		}
	}
	for i, m := range d.Indicators.Measures {
		f.one(verdict.At("indicators.measures", i)+".objective", m.Objective, all.objectives)
	}
}

func (d *Dossier) projectReferences(f references, all ids) {
	p := &d.Project
	f.list("project.charter.objectives", p.Charter.Objectives, all.objectives)
	for i, c := range p.Charter.Criteria {
		f.one(verdict.At("project.charter.criteria", i)+".objective", c.Objective, all.objectives)
	}
	f.list("project.strategy.companyGoals", p.Strategy.CompanyGoals, all.goals)
	for i, c := range p.Strategy.Components {
		f.list(verdict.At("project.strategy.components", i)+".objectives", c.Objectives, all.objectives)
	}
	for i, c := range p.Selection.Criteria {
		f.list(verdict.At("project.selection.criteria", i)+".requirements", c.Requirements, all.requirements)
	}
	for i, b := range p.Build {
		f.list(verdict.At("project.build", i)+".requirements", b.Requirements, all.requirements)
	}
	for i, m := range p.Migrations {
		f.one(verdict.At("project.migrations", i)+".entity", m.Entity, all.entities)
	}
	for i, issue := range p.Issues {
		f.one(verdict.At("project.issues", i)+".risk", issue.Risk, all.risks)
	}
	for i, s := range p.Acceptance {
		f.one(verdict.At("project.acceptance", i)+".by", s.By, all.people)
	}
	f.list("project.finalReport.to", p.FinalReport.To, all.people)
}

func (d *Dossier) riskReferences(f references, all ids) {
	for i, r := range d.Risks.Risks {
		at := verdict.At("risks.risks", i)
		f.one(at+".owner", r.Owner, all.people)
		f.list(at+".expectations", r.Expectations, all.expectations)
		for j, x := range r.Responses {
			f.one(verdict.At(at+".responses", j)+".owner", x.Owner, all.people)
		}
		for j, o := range r.Occurrences {
			f.one(verdict.At(at+".occurrences", j)+".issue", o.Issue, all.issues)
		}
		for j, t := range r.Triggers {
			f.one(verdict.At(at+".triggers", j)+".indicator", t.Indicator, all.indicators)
		}
	}
}

// entity returns the name of an entity of the scope, the id itself if the scope
// does not have it.
func (d *Dossier) entity(id string) string {
	for _, e := range d.Scope.Statement.Migration.Entities {
		if e.ID == id {
			return e.Name
		}
	}
	return id
}

// person returns the name of a team member or stakeholder, the id itself if it
// is neither.
func (d *Dossier) person(id string) string {
	if m, ok := d.Project.Team.Member(id); ok {
		return m.Name
	}
	if s, ok := d.Stakeholders.Register.Stakeholder(id); ok {
		return s.Name
	}
	return id
}
