package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/examples/rollout/internal/orders"
)

const path = "../../data/orders.csv"

// The file of the example is what this program writes, to the byte.
func TestFile(t *testing.T) {
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	var got bytes.Buffer
	require.NoError(t, run(&got))
	require.Less(t, got.Len(), 1_000_000)
	if !bytes.Equal(want, got.Bytes()) {
		t.Fatalf("%s is not what the program writes, first in line %d; write it again:\n"+
			"go run ./examples/rollout/internal/ordergen > examples/rollout/data/orders.csv", path, firstDifference(want, got.Bytes()))
	}
}

func firstDifference(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return bytes.Count(a[:n], []byte{'\n'}) + 1
}

// full refuses all bytes.
type full struct{}

var errFull = errors.New("disk full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteFails(t *testing.T) { require.ErrorIs(t, run(full{}), errFull) }

// Ids count up, days never go back, customers are numbered as they come.
func TestOrder(t *testing.T) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"order_id", "customer", "date", "amount", "channel"}, rows[0])
	rows = rows[1:]
	id, amount := regexp.MustCompile(`^C-\d{5}$`), regexp.MustCompile(`^-?\d+\.\d[05]$`)
	channels, customers, day := map[string]int{}, map[string]bool{}, calendar.Date(0)
	newest := 0
	for i, r := range rows {
		require.Equal(t, strconv.Itoa(10001+i), r[0])
		require.Regexp(t, id, r[1])
		require.Regexp(t, amount, r[3])
		today := calendar.MustParse(r[2])
		require.GreaterOrEqual(t, today, day)
		if today > day {
			require.Equal(t, len(customers), newest)
		}
		day = today
		customers[r[1]] = true
		number, err := strconv.Atoi(r[1][2:])
		require.NoError(t, err)
		newest = max(newest, number)
		channels[r[4]]++
	}
	require.Equal(t, "2024-11-01", rows[0][2])
	require.Equal(t, "2026-10-31", day.String())
	require.Len(t, customers, 2400)
	require.Equal(t, 2400, newest)
	require.Len(t, channels, 3)
	require.Greater(t, channels["web"], channels["app"])
	require.Greater(t, channels["app"], channels["store"])
}

// shopper is what the file says of a customer.
type shopper struct {
	days  []calendar.Date // with orders
	cents int64           // less refunds
}

func readFile(t *testing.T) []orders.Order {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	all, err := orders.Read(f)
	require.NoError(t, err)
	return all
}

func shoppers(all []orders.Order) map[string]*shopper {
	m := map[string]*shopper{}
	for _, o := range all {
		s := m[o.Customer]
		if s == nil {
			s = new(shopper)
			m[o.Customer] = s
		}
		s.cents += o.Minor
		if n := len(s.days); o.Minor > 0 && (n == 0 || s.days[n-1] < o.Day) {
			s.days = append(s.days, o.Day)
		}
	}
	return m
}

// The shop's numbers are those of a shop that sells what is used up: most
// customers come back, some often, a fifth of them bring most of the revenue, and
// more than half are gone in the end.
func TestCustomers(t *testing.T) {
	all := readFile(t)
	require.GreaterOrEqual(t, len(all), 22_000)
	require.LessOrEqual(t, len(all), 26_000)
	m := shoppers(all)
	const customers = 2400
	require.Len(t, m, customers)
	once, active, soon, old := 0, 0, 0, 0
	var revenue []int64
	for _, s := range m {
		require.NotEmpty(t, s.days)
		require.GreaterOrEqual(t, s.cents, int64(0), "no one gets back more than was paid")
		revenue = append(revenue, s.cents)
		if len(s.days) == 1 {
			once++
		}
		if s.days[len(s.days)-1] > calendar.MustParse("2026-08-02") {
			active++
		}
		if s.days[0] <= calendar.MustParse("2026-08-02") {
			old++
			if len(s.days) > 1 && s.days[1] <= s.days[0]+90 {
				soon++
			}
		}
	}
	require.InDelta(t, 0.23, float64(once)/customers, 0.03, "customers who came once")
	require.InDelta(t, 0.73, float64(soon)/float64(old), 0.04, "customers who came again within 90 days")
	require.InDelta(t, 0.45, float64(active)/customers, 0.04, "customers who came in the last 90 days")
	slices.Sort(revenue)
	require.InDelta(t, 0.71, share(revenue[customers*4/5:], revenue), 0.03, "revenue of the best fifth")
}

func share(part, whole []int64) float64 { return float64(sum(part)) / float64(sum(whole)) }

func sum(s []int64) int64 {
	total := int64(0)
	for _, x := range s {
		total += x
	}
	return total
}

// December is busy and dear, Sunday slow, and the shop grows.
func TestSeasons(t *testing.T) {
	perMonth, perWeekday, arrivals := map[calendar.Month]float64{}, map[time.Weekday]int{}, map[calendar.Month]int{}
	var december, other []int64
	known := map[string]bool{}
	for _, o := range readFile(t) {
		if o.Minor < 0 {
			continue
		}
		month := o.Day.MonthOf()
		perMonth[month]++
		perWeekday[o.Day.Weekday()]++
		if !known[o.Customer] {
			known[o.Customer] = true
			arrivals[month]++
		}
		if o.Day.Month() == time.December {
			december = append(december, o.Minor)
		} else {
			other = append(other, o.Minor)
		}
	}
	for _, year := range []int{2024, 2025} {
		d := calendar.MustNew(year, time.December, 1)
		require.Greater(t, perMonth[d.MonthOf()], 1.2*perMonth[d.AddMonths(-1).MonthOf()], "more in December %d than before", year)
		require.Greater(t, perMonth[d.MonthOf()], 1.1*perMonth[d.AddMonths(1).MonthOf()], "and than after")
	}
	mean := func(s []int64) float64 { return float64(sum(s)) / float64(len(s)) }
	require.InDelta(t, 1.12, mean(december)/mean(other), 0.04)

	require.Greater(t, perWeekday[time.Saturday], perWeekday[time.Friday])
	require.Greater(t, perWeekday[time.Friday], perWeekday[time.Thursday])
	require.Less(t, float64(perWeekday[time.Sunday]), 0.75*float64(perWeekday[time.Saturday]))

	early, late := 0, 0
	for m, n := range arrivals {
		if m < calendar.MustParse("2025-11-01").MonthOf() {
			early += n
		} else {
			late += n
		}
	}
	require.InDelta(t, 1.4, float64(late)/float64(early), 0.15, "arrivals in the second year to those in the first")
}

// A refund gives back what was paid, or a part of it, two to twenty days later.
// Few customers order twice on a day.
func TestRefunds(t *testing.T) {
	all := readFile(t)
	type visit struct {
		customer string
		day      calendar.Date
	}
	paid, refunds, again := map[visit][]int64{}, 0, 0
	for _, o := range all {
		v := visit{o.Customer, o.Day}
		if o.Minor > 0 {
			if len(paid[v]) > 0 {
				again++
			}
			paid[v] = append(paid[v], o.Minor)
			continue
		}
		refunds++
		found := false
		for back := calendar.Date(2); back <= 20; back++ {
			found = found || slices.ContainsFunc(paid[visit{o.Customer, o.Day - back}], func(p int64) bool { return p >= -o.Minor })
		}
		require.True(t, found, "line %d gives back what was never paid", o.Line)
	}
	require.InDelta(t, 0.03, float64(refunds)/float64(len(all)), 0.01)
	require.InDelta(t, 0.007, float64(again)/float64(len(all)), 0.003)
}
