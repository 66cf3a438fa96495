package calendar_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// Months and quarters follow each other without gaps, and their days lie in
// them, from the first to the last day of the calendar.
func TestMonthsAndQuartersFollowEachOther(t *testing.T) {
	first := calendar.MinDate
	for m := calendar.MinMonth; m <= calendar.MaxMonth; m++ {
		y, month := m.Civil()
		if made, err := calendar.NewMonth(y, month); made != m || err != nil {
			t.Fatalf("NewMonth(%d, %d) = %v, %v, want %v", y, month, made, err, m)
		}
		if m.First() != first || m.Last() != first+Date(m.Len())-1 || first.MonthOf() != m || m.Last().MonthOf() != m {
			t.Fatalf("%v is %v, want it from %v", m, m.Interval(), first)
		}
		first = m.Last() + 1
	}
	require.Equal(t, calendar.MaxDate+1, first)
	first = calendar.MinDate
	for q := calendar.MinQuarter; q <= calendar.MaxQuarter; q++ {
		y, n := q.Civil()
		if made, err := calendar.NewQuarter(y, n); made != q || err != nil {
			t.Fatalf("NewQuarter(%d, %d) = %v, %v, want %v", y, n, made, err, q)
		}
		if q.First() != first || q.Last() != q.Month(3).Last() || first.QuarterOf() != q || q.Last().QuarterOf() != q {
			t.Fatalf("%v is %v, want it from %v", q, q.Interval(), first)
		}
		first = q.Last() + 1
	}
	require.Equal(t, calendar.MaxDate+1, first)
}

// Every day of a cycle of 400 years, which is a whole number of weeks, and the
// days around every New Year.
func TestWeeksAgreeWithTime(t *testing.T) {
	check := func(d Date) {
		w := d.WeekOf()
		y, n := w.ISO()
		wantYear, want := d.Time(nil).ISOWeek()
		if y != wantYear || n != want || !w.Contains(d) || w.First().Weekday() != time.Monday {
			t.Fatalf("%v lies in week %v, want %d-%d", d, w, wantYear, want)
		}
		if made, err := calendar.NewWeek(y, n); made != w || err != nil {
			t.Fatalf("NewWeek(%d, %d) = %v, %v, want %v", y, n, made, err, w)
		}
	}
	for d := calendar.MinDate; d <= 146097; d++ {
		check(d)
	}
	for y := 1; y <= 9999; y++ {
		newYear := calendar.MustNew(y, time.January, 1)
		for d := max(newYear-8, calendar.MinDate); d <= newYear+8; d++ {
			check(d)
		}
	}
	check(calendar.MaxDate)
	require.Equal(t, calendar.MaxWeek, calendar.MaxDate.WeekOf())
}

func TestWeekAroundNewYear(t *testing.T) {
	for day, want := range map[string]string{
		"2027-01-01": "2026-W53", "2027-01-03": "2026-W53", "2027-01-04": "2027-W01",
		"2024-12-29": "2024-W52", "2024-12-30": "2025-W01", "2025-01-01": "2025-W01",
		"2020-12-31": "2020-W53", "2021-01-03": "2020-W53", "2021-01-04": "2021-W01",
		"2016-01-03": "2015-W53", "2000-01-01": "1999-W52", "0001-01-01": "0001-W01", "9999-12-31": "9999-W52",
	} {
		w := date(day).WeekOf()
		require.Equal(t, want, w.String(), day)
		require.True(t, w.Contains(date(day)))
		require.Equal(t, w, calendar.MustParseWeek(want))
	}
	w := calendar.MustParseWeek("2026-W53")
	require.Equal(t, "2026-12-28", w.First().String())
	require.Equal(t, "2027-01-03", w.Last().String())
	require.Equal(t, 2026, w.Year())
	require.Equal(t, 53, w.Number())
	require.Equal(t, 7, w.Len())
	require.Equal(t, "2027-W01", w.Add(1).String())
	require.Equal(t, 5, calendar.MaxWeek.Len())
}

