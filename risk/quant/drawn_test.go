package quant_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// listed draws from the law of a joint, by a hash.
type listed quant.Joint

func (l listed) Draw(i uint64, on []bool) []bool {
	i = (i ^ i>>30) * 0xbf58476d1ce4e5b9
	i = (i ^ i>>27) * 0x94d049bb133111eb
	u := float64((i^i>>31)>>11) * 0x1p-53
	s := 0
	for ; s < len(l.P)-1 && u >= l.P[s]; s++ {
		u -= l.P[s]
	}
	for k := range l.Risks {
		on = append(on, s>>k&1 == 1)
	}
	return on
}

// drawnPair returns a model with a law that is listed, and the same with a law that is
// drawn.
func drawnPair() (joint, drawn *quant.Model) {
	law := quant.Joint{Risks: []string{"c", "a", "b"}, P: []float64{0.3, 0.05, 0.1, 0.05, 0.1, 0.1, 0.05, 0.25}}
	risks := []quant.Risk{
		{ID: "a", P: 0.45, Severity: pert(10, 20, 90), Delay: sure(3)},
		{ID: "b", P: 0.5, Severity: uniform(5, 50), Delay: uniform(1, 2)},
		{ID: "c", P: 0.45, Severity: lognormalP10P90(5, 80)},
		{ID: "d", P: 0.2, Severity: sure(70)},
	}
	block := []quant.Block{{ID: "prices", Members: []quant.Loading{{Risk: "a", Severity: 0.7}, {Risk: "c", Severity: 0.6}}}}
	joint = &quant.Model{Risks: risks, Blocks: block, Joints: []quant.Joint{law}}
	drawn = &quant.Model{Risks: risks, Blocks: block, Drawn: []quant.Drawn{{Risks: law.Risks, From: listed(law)}}}
	return joint, drawn
}

// A drawn law gives what the same law gives as a list, within the limits, tells why it
// was drawn, and is the same for any number of workers and another for another seed
// (RI-04).
func TestDrawn(t *testing.T) {
	t.Parallel()
	numbers(t)
	joint, drawn := drawnPair()
	o := quant.Options{Level: 0.9999, CostAbove: []float64{0, 100}}
	want, got := analyze(t, joint, o), analyze(t, drawn, o)
	require.Equal(t, quant.Exact, want.Method)
	require.Equal(t, quant.Simulation, got.Method)
	require.Equal(t, `the draws of "c" are all that is known of which risks happen`, got.Why)
	for _, pair := range [][2]*quant.Total{{&want.Cost, &got.Cost}, {want.Delay, got.Delay}} {
		for i, q := range pair[1].Quantiles {
			w := pair[0].Quantiles[i]
			require.True(t, q.Lo <= w.Hi && w.Lo <= q.Hi, "P%v: %+v and %+v", q.P, q, w)
		}
		require.InDelta(t, pair[0].Mean.Value, pair[1].Mean.Value, 1e-9, "the mean needs no draws")
		sd := pair[1].SD
		require.False(t, sd.Exact)
		require.True(t, sd.Lo <= pair[0].SD.Value && pair[0].SD.Value <= sd.Hi, "%+v and %v", sd, pair[0].SD)
	}
	for i, e := range got.Cost.Exceedances {
		require.True(t, e.Lo <= want.Cost.Exceedances[i].Value && want.Cost.Exceedances[i].Value <= e.Hi)
	}
	for i, c := range got.Contributions {
		share, _ := c.Share()
		exact, _ := want.Contributions[i].Share()
		require.InDelta(t, exact, share, 0.01, c.ID)
	}
	requireShares(t, got)

	o.Workers = 1
	require.Empty(t, cmp.Diff(got, analyze(t, drawn, o)))
	o.Seed = 1
	require.NotEqual(t, got.Cost.Quantiles, analyze(t, drawn, o).Cost.Quantiles)
	o.Method = quant.Exact
	_, err := drawn.Analyze(t.Context(), o)
	require.ErrorIs(t, err, quant.ErrNotExact)
	rows, err := drawn.Sensitivities(t.Context(), 0.8, quant.Options{Iterations: 20_000})
	require.NoError(t, err)
	listedRows, err := joint.Sensitivities(t.Context(), 0.8, quant.Options{Iterations: 20_000})
	require.NoError(t, err)
	require.Equal(t, listedRows[0].ID, rows[0].ID)
	require.InEpsilon(t, listedRows[0].Certain, rows[0].Certain, 0.05)
	_, err = drawn.Analyze(t.Context(), quant.Options{Iterations: 1, Percentiles: []float64{0.5}})
	require.ErrorIs(t, err, quant.ErrTooFew)
}

// What is done about one risk of a drawn law leaves the draws of the others alone.
func TestDrawnResponses(t *testing.T) {
	t.Parallel()
	_, m := drawnPair()
	after, err := m.With(quant.Risk{ID: "d", P: 0.2, Severity: sure(60)})
	require.NoError(t, err)
	ranked, err := m.RankResponses(t.Context(), 0.8, []quant.Response{{ID: "r", After: after}, {ID: "none", After: *m}}, quant.Options{Iterations: 1 << 14})
	require.NoError(t, err)
	require.Equal(t, "r", ranked[0].ID)
	require.Greater(t, ranked[0].Saves.Lo, 0.0)
	require.InDelta(t, 0, ranked[1].Saves.Value, 0)
}

func TestDrawnFaults(t *testing.T) {
	t.Parallel()
	law := listed{Risks: []string{"a"}, P: []float64{0.5, 0.5}}
	m := &quant.Model{
		Risks: []quant.Risk{{ID: "a", P: 0.5}, {ID: "b", Rate: 1}, {ID: "c", P: 0.5}},
		Drawn: []quant.Drawn{
			{}, {Risks: []string{"a"}}, {Risks: []string{"a", "b", "nobody"}, From: law},
		},
	}
	err := m.Validate()
	for _, want := range []string{
		"drawn[0].risks: missing",
		"drawn[1].from: missing",
		`drawn[2].risks[0]: invalid: the occurrence of "a" stands in drawn[1] already`,
		"drawn[2].risks[1]: invalid: a risk with a rate",
		`drawn[2].risks[2]: unknown "nobody"`,
		"drawn[2].from: invalid: it draws 1 states for 3 risks",
	} {
		require.ErrorContains(t, err, want)
	}
	m = &quant.Model{Risks: []quant.Risk{{ID: "a", P: 0.6}}, Drawn: []quant.Drawn{{Risks: law.Risks, From: law}}}
	require.NoError(t, m.Validate())
	_, err = m.Analyze(t.Context(), quant.Options{})
	require.ErrorIs(t, err, quant.ErrInvalid)
	require.ErrorContains(t, err, "quant: risks[0].p: invalid: 0.6, but drawn[0] makes it 0.5")
}
