package crmproject

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func rolloutRules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "PROJECT-040", Severity: verdict.Minor,
			Title: "The CRM goes live in phases or with a pilot",
			Why:   "A small group finds the faults that would have stopped everybody.",
			Check: from(Planning, checkApproach),
		}, {
			Code: "PROJECT-041", Severity: verdict.Minor,
			Title: "Each wave has users, entry and exit criteria, a way back and support",
			Why:   "The day of going live is the wrong day to agree on when to stop.",
			Check: from(Planning, checkWaveData),
		}, {
			Code: "PROJECT-042", Severity: verdict.Critical,
			Title: "No wave goes live before its entry criteria are met",
			Why:   "A criterion that is waived by ignoring it will be met by an outage.",
			Check: checkEntry,
		}, {
			Code: "PROJECT-043", Severity: verdict.Major,
			Title: "All users of a wave are trained when it goes live",
			Why:   "Users who were not trained work around the CRM, and stay there.",
			Check: checkTrained,
		}, {
			Code: "PROJECT-044", Severity: verdict.Critical,
			Title: "The data of a wave are reconciled before it goes live",
			Why:   "Trust in a CRM does not survive wrong customer data in its first week.",
			Check: checkMigrations,
		}, {
			Code: "PROJECT-045", Severity: verdict.Major,
			Title: "No wave is late",
			Why:   "A rollout that slips keeps two systems alive, and the team tied up.",
			Check: checkWaveDates,
		}, {
			Code: "PROJECT-046", Severity: verdict.Major,
			Title: "What a wave needs is built and tested in time",
			Why:   "Untested work is tested by its users.",
			Check: checkBuild,
		}, {
			Code: "PROJECT-047", Severity: verdict.Major,
			Title: "Training sessions are held when they are planned",
			Why:   "A training that slips behind the launch is an apology.",
			Check: checkSessions,
		}, {
			Code: "PROJECT-048", Severity: verdict.Minor,
			Title: "Configuration and customisation are aligned to a process or a requirement",
			Why:   "A feature that serves no process is cost without use, for the life of the system.",
			Check: checkAlignment,
		}, {
			Code: "PROJECT-049", Severity: verdict.Minor,
			Title: "Training covers the system and the way of working, in more than one format",
			Why:   "People learn differently, and knowing the buttons is not knowing the work.",
			Check: from(Execution, checkFormats),
		},
	}
}

func checkApproach(f Facts, r *verdict.Reporter) {
	if len(f.Project.Waves) == 0 {
		r.Find("waves", "Nobody has planned how the CRM goes live.", "Plan a pilot or waves.")
		return
	}
	if f.Project.Size == SmallMedium && len(f.Project.Waves) == 1 {
		return // a small company may well go live at once
	}
	for _, w := range f.Project.Waves {
		if w.Kind == BigBang {
			r.Find(verdict.Key("waves", w.ID), named(w.ID, w.Title)+" takes everybody live at once.", "Let a pilot group go first.")
		}
	}
}

func checkWaveData(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		at := verdict.Key("waves", w.ID)
		empty(r, named(w.ID, w.Title), "Settle it before the wave goes live.",
			part{at + ".planned", "a planned date", w.Planned.IsValid()},
			part{at + ".groups", "users", len(w.Groups) > 0},
			part{at + ".entry", "entry criteria", len(w.Entry) > 0},
			part{at + ".exit", "exit criteria", len(w.Exit) > 0},
			part{at + ".rollback", "a way back", w.Rollback != ""},
			part{at + ".support", "support for its users", w.Support != ""})
	}
}

func checkEntry(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		if !w.IsLive(f.AsOf) {
			continue
		}
		for i, c := range w.Entry {
			if !c.Ticked(w.Live) {
				r.Find(verdict.At(verdict.Key("waves", w.ID)+".entry", i),
					fmt.Sprintf("%s went live on %s before this was done: %s.", named(w.ID, w.Title), w.Live, c.Title),
					"Do it now, and find out why it was passed over.")
			}
		}
	}
}

