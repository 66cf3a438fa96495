package quant_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

// light returns a model with an exact total that is found soon.
func light() *quant.Model {
	return &quant.Model{Risks: []quant.Risk{
		{ID: "a", P: 0.5, Severity: uniform(10, 20), Delay: uniform(1, 2)}, {ID: "b", P: 0.4, Severity: triangular(5, 6, 30), Delay: uniform(0, 3)},
	}}
}

func TestProgressAndCancel(t *testing.T) {
	t.Parallel()
	var steps []int64
	o := quant.Options{Method: quant.Simulation, Iterations: 20_000, Progress: func(done, total int64) {
		require.Equal(t, int64(10), total)
		steps = append(steps, done)
	}}
	analyze(t, light(), o)
	require.Equal(t, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, steps)
	steps = nil
	o.Method, o.Progress = quant.Exact, func(done, _ int64) { steps = append(steps, done) }
	analyze(t, light(), o)
	require.NotEmpty(t, steps)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, method := range []quant.Method{quant.Exact, quant.Simulation} {
		_, err := light().Analyze(ctx, quant.Options{Method: method})
		require.ErrorIs(t, err, context.Canceled)
	}
	_, err := light().Sensitivities(ctx, 0.8, quant.Options{})
	require.ErrorIs(t, err, context.Canceled)
	_, err = light().RankResponses(ctx, 0.8, nil, quant.Options{Method: quant.Simulation})
	require.ErrorIs(t, err, context.Canceled)
	_, _, err = light().Draw(ctx, quant.Options{})
	require.ErrorIs(t, err, context.Canceled)
	steps = nil
	_, err = light().Sensitivities(t.Context(), 0.8, quant.Options{Iterations: 6144, Progress: func(done, total int64) {
		if total == 2 {
			steps = append(steps, done)
		}
	}})
	require.NoError(t, err)
	require.Equal(t, []int64{1, 2}, steps, "risk by risk")
	exactLater, stop := context.WithCancel(t.Context())
	_, err = light().Analyze(exactLater, quant.Options{Method: quant.Exact, Progress: func(int64, int64) { stop() }})
	require.ErrorIs(t, err, context.Canceled)
}
