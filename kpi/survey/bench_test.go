package survey_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/crmrollout/crm/kpi/survey"
)

// BenchmarkMillionAnswers counts a million answers under a hundred labels, beside a naive
// twin that keeps the answers of each label and counts them at the end.
func BenchmarkMillionAnswers(b *testing.B) {
	const answers = 1_000_000
	rng := rand.New(rand.NewPCG(1, 2))
	labels, given := make([]string, answers), make([]int, answers)
	for i := range given {
		labels[i], given[i] = "label "+strconv.Itoa(rng.IntN(100)), rng.IntN(11)
	}
	b.Run("counters", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var s survey.Survey
			for i, label := range labels {
				if err := s.Add(label, given[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			kept := map[string][]int{}
			for i, label := range labels {
				kept[label] = append(kept[label], given[i])
			}
			for _, all := range kept {
				if _, err := survey.Count(survey.Scale{}, all...); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
