package kpi

import "github.com/crmrollout/crm/crmproject/verdict"

// Amounts is the policy on events without a positive amount: what they count for.
// The zero Amounts means [NetOfRefunds].
type Amounts uint8

// The policies. An event counts as an order if it makes its customer active, and
// more frequent and more recent; it counts as money if its amount is added up.
//
//	                 amount > 0      amount = 0      amount < 0
//	NetOfRefunds     order, money    order           money
//	EveryEvent       order, money    order           order, money
//	PurchasesOnly    order, money    –               –
//
// NetOfRefunds takes a refund for what it is: money back, but no visit. EveryEvent
// is what tools do that count rows, such as the R package rfm. PurchasesOnly is for
// data in which amounts of zero and below are bookings of no customer.
const (
	NetOfRefunds Amounts = iota + 1
	EveryEvent
	PurchasesOnly
)

var amountsWords = verdict.NewWords[Amounts]("amounts policy", "net_of_refunds", "every_event", "purchases_only")

// CountsAsOrder reports whether an event of this amount counts as an order.
func (a Amounts) CountsAsOrder(minor int64) bool {
	switch {
	case minor > 0 || a == EveryEvent:
		return true
	case minor == 0:
		return a != PurchasesOnly
	default:
		return false
	}
}

// CountsAsMoney reports whether this amount is added up.
func (a Amounts) CountsAsMoney(minor int64) bool { return minor > 0 || a != PurchasesOnly }

// ParseAmounts returns the policy of a word such as "net_of_refunds".
func ParseAmounts(word string) (Amounts, error) { return amountsWords.Parse(word) }

// IsValid reports whether a is one of the policies.
func (a Amounts) IsValid() bool { return amountsWords.IsValid(a) }

// String returns the word of a, empty for the zero value.
func (a Amounts) String() string { return amountsWords.String(a) }

// AppendText appends the word of a to b.
func (a Amounts) AppendText(b []byte) ([]byte, error) { return amountsWords.AppendText(b, a) }

// MarshalText returns the word of a.
func (a Amounts) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads a word; a is unchanged on error.
func (a *Amounts) UnmarshalText(text []byte) error { return amountsWords.UnmarshalText(text, a) }
