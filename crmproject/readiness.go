package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A ReadinessItem is one aspect of going live, judged with its evidence. Status is
// met, not met, unassessed or not applicable; Reason says why it is not met.
type ReadinessItem struct {
	Aspect   Aspect         `json:"aspect"`
	Status   verdict.Status `json:"status"`
	Reason   string         `json:"reason,omitempty"`
	Evidence []string       `json:"evidence,omitempty"`
}

// A Readiness is whether a wave can go live, seen at a date: one item for each
// [Aspect], in their order (CP-24).
type Readiness struct {
	Wave  string          `json:"wave"`
	AsOf  calendar.Date   `json:"asOf"`
	Items []ReadinessItem `json:"items"`
}

// Status returns the worst status of the items; aspects that do not apply do not
// count.
func (r Readiness) Status() verdict.Status {
	worst := verdict.NotApplicable
	for _, i := range r.Items {
		worst = max(worst, i.Status)
	}
	return worst
}

// Ready reports whether every aspect is met or does not apply. What nobody has
// assessed is not ready.
func (r Readiness) Ready() bool { return r.Status().Satisfied() }

// Open returns the items that keep the wave from going live.
func (r Readiness) Open() []ReadinessItem {
	return filtered(r.Items, func(i ReadinessItem) bool { return !i.Status.Satisfied() })
}

// Readiness returns whether the wave with the given id can go live at asOf; ok is
// false if there is no such wave. It depends on project and date alone.
//
// The counts of trained users carry no date and are taken as they stand.
func (p *Project) Readiness(wave string, asOf calendar.Date) (r Readiness, ok bool) {
	for i, w := range p.Waves {
		if w.ID != wave {
			continue
		}
		j := judgeWave{p, w, asOf}
		return Readiness{wave, asOf, []ReadinessItem{
			j.training(), j.data(), j.defects(), j.support(), j.build(), j.entry(), j.rollback(), j.earlier(p.Waves[:i]),
		}}, true
	}
	return Readiness{}, false
}

// A judgeWave judges the aspects of one wave at a date.
type judgeWave struct {
	p    *Project
	w    Wave
	asOf calendar.Date
}

// lower makes the item worse, with a reason; the first reason of the worst status
// stays.
func (i *ReadinessItem) lower(status verdict.Status, reason string) {
	if status > i.Status {
		i.Status, i.Reason = status, reason
	}
	i.Evidence = append(i.Evidence, reason)
}

func (i *ReadinessItem) note(evidence string) { i.Evidence = append(i.Evidence, evidence) }

func (j judgeWave) training() ReadinessItem {
	item := ReadinessItem{Aspect: TrainingAspect, Status: verdict.Met}
	users, trained, ok := j.w.Users()
	switch {
	case !ok || users == 0:
		item.lower(verdict.Unassessed, "nobody has said how many users there are")
	case trained < users:
		item.lower(verdict.NotMet, fmt.Sprintf("%d of %d users are trained", trained, users))
	default:
		item.note(fmt.Sprintf("%d of %d users are trained", trained, users))
	}
	for _, t := range j.p.Trainings {
		if t.Wave == j.w.ID && (!t.Held.IsValid() || t.Held > j.asOf) {
			item.lower(verdict.NotMet, "not held: "+named(t.ID, t.Title))
		}
	}
	return item
}

func (j judgeWave) data() ReadinessItem {
	item := ReadinessItem{Aspect: DataAspect, Status: verdict.NotApplicable, Reason: "no data are brought over for the wave"}
	for _, m := range j.p.Migrations {
		if m.Wave != j.w.ID {
			continue
		}
		if item.Status == verdict.NotApplicable {
			item.Status, item.Reason = verdict.Met, ""
		}
		switch {
		case !m.Reconciled.IsValid() || m.Reconciled > j.asOf:
			item.lower(verdict.Unassessed, "not reconciled: "+m.name())
		case !m.Threshold.Defined() || !m.Completeness.Defined() || !m.Accuracy.Defined():
			item.lower(verdict.Unassessed, "without completeness, accuracy or threshold: "+m.name())
		case !m.Accepted(j.asOf):
			item.lower(verdict.NotMet, fmt.Sprintf("below %s: %s, completeness %s, accuracy %s",
				m.Threshold.Percent(2), m.name(), m.Completeness.Percent(2), m.Accuracy.Percent(2)))
		default:
			item.note(fmt.Sprintf("reconciled on %s: %s", m.Reconciled, m.name()))
		}
	}
	return item
}

