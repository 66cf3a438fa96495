package crmproject

import (
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A BuildItem is work on the CRM itself: a setting, a new feature, a connection
// (CP-20, CP-22).
type BuildItem struct {
	ID           string        `json:"id"`
	Title        string        `json:"title"`
	Kind         BuildKind     `json:"kind"`
	Process      string        `json:"process,omitempty"` // the process it is aligned to
	System       string        `json:"system,omitempty"`  // the other system, for an integration
	Requirements []string      `json:"requirements,omitempty"`
	Wave         string        `json:"wave,omitempty"` // id of the wave that needs it
	Owner        string        `json:"owner,omitempty"`
	Due          calendar.Date `json:"due,omitzero"`
	Built        calendar.Date `json:"built,omitzero"`
	Tested       calendar.Date `json:"tested,omitzero"`
}

// A Migration is one set of data that is brought over (CP-21). Completeness and
// accuracy come from a reconciliation of source and target.
type Migration struct {
	ID           string        `json:"id"`
	Title        string        `json:"title,omitempty"`
	Entity       string        `json:"entity"` // what is migrated: an id in the scope
	Source       string        `json:"source,omitempty"`
	Wave         string        `json:"wave,omitempty"`
	Owner        string        `json:"owner,omitempty"`
	Due          calendar.Date `json:"due,omitzero"`
	Loaded       calendar.Date `json:"loaded,omitzero"`
	Reconciled   calendar.Date `json:"reconciled,omitzero"`
	Completeness ratio.Ratio   `json:"completeness,omitzero"`
	Accuracy     ratio.Ratio   `json:"accuracy,omitzero"`
	Threshold    ratio.Ratio   `json:"threshold,omitzero"` // least completeness and accuracy that is accepted
}

// name is what people call the data.
func (m Migration) name() string { return named(m.Entity, m.Title) }

// Accepted reports whether the data were reconciled by asOf, and well enough.
func (m Migration) Accepted(asOf calendar.Date) bool {
	return m.Reconciled.IsValid() && m.Reconciled <= asOf &&
		m.Completeness.AtLeast(m.Threshold) && m.Accuracy.AtLeast(m.Threshold)
}

// A Training is a training session (CP-23, ST-19).
type Training struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Subject  TrainingSubject `json:"subject"`
	Format   string          `json:"format,omitempty"` // workshop, e-learning, coaching, …
	Roles    []string        `json:"roles,omitempty"`  // user roles it is for
	Wave     string          `json:"wave,omitempty"`
	Planned  calendar.Date   `json:"planned,omitzero"`
	Held     calendar.Date   `json:"held,omitzero"`
	Invited  int64           `json:"invited,omitempty"`
	Attended int64           `json:"attended,omitempty"`
}

// A Wave is a group of users that goes live together (CP-24).
type Wave struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Kind     WaveKind      `json:"kind"`
	Planned  calendar.Date `json:"planned"`       // planned day of going live
	Live     calendar.Date `json:"live,omitzero"` // actual day
	Groups   []UserGroup   `json:"groups,omitempty"`
	Entry    []Check       `json:"entry,omitempty"` // to go live
	Exit     []Check       `json:"exit,omitempty"`  // to call it done
	Rollback string        `json:"rollback,omitempty"`
	Support  string        `json:"support,omitempty"` // who helps the users in the first weeks

	RollbackRule RollbackRule  `json:"rollbackRule,omitzero"`
	RolledBack   calendar.Date `json:"rolledBack,omitzero"`   // the day on which the way back was taken
	SupportReady calendar.Date `json:"supportReady,omitzero"` // the day on which the support was confirmed to be in place
}

// A RollbackRule says when a wave goes back, and who decides it. It is agreed
// before the wave goes live, and rehearsed.
type RollbackRule struct {
	Triggers []string        `json:"triggers,omitempty"` // what makes the wave go back
	Decides  string          `json:"decides,omitempty"`  // who decides it
	Window   calendar.Period `json:"window,omitzero"`    // for how long after going live there is a way back
	Tested   calendar.Date   `json:"tested,omitzero"`    // when the way back was last rehearsed
}

// Given reports whether anything of the rule is given.
func (r RollbackRule) Given() bool {
	return len(r.Triggers) > 0 || r.Decides != "" || r.Window.IsValid() || r.Tested.IsValid()
}

// RollbackUntil returns the last day on which the wave can go back: the end of the
// window that begins with its live day, counted as going live plus the window. It
// is no date for a wave that is not live or has no window.
func (w Wave) RollbackUntil() calendar.Date { return w.RollbackRule.Window.After(w.Live) }

// RollbackOpen reports whether the wave is live at asOf and can still go back.
func (w Wave) RollbackOpen(asOf calendar.Date) bool {
	return w.IsLive(asOf) && asOf <= w.RollbackUntil()
}

// A UserGroup is the users of one role in one department.
type UserGroup struct {
	Role       string `json:"role"`
	Department string `json:"department,omitempty"`
	Users      int64  `json:"users"`
	Trained    int64  `json:"trained,omitempty"`
}

// A Check is a criterion that somebody ticks off.
type Check struct {
	Title string        `json:"title"`
	Done  calendar.Date `json:"done,omitzero"`
	By    string        `json:"by,omitempty"`
}

// Ticked reports whether the check was done by asOf.
func (c Check) Ticked(asOf calendar.Date) bool { return c.Done.IsValid() && c.Done <= asOf }

// IsLive reports whether the wave had gone live by asOf, and had not gone back.
func (w Wave) IsLive(asOf calendar.Date) bool {
	return w.Live.IsValid() && w.Live <= asOf && (!w.RolledBack.IsValid() || asOf < w.RolledBack)
}

// Finished reports whether every exit criterion of the wave was met by asOf; a
// wave without exit criteria is never finished.
func (w Wave) Finished(asOf calendar.Date) bool {
	for _, c := range w.Exit {
		if !c.Ticked(asOf) {
			return false
		}
	}
	return len(w.Exit) > 0
}

// Users returns how many users the wave has, and how many of them are trained;
// ok is false if a count is negative or the sums do not fit.
func (w Wave) Users() (users, trained int64, ok bool) {
	for _, g := range w.Groups {
		if g.Users < 0 || g.Trained < 0 || users+g.Users < users || trained+g.Trained < trained {
			return 0, 0, false
		}
		users, trained = users+g.Users, trained+g.Trained
	}
	return users, trained, true
}

// Trained returns the share of the wave's users that are trained.
func (w Wave) Trained() ratio.Ratio {
	users, trained, ok := w.Users()
	if !ok {
		return ratio.Undefined(ratio.Overflow)
	}
	return ratio.Of(trained, users, "the wave has no users")
}
