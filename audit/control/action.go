package control

import (
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// DoNothing is the id of the option to leave everything as it is. No action may
// have it.
const DoNothing = "do_nothing"

// An Action is a way to correct the course: what it does to the network, and what it
// costs (CP-35). It is a plain value with a JSON form. [Combine] makes one of
// several.
type Action struct {
	ID      string   `json:"id"`
	Title   string   `json:"title,omitempty"`
	Effects []Effect `json:"effects,omitempty"`
	Costs   []Price  `json:"costs,omitempty"`
	Funding Funding  `json:"funding,omitzero"` // zero: FromBudget
	// GivesUp names what of the scope is given up beside the activities that the
	// effects drop or trim: ids of requirements or deliverables.
	GivesUp []string `json:"givesUp,omitempty"`
}

// An Effect is one change of the network. Which fields count depends on the kind;
// the functions [Relax], [Relink], [Crash], [Trim], [Drop] and [Insert] fill them.
type Effect struct {
	Kind     EffectKind        `json:"kind"`
	Activity string            `json:"activity,omitempty"` // of crash, trim, drop
	Duration int               `json:"duration,omitempty"` // of crash and trim: the new duration in working units, at least 1
	Deadline schedule.Point    `json:"deadline,omitzero"`  // of relax; zero takes the deadline away
	Insert   schedule.Activity `json:"insert,omitzero"`    // of insert
	Links    []schedule.Link   `json:"links,omitempty"`    // of insert and relink
}

// A Price is what an action changes about a budget line. An amount below 0 saves
// money.
type Price struct {
	Line     string              `json:"line"` // id of a line that is there, or of a new one
	Amount   money.Amount        `json:"amount"`
	Title    string              `json:"title,omitempty"`   // of a new line
	Category crmproject.Category `json:"category,omitzero"` // of a new line; zero: other costs
}

// Relax returns the effect of another deadline of the project. It moves no activity
// by itself: what it changes is what "on time" means.
func Relax(deadline calendar.Date) Effect {
	return Effect{Kind: RelaxDeadline, Deadline: schedule.On(deadline)}
}

// Relink returns the effect of other links in place of all those from one activity
// to another: an overlap, where they were one after the other. All links must be
// between the same two activities.
func Relink(links ...schedule.Link) Effect { return Effect{Kind: ReplaceLinks, Links: links} }

// Crash returns the effect of more people on an activity: another duration for it.
func Crash(activity string, duration int) Effect {
	return Effect{Kind: CrashActivity, Activity: activity, Duration: duration}
}

// Trim returns the effect of less to do in an activity: a shorter duration, and
// scope given up.
func Trim(activity string, duration int) Effect {
	return Effect{Kind: TrimActivity, Activity: activity, Duration: duration}
}

// Drop returns the effect of leaving an activity out. What came after it then waits
// for what came before it: for each link to it and each from it there is one FS link
// past it, without lag.
func Drop(activity string) Effect { return Effect{Kind: DropActivity, Activity: activity} }

// Insert returns the effect of an activity more, with its links.
func Insert(a schedule.Activity, links ...schedule.Link) Effect {
	return Effect{Kind: InsertActivity, Insert: a, Links: links}
}

// Combine returns the action of doing all the given ones together, in their order.
// Its funding is that of the first; actions of different funding cannot be combined.
// The error wraps [verdict.ErrInvalid] for those, [verdict.ErrMissing] without an id or actions, and
// [verdict.ErrDuplicate] where two change the same thing.
func Combine(id, title string, actions ...Action) (Action, error) {
	all := Action{ID: id, Title: title}
	var f verdict.Faults
	if len(actions) == 0 {
		f.Missing("actions")
	}
	for i, a := range actions {
		if i == 0 {
			all.Funding = a.Funding
		} else if a.funding() != all.funding() {
			f.Addf(verdict.At("actions", i)+".funding", "%w: %s beside %s", verdict.ErrInvalid, a.funding(), all.funding())
		}
		all.Effects = append(all.Effects, a.Effects...)
		all.Costs = append(all.Costs, a.Costs...)
		all.GivesUp = append(all.GivesUp, a.GivesUp...)
	}
	f.Add("", all.Validate())
	if err := f.Err(); err != nil {
		return Action{}, fmt.Errorf("control: combine: %w", err)
	}
	return all, nil
}

func (a Action) funding() Funding {
	if a.Funding == 0 {
		return FromBudget
	}
	return a.Funding
}

// Adjustments returns by which of the three adjustments a corrects the course, each
// once, in their order (CP-35).
func (a Action) Adjustments() []crmproject.Adjustment {
	var all []crmproject.Adjustment
	for _, e := range a.Effects {
		if adjustment := e.Kind.Adjustment(); adjustment != 0 && !slices.Contains(all, adjustment) {
			all = append(all, adjustment)
		}
	}
	slices.Sort(all)
	return all
}

// Given returns what of the scope is given up: the activities that are dropped or
// trimmed and what the action names, each once, ascending.
func (a Action) Given() []string {
	all := slices.Clone(a.GivesUp)
	for _, e := range a.Effects {
		if e.Kind == DropActivity || e.Kind == TrimActivity {
			all = append(all, e.Activity)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Cost returns what the action costs, below 0 if it saves money. The error wraps
// those of [money.Sum].
func (a Action) Cost() (money.Amount, error) {
	return money.Sum(func(yield func(money.Amount) bool) {
		for _, p := range a.Costs {
			if !yield(p.Amount) {
				return
			}
		}
	})
}

// Changes returns the steps of [schedule.Network.With] that the action consists of.
func (a Action) Changes() []schedule.Change {
	var all []schedule.Change
	for _, e := range a.Effects {
		all = slices.AppendSeq(all, e.changes())
	}
	return all
}

// Validate reports every fault of the action by itself: no id, effects without what
// their kind needs, two that change the same activity, link or deadline, prices
// without a line or an amount. Whether the network has what it names is found when
// it is compared or applied.
func (a Action) Validate() error {
	var f verdict.Faults
	switch a.ID {
	case "":
		f.Missing("id")
	case DoNothing:
		f.Addf("id", "%w: %s stands for no action", verdict.ErrInvalid, DoNothing)
	}
	targets := map[string]bool{}
	for i, e := range a.Effects {
		at := verdict.At("effects", i)
		e.check(at, &f)
		if t := e.target(); targets[t] {
			f.Duplicate(at, t)
		} else {
			targets[t] = true
		}
	}
	for i, p := range a.Costs {
		at := verdict.At("costs", i)
		if p.Line == "" {
			f.Missing(at + ".line")
		}
		if !p.Amount.IsValid() || p.Amount == (money.Amount{}) {
			f.Missing(at + ".amount")
		}
		if p.Category != 0 {
			requireWord(&f, at+".category", p.Category)
		}
	}
	if _, err := a.Cost(); err != nil {
		f.Add("costs", err)
	}
	if !a.funding().IsValid() {
		f.Missing("funding")
	}
	return f.Err()
}