// defects looks at the open issues of the wave, and at critical ones anywhere.
func (j judgeWave) defects() ReadinessItem {
	item := ReadinessItem{Aspect: DefectsAspect, Status: verdict.Met}
	looked := false
	for _, i := range j.p.Issues {
		looked = looked || i.Wave == j.w.ID
		of := i.Wave == j.w.ID && i.Severity >= verdict.Major || i.Severity == verdict.Critical
		if of && i.Open(j.asOf) {
			item.lower(verdict.NotMet, fmt.Sprintf("%s issue open: %s", i.Severity, named(i.ID, i.Title)))
		}
	}
	for _, b := range j.p.Build {
		looked = looked || b.Wave == j.w.ID && b.Tested.IsValid() && b.Tested <= j.asOf
	}
	if !looked {
		item.lower(verdict.Unassessed, "nothing of the wave has been tested, so its defects are not known")
	}
	return item
}

func (j judgeWave) support() ReadinessItem {
	item := ReadinessItem{Aspect: SupportAspect, Status: verdict.Met}
	switch {
	case j.w.Support == "":
		item.lower(verdict.NotMet, "nobody is named who helps the users")
	case !j.w.SupportReady.IsValid() || j.w.SupportReady > j.asOf:
		item.lower(verdict.Unassessed, "not confirmed to be in place: "+j.w.Support)
	default:
		item.note(fmt.Sprintf("confirmed on %s: %s", j.w.SupportReady, j.w.Support))
	}
	return item
}

func (j judgeWave) build() ReadinessItem {
	item := ReadinessItem{Aspect: BuildAspect, Status: verdict.NotApplicable, Reason: "nothing is built for the wave"}
	for _, b := range j.p.Build {
		if b.Wave != j.w.ID {
			continue
		}
		if item.Status == verdict.NotApplicable {
			item.Status, item.Reason = verdict.Met, ""
		}
		if b.Tested.IsValid() && b.Tested <= j.asOf {
			item.note(fmt.Sprintf("tested on %s: %s", b.Tested, named(b.ID, b.Title)))
		} else {
			item.lower(verdict.NotMet, "not tested: "+named(b.ID, b.Title))
		}
	}
	return item
}

func (j judgeWave) entry() ReadinessItem {
	item := ReadinessItem{Aspect: EntryAspect, Status: verdict.Met}
	if len(j.w.Entry) == 0 {
		item.lower(verdict.Unassessed, "there are no entry criteria")
	}
	for _, c := range j.w.Entry {
		if c.Ticked(j.asOf) {
			item.note(fmt.Sprintf("done on %s: %s", c.Done, c.Title))
		} else {
			item.lower(verdict.NotMet, "not done: "+c.Title)
		}
	}
	return item
}

func (j judgeWave) rollback() ReadinessItem {
	item := ReadinessItem{Aspect: RollbackAspect, Status: verdict.Met}
	switch rule := j.w.RollbackRule; {
	case j.w.Rollback == "" && !rule.Given():
		item.lower(verdict.NotMet, "there is no way back")
	case !rule.Given():
		item.lower(verdict.Unassessed, "the way back has no rule: triggers, who decides, for how long")
	case !rule.Tested.IsValid() || rule.Tested > j.asOf:
		item.lower(verdict.NotMet, "the way back was not rehearsed")
	default:
		item.note(fmt.Sprintf("rehearsed on %s", rule.Tested))
	}
	return item
}

// earlier looks at the waves before this one in the order of the plan.
func (j judgeWave) earlier(before []Wave) ReadinessItem {
	item := ReadinessItem{Aspect: EarlierAspect, Status: verdict.NotApplicable, Reason: "it is the first wave"}
	for _, w := range before {
		if item.Status == verdict.NotApplicable {
			item.Status, item.Reason = verdict.Met, ""
		}
		switch {
		case w.RolledBack.IsValid() && w.RolledBack <= j.asOf:
			item.lower(verdict.NotMet, "went back: "+named(w.ID, w.Title))
		case !w.IsLive(j.asOf):
			item.lower(verdict.NotMet, "not live: "+named(w.ID, w.Title))
		case len(w.Exit) == 0:
			item.lower(verdict.Unassessed, "without exit criteria: "+named(w.ID, w.Title))
		case !w.Finished(j.asOf):
			item.lower(verdict.NotMet, "exit criteria not met: "+named(w.ID, w.Title))
		default:
			item.note("exit criteria met: " + named(w.ID, w.Title))
		}
	}
	return item
}
