package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Tally counts what happened to a scope since its baseline. Counts must not be
// negative.
type Tally struct {
	Baseline           int64 `json:"baseline"` // elements of the baseline
	AddedApproved      int64 `json:"addedApproved"`
	AddedUnapproved    int64 `json:"addedUnapproved"`
	DeletedApproved    int64 `json:"deletedApproved"`
	DeletedUnapproved  int64 `json:"deletedUnapproved"`
	ModifiedApproved   int64 `json:"modifiedApproved"`
	ModifiedUnapproved int64 `json:"modifiedUnapproved"`
}

// noBaseline is why a share of the baseline is undefined.
const noBaseline = "the baseline is empty: freeze a baseline first"

// Growth returns (added − deleted) / baseline: how much larger the scope is than
// agreed, negative if it shrank. It is undefined for an empty baseline, as are
// Creep and Volatility.
func (t Tally) Growth() ratio.Ratio {
	return t.share(sum(t.AddedApproved, t.AddedUnapproved).Sub(sum(t.DeletedApproved, t.DeletedUnapproved)))
}

// Creep returns unapproved added / baseline: how much crept in past change
// control. Deletions do not make up for it, as they do in Growth.
func (t Tally) Creep() ratio.Ratio { return t.share(sum(t.AddedUnapproved)) }

// Volatility returns (added + deleted + modified) / baseline: how much of the
// scope moved at all. It can exceed 1.
func (t Tally) Volatility() ratio.Ratio {
	return t.share(sum(t.AddedApproved, t.AddedUnapproved, t.DeletedApproved, t.DeletedUnapproved,
		t.ModifiedApproved, t.ModifiedUnapproved))
}

// Controlled returns approved added / added: the share of what was added that
// went through change control. It is undefined if nothing was added.
func (t Tally) Controlled() ratio.Ratio {
	added := sum(t.AddedApproved, t.AddedUnapproved)
	if added.Defined() && added.Sign() == 0 {
		return ratio.Undefined("nothing was added")
	}
	return sum(t.AddedApproved).Quo(added)
}

func (t Tally) share(n ratio.Ratio) ratio.Ratio {
	if t.Baseline == 0 {
		return ratio.Undefined(noBaseline)
	}
	return n.Quo(sum(t.Baseline))
}

// sum adds counts; a negative one or an overflow makes it undefined.
func sum(counts ...int64) ratio.Ratio {
	total := ratio.Int(0)
	for _, n := range counts {
		if n < 0 {
			return ratio.Undefined("a count is negative")
		}
		total = total.Add(ratio.Int(n))
	}
	return total
}

// A CreepReport holds a scope against its baseline.
type CreepReport struct {
	Version    int         `json:"version"` // of the baseline
	Tally      Tally       `json:"tally"`
	Growth     ratio.Ratio `json:"growth"`
	Creep      ratio.Ratio `json:"creep"`
	Volatility ratio.Ratio `json:"volatility"`
	Controlled ratio.Ratio `json:"controlled"`
	Touches    []Trace     `json:"touches,omitempty"`    // by kind and id
	Open       []Trace     `json:"open,omitempty"`       // approved, but not to be seen in the statement yet
	Reinstated []string    `json:"reinstated,omitempty"` // exclusions of the baseline that are gone
}

// A Trace is a touch with the change request that approved it.
type Trace struct {
	Touch
	Change string `json:"change,omitempty"` // id of the request, empty if nobody approved the touch
}

// Creep holds a statement against a baseline. A touch is approved if a change
// request that was approved ([Change.Approved]) names it: the same operation on
// the same element. Requests that were assessed against an earlier version than
// the baseline are already part of it, and are passed over, as are those that
// were not approved; so the whole list of requests may be given. If several
// requests name a touch, the first is shown.
func Creep(base Baseline, now Statement, changes []Change) CreepReport {
	approved := changesSince(base, changes)
	r := CreepReport{Version: base.Version, Tally: Tally{Baseline: int64(len(base.Elements))}}
	diff := Diff(base.Elements, now.Elements())
	for _, touch := range diff {
		id := approverOf(touch, approved)
		*counter(&r.Tally, touch.Operation, id != "")++
		r.Touches = append(r.Touches, Trace{touch, id})
	}
	r.Open = openTouches(diff, approved)
	r.Reinstated = pick(base.Exclusions, func(x string) bool { return !slices.Contains(now.Scope.Exclusions, x) })
	r.Growth, r.Creep, r.Volatility, r.Controlled = r.Tally.Growth(), r.Tally.Creep(), r.Tally.Volatility(), r.Tally.Controlled()
	return r
}

// changesSince returns the approved requests that are not yet part of the
// baseline.
func changesSince(base Baseline, changes []Change) []Change {
	return pick(changes, func(c Change) bool { return c.Approved() && c.Assessment.Baseline >= base.Version })
}

// approverOf returns the id of the request that names a touch.
func approverOf(t Touch, approved []Change) string {
	for _, c := range approved {
		if slices.Contains(c.Delta, t) {
			return c.ID
		}
	}
	return ""
}

// openTouches returns what was approved and is not in the difference.
func openTouches(diff []Touch, approved []Change) []Trace {
	var open []Trace
	for _, c := range approved {
		for _, t := range c.Delta {
			if !slices.Contains(diff, t) {
				open = append(open, Trace{t, c.ID})
			}
		}
	}
	slices.SortStableFunc(open, func(a, b Trace) int { return compareTouches(a.Touch, b.Touch) })
	return open
}

// counter returns the count that a touch belongs to.
func counter(t *Tally, op Operation, approved bool) *int64 {
	counters := map[Operation][2]*int64{
		Added:    {&t.AddedUnapproved, &t.AddedApproved},
		Deleted:  {&t.DeletedUnapproved, &t.DeletedApproved},
		Modified: {&t.ModifiedUnapproved, &t.ModifiedApproved},
	}[op]
	if approved {
		return counters[1]
	}
	return counters[0]
}
