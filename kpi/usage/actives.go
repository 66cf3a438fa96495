package usage

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Actives are the users active in rolling windows, day by day. It is a plain value
// with a JSON form.
type Actives struct {
	Observed calendar.Interval `json:"observed"` // first and last day of the observation, both included
	Counts   Counts            `json:"counts"`
	Windows  []int             `json:"windows"` // in days, as asked for
	Days     []Day             `json:"days"`    // every day of the observation
}

// A Day is the users active in the windows that end on it, the day included.
type Day struct {
	Day    calendar.Date `json:"day"`
	Active []Active      `json:"active"` // by window, in the order of Actives.Windows
}

// Active is the number of different users active in a window.
type Active struct {
	Window   int   `json:"window"`   // in days
	Users    int64 `json:"users"`    // seen so far, if the window is not complete
	Complete bool  `json:"complete"` // the whole window was observed
}

// Value returns the number of users, undefined while the window reaches back to
// before the observation began.
func (a Active) Value() ratio.Ratio {
	if !a.Complete {
		return ratio.Undefined(Incomplete)
	}
	return ratio.Int(a.Users)
}

// Rolling returns the users active in windows of so many days up to each day of the
// observation, such as 1, 7 and 30 for DAU, WAU and MAU; none means 1, 7, 28 and 30.
// Of the observation, the last day must be given. Without a first day, it begins with
// the first event of the log, whatever its action. Windows that reach back further
// are not complete.
//
// It takes time in proportion to events times windows. The error reports every fault
// of the arguments.
func Rolling[K kpi.Key](l *Log[K], observation calendar.Interval, o Options[K], windows ...int) (Actives, error) {
	if len(windows) == 0 {
		windows = []int{1, 7, 28, 30}
	}
	observation = observed(l, observation)
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "observation", observation)
	for i, w := range windows {
		if w < 1 {
			faults.Addf(verdict.At("windows", i), "%w: %d", verdict.ErrRange, w)
		} else if slices.Contains(windows[:i], w) {
			faults.Addf(verdict.At("windows", i), "%w: %d", verdict.ErrDuplicate, w)
		}
	}
	if err := wrap(&faults); err != nil {
		return Actives{}, err
	}
	a := Actives{Observed: observation, Windows: slices.Clone(windows)}
	users := gather(l, observation, o, &a.Counts)
	for i := range int(observation.Until-observation.From) + 1 {
		a.Days = append(a.Days, Day{observation.From + calendar.Date(i), make([]Active, 0, len(windows))})
	}
	for _, w := range windows {
		for i, n := range roll(users, observation, w) {
			a.Days[i].Active = append(a.Days[i].Active, Active{w, n, i+1 >= w})
		}
	}
	return a, nil
}

// roll counts users in windows of w days by marking where each user appears in the
// count and where he drops out of it: on the day of an action, unless he is in it
// already, and w days after the last.
func roll[K kpi.Key](users []user[K], span calendar.Interval, w int) []int64 {
	n := int(span.Until-span.From) + 1
	w = min(w, n)
	change := make([]int64, n+1)
	for _, u := range users {
		for i, d := range u.days {
			at := int(d - span.From)
			out := at + w
			if i+1 < len(u.days) {
				out = min(out, int(u.days[i+1]-span.From))
			}
			change[at]++
			change[min(out, n)]--
		}
	}
	for i := 1; i < n; i++ {
		change[i] += change[i-1]
	}
	return change[:n]
}

// On returns the users active in the window of so many days that ends on a day. It
// is false if the day was not observed or the window was not asked for.
func (a Actives) On(day calendar.Date, window int) (Active, bool) {
	if !a.Observed.Contains(day) || int(day-a.Observed.From) >= len(a.Days) {
		return Active{}, false
	}
	for _, x := range a.Days[day-a.Observed.From].Active {
		if x.Window == window {
			return x, true
		}
	}
	return Active{}, false
}

// Ratio returns the users of a short window over those of a long one on a day, such
// as DAU/MAU with 1 and 30. It is undefined if either window is not complete, or
// nobody was active.
func (a Actives) Ratio(day calendar.Date, short, long int) ratio.Ratio {
	x, okShort := a.On(day, short)
	y, okLong := a.On(day, long)
	if !okShort || !okLong || !x.Complete || !y.Complete {
		return ratio.Undefined(Incomplete)
	}
	return ratio.Of(x.Users, y.Users, NobodyHere)
}

// Stickiness returns the mean daily active users over the window of so many days that
// ends on a day, over the users active in that window: what share of the window an
// active user was active, on average. Unlike the ratio of one day, it does not depend
// on which day of the week that is. The windows 1 and the given one must have been
// asked for.
func (a Actives) Stickiness(day calendar.Date, window int) ratio.Ratio {
	whole, ok := a.On(day, window)
	if !ok || !whole.Complete {
		return ratio.Undefined(Incomplete)
	}
	mean := a.Mean(calendar.Interval{From: day - calendar.Date(window) + 1, Until: day}, 1)
	return mean.Mul(ratio.Of(1, whole.Users, NobodyHere))
}

// Mean returns the mean number of users active in a window over a range of days,
// such as the mean DAU of a month. It is undefined unless every day of the range was
// observed with a complete window.
func (a Actives) Mean(days calendar.Interval, window int) ratio.Ratio {
	if !days.IsValid() || days.From < a.Observed.From || days.Until > a.Observed.Until {
		return ratio.Undefined(Incomplete)
	}
	sum := int64(0)
	for day := range days.Days() {
		x, ok := a.On(day, window)
		if !ok || !x.Complete {
			return ratio.Undefined(Incomplete)
		}
		sum += x.Users
	}
	return ratio.New(sum, int64(days.Until-days.From)+1)
}
