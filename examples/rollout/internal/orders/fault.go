package orders

import (
	"github.com/crmrollout/crm/examples/internal/rows"
)

// MaxFaults is how many faults a [Faults] lists. It counts all of them.
const MaxFaults = rows.MaxFaults

// What can be wrong with an order history. The error of each [Fault] wraps one
// of these, or what the reader returned.
var (
	ErrEmpty     = rows.ErrEmpty
	ErrColumn    = rows.ErrColumn
	ErrAmbiguous = rows.ErrAmbiguous
	ErrEncoding  = rows.ErrEncoding
	ErrQuote     = rows.ErrQuote
	ErrTooLong   = rows.ErrTooLong
	ErrRagged    = rows.ErrRagged
	ErrMissing   = rows.ErrMissing
	ErrDate      = rows.ErrDate
	ErrDay       = rows.ErrDay
	ErrDayMonth  = rows.ErrDayMonth
	ErrAmount    = rows.ErrAmount
	ErrComma     = rows.ErrComma
	ErrMark      = rows.ErrMark
	ErrDecimals  = rows.ErrDecimals
	ErrRange     = rows.ErrRange
)

// A Fault is one thing that is wrong with an order history: where it is, and what.
type Fault = rows.Fault

// Faults is all that is wrong with an order history, as [Read] returns it.
type Faults struct{ rows.Faults }

// Error returns a line for each listed fault, after one that counts them if
// there are several.
func (f *Faults) Error() string { return "orders: " + f.Faults.Error() }
