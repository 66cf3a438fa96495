//go:build cgo

package peers_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/funnel"
)

// fourSteps is the funnel of the statement reached: from any first step on, within 30
// days. Events of one time follow each other in the order of the steps.
var fourSteps = funnel.Funnel{
	Steps:  funnel.Of(0, "lead", "qualified", "proposal", "won").Steps,
	Window: 30 * funnel.Day,
	Ties:   funnel.Simultaneous,
}

// asOf is the last second of the last day.
var asOf = funnel.At(end) + funnel.Day - 1

func stepsOf(e *events) funnel.Columns {
	return funnel.Columns{Customers: e.customers(), Customer: e.dense, Time: e.moment, Step: e.step}
}

// reachedOf counts the customers who reach each step.
func reachedOf(t *testing.T, e *events, f funnel.Funnel) []int64 {
	t.Helper()
	result, err := stepsOf(e).Count(t.Context(), f, asOf, funnel.Run{})
	require.NoError(t, err)
	got := []int64{}
	for _, step := range result.Steps {
		got = append(got, step.All.Reached)
	}
	return got
}

// strict is the same funnel, in which events of one time do not follow each other.
func strict() funnel.Funnel {
	f := fourSteps
	f.Mode, f.Ties = funnel.StrictTime, 0
	return f
}

// KP-05: how many customers reach each step, with many events of one time or with
// few, if these may follow each other or not.
func TestFunnel(t *testing.T) {
	for _, e := range []*events{newEvents(testRows), newEvents(testRows).withTies()} {
		db := open(t, e)
		for from, f := range map[string]funnel.Funnel{">=": fourSteps, ">": strict()} {
			got := reachedOf(t, e, f)
			require.Positive(t, got[3])
			for _, i := range idioms {
				want, err := db.numbers(i.reached(from))
				require.NoError(t, err)
				require.Equal(t, [][]int64{got}, want, i.name+from)
			}
		}
		want, err := db.numbers(windowsReached())
		require.NoError(t, err)
		require.Equal(t, [][]int64{reachedOf(t, e, fourSteps)}, want)
	}
}

// The same by data.table.
func TestFunnelInR(t *testing.T) {
	for _, e := range []*events{newEvents(testRows), newEvents(testRows).withTies()} {
		r := openR(t, e)
		require.NoError(t, r.ask("use", dense))
		for measure, f := range map[string]funnel.Funnel{"funnel": fourSteps, "strict_funnel": strict()} {
			want := numbersIn(t, r.tables(t, "customary", measure)[0])
			require.Equal(t, [][]int64{reachedOf(t, e, f)}, want, measure)
		}
	}
}
