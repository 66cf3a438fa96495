package control

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A Relief is what it would bring to be rid of one delay, all others being as they are:
// an option without it against the same option with it, iteration by iteration, on the
// same draws.
//
// Reliefs need not add up. Of two delays on paths side by side, each may bring nothing,
// as the other still holds up the finish, and both together much; of two on one path,
// each may save the date alone, and both bring no more than one of them. What a
// response to several risks brings is found with all their delays left out, by
// [Course.Try]. Nor is the relief of a delay that others hang together with what it
// brings to remove the cause: the others happen as before.
//
// If no days are negative no iteration finishes later without a delay, so that no gain
// is negative and no mean positive. (The networks that are excepted in the package
// documentation are excepted here.)
type Relief struct {
	Delay  string `json:"delay"`
	OnTime Odds   `json:"onTime"` // to finish by the due date that the option promises
	Agreed Odds   `json:"agreed"` // to finish by the due date that is agreed now
	Mean   Shift  `json:"mean"`   // of the finish; earlier ones are negative
}

// String returns the relief as a sentence for people.
func (r Relief) String() string {
	return fmt.Sprintf("without %s: by the agreed date %s, on time %s, mean %s", r.Delay, r.Agreed, r.OnTime, r.Mean)
}

// Reliefs are those of several delays.
type Reliefs []Relief

// Markdown renders the reliefs as a table for people. The text ends with a newline and
// depends on the reliefs alone.
func (rs Reliefs) Markdown() string {
	var b strings.Builder
	b.WriteString("| without | agreed | on time | mean |\n|---|---|---|---|\n")
	for _, r := range rs {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(r.Delay), r.Agreed, r.OnTime, r.Mean)
	}
	return b.String()
}

// Reliefs returns how much of the chance to be on time each delay costs, under an
// action or, for the zero Action, if nothing is done: the relief of every delay that
// holds up something there, the one that brings most by the agreed date first, of
// equal ones the one that brings most days, then by id (CP-32, CP-35, RI-04). It is
// the same for any number of workers.
//
// Delays that hang together are drawn together as ever; the days of the one that is
// left out do not count. An iteration in which a delay does not happen is the same
// without it, so beside the iterations of [Course.Try] only those are planned in
// which it happens. Each delay takes 8 bytes an iteration. Errors are those of Try.
func (c Course) Reliefs(ctx context.Context, asOf calendar.Date, a Action, o CompareOptions) (Reliefs, error) {
	var actions []Action
	if !a.none() {
		actions = append(actions, a)
	}
	m, err := c.comparer(asOf, actions, o)
	if err != nil {
		return nil, err
	}
	m.cases = m.cases[len(actions):]
	r, err := newRunner(m)
	if err == nil {
		r.leaveOut()
		err = r.run(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("control: reliefs: %w", err)
	}
	return r.reliefs(), nil
}

// none reports whether a is the zero Action.
func (a Action) none() bool {
	return a.ID == "" && a.Title == "" && len(a.Effects)+len(a.Costs)+len(a.GivesUp) == 0 && a.Funding == 0
}

// leaveOut has the first option tried without each of the delays that hold it up, one
// at a time.
func (r *runner) leaveOut() {
	r.without = r.drawn()
	for range r.without {
		r.finishes = append(r.finishes, make([]float64, r.iterations))
	}
}

// reliefs holds the first option against itself without each delay.
func (r *runner) reliefs() Reliefs {
	start := r.cases[0].plan.Start()
	due, agreed := r.cases[0].due, r.report.Due
	with := &sample{start: start, finishes: r.finishes[0]}
	var all Reliefs
	for k, at := range r.without {
		rid := &sample{start: start, finishes: r.finishes[len(r.options)+k]}
		all = append(all, Relief{
			Delay: r.delays.all[at].ID, OnTime: odds(rid, with, due, due), Agreed: odds(rid, with, agreed, agreed),
			Mean: meanShift(rid.finishes, with.finishes),
		})
	}
	slices.SortFunc(all, func(a, b Relief) int {
		return cmp.Or(cmp.Compare(b.Agreed.Gain.Value, a.Agreed.Gain.Value), cmp.Compare(a.Mean.Days, b.Mean.Days), cmp.Compare(a.Delay, b.Delay))
	})
	return all
}
