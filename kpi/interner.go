package kpi

import (
	"context"
	"fmt"

	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// An Interner gives customers numbers: 0 to the first that comes, 1 to the next, and
// so on, whatever the keys are. Numbering texts once and working with the numbers
// pays from the second measure on. The zero Interner is empty and ready; it must not
// be copied after first use, and only reading from it is safe for concurrent use.
type Interner[K Key] struct {
	numbers ledger.Numbers[K]
}

// Number returns the number of a customer, a new one if need be.
func (n *Interner[K]) Number(customer K) uint32 { return n.numbers.Of(customer) }

// Find returns the number of a customer, and false for one who has none.
func (n *Interner[K]) Find(customer K) (uint32, bool) { return n.numbers.Find(customer) }

// Numbers appends the numbers of the customers to out. The error is that of the
// context, or of more than some 4,000 million customers.
func (n *Interner[K]) Numbers(ctx context.Context, customers []K, out []uint32) ([]uint32, error) {
	at := len(out)
	out = append(out, make([]uint32, len(customers))...)
	if err := n.numbers.All(ctx, customers, out[at:]); err != nil {
		return out[:at], fmt.Errorf("kpi: interner: %w", err)
	}
	return out, nil
}

// Len returns how many customers have a number.
func (n *Interner[K]) Len() int { return len(n.numbers.Keys()) }

// Customer returns the customer with a number below Len().
func (n *Interner[K]) Customer(number uint32) K { return n.numbers.Keys()[number] }
