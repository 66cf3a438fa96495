package finance

import "github.com/crmrollout/crm/crmproject/verdict"

// A BenefitKind is where a benefit of a CRM comes from. The zero BenefitKind is
// invalid.
type BenefitKind uint8

// The kinds of benefits (KP-09, KP-13).
const (
	Sales        BenefitKind = iota + 1 // more or larger deals: the margin on them, not the revenue
	Satisfaction                        // customers who stay longer: the margin of those who would have left
	Service                             // cases solved faster or by fewer people
	Efficiency                          // less work on data, reports and searches
)

var benefitWords = verdict.NewWords[BenefitKind]("kind of benefit", "sales", "satisfaction", "service", "efficiency")

// ParseBenefitKind returns the kind of a word such as "sales".
func ParseBenefitKind(word string) (BenefitKind, error) { return benefitWords.Parse(word) }

// IsValid reports whether k is one of the kinds.
func (k BenefitKind) IsValid() bool { return benefitWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k BenefitKind) String() string { return benefitWords.String(k) }

// AppendText appends the word of k to b.
func (k BenefitKind) AppendText(b []byte) ([]byte, error) { return benefitWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k BenefitKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *BenefitKind) UnmarshalText(text []byte) error { return benefitWords.UnmarshalText(text, k) }

// A CostKind is what money is spent on: the lines of a CRM budget (CP-17). The zero
// CostKind is invalid.
type CostKind uint8

// The kinds of costs.
const (
	Software       CostKind = iota + 1 // licences, subscriptions, infrastructure
	Implementation                     // configuration, integration, migration, own people's time
	Training                           // of users and administrators
	Support                            // ongoing support and maintenance
)

var costWords = verdict.NewWords[CostKind]("kind of cost", "software", "implementation", "training", "support")

// ParseCostKind returns the kind of a word such as "training".
func ParseCostKind(word string) (CostKind, error) { return costWords.Parse(word) }

// IsValid reports whether k is one of the kinds.
func (k CostKind) IsValid() bool { return costWords.IsValid(k) }

// String returns the word of k, empty for the zero value.
func (k CostKind) String() string { return costWords.String(k) }

// AppendText appends the word of k to b.
func (k CostKind) AppendText(b []byte) ([]byte, error) { return costWords.AppendText(b, k) }

// MarshalText returns the word of k.
func (k CostKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads a word; k is unchanged on error.
func (k *CostKind) UnmarshalText(text []byte) error { return costWords.UnmarshalText(text, k) }

// A Nature says whether a cost comes once or again and again. The zero Nature is
// invalid.
type Nature uint8

// The natures of costs.
const (
	OneOff    Nature = iota + 1 // to get the CRM
	Recurring                   // to keep it
)

var natureWords = verdict.NewWords[Nature]("nature of cost", "one_off", "recurring")

// ParseNature returns the nature of a word such as "one_off".
func ParseNature(word string) (Nature, error) { return natureWords.Parse(word) }

// IsValid reports whether n is one of the natures.
func (n Nature) IsValid() bool { return natureWords.IsValid(n) }

// String returns the word of n, empty for the zero value.
func (n Nature) String() string { return natureWords.String(n) }

// AppendText appends the word of n to b.
func (n Nature) AppendText(b []byte) ([]byte, error) { return natureWords.AppendText(b, n) }

// MarshalText returns the word of n.
func (n Nature) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a word; n is unchanged on error.
func (n *Nature) UnmarshalText(text []byte) error { return natureWords.UnmarshalText(text, n) }
