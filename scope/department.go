package scope

import "strings"

// A Department is a part of the organisation that is heard. The constants are
// the ones that every CRM touches; an organisation adds its own.
type Department string

// The departments that the built-in items ask for.
const (
	Sales           Department = "sales"
	Marketing       Department = "marketing"
	CustomerService Department = "customer_service"
	IT              Department = "it"
)

// Is reports whether d and e name the same department: case, outer space, and
// whether words are parted by spaces, hyphens or underscores do not matter.
func (d Department) Is(e Department) bool { return fold(string(d)) == fold(string(e)) }

// String returns the name as people write it: "customer service", "IT".
func (d Department) String() string {
	switch name := fold(string(d)); name {
	case "":
		return ""
	case string(IT):
		return "IT"
	default:
		return strings.ReplaceAll(name, "_", " ")
	}
}

// fold returns the form in which names are compared.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == '_' || r == '-' || r == '\t' || r == '\n' || r == '\r'
	}), "_")
}
