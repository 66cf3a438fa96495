package control

import (
	"fmt"
	"iter"
	"slices"

	"github.com/crmrollout/crm/crmproject/schedule"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// target names what an effect changes, so that two of one action do not change the
// same.
func (e Effect) target() string {
	switch {
	case e.Kind == RelaxDeadline:
		return "deadline"
	case e.Kind == InsertActivity:
		return "activities[" + e.Insert.ID + "]"
	case e.Kind == ReplaceLinks && len(e.Links) > 0:
		return "links[" + e.Links[0].From + " to " + e.Links[0].To + "]"
	default:
		return "activities[" + e.Activity + "]"
	}
}

func (e Effect) check(at string, f *verdict.Faults) {
	switch e.Kind {
	case RelaxDeadline:
	case ReplaceLinks:
		e.checkLinks(at, f)
	case CrashActivity, TrimActivity:
		if e.Duration < 1 {
			f.Addf(at+".duration", "%d: %w", e.Duration, verdict.ErrRange)
		}
		fallthrough
	case DropActivity:
		if e.Activity == "" {
			f.Missing(at + ".activity")
		}
	case InsertActivity:
		if e.Insert.ID == "" {
			f.Missing(at + ".insert.id")
		}
	default:
		f.Missing(at + ".kind")
	}
}

func (e Effect) checkLinks(at string, f *verdict.Faults) {
	if len(e.Links) == 0 {
		f.Missing(at + ".links")
		return
	}
	for i, l := range e.Links {
		if l.From == "" || l.To == "" {
			f.Missing(verdict.At(at+".links", i))
		} else if l.From != e.Links[0].From || l.To != e.Links[0].To {
			f.Addf(verdict.At(at+".links", i), "%w: %s beside %s", verdict.ErrInvalid, l, e.Links[0])
		}
	}
}

// changes yields the steps of a what-if that the effect consists of.
func (e Effect) changes() iter.Seq[schedule.Change] {
	return func(yield func(schedule.Change) bool) {
		switch e.Kind {
		case RelaxDeadline:
			yield(schedule.SetDeadline(e.Deadline))
		case CrashActivity, TrimActivity:
			yield(schedule.SetDuration(e.Activity, e.Duration))
		case DropActivity:
			_ = yield(bridge(e.Activity)) && yield(schedule.RemoveActivity(e.Activity))
		case InsertActivity:
			yield(schedule.AddActivity(e.Insert, e.Links...))
		case ReplaceLinks:
			if len(e.Links) == 0 || !yield(schedule.RemoveLinks(e.Links[0].From, e.Links[0].To)) {
				return
			}
			for _, l := range e.Links {
				if !yield(schedule.AddLink(l)) {
					return
				}
			}
		}
	}
}

// bridge returns the change that ties what comes before an activity to what comes
// after it, so that the order of the rest is kept when it is taken out.
func bridge(id string) schedule.Change {
	return func(d *schedule.Definition) error {
		var before, after []string
		for _, l := range d.Links {
			if l.To == id {
				before = append(before, l.From)
			}
			if l.From == id {
				after = append(after, l.To)
			}
		}
		for _, from := range before {
			for _, to := range after {
				if l := (schedule.Link{From: from, To: to}); !slices.Contains(d.Links, l) {
					d.Links = append(d.Links, l)
				}
			}
		}
		return nil
	}
}

// A scenario is a network with its progress.
type scenario struct {
	network schedule.Definition
	status  schedule.Status
}

// with returns the scenario after an action. What is finished cannot be crashed,
// trimmed or dropped any more.
func (s scenario) with(a Action) (scenario, error) {
	next := scenario{status: schedule.Status{AsOf: s.status.AsOf}}
	n, err := schedule.Compile(s.network)
	if err != nil {
		return next, err
	}
	if err := s.refuse(a, n); err != nil {
		return next, err
	}
	if n, err = n.With(a.Changes()...); err != nil {
		return next, err
	}
	next.network = n.Definition()
	for _, x := range s.status.Actuals {
		if _, ok := n.Index(x.ID); ok {
			next.status.Actuals = append(next.status.Actuals, s.rest(x, n))
		}
	}
	return next, nil
}

// refuse lists the effects on activities that are not there or are finished.
func (s scenario) refuse(a Action, n *schedule.Network) error {
	var f verdict.Faults
	for i, e := range a.Effects {
		if e.Activity == "" {
			continue
		}
		at := verdict.At("effects", i) + ".activity"
		if _, ok := n.Index(e.Activity); !ok {
			f.Unknown(at, e.Activity)
		}
		for _, x := range s.status.Actuals {
			if x.ID == e.Activity && x.Finish != 0 {
				f.Addf(at, "%w: %s was finished on %s", verdict.ErrInvalid, verdict.Quote(x.ID), x.Finish)
			}
		}
	}
	return f.Err()
}

// rest returns the progress of an activity whose duration may have changed: what was
// estimated to remain changes by as much as the duration, down to one unit.
func (s scenario) rest(x schedule.Actual, now *schedule.Network) schedule.Actual {
	if x.Remaining == 0 {
		return x
	}
	i := slices.IndexFunc(s.network.Activities, func(a schedule.Activity) bool { return a.ID == x.ID })
	if after, ok := now.Activity(x.ID); ok && i >= 0 {
		x.Remaining = max(1, x.Remaining+after.Duration-s.network.Activities[i].Duration)
	}
	return x
}

// left returns how many units of work of an activity are left in a plan.
func left(p *schedule.Plan, id string) int {
	steps := p.Why(id)
	if len(steps) == 0 {
		return 0
	}
	return steps[len(steps)-1].Units
}

// scaled is a spread of an activity whose work was made more or less.
type scaled struct {
	schedule.Spread
	factor float64
}

// Quantile returns that of the spread, scaled.
func (s scaled) Quantile(p float64) float64 { return s.factor * s.Spread.Quantile(p) }

// rescale returns the spreads for a plan that an action made of another: those of
// activities whose work changed are scaled by as much. The draws stay the same, so
// that options are compared with common random numbers.
func rescale(spreads map[string]schedule.Spread, before, after *schedule.Plan, a Action) (map[string]schedule.Spread, error) {
	out := make(map[string]schedule.Spread, len(spreads))
	for id, spread := range spreads {
		if spread == nil {
			return nil, fmt.Errorf("control: %s: %w", verdict.Key("spreads", id), verdict.ErrMissing)
		}
		if _, ok := after.Timing(id); ok {
			out[id] = spread
		}
	}
	for _, e := range a.Effects {
		spread, ok := out[e.Activity]
		was := left(before, e.Activity)
		if now := left(after, e.Activity); ok && was > 0 && now != was {
			out[e.Activity] = scaled{spread, float64(now) / float64(was)}
		}
	}
	return out, nil
}
