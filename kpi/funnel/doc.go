// Package funnel says how far customers come on a way of several steps, such as
// lead, opportunity, won: conversion rates with their intervals, and how long each
// step takes (mission KP-05, and KP-13 for what a CRM is meant to change about it).
//
// # What it models
//
//	Funnel     steps in order, each one or more names of events; window and mode
//	Log        accumulator of events of any names: Add, Merge, binary form
//	Analyze    counts, rates, times, broken down by an attribute
//	Pipeline   lead, opportunity, won: conversion, win rate, length of the sales cycle
//	Columns    the counts alone, fast, of events in columns and numbered customers
//
// # Definition
//
// An anchor is an event of the first step. From an anchor on, each step is matched
// by the earliest event that may follow the one before and is not more than the
// window after the anchor, the last second of it included. The depth of a customer
// is the number of steps matched from the best of his anchors. A step is reached by
// the customers of at least its depth, so counts never rise from step to step.
//
//	mode         what may follow an event                anchors
//	ordered      a later one, at the same time if ties   all
//	             are in that order (the default)
//	strict_time  one at a later time                     all
//	adjacent     the very next one of the customer, if   all
//	             it is of the step; others break the way
//	first_touch  as ordered                              the first one
//	any_order    any, of a step not seen yet             events of all steps
//
// A step may have a window of its own, since the step before. Then the earliest match
// can be the wrong one, as it may be too early for the step after it: a customer
// comes as far as any choice of matches takes him.
//
// Events of the same time are all looked at. Which of them comes first is said by
// Event.Order, such as the row of a file, and by nothing else: it does not depend on
// the order of Add and Merge. Events of equal order, and all those of one time with
// [Simultaneous], are taken in the order of steps, so that they can follow each
// other. One event is never two steps at once, even if it is of both.
//
// Times are those of one way for each customer: from the first anchor that leads to
// his depth, each step at the earliest event from which that depth is still
// reached. They are whole seconds, their quantiles exact (type 7).
//
// # End of the observation
//
// Events after asOf are dropped and counted. Until a window is over, who has not
// come far may still do so. StepCount.All counts everyone as of now, which is too low
// for the youngest customers; StepCount.Settled counts only those whose windows are
// over, from the last of their anchors. Without a window, nobody's ever is.
//
// # Cost
//
// Trying all anchors takes quadratic time. One pass is enough: of all ways through
// k steps, keep the one that ends last, which is also one that begins last; if it
// cannot go on, none can. The tests hold this against the definition. So an analysis
// takes time in proportion to events × steps, beside sorting each customer.
//
// No funnel can be summed up before all events of a customer are together: memory
// of a [Log] is 32 bytes for each event. [Columns.Count] takes 8 to 10 bytes for each
// row, and about a tenth of the time; see BenchmarkOrdered. It goes through the columns
// once, and then through what it keeps of them:
//
//	pack   a row becomes a word of 8 bytes: time, customer, step. Rows after the
//	       end and of no step are left out; a bad one is looked for only in a
//	       batch of rows that has one
//	deal   words go to parts of up to 2048 customers, into blocks that are taken
//	       as they are needed, so nothing is counted beforehand
//	fill   words of a part go to the slots of their customers, 16 each; those
//	       that find none are grouped by counting
//	sort   up to 16 words by networks of comparators; more by merging such pieces;
//	       none if the rows are in the order of time already
//	ride   the recurrence, on the words as they are
//
// A part fits the second cache of a core and is one worker's alone. In none of this
// does a branch depend on what a processor cannot foresee, such as the step of an
// event: to be wrong every other time takes longer than all the rest.
//
// # Limits
//
//	steps     MaxSteps, 32; in any order no event may be of two
//	times     seconds up to ±2⁶¹; within 2³⁵ to 2⁴⁴ of each other for Columns
//	events    2³² in a log
//
// # Errors
//
// Errors begin with "funnel:" and report all faults of the arguments at once, each
// with its path, by the sentinels of package verdict. A rate of nobody is
// undefined, with the reason.
//
// # Differences from other tools
//
//	                    here                           there
//	ClickHouse          all anchors; ties by           the same recurrence; ties in the order of the
//	windowFunnel        Event.Order, or simultaneous   steps, and one event can be two of them
//	  strict_increase   strict_time: A at 1, A and B   where a step is remembered by its last event
//	                    at 2 is A, B                   only, the second A hides the first, and B is lost
//	  strict_order      adjacent, from any anchor      an event in between ends the search for good
//	SQL, such as        one pass, exact windows        joins of first times (MIN … GROUP BY) are first
//	DuckDB                                             touch of each step, and lose who came twice;
//	                                                   exact self-joins are quadratic in the events
//	                                                   of a customer, and good where these are few
//	pandas              ties by Event.Order            groupby and shift are adjacent only; sort_values by
//	                                                   one column is not stable by default (by several it
//	                                                   is), so ties can be by chance
//	product analytics   all modes on the same data,    "this order", "any order", "exact order", of a
//	(Mixpanel,          whole window and step windows  first or of each entry; people whose window is
//	Amplitude)                                         not over are mostly counted as lost
//
// # Sources
//
// The definition is this library's own. The intervals are those of
// [github.com/crmrollout/crm/kpi.Wilson]; the quantiles of type 7 of Hyndman and Fan, "Sample
// Quantiles in Statistical Packages", The American Statistician 50 (1996), 361-365.
package funnel
