// Package orders reads the order history of a shop from CSV, as shops, CRM
// systems and spreadsheets export it, into exact values: who ordered, on which
// day, for how much. It is the door through which a customer data base enters
// the indicators of a roll-out (recency, frequency and monetary value, KP-03 and
// KP-04; retention, KP-02; churn, KP-06), so it is strict: it would rather refuse
// a file, and say where and why, than guess.
//
// # What it reads
//
//		order_id;Customer ID;Order Date;Total
//		10001;C-00042;2026-10-30 18:04;"1249,50"
//		10002;C-00007;2026-10-31;-19,90
//
//	  - A header names the columns, in any order and among others. The three that
//	    count may be called by several names, see [Aliases]; case, spaces and
//	    punctuation of a name make no difference. Of several columns that could be
//	    one field, that with its own name (customer, date, amount) is taken;
//	    without such a column the file is refused.
//	  - The separator is a comma, a semicolon or a tab, whichever makes the best
//	    of the header.
//	  - Fields may be quoted as RFC 4180 says, with line breaks inside. Lines end
//	    in LF or CRLF, a byte order mark is skipped. Lines of nothing but spaces
//	    and tabs are skipped; all others have as many fields as the header.
//	  - Spaces and tabs around a value do not belong to it.
//
// # Days
//
// A day is YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD. A time of day may follow after a T
// or a space, with or without an offset: the day is the one that is written, as
// no time zone is better than the one the exporter chose. Forms in which a day
// could be taken for a month, such as 03/04/2026, are refused even where one
// reading is impossible, because the next line is read by the same habit.
//
// # Amounts
//
// An amount is a decimal number of at most two decimals, and becomes an int64
// number of minor units without ever being a float; further decimals may only
// be zeros. Negative amounts are refunds. The decimal mark is the point; in
// files separated by semicolons it may be the comma, but a file has one mark,
// not both. There are no thousands separators, currency signs or exponents.
//
// # Limits
//
//	a record, and an unquoted line      1 MiB
//	amounts                             ±92,233,720,368,547,758.07
//	days                                0001-01-01 to 9999-12-31
//	faults that are listed              50 (all are counted)
//
// # Errors
//
// [Read] reports all faults at once in a [*Faults], each a [Fault] with its line,
// the column's name in the file, and an error that quotes the value (cut to a
// bounded length) and wraps one of the sentinels. With a fault, no orders are
// returned: half a history gives wrong indicators, not half-right ones.
//
// # Cost
//
// The input is streamed; memory is the orders and one string per customer.
// BenchmarkRead stands beside a twin made of encoding/csv, time.Parse and
// strconv.ParseFloat.
package orders
