package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Routine is a control or a service that comes again and again: watching the
// system, checking the data, training, support (CP-23, CP-26, CP-28, CP-37,
// CP-38). Control runs alongside every phase, so a routine has its own dates.
type Routine struct {
	ID    string          `json:"id"`
	Kind  RoutineKind     `json:"kind"`
	Title string          `json:"title"`
	Owner string          `json:"owner,omitempty"`
	Every calendar.Period `json:"every"`
	Start calendar.Date   `json:"start"` // the first time is due on this day
	Until calendar.Date   `json:"until,omitzero"`
	Runs  []RoutineRun    `json:"runs,omitempty"`
}

// A RoutineRun is one time that a routine was carried out.
type RoutineRun struct {
	On     calendar.Date `json:"on"`
	By     string        `json:"by,omitempty"`
	Result string        `json:"result,omitempty"` // what was seen
	Issues []string      `json:"issues,omitempty"` // ids of the issues raised
}

// Last returns the latest run up to asOf, no date if there is none.
func (r Routine) Last(asOf calendar.Date) calendar.Date {
	var last calendar.Date
	for _, run := range r.Runs {
		if run.On <= asOf {
			last = max(last, run.On)
		}
	}
	return last
}

// Due returns the day on which the routine is due next, seen at asOf: a period
// after its last run, or its first day. It is no date if the routine is over.
func (r Routine) Due(asOf calendar.Date) calendar.Date {
	due := r.Start
	if last := r.Last(asOf); last.IsValid() {
		due = r.Every.After(last)
	}
	if r.Until.IsValid() && due > r.Until {
		return 0
	}
	return due
}

// DaysOverdue returns by how many days the routine is past its due date at asOf.
func (r Routine) DaysOverdue(asOf calendar.Date) int { return daysLate(r.Due(asOf), 0, asOf) }

// An Issue is a problem that is there, as a risk is one that may come (RI-08).
type Issue struct {
	ID         string           `json:"id"`
	Title      string           `json:"title"`
	Kind       IssueKind        `json:"kind"`
	Severity   verdict.Severity `json:"severity"`
	Impact     string           `json:"impact,omitempty"`
	Owner      string           `json:"owner,omitempty"`
	Wave       string           `json:"wave,omitempty"` // the wave in which it came up
	Risk       string           `json:"risk,omitempty"` // id of the risk that has happened
	Opened     calendar.Date    `json:"opened"`
	Due        calendar.Date    `json:"due,omitzero"`
	Resolved   calendar.Date    `json:"resolved,omitzero"`
	Resolution string           `json:"resolution,omitempty"`
}

// Open reports whether the issue was there and not resolved at asOf.
func (i Issue) Open(asOf calendar.Date) bool {
	return i.Opened <= asOf && (!i.Resolved.IsValid() || i.Resolved > asOf)
}

// A Change is a change to plan or scope (CP-27, CP-35, SC-25).
type Change struct {
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	Adjustments  []Adjustment  `json:"adjustments"`
	Source       ChangeSource  `json:"source"`
	Reason       string        `json:"reason,omitempty"`
	State        ChangeState   `json:"state"`
	RequestedBy  string        `json:"requestedBy"`
	RequestedOn  calendar.Date `json:"requestedOn"`
	Impact       Impact        `json:"impact,omitzero"`
	DecidedBy    string        `json:"decidedBy,omitempty"`
	DecidedOn    calendar.Date `json:"decidedOn,omitzero"`
	Communicated calendar.Date `json:"communicated,omitzero"` // when those affected were told (SC-26)

	DecideBy calendar.Date `json:"decideBy,omitzero"`  // the day by which it is to be decided
	Against  int           `json:"against,omitempty"`  // number of the baseline that it was assessed against
	Delta    Delta         `json:"delta,omitzero"`     // what it does to the plan
	Baseline int           `json:"baseline,omitempty"` // number of the baseline that it became, see [Project.Approve]
}

// An Impact is what a change would do. Each of the five must be assessed before a
// decision; "none" is an assessment, empty is not.
type Impact struct {
	Scope    string       `json:"scope,omitempty"`
	Schedule string       `json:"schedule,omitempty"`
	Cost     string       `json:"cost,omitempty"`
	Quality  string       `json:"quality,omitempty"`
	Risk     string       `json:"risk,omitempty"`
	Days     int          `json:"days,omitempty"` // delay of the end, negative if earlier
	Amount   money.Amount `json:"amount,omitzero"`
}

// Unassessed returns which of the five impacts are not assessed yet, in the
// order scope, schedule, cost, quality, risk.
func (i Impact) Unassessed() []string {
	var missing []string
	for _, part := range []struct{ name, text string }{
		{"scope", i.Scope}, {"schedule", i.Schedule}, {"cost", i.Cost}, {"quality", i.Quality}, {"risk", i.Risk},
	} {
		if part.text == "" {
			missing = append(missing, part.name)
		}
	}
	return missing
}

// Approved reports whether the change was approved by asOf, whatever became of
// it afterwards.
func (c Change) Approved(asOf calendar.Date) bool {
	switch c.State {
	case ChangeApproved, ChangeImplemented, ChangeVerified, ChangeClosed:
		return c.DecidedBy != "" && c.DecidedOn.IsValid() && c.DecidedOn <= asOf
	default:
		return false
	}
}

// Undecided reports whether the change waits for a decision at asOf.
func (c Change) Undecided(asOf calendar.Date) bool {
	return c.RequestedOn <= asOf && (c.State == ChangeSubmitted || c.State == ChangeAssessed || c.State == ChangeDeferred)
}

// OpenIssues counts the issues open at asOf with at least the given severity.
func (p *Project) OpenIssues(asOf calendar.Date, least verdict.Severity) int {
	n := 0
	for _, i := range p.Issues {
		if i.Open(asOf) && i.Severity >= least {
			n++
		}
	}
	return n
}

// TrainedShare returns the share of all users of all waves that are trained.
func (p *Project) TrainedShare() ratio.Ratio {
	users, trained := ratio.Int(0), ratio.Int(0)
	for _, w := range p.Waves {
		u, t, ok := w.Users()
		if !ok {
			return ratio.Undefined(ratio.Overflow)
		}
		users, trained = users.Add(ratio.Int(u)), trained.Add(ratio.Int(t))
	}
	if users.Sign() == 0 {
		return ratio.Undefined("no wave has users")
	}
	return trained.Quo(users)
}
