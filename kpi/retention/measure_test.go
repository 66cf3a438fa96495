package retention_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/retention"
)

// Rates become measurements of metrics that the catalogue knows, with their counts.
func TestMeasurements(t *testing.T) {
	on := calendar.MustParse("2027-04-30")
	share := func(value string, part, whole int64) kpi.Measurement {
		return kpi.Measurement{On: on, Value: ratio.MustParse(value), Successes: part, Trials: whole}
	}
	repeat := retention.Repeat{Customers: 8, Repeated: 3, Orders: 15, Revenue: 100_00}
	churn := retention.Churn{Start: 40, Lost: 3, Gained: 9}
	require.Equal(t, share("75", 3, 4), retention.Cell{Eligible: 4, Active: 3, Since: 4}.Measurement(on))
	require.Equal(t, share("50", 1, 2), retention.Horizon{Days: 30, Eligible: 2, Repeated: 1}.Measurement(on))
	require.Equal(t, map[string]kpi.Measurement{
		"repeat_purchase_rate": share("75/2", 3, 8),
		"average_order_value":  {On: on, Value: ratio.New(20, 3)},
	}, repeat.Measurements(on, 100))
	require.Equal(t, map[string]kpi.Measurement{
		"churn_rate": share("15/2", 3, 40), "retention_rate": share("185/2", 37, 40),
	}, churn.Measurements(on))
	for code := range churn.Measurements(on) {
		_, known := kpi.Find(code)
		require.True(t, known, code)
	}
	for code := range repeat.Measurements(on, 100) {
		_, known := kpi.Find(code)
		require.True(t, known, code)
	}

	undefined := func(m kpi.Measurement) {
		require.False(t, m.Value.Defined())
		require.NotEmpty(t, m.Value.Reason())
		require.Zero(t, m.Trials)
	}
	undefined(retention.Cell{}.Measurement(on))
	require.Equal(t, retention.Incomplete, retention.Cell{}.Measurement(on).Value.Reason())
	undefined(retention.Horizon{}.Measurement(on))
	undefined(retention.Churn{}.Measurements(on)["churn_rate"])
	undefined(retention.Repeat{}.Measurements(on, 100)["repeat_purchase_rate"])
	undefined(retention.Repeat{}.Measurements(on, 100)["average_order_value"])
	undefined(repeat.Measurements(on, 0)["average_order_value"])
}

// A scorecard takes the churn of a month as it is (KP-06).
func ExampleChurn_Measurements() {
	april := retention.Churn{Start: 400, Lost: 10, Gained: 25}
	m := april.Measurements(calendar.MustParse("2027-04-30"))["churn_rate"]
	i := m.Interval()
	fmt.Printf("%s %%, between %.1f and %.1f\n", m.Value.Decimal(1), i.Lo, i.Hi)
	// Output:
	// 2.5 %, between 1.4 and 4.5
}
