package calendar_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func TestExtraDays(t *testing.T) {
	// Only single days: a calendar of go-live weekends.
	w := calendar.Pattern{Extra: days("2027-06-13", "2027-05-08", "2027-06-12", "2027-05-08")}.MustCompile()
	require.Equal(t, date("2027-05-08"), w.Next(calendar.MinDate))
	require.Equal(t, date("2027-06-13"), w.Previous(calendar.MaxDate))
	require.Equal(t, date("2027-06-12"), w.Add(date("2027-05-01"), 1))
	require.Zero(t, w.Next(date("2027-06-14")))
	require.Zero(t, w.Previous(date("2027-05-07")))
	require.Equal(t, days("2027-05-08", "2027-06-12", "2027-06-13"), slices.Collect(w.Days(calendar.MinDate, calendar.MaxDate)))

	// An extra day outranks a holiday, at its ends and in its midst.
	p := calendar.Pattern{
		Week:     calendar.MondayToFriday,
		Holidays: []calendar.Holiday{{Date: date("2027-12-20"), Until: date("2027-12-31")}, {Date: date("2027-05-03")}},
		Extra:    days("2027-12-20", "2027-12-25", "2027-12-26", "2027-12-31", "2027-05-03", "2027-05-04"),
	}
	w = p.MustCompile()
	require.Equal(t, days("2027-12-20", "2027-12-25", "2027-12-26", "2027-12-31"),
		slices.Collect(w.Days(date("2027-12-18"), date("2028-01-02"))))
	require.True(t, w.IsWorking(date("2027-05-03")))
	for d := range w.Days(date("2027-12-18"), calendar.MaxDate) {
		require.Equal(t, date("2027-12-20"), d)
		break
	}
}

func TestHolidaysOverlapAndRepeat(t *testing.T) {
	once := calendar.Pattern{Week: calendar.MondayToFriday, Holidays: []calendar.Holiday{
		{Date: date("2027-12-24"), Until: date("2028-01-02")},
	}}.MustCompile()
	often := calendar.Pattern{Week: calendar.MondayToFriday, Holidays: []calendar.Holiday{
		{Date: date("2028-01-01"), Name: "New Year"},
		{Date: date("2027-12-30"), Until: date("2028-01-02")},
		{Date: date("2027-12-24"), Until: date("2027-12-29")},
		{Date: date("2027-12-25"), Name: "Christmas"},
		{Date: date("2027-12-25"), Until: date("2027-12-25")},
		{Date: date("2027-12-24"), Until: date("2027-12-26")},
	}}.MustCompile()
	for d := range calendar.Days(date("2027-12-01"), date("2028-01-31")) {
		require.Equal(t, once.IsWorking(d), often.IsWorking(d))
		require.Equal(t, once.Add(d, 7), often.Add(d, 7))
	}
	h, ok := often.Pattern().HolidayOn(date("2027-12-25"))
	require.True(t, ok)
	require.Equal(t, date("2027-12-24"), h.Date, "the first in the list that holds it")
	_, ok = often.Pattern().HolidayOn(date("2027-12-23"))
	require.False(t, ok)
	_, ok = often.Pattern().HolidayOn(0)
	require.False(t, ok)
}

func TestCompileReportsAllFaults(t *testing.T) {
	p := calendar.Pattern{
		Week: 0x80 | calendar.Monday,
		Holidays: []calendar.Holiday{
			{Date: date("2027-01-01")},
			{Name: "no date"},
			{Date: -7},
			{Date: date("2027-01-05"), Until: date("2027-01-01")},
			{Date: date("2027-01-05"), Until: calendar.MaxDate + 1},
		},
		Extra: []Date{date("2027-01-02"), 0, -1},
	}
	w, err := p.Compile()
	require.Nil(t, w)
	require.ErrorIs(t, err, calendar.ErrRange)
	require.Equal(t, strings.Join([]string{
		"calendar: week: Weekdays(0x81): out of range",
		"calendar: holidays[1].date: no date: out of range",
		"calendar: holidays[2].date: day number -7: out of range",
		"calendar: holidays[3].until: 2027-01-01 is before 2027-01-05: out of range",
		"calendar: holidays[4].until: day number 3652060: out of range",
		"calendar: extra[1]: no date: out of range",
		"calendar: extra[2]: day number -1: out of range",
	}, "\n"), err.Error())
	require.Equal(t, err.Error(), p.Validate().Error())
	require.Panics(t, func() { p.MustCompile() })
}

