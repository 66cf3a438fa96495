package stakeholder_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/stakeholder"
)

// slowDue is Register.Due as its documentation words it: for each communication
// and each stakeholder in its audience the whole log is searched.
func slowDue(r stakeholder.Register, asOf calendar.Date) []stakeholder.Due {
	var all []stakeholder.Due
	for _, c := range r.Plan {
		d := stakeholder.Due{Communication: c.ID}
		nobody := true
		for _, s := range r.Stakeholders {
			if !c.Audience.Includes(s) {
				continue
			}
			nobody = false
			rhythm := c.Rhythm
			if rhythm.Start != 0 && s.Identified > rhythm.Start {
				rhythm.Start = s.Identified
			}
			last := slowLast(r, c, asOf, func(with stakeholder.Audience) bool { return with.IsZero() || with.Includes(s) })
			if due := rhythm.Due(last); due != 0 && (d.Next == 0 || due < d.Next) {
				d.Next, d.Last = due, last
			}
			if days := rhythm.Overdue(last, asOf); days > 0 {
				d.OverdueDays = max(d.OverdueDays, days)
				d.Behind = append(d.Behind, s.ID)
			}
		}
		if nobody {
			d.Last = slowLast(r, c, asOf, func(stakeholder.Audience) bool { return true })
			d.Next, d.OverdueDays = c.Rhythm.Due(d.Last), c.Rhythm.Overdue(d.Last, asOf)
			if d.Next == 0 {
				d.Last = 0
			}
		}
		all = append(all, d)
	}
	return all
}

func slowLast(r stakeholder.Register, c stakeholder.Communication, asOf calendar.Date, reaches func(stakeholder.Audience) bool) calendar.Date {
	var last calendar.Date
	for _, contact := range r.Contacts {
		if contact.Communication == c.ID && contact.On <= asOf && reaches(contact.With) {
			last = max(last, contact.On)
		}
	}
	return last
}

// randomRegister returns a register with a log of n contacts.
func randomRegister(rnd *rand.Rand, people, plans, n int) stakeholder.Register {
	var r stakeholder.Register
	id := func() string { return fmt.Sprintf("S-%d", rnd.IntN(people)) }
	for i := range people {
		s := stakeholder.Stakeholder{ID: fmt.Sprintf("S-%d", i), Class: stakeholder.Class(1 + rnd.IntN(4))}
		if rnd.IntN(3) == 0 {
			s.MemberOf = []string{id()}
		}
		if rnd.IntN(3) == 0 {
			s.Identified = calendar.Date(1000 + rnd.IntN(200))
		}
		r.Stakeholders = append(r.Stakeholders, s)
	}
	for i := range plans {
		c := stakeholder.Communication{ID: fmt.Sprintf("C-%d", i)}
		if rnd.IntN(2) == 0 {
			c.Audience.Classes = []stakeholder.Class{stakeholder.Class(1 + rnd.IntN(5))}
		}
		if rnd.IntN(2) == 0 {
			c.Audience.Stakeholders = []string{id(), id()}
		}
		c.Rhythm = stakeholder.Rhythm{Start: calendar.Date(1000 + rnd.IntN(100)), GraceDays: rnd.IntN(3)}
		if rnd.IntN(4) > 0 {
			c.Rhythm.Every = randomPeriod(rnd)
		}
		r.Plan = append(r.Plan, c)
	}
	for range n {
		c := stakeholder.Contact{On: calendar.Date(1000 + rnd.IntN(300)), Communication: fmt.Sprintf("C-%d", rnd.IntN(plans+1))}
		if rnd.IntN(2) == 0 {
			c.With = to(id(), id())
		}
		r.Contacts = append(r.Contacts, c)
	}
	return r
}

func TestDueAgreesWithSlowTwin(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		r := randomRegister(rnd, 1+rnd.IntN(8), 1+rnd.IntN(4), rnd.IntN(20))
		asOf := calendar.Date(1000 + rnd.IntN(300))
		require.Empty(t, cmp.Diff(slowDue(r, asOf), r.Due(asOf)))
	}
}

// Nothing depends on the order of the log.
func TestLogOrderDoesNotMatter(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		r := randomRegister(rnd, 5, 3, 20)
		asOf := calendar.Date(1000 + rnd.IntN(300))
		due, timely := r.Due(asOf), r.Timeliness(asOf)
		before := slices.Clone(r.Contacts)
		rnd.Shuffle(len(r.Contacts), func(i, j int) { r.Contacts[i], r.Contacts[j] = r.Contacts[j], r.Contacts[i] })
		require.Equal(t, due, r.Due(asOf))
		require.Equal(t, timely, r.Timeliness(asOf))
		require.ElementsMatch(t, before, r.Contacts)
	}
}

func benchmarkRegister() stakeholder.Register {
	return randomRegister(rand.New(rand.NewPCG(11, 12)), 200, 20, 5000)
}

func BenchmarkDue(b *testing.B) {
	r := benchmarkRegister()
	b.ReportAllocs()
	for b.Loop() {
		r.Due(1200)
	}
}

func BenchmarkDueSlow(b *testing.B) {
	r := benchmarkRegister()
	b.ReportAllocs()
	for b.Loop() {
		slowDue(r, 1200)
	}
}
