package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
)

func TestWeekdays(t *testing.T) {
	gulf := calendar.MustParseWeekdays("sun,mon,tue,wed,thu")
	require.Equal(t, calendar.Sunday|calendar.Monday|calendar.Tuesday|calendar.Wednesday|calendar.Thursday, gulf)
	require.Equal(t, "mon,tue,wed,thu,sun", gulf.String())
	require.Equal(t, 5, gulf.Len())
	for day := time.Sunday; day <= time.Saturday; day++ {
		require.Equal(t, day != time.Friday && day != time.Saturday, gulf.Has(day), "%v", day)
		require.False(t, calendar.Weekdays(0).Has(day))
		require.True(t, calendar.EveryDay.Has(day))
		require.Equal(t, day != time.Sunday && day != time.Saturday, calendar.MondayToFriday.Has(day), "%v", day)
	}
	require.False(t, calendar.EveryDay.Has(-1))
	require.False(t, calendar.EveryDay.Has(7))
	require.Equal(t, 7, calendar.EveryDay.Len())
}

func TestWeekdaysText(t *testing.T) {
	for w := calendar.Weekdays(0); w <= calendar.EveryDay; w++ {
		require.True(t, w.IsValid())
		sameInJSON(t, w, w.String())
	}
	for _, w := range []calendar.Weekdays{0x80, 0xff} {
		require.False(t, w.IsValid())
		_, err := w.MarshalText()
		require.ErrorIs(t, err, calendar.ErrRange)
	}
	require.Equal(t, "Weekdays(0x80)", calendar.Weekdays(0x80).String())
	for _, s := range []string{"monday", "Mon", "mon, tue", "mon,", ",", "mon,mon", "mon-fri", "1111100", "1", "mon;tue"} {
		_, err := calendar.ParseWeekdays(s)
		require.ErrorIs(t, err, calendar.ErrSyntax, s)
		require.Panics(t, func() { calendar.MustParseWeekdays(s) })
	}
	_, err := calendar.ParseWeekdays("mon,tue,mon")
	require.EqualError(t, err, `calendar: weekdays "mon,tue,mon": bad syntax: mon comes twice`)
	_, err = calendar.ParseWeekdays("mon,thur")
	require.EqualError(t, err, `calendar: weekdays "mon,thur": bad syntax: no day is called "thur"`)
}

func FuzzParseWeekdays(f *testing.F) {
	for _, s := range []string{"", "mon", "mon,tue,wed,thu,fri", "sun,mon", "mon,mon", ",", "mon,x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := calendar.ParseWeekdays(s)
		if err != nil {
			require.ErrorIs(t, err, calendar.ErrSyntax)
			require.Zero(t, w)
			require.Less(t, len(err.Error()), 500)
			return
		}
		require.True(t, w.IsValid())
		require.Len(t, s, len(w.String()), "the same names in another order")
		again, err := calendar.ParseWeekdays(w.String())
		require.NoError(t, err)
		require.Equal(t, w, again)
	})
}
