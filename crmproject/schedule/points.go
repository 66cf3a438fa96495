package schedule

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A point is a metric and how it is taken.
type point struct {
	code     verdict.Code
	severity verdict.Severity
	limit    ratio.Ratio
	index    bool
	take     func(f Facts) measure
	title    string
	why      string
	message  string // of the finding, after the value and before the limit
	remedy   string
}

// long is the number of working days above which a duration or a float is too
// long to be trusted: two months.
const long = 44

var points = []point{{
	code: "SCHED-001", severity: verdict.Major, limit: ratio.New(1, 20), take: takeLogic,
	title:   "Activities have a predecessor and a successor",
	why:     "An activity that waits for nothing, or that nothing waits for, can slip without anyone seeing what it delays.",
	message: "of the unfinished activities lack a predecessor or a successor",
	remedy:  "Link each of them to what it waits for and to what waits for it.",
}, {
	code: "SCHED-002", severity: verdict.Minor, limit: ratio.Int(0), take: takeLeads,
	title:   "No link has a lead",
	why:     "A negative lag makes work begin before what it waits for is done, on a guess of when that will be.",
	message: "of the links have a lead",
	remedy:  "Split the predecessor where the successor can begin, and link to the first part.",
}, {
	code: "SCHED-003", severity: verdict.Minor, limit: ratio.New(1, 20), take: takeLags,
	title:   "Few links have a lag",
	why:     "A lag is time without an owner: nobody reports on it, and nobody can shorten it.",
	message: "of the links have a lag",
	remedy:  "Make an activity of what the time is needed for.",
}, {
	code: "SCHED-004", severity: verdict.Minor, limit: ratio.New(9, 10), index: true, take: takeTypes,
	title:   "Most links are finish to start",
	why:     "Other links overlap work and make the critical path hard to follow.",
	message: "of the links are finish to start",
	remedy:  "Split activities so that one follows the other.",
}, {
	code: "SCHED-005", severity: verdict.Major, limit: ratio.New(1, 20), take: takeHard,
	title:   "Few activities have hard constraints",
	why:     "A fixed date keeps the network from showing what a delay does.",
	message: "of the unfinished activities have a hard constraint",
	remedy:  "Give them a deadline instead, or a link to what fixes the date.",
}, {
	code: "SCHED-006", severity: verdict.Minor, limit: ratio.New(1, 20), take: takeHighFloat,
	title:   "Few activities have a high float",
	why:     "More than two months of float mostly mean that a successor is missing.",
	message: "of the unfinished activities have a total float above 44 working days",
	remedy:  "Look for what waits for them, and link it.",
}, {
	code: "SCHED-007", severity: verdict.Major, limit: ratio.Int(0), take: takeNegativeFloat,
	title:   "No float is negative",
	why:     "Negative float says that the plan misses a date it was given, before any work has gone wrong.",
	message: "of the unfinished activities have a negative float",
	remedy:  "Shorten what drives them, change the links, or agree on a later date.",
}, {
	code: "SCHED-008", severity: verdict.Minor, limit: ratio.New(1, 20), take: takeLong,
	title:   "Few activities are long",
	why:     "Progress on an activity of more than two months cannot be told from a delay.",
	message: "of the unfinished activities last longer than 44 working days",
	remedy:  "Split them into parts that can be seen to be finished.",
}, {
	code: "SCHED-009", severity: verdict.Major, limit: ratio.Int(0), take: takeInvalid,
	title:   "Planned dates lie ahead and actual dates behind",
	why:     "Work cannot be planned for the past, nor be done in the future: such a plan has not been updated.",
	message: "of the activities have a planned date in the past or an actual one in the future",
	remedy:  "Report what was done, and plan the rest from the status date.",
}, {
	code: "SCHED-010", severity: verdict.Minor, limit: ratio.Int(0), take: takeResources,
	title:   "Work has resources",
	why:     "What nobody is assigned to is done by nobody, and costs nothing in the budget.",
	message: "of the unfinished activities have no resource",
	remedy:  "Assign people or teams to them.",
}, {
	code: "SCHED-011", severity: verdict.Major, limit: ratio.New(1, 20), take: takeMissed,
	title:   "Few activities have missed their baseline",
	why:     "A plan that was not kept so far will not be kept from now on.",
	message: "of the activities that were to be finished by now were not, or finished late",
	remedy:  "Find out why, and correct the durations of what is still to come.",
}, {
	code: "SCHED-012", severity: verdict.Major, limit: ratio.Int(1), index: true, take: takePathTest,
	title:   "A delay of critical work delays the project",
	why:     "If it does not, the network has a gap, and its critical path is not the one to watch.",
	message: "of a trial delay of 600 days in critical work reached the finish of the project",
	remedy:  "Look for missing links and hard constraints after this activity.",
}, {
	code: "SCHED-013", severity: verdict.Major, limit: ratio.New(19, 20), index: true, take: takePathLength,
	title:   "The critical path is short enough",
	why:     "The critical path length index says how much faster than planned the rest has to go to be on time.",
	message: "is the critical path length index",
	remedy:  "Shorten the critical path or agree on a later date.",
}, {
	code: "SCHED-014", severity: verdict.Major, limit: ratio.New(19, 20), index: true, take: takeExecution,
	title:   "Activities are finished at the rate of the baseline",
	why:     "The baseline execution index counts what is finished against what was to be finished by now.",
	message: "is the baseline execution index",
	remedy:  "Find out what holds the work up, or plan anew with what is possible.",
}}