func TestCompileRefusesACalendarThatNeverWorks(t *testing.T) {
	_, err := calendar.Pattern{}.Compile()
	require.ErrorIs(t, err, calendar.ErrNeverWorks)
	require.EqualError(t, err, "calendar: week: no weekday and no extra day: no working day")
	for week := calendar.Weekdays(0); week <= calendar.EveryDay; week++ {
		p := calendar.Pattern{Week: week, Holidays: []calendar.Holiday{{Date: calendar.MinDate, Until: calendar.MaxDate}}}
		require.ErrorIs(t, p.Validate(), calendar.ErrNeverWorks)
		p.Extra = []Date{calendar.MaxDate}
		require.NoError(t, p.Validate())
		require.Equal(t, calendar.MaxDate, p.MustCompile().Next(calendar.MinDate))
	}
}

func TestPatternIsCopied(t *testing.T) {
	p := calendar.Pattern{Week: calendar.MondayToFriday, Holidays: singles(days("2027-05-03")), Extra: days("2027-05-02", "2027-05-01")}
	w := p.MustCompile()
	require.Equal(t, days("2027-05-02", "2027-05-01"), p.Extra, "arguments are not sorted in place")
	p.Holidays[0].Date, p.Extra[0] = 1, 1
	out := w.Pattern()
	require.Equal(t, date("2027-05-03"), out.Holidays[0].Date)
	out.Holidays[0].Date, out.Extra[0] = 1, 1
	require.Equal(t, date("2027-05-02"), w.Pattern().Extra[0])
	require.False(t, w.IsWorking(date("2027-05-03")))
}

func TestPatternJSON(t *testing.T) {
	requireJSON(t, `{"week":""}`, calendar.Pattern{})
	requireJSON(t, `{
		"week": "mon,tue,wed,thu,fri",
		"holidays": [{"date": "2027-05-03", "name": "May Day"}, {"date": "2027-12-24", "until": "2028-01-02"}],
		"extra": ["2027-05-08"]
	}`, calendar.Pattern{
		Week: calendar.MondayToFriday,
		Holidays: []calendar.Holiday{
			{Date: date("2027-05-03"), Name: "May Day"}, {Date: date("2027-12-24"), Until: date("2028-01-02")},
		},
		Extra: days("2027-05-08"),
	})
}

// FuzzPattern decodes patterns, and asks what compiles about any date.
func FuzzPattern(f *testing.F) {
	f.Add([]byte(`{"week":"mon,tue,wed,thu,fri","holidays":[{"date":"2027-05-03"},{"date":"2027-12-24","until":"2028-01-02"}],"extra":["2027-12-25"]}`), int32(739999), 10)
	f.Add([]byte(`{"extra":["0001-01-01","9999-12-31"]}`), int32(1), 1)
	f.Add([]byte(`{"holidays":[{"date":"0001-01-01","until":"9999-12-31"}]}`), int32(1), -1)
	f.Add([]byte(`{"week":"sun","holidays":[{"until":"2027-01-01"}]}`), int32(0), 0)
	f.Fuzz(func(t *testing.T, data []byte, day int32, n int) {
		var p calendar.Pattern
		if json.Unmarshal(data, &p) != nil {
			return
		}
		again, err := json.Marshal(p)
		require.NoError(t, err)
		var back calendar.Pattern
		require.NoError(t, json.Unmarshal(again, &back))
		w, err := p.Compile()
		if err != nil {
			require.ErrorContains(t, err, "calendar: ")
			return
		}
		d := Date(day)
		requireWorkingInvariants(t, w, d, n%5_000_000)
		require.Equal(t, d.IsValid() && slow{pattern: p}.works(d), w.IsWorking(d))
		require.NotZero(t, w.Next(calendar.MinDate))
	})
}
