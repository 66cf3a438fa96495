package usage_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/usage"
)

// BenchmarkRolling counts DAU, WAU and MAU over 1000 days, beside a naive twin with a
// set of users for each day. CRM_BENCH_ROWS sets the number of events, 1,000,000 by
// default; 9 events a user.
func BenchmarkRolling(b *testing.B) {
	rows := 1_000_000
	if s := os.Getenv("CRM_BENCH_ROWS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		rows = n
	}
	rng := rand.New(rand.NewPCG(1, 2))
	users := max(1, rows*108/1000)
	who, day := make([]int, rows), make([]calendar.Date, rows)
	var l usage.Log[int]
	for i := range rows {
		who[i], day[i] = rng.IntN(users), 700_000+calendar.Date(rng.IntN(1000))
		if err := l.Add(usage.Event[int]{User: who[i], Day: day[i], Action: "login"}); err != nil {
			b.Fatal(err)
		}
	}
	span := calendar.Interval{From: 700_000, Until: 700_999}
	var want int
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			want = naive(who, day, span)
		}
	})
	run := func(b *testing.B) {
		b.Helper()
		b.ReportAllocs()
		for b.Loop() {
			a, err := usage.Rolling(&l, span, options{}, 1, 7, 30)
			if err != nil || want > 0 && int(a.Days[999].Active[2].Users) != want {
				b.Fatal(err, want)
			}
		}
	}
	b.Run("log", run)
	l.Compact()
	b.Run("log, compact", run)
}

// naive returns the users of the last 30 days, after counting all windows.
func naive(who []int, day []calendar.Date, span calendar.Interval) int {
	byDay := map[calendar.Date]map[int]bool{}
	for i, d := range day {
		if byDay[d] == nil {
			byDay[d] = map[int]bool{}
		}
		byDay[d][who[i]] = true
	}
	last := 0
	for d := range span.Days() {
		for _, w := range []calendar.Date{1, 7, 30} {
			active := map[int]bool{}
			for x := d - w + 1; x <= d; x++ {
				for user := range byDay[x] {
					active[user] = true
				}
			}
			last = len(active)
		}
	}
	return last
}
