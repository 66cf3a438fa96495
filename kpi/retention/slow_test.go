package retention_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

// The readable twin: sets of events, and every number by its definition.
type event struct {
	customer int
	day      calendar.Date
	minor    int64
}

type slow struct {
	events []event // up to the end, of customers with an order
	end    calendar.Date
	policy kpi.Amounts
}

func newSlow(events []event, end calendar.Date, policy kpi.Amounts) slow {
	s := slow{end: end, policy: policy}
	for _, e := range events {
		if e.day <= end {
			s.events = append(s.events, e)
		}
	}
	return s
}

func (s slow) isOrder(e event) bool {
	return e.minor > 0 || s.policy == kpi.EveryEvent || (e.minor == 0 && s.policy != kpi.PurchasesOnly)
}

func (s slow) firsts() map[int]calendar.Date {
	first := map[int]calendar.Date{}
	for _, e := range s.events {
		if f, ok := first[e.customer]; s.isOrder(e) && (!ok || e.day < f) {
			first[e.customer] = e.day
		}
	}
	return first
}

// cell counts what some customers did in the days given for each.
func (s slow) cell(who map[int]calendar.Date, window func(first calendar.Date) (from, to calendar.Date)) retention.Cell {
	var c retention.Cell
	for customer, first := range who {
		from, to := window(first)
		active, since, orders, revenue := false, false, int64(0), int64(0)
		for _, e := range s.events {
			if e.customer != customer || e.day < from || e.day < first {
				continue
			}
			since = since || s.isOrder(e)
			if e.day > to {
				continue
			}
			if s.isOrder(e) {
				active = true
				orders++
			}
			if e.minor > 0 || s.policy != kpi.PurchasesOnly {
				revenue += e.minor
			}
		}
		one := map[bool]int64{true: 1}
		if to <= s.end {
			c.Eligible++
			c.Active += one[active]
			c.Since += one[since]
			c.Orders += orders
			c.Revenue += revenue
		} else {
			c.Pending.Customers++
			c.Pending.Active += one[active]
			c.Pending.Orders += orders
			c.Pending.Revenue += revenue
		}
	}
	return c
}

func random(rng *rand.Rand) (*retention.History[int], []event, error) {
	var h retention.History[int]
	var events []event
	for range rng.IntN(120) {
		e := event{rng.IntN(15), 1000 + calendar.Date(rng.IntN(300)), rng.Int64N(60) - 15}
		events = append(events, e)
		if err := h.Add(e.customer, e.day, e.minor); err != nil {
			return nil, nil, err
		}
	}
	return &h, events, nil
}

func TestElapsedAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		h, events, err := random(rng)
		require.NoError(t, err)
		policy := kpi.Amounts(1 + rng.IntN(3))
		end := 1000 + calendar.Date(rng.IntN(320))
		var windows []retention.Window
		for range 1 + rng.IntN(5) {
			from := rng.IntN(100)
			windows = append(windows, retention.Window{From: from, To: from + rng.IntN(60)})
		}
		got, err := retention.Elapsed(h, end, windows, retention.Options[int]{Amounts: policy})
		require.NoError(t, err)
		s := newSlow(events, end, policy)
		who := s.firsts()
		if len(who) == 0 {
			require.Empty(t, got.Pooled)
			continue
		}
		for i, w := range windows {
			want := s.cell(who, func(first calendar.Date) (from, to calendar.Date) {
				return first.AddDays(w.From), first.AddDays(w.To)
			})
			want.From, want.To = w.From, w.To
			require.Equal(t, want, got.Pooled[i])
		}
		c := got.Counts
		require.Equal(t, c.Events, c.Orders+c.Refunds+c.Unplaced+c.Ignored+c.Later)
		require.EqualValues(t, len(events), c.Events)
	}
}

func TestCalendarAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 150 {
		h, events, err := random(rng)
		require.NoError(t, err)
		end := 1000 + calendar.Date(rng.IntN(320))
		got, err := retention.Calendar(h, end, retention.Month, retention.Options[int]{})
		require.NoError(t, err)
		s := newSlow(events, end, kpi.NetOfRefunds)
		cohorts := map[calendar.Month]map[int]calendar.Date{}
		for customer, first := range s.firsts() {
			if cohorts[first.MonthOf()] == nil {
				cohorts[first.MonthOf()] = map[int]calendar.Date{}
			}
			cohorts[first.MonthOf()][customer] = first
		}
		months := slices.Sorted(maps.Keys(cohorts))
		require.Len(t, got.Cohorts, len(months))
		for i, month := range months {
			cohort := got.Cohorts[i]
			require.Equal(t, month.String(), cohort.Label)
			require.EqualValues(t, len(cohorts[month]), cohort.Size)
			require.Len(t, cohort.Cells, int(end.MonthOf()-month)+1)
			before := cohort.Size
			for k, cell := range cohort.Cells {
				want := s.cell(cohorts[month], func(calendar.Date) (from, to calendar.Date) {
					return month.Add(k).First(), month.Add(k).Last()
				})
				want.From, want.To = k, k
				require.Equal(t, want, cell)
				if cell.IsComplete() {
					require.LessOrEqual(t, cell.Since, before, "unbounded retention never rises")
					before = cell.Since
				}
			}
		}
	}
}

func TestLifecycleAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		h, events, err := random(rng)
		require.NoError(t, err)
		end := 1000 + calendar.Date(rng.IntN(320))
		for _, unit := range []retention.Unit{retention.Week, retention.Month, retention.Quarter} {
			got, err := retention.Stages(h, end, unit, retention.Options[int]{})
			require.NoError(t, err)
			firsts := newSlow(events, end, kpi.NetOfRefunds).firsts()
			before, newcomers := int64(0), int64(0)
			for _, s := range got.Stages {
				require.Equal(t, s.Active, s.New+s.Retained+s.Resurrected)
				require.Equal(t, s.Active, before+s.New+s.Resurrected-s.Dormant)
				before, newcomers = s.Active, newcomers+s.New
			}
			require.EqualValues(t, len(firsts), newcomers)
		}
	}
}

func TestInactivityAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 150 {
		h, events, err := random(rng)
		require.NoError(t, err)
		start := 1000 + calendar.Date(rng.IntN(200))
		end, days := start+1+calendar.Date(rng.IntN(150)), 1+rng.IntN(90)
		got, err := retention.Inactivity(h, start, end, days, retention.Options[int]{})
		require.NoError(t, err)
		active := func(on calendar.Date) (customers []int) {
			for _, e := range events {
				if e.minor >= 0 && e.day <= on && e.day > on.AddDays(-days) {
					customers = append(customers, e.customer)
				}
			}
			return customers
		}
		want := retention.Compare(slices.Values(active(start)), slices.Values(active(end)))
		want.Counts = got.Counts
		require.Equal(t, want, got)
	}
}

// The same events in other orders and parts give the same bytes and results.
func TestOrderOfEventsDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	_, events, err := random(rng)
	require.NoError(t, err)
	var first []byte
	var firstTable string
	for round := range 10 {
		rng.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		var parts [3]retention.History[int]
		for _, e := range events {
			require.NoError(t, parts[rng.IntN(3)].Add(e.customer, e.day, e.minor))
		}
		require.NoError(t, parts[0].Merge(&parts[1]))
		require.NoError(t, parts[2].Merge(&parts[0]))
		data, err := parts[2].MarshalBinary()
		require.NoError(t, err)
		got, err := retention.Calendar(&parts[2], 1290, retention.Week, retention.Options[int]{})
		require.NoError(t, err)
		if round == 0 {
			first, firstTable = data, fmt.Sprintf("%+v", got)
		}
		require.Equal(t, first, data)
		require.Equal(t, firstTable, fmt.Sprintf("%+v", got))
	}
}
