package crmproject

import "github.com/crmrollout/crm/crmproject/verdict"

// A Category is one of the heads of a CRM budget (CP-17). The zero Category is
// invalid.
type Category uint8

// The budget categories.
const (
	SoftwareCost       Category = iota + 1 // licences and subscriptions
	ImplementationCost                     // configuration, integration, migration, consulting
	TrainingCost                           // of users and administrators
	SupportCost                            // support and maintenance after launch
	HardwareCost                           // servers, devices, network
	OtherCost                              // anything else
)

var budgetCategoryWords = verdict.NewWords[Category]("budget category", "software", "implementation", "training", "ongoing_support", "hardware", "other")

// ParseCategory returns the budget category of a word such as "software".
func ParseCategory(word string) (Category, error) { return budgetCategoryWords.Parse(word) }

// IsValid reports whether c is one of the budget categories.
func (c Category) IsValid() bool { return budgetCategoryWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c Category) String() string { return budgetCategoryWords.String(c) }

// AppendText appends the word of c to b.
func (c Category) AppendText(b []byte) ([]byte, error) { return budgetCategoryWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c Category) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *Category) UnmarshalText(text []byte) error {
	return budgetCategoryWords.UnmarshalText(text, c)
}

// A Recurrence says whether a cost comes once or again and again. The zero
// Recurrence is invalid.
type Recurrence uint8

// The recurrences.
const (
	OneOff    Recurrence = iota + 1 // once
	Recurring                       // again and again, over the time of the line
)

var recurrenceWords = verdict.NewWords[Recurrence]("recurrence", "one_off", "recurring")

// ParseRecurrence returns the recurrence of a word such as "one_off".
func ParseRecurrence(word string) (Recurrence, error) { return recurrenceWords.Parse(word) }

// IsValid reports whether r is one of the recurrences.
func (r Recurrence) IsValid() bool { return recurrenceWords.IsValid(r) }

// String returns the word of r, empty for the zero value.
func (r Recurrence) String() string { return recurrenceWords.String(r) }

// AppendText appends the word of r to b.
func (r Recurrence) AppendText(b []byte) ([]byte, error) { return recurrenceWords.AppendText(b, r) }

// MarshalText returns the word of r.
func (r Recurrence) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// UnmarshalText reads a word; r is unchanged on error.
func (r *Recurrence) UnmarshalText(text []byte) error { return recurrenceWords.UnmarshalText(text, r) }
