package calendar_test

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // the rules of the zones below, whatever the machine has

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

// naiveTime looks at every minute from three days before the day on, and then
// at every second of the minute before: no zone stays on an offset for less.
func naiveTime(d calendar.Date, loc *time.Location) time.Time {
	y, m, day := d.Civil()
	at := time.Date(y, m, day-3, 0, 0, 0, 0, time.UTC).In(loc)
	for calendar.FromTime(at, nil) < d {
		at = at.Add(time.Minute)
	}
	at = at.Add(-time.Minute)
	for calendar.FromTime(at, nil) < d {
		at = at.Add(time.Second)
	}
	return at
}

// Changes of clocks at, over and near midnight, and changes of the date line.
// Where the local mean time of the 19th century depends on the release of the
// time zone data, first is left to the twin.
var changes = []struct{ zone, day, first string }{
	{"UTC", "2027-02-28", "2027-02-28T00:00:00Z"},
	{"Europe/Berlin", "2026-03-29", "2026-03-29T00:00:00+01:00"},
	{"Europe/Berlin", "2026-10-25", "2026-10-25T00:00:00+02:00"},
	// Midnight is skipped.
	{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
	{"Asia/Beirut", "2021-03-28", "2021-03-28T01:00:00+03:00"},
	{"Africa/Cairo", "2023-04-28", "2023-04-28T01:00:00+03:00"},
	{"America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00"}, // 23:30 became 00:30
	// Midnight comes twice.
	{"America/Havana", "2021-11-07", "2021-11-07T00:00:00-04:00"},
	{"Atlantic/Azores", "2021-10-31", "2021-10-31T00:00:00Z"},
	{"America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30"}, // 00:01 became 23:01 of the day before
	// Clocks go back to 23:00, so midnight comes once, an hour late.
	{"America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"},
	// A day left out, so the next one begins; and the day after.
	{"Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"},
	{"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
	{"Pacific/Kwajalein", "1993-08-21", "1993-08-22T00:00:00+12:00"},
	{"Asia/Manila", "1844-12-31", ""},
	// A day lived twice.
	{"Pacific/Apia", "1892-07-04", ""},
	{"America/Sitka", "1867-10-18", ""},
	{"America/Sitka", "1867-10-19", ""},
	// Far offsets, and the ends of the range.
	{"Pacific/Kiritimati", "2027-01-01", "2027-01-01T00:00:00+14:00"},
	{"Asia/Tokyo", "0001-01-01", "0001-01-01T00:00:00+09:18"},
	{"America/New_York", "9999-12-31", "9999-12-31T00:00:00-05:00"},
}

func TestTime(t *testing.T) {
	for _, c := range changes {
		loc := zone(t, c.zone)
		got := date(c.day).Time(loc)
		if c.first != "" {
			require.Equal(t, c.first, got.Format(time.RFC3339), "%s %s", c.zone, c.day)
		}
		require.Equal(t, loc.String(), got.Location().String())
		if c.day != "0001-01-01" { // the search begins before year 1
			require.True(t, naiveTime(date(c.day), loc).Equal(got), "%s %s", c.zone, c.day)
		}
	}
}

func TestTimeOfNoDate(t *testing.T) {
	require.True(t, calendar.Date(0).Time(time.UTC).IsZero())
	require.True(t, calendar.MinDate.Time(nil).IsZero(), "Go's zero Time is the first instant of year 1")
	require.Equal(t, time.UTC, calendar.MaxDate.Time(nil).Location())
}

func TestFixedZones(t *testing.T) {
	for _, hours := range []int{-100, -24, -12, 0, 14, 24, 100} {
		loc := time.FixedZone("far", hours*3600)
		at := date("2027-02-28").Time(loc)
		require.Equal(t, time.Date(2027, 2, 28, 0, 0, 0, 0, loc), at)
	}
}

func TestFromTime(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	at := time.Date(2027, 1, 31, 23, 30, 0, 0, time.UTC)
	require.Equal(t, date("2027-01-31"), calendar.FromTime(at, nil))
	require.Equal(t, date("2027-02-01"), calendar.FromTime(at, berlin))
	require.Equal(t, date("2027-02-01"), calendar.FromTime(at.In(berlin), nil))
	require.Zero(t, calendar.FromTime(time.Time{}, berlin))
	require.Zero(t, calendar.FromTime(time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC), nil))
	require.Zero(t, calendar.FromTime(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), nil))
	require.Equal(t, calendar.MinDate, calendar.FromTime(time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC), nil))
	require.Equal(t, calendar.MaxDate, calendar.FromTime(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), nil))
}

// requireFirst checks that no instant of the 30 hours before at, minute by
// minute, shows d or a later day.
func requireFirst(t *testing.T, d calendar.Date, at time.Time) {
	t.Helper()
	require.GreaterOrEqual(t, calendar.FromTime(at, nil), d)
	require.Less(t, calendar.FromTime(at.Add(-1), nil), d)
	for before := time.Minute; before <= 30*time.Hour; before += time.Minute {
		if calendar.FromTime(at.Add(-before), nil) >= d {
			t.Fatalf("%v begins before %v", d, at)
		}
	}
}

func FuzzDateTime(f *testing.F) {
	for i, c := range changes {
		f.Add(int32(date(c.day)), uint8(i))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		f.Add(int32(date("1840-01-01"))+r.Int32N(300*366), uint8(r.Uint32()))
	}
	f.Fuzz(func(t *testing.T, day int32, z uint8) {
		d := calendar.Date(day)
		if !d.IsValid() || d < 5 {
			return
		}
		requireFirst(t, d, d.Time(zone(t, changes[int(z)%len(changes)].zone)))
	})
}

func BenchmarkDateTime(b *testing.B) {
	d, loc := date("2027-03-28"), zone(b, "Europe/Berlin")
	b.ReportAllocs()
	for b.Loop() {
		d.Time(loc)
	}
}

// The twin that gives the wrong instant where midnight is not unique.
func BenchmarkTimeDate(b *testing.B) {
	loc := zone(b, "Europe/Berlin")
	b.ReportAllocs()
	for b.Loop() {
		time.Date(2027, 3, 28, 0, 0, 0, 0, loc)
	}
}