func TestMonthAndQuarter(t *testing.T) {
	m := calendar.MustParseMonth("2028-02")
	require.Equal(t, 2028, m.Year())
	require.Equal(t, time.February, m.Month())
	require.Equal(t, 29, m.Len())
	require.Equal(t, "2028-02-01/2028-02-29", m.Interval().String())
	require.Len(t, slices.Collect(m.Days()), 29)
	require.Equal(t, "2027-12", m.Add(-2).String())
	require.Equal(t, "2028-Q1", m.QuarterOf().String())
	require.True(t, m.Contains(date("2028-02-29")))
	require.False(t, m.Contains(date("2028-03-01")))

	q := calendar.MustParseQuarter("2028-Q4")
	require.Equal(t, 2028, q.Year())
	require.Equal(t, 4, q.Number())
	require.Equal(t, "2028-12", q.Month(3).String())
	require.Zero(t, q.Month(0))
	require.Zero(t, q.Month(4))
	require.Equal(t, "2028-10-01/2028-12-31", q.Interval().String())
	require.Len(t, slices.Collect(q.Days()), 92)
	require.Equal(t, 92, q.Len())
	require.Equal(t, "2029-Q1", q.Add(1).String())
	require.True(t, q.Contains(date("2028-12-31")))
	require.False(t, q.Contains(date("2029-01-01")))

	w := calendar.MustParseWeek("2027-W05")
	require.Equal(t, "2027-02-01/2027-02-07", w.Interval().String())
	require.Len(t, slices.Collect(w.Days()), 7)
}

func TestNewRefusesWhatDoesNotExist(t *testing.T) {
	for _, c := range [][2]int{{0, 1}, {10000, 1}, {2027, 0}, {2027, 13}, {-1, 1}, {math.MaxInt, 1}, {2027, math.MinInt}} {
		_, err := calendar.NewMonth(c[0], time.Month(c[1]))
		require.ErrorIs(t, err, calendar.ErrRange)
	}
	for _, c := range [][2]int{{0, 1}, {10000, 1}, {2027, 0}, {2027, 5}, {-1, 1}, {2027, math.MaxInt}} {
		_, err := calendar.NewQuarter(c[0], c[1])
		require.ErrorIs(t, err, calendar.ErrRange)
	}
	for _, c := range [][2]int{{0, 1}, {10000, 1}, {2027, 0}, {2027, 53}, {2026, 54}, {-1, 1}, {9999, 53}, {2027, math.MaxInt}} {
		_, err := calendar.NewWeek(c[0], c[1])
		require.ErrorIs(t, err, calendar.ErrRange, "%v", c)
	}
	w, err := calendar.NewWeek(2026, 53)
	require.NoError(t, err)
	require.Equal(t, "2026-W53", w.String())
}

// axis is what Month, Quarter and Week share with Date: ordinals on the time line.
type axis[T any] interface {
	~int32
	IsValid() bool
	String() string
	Add(n int) T
	Since(e T) (int, bool)
	First() Date
	Last() Date
	Len() int
	Contains(d Date) bool
	Interval() calendar.Interval
}

func testAxis[T axis[T]](t *testing.T, last T) {
	t.Helper()
	for _, v := range []T{0, -1, last + 1, math.MinInt32, math.MaxInt32} {
		require.False(t, v.IsValid())
		require.Empty(t, v.String())
		require.Zero(t, v.Add(0))
		require.Zero(t, v.Add(1))
		require.Zero(t, v.First())
		require.Zero(t, v.Last())
		require.Zero(t, v.Len())
		require.False(t, v.Contains(0))
		require.False(t, v.Contains(1))
		require.False(t, v.Interval().IsValid(), "none must not be all time")
		require.False(t, v.Interval().Contains(1))
		_, ok := v.Since(1)
		require.False(t, ok)
		_, ok = T(1).Since(v)
		require.False(t, ok)
	}
	require.Equal(t, last, T(1).Add(int(last)-1))
	require.Equal(t, T(1), last.Add(1-int(last)))
	require.Zero(t, last.Add(1))
	require.Zero(t, T(1).Add(-1))
	require.Zero(t, T(1).Add(math.MaxInt))
	require.Zero(t, last.Add(math.MinInt))
	n, ok := T(1).Since(last)
	require.True(t, ok)
	require.Equal(t, 1-int(last), n)
}

