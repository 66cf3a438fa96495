package crmproject

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A QualityTarget is a line of the quality plan: what is to be reached, and how it
// is measured (CP-32).
type QualityTarget struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"`
	Measure string      `json:"measure,omitempty"` // how it is measured
	Target  ratio.Ratio `json:"target,omitzero"`
	Owner   string      `json:"owner,omitempty"` // id of a team member
}

// A MilestoneDate is the date that a milestone has in a baseline.
type MilestoneDate struct {
	ID  string        `json:"id"`
	Due calendar.Date `json:"due"`
}

// A CategoryTotal is what the lines of a category come to in a baseline.
type CategoryTotal struct {
	Category Category     `json:"category"`
	Planned  money.Amount `json:"planned"`
}

// A Baseline is the plan as it was agreed: what is in scope, until when, for how
// much money, at which quality (CP-27, CP-35). It is a value, numbered from 1, and
// never changed: an approved change makes the next one. Its lists are sorted by id,
// the budget by category.
type Baseline struct {
	Number int           `json:"number"`
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	Change string        `json:"change,omitempty"` // id of the change that made it; empty for the first
	Reason string        `json:"reason,omitempty"`

	Scope       []string        `json:"scope,omitempty"` // ids of what is in scope
	End         calendar.Date   `json:"end,omitzero"`
	Milestones  []MilestoneDate `json:"milestones,omitempty"`
	Activities  []ActivityDates `json:"activities,omitempty"` // of those that have both dates
	Budget      []CategoryTotal `json:"budget,omitempty"`
	Contingency money.Amount    `json:"contingency,omitzero"`
	Total       money.Amount    `json:"total,omitzero"`
	Quality     []QualityTarget `json:"quality,omitempty"`

	// Previous is the [Baseline.Digest] of the baseline before, empty for the first.
	Previous string `json:"previous,omitempty"`
}

// Digest returns the SHA-256 of everything in the baseline, in hexadecimal. Each
// baseline holds the digest of the one before, so that none can be edited later
// without a trace.
func (b Baseline) Digest() string {
	text := fmt.Appendf(nil, "baseline %d %d %q %q %q %d %q %q %q\n",
		b.Number, b.On, b.By, b.Change, b.Reason, b.End, b.Contingency, b.Total, b.Previous)
	for _, id := range b.Scope {
		text = fmt.Appendf(text, "scope %q\n", id)
	}
	for _, m := range b.Milestones {
		text = fmt.Appendf(text, "milestone %q %d\n", m.ID, m.Due)
	}
	for _, a := range b.Activities {
		text = fmt.Appendf(text, "activity %q %d %d\n", a.ID, a.Start, a.Finish)
	}
	for _, c := range b.Budget {
		text = fmt.Appendf(text, "budget %d %q\n", c.Category, c.Planned)
	}
	for _, q := range b.Quality {
		text = fmt.Appendf(text, "quality %q %q %q %q %q\n", q.ID, q.Title, q.Measure, q.Target, q.Owner)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Errors of freezing a baseline and approving a change.
var (
	ErrFrozen     = errors.New("there is a baseline already")  // the first baseline is made once
	ErrNoBaseline = errors.New("there is no baseline yet")     // a change needs one to change
	ErrState      = errors.New("the change is not assessed")   // only an assessed change is approved
	ErrStale      = errors.New("the baseline has moved on")    // it was assessed against an older one
	ErrOwn        = errors.New("requested by the approver")    // nobody approves his own change
	ErrImpact     = errors.New("impact and delta disagree")    // what was assessed is not what would be applied
	ErrNoEffect   = errors.New("the change moves nothing")     // it makes no baseline
	ErrBackdated  = errors.New("before what it is based on")   // decided before the request or the baseline
	errUnsummable = errors.New("the lines cannot be added up") // two currencies, or too much
)

// A Freezing is the decision to make the plan the first baseline.
type Freezing struct {
	On     calendar.Date
	By     string
	Scope  []string // ids of what is in scope
	Reason string
}

// Baseline returns the baseline in force, the last one; ok is false if there is
// none.
func (p *Project) Baseline() (b Baseline, ok bool) {
	if len(p.Baselines) == 0 {
		return Baseline{}, false
	}
	return p.Baselines[len(p.Baselines)-1], true
}

// Freeze returns the project with its plan kept as baseline 1. The project itself
// is unchanged; the new one shares with it what is not changed. The error has every
// fault, located by path; it wraps [ErrFrozen] if there is a baseline.
func (p *Project) Freeze(f Freezing) (*Project, error) {
	var faults verdict.Faults
	if len(p.Baselines) > 0 {
		faults.Addf("baselines", "%w: number %d", ErrFrozen, len(p.Baselines))
	}
	required(&faults, "on", f.On.IsValid())
	required(&faults, "by", f.By != "")
	distinct(&faults, "scope", f.Scope)
	b, err := p.picture()
	faults.Add("budget.lines", err)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b.Number, b.On, b.By, b.Reason = 1, f.On, f.By, f.Reason
	b.Scope = slices.Sorted(slices.Values(f.Scope))
	next := *p
	next.Baselines = []Baseline{b}
	return &next, nil
}

// picture returns the plan as it stands, as a baseline without number, history and
// scope.
func (p *Project) picture() (Baseline, error) {
	b := Baseline{End: p.End, Contingency: p.Budget.Contingency, Total: p.Budget.Total, Quality: slices.Clone(p.Quality)}
	sums := map[Category]money.Amount{}
	for _, l := range p.Budget.Lines {
		sum, err := sums[l.Category].Add(l.Planned)
		if err != nil {
			return Baseline{}, fmt.Errorf("%w: %w", errUnsummable, err)
		}
		sums[l.Category] = sum
	}
	for _, c := range slices.Sorted(maps.Keys(sums)) {
		b.Budget = append(b.Budget, CategoryTotal{c, sums[c]})
	}
	for _, m := range p.Milestones {
		b.Milestones = append(b.Milestones, MilestoneDate{m.ID, m.Due})
	}
	for _, a := range p.Activities {
		if a.dated() {
			b.Activities = append(b.Activities, ActivityDates{a.ID, a.Start, a.Finish})
		}
	}
	slices.SortFunc(b.Milestones, func(a, c MilestoneDate) int { return cmp.Compare(a.ID, c.ID) })
	slices.SortFunc(b.Activities, func(a, c ActivityDates) int { return cmp.Compare(a.ID, c.ID) })
	slices.SortFunc(b.Quality, func(a, c QualityTarget) int { return cmp.Compare(a.ID, c.ID) })
	return b, nil
}
