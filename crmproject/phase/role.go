package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// A Role is what is special about a phase. The zero Role is an ordinary phase
// and has no word.
type Role uint8

// The roles. They are few, because a life cycle is told by its transitions; a
// role says what no transition can.
const (
	// Continuous: its operations may run in any phase while the life cycle is
	// open, as monitoring and control does beside execution. It keeps its place
	// in the order, and its gates.
	Continuous Role = iota + 1
	// Final: the life cycle ends here.
	Final
	// Closure: the life cycle ends here, and a kill leads here. Each life cycle
	// has exactly one.
	Closure
)

var roleWords = verdict.NewWords[Role]("role", "continuous", "final", "closure")

// ParseRole returns the role of a word: continuous, final, closure.
func ParseRole(word string) (Role, error) { return roleWords.Parse(word) }

// IsValid reports whether r is one of the three named roles.
func (r Role) IsValid() bool { return roleWords.IsValid(r) }

// ends reports whether a phase of this role can be the last.
func (r Role) ends() bool { return r == Final || r == Closure }

// String returns the word of r, empty for an ordinary phase.
func (r Role) String() string { return roleWords.String(r) }

// AppendText appends the word of r to b.
func (r Role) AppendText(b []byte) ([]byte, error) { return roleWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Role) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Role) UnmarshalText(text []byte) error { return roleWords.UnmarshalText(text, r) }
