package calendar_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func TestPeriodAfterBefore(t *testing.T) {
	for _, c := range []struct{ period, day, after, before string }{
		{"P14D", "2027-02-20", "2027-03-06", "2027-02-06"},
		{"P1W", "2026-12-28", "2027-01-04", "2026-12-21"},
		{"P6M", "2027-08-31", "2028-02-29", "2027-02-28"},
		{"P1M", "2027-03-31", "2027-04-30", "2027-02-28"},
		{"P3M", "2027-11-30", "2028-02-29", "2027-08-30"},
		{"P1Y", "2028-02-29", "2029-02-28", "2027-02-28"},
		{"P4Y", "2028-02-29", "2032-02-29", "2024-02-29"},
		{"P1D", "9999-12-31", "", "9999-12-30"},
		{"P1Y", "0001-06-01", "0002-06-01", ""},
		{"P3652059D", "2027-01-01", "", ""},
		{"P3652059W", "2027-01-01", "", ""},
		{"P3652059M", "2027-01-01", "", ""},
		{"P3652059Y", "2027-01-01", "", ""},
		{"P3652058D", "0001-01-01", "9999-12-31", ""},
		{"", "2027-01-01", "", ""},
		{"P1M", "", "", ""},
	} {
		p := calendar.MustParsePeriod(c.period)
		require.Equal(t, c.after, p.After(date(c.day)).String(), "%v after %v", p, c.day)
		require.Equal(t, c.before, p.Before(date(c.day)).String(), "%v before %v", p, c.day)
	}
}

func TestPeriodNth(t *testing.T) {
	p := calendar.MustParsePeriod("P1M")
	start := date("2027-01-31")
	require.Equal(t, start, p.Nth(start, 0))
	require.Equal(t, "2027-02-28", p.Nth(start, 1).String())
	require.Equal(t, "2027-03-31", p.Nth(start, 2).String())
	require.Equal(t, "2026-11-30", p.Nth(start, -2).String())
	for _, n := range []int{math.MaxInt, math.MinInt, calendar.MaxCount, calendar.MaxCount + 1, -calendar.MaxCount} {
		require.Zero(t, p.Nth(start, n))
		require.Zero(t, calendar.Period{Count: calendar.MaxCount, Unit: calendar.UnitYear}.Nth(start, n))
	}
	require.Zero(t, calendar.Period{Count: 1}.Nth(start, 1), "no unit")
	require.Zero(t, calendar.Period{Count: -1, Unit: calendar.UnitDay}.Nth(start, 1))
	require.Zero(t, calendar.Period{Count: 1, Unit: 9}.Nth(start, 1))

	yearly := slices.Collect(calendar.MustParsePeriod("P5Y").Dates(date("9985-02-28")))
	require.Equal(t, []Date{date("9985-02-28"), date("9990-02-28"), date("9995-02-28")}, yearly)
	require.Empty(t, slices.Collect(p.Dates(0)))
	require.Empty(t, slices.Collect(calendar.Period{}.Dates(start)))
	for d := range p.Dates(start) {
		require.Equal(t, start, d)
		break
	}
}

