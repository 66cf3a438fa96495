package usage_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/usage"
)

var year = calendar.Interval{From: calendar.MustParse("2014-01-01"), Until: calendar.MustParse("2014-12-31")}

// activity is the log of the reference, which is not kept here.
func activity(t *testing.T) *usage.Log[string] {
	t.Helper()
	folder := os.Getenv("CRM_REFERENCE_DATA")
	if folder == "" {
		t.Skip("CRM_REFERENCE_DATA is not set")
	}
	var l usage.Log[string]
	for _, row := range table(t, filepath.Join(folder, "kpi", "activity_events.csv")) {
		require.NoError(t, l.Add(usage.Event[string]{User: row[0], Day: calendar.MustParse(row[1]), Action: "order"}))
	}
	return &l
}

// table reads the rows of a CSV file below its header.
func table(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return rows[1:]
}

func integer(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	require.NoError(t, err)
	return n
}

// requireNear holds an exact ratio against a float64 of two roundings.
func requireNear(t *testing.T, want string, got ratio.Ratio) {
	t.Helper()
	x, err := strconv.ParseFloat(want, 64)
	require.NoError(t, err)
	y, ok := got.Float64()
	require.True(t, ok, got)
	require.InEpsilon(t, x, y, 1e-15)
}

// KP-10. The beginning of the observation is found by itself.
func TestRollingAgainstReference(t *testing.T) {
	got, err := usage.Rolling(activity(t), calendar.Interval{Until: year.Until}, usage.Options[string]{}, 1, 7, 30)
	require.NoError(t, err)
	require.Equal(t, year, got.Observed)
	rows := table(t, "testdata/activity_dau_wau_mau.csv")
	require.Len(t, got.Days, len(rows))
	var daily []int64
	for i, row := range rows {
		day := got.Days[i]
		require.Equal(t, row[0], day.Day.String())
		for k, x := range day.Active {
			require.Equal(t, integer(t, row[1+k]), x.Users)
		}
		daily = append(daily, day.Active[0].Users)
		mau := day.Active[2]
		require.Equal(t, row[6] == "1", mau.Complete)
		if mau.Complete {
			requireNear(t, row[4], got.Ratio(day.Day, 1, 30))
			requireNear(t, row[5], got.Stickiness(day.Day, 30))
			continue
		}
		// The reference divides what there is; here that is undefined.
		require.False(t, got.Ratio(day.Day, 1, 30).Defined())
		require.False(t, got.Stickiness(day.Day, 30).Defined())
		sum := int64(0)
		for _, n := range daily {
			sum += n
		}
		requireNear(t, row[4], ratio.New(daily[i], mau.Users))
		requireNear(t, row[5], ratio.New(sum, int64(i+1)*mau.Users))
	}
}

func TestCalendarAgainstReference(t *testing.T) {
	got, err := usage.Calendar(activity(t), year, usage.Month, usage.Options[string]{})
	require.NoError(t, err)
	rows := table(t, "testdata/activity_lifecycle_month.csv")
	require.Len(t, got.Periods, len(rows))
	for i, row := range rows {
		p := got.Periods[i]
		require.True(t, p.Complete)
		require.Equal(t, row[0], p.Label)
		for k, n := range []int64{p.Active, p.New, p.Retained, p.Resurrected, p.Dormant} {
			require.Equal(t, integer(t, row[1+k]), n, row[0])
		}
	}
}
