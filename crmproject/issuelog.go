package crmproject

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// An IssueLog is where the issues of one kind stand at a date: how many there
// are, how old, how long they take, where their number goes (CP-25, CP-38).
//
// Days are counted from the day an issue was opened: one resolved on the same day
// took 0 days. The median of an even number is the mean of the two in the middle.
type IssueLog struct {
	AsOf     calendar.Date `json:"asOf"`
	Raised   int           `json:"raised"`
	Resolved int           `json:"resolved"`
	Open     []SeverityLog `json:"open,omitempty"` // one for each severity with an open issue, gravest first
	Overdue  int           `json:"overdue"`        // open and past their date
	Oldest   string        `json:"oldest,omitempty"`
	// OldestDays is the age of the oldest open issue, 0 if none is open; Ages puts
	// the open issues into the age groups up to 7 days, 28 days, and older.
	OldestDays int         `json:"oldestDays"`
	Ages       [3]int      `json:"ages"`
	MeanDays   ratio.Ratio `json:"meanDays"`   // to resolve; undefined before the first is resolved
	MedianDays ratio.Ratio `json:"medianDays"` // likewise
	InTime     ratio.Ratio `json:"inTime"`     // of the resolved ones with a date, the share that kept it
	Weeks      []IssueWeek `json:"weeks,omitempty"`
	Trend      Trend       `json:"trend,omitzero"` // over the last 28 days
}

// A SeverityLog counts the open issues of one severity.
type SeverityLog struct {
	Severity verdict.Severity `json:"severity"`
	Open     int              `json:"open"`
	Overdue  int              `json:"overdue"`
}

// An IssueWeek counts the issues raised and resolved in one week, and those open
// at its end, or at the date of the log in its last week.
type IssueWeek struct {
	Week     calendar.Week `json:"week"`
	Raised   int           `json:"raised"`
	Resolved int           `json:"resolved"`
	Open     int           `json:"open"`
}

// Total returns how many issues are open.
func (l IssueLog) Total() int { return l.Raised - l.Resolved }

// OpenAt counts the open issues of at least the given severity.
func (l IssueLog) OpenAt(least verdict.Severity) int {
	n := 0
	for _, s := range l.Open {
		if s.Severity >= least {
			n += s.Open
		}
	}
	return n
}

// maxIssueWeeks bounds the list of weeks of a log: two years up to its date.
const maxIssueWeeks = 104

// trendDays is the time over which a log looks for its trend.
const trendDays = 28

// IssueLog returns where the issues of the given kinds stand at asOf, of all kinds
// if none is given. An issue raised later does not exist yet, and one resolved
// later is open. Weeks runs from the first issue to asOf, at most the last 104.
// The trend compares what was raised with what was resolved in the last 28 days;
// it is not known before there is an issue.
func (p *Project) IssueLog(asOf calendar.Date, kinds ...IssueKind) IssueLog {
	log := IssueLog{AsOf: asOf}
	issues := filtered(p.Issues, func(i Issue) bool {
		return (len(kinds) == 0 || slices.Contains(kinds, i.Kind)) && i.Opened.IsValid() && i.Opened <= asOf
	})
	log.Raised = len(issues)
	var took []int64
	kept, dated := 0, 0
	for _, i := range issues {
		if i.Open(asOf) {
			takeDown(&log, i)
			continue
		}
		log.Resolved++
		took = append(took, max(0, int64(i.Resolved-i.Opened)))
		if i.Due.IsValid() {
			dated++
			if i.Resolved <= i.Due {
				kept++
			}
		}
	}
	slices.SortFunc(log.Open, func(a, b SeverityLog) int { return int(b.Severity) - int(a.Severity) })
	log.MeanDays, log.MedianDays = meanOf(took), medianOf(took)
	log.InTime = ratio.Of(int64(kept), int64(dated), "no issue with a date is resolved yet")
	countWeeks(&log, issues)
	log.Trend = trendOf(issues, asOf)
	return log
}

// takeDown counts an open issue.
func takeDown(l *IssueLog, i Issue) {
	at := slices.IndexFunc(l.Open, func(s SeverityLog) bool { return s.Severity == i.Severity })
	if at < 0 {
		at = len(l.Open)
		l.Open = append(l.Open, SeverityLog{Severity: i.Severity})
	}
	l.Open[at].Open++
	if i.Due.IsValid() && i.Due < l.AsOf {
		l.Open[at].Overdue++
		l.Overdue++
	}
	age := int(l.AsOf - i.Opened)
	if l.Oldest == "" || age > l.OldestDays {
		l.Oldest, l.OldestDays = i.ID, age
	}
	switch {
	case age <= 7:
		l.Ages[0]++
	case age <= 28:
		l.Ages[1]++
	default:
		l.Ages[2]++
	}
}

const noneResolved = "no issue is resolved yet"

func meanOf(days []int64) ratio.Ratio {
	sum := int64(0) // each is below 2²², so the sum fits
	for _, d := range days {
		sum += d
	}
	return ratio.Of(sum, int64(len(days)), noneResolved)
}

func medianOf(days []int64) ratio.Ratio {
	if len(days) == 0 {
		return ratio.Undefined(noneResolved)
	}
	slices.Sort(days)
	mid := len(days) / 2
	if len(days)%2 == 1 {
		return ratio.Int(days[mid])
	}
	return ratio.New(days[mid-1]+days[mid], 2)
}

// countWeeks counts by week, in linear time.
func countWeeks(l *IssueLog, issues []Issue) {
	if len(issues) == 0 {
		return
	}
	last := l.AsOf.WeekOf()
	first := last
	for _, i := range issues {
		first = min(first, i.Opened.WeekOf())
	}
	first = max(first, last-maxIssueWeeks+1)
	l.Weeks = make([]IssueWeek, last-first+1)
	open := 0 // before the first week
	for _, i := range issues {
		if w := i.Opened.WeekOf(); w >= first {
			l.Weeks[w-first].Raised++
		} else {
			open++
		}
		if i.Open(l.AsOf) {
			continue
		}
		if w := max(i.Opened, i.Resolved).WeekOf(); w >= first {
			l.Weeks[w-first].Resolved++
		} else {
			open--
		}
	}
	for at := range l.Weeks {
		w := &l.Weeks[at]
		open += w.Raised - w.Resolved
		w.Week, w.Open = first+calendar.Week(at), open
	}
}

// trendOf compares what came in with what was resolved in the time before asOf.
func trendOf(issues []Issue, asOf calendar.Date) Trend {
	if len(issues) == 0 {
		return 0
	}
	since := asOf.AddDays(-trendDays) // not included
	net := 0
	for _, i := range issues {
		if i.Opened > since {
			net++
		}
		if !i.Open(asOf) && i.Resolved > since {
			net--
		}
	}
	switch {
	case net > 0:
		return Rising
	case net < 0:
		return Falling
	default:
		return Level
	}
}
