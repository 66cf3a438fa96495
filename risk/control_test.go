package risk_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

func chance(reduction, group string, state risk.ControlState) risk.Control {
	return risk.Control{On: risk.OnChance, Reduction: share(reduction), Group: group, State: state}
}

// RI-05.
func TestRemaining(t *testing.T) {
	on := risk.ControlOperating
	for name, c := range map[string]struct {
		controls []risk.Control
		want     string
	}{
		"none":                      {nil, "1"},
		"one":                       {[]risk.Control{chance("0.3", "", on)}, "7/10"},
		"independent ones multiply": {[]risk.Control{chance("1/2", "", on), chance("1/3", "", on)}, "1/3"},
		"perfect":                   {[]risk.Control{chance("1", "", on), chance("1/3", "", on)}, "0"},
		"a group counts once, by its best": {
			[]risk.Control{chance("1/4", "g", on), chance("1/2", "g", on), chance("1/3", "g", on)}, "1/2",
		},
		"groups multiply": {
			[]risk.Control{chance("1/2", "g", on), chance("1/3", "h", on), chance("1/4", "g", on), chance("1/5", "", on)},
			"4/15",
		},
		"only operating ones count": {
			[]risk.Control{
				chance("1/2", "", risk.ControlPlanned), chance("1/2", "", risk.ControlFailing),
				chance("1/2", "", risk.ControlRetired), chance("1/2", "", 0),
			}, "1",
		},
		"a failing one lends its group nothing": {
			[]risk.Control{chance("1/4", "g", on), chance("3/4", "g", risk.ControlFailing)}, "3/4",
		},
		"other side": {[]risk.Control{{On: risk.OnImpact, Reduction: share("1/2"), State: on}}, "1"},
		"unknown":    {[]risk.Control{{On: risk.OnChance, Group: "g", State: on}, chance("1/2", "g", on)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.want, risk.Remaining(c.controls, risk.OnChance).String())
		})
	}
}

// randomControls returns controls with reductions in tenths.
func randomControls(r *rand.Rand) []risk.Control {
	controls := make([]risk.Control, r.IntN(6))
	for i := range controls {
		controls[i] = risk.Control{
			ID: string(rune('a' + i)), On: risk.Side(1 + r.IntN(2)), Reduction: ratio.New(r.Int64N(11), 10),
			State: risk.ControlState(1 + r.IntN(4)), Group: []string{"", "", "g", "h"}[r.IntN(4)],
		}
	}
	return controls
}

// Controls never make a threat greater, one more never does, and their order
// does not matter.
func TestRemainingProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		controls := randomControls(r)
		for _, side := range []risk.Side{risk.OnChance, risk.OnImpact} {
			left := risk.Remaining(controls, side)
			require.True(t, left.AtLeast(ratio.Int(0)) && ratio.Int(1).AtLeast(left), "%v", left)
			for i := range controls {
				require.True(t, risk.Remaining(controls[:i], side).AtLeast(left))
			}
			r.Shuffle(len(controls), func(i, j int) { controls[i], controls[j] = controls[j], controls[i] })
			require.Equal(t, left, risk.Remaining(controls, side))
		}
	}
}
