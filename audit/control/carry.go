package control

import (
	"slices"

	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/schedule"
)

// carry does to the activities of a project that was just made by an approval what
// the action does to them beside dates.
func carry(p *crmproject.Project, a Action, o outcome) {
	p.Activities = slices.Clone(p.Activities)
	for _, e := range a.Effects {
		switch e.Kind {
		case DropActivity:
			drop(p, e.Activity)
		case InsertActivity:
			insert(p, e, o.after)
		case ReplaceLinks:
			relink(p, e.Links)
		case CrashActivity, TrimActivity:
			rescope(p, e.Activity, o)
		case RelaxDeadline:
		}
	}
	for i := range p.Activities {
		restate(&p.Activities[i], o)
	}
}

// drop takes an activity out, and ties what was after it to what was before it.
func drop(p *crmproject.Project, id string) {
	i := slices.IndexFunc(p.Activities, func(x crmproject.Activity) bool { return x.ID == id })
	if i < 0 {
		return
	}
	before := p.Activities[i].After
	p.Activities = slices.Delete(p.Activities, i, i+1)
	for k := range p.Activities {
		p.Activities[k].After = past(p.Activities[k].After, id, before)
	}
	p.Milestones = slices.Clone(p.Milestones)
	for k := range p.Milestones {
		p.Milestones[k].After = past(p.Milestones[k].After, id, before)
	}
	p.Budget.Lines = slices.Clone(p.Budget.Lines)
	for k := range p.Budget.Lines {
		p.Budget.Lines[k].Activities = past(p.Budget.Lines[k].Activities, id, nil)
	}
}

// past returns the ids with one of them replaced by others, each once.
func past(ids []string, id string, others []string) []string {
	if !slices.Contains(ids, id) {
		return ids
	}
	var out []string
	add := func(x string) {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	for _, x := range ids {
		if x != id {
			add(x)
			continue
		}
		for _, other := range others {
			add(other)
		}
	}
	return out
}

// insert adds an activity with the dates of the plan. What FS links tie to it comes
// after it.
func insert(p *crmproject.Project, e Effect, plan *schedule.Plan) {
	t, _ := plan.Timing(e.Insert.ID)
	x := crmproject.Activity{ID: e.Insert.ID, Title: e.Insert.Name, Phase: e.Insert.Group, Start: t.Start, Finish: t.Finish}
	if x.Title == "" {
		x.Title = x.ID
	}
	p.Activities = append(p.Activities, x)
	for _, l := range e.Links {
		if l.Relation.Type == schedule.FS {
			follow(p, l.From, l.To)
		}
	}
}

// relink lets one activity follow another if there is an FS link between them now.
func relink(p *crmproject.Project, links []schedule.Link) {
	from, to := links[0].From, links[0].To
	if slices.ContainsFunc(links, func(l schedule.Link) bool { return l.Relation.Type == schedule.FS }) {
		follow(p, from, to)
		return
	}
	for i, x := range p.Activities {
		if x.ID == to {
			p.Activities[i].After = past(x.After, from, nil)
		}
	}
}

// follow makes an activity or a milestone come after an activity.
func follow(p *crmproject.Project, from, to string) {
	for i, x := range p.Activities {
		if x.ID == to && !slices.Contains(x.After, from) {
			p.Activities[i].After = append(slices.Clone(x.After), from)
		}
	}
	p.Milestones = slices.Clone(p.Milestones)
	for i, x := range p.Milestones {
		if placeOf(x.ID) == to && !slices.Contains(x.After, from) {
			p.Milestones[i].After = append(slices.Clone(x.After), from)
		}
	}
}

// rescope scales the estimate of an activity as its duration was.
func rescope(p *crmproject.Project, id string, o outcome) {
	was, _ := o.before.Network().Activity(id)
	now, _ := o.after.Network().Activity(id)
	for i := range p.Activities {
		if x := &p.Activities[i]; x.ID == id && was.Duration > 0 {
			f, e := float64(now.Duration)/float64(was.Duration), x.Estimate
			x.Estimate = schedule.ThreePoint{
				Optimistic: f * e.Optimistic, MostLikely: f * e.MostLikely, Pessimistic: f * e.Pessimistic,
			}
		}
	}
}

// restate gives what is under way the progress that leaves as much work as the plan
// says is left, as a share of its new duration: from its start to its new finish.
// Progress that nobody told stays so where the days that have passed say the same.
func restate(x *crmproject.Activity, o outcome) {
	t, ok := o.after.Timing(x.ID)
	if !ok || t.State != schedule.InProgress {
		return
	}
	w, err := defaultCalendar(o.after.Network().Definition()).Compile()
	if err != nil {
		return
	}
	days, _ := w.CountIn(calendar.Interval{From: x.Start, Until: x.Finish})
	passed, _ := w.CountIn(calendar.Interval{From: x.ActualStart, Until: o.after.AsOf()})
	done := days - left(o.after, x.ID)
	if done >= 0 && (x.Progress.Defined() || done != passed) {
		x.Progress = ratio.New(int64(done), int64(days))
	}
}
