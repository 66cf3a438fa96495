package schedule

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// The marks of a chart in text.
const (
	barDone     = '='
	barCritical = '#'
	barOpen     = '-'
	barFloat    = '.'
	barNow      = '|'
	barReached  = '◆'
	barMile     = '◇'
)

// GanttLegend says what the marks of [Plan.Gantt] mean.
const GanttLegend = "= done   # critical   - to do   . float   | status date   ◆ reached   ◇ milestone"

// labelWidth is how many characters of a name stand before its bar.
const labelWidth = 40

// Gantt draws the plan as a bar chart in plain text, with the bars in the given
// number of columns, 20 at least: one line for each activity that show picks, all
// if it is nil, in the order of [Plan.All]. What was finished or worked on by the
// status date is marked as done; float is what the finish can slip without
// moving the project. A column stands for several days, and belongs to a bar if
// one of them does. See [GanttLegend] for the marks. A plan of offsets has an
// axis of units instead of months.
//
// Equal plans give equal bytes. The text is for people and may change.
func (p *Plan) Gantt(columns int, show func(Timing) bool) string {
	c := chart{columns: max(columns, 20), dated: p.dated()}
	var rows []Timing
	for t := range p.All() {
		if show == nil || show(t) {
			rows = append(rows, t)
		}
	}
	if len(rows) == 0 {
		return ""
	}
	c.span(rows)
	if s := p.status.AsOf; s.IsValid() && c.dated {
		c.now, c.reported = int(s), true
	}
	var b strings.Builder
	c.axis(&b)
	for _, t := range rows {
		a, _ := p.model.Activity(t.ID)
		c.line(&b, a.label(), t)
	}
	return b.String()
}

// A chart places times in columns. Times are days or units.
type chart struct {
	columns     int
	first, last int // times shown, last one excluded
	now         int
	reported    bool
	dated       bool
}

// times returns when an activity begins, when it is over, and when that is at
// the latest, each excluded from the time before.
func (c *chart) times(t Timing) (start, end, late int) {
	if !c.dated {
		return t.ES, t.EF, max(t.EF, t.LF)
	}
	start, end = int(t.Start), int(t.Finish)+1
	if t.State == Finished || !t.LateFinish.IsValid() {
		return start, end, end
	}
	return start, end, max(end, int(t.LateFinish)+1)
}

func (c *chart) span(rows []Timing) {
	for i, t := range rows {
		start, end, late := c.times(t)
		if i == 0 {
			c.first, c.last = start, end
		}
		c.first, c.last = min(c.first, start), max(c.last, end, late)
	}
	c.last = max(c.last, c.first+1)
}

// column returns where a time stands.
func (c *chart) column(at int) int {
	return min(max((at-c.first)*c.columns/(c.last-c.first), 0), c.columns-1)
}

// fill marks the columns that a stretch of time touches, unless they are marked.
func (c *chart) fill(bar []rune, from, until int, mark rune) {
	if from >= until {
		return
	}
	for k := c.column(from); k <= c.column(until-1); k++ {
		if bar[k] == ' ' {
			bar[k] = mark
		}
	}
}

func (c *chart) line(b *strings.Builder, label string, t Timing) {
	bar := slices.Repeat([]rune{' '}, c.columns)
	start, end, late := c.times(t)
	mark := barOpen
	if t.Critical {
		mark = barCritical
	}
	switch {
	case t.Kind != Work && t.State == Finished:
		bar[c.column(start)] = barReached
	case t.Kind != Work:
		bar[c.column(start)] = barMile
	case t.State == Finished:
		c.fill(bar, start, end, barDone)
	case t.State == InProgress:
		c.fill(bar, start, min(c.now+1, end), barDone)
		c.fill(bar, max(start, c.now+1), end, mark)
	default:
		c.fill(bar, start, end, mark)
	}
	c.fill(bar, end, late, barFloat)
	if at := c.column(c.now); c.reported && bar[at] == ' ' {
		bar[at] = barNow
	}
	b.WriteString(strings.TrimRight(padded(label)+" "+string(bar), " ") + "\n")
}

// axis writes the names of the months over their first columns, or units.
func (c *chart) axis(b *strings.Builder) {
	line := slices.Repeat([]rune{' '}, c.columns+len("0000-00"))
	free := 0
	put := func(at int, text string) {
		if k := c.column(at); k >= free {
			copy(line[k:], []rune(text))
			free = k + len(text) + 1
		}
	}
	if c.dated {
		for day := calendar.Date(c.first); day.IsValid() && int(day) < c.last; day = day.EndOfMonth().AddDays(1) {
			put(int(day), day.String()[:len("0000-00")])
		}
	} else {
		for k := range 5 {
			put(c.first+(c.last-c.first)*k/4, After(c.first+(c.last-c.first)*k/4).String())
		}
	}
	b.WriteString(strings.TrimRight(padded("")+" "+string(line), " ") + "\n")
}

// padded cuts or fills a label to its width, without characters that print
// nothing.
func padded(label string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, label))
	if len(runes) > labelWidth {
		runes = append(runes[:labelWidth-1], '…')
	}
	return string(runes) + strings.Repeat(" ", labelWidth-utf8.RuneCountInString(string(runes)))
}