func checkTrained(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		share := w.Trained()
		if w.IsLive(f.AsOf) && share.Less(ratio.Int(1)) {
			users, trained, _ := w.Users()
			r.Find(verdict.Key("waves", w.ID)+".groups",
				fmt.Sprintf("%s is live and %d of its %d users are trained (%s).", named(w.ID, w.Title), trained, users, share.Percent(0)),
				"Train the others now.")
		}
	}
}

func checkMigrations(f Facts, r *verdict.Reporter) {
	byID := map[string]Wave{}
	for _, w := range f.Project.Waves {
		byID[w.ID] = w
	}
	for _, m := range f.Project.Migrations {
		if w := byID[m.Wave]; w.IsLive(f.AsOf) && !m.Accepted(w.Live) {
			r.Find(verdict.Key("migrations", m.ID),
				fmt.Sprintf("%s went live on %s although the data of %s were not accepted by then.", named(w.ID, w.Title), w.Live, m.name()),
				"Reconcile source and target, and correct the difference.",
				"completeness "+m.Completeness.Percent(2), "accuracy "+m.Accuracy.Percent(2), "threshold "+m.Threshold.Percent(2))
		}
	}
}

func checkWaveDates(f Facts, r *verdict.Reporter) {
	for _, w := range f.Project.Waves {
		if late := daysLate(w.Planned, w.Live, f.AsOf); late > 0 && !w.IsLive(f.AsOf) {
			r.Find(verdict.Key("waves", w.ID), fmt.Sprintf("%s was to go live on %s and is %s late.", named(w.ID, w.Title), w.Planned, days(late)),
				"Decide on a new date with its users.")
		}
	}
}

func checkBuild(f Facts, r *verdict.Reporter) {
	live := map[string]bool{}
	for _, w := range f.Project.Waves {
		live[w.ID] = w.IsLive(f.AsOf)
	}
	for _, b := range f.Project.Build {
		at := verdict.Key("build", b.ID)
		tested := b.Tested.IsValid() && b.Tested <= f.AsOf
		if live[b.Wave] && !tested {
			r.Find(at, named(b.ID, b.Title)+" is in use without having been tested.", "Test it now.")
			continue
		}
		if late := daysLate(b.Due, b.Built, f.AsOf); late > 0 && (!b.Built.IsValid() || b.Built > f.AsOf) {
			r.Find(at, fmt.Sprintf("%s was due on %s and is %s late.", named(b.ID, b.Title), b.Due, days(late)), "Replan it, or move it to a later wave.")
		}
	}
}

func checkSessions(f Facts, r *verdict.Reporter) {
	for _, t := range f.Project.Trainings {
		held := t.Held.IsValid() && t.Held <= f.AsOf
		if late := daysLate(t.Planned, 0, f.AsOf); late > 0 && !held {
			r.Find(verdict.Key("trainings", t.ID),
				fmt.Sprintf("%s was planned for %s and has not been held.", named(t.ID, t.Title), t.Planned),
				"Set a new date before the users go live.")
		}
	}
}

func checkAlignment(f Facts, r *verdict.Reporter) {
	for _, b := range f.Project.Build {
		if b.Process == "" && len(b.Requirements) == 0 {
			r.Find(verdict.Key("build", b.ID), named(b.ID, b.Title)+" serves no process and no requirement.", "Name what it is for, or drop it.")
		}
	}
}

func checkFormats(f Facts, r *verdict.Reporter) {
	subjects, formats := map[TrainingSubject]bool{}, map[string]bool{}
	for _, t := range f.Project.Trainings {
		subjects[t.Subject] = true
		formats[t.Format] = true
	}
	empty(r, "The training", "Add it to the training plan.",
		part{"trainings", "sessions on the system", subjects[OnSystem]},
		part{"trainings", "sessions on the way of working", subjects[OnProcess]},
		part{"trainings", "a second format", len(formats) > 1})
}
