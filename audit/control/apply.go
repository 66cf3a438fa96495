package control

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// ErrMoved says that the project is not what a change was proposed for.
var ErrMoved = errors.New("the project has moved on since the change was proposed")

// An Applied is what came of an approved action.
type Applied struct {
	Project *crmproject.Project     // with baseline n+1
	Change  crmproject.Change       // as approved
	Diff    crmproject.BaselineDiff // from baseline n to n+1
}

// Apply approves a change that [Propose] made of an action, which makes the next
// baseline, and carries the action into the activities (CP-35). It does all of it or
// nothing: the given project is never changed, and earlier baselines are kept.
//
// What the delta of a change cannot say is done to the activities of the new
// project:
//
//	drop     the activity is taken out, of budget lines too; what was after it is
//	         after what was before it
//	crash    its estimate as a range is scaled as its duration is; trim likewise
//	insert   the activity is added, after those that FS links tie it to
//	relink   without an FS link between the two, one is no longer after the other;
//	         the dates keep what other types of links and lags ask for
//	         (an activity does not start before its planned start)
//	any      what is under way is planned from its actual start, and its progress
//	         restated as a share of its new duration, so that what is left stays
//
// The error wraps [ErrMoved] if the change is not what Propose makes of the action
// now, or is that of [crmproject.Project.Approve].
func Apply(p *crmproject.Project, a Action, change crmproject.Change, approval crmproject.Approval) (Applied, error) {
	o, again, err := propose(p, a, Request{
		Change: change.ID, By: change.RequestedBy, On: change.RequestedOn, Reason: change.Reason, Source: change.Source,
		Quality: change.Impact.Quality, Risk: change.Impact.Risk, Risks: change.Delta.Risks,
	})
	if err != nil {
		return Applied{}, err
	}
	if !reflect.DeepEqual(again.Delta, change.Delta) {
		return Applied{}, fmt.Errorf("control: apply %s: %w", verdict.Quote(change.ID), ErrMoved)
	}
	asked := *p
	asked.Changes = slices.Clone(p.Changes)
	if i := slices.IndexFunc(asked.Changes, func(c crmproject.Change) bool { return c.ID == change.ID }); i < 0 {
		asked.Changes = append(asked.Changes, change)
	} else if !reflect.DeepEqual(asked.Changes[i].Delta, change.Delta) {
		return Applied{}, fmt.Errorf("control: apply: changes: %w %s", verdict.ErrDuplicate, verdict.Quote(change.ID))
	}
	approval.Change = change.ID
	next, err := asked.Approve(approval)
	if err != nil {
		return Applied{}, fmt.Errorf("control: apply %s: %w", verdict.Quote(change.ID), err)
	}
	carry(next, a, o)
	if err := next.Validate(); err != nil {
		return Applied{}, fmt.Errorf("control: apply %s: %w", verdict.Quote(change.ID), err)
	}
	return applied(next, change.ID)
}

func applied(next *crmproject.Project, id string) (Applied, error) {
	n := len(next.Baselines)
	diff, err := next.BaselineDiff(n-1, n)
	if err != nil {
		return Applied{}, fmt.Errorf("control: apply: %w", err)
	}
	i := slices.IndexFunc(next.Changes, func(c crmproject.Change) bool { return c.ID == id })
	return Applied{Project: next, Change: next.Changes[i], Diff: diff}, nil
}
