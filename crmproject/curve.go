package crmproject

import (
	"cmp"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Headcount is the users of one role in one department, over all waves. Users
// who come in two waves count twice, as the waves name them.
type Headcount struct {
	Department string `json:"department,omitempty"`
	Role       string `json:"role"`
	Users      int64  `json:"users"`
	Trained    int64  `json:"trained"`
	Live       int64  `json:"live"`
}

// Headcounts returns the users by department and role, in that order, with how
// many of them are trained, and live at asOf. ok is false if a count is negative
// or a sum does not fit.
func (p *Project) Headcounts(asOf calendar.Date) (counts []Headcount, ok bool) {
	type key struct{ department, role string }
	by := map[key]Headcount{}
	for _, w := range p.Waves {
		for _, g := range w.Groups {
			k := key{g.Department, g.Role}
			h := Headcount{g.Department, g.Role, g.Users, g.Trained, 0}
			if w.IsLive(asOf) {
				h.Live = g.Users
			}
			was := by[k]
			h.Users, h.Trained, h.Live = was.Users+h.Users, was.Trained+h.Trained, was.Live+h.Live
			if g.Users < 0 || g.Trained < 0 || h.Users < was.Users || h.Trained < was.Trained {
				return nil, false
			}
			by[k] = h
		}
	}
	counts = slices.Collect(maps.Values(by))
	slices.SortFunc(counts, func(a, b Headcount) int {
		return cmp.Or(cmp.Compare(a.Department, b.Department), cmp.Compare(a.Role, b.Role))
	})
	return counts, true
}

// A CurvePoint is a day on which users were to go live, went live or went back:
// how many were to be live at its end, and how many were.
type CurvePoint struct {
	On      calendar.Date `json:"on"`
	Waves   []string      `json:"waves"` // ids of the waves that move on the day, in the order of the plan
	Planned int64         `json:"planned"`
	Live    int64         `json:"live"`
	Share   ratio.Ratio   `json:"share"` // live over all users; undefined without users
}

// RolloutCurve returns the users live, wave by wave, as known at asOf: a point for
// each day on which something was planned or happened, in ascending order (CP-24).
// On days after asOf Live stays what it is. ok is false if a count is negative or a
// sum does not fit.
func (p *Project) RolloutCurve(asOf calendar.Date) (curve []CurvePoint, ok bool) {
	points := map[calendar.Date]*CurvePoint{}
	all := int64(0)
	for _, w := range p.Waves {
		users, _, fits := w.Users()
		if !fits || all+users < all {
			return nil, false
		}
		all += users
		move := func(on calendar.Date, planned, live int64) {
			if !on.IsValid() {
				return
			}
			if points[on] == nil {
				points[on] = &CurvePoint{On: on}
			}
			c := points[on]
			c.Planned, c.Live = c.Planned+planned, c.Live+live
			if !slices.Contains(c.Waves, w.ID) {
				c.Waves = append(c.Waves, w.ID)
			}
		}
		move(w.Planned, users, 0)
		if w.Live <= asOf {
			move(w.Live, 0, users)
			if w.Live.IsValid() && w.RolledBack <= asOf && w.RolledBack >= w.Live {
				move(w.RolledBack, 0, -users)
			}
		}
	}
	planned, live := int64(0), int64(0)
	for _, on := range slices.Sorted(maps.Keys(points)) {
		c := points[on]
		planned, live = planned+c.Planned, live+c.Live
		c.Planned, c.Live, c.Share = planned, live, ratio.Of(live, all, "no wave has users")
		curve = append(curve, *c)
	}
	return curve, true
}
