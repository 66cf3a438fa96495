package rows

import "slices"

// The names that the columns of an order history may have besides customer, date
// and amount. They leave out what often stands beside another of the list and
// means something else: the name of a customer, the price of a unit, the time of
// day.
var (
	customerAliases = []string{
		"customer_id", "customer_no", "customer_number", "cust", "cust_id", "client", "client_id",
		"account", "account_id", "user", "user_id", "buyer", "buyer_id", "member_id", "contact_id", "id",
	}
	dateAliases = []string{
		"day", "datetime", "timestamp", "order_date", "order_day", "ordered_at", "purchase_date",
		"purchased_at", "transaction_date", "invoice_date", "created_at", "created",
	}
	amountAliases = []string{
		"amount_eur", "value", "revenue", "total", "total_amount", "total_price", "grand_total", "price",
		"sales", "spend", "turnover", "order_value", "order_total", "order_amount",
	}
)

// CustomerAliases returns the usual names of a column that says who.
func CustomerAliases() []string { return slices.Clone(customerAliases) }

// DateAliases returns the usual names of a column that says on which day.
func DateAliases() []string { return slices.Clone(dateAliases) }

// AmountAliases returns the usual names of a column that says for how much.
func AmountAliases() []string { return slices.Clone(amountAliases) }
