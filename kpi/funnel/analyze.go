package funnel

import (
	"maps"
	"slices"
	"sort"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

// Options are what can be chosen. The zero Options break nothing down.
type Options[K kpi.Key] struct {
	// By breaks the result down by an attribute; zero means it does not.
	By Grouping
	// Label gives the attribute of a customer, for [ByCustomer]. It must give the same
	// for the same customer every time.
	Label func(customer K) string
}

// A Grouping says which attribute a result is broken down by. The zero Grouping
// means none.
type Grouping uint8

// The groupings.
const (
	ByAnchor   Grouping = iota + 1 // Event.Attribute of the first event on the way that was counted
	ByCustomer                     // Options.Label of the customer
)

var groupingWords = verdict.NewWords[Grouping]("grouping", "by_anchor", "by_customer")

// ParseGrouping returns the grouping of a word such as "by_anchor".
func ParseGrouping(word string) (Grouping, error) { return groupingWords.Parse(word) }

// IsValid reports whether g is one of the groupings.
func (g Grouping) IsValid() bool { return groupingWords.IsValid(g) }

// String returns the word of g, empty for the zero value.
func (g Grouping) String() string { return groupingWords.String(g) }

// AppendText appends the word of g to b.
func (g Grouping) AppendText(b []byte) ([]byte, error) { return groupingWords.AppendText(b, g) }

// MarshalText returns the word of g.
func (g Grouping) MarshalText() ([]byte, error) { return g.AppendText(nil) }

// UnmarshalText reads a word; g is unchanged on error.
func (g *Grouping) UnmarshalText(text []byte) error { return groupingWords.UnmarshalText(text, g) }

// Analyze returns how far the customers of the log came by asOf, in seconds and
// included: later events are dropped and counted. It takes time in proportion to
// events times steps, beside one sort unless the log is compact. The error reports
// every fault of the arguments.
func Analyze[K kpi.Key](l *Log[K], f Funnel, asOf int64, o Options[K]) (Result, error) {
	var faults verdict.Faults
	checkArguments(&faults, f, asOf)
	checkWord(&faults, "options.by", o.By)
	if (o.Label != nil) != (o.By == ByCustomer) {
		faults.Addf("options.label", "%w: it goes with by_customer", verdict.ErrInvalid)
	}
	kinds, masks, err := f.kinds()
	faults.Add("steps", err)
	if err := wrap(&faults); err != nil {
		return Result{}, err
	}
	a := &analysis{machine: f.machine(masks), asOf: asOf, window: orForever(f.Window), groups: map[string]*tally{}}
	c := l.canonical()
	result := Result{AsOf: asOf, Funnel: f.clone()}
	a.kinds = make([]uint8, len(c.names.values))
	for i, name := range c.names.values {
		a.kinds[i] = noStep
		if kind, ok := kinds[name]; ok {
			a.kinds[i] = kind
		}
	}
	for rows := range c.byCustomer() {
		rows = a.arrange(rows, f.Ties, &result.Counts)
		anchor, came := a.customer(rows)
		if !came {
			continue
		}
		switch o.By {
		case ByAnchor:
			a.group(c.attributes.values[rows[anchor].attribute])
		case ByCustomer:
			a.group(o.Label(c.customers.values[rows[0].who]))
		}
	}
	result.Steps = a.total.steps(f)
	for _, value := range slices.Sorted(maps.Keys(a.groups)) {
		result.Groups = append(result.Groups, Group{value, a.groups[value].steps(f)})
	}
	return result, nil
}

// checkArguments records what is wrong with the funnel and the end of the observation.
func checkArguments(faults *verdict.Faults, f Funnel, asOf int64) {
	faults.Add("funnel", f.Validate())
	checkTime(faults, "asOf", asOf)
}

// clone copies the slices of f, for keeping.
func (f Funnel) clone() Funnel {
	f.Steps = slices.Clone(f.Steps)
	for i := range f.Steps {
		f.Steps[i].Events = slices.Clone(f.Steps[i].Events)
	}
	return f
}

// An analysis holds what is reused from customer to customer.
type analysis struct {
	*machine

	asOf, window int64
	kinds        []uint8 // by number of the name
	total        tally
	groups       map[string]*tally

	rows    []row
	marks   []mark
	path    []int
	journey journey
	scratch pathScratch
}

// arrange counts the events of a customer, drops the late ones and puts the rest
// into the order that the funnel wants ties in.
func (a *analysis) arrange(rows []row, ties Ties, c *Counts) []row {
	c.Events += int64(len(rows))
	end := sort.Search(len(rows), func(i int) bool { return rows[i].at > a.asOf })
	c.Later += int64(len(rows) - end)
	a.rows = append(a.rows[:0], rows[:end]...)
	slices.SortStableFunc(a.rows, func(x, y row) int {
		if x.at == y.at && (x.order == y.order || ties == Simultaneous) {
			return int(a.kinds[x.name]) - int(a.kinds[y.name])
		}
		return compareRows(x, y)
	})
	a.marks = a.marks[:0]
	for _, r := range a.rows {
		kind := a.kinds[r.name]
		if kind == noStep {
			c.Others++
		} else {
			c.Steps++
		}
		a.marks = append(a.marks, mark{r.at, kind})
	}
	return a.rows
}

// customer counts the customer arranged last. It returns his anchor, and false if
// he has none.
func (a *analysis) customer(rows []row) (anchor int, came bool) {
	a.journey = a.machine.journey(a.marks)
	if len(rows) == 0 || a.journey.came == 0 {
		return 0, false
	}
	a.path = a.machine.path(a.path[:0], a.marks, a.journey.came, &a.scratch)
	a.count(&a.total)
	return a.path[0], true
}

func (a *analysis) count(t *tally) {
	t.enter(a.journey, a.window, a.asOf)
	t.follow(a.marks, a.path)
}

// group counts the last customer in a group too.
func (a *analysis) group(value string) {
	t := a.groups[value]
	if t == nil {
		t = &tally{}
		a.groups[value] = t
	}
	a.count(t)
}
