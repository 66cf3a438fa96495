package schedule_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// withError is a simulated reference number and its standard error.
type withError struct{ Value, SE float64 }

// simulated is a case of montecarlo.json.
type simulated struct {
	Name, Dist string
	Activities []struct {
		ID             string
		Min, Mode, Max float64
	}
	Links       [][2]string
	Criticality map[string]float64 `json:"criticality_index"`
	N           int
	Mean, SD    withError
	Percentiles map[string]withError
}

// effort is how many iterations a test takes: fewer where each is slow, because
// it is short or its statements are counted.
func effort(iterations int) int {
	if testing.Short() || testing.CoverMode() != "" {
		return iterations / 20
	}
	return iterations
}

// within requires a value to lie within five standard errors of the difference
// between two simulations.
func within(t *testing.T, want withError, n int, got float64, runs int, what string) {
	t.Helper()
	se := want.SE * math.Sqrt(1+float64(n)/float64(runs))
	require.InDelta(t, want.Value, got, 5*se, what)
}

func (c simulated) definition() (schedule.Definition, map[string]schedule.Spread) {
	d := schedule.Definition{}
	spreads := map[string]schedule.Spread{}
	if c.Activities == nil {
		var k int
		_, _ = fmt.Sscanf(c.Name, "merge-bias-%d-parallel", &k)
		for i := range k {
			id := fmt.Sprint("P", i)
			d.Activities = append(d.Activities, schedule.Activity{ID: id, Duration: 10})
			spreads[id] = schedule.Triangular{Optimistic: 8, MostLikely: 10, Pessimistic: 15}
		}
	}
	for _, a := range c.Activities {
		d.Activities = append(d.Activities, schedule.Activity{ID: a.ID, Duration: int(a.Mode)})
		e := schedule.ThreePoint{Optimistic: a.Min, MostLikely: a.Mode, Pessimistic: a.Max}
		if strings.HasPrefix(c.Dist, "beta") {
			spreads[a.ID] = schedule.BetaPERT(e)
		} else {
			spreads[a.ID] = schedule.Triangular(e)
		}
	}
	for _, l := range c.Links {
		d.Links = append(d.Links, schedule.Link{From: l[0], To: l[1]})
	}
	return d, spreads
}

// Simulations agree with the reference within five standard errors, in mean,
// spread, percentiles and criticality.
func TestReferenceMonteCarlo(t *testing.T) {
	var cases []simulated
	read(t, "montecarlo.json", &cases)
	for _, c := range cases {
		t.Run(c.Name+" "+c.Dist, func(t *testing.T) {
			runs := effort(400_000)
			d, spreads := c.definition()
			plan, err := schedule.MustCompile(d).Offsets()
			require.NoError(t, err)
			got, err := plan.Simulate(t.Context(), schedule.SimOptions{Spreads: spreads, Iterations: runs, Seed: 42})
			require.NoError(t, err)
			checkSimulation(t, c, got, runs)
			for id, share := range c.Criticality {
				a, ok := got.Activity(id)
				require.True(t, ok)
				se := math.Sqrt(share * (1 - share) * (1/float64(runs) + 1/float64(c.N)))
				require.InDelta(t, share, a.Criticality.Value, 5*se, id)
			}
		})
	}
}

func checkSimulation(t *testing.T, c simulated, got *schedule.Simulation, runs int) {
	t.Helper()
	within(t, c.Mean, c.N, got.Mean.Value, runs, "mean")
	within(t, c.SD, c.N, got.SD, runs, "sd")
	for name, want := range c.Percentiles {
		var percent float64
		_, err := fmt.Sscanf(name, "P%g", &percent)
		require.NoError(t, err)
		p, ok := got.Percentile(percent / 100)
		require.True(t, ok)
		within(t, want, c.N, p.Value, runs, name)
	}
}

// So do those of a generated network of 200 activities.
func TestReferenceMonteCarlo200(t *testing.T) {
	var c struct {
		simulated

		Generator     generator
		Deterministic int     `json:"deterministic_finish"`
		OnTime        float64 `json:"P_finish_le_deterministic"`
	}
	read(t, "montecarlo_200.json", &c)
	runs := effort(100_000)
	d := c.Generator.definition()
	spreads := map[string]schedule.Spread{}
	for _, a := range d.Activities {
		if days := float64(a.Duration); days > 0 {
			spreads[a.ID] = schedule.Triangular{Optimistic: 0.8 * days, MostLikely: days, Pessimistic: 1.6 * days}
		}
	}
	plan, err := schedule.MustCompile(d).Offsets()
	require.NoError(t, err)
	require.Equal(t, c.Deterministic, plan.FinishOffset())
	got, err := plan.Simulate(t.Context(), schedule.SimOptions{Spreads: spreads, Iterations: runs, Seed: 7})
	require.NoError(t, err)
	checkSimulation(t, c.simulated, got, runs)
	require.Equal(t, c.OnTime, got.OnTime(float64(c.Deterministic)).Value)
}
