package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Component is one of the nine parts of a scope statement. The zero Component
// is invalid. The order is that in which a statement is read.
type Component uint8

// The nine components.
const (
	ComponentScope       Component = iota + 1 // features, users, integrations, infrastructure, exclusions
	ComponentGoals                            // business goals and the objectives that serve them
	ComponentTimeline                         // start, end, milestones
	ComponentBudget                           // total and lines
	ComponentBusiness                         // what the departments need
	ComponentTechnical                        // hardware, software, servers, network, licences
	ComponentIntegration                      // what is exchanged with which system
	ComponentUser                             // roles, head counts, access
	ComponentMigration                        // what data moves, in what form, how
)

var componentWords = verdict.NewWords[Component]("component",
	"scope",
	"goals_objectives",
	"timeline",
	"budget",
	"business_requirements",
	"technical_requirements",
	"integration_requirements",
	"user_requirements",
	"data_migration_requirements",
)

// ParseComponent returns the component of a word such as "scope".
func ParseComponent(word string) (Component, error) { return componentWords.Parse(word) }

// IsValid reports whether c is one of the nine components.
func (c Component) IsValid() bool { return componentWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Component) String() string { return componentWords.String(c) }

// AppendText appends the word of c to b.
func (c Component) AppendText(b []byte) ([]byte, error) { return componentWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Component) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Component) UnmarshalText(text []byte) error { return componentWords.UnmarshalText(text, c) }

// Components returns the nine components in the order of a statement.
func Components() []Component { return slices.Collect(componentWords.All()) }

// HasRequirements reports whether a [Requirement] may belong to the component:
// it is one of the five whose name ends in "requirements".
func (c Component) HasRequirements() bool {
	return c >= ComponentBusiness && c <= ComponentMigration
}
