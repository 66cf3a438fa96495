package finance_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/finance"
)

const tolerance = 1e-10

type reference struct {
	Cases []struct {
		Name        string
		Flows       []float64
		NPV         float64   `json:"npv_10pct_t0"`
		Spreadsheet float64   `json:"npv_10pct_excel_end_of_period"`
		Roots       []float64 `json:"irr_all_real_roots_gt_minus1"`
		Changes     int       `json:"sign_changes"`
	}
	XIRR struct {
		Dates []string
		Flows []float64
		XIRR  float64
		XNPV  float64 `json:"xnpv_9pct"`
	}
	MIRR struct {
		Flows                   []float64
		Finance, Reinvest, MIRR float64
	}
	Payback []struct {
		Name               string
		Flows              []float64
		Rate               float64
		Simple, Discounted *float64
	}
}

func near(t *testing.T, want float64, got finance.Number, worst *float64, msg ...any) {
	t.Helper()
	require.True(t, got.Defined(), got)
	off := math.Abs(got.Value-want) / max(1, math.Abs(want))
	*worst = max(*worst, off)
	require.LessOrEqual(t, off, tolerance, msg...)
}

// KP-09.
func TestAgainstReference(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "finance.json"))
	require.NoError(t, err)
	var ref reference
	require.NoError(t, json.Unmarshal(data, &ref))
	worst := 0.0
	for _, c := range ref.Cases {
		v, err := finance.NPV(0.1, c.Flows)
		require.NoError(t, err)
		near(t, c.NPV, v, &worst, c.Name)
		v, err = finance.SpreadsheetNPV(0.1, c.Flows)
		require.NoError(t, err)
		near(t, c.Spreadsheet, v, &worst, c.Name)
		rates, err := finance.IRR(c.Flows)
		require.NoError(t, err)
		require.Equal(t, c.Changes, rates.SignChanges, c.Name)
		require.Len(t, rates.Rates, len(c.Roots), c.Name)
		for i, r := range c.Roots {
			near(t, r, finance.Number{Value: rates.Rates[i].Value}, &worst, c.Name)
			require.Equal(t, 1, rates.Rates[i].Multiplicity)
		}
	}

	flows := make([]finance.Dated, len(ref.XIRR.Flows))
	for i, f := range ref.XIRR.Flows {
		flows[i] = finance.Dated{Day: calendar.MustParse(ref.XIRR.Dates[i]), Flow: f}
	}
	rates, err := finance.XIRR(flows)
	require.NoError(t, err)
	near(t, ref.XIRR.XIRR, rates.Only(), &worst)
	v, err := finance.XNPV(0.09, flows)
	require.NoError(t, err)
	near(t, ref.XIRR.XNPV, v, &worst)

	v, err = finance.MIRR(ref.MIRR.Flows, ref.MIRR.Finance, ref.MIRR.Reinvest)
	require.NoError(t, err)
	near(t, ref.MIRR.MIRR, v, &worst)

	for _, c := range ref.Payback {
		simple, err := finance.PaybackTime(c.Flows)
		require.NoError(t, err)
		discounted, err := finance.DiscountedPayback(c.Rate, c.Flows)
		require.NoError(t, err)
		for _, p := range []struct {
			want *float64
			got  finance.Number
		}{{c.Simple, simple.Time}, {c.Discounted, discounted.Time}} {
			if p.want == nil {
				require.Equal(t, finance.Never, p.got.Reason, c.Name)
			} else {
				near(t, *p.want, p.got, &worst, c.Name)
			}
		}
	}
	t.Logf("largest difference, relative above 1: %.2g", worst)
}
