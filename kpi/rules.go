package kpi

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Facts are what the rules of this package judge: a scorecard at a date. Kept
// holds the ids of the objectives that the project has kept; nil if they are not
// known, and then nothing is said about them. Live is the day from which users
// work with the CRM, no date before it.
type Facts struct {
	Scorecard Scorecard     `json:"scorecard"`
	AsOf      calendar.Date `json:"asOf"`
	Kept      []string      `json:"kept,omitempty"`
	Live      calendar.Date `json:"live,omitzero"`
}

// Rules returns the rules that judge a scorecard, by code.
func Rules() []verdict.Rule[Facts] {
	return []verdict.Rule[Facts]{
		{
			Code: "KPI-001", Severity: verdict.Major, Check: checkKept,
			Title: "Every kept objective has an indicator",
			Why:   "An objective that nobody measures is reached whenever somebody says so.",
		}, {
			Code: "KPI-002", Severity: verdict.Minor, Check: checkCatalogue,
			Title: "Every indicator is a metric of the catalogue",
			Why:   "A number without one definition means something else to each who reads it.",
		}, {
			Code: "KPI-003", Severity: verdict.Minor, Check: checkBaseline,
			Title: "Every target has a baseline",
			Why:   "Without the state before, nobody can tell what the CRM has changed.",
		}, {
			Code: "KPI-004", Severity: verdict.Major, Check: checkMeasured,
			Title: "Every indicator with a target is measured once users are live",
			Why:   "A target that is not measured cannot be missed, nor reached.",
		}, {
			Code: "KPI-005", Severity: verdict.Minor, Check: checkStale,
			Title: "No measurement is stale",
			Why:   "Old numbers hide what has happened since.",
		}, {
			Code: "KPI-006", Severity: verdict.Major, Check: checkRed,
			Title: "No target is red",
			Why:   "This is what the project is for.",
		}, {
			Code: "KPI-007", Severity: verdict.Minor, Check: checkAmber,
			Title: "No target is amber",
			Why:   "A gap is cheapest to close while it is small.",
		}, {
			Code: "KPI-008", Severity: verdict.Minor, Check: checkOwner,
			Title: "Every indicator has an owner",
			Why:   "Somebody must see to it that the number comes, and that it means what it says.",
		}, {
			Code: "KPI-009", Severity: verdict.Minor, Check: checkDeadline,
			Title: "Every target has a start and a deadline",
			Why:   "Without both there is no plan to be ahead of or behind.",
		}, {
			Code: "KPI-010", Severity: verdict.Minor, Check: checkValue,
			Title: "Every last measurement has a value",
			Why:   "A rate of nothing is not 0 %, and a report that shows it so misleads.",
		}, {
			Code: "KPI-011", Severity: verdict.Major, Check: checkPolarity,
			Title: "No target moves its metric the wrong way",
			Why:   "People will work towards what the target says.",
		}, {
			Code: "KPI-012", Severity: verdict.Info, Check: checkSample,
			Title: "Every measured share is precise enough to tell the target from the baseline",
			Why:   "With few cases, nothing may have changed, or everything.",
		},
	}
}

func (m Measure) path() string { return verdict.Key("measures", m.ID) }

// label names an indicator in a sentence: Churn rate (K-1).
func (m Measure) label() string {
	if metric, ok := Find(m.Metric); ok {
		return fmt.Sprintf("%s (%s)", metric.Name, m.ID)
	}
	return fmt.Sprintf("%s (%s)", m.Metric, m.ID)
}

func checkKept(f Facts, r *verdict.Reporter) {
	if f.Kept == nil {
		r.Unassessed("the objectives that were kept are not known")
	}
	for _, id := range f.Kept {
		if _, ok := f.Scorecard.Measure(id); !ok {
			r.Find("measures", fmt.Sprintf("The objective %s has no indicator.", id), "Agree on a metric and a target, or set the objective aside.")
		}
	}
}

func checkCatalogue(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		if _, ok := Find(m.Metric); !ok {
			r.Find(m.path()+".metric",
				fmt.Sprintf("The metric %s is not in the catalogue.", verdict.Quote(m.Metric)),
				"Use a metric of the catalogue, or write down the definition.")
		}
	}
}

func checkBaseline(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		if m.HasTarget() && !m.Target.Direction.Maintains() && !m.Target.Baseline.Defined() {
			r.Find(m.path()+".target.baseline", m.label()+" has no baseline.", "Measure it before users go live.")
		}
	}
}

func checkMeasured(f Facts, r *verdict.Reporter) {
	if !f.Live.IsValid() || f.Live > f.AsOf {
		r.NotApplicable("no users are live yet")
		return
	}
	for _, m := range f.Scorecard.Measures {
		last, ok := m.At(f.AsOf)
		if m.HasTarget() && (!ok || last.On < f.Live) {
			r.Find(m.path()+".history", m.label()+" has not been measured since users went live.", "Measure it.")
		}
	}
}

func checkStale(f Facts, r *verdict.Reporter) {
	for _, line := range f.Scorecard.At(f.AsOf) {
		if line.Stale {
			r.Find(verdict.Key("measures", line.ID)+".history",
				fmt.Sprintf("%s (%s) was last measured on %s.", line.Name, line.ID, line.Measured), "Measure it again.")
		}
	}
}

func checkRed(f Facts, r *verdict.Reporter) {
	checkRating(f, r, objective.Red, "Find the cause and decide on a corrective action.")
}

func checkAmber(f Facts, r *verdict.Reporter) {
	checkRating(f, r, objective.Amber, "Look into it before it turns red.")
}

func checkRating(f Facts, r *verdict.Reporter, rating objective.Rating, remedy string) {
	for i, line := range f.Scorecard.At(f.AsOf) {
		if line.Attainment.Rating != rating {
			continue
		}
		var evidence []string
		if line.Interval.Defined() {
			evidence = append(evidence, "measured with interval "+line.Interval.String())
			if m := f.Scorecard.Measures[i]; line.Interval.Contains(m.Target.Baseline) {
				evidence = append(evidence, "the baseline lies within the interval: the change may be chance")
			}
		}
		if line.Trend.IsValid() {
			evidence = append(evidence, "trend "+line.Trend.String())
		}
		r.Find(verdict.Key("measures", line.ID), fmt.Sprintf("%s (%s) is %s: %s.", line.Name, line.ID, rating, line.Attainment.Reason), remedy, evidence...)
	}
}

func checkOwner(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		if m.Owner == "" {
			r.Find(m.path()+".owner", m.label()+" has no owner.", "Name one.")
		}
	}
}

func checkDeadline(f Facts, r *verdict.Reporter) {
	for _, m := range f.Scorecard.Measures {
		if m.HasTarget() && !m.Target.Direction.Maintains() && (!m.Target.From.IsValid() || !m.Target.By.IsValid()) {
			r.Find(m.path()+".target", m.label()+" has no start or no deadline.", "Set both.")
		}
	}
}
