package spc_test

import (
	"math/rand/v2"
	"testing"

	"github.com/crmrollout/crm/kpi/spc"
)

// BenchmarkIndividuals charts 100,000 points with every rule, beside the twin that
// looks at each window anew.
func BenchmarkIndividuals(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	xs := make([]float64, 100_000)
	for i := range xs {
		xs[i] = rng.NormFloat64()
	}
	points := spc.Daily(start, xs...)
	all := spc.Nelson.With(spc.WesternElectric)
	b.Run("registers", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := spc.Individuals(points, spc.Options{Rules: all}); err != nil {
				b.Fatal(err)
			}
		}
	})
	limits, err := spc.Estimate(points, spc.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			slowFlags(xs, limits, all)
		}
	})
}
