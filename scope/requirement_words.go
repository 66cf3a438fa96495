package scope

import "github.com/crmrollout/crm/crmproject/verdict"

// A Kind says whether people or the system must be able to do something. The
// zero Kind is "not given".
type Kind uint8

// The requirement kinds.
const (
	UserRequirement   Kind = iota + 1 // what a user is able to do
	SystemRequirement                 // what the system does or withstands
)

var requirementKindWords = verdict.NewWords[Kind]("requirement kind", "user", "system")

// ParseKind returns the requirement kind of a word such as "user".
func ParseKind(word string) (Kind, error) { return requirementKindWords.Parse(word) }

// IsValid reports whether k is one of the requirement kinds.
func (k Kind) IsValid() bool { return requirementKindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k Kind) String() string { return requirementKindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return requirementKindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return requirementKindWords.UnmarshalText(text, k) }

// A Priority is a MoSCoW priority. The zero Priority is "not given".
type Priority uint8

// The priorities.
const (
	Must   Priority = iota + 1 // without it there is no point in going live
	Should                     // important, painful to leave out
	Could                      // wanted, first to give way
	Wont                       // agreed to be left out this time
)

var priorityWords = verdict.NewWords[Priority]("priority", "must", "should", "could", "wont")

// ParsePriority returns the priority of a word such as "must".
func ParsePriority(word string) (Priority, error) { return priorityWords.Parse(word) }

// IsValid reports whether p is one of the priorities.
func (p Priority) IsValid() bool { return priorityWords.IsValid(p) }

// String returns the word of p, empty for the zero value.
func (p Priority) String() string { return priorityWords.String(p) }

// AppendText appends the word of p to b.
func (p Priority) AppendText(b []byte) ([]byte, error) { return priorityWords.AppendText(b, p) }

// MarshalText returns the word of p.
func (p Priority) MarshalText() ([]byte, error) { return p.AppendText(nil) }

// UnmarshalText reads a word; p is unchanged on error.
func (p *Priority) UnmarshalText(text []byte) error { return priorityWords.UnmarshalText(text, p) }

// A RequirementStatus is how far a requirement has come. The zero value is "not
// given" and counts as proposed.
type RequirementStatus uint8

// The requirement statuses.
const (
	RequirementProposed  RequirementStatus = iota + 1 // heard and written down
	RequirementAgreed                                 // accepted into the scope
	RequirementDeferred                               // put off to a later release
	RequirementRejected                               // refused
	RequirementDelivered                              // built and accepted
)

var requirementStatusWords = verdict.NewWords[RequirementStatus]("requirement status", "proposed", "agreed", "deferred", "rejected", "delivered")

// ParseRequirementStatus returns the requirement status of a word such as "proposed".
func ParseRequirementStatus(word string) (RequirementStatus, error) {
	return requirementStatusWords.Parse(word)
}

// IsValid reports whether r is one of the requirement statuses.
func (r RequirementStatus) IsValid() bool { return requirementStatusWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r RequirementStatus) String() string { return requirementStatusWords.String(r) }

// AppendText appends the word of r to b.
func (r RequirementStatus) AppendText(b []byte) ([]byte, error) {
	return requirementStatusWords.AppendText(b, r)
}

// MarshalText returns the word of r.
func (r RequirementStatus) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *RequirementStatus) UnmarshalText(text []byte) error {
	return requirementStatusWords.UnmarshalText(text, r)
}

// An Area is what a technical requirement is about. The zero Area is "not
// given".
type Area uint8

// The technical areas.
const (
	AreaHardware Area = iota + 1 // workstations, telephones, scanners
	AreaSoftware                 // browsers, operating systems, other programs
	AreaServers                  // own or hosted, sizing, availability
	AreaNetwork                  // bandwidth, reachability, remote sites
	AreaLicences                 // kind and number
)

var technicalAreaWords = verdict.NewWords[Area]("technical area", "hardware", "software", "servers", "network_infrastructure", "software_licences")

// ParseArea returns the technical area of a word such as "hardware".
func ParseArea(word string) (Area, error) { return technicalAreaWords.Parse(word) }

// IsValid reports whether a is one of the technical areas.
func (a Area) IsValid() bool { return technicalAreaWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a Area) String() string { return technicalAreaWords.String(a) }

// AppendText appends the word of a to b.
func (a Area) AppendText(b []byte) ([]byte, error) { return technicalAreaWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Area) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Area) UnmarshalText(text []byte) error { return technicalAreaWords.UnmarshalText(text, a) }

// A Flow is the direction of an exchange, seen from the CRM. The zero Flow is
// "not given".
type Flow uint8

// The flows.
const (
	Inbound       Flow = iota + 1 // the CRM receives
	Outbound                      // the CRM sends
	Bidirectional                 // both
)

var flowWords = verdict.NewWords[Flow]("flow", "inbound", "outbound", "bidirectional")

// ParseFlow returns the flow of a word such as "inbound".
func ParseFlow(word string) (Flow, error) { return flowWords.Parse(word) }

// IsValid reports whether f is one of the flows.
func (f Flow) IsValid() bool { return flowWords.IsValid(f) }

// String returns the word of f, empty for the zero value.
func (f Flow) String() string { return flowWords.String(f) }

// AppendText appends the word of f to b.
func (f Flow) AppendText(b []byte) ([]byte, error) { return flowWords.AppendText(b, f) }

// MarshalText returns the word of f.
func (f Flow) MarshalText() ([]byte, error) { return f.AppendText(nil) }

// UnmarshalText reads a word; f is unchanged on error.
func (f *Flow) UnmarshalText(text []byte) error { return flowWords.UnmarshalText(text, f) }
