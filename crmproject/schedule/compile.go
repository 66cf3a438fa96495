package schedule

import (
	"math"
	"slices"
	"sync"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Compile checks a definition and returns it as a network. It keeps no part of
// the definition's slices. The error joins all faults, each located by path,
// such as
//
//	activities[3].id: duplicate "design"
//	links[7].to: unknown "uta"
//	links: cycle build -FS-> test -SS+2-> build
//
// and wraps [verdict.ErrMissing], [verdict.ErrDuplicate], [verdict.ErrUnknown],
// [verdict.ErrInvalid], [verdict.ErrRange], what [calendar.Pattern.Compile]
// reports, and a [*CycleError] for each set of activities that wait for one
// another. It takes O(n + m) time for n activities and m links.
func Compile(d Definition) (*Network, error) {
	c := compiler{source: d, network: &Network{head: d}}
	c.copyHead()
	c.calendars()
	c.resources()
	c.activities()
	c.links()
	c.order()
	if err := c.faults.Err(); err != nil {
		return nil, err
	}
	return c.network, nil
}

// MustCompile is Compile for literals: it panics where Compile returns an error.
func MustCompile(d Definition) *Network {
	n, err := Compile(d)
	if err != nil {
		panic(err)
	}
	return n
}

// A compiler turns a definition into a network.
type compiler struct {
	source   Definition
	network  *Network
	faults   verdict.Faults
	byName   map[string]int32 // calendars
	resource map[string]bool
	duration []int // by activity
	arcs     []arc // by link
	span     int   // of durations and lags together
}

// copyHead copies the lists that are short.
func (c *compiler) copyHead() {
	h := &c.network.head
	h.Activities, h.Links = emptied(h.Activities), emptied(h.Links)
	h.Calendars = mapped(h.Calendars, Calendar.clone)
	h.Resources = slices.Clone(h.Resources)
}

// emptied returns an empty slice that is nil if s is.
func emptied[T any](s []T) []T {
	if s == nil {
		return nil
	}
	return []T{}
}

// calendars compiles the working calendars and finds the default one.
func (c *compiler) calendars() {
	n, list := c.network, c.network.head.Calendars
	c.faults.IDs("calendars", len(list), func(i int) string { return list[i].ID })
	c.byName = make(map[string]int32, len(list)+1)
	if len(list) == 0 {
		n.works = []*calendar.Working{calendar.Pattern{Week: calendar.MondayToFriday}.MustCompile()}
	}
	for i := range list {
		w, err := list[i].Pattern.Compile()
		c.faults.Add(verdict.At("calendars", i)+".pattern", err)
		n.works = append(n.works, w)
		c.byName[list[i].ID] = int32(i)
	}
	c.byName[""] = 0
	if i, ok := c.byName[n.head.Calendar]; ok {
		c.byName[""] = i
	} else {
		c.faults.Unknown("calendar", n.head.Calendar)
	}
	n.standard = c.byName[""]
	c.point("deadline", n.head.Deadline)
}

func (c *compiler) resources() {
	list := c.network.head.Resources
	c.faults.IDs("resources", len(list), func(i int) string { return list[i].ID })
	c.resource = make(map[string]bool, len(list))
	for i, r := range list {
		c.resource[r.ID] = true
		if r.Capacity < 0 {
			c.faults.Addf(verdict.At("resources", i)+".capacity", "%d: %w", r.Capacity, verdict.ErrRange)
		}
	}
}

// activities gives each activity its index and checks what it says of itself.
func (c *compiler) activities() {
	list := c.source.Activities
	if len(list) > math.MaxInt32-1 || len(c.source.Links) > math.MaxInt32-1 {
		c.faults.Addf("activities", "%w: more than 2³¹ activities or links", verdict.ErrRange)
		return
	}
	odd := c.read()
	for i, d := range c.duration {
		if odd[i] {
			c.lookAt(i, &list[i])
		}
		c.stretch(d)
	}
}

// read copies what every activity has, its id and its duration, and makes the
// ids known. It returns, by index, whether there is more to look at.
func (c *compiler) read() (odd []bool) {
	list := c.source.Activities
	ids := make([]string, len(list))
	c.network.ids, c.duration, odd = ids, make([]int, len(list)), make([]bool, len(list))
	parallel(len(list), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			a := &list[i]
			ids[i], c.duration[i] = a.ID, a.Duration
			odd[i] = a.ID == "" || a.Duration < 0 || a.Duration > maxOffset || !a.bare()
		}
	})
	c.network.directory = newDirectory(ids, func(i int) {
		if id := list[i].ID; id != "" {
			c.faults.Duplicate(verdict.At("activities", i)+".id", id)
		}
	})
	return odd
}

