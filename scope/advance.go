package scope

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Why a change request cannot take a step. A [*Refusal] wraps one or more.
var (
	ErrStep        = errors.New("no such step")
	ErrNotAssessed = errors.New("not assessed")
	ErrStale       = errors.New("assessed against another baseline than the one in force")
	ErrSelf        = errors.New("requester and decider are the same")
	ErrAuthority   = errors.New("beyond the authority of the decider")
	ErrNoBaseline  = errors.New("no baseline")
	ErrDelta       = errors.New("the new baseline is not what was approved")
	ErrSuspect     = errors.New("links are still to be reviewed")
)

// A Move is a step that somebody wants a change request to take.
type Move struct {
	To         State         `json:"to"`
	By         string        `json:"by"`
	On         calendar.Date `json:"on"`
	Note       string        `json:"note,omitempty"`
	Assessment Assessment    `json:"assessment,omitzero"` // for a step to assessed
}

// A Ground is what a move rests on: the facts at the time.
type Ground struct {
	Baseline  int       `json:"baseline"`           // version in force
	Authority Authority `json:"authority,omitzero"` // of who moves, for an approval
	Delta     []Touch   `json:"delta,omitempty"`    // for an implementation: what the new version changed, see [Diff]
	Beside    []Touch   `json:"beside,omitempty"`   // of these, what other approved requests account for
	Suspect   []string  `json:"suspect,omitempty"`  // for a verification: what is still to be reviewed, such as outdated links
}

// An Authority is how far somebody may decide. Both bounds are inclusive; the
// zero Authority covers changes that cost nothing and delay nothing.
type Authority struct {
	Amount money.Amount `json:"amount,omitzero"`
	Delay  int          `json:"delay,omitzero"` // days
}

// A Refusal is why a change request did not take a step: every reason, not the
// first.
type Refusal struct {
	Change   string // id
	From, To State
	Reasons  []error // each wraps one of the sentinels of this package or of package verdict
}

// Error lists the reasons.
func (r *Refusal) Error() string {
	reasons := make([]string, len(r.Reasons))
	for i, err := range r.Reasons {
		reasons[i] = err.Error()
	}
	return fmt.Sprintf("scope: change %s does not go from %s to %s: %s",
		verdict.Quote(r.Change), r.From, verdict.Quote(r.To.String()), strings.Join(reasons, "; "))
}

// Unwrap returns the reasons.
func (r *Refusal) Unwrap() []error { return r.Reasons }

// Advance returns the change after a move, with the step in its history, or a
// [*Refusal] with every reason against it. The receiver is not changed.
//
// Who moves and the day are always asked for, and days do not go back. Beyond
// that:
//
//   - assessed: each of the five impacts is given;
//   - approved: assessed, against the baseline in force; decided by somebody else
//     than the requester, whose authority covers cost and delay;
//   - implemented: there is a newer version of the baseline than the change was
//     assessed against, and what it changed is exactly the delta of the change,
//     apart from what other requests account for;
//   - verified: nothing is left to be reviewed;
//   - approved after implemented: the verification failed, nothing is asked.
func (c Change) Advance(m Move, g Ground) (Change, error) {
	if reasons := c.objections(m, g); len(reasons) > 0 {
		return c, &Refusal{Change: c.ID, From: c.state(), To: m.To, Reasons: reasons}
	}
	step := Step{From: c.state(), To: m.To, By: m.By, On: m.On, Note: m.Note, Baseline: g.Baseline}
	if m.To == Assessed {
		step.Assessment, c.Assessment = m.Assessment, m.Assessment
	}
	c.State = m.To
	c.History = append(slices.Clip(c.History), step)
	return c, nil
}

func (c Change) objections(m Move, g Ground) []error {
	var list objections
	if !c.state().leadsTo(m.To) {
		list.addf("%w: from %s it goes to %s%s", ErrStep, c.state(), wordsOf(c.state().Next()), c.instead(m.To))
	}
	list.wantMover(m, c.History)
	switch {
	case m.To == Assessed:
		list.wantImpacts(m.Assessment)
	case m.To == Approved && c.state() != Implemented:
		list.wantDecision(c, m, g)
	case m.To == Implemented:
		list.wantDelivery(c, g)
	case m.To == Verified && len(g.Suspect) > 0:
		list.addf("%w: %s", ErrSuspect, someOf(g.Suspect))
	}
	return list
}

