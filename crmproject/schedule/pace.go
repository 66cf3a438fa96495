package schedule

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
)

// The points that look at time: what was to be done by now, and what a delay
// would do.

// day returns a measure that says why the day cannot be told, if so.
func (f Facts) day() (m measure, ok bool) {
	switch {
	case !f.Plan.dated():
		return idle("the plan has no dates"), false
	case !f.AsOf.IsValid():
		return awaited("there is no status date"), false
	default:
		return measure{}, true
	}
}

// done reports whether an activity was finished by the status date.
func (f Facts) done(t Timing) bool { return t.State == Finished && t.Finish <= f.AsOf }

func takeInvalid(f Facts) measure {
	if m, ok := f.day(); !ok {
		return m
	}
	var which []string
	for t := range f.Plan.All() {
		early := t.State == NotStarted && t.Start <= f.AsOf || t.State == InProgress && t.Finish <= f.AsOf
		late := t.State != NotStarted && t.Start > f.AsOf || t.State == Finished && t.Finish > f.AsOf
		if early || late {
			which = append(which, t.ID)
		}
	}
	slices.Sort(which)
	return share(which, f.Plan.model.Len(), "activities")
}

// due returns the activities that the baseline finishes by the status date.
func (f Facts) due() (due []Timing, m measure, ok bool) {
	if m, ok := f.day(); !ok {
		return nil, m, false
	}
	if f.Baseline == nil || !f.Baseline.dated() {
		return nil, awaited("there is no baseline"), false
	}
	for t := range f.Baseline.All() {
		if t.Finish <= f.AsOf {
			due = append(due, t)
		}
	}
	return due, m, true
}

const nothingDue = "activities that were to be finished by now"

func takeMissed(f Facts) measure {
	due, m, ok := f.due()
	if !ok {
		return m
	}
	var which []string
	for _, t := range due {
		if now, have := f.Plan.Timing(t.ID); have && (!f.done(now) || now.Finish > t.Finish) {
			which = append(which, t.ID)
		}
	}
	slices.Sort(which)
	return share(which, len(due), nothingDue)
}

func takeExecution(f Facts) measure {
	due, m, ok := f.due()
	if !ok {
		return m
	}
	done := 0
	for t := range f.Plan.All() {
		if f.done(t) {
			done++
		}
	}
	var which []string
	for _, t := range due {
		if now, have := f.Plan.Timing(t.ID); have && !f.done(now) {
			which = append(which, t.ID)
		}
	}
	slices.Sort(which)
	return measure{value: ratio.Of(int64(done), int64(len(due)), "there are no "+nothingDue), which: which}
}

// takePathTest lets the first critical activity take 600 units longer and looks
// at how much of that the project does.
//
// With several calendars a delay does not arrive to the day: a week of it may be
// lost between them.
func takePathTest(f Facts) measure {
	p := f.Plan
	m := p.model
	list := p.sorted(func(at int) bool { return p.critical(at) && p.work(at) })
	if len(list) == 0 {
		return idle("no work is critical")
	}
	at := list[0]
	const delay, week = 600, 7
	duration := slices.Clone(m.left)
	duration[at] += delay
	r := newRun(m, 0, duration)
	r.forward()
	if r.clock.lost {
		return idle("the plan ends too close to the year 9999")
	}
	which := m.calendarAt(int(at))
	slip := r.clock.rank(which, r.total()) - r.clock.rank(which, p.finish)
	if slip > delay || slip > delay-week && len(m.clock.works) > 1 {
		slip = delay
	}
	return measure{value: ratio.New(int64(slip), delay), which: []string{m.id(int(at))}}
}

// takePathLength compares the working days left with those there are to the
// deadline, or to the finish of the baseline.
func takePathLength(f Facts) measure {
	p := f.Plan
	m, which := p.model, p.model.standard
	goal := p.goal
	switch {
	case !m.head.Deadline.IsZero():
	case f.Baseline == nil || f.Baseline.dated() != p.dated():
		return idle("there is neither a deadline nor a baseline")
	default:
		goal = f.Baseline.finish
	}
	c := &p.run.clock
	left := c.rank(which, p.finish) - c.rank(which, m.floor)
	float := c.rank(which, goal) - c.rank(which, p.finish)
	return measure{value: ratio.Of(int64(left+float), int64(left), "no work is left")}
}
