package raci

import "github.com/crmrollout/crm/crmproject/verdict"

// A Config sets the limits by which a matrix is judged. The zero Config sets
// none: then only the rules without a limit apply.
type Config struct {
	// MaxResponsible is how many roles may be responsible for one activity,
	// and MaxConsulted how many may be consulted. 0 is no limit.
	MaxResponsible int `json:"maxResponsible,omitempty"`
	MaxConsulted   int `json:"maxConsulted,omitempty"`

	// MaxResponsiblePerRole is the number of activities for which one role may
	// be responsible. 0 is no limit.
	MaxResponsiblePerRole int `json:"maxResponsiblePerRole,omitempty"`

	// MaxAccountablePerRole is the number of activities for which one role may
	// be accountable, MaxAccountablePercent its share of all activities of the
	// matrix, from 1 to 100. 0 is no limit.
	MaxAccountablePerRole int `json:"maxAccountablePerRole,omitempty"`
	MaxAccountablePercent int `json:"maxAccountablePercent,omitempty"`

	// Departments are the roles that stand for a department involved: each
	// must do, answer for or be asked about something. If none is named, that
	// is asked of every role, but being informed of a single activity is not
	// yet held against it.
	Departments []string `json:"departments,omitempty"`

	// Separate keeps roles from duties that they must not have.
	Separate []Separation `json:"separate,omitempty"`

	// ReportFullRoles reports the roles that have a part in every activity:
	// worth asking whether they need to.
	ReportFullRoles bool `json:"reportFullRoles,omitempty"`
}

// A Separation says that a role must hold none of the letters in an activity:
// who is audited must not be accountable for planning the audit. Without an
// activity it holds for all.
type Separation struct {
	Activity string  `json:"activity,omitempty"`
	Letters  Letters `json:"letters"`
	Role     string  `json:"role"`
}

// Facts are what [Rules] judges. Every rule of this package is about what the
// matrix says, none about a date.
type Facts struct {
	Matrix Matrix `json:"matrix"`
	Config Config `json:"config,omitzero"`
}

// Validate reports the faults of the matrix and of the limits: negative ones, a
// percentage above 100, a role or activity that the matrix does not have, a
// separation of no letters. It does not stop [Rules] from judging.
func (f Facts) Validate() error {
	var faults verdict.Faults
	faults.Add("matrix", f.Matrix.Validate())
	f.Config.limits(&faults)
	roles, activities := f.Matrix.names()
	for i, role := range f.Config.Departments {
		if !roles[fold(role)] {
			faults.Unknown(verdict.At("config.departments", i), role)
		}
	}
	for i, s := range f.Config.Separate {
		s.faults(&faults, verdict.At("config.separate", i), roles, activities)
	}
	return faults.Err()
}

func (c Config) limits(faults *verdict.Faults) {
	for _, limit := range []struct {
		path      string
		value, of int
	}{
		{"config.maxResponsible", c.MaxResponsible, 0},
		{"config.maxConsulted", c.MaxConsulted, 0},
		{"config.maxResponsiblePerRole", c.MaxResponsiblePerRole, 0},
		{"config.maxAccountablePerRole", c.MaxAccountablePerRole, 0},
		{"config.maxAccountablePercent", c.MaxAccountablePercent, 100},
	} {
		if limit.value < 0 || limit.of > 0 && limit.value > limit.of {
			faults.Addf(limit.path, "%d: %w", limit.value, verdict.ErrRange)
		}
	}
}

func (s Separation) faults(faults *verdict.Faults, at string, roles, activities map[string]bool) {
	if s.Activity != "" && !activities[fold(s.Activity)] {
		faults.Unknown(at+".activity", s.Activity)
	}
	if s.Letters == 0 {
		faults.Missing(at + ".letters")
	} else if !s.Letters.IsValid() {
		faults.Addf(at+".letters", "%d: %w", uint8(s.Letters), verdict.ErrRange)
	}
	if !roles[fold(s.Role)] {
		faults.Unknown(at+".role", s.Role)
	}
}

func (m Matrix) names() (roles, activities map[string]bool) {
	roles, activities = make(map[string]bool, len(m.Roles)), make(map[string]bool, len(m.Activities))
	for _, role := range m.Roles {
		roles[fold(role)] = true
	}
	for _, a := range m.Activities {
		activities[fold(a.Name)] = true
	}
	return roles, activities
}
