package audit

import (
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/scope"
)

// scopePath turns a path in the facts of the scope into one in the dossier. The
// statement is the root of those facts, with baseline, changes, scheme and policy
// beside it.
func scopePath(path string) string {
	for _, beside := range []string{"baseline", "changes", "scheme", "policy"} {
		if rest, ok := strings.CutPrefix(path, beside); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return verdict.Join("scope", path)
		}
	}
	return verdict.Join("scope.statement", path)
}

// componentPath returns where in the dossier a component of the scope stands.
func componentPath(c scope.Component) string {
	switch c {
	case scope.ComponentGoals:
		return scopePath("goals")
	case scope.ComponentBusiness, scope.ComponentTechnical, scope.ComponentIntegration:
		return scopePath("requirements")
	case scope.ComponentUser:
		return scopePath("users")
	case scope.ComponentMigration:
		return scopePath("migration")
	default: // the others are called what they are
		return scopePath(c.String())
	}
}

// raciPath turns a path in the facts of the responsibility matrix into one in
// the dossier.
func raciPath(path string) string {
	if rest, ok := strings.CutPrefix(path, "config"); ok {
		return verdict.Join("stakeholders.raciConfig", strings.TrimPrefix(rest, "."))
	}
	rest := strings.TrimPrefix(path, "matrix")
	return verdict.Join("stakeholders.raci", strings.TrimPrefix(rest, "."))
}

// riskPath turns a path in the risk register into one in the dossier.
func riskPath(path string) string { return verdict.Join("risks", path) }

// stakeholderPath turns a path in the facts of the stakeholders into one in the
// dossier: what the dossier itself provided stands elsewhere in it.
func (f Facts) stakeholderPath(path string) string {
	switch list, _, _ := strings.Cut(path, "["); list {
	case "team", "departments":
		return "project.team"
	case "signOffs":
		return "project.acceptance"
	case "events":
		return f.eventPath(path)
	default:
		return verdict.Join("stakeholders.register", path)
	}
}

// eventPath returns the path of what an event is about.
func (f Facts) eventPath(path string) string {
	for _, e := range f.Dossier.happened(f.AsOf) {
		if path == verdict.Key("events", e.ID) {
			return e.path
		}
	}
	return "project"
}
