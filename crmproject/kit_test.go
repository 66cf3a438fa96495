package crmproject_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/projecttest"
)

// TestKit holds the rules against what the library promises of rules: pure,
// documented, every finding located and with a remedy.
func TestKit(t *testing.T) {
	bare := &crmproject.Project{ID: "P-1", Name: "New", Kind: crmproject.NewCRM}
	late := *bare
	late.State.Phase = "closure"
	require.NoError(t, projecttest.TestRules(crmproject.Rules(),
		crmproject.Facts{Project: sample(), AsOf: asOf},
		crmproject.Facts{Project: bare, AsOf: asOf},
		crmproject.Facts{Project: &late, AsOf: asOf},
	))
}
