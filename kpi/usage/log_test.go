package usage_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/usage"
)

// Merging is associative and commutative to the last byte, and what is read back is
// what was written.
func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 60 {
		parts := [3]events{randomEvents(rng), randomEvents(rng), randomEvents(rng)}
		join := func(order ...int) *usage.Log[int] {
			var all usage.Log[int]
			for _, i := range order {
				require.NoError(t, all.Merge(parts[i].log()))
			}
			return &all
		}
		want, err := join(0, 1, 2).MarshalBinary()
		require.NoError(t, err)
		got, err := join(2, 0, 1).AppendBinary([]byte("head"))
		require.NoError(t, err)
		require.Equal(t, "head"+string(want), string(got))
		right := join(1, 2)
		left := parts[0].log()
		require.NoError(t, left.Merge(right))
		left.Compact()
		got, err = left.MarshalBinary()
		require.NoError(t, err)
		require.Equal(t, want, got)
		var back usage.Log[int]
		require.NoError(t, back.UnmarshalBinary(want))
		require.Equal(t, left.Users(), back.Users())
		require.Equal(t, left.Actions(), back.Actions())
		require.EqualValues(t, len(parts[0])+len(parts[1])+len(parts[2]), back.Events())
		require.NoError(t, back.AddAll(slices.Values(parts[0])))
		require.NoError(t, back.Merge(&back))
		require.Equal(t, 2*(left.Events()+int64(len(parts[0]))), back.Events())
	}
}

func TestStringKeys(t *testing.T) {
	var l usage.Log[string]
	for i := range 20 {
		require.NoError(t, l.Add(usage.Event[string]{User: strconv.Itoa(i), Day: 7, Action: "login"}))
	}
	data, err := l.MarshalBinary()
	require.NoError(t, err)
	var back usage.Log[string]
	require.NoError(t, back.UnmarshalBinary(data))
	require.Len(t, back.Users(), 20)
	var numbers usage.Log[int]
	require.ErrorIs(t, numbers.UnmarshalBinary(data), usage.ErrFormat)
}
