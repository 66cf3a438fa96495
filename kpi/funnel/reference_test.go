package funnel_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/funnel"
)

// KP-05. The counts of the reference, from the log and from columns.
func TestAgainstReference(t *testing.T) {
	var want struct {
		Steps  []string           `json:"steps"`
		Counts map[string][]int64 `json:"counts"`
	}
	data, err := os.ReadFile("testdata/funnel_counts.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &want))
	l, c := referenceEvents(t, want.Steps)
	modeOf := map[string]funnel.Mode{
		"ordered_ge": funnel.Ordered, "ordered_strict_time": funnel.StrictTime, "strict_adjacent": funnel.Adjacent,
		"any_order": funnel.AnyOrder, "first_touch_ge": funnel.FirstTouch,
	}
	require.Len(t, want.Counts, 15)
	for name, counts := range want.Counts {
		cut := strings.LastIndex(name, "_")
		days, err := strconv.ParseInt(strings.TrimSuffix(name[cut+1:], "d"), 10, 64)
		require.NoError(t, err)
		f := funnel.Of(days*funnel.Day, want.Steps...)
		f.Mode = modeOf[name[:cut]]
		require.True(t, f.Mode.IsValid(), name)
		const asOf = 1 << 40
		fromLog, err := funnel.Analyze(l, f, asOf, funnel.Options[string]{})
		require.NoError(t, err)
		fromColumns, err := c.Count(t.Context(), f, asOf, funnel.Run{})
		require.NoError(t, err)
		for k, n := range counts {
			require.Equal(t, n, fromLog.Steps[k].All.Reached, name)
			require.Equal(t, n, fromColumns.Steps[k].All.Reached, name)
			require.Equal(t, n, fromLog.Steps[k].Since.Customers, name)
		}
	}
}

// Without an order of ties, all of them can follow each other. The counts are of a
// second count from the definition, over sets of times.
func TestSimultaneousAgainstReference(t *testing.T) {
	steps := []string{"lead", "qualified", "proposal", "won"}
	l, c := referenceEvents(t, steps)
	for days, want := range map[int64][]int64{1: {241, 119, 39, 7}, 7: {241, 145, 59, 19}} {
		f := funnel.Of(days*funnel.Day, steps...)
		f.Ties = funnel.Simultaneous
		fromLog, err := funnel.Analyze(l, f, 1<<40, funnel.Options[string]{})
		require.NoError(t, err)
		fromColumns, err := c.Count(t.Context(), f, 1<<40, funnel.Run{})
		require.NoError(t, err)
		for k, n := range want {
			require.Equal(t, n, fromLog.Steps[k].All.Reached)
			require.Equal(t, n, fromColumns.Steps[k].All.Reached)
		}
	}
}

// referenceEvents returns the events of the reference. The row is the order of ties.
func referenceEvents(t *testing.T, steps []string) (*funnel.Log[string], funnel.Columns) {
	t.Helper()
	file, err := os.Open("testdata/funnel_events.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	var l funnel.Log[string]
	c := funnel.Columns{Customers: 300}
	for i, row := range rows[1:] {
		at, err := time.Parse(time.RFC3339, row[1])
		require.NoError(t, err)
		require.NoError(t, l.Add(funnel.Event[string]{Customer: row[0], Time: at.Unix(), Order: int64(i), Name: row[2]}))
		who, err := strconv.Atoi(row[0])
		require.NoError(t, err)
		step := 0
		for k, name := range steps {
			if name == row[2] {
				step = k + 1
			}
		}
		c.Customer, c.Time, c.Step = append(c.Customer, uint32(who)), append(c.Time, at.Unix()), append(c.Step, uint8(step))
	}
	return &l, c
}
