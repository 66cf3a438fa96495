package calendar_test

import (
	"encoding"
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

type Date = calendar.Date

func date(s string) calendar.Date { return calendar.MustParse(s) }

// some returns a random day.
func some(r *rand.Rand) calendar.Date {
	return calendar.MinDate + calendar.Date(r.IntN(int(calendar.MaxDate)))
}

// The calendar repeats every 400 years, 146097 days: every day of one cycle is
// checked, and then the ends of every month.
func TestEveryDayAgreesWithTime(t *testing.T) {
	check := func(d Date, want time.Time) {
		y, m, day := d.Civil()
		wy, wm, wday := want.Date()
		if y != wy || m != wm || day != wday || d.Weekday() != want.Weekday() || d.YearDay() != want.YearDay() {
			t.Fatalf("day %d: got %v %v, want %v", int(d), d, d.Weekday(), want)
		}
		if back, err := calendar.New(y, m, day); back != d || err != nil {
			t.Fatalf("New(%d, %d, %d) = %d, %v, want %d", y, m, day, int(back), err, int(d))
		}
	}
	want := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := calendar.MinDate; d <= 146097; d++ {
		check(d, want)
		want = want.AddDate(0, 0, 1)
	}
	first := calendar.MinDate
	for months := range 9999 * 12 {
		next := time.Date(1, time.Month(months+2), 1, 0, 0, 0, 0, time.UTC)
		last := next.AddDate(0, 0, -1)
		check(first, last.AddDate(0, 0, 1-last.Day()))
		check(first+Date(last.Day())-1, last)
		first += Date(last.Day())
	}
	require.Equal(t, calendar.MaxDate+1, first)
}

func TestDateParts(t *testing.T) {
	d := date("2028-12-31")
	require.Equal(t, 2028, d.Year())
	require.Equal(t, time.December, d.Month())
	require.Equal(t, 31, d.Day())
	require.Equal(t, 366, d.YearDay())
	require.Equal(t, time.Sunday, d.Weekday())
	require.Equal(t, "2028-12-31", d.EndOfWeek().String())
	require.Equal(t, "2028-02-29", date("2028-02-01").EndOfMonth().String())
	require.Equal(t, "2028-03-31", date("2028-02-01").EndOfQuarter().String())
	require.Equal(t, calendar.MaxDate, calendar.MaxDate.EndOfWeek())
}

func TestNoDate(t *testing.T) {
	for _, d := range []calendar.Date{0, -1, calendar.MaxDate + 1, math.MinInt32, math.MaxInt32} {
		require.False(t, d.IsValid())
		y, m, day := d.Civil()
		require.Zero(t, y)
		require.Zero(t, m)
		require.Zero(t, day)
		require.Zero(t, d.YearDay())
		require.Equal(t, time.Sunday, d.Weekday())
		require.Empty(t, d.String())
		for _, r := range []calendar.Date{
			d.AddDays(1), d.AddWeeks(1), d.AddMonths(1), d.AddYears(1), d.AddDays(0), d.AddDays(-1),
			d.EndOfWeek(), d.EndOfMonth(), d.EndOfQuarter(),
		} {
			require.Zero(t, r)
		}
		require.Zero(t, d.MonthOf())
		require.Zero(t, d.QuarterOf())
		require.Zero(t, d.WeekOf())
		_, ok := d.DaysSince(calendar.MinDate)
		require.False(t, ok)
		_, ok = calendar.MinDate.DaysSince(d)
		require.False(t, ok)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, c := range [][3]int{
		{0, 1, 1}, {10000, 1, 1}, {-1, 1, 1}, {2027, 0, 1}, {2027, 13, 1}, {2027, 1, 0}, {2027, 1, 32},
		{2027, 2, 29}, {1900, 2, 29}, {2100, 2, 29}, {2027, 4, 31}, {2027, -1, 1}, {math.MaxInt, 1, 1},
	} {
		_, err := calendar.New(c[0], time.Month(c[1]), c[2])
		require.ErrorIs(t, err, calendar.ErrRange, "%v", c)
		require.Panics(t, func() { calendar.MustNew(c[0], time.Month(c[1]), c[2]) })
	}
	require.Equal(t, date("2000-02-29"), calendar.MustNew(2000, time.February, 29))
}

func TestArithmetic(t *testing.T) {
	for _, c := range []struct {
		name string
		got  calendar.Date
		want string
	}{
		{name: "day", got: date("2027-02-28").AddDays(1), want: "2027-03-01"},
		{name: "day back", got: date("2028-03-01").AddDays(-1), want: "2028-02-29"},
		{name: "whole range", got: calendar.MinDate.AddDays(int(calendar.MaxDate) - 1), want: "9999-12-31"},
		{name: "whole range back", got: calendar.MaxDate.AddDays(1 - int(calendar.MaxDate)), want: "0001-01-01"},
		{name: "one too many", got: calendar.MaxDate.AddDays(1)},
		{name: "one too few", got: calendar.MinDate.AddDays(-1)},
		{name: "huge", got: calendar.MinDate.AddDays(math.MaxInt)},
		{name: "hugely negative", got: calendar.MaxDate.AddDays(math.MinInt)},
		{name: "week", got: date("2026-12-28").AddWeeks(1), want: "2027-01-04"},
		{name: "week huge", got: date("2026-12-28").AddWeeks(math.MaxInt)},
		{name: "week hugely negative", got: date("2026-12-28").AddWeeks(math.MinInt)},
		{name: "month clamps", got: date("2027-01-31").AddMonths(1), want: "2027-02-28"},
		{name: "month clamps to leap day", got: date("2028-01-31").AddMonths(1), want: "2028-02-29"},
		{name: "month back clamps", got: date("2027-03-31").AddMonths(-1), want: "2027-02-28"},
		{name: "month over year", got: date("2026-12-15").AddMonths(1), want: "2027-01-15"},
		{name: "month back over year", got: date("2027-01-15").AddMonths(-1), want: "2026-12-15"},
		{name: "month to first", got: date("0001-02-28").AddMonths(-1), want: "0001-01-28"},
		{name: "month before first", got: date("0001-01-31").AddMonths(-1)},
		{name: "month to last", got: date("9999-11-30").AddMonths(1), want: "9999-12-30"},
		{name: "month after last", got: date("9999-12-01").AddMonths(1)},
		{name: "month huge", got: date("2027-01-31").AddMonths(math.MaxInt)},
		{name: "month hugely negative", got: date("2027-01-31").AddMonths(math.MinInt)},
		{name: "year clamps", got: date("2028-02-29").AddYears(1), want: "2029-02-28"},
		{name: "year keeps leap day", got: date("2028-02-29").AddYears(-4), want: "2024-02-29"},
		{name: "year huge", got: date("2028-02-29").AddYears(math.MaxInt)},
		{name: "year hugely negative", got: date("2028-02-29").AddYears(math.MinInt)},
		{name: "year before first", got: date("2028-02-29").AddYears(-2028)},
	} {
		require.Equal(t, c.want, c.got.String(), c.name)
	}
	n, ok := calendar.MaxDate.DaysSince(calendar.MinDate)
	require.True(t, ok)
	require.Equal(t, 3652058, n)
	n, _ = calendar.MinDate.DaysSince(calendar.MaxDate)
	require.Equal(t, -3652058, n)
}

// naiveAddMonths walks month by month on the first of the month and clamps by
// asking time.
func naiveAddMonths(d calendar.Date, n int) calendar.Date {
	y, m, day := d.Civil()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return calendar.FromTime(first.AddDate(0, 0, min(day, last.Day())-1), nil)
}

func TestAddMonthsAgainstTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		d, n := some(r), r.IntN(2*12*9999)-12*9999
		if want := naiveAddMonths(d, n); d.AddMonths(n) != want {
			t.Fatalf("%v + %d months = %v, want %v", d, n, d.AddMonths(n), want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]error{
		"2027-02-28": nil, "0001-01-01": nil, "9999-12-31": nil, "": nil,
		"2027-02-29": calendar.ErrRange, "0000-01-01": calendar.ErrRange, "2027-00-10": calendar.ErrRange,
		"2027-13-10": calendar.ErrRange, "2027-01-00": calendar.ErrRange, "2027-01-32": calendar.ErrRange,
		"20270228": calendar.ErrSyntax, "2027-2-8": calendar.ErrSyntax, " 2027-02-28": calendar.ErrSyntax,
		"2027-02-28 ": calendar.ErrSyntax, "2027-02-28T00:00:00Z": calendar.ErrSyntax, "2027/02/28": calendar.ErrSyntax,
		"+027-02-28": calendar.ErrSyntax, "2027-02-2x": calendar.ErrSyntax, "10000-01-01": calendar.ErrSyntax,
		"2027-02": calendar.ErrSyntax, "٢٠٢٧-02-28": calendar.ErrSyntax, "0": calendar.ErrSyntax,
		"2027-0228-": calendar.ErrSyntax, "2027-02-28\x00": calendar.ErrSyntax,
	} {
		d, err := calendar.Parse(in)
		if want == nil {
			require.NoError(t, err, in)
			require.Equal(t, in, d.String())
			continue
		}
		require.ErrorIs(t, err, want, in)
		require.Zero(t, d)
		require.True(t, strings.HasPrefix(err.Error(), "calendar: "), "%v", err)
		require.Panics(t, func() { calendar.MustParse(in) })
	}
	_, err := calendar.Parse(strings.Repeat("9", 1<<20))
	require.Less(t, len(err.Error()), 200, "the input is cut in the message")
}

// text is what every kind of this package can do with its text form.
type text[T any] interface {
	*T
	encoding.TextUnmarshaler
}

// sameInJSON checks that v survives JSON in a field and, if it can be one, as a
// map key, and that a failed decoding changes nothing.
func sameInJSON[T comparable, P text[T]](t *testing.T, v T, want string) {
	t.Helper()
	type row struct {
		V    T
		Zero T       `json:",omitzero"`
		Map  map[T]T `json:",omitempty"`
	}
	in := row{V: v, Map: map[T]T{v: v}}
	data, err := json.Marshal(in)
	require.NoError(t, err)
	require.Equal(t, `{"V":"`+want+`","Map":{"`+want+`":"`+want+`"}}`, string(data))
	var out row
	require.NoError(t, json.Unmarshal(data, &out))
	require.Empty(t, cmp.Diff(in, out))

	kept := v
	require.Error(t, P(&kept).UnmarshalText([]byte("?")))
	require.Equal(t, v, kept)
}

func TestDateText(t *testing.T) {
	sameInJSON(t, date("2027-02-28"), "2027-02-28")
	sameInJSON(t, calendar.Date(0), "")
	b, err := date("0987-06-05").AppendText([]byte("on "))
	require.NoError(t, err)
	require.Equal(t, "on 0987-06-05", string(b))

	var d calendar.Date = 5
	require.NoError(t, json.Unmarshal([]byte("null"), &d), "null leaves a value alone, as always in encoding/json")
	require.Equal(t, calendar.Date(5), d)
}

func TestDays(t *testing.T) {
	days := slices.Collect(calendar.Days(date("2027-02-27"), date("2027-03-01")))
	require.Equal(t, []calendar.Date{date("2027-02-27"), date("2027-02-28"), date("2027-03-01")}, days)
	require.Equal(t, []calendar.Date{calendar.MaxDate}, slices.Collect(calendar.Days(calendar.MaxDate, calendar.MaxDate)))
	for _, ends := range [][2]calendar.Date{{2, 1}, {0, 5}, {5, 0}, {0, 0}, {5, calendar.MaxDate + 1}, {-5, 5}} {
		require.Empty(t, slices.Collect(calendar.Days(ends[0], ends[1])), "%v", ends)
	}
	for d := range calendar.Days(calendar.MinDate, calendar.MaxDate) {
		require.Equal(t, calendar.MinDate, d)
		break
	}
}

func TestDateAllocations(t *testing.T) {
	d, loc, buf := date("2027-02-28"), time.FixedZone("", 3600), make([]byte, 0, 64)
	at := d.Time(loc)
	for name, f := range map[string]func(){
		"Civil":      func() { _, _, _ = d.Civil() },
		"AddMonths":  func() { d.AddMonths(1) },
		"MonthOf":    func() { _ = d.MonthOf().Last() },
		"WeekOf":     func() { d.WeekOf().ISO() },
		"Time":       func() { d.Time(loc) },
		"FromTime":   func() { calendar.FromTime(at, loc) },
		"Parse":      func() { _, _ = calendar.Parse("2027-02-28") },
		"AppendText": func() { _, _ = d.AppendText(buf) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, f), name)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "2027-02-28", "2028-02-29", "2027-02-29", "0000-01-01", "9999-12-31", "2027-2-28"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.Parse(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		switch {
		case err != nil:
			require.Zero(t, d)
			if wantErr == nil { // what time takes and Parse does not is year 0
				require.Zero(t, want.Year())
			}
		case s == "":
			require.Zero(t, d)
		default:
			require.NoError(t, wantErr)
			require.Equal(t, s, d.String())
			require.Equal(t, want, d.Time(time.UTC))
		}
	})
}

func FuzzDateAgainstTime(f *testing.F) {
	f.Add(int32(739000), 31, 12)
	f.Add(int32(1), -1, -1)
	f.Add(int32(3652059), 1, 1)
	f.Fuzz(func(t *testing.T, day int32, n, months int) {
		d := calendar.Date(day)
		if !d.IsValid() {
			require.Empty(t, d.String())
			require.Zero(t, d.AddDays(n))
			require.Zero(t, d.AddMonths(months))
			return
		}
		at := time.Date(1, 1, int(day), 0, 0, 0, 0, time.UTC)
		require.Equal(t, at, d.Time(nil))
		require.Equal(t, at.Format(time.DateOnly), d.String())
		require.Equal(t, at.YearDay(), d.YearDay())
		n %= 4_000_000
		require.Equal(t, calendar.FromTime(at.AddDate(0, 0, n), nil), noDateAtZeroTime(d.AddDays(n)))
		months %= 130_000
		require.Equal(t, naiveAddMonths(d, months), noDateAtZeroTime(d.AddMonths(months)))
		y, w := at.ISOWeek()
		gy, gw := d.WeekOf().ISO()
		require.Equal(t, [2]int{y, w}, [2]int{gy, gw})
	})
}

// noDateAtZeroTime maps MinDate to no date, as FromTime of the zero Time does.
func noDateAtZeroTime(d calendar.Date) calendar.Date {
	if d == calendar.MinDate {
		return 0
	}
	return d
}

func BenchmarkDateCivil(b *testing.B) {
	d := date("2027-02-28")
	b.ReportAllocs()
	for b.Loop() {
		d.Civil()
	}
}

func BenchmarkTimeCivil(b *testing.B) {
	at := date("2027-02-28").Time(nil)
	b.ReportAllocs()
	for b.Loop() {
		at.Date()
	}
}

func BenchmarkDateParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = calendar.Parse("2027-02-28")
	}
}

func BenchmarkTimeParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = time.Parse(time.DateOnly, "2027-02-28")
	}
}