// takeLogic counts open ends. The one start and the one end that a network has to
// have do not count.
func takeLogic(f Facts) measure {
	p := f.Plan
	m := p.model
	out := make([]bool, m.Len())
	for _, from := range m.from {
		out[from] = true
	}
	unfinished := p.left(everything)
	noIn := func(at int) bool { return m.first[at] == m.first[at+1] }
	noOut := func(at int) bool { return !out[at] }
	starts, ends := 0, 0
	for at := range m.order {
		if noIn(at) {
			starts++
		}
		if noOut(at) {
			ends++
		}
	}
	which := p.against(unfinished, func(at int) bool { return starts > 1 && noIn(at) || ends > 1 && noOut(at) })
	return share(which, len(unfinished), "unfinished activities")
}

func takeLeads(f Facts) measure {
	return f.Plan.ties(func(r Relation) bool { return r.Lag.Amount < 0 })
}

func takeLags(f Facts) measure {
	return f.Plan.ties(func(r Relation) bool { return r.Lag.Amount > 0 })
}

func takeTypes(f Facts) measure {
	m := f.Plan.ties(func(r Relation) bool { return r.Type != FS })
	m.value = ratio.Int(1).Sub(m.value)
	return m
}

func takeHard(f Facts) measure {
	p := f.Plan
	list := p.left(everything)
	return share(p.against(list, func(at int) bool {
		for _, c := range p.model.at(at).Constraints {
			if c.Kind.Hard() {
				return true
			}
		}
		return false
	}), len(list), "unfinished activities")
}

func takeHighFloat(f Facts) measure {
	p := f.Plan
	list := p.left(everything)
	return share(p.against(list, func(at int) bool { return p.floats[at] > long }), len(list), "unfinished activities")
}

func takeNegativeFloat(f Facts) measure {
	p := f.Plan
	list := p.left(everything)
	return share(p.against(list, func(at int) bool { return p.floats[at] < 0 }), len(list), "unfinished activities")
}

func takeLong(f Facts) measure {
	p := f.Plan
	list := p.left(p.work)
	return share(p.against(list, func(at int) bool { return p.model.at(at).Duration > long }), len(list), "unfinished activities with a duration")
}

func takeResources(f Facts) measure {
	p := f.Plan
	if len(p.model.head.Resources) == 0 {
		return idle("the plan has no resources")
	}
	list := p.left(p.work)
	return share(p.against(list, func(at int) bool { return len(p.model.at(at).Uses) == 0 }), len(list), "unfinished activities with a duration")
}
