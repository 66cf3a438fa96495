package usage

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Features is which features of the CRM its users use, in a range of days. It is a
// plain value with a JSON form.
type Features struct {
	Days     calendar.Interval `json:"days"`
	Counts   Counts            `json:"counts"`
	Missing  string            `json:"missing,omitempty"` // why shares and means are undefined, empty if they are not
	Active   int64             `json:"active"`            // users with any action that counts
	Features []Feature         `json:"features"`          // in ascending order of Action
	Breadth  []int64           `json:"breadth,omitempty"` // [k−1]: users who used k different features
}

// A Feature is the use of one action.
type Feature struct {
	Action string `json:"action"`
	Users  Share  `json:"users"`  // who used it, of the active users
	Events int64  `json:"events"` // how often
	Total  int64  `json:"total"`  // events of all features
}

// EventShare returns the part of all events that are of this action: of an action
// by which data are entered, the data-entry share.
func (f Feature) EventShare() ratio.Ratio {
	return Share{Users: f.Events, Of: f.Total, Missing: f.Users.Missing}.Rate()
}

// MeanBreadth returns how many different features an active user uses on average.
func (f Features) MeanBreadth() ratio.Ratio {
	if f.Missing != "" {
		return ratio.Undefined(f.Missing)
	}
	sum := int64(0)
	for k, n := range f.Breadth {
		sum += int64(k+1) * n
	}
	return ratio.Of(sum, f.Active, NobodyHere)
}

// Feature returns the use of one action, and false if it does not occur and was not
// asked for.
func (f Features) Feature(action string) (Feature, bool) {
	i := slices.IndexFunc(f.Features, func(x Feature) bool { return x.Action == action })
	if i < 0 {
		return Feature{}, false
	}
	return f.Features[i], true
}

// Adoption returns which features were used in the range of days, by how many of
// the active users. Actions named in the options are there even if nobody used them.
// The error reports every fault of the arguments.
func Adoption[K kpi.Key](l *Log[K], days calendar.Interval, o Options[K]) (Features, error) {
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "days", days)
	if err := wrap(&faults); err != nil {
		return Features{}, err
	}
	f := Features{Days: days, Missing: o.missing(days)}
	keys := l.Users()
	used := make([]int, len(keys)) // number of features, by user
	for _, action := range actionsOf(l, o) {
		var one Counts
		g := gathering[K]{keys: keys, span: days, o: o, counts: &one}
		if h := l.actions[action]; h != nil {
			g.take(h.Ledger(), o.counts(action))
		}
		f.Counts.add(one)
		if !o.counts(action) {
			continue
		}
		slices.Sort(g.who)
		who := slices.Compact(g.who)
		for _, u := range who {
			used[u]++
		}
		f.Features = append(f.Features, Feature{Action: action, Users: Share{Users: int64(len(who))}, Events: one.Used})
	}
	return finished(f, used), nil
}

// actionsOf returns the actions of the log and of the options, in ascending order.
func actionsOf[K kpi.Key](l *Log[K], o Options[K]) []string {
	all := append(l.Actions(), o.Actions...)
	slices.Sort(all)
	return slices.Compact(all)
}

// finished fills in what depends on all features.
func finished(f Features, used []int) Features {
	f.Breadth = make([]int64, len(f.Features))
	for _, k := range used {
		if k > 0 {
			f.Active++
			f.Breadth[k-1]++
		}
	}
	for i := range f.Features {
		f.Features[i].Users.Of, f.Features[i].Total = f.Active, f.Counts.Used
		f.Features[i].Users.Missing = f.Missing
	}
	return f
}

func (c *Counts) add(d Counts) {
	c.Events += d.Events
	c.Used += d.Used
	c.Ignored += d.Ignored
	c.Earlier += d.Earlier
	c.Later += d.Later
}

// A Mix parts the active users of a range of days into those who work in the CRM and
// those who only look in.
type Mix struct {
	Days   calendar.Interval `json:"days"`
	Valued Share             `json:"valued"` // with a valued action, of the active users
	Idle   Share             `json:"idle"`   // without: logged in, and no more
}

// Work returns how many of the active users did something of value, such as entering
// data, in the range of days. Which actions are valued is the caller's to say;
// at least one. The error reports every fault of the arguments.
func Work[K kpi.Key](l *Log[K], days calendar.Interval, valued []string, o Options[K]) (Mix, error) {
	var faults verdict.Faults
	o.check(&faults)
	checkSpan(&faults, "days", days)
	if len(valued) == 0 {
		faults.Missing("valued")
	}
	checkActions(&faults, "valued", valued)
	if err := wrap(&faults); err != nil {
		return Mix{}, err
	}
	var c Counts
	all := int64(len(gather(l, days, o, &c)))
	o.Actions = slices.DeleteFunc(slices.Clone(valued), func(action string) bool { return !o.counts(action) })
	some := int64(0)
	if len(o.Actions) > 0 {
		some = int64(len(gather(l, days, o, &c)))
	}
	missing := o.missing(days)
	return Mix{days, Share{some, all, missing}, Share{all - some, all, missing}}, nil
}
