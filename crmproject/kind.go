package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Kind says what the project brings (CP-01). The zero Kind is "not given".
type Kind uint8

// The project kinds.
const (
	NewCRM             Kind = iota + 1 // a CRM where there was none
	Upgrade                            // a newer version or a replacement of the CRM in use
	IntegrationProject                 // the CRM in use joined to other business applications
)

var projectKindWords = verdict.NewWords[Kind]("project kind", "new_crm", "upgrade", "integration")

// ParseKind returns the project kind of a word such as "new_crm".
func ParseKind(word string) (Kind, error) { return projectKindWords.Parse(word) }

// IsValid reports whether k is one of the project kinds.
func (k Kind) IsValid() bool { return projectKindWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k Kind) String() string { return projectKindWords.String(k) }

// AppendText appends the word of k to b.
func (k Kind) AppendText(b []byte) ([]byte, error) { return projectKindWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *Kind) UnmarshalText(text []byte) error { return projectKindWords.UnmarshalText(text, k) }

// A Size says how large the organisation served is; timeline and return vary
// with it (CP-02). The zero Size is "not given".
type Size uint8

// The project sizes.
const (
	SmallMedium Size = iota + 1 // a small or medium business
	Large                       // a large enterprise
)

var projectSizeWords = verdict.NewWords[Size]("project size", "small_medium", "large")

// ParseSize returns the project size of a word such as "small_medium".
func ParseSize(word string) (Size, error) { return projectSizeWords.Parse(word) }

// IsValid reports whether s is one of the project sizes.
func (s Size) IsValid() bool { return projectSizeWords.IsValid(s) }

// String returns the word of s, empty for the zero value.
func (s Size) String() string { return projectSizeWords.String(s) }

// AppendText appends the word of s to b.
func (s Size) AppendText(b []byte) ([]byte, error) { return projectSizeWords.AppendText(b, s) }

// MarshalText returns the word of s.
func (s Size) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads a word; s is unchanged on error.
func (s *Size) UnmarshalText(text []byte) error { return projectSizeWords.UnmarshalText(text, s) }

// A Delivery says who does the work (CP-43). The zero Delivery is "not given".
type Delivery uint8

// The ways of delivery.
const (
	Internal Delivery = iota + 1 // the organisation itself
	Agency                       // an external agency
)

var deliveryWords = verdict.NewWords[Delivery]("delivery", "internal", "agency")

// ParseDelivery returns the delivery of a word such as "internal".
func ParseDelivery(word string) (Delivery, error) { return deliveryWords.Parse(word) }

// IsValid reports whether d is one of the ways of delivery.
func (d Delivery) IsValid() bool { return deliveryWords.IsValid(d) }

// String returns the word of d, empty for the zero value.
func (d Delivery) String() string { return deliveryWords.String(d) }

// AppendText appends the word of d to b.
func (d Delivery) AppendText(b []byte) ([]byte, error) { return deliveryWords.AppendText(b, d) }

// MarshalText returns the word of d.
func (d Delivery) MarshalText() ([]byte, error) { return d.AppendText(nil) }

// UnmarshalText reads a word; d is unchanged on error.
func (d *Delivery) UnmarshalText(text []byte) error { return deliveryWords.UnmarshalText(text, d) }
