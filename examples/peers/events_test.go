//go:build cgo

package peers_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
)

// The events are of the thousand days from start to end.
const (
	end   calendar.Date = 738_000
	start               = end - 999
)

// The events span so many months.
var months = int(end.MonthOf()-start.MonthOf()) + 1

// events are what happened, by column, with the customers in three forms.
type events struct {
	dense   []uint32
	integer []int64
	text    []string
	days    []calendar.Date
	minor   []int64
	step    []uint8 // of a funnel of four steps
	moment  []int64 // in seconds, on the day
}

// newEvents makes events in no order, nine for each customer on average and more for
// a third of them; the same ones as the benchmarks of package kpi.
func newEvents(rows int) *events {
	rng := rand.New(rand.NewPCG(1, 2))
	customers := rows/9 + 1
	names := make([]string, customers)
	for i := range names {
		names[i] = fmt.Sprintf("C%07d", i)
	}
	e := &events{
		make([]uint32, rows), make([]int64, rows), make([]string, rows),
		make([]calendar.Date, rows), make([]int64, rows), make([]uint8, rows), make([]int64, rows),
	}
	for i := range rows {
		who := uint32(rng.IntN(customers))
		if i%4 == 0 {
			who /= 3
		}
		e.dense[i], e.integer[i], e.text[i] = who, int64((uint64(who)+1)*0x9e3779b97f4a7c15), names[who]
		e.days[i] = end - calendar.Date(rng.IntN(1000))
		e.minor[i] = 1 + rng.Int64N(50_000)
	}
	for i, day := range e.days { // after the others, which so are the same without
		e.step[i] = [10]uint8{1, 1, 1, 1, 2, 2, 2, 3, 3, 4}[rng.IntN(10)]
		e.moment[i] = day.Time(time.UTC).Unix() + rng.Int64N(86_400)
	}
	return e
}

// withRefunds makes refunds of one event in five, and takes the amount of another.
func (e *events) withRefunds() *events {
	for i := range e.minor {
		switch e.minor[i] % 5 {
		case 0:
			e.minor[i] = -e.minor[i]
		case 1:
			e.minor[i] = 0
		}
	}
	return e
}

// withTies moves the events to noon, so that many are of one time.
func (e *events) withTies() *events {
	for i, day := range e.days {
		e.moment[i] = day.Time(time.UTC).Unix() + 43_200
	}
	return e
}

func (e *events) len() int       { return len(e.dense) }
func (e *events) customers() int { return e.len()/9 + 1 }

func columnsOf[K kpi.Key](e *events, who []K) kpi.Columns[K] {
	return kpi.Columns[K]{Customers: who, Days: e.days, Minor: e.minor}
}

// withoutAmounts leaves the amounts out, for measures in which they play no part.
func withoutAmounts[K kpi.Key](c kpi.Columns[K]) kpi.Columns[K] {
	c.Minor = nil
	return c
}
