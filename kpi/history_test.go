package kpi_test

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

func TestHistoryCells(t *testing.T) {
	var h kpi.History[string]
	for _, e := range []struct {
		who   string
		day   calendar.Date
		minor int64
	}{{"b", 2, 5}, {"a", 9, -3}, {"a", 9, 0}, {"a", 9, 7}, {"a", 9, 8}, {"a", 3, 1}, {"b", 2, -5}} {
		require.NoError(t, h.Add(e.who, e.day, e.minor))
	}
	require.Equal(t, 2, h.Customers())
	require.EqualValues(t, 7, h.Events())
	want := []string{
		"a {Day:0001-01-03 Purchases:1 Nothings:0 Refunds:0 Bought:1 Refunded:0}",
		"a {Day:0001-01-09 Purchases:2 Nothings:1 Refunds:1 Bought:15 Refunded:-3}",
		"b {Day:0001-01-02 Purchases:1 Nothings:0 Refunds:1 Bought:5 Refunded:-5}",
	}
	for range 2 {
		var got []string
		for who, cell := range h.All() {
			got = append(got, fmt.Sprintf("%s %+v", who, cell))
		}
		require.Equal(t, want, got)
		h.Compact()
	}
	for range h.All() {
		break // and may be left early
	}
}

// Sums beyond an int64 are given in several cells of one day.
func TestHistoryHugeSums(t *testing.T) {
	var h kpi.History[int8]
	for range 3 {
		require.NoError(t, h.Add(-1, 1, math.MaxInt64))
		require.NoError(t, h.Add(-1, 1, math.MinInt64))
	}
	events, bought, refunded := int64(0), 0.0, 0.0
	for who, cell := range h.All() {
		require.EqualValues(t, -1, who)
		require.True(t, cell.Bought >= 0 && cell.Refunded <= 0)
		events += cell.Purchases + cell.Refunds
		bought, refunded = bought+float64(cell.Bought), refunded+float64(cell.Refunded)
	}
	require.EqualValues(t, 6, events)
	require.Equal(t, 3*float64(math.MaxInt64), bought)
	require.Equal(t, 3*float64(math.MinInt64), refunded)
}

func TestHistoryRefusesDays(t *testing.T) {
	var h kpi.History[string]
	require.ErrorIs(t, h.Add("a", 0, 1), verdict.ErrMissing)
	require.ErrorIs(t, h.Add("a", -4, 1), verdict.ErrRange)
	require.ErrorIs(t, h.Add("a", calendar.MaxDate+1, 1), verdict.ErrRange)
	require.ErrorContains(t, h.Add("a\nb", 0, 1), `kpi: event of customer "a\nb"`)
	require.Zero(t, h.Customers())
	require.Zero(t, h.Events())
}

func TestHistoryAddAll(t *testing.T) {
	var h kpi.History[string]
	good := []kpi.Event[string]{{"a", 1, 5}, {"b", 2, 0}}
	require.NoError(t, h.AddAll(slices.Values(good)))
	err := h.AddAll(slices.Values(append(good, kpi.Event[string]{Customer: "c"}, good[0])))
	require.ErrorIs(t, err, verdict.ErrMissing)
	require.ErrorContains(t, err, "(event 2)")
	require.EqualValues(t, 4, h.Events())
}

// Merging is associative and commutative to the last byte.
func TestHistoryMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var parts [3]kpi.History[int]
		for range rng.IntN(200) {
			require.NoError(t, parts[rng.IntN(3)].Add(rng.IntN(20), 1+calendar.Date(rng.IntN(9)), rng.Int64N(20)-10))
		}
		join := func(order ...int) []byte {
			var all kpi.History[int]
			for _, i := range order {
				require.NoError(t, all.Merge(&parts[i]))
			}
			data, err := all.MarshalBinary()
			require.NoError(t, err)
			return data
		}
		want := join(0, 1, 2)
		require.Equal(t, want, join(2, 0, 1))
		var right kpi.History[int]
		require.NoError(t, right.Merge(&parts[1]))
		require.NoError(t, right.Merge(&parts[2]))
		var left kpi.History[int]
		require.NoError(t, left.Merge(&parts[0]))
		require.NoError(t, left.Merge(&right))
		got, err := left.AppendBinary([]byte("head"))
		require.NoError(t, err)
		require.Equal(t, "head"+string(want), string(got))

		var back kpi.History[int]
		require.NoError(t, back.UnmarshalBinary(want))
		require.Empty(t, cmp.Diff(collect(&left), collect(&back)))
		require.Equal(t, left.Events(), back.Events())
	}
}

