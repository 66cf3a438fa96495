// Command usagegen writes what the users of the pilot did in the CRM, from the
// day on which it went live: the log that the roll-out example looks at.
//
//	go run ./examples/rollout/internal/usagegen > examples/rollout/data/usage.csv
//
// Its output is always the same, on every machine and to the last byte, and a test
// compares it with the file. It is synthetic: nobody's data.
//
// Thirteen of eighteen users begin in September, three more in October, and two,
// who missed the training, do not. A user who has begun logs in on most working
// days, on more of them as the weeks go by, and then does some of what the CRM is
// for. Key users do more of it. Random numbers are those of PCG, taken as integers.
package main

import (
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"os"
	"time"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "usagegen:", err)
		os.Exit(1)
	}
}

const (
	header = "user,role,date,action\n"
	users  = 18
	field  = 12 // field sales; the others are inside sales
)

var (
	live = calendar.MustParse("2026-09-21")
	last = calendar.MustParse("2026-10-31")
)

// actions are what a user may do on a day on which he logs in, and how often of a
// hundred: field sales and inside sales.
var actions = []struct {
	name          string
	field, inside int64
}{
	{"visit report", 55, 4},
	{"opportunity", 34, 38},
	{"quote", 12, 45},
	{"dashboard", 21, 30},
}

// run writes the file.
func run(w io.Writer) error {
	b := []byte(header)
	random := rand.NewPCG(20260921, 0)
	for day := live; day <= last; day = day.AddDays(1) {
		if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
			continue
		}
		for user := range users {
			b = append(b, lines(random, user, day)...)
		}
	}
	_, err := w.Write(b)
	return err
}

// lines are what a user did on a day.
func lines(random *rand.PCG, user int, day calendar.Date) (b []byte) {
	week := int64(day-live) / 7
	if !begun(user, day) || !chance(random, 48+7*week+10*key(user)) {
		return nil
	}
	role := "Field sales"
	if user >= field {
		role = "Inside sales"
	}
	write := func(action string) { b = fmt.Appendf(b, "U-%02d,%s,%v,%s\n", user+1, role, day, action) }
	write("login")
	for _, a := range actions {
		share := a.field
		if user >= field {
			share = a.inside
		}
		for range 1 + 2*key(user) {
			if chance(random, share+2*week) {
				write(a.name)
			}
		}
	}
	return b
}

// begun reports whether the user works with the CRM by a day.
func begun(user int, day calendar.Date) bool {
	switch user {
	case 3, 9: // not trained yet
		return false
	case 5, 11, 16:
		return day >= live.AddDays(10+user/2)
	default:
		return true
	}
}

// key is 1 for key users, who show the others.
func key(user int) int64 {
	if user == 0 || user == field {
		return 1
	}
	return 0
}

// chance is true so often of a hundred times.
func chance(random *rand.PCG, of100 int64) bool {
	high, _ := bits.Mul64(random.Uint64(), 100)
	return int64(high) < of100
}
