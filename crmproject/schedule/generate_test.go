package schedule_test

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/schedule"
)

// generator describes a generated network of the reference data: n activities
// in a row, each waiting for up to five of the window before it.
type generator struct {
	N       int    `json:"n"`
	Seed    uint64 `json:"seed"`
	Mixed   bool   `json:"mixed"`
	Window  int    `json:"W"`
	Shuffle bool   `json:"shuffle"`
}

// splitmix is the generator of Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", 2014.
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (s *splitmix) below(n int) int { return int(s.next() % uint64(n)) }

// definition returns the network; activity i of the reference has index i.
func (g generator) definition() schedule.Definition {
	random := splitmix(g.Seed)
	duration := make([]int, g.N)
	var links []schedule.Link
	var ends [][2]int
	for i := range g.N {
		if i%50 != 49 {
			duration[i] = 1 + random.below(20)
		}
		if i == 0 {
			continue
		}
		var used []int
		for range 1 + random.below(5) {
			j := i - 1 - random.below(min(i, g.Window))
			relation := g.relation(&random)
			if slices.Contains(used, j) {
				continue
			}
			used = append(used, j)
			ends = append(ends, [2]int{j, i})
			links = append(links, schedule.Link{Relation: relation})
		}
	}
	label := g.labels(&random)
	d := schedule.Definition{Activities: make([]schedule.Activity, g.N), Links: links}
	for i, at := range label {
		d.Activities[at] = schedule.Activity{ID: fmt.Sprintf("A%07d", at), Duration: duration[i]}
	}
	for e, end := range ends {
		links[e].From, links[e].To = d.Activities[label[end[0]]].ID, d.Activities[label[end[1]]].ID
	}
	return d
}

func (g generator) relation(random *splitmix) schedule.Relation {
	t, l, x := random.below(100), random.below(10), random.next()
	var r schedule.Relation
	if !g.Mixed {
		return r
	}
	switch {
	case t < 70:
	case t < 85:
		r.Type = schedule.SS
	case t < 95:
		r.Type = schedule.FF
	default:
		r.Type = schedule.SF
	}
	switch {
	case l < 7:
	case l < 9:
		r.Lag.Amount = 1 + int(x%5)
	default:
		r.Lag.Amount = -(1 + int(x%3))
	}
	return r
}

func (g generator) labels(random *splitmix) []int {
	label := make([]int, g.N)
	for i := range label {
		label[i] = i
	}
	if g.Shuffle {
		for i := g.N - 1; i >= 1; i-- {
			j := random.below(i + 1)
			label[i], label[j] = label[j], label[i]
		}
	}
	return label
}
