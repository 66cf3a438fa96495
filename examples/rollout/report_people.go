package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/objective"
	"github.com/crmrollout/crm/examples/rollout/internal/page"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/risk"
	"github.com/crmrollout/crm/stakeholder"
)

func risks(s *page.Section, f *Figures) {
	r := f.Risks
	s.Paraf("%d active risks. Expected loss that is left: %s; expected gain: %s; contingency: %s.",
		r.Active, exposure(r.Threats), exposure(r.Opportunities), amount(r.Contingency))
	if r.Active > 0 {
		s.Pre(r.HeatMap.String())
	}
	rows := [][]string{}
	for i, x := range r.Ranking {
		if i == mostRisks {
			break
		}
		owner, response := "nobody", "none"
		if full, ok := f.dossier.Risks.Risk(x.Risk); ok {
			if full.Owner != "" {
				owner = nameOf(f, full.Owner)
			}
			responses := []string{}
			for _, a := range full.Responses {
				responses = append(responses, words(a.Strategy.String()))
			}
			if len(responses) > 0 {
				response = strings.Join(responses, ", ")
			}
		}
		rows = append(rows, []string{strconv.Itoa(x.Place), x.Risk, short(x.Title, 42), x.Rating.Name, exposure(x.EMV), short(owner, 18), short(response, 22)})
	}
	s.Table([]string{"#>", "id", "risk", "band", "expected>", "owner", "response"}, rows...)
	rows = nil
	for _, b := range r.Benefits {
		leverage := b.Leverage.Decimal(1)
		if b.Free() {
			leverage = "free"
		}
		if !b.Gain.Defined() || len(rows) == 5 {
			continue
		}
		rows = append(rows, []string{b.Risk, b.Response, exposure(b.Gain), amount(b.Cost), leverage})
	}
	s.Table([]string{"risk", "response", "gains>", "costs>", "gain per cost>"}, rows...)
}

// nameOf returns the name of a team member or stakeholder.
func nameOf(f *Figures, id string) string {
	if m, ok := f.dossier.Project.Team.Member(id); ok {
		return m.Name
	}
	if x, ok := f.dossier.Stakeholders.Register.Stakeholder(id); ok {
		return x.Name
	}
	return id
}

func people(s *page.Section, f *Figures) {
	p := f.Stakeholders
	s.Paraf("%d stakeholders; %d bought in after planning began; %d messages are owed.", p.Count, len(p.Late), len(p.Owed))
	rows := [][]string{}
	for _, a := range p.Engagement {
		if a.Alignment == stakeholder.Aligned || a.Gap <= 0 {
			continue
		}
		what := "nothing is being done"
		if len(a.Open) > 0 {
			what = a.Open[0].What
		}
		rows = append(rows, []string{short(nameOf(f, a.Stakeholder), 28), a.Current.String(), a.Desired.String(), short(what, 48)})
	}
	s.Table([]string{"stakeholder with a gap", "is", "should be", "what is done"}, rows...)
	rows = nil
	for _, d := range p.Messages {
		if d.OverdueDays > 0 {
			rows = append(rows, []string{d.Communication, d.Next.String(), strconv.Itoa(d.OverdueDays), short(whoWaits(f, d.Behind), 60)})
		}
	}
	s.Table([]string{"overdue message", "was due", "days>", "who waits"}, rows...)
	rows = nil
	for i, o := range p.Owed {
		if i > 0 && p.Owed[i-1].Event == o.Event {
			continue
		}
		var waiting []string
		for _, x := range p.Owed[i:] {
			if x.Event == o.Event {
				waiting = append(waiting, x.Stakeholder)
			}
		}
		rows = append(rows, []string{o.Since.String(), words(o.Kind.String()), short(o.Subject, 40), itoa(len(waiting)), short(whoWaits(f, waiting), 34)})
	}
	s.Table([]string{"since", "owed news", "about", "waiting>", "among them"}, rows...)
}

func whoWaits(f *Figures, ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = nameOf(f, id)
	}
	return strings.Join(names, ", ")
}

func targets(s *page.Section, f *Figures) {
	count := map[objective.Rating]int{}
	rows := [][]string{}
	for _, l := range f.Targets {
		rating := l.Attainment.Rating.String()
		if rating == "" {
			rating = "watched"
		}
		count[l.Attainment.Rating]++
		rows = append(rows, []string{l.ID, short(l.Name, 30), value(l), l.Target.Decimal(1), interval(l.Interval),
			rating, l.Trend.String(), l.Measured.String()})
	}
	s.Paraf("%d green, %d amber, %d red, %d not rated.", count[objective.Green], count[objective.Amber], count[objective.Red], count[objective.Unrated])
	s.Table([]string{"id", "indicator", "value>", "target>", "interval (95 %)", "rating", "trend", "measured"}, rows...)
	reasons := []string{}
	for _, l := range f.Targets {
		if l.Attainment.Rating == objective.Red || l.Attainment.Rating == objective.Amber {
			reasons = append(reasons, fmt.Sprintf("%s is %s: %s", l.Name, l.Attainment.Rating, l.Attainment.Reason))
		}
	}
	s.List(reasons...)
}

func value(l kpi.Line) string {
	if l.Value.IsZero() {
		return "–"
	}
	return l.Value.Decimal(1)
}

func interval(i kpi.Interval) string {
	if !i.Defined() {
		return ""
	}
	return fmt.Sprintf("%.1f to %.1f", i.Lo, i.Hi)
}

// exposure writes an expected amount for people.
func exposure(e risk.Exposure) string {
	a, err := e.Amount(money.HalfEven)
	if err != nil {
		return "n/a"
	}
	return amount(a)
}
