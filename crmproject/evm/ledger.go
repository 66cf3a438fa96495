package evm

import (
	"cmp"
	"slices"
	"sort"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Ledger is all that earned value needs to know of a project: the plan, what
// was reported, and what was spent. Reports and costs may come in any order; what
// is dated later than the day that is asked about has not happened yet.
type Ledger struct {
	Baseline Baseline   `json:"baseline"`
	Progress []Progress `json:"progress,omitempty"`
	Costs    []Cost     `json:"costs,omitempty"`
}

// Validate reports every fault of the baseline (see [Baseline.Validate]), of the
// progress and of the costs, located by path: packages and milestones that do not
// exist, missing dates, two states of one package on one day, measures that are
// negative or not those that the method needs, other currencies. Progress beyond
// 100 % is no fault but a finding; see [Rules].
func (l Ledger) Validate() error {
	_, err := l.open()
	return err
}

// A book is a ledger made ready for questions: everything by package and by date.
type book struct {
	Baseline
	working  *calendar.Working
	currency money.Currency
	tracks   []track
}

// A track is a work package with what became of it, in the order of dates.
type track struct {
	WorkPackage
	base   int // track whose share is earned: its own, or that of its base
	states []state
	costs  []spending
}

// A state is what a progress report makes of a package.
type state struct {
	on         calendar.Date
	share      ratio.Ratio
	reported   ratio.Ratio // the same without cap and formula
	toComplete money.Amount
}

// Spending is the cost of a package up to and including a day.
type spending struct {
	on    calendar.Date
	total money.Amount
}

// open validates the ledger and sorts it out.
func (l Ledger) open() (*book, error) {
	var faults verdict.Faults
	b, err := l.Baseline.open()
	faults.Add("baseline", err)
	byID := l.Baseline.byID()
	l.validateProgress(&faults, byID)
	l.validateCosts(&faults, byID)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	b.enterProgress(l.Progress, byID)
	return b, b.enterCosts(l.Costs, byID)
}

func (l Ledger) validateProgress(faults *verdict.Faults, byID map[string]int) {
	type key struct {
		i  int
		on calendar.Date
	}
	seen := make(map[key]bool, len(l.Progress))
	for j, s := range l.Progress {
		var own verdict.Faults // with relative paths, so that none is made for what is in order
		i, known := l.entry(&own, s.Package, s.On, byID)
		l.amount(&own, "toComplete", s.ToComplete)
		if known {
			s.validate(&own, l.Baseline.Packages[i])
			if seen[key{i, s.On}] {
				own.Addf("on", "%w %v: the package has a state of this day", verdict.ErrDuplicate, s.On)
			}
			seen[key{i, s.On}] = true
		}
		addBelow(faults, "progress", j, &own)
	}
}

func (l Ledger) validateCosts(faults *verdict.Faults, byID map[string]int) {
	for j, c := range l.Costs {
		var own verdict.Faults
		l.entry(&own, c.Package, c.On, byID)
		l.amount(&own, "amount", c.Amount)
		if c.Amount == (money.Amount{}) {
			own.Missing("amount")
		}
		addBelow(faults, "costs", j, &own)
	}
}

// addBelow records the faults of element j of the list at path.
func addBelow(faults *verdict.Faults, path string, j int, own *verdict.Faults) {
	if own.Len() > 0 {
		faults.Add(verdict.At(path, j), own.Err())
	}
}

// entry checks what all entries have, and returns the position of the package.
func (l Ledger) entry(faults *verdict.Faults, id string, on calendar.Date, byID map[string]int) (int, bool) {
	i, known := byID[id]
	switch {
	case id == "":
		faults.Missing("package")
	case !known:
		faults.Unknown("package", id)
	}
	if !on.IsValid() {
		faults.Missing("on")
	}
	return i, known && id != ""
}

// amount records an amount of another currency than the baseline.
func (l Ledger) amount(faults *verdict.Faults, path string, a money.Amount) {
	c := l.Baseline.currency()
	switch {
	case !a.IsValid():
		faults.Addf(path, "%w amount", money.ErrInvalid)
	case a.Currency() != 0 && c != 0 && a.Currency() != c:
		faults.Addf(path, "%w: %s in a ledger of %s", money.ErrCurrency, a, c)
	}
}

func (b *book) enterProgress(all []Progress, byID map[string]int) {
	counts := make([]int, len(b.tracks))
	for _, s := range all {
		counts[byID[s.Package]]++
	}
	for i, n := range counts {
		b.tracks[i].states = make([]state, 0, n)
	}
	for _, s := range all {
		t := &b.tracks[byID[s.Package]]
		t.states = append(t.states, state{s.On, t.Share(s), t.reported(s), s.ToComplete})
	}
	for i := range b.tracks {
		slices.SortFunc(b.tracks[i].states, func(x, y state) int { return cmp.Compare(x.on, y.on) })
	}
}

// enterCosts adds the costs up by day. It fails if a sum does not fit an int64.
func (b *book) enterCosts(all []Cost, byID map[string]int) error {
	var faults verdict.Faults
	byDate := make([]int, len(all))
	counts := make([]int, len(b.tracks))
	for j, c := range all {
		byDate[j] = j
		counts[byID[c.Package]]++
	}
	for i, n := range counts {
		b.tracks[i].costs = make([]spending, 0, n)
	}
	slices.SortStableFunc(byDate, func(x, y int) int { return cmp.Compare(all[x].On, all[y].On) })
	for _, j := range byDate {
		t := &b.tracks[byID[all[j].Package]]
		total, err := t.spent(all[j].On).Add(all[j].Amount)
		if err != nil {
			faults.Add(verdict.At("costs", j)+".amount", err)
		}
		t.costs = append(t.costs, spending{all[j].On, total})
	}
	return faults.Err()
}

// spent returns the actual cost up to and including d.
func (t *track) spent(d calendar.Date) money.Amount {
	if i := sort.Search(len(t.costs), func(i int) bool { return t.costs[i].on > d }); i > 0 {
		return t.costs[i-1].total
	}
	return money.FromMinor(0, t.Budget.Currency())
}

// stateAt returns the latest state up to and including d, and false if nothing
// was reported by then.
func (t *track) stateAt(d calendar.Date) (state, bool) {
	if i := t.reports(d); i > 0 {
		return t.states[i-1], true
	}
	return state{}, false
}

// reports returns the number of states up to and including d.
func (t *track) reports(d calendar.Date) int {
	return sort.Search(len(t.states), func(i int) bool { return t.states[i].on > d })
}
