package orders

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// field is one of the three things read of a row.
type field uint8

const (
	customerField field = iota
	dateField
	amountField

	fields
)

// aliases are the names that a field's column may have, its own name first.
// They leave out what often stands beside another of the list and means
// something else: the name of a customer, the price of a unit, the time of day.
var aliases = [fields][]string{
	customerField: {
		"customer", "customer_id", "customer_no", "customer_number", "cust", "cust_id", "client", "client_id",
		"account", "account_id", "user", "user_id", "buyer", "buyer_id", "member_id", "contact_id", "id",
	},
	dateField: {
		"date", "day", "datetime", "timestamp", "order_date", "order_day", "ordered_at", "purchase_date",
		"purchased_at", "transaction_date", "invoice_date", "created_at", "created",
	},
	amountField: {
		"amount", "amount_eur", "value", "revenue", "total", "total_amount", "total_price", "grand_total", "price",
		"sales", "spend", "turnover", "order_value", "order_total", "order_amount",
	},
}

// fieldOf maps the plain form of each alias to its field.
var fieldOf = func() map[string]field {
	m := map[string]field{}
	for f := range fields {
		for _, name := range aliases[f] {
			m[plain(name)] = f
		}
	}
	return m
}()

// Aliases returns the names under which the columns of a field are found, the
// field's own name first, for help texts: of "customer", "date" and "amount". Of
// another field it returns nothing. Names are compared by their letters and
// digits only, in any case: "Order Date" is order_date.
func Aliases(field string) []string {
	for f := range fields {
		if f.name() == field {
			return slices.Clone(aliases[f])
		}
	}
	return nil
}

// name is the field's own name.
func (f field) name() string { return aliases[f][0] }

// plain reduces the name of a column to its letters and digits, in lower case.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// layout is what a header says under one separator.
type layout struct {
	sep        byte
	names      []string      // of all columns
	candidates [fields][]int // the columns that could be a field
	exact      [fields][]int // those with its own name
	at         [fields]int   // the column that it is, once settled
	reading    []field       // the settled fields in the order of their columns
}

func newLayout(sep byte, rec *record) layout {
	l := layout{sep: sep, names: make([]string, len(rec.fields))}
	for i := range rec.fields {
		name := string(rec.value(i))
		l.names[i] = name
		f, ok := fieldOf[plain(name)]
		if !ok {
			continue
		}
		l.candidates[f] = append(l.candidates[f], i)
		if plain(name) == f.name() {
			l.exact[f] = append(l.exact[f], i)
		}
	}
	return l
}

// better tells whether l makes more of the header than m.
func (l *layout) better(m *layout) bool {
	return cmp.Or(cmp.Compare(l.found(), m.found()), cmp.Compare(len(l.names), len(m.names))) > 0
}

// found counts the fields that have a column.
func (l *layout) found() int {
	n := 0
	for _, columns := range l.candidates {
		n += min(len(columns), 1)
	}
	return n
}

// settle decides which column is f.
func (l *layout) settle(f field) error {
	columns := l.candidates[f]
	if len(l.exact[f]) > 0 {
		columns = l.exact[f]
	}
	switch len(columns) {
	case 0:
		return fmt.Errorf("%w: the columns are %s; it may be called %s", ErrColumn, l.list(l.all()), strings.Join(aliases[f], ", "))
	case 1:
		l.at[f] = columns[0]
		l.reading = append(l.reading, f)
		slices.SortFunc(l.reading, func(a, b field) int { return cmp.Compare(l.at[a], l.at[b]) })
		return nil
	default:
		return fmt.Errorf("%w: %s; call the right one, and no other, %s", ErrAmbiguous, l.list(columns), f.name())
	}
}

// all returns the numbers of all columns.
func (l *layout) all() []int {
	columns := make([]int, len(l.names))
	for i := range columns {
		columns[i] = i
	}
	return columns
}

// list names columns for a message, as many as are of use in one.
func (l *layout) list(columns []int) string {
	const most = 20
	var names []string
	for _, i := range columns[:min(len(columns), most)] {
		names = append(names, verdict.Quote(l.names[i]))
	}
	if n := len(columns) - most; n > 0 {
		names = append(names, fmt.Sprintf("and %d more", n))
	}
	return strings.Join(names, ", ")
}

// column returns the name of column i for a message: as it is, unless it cannot
// be read there. Rows may have more columns than the header.
func (l *layout) column(i int) string {
	const most = 40
	if i >= len(l.names) {
		return ""
	}
	name := l.names[i]
	if len(name) > most || !utf8.ValidString(name) || strings.ContainsFunc(name, isOdd) {
		return verdict.Quote(name)
	}
	return name
}

func isOdd(r rune) bool { return !unicode.IsPrint(r) }
