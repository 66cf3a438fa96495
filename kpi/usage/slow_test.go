package usage_test

import (
	"math/rand/v2"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/usage"
)

// This file is the readable twin: sets of users, asked day by day.

type events []usage.Event[int]

// randomEvents returns a few events of a few users in a few days from day 100 on.
func randomEvents(rng *rand.Rand) events {
	es := make(events, rng.IntN(60))
	for i := range es {
		es[i] = usage.Event[int]{User: rng.IntN(9) - 4, Day: 100 + calendar.Date(rng.IntN(50)), Action: []string{"login", "note", "report"}[rng.IntN(3)]}
	}
	return es
}

func (es events) log() *usage.Log[int] {
	var l usage.Log[int]
	for _, e := range es {
		if err := l.Add(e); err != nil {
			panic(err)
		}
	}
	return &l
}

// active returns the users with an event that counts from one day to another.
func (es events) active(from, until calendar.Date, counts func(usage.Event[int]) bool) map[int]bool {
	users := map[int]bool{}
	for _, e := range es {
		if from <= e.Day && e.Day <= until && counts(e) {
			users[e.User] = true
		}
	}
	return users
}

func everything(usage.Event[int]) bool { return true }

func (es events) first() calendar.Date {
	first := calendar.Date(0)
	for _, e := range es {
		if first == 0 || e.Day < first {
			first = e.Day
		}
	}
	return first
}
