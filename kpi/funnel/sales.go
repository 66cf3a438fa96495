package funnel

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// The names of the events of a [Pipeline].
const (
	Lead        = "lead"
	Opportunity = "opportunity"
	Won         = "won"
	Lost        = "lost"
)

// LeadToWon returns the funnel of a sales pipeline: lead, opportunity, won.
func LeadToWon(window int64) Funnel { return Of(window, Lead, Opportunity, Won) }

// A Sales is a sales pipeline at the end of an observation (KP-05). It is a plain
// value with a JSON form.
type Sales struct {
	Result

	Won  int64 `json:"won"`  // opportunities whose last outcome is won
	Lost int64 `json:"lost"` // opportunities whose last outcome is lost
	Open int64 `json:"open"` // opportunities without an outcome
}

// Pipeline returns the sales pipeline of the log by asOf: the funnel [LeadToWon] with
// its conversion rates and times, and what became of the opportunities. The key of
// the log is what is followed: the customer, or the deal if customers have several.
//
// Of each, the last of won and lost at or after its first opportunity is its
// outcome, of a tie the later in [Event] order, then won. This does not depend on
// the window: a deal that took longer is won all the same.
func Pipeline[K kpi.Key](l *Log[K], window, asOf int64, o Options[K]) (Sales, error) {
	result, err := Analyze(l, LeadToWon(window), asOf, o)
	if err != nil {
		return Sales{}, err
	}
	s := Sales{Result: result}
	c := l.canonical()
	for rows := range c.byCustomer() {
		switch outcome(c, rows, asOf) {
		case Opportunity:
			s.Open++
		case Won:
			s.Won++
		case Lost:
			s.Lost++
		}
	}
	return s, nil
}

// outcome returns what became of the opportunity of a customer, empty if there is
// none. Rows of one time and order are in the order of names, so won comes last.
func outcome[K kpi.Key](c *Log[K], rows []row, asOf int64) string {
	var first row
	state := ""
	for _, r := range rows {
		if name := c.names.values[r.name]; name == Opportunity && state == "" && r.at <= asOf {
			first, state = r, name
		}
	}
	for _, r := range rows {
		name := c.names.values[r.name]
		if state != "" && (name == Won || name == Lost) && r.at >= first.at && r.at <= asOf {
			state = name
		}
	}
	return state
}

// NoneClosed is the reason of a win rate without closed opportunities.
const NoneClosed = "no opportunity is closed"

// WinRate returns the opportunities won / the opportunities closed, undefined if
// none is closed. Open ones are not lost.
func (s Sales) WinRate() ratio.Ratio { return ratio.Of(s.Won, s.Won+s.Lost, NoneClosed) }

// WinInterval returns the Wilson interval of [Sales.WinRate].
func (s Sales) WinInterval(level float64) (kpi.Interval, error) {
	return kpi.Wilson(s.Won, s.Won+s.Lost, level)
}

// Cycle returns how long it took from opportunity to win, in seconds, of those won
// within the window of the funnel.
func (s Sales) Cycle() Times {
	if len(s.Steps) == 0 {
		return Times{}
	}
	return s.Steps[len(s.Steps)-1].Since
}

// Measurements returns the indicators of the pipeline by their codes in the catalogue
// of package kpi, for a scorecard: conversion_rate over the leads whose whole window
// was observed, win_rate, and sales_cycle, the median in days.
func (s Sales) Measurements(on calendar.Date) map[string]kpi.Measurement {
	var settled Passage
	if len(s.Steps) > 0 {
		settled = s.Steps[len(s.Steps)-1].Settled
	}
	return map[string]kpi.Measurement{
		"conversion_rate": settled.Measurement(on),
		"win_rate":        kpi.Share(on, s.Won, s.Won+s.Lost),
		"sales_cycle":     s.Cycle().Measurement(on),
	}
}
