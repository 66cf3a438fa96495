package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/scope"
	"github.com/crmrollout/crm/stakeholder"
	"github.com/crmrollout/crm/stakeholder/raci"
)

// Schema is the format of the project files that this package writes and reads.
const Schema = "crm-dossier/1"

// ErrSchema says that a document is not a dossier, or one of another format.
var ErrSchema = errors.New("not a dossier of the format " + Schema)

// A Dossier is the whole project file: the project, its scope, its risks, its
// stakeholders and its indicators, joined by ids. It is a plain value; the parts
// are those of the packages that judge them.
type Dossier struct {
	Schema       string             `json:"schema"`
	Project      crmproject.Project `json:"project"`
	Scope        Scope              `json:"scope,omitzero"`
	Risks        risk.Register      `json:"risks,omitzero"`
	Stakeholders Stakeholders       `json:"stakeholders,omitzero"`
	Indicators   kpi.Scorecard      `json:"indicators,omitzero"`
	Control      Control            `json:"control,omitzero"`
}

// A Scope is what the project file holds of the scope: the statement, the
// baseline in force, and the requests to change it.
type Scope struct {
	Statement scope.Statement `json:"statement,omitzero"`
	Baseline  scope.Baseline  `json:"baseline,omitzero"`
	Changes   []scope.Change  `json:"changes,omitempty"`
	Scheme    scope.Scheme    `json:"scheme,omitzero"` // items, weights and gates of completeness; zero is the default
	Policy    scope.Policy    `json:"policy,omitzero"`
}

// Stakeholders is what the project file holds of the people: the register, and
// who is responsible for what.
type Stakeholders struct {
	Register   stakeholder.Register `json:"register,omitzero"`
	Config     stakeholder.Config   `json:"config,omitzero"`
	RACI       raci.Matrix          `json:"raci,omitzero"`
	RACIConfig raci.Config          `json:"raciConfig,omitzero"`
}

// New returns an empty dossier of the current format.
func New() *Dossier { return &Dossier{Schema: Schema} }

// Encode returns the dossier as JSON, indented by two spaces and ending with a
// newline. Equal dossiers give equal bytes, and decoding and encoding again
// gives the same bytes; a list without elements and none are the same. The error says that a value has no JSON form, such as a
// severity that does not exist; [Dossier.Validate] finds those first.
func (d *Dossier) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(canonical(*d)); err != nil {
		return nil, fmt.Errorf("audit: encode: %w", err)
	}
	return b.Bytes(), nil
}

// Validate reports every fault of the dossier as input, each with its path: those
// of each part, and references from one part to another that name nothing.
func (d *Dossier) Validate() error {
	var f verdict.Faults
	if d.Schema != Schema {
		f.Addf("schema", "%w: %s", ErrSchema, verdict.Quote(d.Schema))
	}
	f.Add("project", d.Project.Validate())
	d.validateScope(&f)
	if !emptyRegister(d.Risks) {
		f.Add("risks", d.Risks.Validate())
	}
	d.validateStakeholders(&f)
	f.Add("indicators", d.Indicators.Validate())
	d.validateControl(&f)
	d.validateReferences(&f)
	d.validateState(&f)
	return f.Err()
}

// emptyRegister reports whether there is no risk register at all yet, which is
// a judgement and not a fault.
func emptyRegister(r risk.Register) bool {
	return len(r.Risks) == 0 && len(r.Matrix.Cells) == 0
}

func (d *Dossier) validateScope(f *verdict.Faults) {
	for _, fault := range verdict.FaultsOf(d.scopeFacts(0).Validate()) {
		f.Add(scopePath(fault.Path), fault.Err)
	}
}

func (d *Dossier) validateStakeholders(f *verdict.Faults) {
	for _, fault := range verdict.FaultsOf(stakeholder.Facts{Register: d.Stakeholders.Register, Config: d.Stakeholders.Config}.Validate()) {
		f.Add(verdict.Join("stakeholders", fault.Path), fault.Err)
	}
	for _, fault := range verdict.FaultsOf(d.raciFacts().Validate()) {
		f.Add(raciPath(fault.Path), fault.Err)
	}
}
