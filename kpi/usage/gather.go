package usage

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// Counts says what became of every event of the log. Used, Ignored, Earlier and
// Later add up to Events.
type Counts struct {
	Events  int64 `json:"events"`
	Used    int64 `json:"used"`
	Ignored int64 `json:"ignored"` // left out by the options
	Earlier int64 `json:"earlier"` // before the days that were looked at
	Later   int64 `json:"later"`   // after them
}

// A user is one user with the distinct days on which he was active, ascending.
type user[K kpi.Key] struct {
	key  K
	days []calendar.Date
}

// gather returns the users active in the days of the span, in ascending order. It
// takes time in proportion to the log, beside sorting what is not in order yet: the
// rows of all actions are brought together by a counting sort.
func gather[K kpi.Key](l *Log[K], span calendar.Interval, o Options[K], c *Counts) []user[K] {
	g := gathering[K]{keys: l.Users(), span: span, o: o, counts: c}
	for _, action := range l.Actions() {
		g.take(l.actions[action].Ledger(), o.counts(action))
	}
	return g.users()
}

// A gathering collects pairs of user and day.
type gathering[K kpi.Key] struct {
	keys   []K
	span   calendar.Interval
	o      Options[K]
	counts *Counts
	who    []uint32
	day    []calendar.Date
}

// take takes in the rows of one action.
func (g *gathering[K]) take(log *ledger.Log[K], wanted bool) {
	keys := log.Keys()
	number := make([]uint32, len(keys))
	counts := make([]bool, len(keys))
	for i, key := range keys {
		at, _ := slices.BinarySearch(g.keys, key)
		number[i], counts[i] = uint32(at), wanted && (g.o.Users == nil || g.o.Users(key))
	}
	rows := log.Columns()
	if wanted {
		g.who, g.day = slices.Grow(g.who, len(rows.Who)), slices.Grow(g.day, len(rows.Who))
	}
	for i, day := range rows.Day {
		n := int64(rows.N[i])
		g.counts.Events += n
		switch {
		case !counts[rows.Who[i]]:
			g.counts.Ignored += n
		case day < g.span.From:
			g.counts.Earlier += n
		case day > g.span.Until:
			g.counts.Later += n
		default:
			g.counts.Used += n
			g.who, g.day = append(g.who, number[rows.Who[i]]), append(g.day, day)
		}
	}
}

func (g *gathering[K]) users() []user[K] {
	next := make([]int, len(g.keys)+1)
	for _, who := range g.who {
		next[who+1]++
	}
	for i := range g.keys {
		next[i+1] += next[i]
	}
	days := make([]calendar.Date, len(g.day))
	for i, who := range g.who {
		days[next[who]] = g.day[i]
		next[who]++
	}
	users, from := make([]user[K], 0, len(g.keys)), 0
	for i, key := range g.keys {
		mine := days[from:next[i]:next[i]]
		from = next[i]
		if !slices.IsSorted(mine) {
			slices.Sort(mine)
		}
		if mine = slices.Compact(mine); len(mine) > 0 {
			users = append(users, user[K]{key, mine})
		}
	}
	return users
}

// observed returns the span with its beginning filled in: the day of the first
// event of any kind, if the caller does not know when recording began.
func observed[K kpi.Key](l *Log[K], span calendar.Interval) calendar.Interval {
	if span.From != 0 {
		return span
	}
	for _, h := range l.actions {
		for _, day := range h.Ledger().Columns().Day {
			if span.From == 0 || day < span.From {
				span.From = day
			}
		}
	}
	if span.Until.IsValid() && (span.From == 0 || span.From > span.Until) {
		span.From = span.Until // nothing was recorded until then
	}
	return span
}
