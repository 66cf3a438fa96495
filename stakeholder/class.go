package stakeholder

import "github.com/crmrollout/crm/crmproject/verdict"

// A Class says what a stakeholder is to the company. The order is that in which
// they are usually listed. The zero Class is invalid.
type Class uint8

// The classes.
const (
	Customers  Class = iota + 1
	Employees        // who will work with the CRM, and who will be affected by it
	Executives       // who decide on money and priorities, the sponsor among them
	Partners         // suppliers, agencies, dealers
	Others           // such as authorities, owners, the public
)

var classWords = verdict.NewWords[Class]("stakeholder: class",
	"customers", "employees",
	"executives", "partners", "others")

// ParseClass returns the class of a word: "customers", "employees",
// "executives", "partners" or "others". The error wraps [verdict.ErrUnknown].
func ParseClass(word string) (Class, error) { return classWords.Parse(word) }

// IsValid reports whether c is a class; the zero Class is not.
func (c Class) IsValid() bool { return classWords.IsValid(c) }

// String returns the word of c, empty for the zero Class.
func (c Class) String() string { return classWords.String(c) }

// AppendText appends the word of c to b.
func (c Class) AppendText(b []byte) ([]byte, error) { return classWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Class) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Class) UnmarshalText(text []byte) error { return classWords.UnmarshalText(text, c) }

// Detail returns how much detail the class is usually given: executives the
// key points, all others detail and context. It is 0 for an invalid class.
func (c Class) Detail() Detail {
	switch {
	case !c.IsValid():
		return 0
	case c == Executives:
		return KeyPoints
	default:
		return DetailAndContext
	}
}

// A Kind tells one person from several. The zero Kind is invalid.
type Kind uint8

// The kinds.
const (
	Individual Kind = iota + 1
	Group           // such as a department, a works council, a customer segment
)

var kindWords = verdict.NewWords[Kind]("stakeholder: kind", "individual", "group")

// ParseKind returns the kind of a word: "individual" or "group". The error
// wraps [verdict.ErrUnknown].
func ParseKind(word string) (Kind, error) { return kindWords.Parse(word) }

// IsValid reports whether k is a kind; the zero Kind is not.
func (k Kind) IsValid() bool { return kindWords.IsValid(k) }

// String returns the word of k, empty for the zero Kind.
func (k Kind) String() string { return kindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return kindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return kindWords.UnmarshalText(text, k) }