// lookAt checks an activity that is not an id and a duration only.
func (c *compiler) lookAt(i int, a *Activity) {
	if a.ID == "" {
		c.faults.Missing(verdict.At("activities", i) + ".id")
	}
	if a.Duration < 0 || a.Duration > maxOffset {
		c.faults.Addf(verdict.At("activities", i)+".duration", "%d: %w", a.Duration, verdict.ErrRange)
	}
	if !a.bare() {
		c.detail(i, a)
	}
}

// detail keeps an activity that is more than an id and a duration.
func (c *compiler) detail(i int, a *Activity) {
	n := c.network
	if n.detail == nil {
		n.detail = make([]int32, len(c.source.Activities))
	}
	n.details = append(n.details, a.clone())
	n.detail[i] = int32(len(n.details))
	which := c.details(verdict.At("activities", i), a)
	if n.calendars == nil && which != n.standard {
		n.calendars = make([]int32, len(c.source.Activities))
		for k := range n.calendars {
			n.calendars[k] = n.standard
		}
	}
	if n.calendars != nil {
		n.calendars[i] = which
	}
}

// stretch adds to the time that the network may span at most.
func (c *compiler) stretch(units int) {
	units = max(units, -units)
	if c.span <= maxOffset && units > maxOffset-c.span {
		c.faults.Addf("", "%w: durations and lags add up to more than %d", verdict.ErrRange, maxOffset)
		c.span = maxOffset + 1
	}
	if c.span <= maxOffset {
		c.span += units
	}
}

// An arc is a link between indices, or between positions; a negative end is
// unknown.
type arc struct {
	from, to int32
	lag      int32
	relation uint8 // see packed
}

// unfit is the relation of an arc that is not valid.
const unfit = 0xff

// links finds the ends of each link.
func (c *compiler) links() {
	list := c.source.Links
	if c.network.ids == nil {
		return
	}
	c.arcs = make([]arc, len(list))
	var lock sync.Mutex
	fit, span := true, c.span
	parallel(len(list), func(lo, hi int) {
		c.network.directory.resolve(list[lo:hi], c.arcs[lo:hi])
		ok, lags := c.survey(c.arcs[lo:hi])
		lock.Lock()
		defer lock.Unlock()
		fit, span = fit && ok, min(span+lags, maxOffset+1)
	})
	if fit && span <= maxOffset {
		c.span = span
		return
	}
	for i := range c.arcs {
		a := &c.arcs[i]
		switch {
		case a.from < 0 || a.to < 0 || a.relation == unfit:
			c.badLink(verdict.At("links", i), &list[i], a)
		case a.lag == 0:
		case Unit(a.relation>>2) == Percent:
			c.stretch(list[i].Relation.Lag.units(max(c.duration[a.from], 0)))
		default:
			c.stretch(int(a.lag))
		}
	}
}

// survey reports whether all arcs are valid, and to what their lags add up, or
// that this is more than maxOffset.
func (c *compiler) survey(arcs []arc) (fit bool, span int) {
	for i := range arcs {
		a := &arcs[i]
		if a.from < 0 || a.to < 0 || a.relation == unfit {
			return false, 0
		}
		units := int(a.lag)
		if unit := Unit(a.relation >> 2); unit == Percent {
			units = Lag{units, unit}.units(max(c.duration[a.from], 0))
		}
		units = min(max(units, -units), maxOffset+1)
		span = min(span+units, maxOffset+1)
	}
	return true, span
}

func (c *compiler) badLink(path string, l *Link, a *arc) {
	c.end(path+".from", l.From, a.from)
	c.end(path+".to", l.To, a.to)
	if !l.Relation.Type.IsValid() || !l.Relation.Lag.Unit.IsValid() {
		c.faults.Addf(path+".relation", "%s: %w", l.Relation, verdict.ErrUnknown)
	} else if !l.Relation.IsValid() {
		c.faults.Addf(path+".relation", "%s: %w", l.Relation, verdict.ErrRange)
	}
}

func (c *compiler) end(path, id string, found int32) {
	switch {
	case id == "":
		c.faults.Missing(path)
	case found < 0:
		c.faults.Unknown(path, id)
	}
}
