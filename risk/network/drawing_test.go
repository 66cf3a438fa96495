package network_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/network"
)

var update = flag.Bool("update", false, "write the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(string(want), got))
}

func TestDrawings(t *testing.T) {
	feedback := network.Network{
		Nodes: []network.Node{
			{ID: "R-1", Label: `Cost "overrun" <50%>`, Leak: 0.1},
			{ID: "R-2", Label: "Schedule\nslip | late; #2", Leak: 0.2},
			{ID: `R-3 \ "quality"`, Leak: 0.1},
			{ID: "R-4", Label: "Адаптация 导入", Leak: 0.05},
			{ID: "control", Label: "Change control [board]", Leak: 0.9},
		},
		Links: []network.Link{
			{From: "R-1", To: "R-2", Weight: 0.3},
			{From: "R-2", To: `R-3 \ "quality"`, Weight: 0.4},
			{From: `R-3 \ "quality"`, To: "R-1", Weight: 0.5},
			{From: `R-3 \ "quality"`, To: "R-4", Weight: 0.6},
			{From: "control", To: "R-1", Weight: -0.25},
		},
	}
	for _, c := range []struct {
		name string
		n    network.Network
		o    *network.Options
	}{
		{"crm12", crm12(t), nil},
		{"feedback", feedback, &network.Options{}},
		{"sampled", feedback, &network.Options{MaxWidth: -1, Samples: 4096}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := compile(t, c.n)
			var b network.Beliefs
			if c.o != nil {
				var err error
				b, err = m.Infer(t.Context(), network.Query{}, *c.o)
				require.NoError(t, err)
			}
			golden(t, c.name+".mmd", m.Mermaid(b))
			golden(t, c.name+".dot", m.DOT(b))
		})
	}
}
