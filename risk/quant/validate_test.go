package quant_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// All that is wrong with a model comes in one error, each fault with its place.
func TestValidate(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	m := &quant.Model{
		Risks: []quant.Risk{
			{ID: "", P: 1.5, Severity: broken{}},
			{ID: "a", P: 0.5, Rate: 2},
			{ID: "a", Rate: 1001, Delay: must(quant.NewBernoulli(0.5, sure(1)))},
			{ID: "b", P: nan, Rate: -1, Severity: quant.Discrete{}},
			{ID: "c", P: 0.4},
			{ID: "d", Rate: 1},
			{ID: "e"}, {ID: "f"}, {ID: "g"}, {ID: "h"},
		},
		Blocks: []quant.Block{
			{ID: "", Members: []quant.Loading{{Risk: "zzz", Occurrence: 2, Severity: nan}}},
			{ID: "x", Members: []quant.Loading{{Risk: "e", Occurrence: 0.5, Severity: 0.5}, {Risk: "e", Occurrence: 0.5}}},
			{ID: "x", Members: []quant.Loading{{Risk: "e", Severity: 0.1}}},
		},
		Pairs: []quant.Pair{
			{A: "e", B: "f", Severity: 0.5},
			{A: "f", B: "e"},
			{A: "f", B: "f"},
			{A: "f", B: "nobody", Occurrence: -2, Severity: nan},
			{A: "g", B: "h", Occurrence: 0.5},
		},
		Joints: []quant.Joint{
			{},
			{Risks: []string{"c", "nobody"}, P: []float64{1}},
			{Risks: []string{"e"}, P: []float64{0.5, 0.5}},
			{Risks: []string{"c", "d"}, P: []float64{0.25, 0.25, 0.25, 0.25}},
			{Risks: []string{"f"}, P: []float64{0.5, 0.6}},
			{Risks: []string{"g"}, P: []float64{1, 1, 1}},
			{Risks: make([]string, 21)},
		},
		Base:     math.Inf(1),
		Systemic: nil,
	}
	err := m.Validate()
	require.Error(t, err)
	for _, want := range []string{
		"quant: risks[0].id: missing",
		"risks[0].p: out of range: 1.5, want 0 to 1",
		"risks[0].severity: not a finite number: mean NaN, variance 1",
		"risks[1].rate: invalid: both a probability and a rate",
		`risks[2].id: duplicate "a"`,
		"risks[2].rate: out of range: 1001, want 0 to 1000",
		"risks[2].delay: invalid: a compound: give its chance or rate to the risk",
		"risks[3].p: out of range: NaN",
		"risks[3].rate: out of range: -1",
		"risks[3].severity: invalid: a discrete distribution without values",
		"blocks[0].id: missing",
		`blocks[0].members[0].risk: unknown "zzz"`,
		"blocks[0].members[0].occurrence: out of range: 2, want -1 to 1",
		"blocks[0].members[0].severity: out of range: NaN",
		`blocks[1].members[1].risk: invalid: the occurrence of "e" stands in blocks[1] already`,
		`blocks[2].id: duplicate`,
		`blocks[2].members[0].risk: invalid: the severity of "e" stands in blocks[1] already`,
		`pairs[0]: invalid: the severity of "e" stands in blocks[1] already`,
		`pairs[1]: duplicate: "f" and "e"`,
		`pairs[2].b: invalid: "f" with itself`,
		`pairs[3].b: unknown "nobody"`,
		"pairs[3].occurrence: out of range: -2",
		"pairs[3].severity: out of range: NaN",
		`pairs[4]: invalid: the occurrence of "g" stands in joints[5] already`,
		"joints[0].risks: missing",
		`joints[1].risks[1]: unknown "nobody"`,
		"joints[1].p: invalid: 1 probabilities for 2 risks, want 4",
		`joints[2].risks[0]: invalid: the occurrence of "e" stands in blocks[1] already`,
		`joints[3].risks[0]: invalid: the occurrence of "c" stands in joints[1] already`,
		"joints[4].p: out of range: 1.1 in sum, want 1",
		"joints[5].p: invalid: 3 probabilities for 1 risks, want 2",
		"joints[6].risks: out of range: 21 risks, want at most 20",
		"base: out of range: +Inf, want a number up to 1e100",
	} {
		require.ErrorContains(t, err, want)
	}
	var fault *quant.Fault
	require.ErrorAs(t, err, &fault)
	require.Equal(t, "risks[0].id", fault.Path)
	_, err = m.Analyze(t.Context(), quant.Options{})
	require.ErrorIs(t, err, quant.ErrDuplicate)
	_, _, err = m.Draw(t.Context(), quant.Options{})
	require.ErrorIs(t, err, quant.ErrUnknown)
	_, err = m.Sensitivities(t.Context(), 0.8, quant.Options{})
	require.ErrorIs(t, err, quant.ErrRange)
}

func TestValidateJoint(t *testing.T) {
	t.Parallel()
	m := &quant.Model{
		Risks:  []quant.Risk{{ID: "a", P: 0.4, Severity: sure(1)}, {ID: "b", Rate: 1, Severity: sure(1)}},
		Joints: []quant.Joint{{Risks: []string{"a", "b"}, P: []float64{0.25, 0.25, 0.25, 0.25}}},
	}
	err := m.Validate()
	require.ErrorContains(t, err, "risks[0].p: invalid: 0.4, but joints[0] makes it 0.5")
	require.ErrorContains(t, err, "risks[1].rate: invalid: a risk of a joint happens once or not at all")
	m.Risks[0].P, m.Risks[1].Rate = 0.5, 0
	require.NoError(t, m.Validate())
	m.Joints[0].P[0] = -0.25
	require.ErrorContains(t, m.Validate(), "joints[0].p[0]: out of range: -0.25")
}

func TestValidateSystemic(t *testing.T) {
	t.Parallel()
	for _, d := range []quant.Dist{normal(1, 0.1), uniform(-1, 1), sure(0), must(quant.NewBernoulli(0.5, sure(1))), broken{}} {
		require.Error(t, (&quant.Model{Systemic: d}).Validate())
	}
	require.NoError(t, (&quant.Model{Systemic: must(quant.NewLognormal(1, 0.1))}).Validate())
}