func collect[K kpi.Key](h *kpi.History[K]) map[K][]kpi.CustomerDay {
	all := map[K][]kpi.CustomerDay{}
	for who, cell := range h.All() {
		all[who] = append(all[who], cell)
	}
	return all
}

func TestHistoryBinary(t *testing.T) {
	var h kpi.History[string]
	require.NoError(t, h.Add("a", 1, 1))
	data, err := h.MarshalBinary()
	require.NoError(t, err)
	require.Equal(t, "CRMH\x01s\x01\x01a\x01\x01\x02\x01\x01", string(data), "the wire form does not change")
	require.ErrorIs(t, h.UnmarshalBinary(data[1:]), kpi.ErrFormat)
	require.EqualValues(t, 1, h.Events(), "unchanged on error")
	var other kpi.History[int]
	require.ErrorIs(t, other.UnmarshalBinary(data), kpi.ErrFormat)

	var twice kpi.History[string]
	require.NoError(t, twice.Add("a", 1, 1))
	for range 41 {
		require.NoError(t, twice.Merge(&twice))
		twice.Compact()
	}
	require.EqualValues(t, 1<<41, twice.Events())
	_, err = twice.MarshalBinary()
	require.ErrorContains(t, err, "kpi: history:")
}

func FuzzHistoryUnmarshal(f *testing.F) {
	var h kpi.History[string]
	for i := range 3 {
		require.NoError(f, h.Add(fmt.Sprint("c", i), calendar.Date(1+i), int64(i-1)))
	}
	data, err := h.MarshalBinary()
	require.NoError(f, err)
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		var h kpi.History[string]
		if h.UnmarshalBinary(data) != nil {
			return
		}
		back, err := h.MarshalBinary()
		if err != nil || string(back) != string(data) {
			t.Fatalf("%q %q %v", data, back, err)
		}
		if keys := slices.Sorted(maps.Keys(collect(&h))); len(keys) != h.Customers() {
			t.Fatal(keys)
		}
	})
}

func TestAmounts(t *testing.T) {
	type counts struct{ order, money bool }
	for policy, want := range map[kpi.Amounts][3]counts{ // of a refund, of nothing, of a purchase
		0:                 {{false, true}, {true, true}, {true, true}},
		kpi.NetOfRefunds:  {{false, true}, {true, true}, {true, true}},
		kpi.EveryEvent:    {{true, true}, {true, true}, {true, true}},
		kpi.PurchasesOnly: {{false, false}, {false, false}, {true, true}},
	} {
		for i, minor := range []int64{-5, 0, 5} {
			got := counts{policy.CountsAsOrder(minor), policy.CountsAsMoney(minor)}
			require.Equal(t, want[i], got, "%v %d", policy, minor)
		}
	}
	for i, word := range []string{"net_of_refunds", "every_event", "purchases_only"} {
		a, err := kpi.ParseAmounts(word)
		require.NoError(t, err)
		require.Equal(t, kpi.Amounts(i+1), a)
		require.True(t, a.IsValid())
		text, err := a.MarshalText()
		require.NoError(t, err)
		var back kpi.Amounts
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, word, back.String())
	}
}

func FuzzParseAmounts(f *testing.F) {
	f.Add("every event")
	f.Fuzz(func(t *testing.T, s string) {
		if a, err := kpi.ParseAmounts(s); (err == nil) != a.IsValid() {
			t.Fatal(s, a, err)
		}
	})
}

// The accumulator of all customer indicators: events come in any order, parts are
// merged.
func ExampleHistory() {
	var shop, web kpi.History[int]
	_ = shop.Add(7, calendar.MustParse("2027-02-03"), 20_00)
	_ = shop.Add(7, calendar.MustParse("2027-02-03"), -5_00)
	_ = web.Add(7, calendar.MustParse("2027-01-15"), 9_00)
	if err := shop.Merge(&web); err != nil {
		fmt.Println(err)
	}
	for customer, cell := range shop.All() {
		fmt.Println(customer, cell.Day, cell.Purchases, "for", cell.Bought, "refunded", cell.Refunded)
	}
	// Output:
	// 7 2027-01-15 1 for 900 refunded 0
	// 7 2027-02-03 1 for 2000 refunded -500
}
