package schedule

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what the rules of this package judge: a plan on a day, and the plan
// that was agreed on if there is one. What was reported after AsOf has not
// happened yet.
type Facts struct {
	Plan     *Plan
	Baseline *Plan // nil if none was agreed on
	AsOf     calendar.Date
}

// A Metric is one of the fourteen points by which the Defense Contract
// Management Agency of the United States assesses schedules (DCMA-EA PAM 200.1,
// "Earned Value Management System Program Analysis Pamphlet", 2012): a share
// that should be small, or an index that should be large.
type Metric struct {
	Code   verdict.Code   `json:"code"` // of the rule that judges it, SCHED-001 to SCHED-014
	Title  string         `json:"title"`
	Value  ratio.Ratio    `json:"value"` // undefined, with the reason, where there is nothing to measure
	Limit  ratio.Ratio    `json:"limit"`
	Index  bool           `json:"index,omitempty"` // Value should reach Limit; a share should not exceed it
	Status verdict.Status `json:"status"`
	Which  []string       `json:"which,omitempty"` // ids or links that count against it, ascending
}

// Metrics returns the fourteen points, in order. They leave out what is finished
// unless it is just that which they are about.
func (f Facts) Metrics() []Metric {
	metrics := make([]Metric, len(points))
	for i := range points {
		metrics[i] = f.metric(&points[i])
	}
	return metrics
}

// A measure is the value of a metric and what counts against it. An undefined
// value has a reason; waits says that it will have a value once more is known.
type measure struct {
	value ratio.Ratio
	which []string
	waits bool
}

// share measures what part of a number of things counts against a metric.
func share(which []string, of int, what string) measure {
	return measure{value: ratio.Of(int64(len(which)), int64(of), "there are no "+what), which: which}
}

// idle is the measure of what does not apply, and awaited that of what cannot be
// taken yet.
func idle(reason string) measure { return measure{value: ratio.Undefined(reason)} }

func awaited(reason string) measure { return measure{value: ratio.Undefined(reason), waits: true} }

func (f Facts) metric(p *point) Metric {
	m := Metric{Code: p.code, Title: p.title, Limit: p.limit, Index: p.index}
	taken := awaited("there is no plan")
	if f.Plan != nil {
		taken = p.take(f)
	}
	m.Value, m.Which = taken.value, taken.which
	switch {
	case taken.waits:
		m.Status = verdict.Unassessed
	case !m.Value.Defined():
		m.Status = verdict.NotApplicable
	case p.index && m.Value.AtLeast(p.limit), !p.index && p.limit.AtLeast(m.Value):
		m.Status = verdict.Met
	default:
		m.Status = verdict.NotMet
	}
	return m
}

// open returns the positions of what is not finished and passes keep.
func (p *Plan) left(keep func(at int) bool) []int32 {
	var list []int32
	for at, s := range p.model.states {
		if s != Finished && keep(at) {
			list = append(list, int32(at))
		}
	}
	return list
}

// everything keeps all.
func everything(int) bool { return true }

// work keeps what is no milestone.
func (p *Plan) work(at int) bool { return p.model.kinds[at] == Work }

// against returns the ids of those positions that are bad, ascending.
func (p *Plan) against(list []int32, bad func(at int) bool) []string {
	var ids []string
	for _, at := range list {
		if bad(int(at)) {
			ids = append(ids, p.model.id(int(at)))
		}
	}
	slices.Sort(ids)
	return ids
}

// ties measures the share of the links to what is not finished that are bad.
func (p *Plan) ties(bad func(r Relation) bool) measure {
	m := p.model
	var which []string
	all := 0
	for e := range m.from {
		at := int(m.to[e])
		if m.states[at] == Finished {
			continue
		}
		all++
		if bad(m.relationOf(int32(e))) {
			which = append(which, m.link(at, int32(e)).String())
		}
	}
	slices.Sort(which)
	return share(which, all, "links to unfinished activities")
}