// A period of n units from a date is n steps of one unit, counted from the
// date; and going back from there comes out within the clamping.
func TestPeriodProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		p := calendar.Period{Count: 1 + r.IntN(40), Unit: calendar.Unit(1 + r.IntN(4))}
		one := calendar.Period{Count: 1, Unit: p.Unit}
		d, n := some(r), r.IntN(41)-20
		require.Equal(t, one.Nth(d, p.Count*n), p.Nth(d, n))
		after := p.After(d)
		if after == 0 {
			continue
		}
		require.Greater(t, after, d)
		back := p.Before(after)
		require.LessOrEqual(t, back, d)
		require.GreaterOrEqual(t, back, d-3, "31st to 28th at most")
		if d.Day() <= 28 {
			require.Equal(t, d, back)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]error{
		"P0D": calendar.ErrRange, "P3652060D": calendar.ErrRange, "P99999999999999999999999999M": calendar.ErrRange,
		"P": calendar.ErrSyntax, "PD": calendar.ErrSyntax, "P1": calendar.ErrSyntax, "1D": calendar.ErrSyntax,
		"p1d": calendar.ErrSyntax, "P1d": calendar.ErrSyntax, "P01D": calendar.ErrSyntax, "P00D": calendar.ErrSyntax,
		"P-1D": calendar.ErrSyntax, "-P1D": calendar.ErrSyntax, "P+1D": calendar.ErrSyntax, "P1.5M": calendar.ErrSyntax,
		"P1,5M": calendar.ErrSyntax, "PT12H": calendar.ErrSyntax, "P1Y6M": calendar.ErrSyntax, "P1Q": calendar.ErrSyntax,
		"P 1D": calendar.ErrSyntax, "P1D ": calendar.ErrSyntax, "weekly": calendar.ErrSyntax, "P1DD": calendar.ErrSyntax, "P1\x00": calendar.ErrSyntax,
	} {
		p, err := calendar.ParsePeriod(in)
		require.ErrorIs(t, err, want, in)
		require.Zero(t, p)
		require.Panics(t, func() { calendar.MustParsePeriod(in) })
	}
	p, err := calendar.NewPeriod(6, calendar.UnitMonth)
	require.NoError(t, err)
	require.Equal(t, calendar.MustParsePeriod("P6M"), p)
	require.NotEqual(t, calendar.MustParsePeriod("P14D"), calendar.MustParsePeriod("P2W"), "written otherwise")
}

func TestPeriodText(t *testing.T) {
	for _, s := range []string{"P14D", "P1W", "P6M", "P1Y", "P3652059D"} {
		sameInJSON(t, calendar.MustParsePeriod(s), s)
	}
	sameInJSON(t, calendar.Period{}, "")
	for _, p := range []calendar.Period{{Count: 1}, {Unit: calendar.UnitDay}, {Count: -1, Unit: calendar.UnitDay}, {Count: calendar.MaxCount + 1, Unit: calendar.UnitDay}, {Count: 1, Unit: 5}} {
		require.False(t, p.IsValid())
		_, err := p.MarshalText()
		require.ErrorIs(t, err, calendar.ErrRange)
		_, err = calendar.NewPeriod(p.Count, p.Unit)
		require.ErrorIs(t, err, calendar.ErrRange)
		require.True(t, strings.HasPrefix(p.String(), "invalid period ("), p.String())
	}
}

func TestUnit(t *testing.T) {
	for u, want := range map[calendar.Unit]string{
		calendar.UnitDay: "day", calendar.UnitWeek: "week", calendar.UnitMonth: "month", calendar.UnitYear: "year",
	} {
		require.True(t, u.IsValid())
		sameInJSON(t, u, want)
		got, err := calendar.ParseUnit(want)
		require.NoError(t, err)
		require.Equal(t, u, got)
	}
	for _, u := range []calendar.Unit{0, 5, 255} {
		require.False(t, u.IsValid())
		_, err := json.Marshal(u)
		require.ErrorIs(t, err, calendar.ErrRange)
	}
	require.Equal(t, "Unit(5)", calendar.Unit(5).String())
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"", "P14D", "P1W", "P6M", "P1Y", "P0D", "P01D", "P1Y6M", "P9999999D", "PT1H"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err != nil {
			require.Zero(t, p)
			require.Less(t, len(err.Error()), 300)
			return
		}
		require.Equal(t, s, p.String())
		require.Equal(t, s != "", p.IsValid())
		start := date("2027-01-31")
		if after := p.After(start); after != 0 {
			require.Greater(t, after, start)
		}
	})
}

func FuzzParseUnit(f *testing.F) {
	for _, s := range []string{"day", "week", "month", "year", "", "Day", "quarter"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := calendar.ParseUnit(s)
		if err != nil {
			require.ErrorIs(t, err, calendar.ErrSyntax)
			require.Zero(t, u)
			return
		}
		require.Equal(t, s, u.String())
	})
}
