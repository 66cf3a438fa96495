package bulk_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// A fuse is a context that is done once it has been asked so many times.
type fuse struct {
	context.Context //nolint:containedctx // a context is what it is
	left            atomic.Int64
}

func (f *fuse) Err() error {
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever work of whichever kind is stopped, the error says so, and the engine is
// good for the next job.
func TestStopsAnywhere(t *testing.T) {
	const n = 3000
	numbers := func(span int) []int64 {
		who := make([]int64, n)
		for i := range who {
			who[i] = int64(i * 7919 % span)
		}
		return who
	}
	texts := func(format string) []string {
		who := make([]string, n)
		for i := range who {
			who[i] = fmt.Sprintf(format, i%400)
		}
		return who
	}
	odd := texts("C%04d")
	odd[1] = "D"
	month := func(d calendar.Date) int { return int(d) / 30 }
	totals, grid := job(n), job(n)
	grid.Totals, grid.DistinctDays, grid.Period = false, false, month
	var e bulk.Engine
	for name, gather := range map[string]func(context.Context) (bulk.Counts, error){
		"few": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(300), grid))
		},
		"many": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(2999), grid))
		},
		"far": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(1<<40), grid))
		},
		"totals": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(300), totals))
		},
		"sparse": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(4001), totals))
		},
		"far apart": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.Gather(ctx, &e, numbers(1<<40), totals))
		},
		"texts": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.GatherTexts(ctx, &e, texts("C%04d"), totals))
		},
		"odd": func(ctx context.Context) (bulk.Counts, error) { return counts(bulk.GatherTexts(ctx, &e, odd, totals)) },
		"long": func(ctx context.Context) (bulk.Counts, error) {
			return counts(bulk.GatherTexts(ctx, &e, texts(strings.Repeat("long", 70)+"%d"), totals))
		},
	} {
		t.Run(name, func(t *testing.T) {
			for asked := int64(0); ; asked++ {
				ctx := &fuse{Context: t.Context()}
				ctx.left.Store(asked)
				got, err := gather(ctx)
				if err == nil {
					require.EqualValues(t, n, got.Orders)
					require.Greater(t, asked, int64(4))
					return
				}
				require.ErrorIs(t, err, context.Canceled)
				require.Less(t, asked, int64(10_000))
			}
		})
	}
}

func counts[K any](r bulk.Result[K], err error) (bulk.Counts, error) { return r.Counts, err }
