package survival

import (
	"slices"
	"sort"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Risk is a column of the table under a survival chart.
type Risk struct {
	Time     int64 `json:"time"`
	AtRisk   int64 `json:"atRisk"`   // followed immediately before the time
	Events   int64 `json:"events"`   // since the column before, up to the time, included
	Censored int64 `json:"censored"` // likewise
}

// AtRisk returns how many subjects were still followed at each of the given times,
// which must ascend, and what happened in between: the table that belongs under
// every chart of a curve, since the right end of a curve rests on few. Times below
// 0, or not above the one before, are located errors.
func (s *Sample) AtRisk(times ...int64) ([]Risk, error) {
	var faults verdict.Faults
	for i, t := range times {
		if t < 0 || i > 0 && t <= times[i-1] {
			faults.Addf(verdict.At("times", i), "%w: %d", verdict.ErrRange, t)
		}
	}
	if err := wrap(&faults); err != nil {
		return nil, err
	}
	risks := make([]Risk, len(times))
	for i, t := range times {
		risks[i].Time = t
	}
	counts := slices.Collect(s.Counts())
	for _, n := range counts {
		if i := sort.Search(len(times), func(i int) bool { return n.Time <= times[i] }); i < len(times) {
			risks[i].Events += n.Events
			risks[i].Censored += n.Censored
		}
	}
	for i := range risks {
		if j := sort.Search(len(counts), func(j int) bool { return counts[j].Time >= times[i] }); j < len(counts) {
			risks[i].AtRisk = counts[j].AtRisk
		}
	}
	return risks, nil
}
