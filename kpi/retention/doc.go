// Package retention says who stays, who comes back and who is lost: cohorts over
// time, repeat purchases, churn and the life cycle of customers (missions KP-02 and
// KP-06, and KP-13 for what a CRM is meant to change about them).
//
// # What it models
//
//	Calendar         cohorts by week, month or quarter: offset = period − period of the first order
//	Elapsed          cohorts by days since the first order: equal windows, single days, brackets
//	RepeatPurchase   repeat rate, plain and within fixed horizons; gaps between orders
//	Inactivity       churn of customers without a contract, by an inactivity rule
//	Compare          churn of subscribers, between two sets of them
//	Stages           new, retained, resurrected and dormant customers, period by period
//	CalendarColumns  Calendar of events in columns, many times as fast; StagesColumns too
//	CalendarSummary  Calendar of the grid of a kpi.Summary; StagesSummary too
//
// All but Compare read a [History], which is filled by Add and Merge and feeds the
// neighbouring packages too. The end of the observation is an argument, included,
// and has no default: later events are counted and not used.
//
// # Rules
//
// A window counts for a customer only once it is over. Until then the cell is
// incomplete and its rate is undefined, with the reason [Incomplete]; what is known
// so far stands in [Pending]. Several tools show 0 % there instead, which makes the
// youngest cohorts look lost.
//
// Rates of several cohorts are pooled, Σ active / Σ eligible, never averaged: the
// mean of 1 of 1 and 0 of 99 is not 50 %.
//
// [Cell.Retention] asks for activity in the window, [Cell.Unbounded] for activity in
// it or later. The latter never rises with the offset among the same customers.
// The activity that it looks at reaches up to the end, also into a period that is
// not over.
//
// A customer is active who orders. What refunds and events without an amount count
// for is said by kpi.Amounts; where activity without money is recorded, each event
// has the amount 0 and counts by default. Refunds belong to the day they are
// booked on; those before the first order, or without one, belong to no cohort and
// are counted in Counts.Unplaced.
//
// Rates are exact (package ratio), and their Wilson intervals come from
// [kpi.Wilson].
//
// # Limits
//
//	weeks        ISO 8601, Monday to Sunday
//	quarters     of the calendar year
//	revenue      an int64 for each cell; more is an error, never a wrapped number
//
// # Errors
//
// Errors begin with "retention:" and report all faults of the arguments at once,
// each with its path, by the sentinels of package verdict.
//
// # Cost
//
// Functions of a history need the events in order of customers and days, which costs
// one sort unless [kpi.History.Compact] has been called, and then go through them once.
// [CalendarColumns] and [StagesColumns] need no history and no order; see package kpi
// for how. CustomersOnly of [Options] spares them the orders and the revenue of every
// cell, and up to a third of their time. Reading a grid takes time in proportion to its
// cells, whatever the number of events.
//
// # Differences from other tools
//
//	                   there                                   here
//	product analytics  0 % for windows that are not over       incomplete, with what is known so far
//	                   the mean of the cohorts' rates          pooled counts
//	DuckDB, SQL idiom  DATE_DIFF of months counts borders of   Calendar is like it; Eligible says for
//	                   months (31 January to 1 February: 1),   whom the month is over
//	                   whatever the end of the data
//	                   30-day months by division               Elapsed: days, by each customer's clock
//	spreadsheets       12 months of 2 % churn are 24 %         Churn.Over: 21.5 %
//	R survival         leavers are events, others censored     kpi/survival; here windows must be over
//
// # Sources
//
// Fader and Hardie, "How to Project Customer Retention", Journal of
// Interactive Marketing 21 (2007), 76-90, on why pooled rates hide differing cohorts;
// Reichheld and Sasser, "Zero Defections", Harvard Business Review 68 (1990),
// 105-111, on customer churn.
package retention
