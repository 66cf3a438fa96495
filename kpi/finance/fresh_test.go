package finance_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/finance"
)

// KP-09: present values of random flows are the float64 nearest to what arithmetic with 80
// digits gives, and every internal rate is, or its neighbour.
func TestFreshFlowsToTheLastBit(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "fresh_flows.json"))
	require.NoError(t, err)
	var cases []struct {
		Flows                   []float64
		Days                    []calendar.Date
		Rate, Finance, Reinvest float64
		NPV, XNPV               float64
		IRR                     []float64
		MIRR                    *float64
	}
	require.NoError(t, json.Unmarshal(data, &cases))
	require.Len(t, cases, 48)
	for _, c := range cases {
		var dated []finance.Dated
		for i, day := range c.Days {
			dated = append(dated, finance.Dated{Day: day, Flow: c.Flows[i]})
		}
		npv, err := finance.NPV(c.Rate, c.Flows)
		require.NoError(t, err)
		require.Equal(t, finance.Number{Value: c.NPV}, npv)
		xnpv, err := finance.XNPV(c.Rate, dated)
		require.NoError(t, err)
		require.Equal(t, finance.Number{Value: c.XNPV}, xnpv)

		rates, err := finance.IRR(c.Flows)
		require.NoError(t, err)
		require.Len(t, rates.Rates, len(c.IRR), c.Flows)
		for i, r := range rates.Rates {
			require.Equal(t, 1, r.Multiplicity)
			require.InEpsilon(t, c.IRR[i], r.Value, 3e-16, c.Flows)
		}

		mirr, err := finance.MIRR(c.Flows, c.Finance, c.Reinvest)
		require.NoError(t, err)
		require.Equal(t, c.MIRR != nil, mirr.Defined(), c.Flows)
		if c.MIRR != nil {
			require.InEpsilon(t, *c.MIRR, mirr.Value, 1e-15, c.Flows)
		}
	}
}
