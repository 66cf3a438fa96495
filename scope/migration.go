package scope

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Migration is the ninth component: which data moves into the CRM, from where,
// in what form, how, and what counts as arrived.
type Migration struct {
	Entities   []Entity   `json:"entities,omitempty"`
	Process    string     `json:"process,omitempty"` // extract, cleanse, map, load, reconcile: who does what
	Acceptance Acceptance `json:"acceptance,omitzero"`
}

// An Entity is a kind of record that moves.
type Entity struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Source     string     `json:"source,omitempty"` // the system it comes from
	Format     string     `json:"format,omitempty"` // "CSV, UTF-8", "database dump"
	Records    int64      `json:"records,omitzero"` // about how many; 0 is not known
	Acceptance Acceptance `json:"acceptance,omitzero"`
}

// An Acceptance is what a reconciliation of source and target has to reach. A
// part that is not given for an entity is taken from the [Migration].
type Acceptance struct {
	Completeness ratio.Ratio `json:"completeness,omitzero"` // least share of the source records that arrive, 0 to 1
	Accuracy     ratio.Ratio `json:"accuracy,omitzero"`     // least share of the compared fields that agree, 0 to 1
}

// AcceptanceOf returns what counts for an entity: its own thresholds, and those
// of the migration where it has none.
func (m Migration) AcceptanceOf(e Entity) Acceptance {
	a := e.Acceptance
	if !a.Completeness.Defined() {
		a.Completeness = m.Acceptance.Completeness
	}
	if !a.Accuracy.Defined() {
		a.Accuracy = m.Acceptance.Accuracy
	}
	return a
}

func (m Migration) validate(f *verdict.Faults) {
	f.IDs("migration.entities", len(m.Entities), func(i int) string { return m.Entities[i].ID })
	for i, e := range m.Entities {
		at := verdict.At("migration.entities", i)
		wantText(f, at+".name", e.Name)
		if e.Records < 0 {
			f.Addf(at+".records", "%w: %d is negative", verdict.ErrRange, e.Records)
		}
		e.Acceptance.validate(f, at+".acceptance")
	}
	m.Acceptance.validate(f, "migration.acceptance")
}

func (a Acceptance) validate(f *verdict.Faults, at string) {
	mayShare(f, at+".completeness", a.Completeness)
	mayShare(f, at+".accuracy", a.Accuracy)
}
