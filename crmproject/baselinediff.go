package crmproject

import (
	"fmt"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A DateShift is a date that differs. A side that has no date is zero, and Days is
// then 0; otherwise Days is above 0 if it comes later.
type DateShift struct {
	ID   string        `json:"id,omitempty"`
	From calendar.Date `json:"from,omitzero"`
	To   calendar.Date `json:"to,omitzero"`
	Days int           `json:"days"`
}

// A MoneyShift is an amount that differs. By is to less from.
type MoneyShift struct {
	Category Category     `json:"category,omitzero"`
	From     money.Amount `json:"from"`
	To       money.Amount `json:"to"`
	By       money.Amount `json:"by"`
}

// A QualityShift is a quality target that differs; a side that lacks it is zero.
type QualityShift struct {
	ID   string        `json:"id"`
	From QualityTarget `json:"from,omitzero"`
	To   QualityTarget `json:"to,omitzero"`
}

// An ActivityShift is an activity whose planned dates differ. Days is by how many
// days its finish comes later.
type ActivityShift struct {
	ID   string            `json:"id"`
	From calendar.Interval `json:"from"`
	To   calendar.Interval `json:"to"`
	Days int               `json:"days"`
}

// A BaselineDiff is what differs between two baselines, by dimension. Equal parts
// are left out; the lists are sorted by id or category.
type BaselineDiff struct {
	From         int         `json:"from"`
	To           int         `json:"to"`
	ScopeAdded   []string    `json:"scopeAdded,omitempty"`
	ScopeDropped []string    `json:"scopeDropped,omitempty"`
	End          DateShift   `json:"end,omitzero"`
	Milestones   []DateShift `json:"milestones,omitempty"`
	// Activities holds those that both sides have dates of: which activities there
	// are is a matter of the scope, and of how finely it is planned.
	Activities  []ActivityShift `json:"activities,omitempty"`
	Budget      []MoneyShift    `json:"budget,omitempty"`
	Contingency MoneyShift      `json:"contingency,omitzero"`
	Total       MoneyShift      `json:"total,omitzero"`
	Quality     []QualityShift  `json:"quality,omitempty"`
}

// Empty reports whether nothing differs.
func (d BaselineDiff) Empty() bool {
	return len(d.ScopeAdded)+len(d.ScopeDropped)+len(d.Milestones)+len(d.Activities)+len(d.Budget)+len(d.Quality) == 0 &&
		d.End == DateShift{} && d.Contingency == MoneyShift{} && d.Total == MoneyShift{}
}

// Diff returns what differs from b to other. The error is two currencies.
func (b Baseline) Diff(other Baseline) (BaselineDiff, error) {
	d := BaselineDiff{From: b.Number, To: other.Number}
	d.ScopeAdded, d.ScopeDropped = lacking(other.Scope, b.Scope), lacking(b.Scope, other.Scope)
	if b.End != other.End {
		d.End = shift("", b.End, other.End)
	}
	from, to := dates(b.Milestones), dates(other.Milestones)
	for _, id := range keysOf(from, to) {
		if from[id] != to[id] {
			d.Milestones = append(d.Milestones, shift(id, from[id], to[id]))
		}
	}
	d.Activities = shiftActivities(b.Activities, other.Activities)
	before, after := totals(b.Budget), totals(other.Budget)
	for _, c := range keysOf(before, after) {
		by, err := shiftMoney(before[c], after[c])
		if err != nil {
			return BaselineDiff{}, err
		}
		if by.Category = c; by.By.Sign() != 0 {
			d.Budget = append(d.Budget, by)
		}
	}
	var err error
	if d.Contingency, err = shiftMoney(b.Contingency, other.Contingency); err != nil {
		return BaselineDiff{}, err
	}
	if d.Total, err = shiftMoney(b.Total, other.Total); err != nil {
		return BaselineDiff{}, err
	}
	was, now := targets(b.Quality), targets(other.Quality)
	for _, id := range keysOf(was, now) {
		if was[id] != now[id] {
			d.Quality = append(d.Quality, QualityShift{id, was[id], now[id]})
		}
	}
	return d, nil
}

// BaselineDiff returns what differs between two of the project's baselines, by
// their numbers. The error wraps verdict.ErrUnknown if there is no such baseline.
func (p *Project) BaselineDiff(from, to int) (BaselineDiff, error) {
	for _, n := range []int{from, to} {
		if n < 1 || n > len(p.Baselines) {
			return BaselineDiff{}, fmt.Errorf("crmproject: baseline %d: %w", n, verdict.ErrUnknown)
		}
	}
	return p.Baselines[from-1].Diff(p.Baselines[to-1])
}

// Drift returns what differs from the baseline in force to the plan as it stands:
// dates, money and quality. The scope is kept elsewhere and is taken as agreed. ok
// is false without a baseline; the error is two currencies.
func (p *Project) Drift() (d BaselineDiff, ok bool, err error) {
	base, ok := p.Baseline()
	if !ok {
		return BaselineDiff{}, false, nil
	}
	now, err := p.picture()
	if err != nil {
		return BaselineDiff{}, true, err
	}
	now.Number, now.Scope = base.Number, base.Scope
	d, err = base.Diff(now)
	return d, true, err
}

func shift(id string, from, to calendar.Date) DateShift {
	days, _ := to.DaysSince(from)
	return DateShift{id, from, to, days}
}

// shiftActivities returns the activities of both lists whose dates differ.
func shiftActivities(from, to []ActivityDates) []ActivityShift {
	was := make(map[string]ActivityDates, len(from))
	for _, a := range from {
		was[a.ID] = a
	}
	var shifts []ActivityShift
	for _, now := range to {
		before, both := was[now.ID]
		if !both || before == now {
			continue
		}
		s := shift(now.ID, before.Finish, now.Finish)
		shifts = append(shifts, ActivityShift{
			now.ID, calendar.Interval{From: before.Start, Until: before.Finish}, calendar.Interval{From: now.Start, Until: now.Finish}, s.Days,
		})
	}
	return shifts
}

// shiftMoney returns the zero shift for equal amounts.
func shiftMoney(from, to money.Amount) (MoneyShift, error) {
	by, err := to.Sub(from)
	if err != nil {
		return MoneyShift{}, fmt.Errorf("crmproject: baselines: %w", err)
	}
	if by.Sign() == 0 {
		return MoneyShift{}, nil
	}
	return MoneyShift{From: from, To: to, By: by}, nil
}

// lacking returns what is in list and not in other, in the order of list.
func lacking(list, other []string) []string {
	have := idSet(other, func(id string) string { return id })
	return filtered(list, func(id string) bool { return !have[id] })
}

// keysOf returns the keys of both maps, in ascending order.
func keysOf[K string | Category, V any](a, b map[K]V) []K {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.Sorted(maps.Keys(all))
}

func dates(list []MilestoneDate) map[string]calendar.Date {
	m := make(map[string]calendar.Date, len(list))
	for _, v := range list {
		m[v.ID] = v.Due
	}
	return m
}

func totals(list []CategoryTotal) map[Category]money.Amount {
	m := make(map[Category]money.Amount, len(list))
	for _, v := range list {
		m[v.Category] = v.Planned
	}
	return m
}

func targets(list []QualityTarget) map[string]QualityTarget {
	m := make(map[string]QualityTarget, len(list))
	for _, v := range list {
		m[v.ID] = v
	}
	return m
}
