package revenue

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Movement is how the revenue of one month became that of another, each customer
// looked at once, in the one and in the other; so it has rates. It is a plain value
// with a JSON form.
type Movement struct {
	Balance
}

// Unchanged returns the number of customers who pay the same in both months.
func (m Movement) Unchanged() int64 {
	l := m.Customers
	return l.Opening - l.Expanded - l.Contracted - l.Churned
}

// A Balance says what came and what went between two months: of a [Movement], or of
// several that follow each other, see [Table.Total].
type Balance struct {
	From calendar.Month `json:"from"`
	To   calendar.Month `json:"to"`

	Opening      money.Amount `json:"opening"` // revenue of From
	New          money.Amount `json:"new"`
	Reactivation money.Amount `json:"reactivation"`
	Expansion    money.Amount `json:"expansion"`
	Contraction  money.Amount `json:"contraction"` // 0 or more, as all of these
	Churn        money.Amount `json:"churn"`
	Closing      money.Amount `json:"closing"` // revenue of To

	Customers Logos `json:"customers"`
}

// Logos are the numbers of customers in a [Balance].
type Logos struct {
	Opening     int64 `json:"opening"` // who pay in From
	New         int64 `json:"new"`
	Reactivated int64 `json:"reactivated"`
	Expanded    int64 `json:"expanded"`
	Contracted  int64 `json:"contracted"`
	Churned     int64 `json:"churned"`
	Closing     int64 `json:"closing"` // who pay in To
}

// Validate reports every fault of a balance that was read: months that are none or out
// of order, negative numbers, several currencies, and that it does not balance, in
// amounts or in customers. Those of this package are free of them.
func (m Balance) Validate() error {
	var f verdict.Faults
	if !m.From.IsValid() {
		f.Missing("from")
	}
	if !m.To.IsValid() {
		f.Missing("to")
	} else if m.To <= m.From {
		f.Addf("to", "%w: %v is not after %v", verdict.ErrRange, m.To, m.From)
	}
	m.checkAmounts(&f)
	m.Customers.check(&f)
	return f.Err()
}

func (m Balance) checkAmounts(f *verdict.Faults) {
	var sum, closing wide
	currency := m.Currency()
	for _, part := range m.parts() {
		switch {
		case !part.amount.IsValid():
			f.Addf(part.name, "%w", money.ErrInvalid)
		case part.amount.Currency() != 0 && part.amount.Currency() != currency:
			f.Add(part.name, &money.CurrencyError{Op: "balance", X: currency, Y: part.amount.Currency()})
		case part.amount.Minor() < 0:
			f.Addf(part.name, "%w: %v is negative", verdict.ErrRange, part.amount)
		case part.sign == 0:
			closing.add(part.amount.Minor(), +1)
		default:
			sum.add(part.amount.Minor(), part.sign)
		}
	}
	if f.Len() == 0 && sum != closing {
		f.Addf("closing", "%w: %v does not balance", verdict.ErrInvalid, m.Closing)
	}
}

// A part is an amount with its sign in the balance, 0 for the closing.
type part struct {
	name   string
	amount money.Amount
	sign   int
}

func (m Balance) parts() []part {
	return []part{
		{"opening", m.Opening, +1},
		{"new", m.New, +1},
		{"reactivation", m.Reactivation, +1},
		{"expansion", m.Expansion, +1},
		{"contraction", m.Contraction, -1},
		{"churn", m.Churn, -1},
		{"closing", m.Closing, 0},
	}
}

// Currency returns the currency of the amounts, none if every one is zero of none.
func (m Balance) Currency() money.Currency {
	for _, part := range m.parts() {
		if c := part.amount.Currency(); c != 0 {
			return c
		}
	}
	return 0
}

func (l Logos) check(f *verdict.Faults) {
	for _, n := range []struct {
		name  string
		count int64
	}{
		{"opening", l.Opening}, {"new", l.New}, {"reactivated", l.Reactivated}, {"expanded", l.Expanded},
		{"contracted", l.Contracted}, {"churned", l.Churned}, {"closing", l.Closing},
	} {
		if n.count < 0 {
			f.Addf("customers."+n.name, "%w: %d", verdict.ErrRange, n.count)
			return
		}
	}
	var sum, closing wide
	for _, n := range []int64{l.Opening, l.New, l.Reactivated} {
		sum.add(n, +1)
	}
	sum.add(l.Churned, -1)
	closing.add(l.Closing, +1)
	if sum != closing {
		f.Addf("customers.closing", "%w: %d does not balance", verdict.ErrInvalid, l.Closing)
	}
}

// wide is a sum of 128 bits, since the parts of a balance may be larger than it.
type wide struct {
	hi int64
	lo uint64
}

// add adds or takes away n, which is 0 or more.
func (w *wide) add(n int64, sign int) {
	before := w.lo
	if sign > 0 {
		w.lo += uint64(n)
		if w.lo < before {
			w.hi++
		}
		return
	}
	w.lo -= uint64(n)
	if w.lo > before {
		w.hi--
	}
}