// instead says what to do where people try a step that does not exist.
func (c Change) instead(to State) string {
	switch {
	case to == Withdrawn && c.Approved():
		return "; approved work is cancelled by a new request"
	case to == Implemented && c.State == Rejected:
		return "; rejected work is not done"
	default:
		return ""
	}
}

type objections []error

func (o *objections) addf(format string, args ...any) { *o = append(*o, fmt.Errorf(format, args...)) }

func (o *objections) wantMover(m Move, history []Step) {
	if blank(m.By) {
		o.addf("%w: who takes the step", verdict.ErrMissing)
	}
	switch n := len(history); {
	case !m.On.IsValid():
		o.addf("%w: the day of the step", verdict.ErrMissing)
	case n > 0 && m.On < history[n-1].On:
		o.addf("%w: %s is before the last step, of %s", verdict.ErrRange, m.On, history[n-1].On)
	}
}

func (o *objections) wantImpacts(a Assessment) {
	if unset := a.unset(); len(unset) > 0 {
		o.addf("%w: the impact on %s is not given", ErrNotAssessed, strings.Join(unset, ", "))
	}
}

func (o *objections) wantDecision(c Change, m Move, g Ground) {
	o.wantImpacts(c.Assessment)
	switch {
	case c.state() == Deferred:
		o.addf("%w: it was deferred since, and has to be assessed again", ErrNotAssessed)
	case g.Baseline < 1:
		o.addf("%w is in force", ErrNoBaseline)
	case len(c.Assessment.unset()) == 0 && c.Assessment.Baseline != g.Baseline:
		o.addf("%w: version %d, in force is %d", ErrStale, c.Assessment.Baseline, g.Baseline)
	}
	if sameName(c.Requester, m.By) {
		o.addf("%w: %s", ErrSelf, verdict.Quote(m.By))
	}
	o.wantAuthority(c.Assessment, g.Authority)
}

func (o *objections) wantAuthority(a Assessment, limit Authority) {
	switch order, err := a.Amount.Cmp(limit.Amount); {
	case err != nil:
		o.addf("%w: cost and limit cannot be compared: %w", ErrAuthority, err)
	case order > 0:
		o.addf("%w: it costs %s, the limit is %s", ErrAuthority, people(a.Amount), people(limit.Amount))
	}
	if a.Delay > limit.Delay {
		o.addf("%w: it delays the end by %s, the limit is %d", ErrAuthority, count(a.Delay, "day"), limit.Delay)
	}
}

func (o *objections) wantDelivery(c Change, g Ground) {
	if g.Baseline <= c.Assessment.Baseline {
		o.addf("%w: there is no version after %d, which it was assessed against", ErrNoBaseline, c.Assessment.Baseline)
	}
	lacking := pick(c.Delta, func(t Touch) bool { return !slices.Contains(g.Delta, t) })
	foreign := pick(g.Delta, func(t Touch) bool { return !slices.Contains(c.Delta, t) && !slices.Contains(g.Beside, t) })
	if len(lacking) > 0 {
		o.addf("%w: it lacks %s", ErrDelta, someOf(touchWords(lacking)))
	}
	if len(foreign) > 0 {
		o.addf("%w: nobody approved %s", ErrDelta, someOf(touchWords(foreign)))
	}
}

// sameName reports whether two names are the same but for case and space.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// wordsOf lists states in words.
func wordsOf(states []State) string {
	if len(states) == 0 {
		return "nowhere"
	}
	words := make([]string, len(states))
	for i, s := range states {
		words[i] = s.String()
	}
	return strings.Join(words, ", ")
}

func touchWords(touches []Touch) []string {
	words := make([]string, len(touches))
	for i, t := range touches {
		words[i] = t.String()
	}
	return words
}

// String returns a touch in words: "feature F-3 added".
func (t Touch) String() string { return fmt.Sprintf("%s %s %s", t.Kind, t.ID, t.Operation) }

// someOf quotes the first few of a list.
func someOf(list []string) string {
	const most = 5
	quoted := make([]string, 0, most)
	for _, s := range list[:min(len(list), most)] {
		quoted = append(quoted, verdict.Quote(s))
	}
	text := strings.Join(quoted, ", ")
	if more := len(list) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
