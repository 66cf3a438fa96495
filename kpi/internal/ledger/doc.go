// Package ledger is the engine under kpi.History: a log of events in columns, one
// number per customer, that grows by appending and is put into order only when
// somebody needs the order.
//
// # Representation
//
// A row is (customer number, day, number of events, sum of their amounts in minor
// units). The sign of the sum is that of each event in it, so purchases, events
// without an amount and refunds never share a row, and a policy about them can be
// chosen after the fact. Rows hold 20 bytes.
//
// Customers are numbered as they arrive; an open-addressing table of numbers
// finds them by key. The canonical form numbers them in ascending order of keys,
// with the rows in ascending order of customer and day and at most one row for
// each kind of event, unless counts or sums do not fit a row.
//
// # Exactness
//
// Sums that exceed an int64 are split over rows, never wrapped, so combining is
// associative and commutative for any amounts. Consumers add with [Sum], which
// tells when a total does not fit.
package ledger
