package quant_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/risk/quant"
)

func TestProgressAndCancel(t *testing.T) {
	t.Parallel()
	var steps []int64
	o := quant.Options{Method: quant.Simulation, Iterations: 20_000, Progress: func(done, total int64) {
		require.Equal(t, int64(10), total)
		steps = append(steps, done)
	}}
	analyze(t, everything(), o)
	require.Equal(t, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, steps)
	steps = nil
	o.Method, o.Progress = quant.Exact, func(done, _ int64) { steps = append(steps, done) }
	analyze(t, everything(), o)
	require.NotEmpty(t, steps)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, method := range []quant.Method{quant.Exact, quant.Simulation} {
		_, err := everything().Analyze(ctx, quant.Options{Method: method})
		require.ErrorIs(t, err, context.Canceled)
	}
	_, err := everything().Sensitivities(ctx, 0.8, quant.Options{})
	require.ErrorIs(t, err, context.Canceled)
	_, err = everything().RankResponses(ctx, 0.8, nil, quant.Options{Method: quant.Simulation})
	require.ErrorIs(t, err, context.Canceled)
	_, _, err = everything().Draw(ctx, quant.Options{})
	require.ErrorIs(t, err, context.Canceled)
	steps = nil
	_, err = everything().Sensitivities(t.Context(), 0.8, quant.Options{Iterations: 4096, Progress: func(done, total int64) {
		if total == 13 {
			steps = append(steps, done)
		}
	}})
	require.NoError(t, err)
	require.Equal(t, []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, steps, "risk by risk")
	exactLater, stop := context.WithCancel(t.Context())
	_, err = everything().Analyze(exactLater, quant.Options{Method: quant.Exact, Progress: func(int64, int64) { stop() }})
	require.ErrorIs(t, err, context.Canceled)
}
