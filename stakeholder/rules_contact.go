package stakeholder

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func contactRules() []rule {
	return []rule{
		{
			Code: "STAKE-321", Severity: verdict.Major, Check: checkOverdue,
			Title: "No planned message is overdue",
			Why:   "Silence is read as bad news, and trust goes with it.",
		},
		{
			Code: "STAKE-322", Severity: verdict.Minor, Check: checkNever,
			Title: "Every stakeholder in the plan has been contacted",
			Why:   "Engagement begins with the first talk; whoever has had none cannot be for the project.",
		},
		{
			Code: "STAKE-323", Severity: verdict.Major, Check: checkOwed,
			Title: "Decisions, approved changes, new high risks and issues have been told",
			Why:   "Stakeholders who learn of them from others no longer believe the plan.",
		},
		{
			Code: "STAKE-324", Severity: verdict.Minor, Check: checkNoise,
			Title: "Nobody gets more messages than needed",
			Why:   "Messages without need take time from all who read them, and the needed ones drown among them.",
		},
	}
}

func checkOverdue(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	due := f.Register.Due(f.AsOf)
	f.communications(r, func(at string, i int, c Communication) {
		if d := due[i]; d.OverdueDays > 0 {
			message := fmt.Sprintf("%s was due on %s and is %s overdue", verdict.Quote(c.ID), d.Next, plural(d.OverdueDays, "day"))
			if len(d.Behind) > 0 {
				message += " to " + list(d.Behind)
			}
			r.Find(at, message+".", "Send it now, or change the rhythm to one that can be kept.", "last sent "+orNever(d.Last))
		}
	})
}

func orNever(d calendar.Date) string {
	if d == 0 {
		return "never"
	}
	return d.String()
}

// checkNever looks at stakeholders to whom the plan owed a message by now, in
// the time of grace or past it.
func checkNever(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	x := f.Register.roll()
	contacted, owed := make([]bool, len(x.Stakeholders)), make([]calendar.Date, len(x.Stakeholders))
	for _, c := range x.sent(f.AsOf) {
		for _, who := range x.got(c) {
			contacted[who] = true
		}
	}
	for i, c := range x.Plan {
		for _, who := range x.reached[i] {
			rhythm := c.Rhythm.from(x.Stakeholders[who].Identified)
			if rhythm.Overdue(0, f.AsOf) > 0 && (owed[who] == 0 || rhythm.Start < owed[who]) {
				owed[who] = rhythm.Start
			}
		}
	}
	for i, s := range x.Stakeholders {
		if !contacted[i] && owed[i] != 0 {
			r.Find(verdict.Key("stakeholders", s.ID), fmt.Sprintf("%s was to be told of the project from %s on, and "+
				"was never contacted.", label(s), owed[i]), "Talk to the stakeholder, best in person.")
		}
	}
}

// checkOwed leaves the conflicts of the register to the rules on conflicts.
func checkOwed(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	own := make(map[string]bool, len(f.Register.Conflicts))
	for _, c := range f.Register.Conflicts {
		own[c.ID] = true
	}
	waiting := make(map[string][]string, len(f.Events))
	for _, o := range f.Register.Owed(f.AsOf, f.Events...) {
		waiting[o.Event] = append(waiting[o.Event], o.Stakeholder)
	}
	for _, e := range f.Events {
		if who := waiting[e.ID]; len(who) > 0 && !own[e.ID] && f.overdue(e.On, f.Config.messageWithin()) {
			r.Find(verdict.Key("events", e.ID), fmt.Sprintf("The %s %s of %s has not been told to %s.", spoken(e.Kind),
				verdict.Quote(e.Subject), e.On, list(who)), "Tell them now, with what it means for them.")
		}
	}
}

// spoken returns an event kind as it is spoken of.
func spoken(k EventKind) string {
	switch k {
	case PhaseDecision:
		return "phase decision"
	case ApprovedChange:
		return "approved change"
	case NewHighRisk:
		return "new high risk"
	case NewHighIssue:
		return "new high issue"
	case ResolvedConflict:
		return "resolution of the conflict"
	default:
		return "event"
	}
}

func checkNoise(f Facts, r reporter) {
	if !f.dated(r) {
		return
	}
	first := max(f.Config.noiseOver().Before(f.AsOf).AddDays(1), calendar.MinDate)
	for _, n := range f.Register.Noise(first, f.AsOf) {
		if n.Beyond > f.Config.NoiseAllowed {
			s, _ := f.Register.Stakeholder(n.Stakeholder)
			r.Find(verdict.Key("stakeholders", n.Stakeholder), fmt.Sprintf("%s got %s from %s to %s, %d more than the plan, "+
				"events and requests call for.", label(s), plural(n.Received, "message"), first, f.AsOf, n.Beyond),
				"Bundle what is to be said into the planned messages.")
		}
	}
}
