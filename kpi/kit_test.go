package kpi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/projecttest"
	"github.com/crmrollout/crm/kpi"
)

func TestKit(t *testing.T) {
	broken := kpi.Scorecard{Measures: []kpi.Measure{{ID: "K-1", Metric: "smiles"}}}
	require.NoError(t, projecttest.TestRules(kpi.Rules(),
		kpi.Facts{Scorecard: card(), AsOf: day("2027-07-01"), Kept: []string{"O-1", "O-2"}, Live: day("2027-06-01")},
		kpi.Facts{Scorecard: broken, AsOf: day("2027-07-01"), Live: day("2027-06-01")},
	))
}
