package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLn(t *testing.T) {
	require.Zero(t, ln(1))
	r := newRandom(1)
	for range 5000 {
		x := math.Ldexp(1+r.uniform(), int(r.below(2000))-1000)
		require.InDelta(t, math.Log(x), ln(x), 4e-16*math.Max(1, math.Abs(math.Log(x))), "ln %v", x)
	}
}

func TestExp(t *testing.T) {
	require.Equal(t, 1.0, exp(0))
	r := newRandom(1)
	for range 5000 {
		x := 1400*r.uniform() - 700
		require.InEpsilon(t, math.Exp(x), exp(x), 3e-13, "exp %v", x) // the reduction of x costs three digits
		x /= 700
		require.InEpsilon(t, math.Exp(x), exp(x), 1e-15, "exp %v", x)
	}
}
