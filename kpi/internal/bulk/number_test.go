package bulk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/internal/bulk"
)

// Texts too long for a number come out in order, for any number of workers.
func TestLongTexts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, customers := range []int{1, 2, 500, 9000} {
		names := []string{"urn:" + strings.Repeat("\x00", 90), "urn:", "urn:\x00"}
		for range customers {
			names = append(names, fmt.Sprintf("urn:%x-%x", rng.Uint64()>>(8*rng.IntN(8)), rng.Uint64()))
		}
		who, want := make([]string, 30_000), map[string]int64{}
		for i := range who {
			who[i] = names[rng.IntN(len(names))]
			want[who[i]]++
		}
		var e bulk.Engine
		for workers := range 6 {
			j := job(len(who))
			j.Workers = workers
			r, err := bulk.GatherTexts(t.Context(), &e, who, j)
			require.NoError(t, err)
			require.Len(t, r.Totals.Customers, len(want))
			require.True(t, slices.IsSorted(r.Totals.Customers))
			for i, name := range r.Totals.Customers {
				require.Equal(t, want[name], r.Totals.Orders[i])
			}
			j.Totals = false
			r, err = bulk.GatherTexts(t.Context(), &e, who, j)
			require.NoError(t, err)
			require.Nil(t, r.Totals.Customers)
			require.EqualValues(t, len(who), r.Counts.Events)
		}
	}
}

// Things that share a code keep numbers of their own.
func TestMatchTellsCollisionsApart(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 20_000
	codes, things := make([]uint64, n), make([]string, n)
	numbers, want := map[string]uint32{}, make([]uint32, n)
	for i := range codes {
		x := rng.IntN(3000)
		codes[i], things[i] = uint64(x%40)<<32, strconv.Itoa(x)
		if _, ok := numbers[things[i]]; !ok {
			numbers[things[i]] = uint32(len(numbers))
		}
		want[i] = numbers[things[i]]
	}
	require.Equal(t, want, bulk.Matched(codes, things))
}