func TestAxes(t *testing.T) {
	t.Run("month", func(t *testing.T) { testAxis(t, calendar.MaxMonth) })
	t.Run("quarter", func(t *testing.T) { testAxis(t, calendar.MaxQuarter) })
	t.Run("week", func(t *testing.T) { testAxis(t, calendar.MaxWeek) })
	y, n := calendar.Month(0).Civil()
	require.Zero(t, y)
	require.Zero(t, n)
	require.Zero(t, calendar.Month(0).Month())
	require.Zero(t, calendar.Month(0).QuarterOf())
	require.Zero(t, calendar.Quarter(0).Number())
	require.Zero(t, calendar.Quarter(0).Year())
	require.Zero(t, calendar.Quarter(0).Month(1))
	require.Zero(t, calendar.Week(0).Number())
}

func TestParseMonthQuarterWeek(t *testing.T) {
	for in, want := range map[string]error{
		"2027-00": calendar.ErrRange, "2027-13": calendar.ErrRange, "0000-01": calendar.ErrRange,
		"2027-1": calendar.ErrSyntax, "2027-001": calendar.ErrSyntax, "202703": calendar.ErrSyntax,
		"2027/03": calendar.ErrSyntax, "2027-Q1": calendar.ErrSyntax, "2027-03-01": calendar.ErrSyntax, "x": calendar.ErrSyntax,
	} {
		_, err := calendar.ParseMonth(in)
		require.ErrorIs(t, err, want, in)
		require.Panics(t, func() { calendar.MustParseMonth(in) })
	}
	for in, want := range map[string]error{
		"2027-Q0": calendar.ErrRange, "2027-Q5": calendar.ErrRange, "0000-Q1": calendar.ErrRange,
		"2027-q1": calendar.ErrSyntax, "2027Q1": calendar.ErrSyntax, "2027-Q01": calendar.ErrSyntax,
		"2027-1": calendar.ErrSyntax, "Q1-2027": calendar.ErrSyntax, "2027-W1": calendar.ErrSyntax,
	} {
		_, err := calendar.ParseQuarter(in)
		require.ErrorIs(t, err, want, in)
		require.Panics(t, func() { calendar.MustParseQuarter(in) })
	}
	for in, want := range map[string]error{
		"2027-W00": calendar.ErrRange, "2027-W53": calendar.ErrRange, "2026-W54": calendar.ErrRange, "0000-W01": calendar.ErrRange,
		"2027-w05": calendar.ErrSyntax, "2027W05": calendar.ErrSyntax, "2027-W5": calendar.ErrSyntax,
		"2027-W05-1": calendar.ErrSyntax, "2027-Q1": calendar.ErrSyntax,
	} {
		_, err := calendar.ParseWeek(in)
		require.ErrorIs(t, err, want, in)
		require.Panics(t, func() { calendar.MustParseWeek(in) })
	}
}

func TestMonthQuarterWeekText(t *testing.T) {
	sameInJSON(t, calendar.MustParseMonth("2027-03"), "2027-03")
	sameInJSON(t, calendar.MustParseQuarter("2027-Q1"), "2027-Q1")
	sameInJSON(t, calendar.MustParseWeek("2027-W05"), "2027-W05")
	sameInJSON(t, calendar.Month(0), "")
	sameInJSON(t, calendar.Quarter(0), "")
	sameInJSON(t, calendar.Week(0), "")
}

// fuzzAxis checks a parser: what it takes is a value whose text is the input.
func fuzzAxis[T axis[T]](f *testing.F, parse func(string) (T, error), seeds string) {
	f.Helper()
	for s := range strings.FieldsSeq(seeds) {
		f.Add(s)
	}
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		v, err := parse(s)
		if err != nil {
			require.Zero(t, v)
			require.Less(t, len(err.Error()), 300)
			return
		}
		require.Equal(t, s, v.String())
		require.Equal(t, s != "", v.IsValid())
		if s != "" {
			require.True(t, v.Contains(v.First()))
			require.True(t, v.Contains(v.Last()))
			require.False(t, v.Contains(v.First()-1))
			require.False(t, v.Contains(v.Last()+1))
		}
	})
}

func FuzzParseMonth(f *testing.F) {
	fuzzAxis(f, calendar.ParseMonth, "2027-03 0001-01 9999-12 2027-13 2027-Q1")
}

func FuzzParseQuarter(f *testing.F) {
	fuzzAxis(f, calendar.ParseQuarter, "2027-Q1 0001-Q1 9999-Q4 2027-Q5 2027-03")
}

func FuzzParseWeek(f *testing.F) {
	fuzzAxis(f, calendar.ParseWeek, "2027-W05 2026-W53 2027-W53 0001-W01 9999-W52 2027-03")
}
