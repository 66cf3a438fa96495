package survival_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/survival"
)

// BenchmarkMillionSubjects estimates a curve of 1,000,000 subjects over 1,500 days,
// beside a naive twin that sorts them.
func BenchmarkMillionSubjects(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	all := make([]subject, 1_000_000)
	for i := range all {
		all[i] = subject{time: rng.Int64N(1500), event: rng.IntN(3) > 0}
	}
	b.Run("sample", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s survival.Sample
			for _, x := range all {
				outcome := survival.Censored
				if x.event {
					outcome = survival.Event
				}
				if err := s.Add(x.time, outcome); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := s.Curve(survival.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			naiveCurve(all)
		}
	})
	b.Run("curve only", func(b *testing.B) {
		s := collect(b, all)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.Curve(survival.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func naiveCurve(all []subject) map[int64]float64 {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b subject) int { return int(a.time - b.time) })
	curve, s, n := map[int64]float64{}, 1.0, len(sorted)
	for i := 0; i < len(sorted); {
		time, d, ended := sorted[i].time, 0, 0
		for ; i < len(sorted) && sorted[i].time == time; i++ {
			ended++
			if sorted[i].event {
				d++
			}
		}
		s *= 1 - float64(d)/float64(n)
		n -= ended
		curve[time] = s
	}
	return curve
}

// Curves of the benchmark agree.
func TestNaiveTwinAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	all := make([]subject, 10_000)
	for i := range all {
		all[i] = subject{time: rng.Int64N(300), event: rng.IntN(3) > 0}
	}
	naive := naiveCurve(all)
	for _, p := range curve(t, collect(t, all), survival.Options{}).Points {
		require.InDelta(t, naive[p.Time], p.Survival, 1e-12)
	}
}
