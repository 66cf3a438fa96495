package survival

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// MaxTime is the largest time: above it, not every integer is a float64.
const MaxTime int64 = 1 << 53

// nearTimes is how many times from 0 on are kept in a slice: as days, 44 years.
const nearTimes = 1 << 14

// A Sample accumulates subjects: for how long each was followed, and whether that
// ended with the event. It keeps counts by time and no subjects, so its size does
// not grow with theirs, and parts counted apart, by file or by machine, merge
// exactly by [Sample.Merge].
//
// The zero Sample is empty and ready for use. It must not be copied after first
// use, and only reading from it is safe for concurrent use.
type Sample struct {
	near  []tally
	far   map[int64]tally
	total int64
}

// A tally is what happened at one time. All counts of a sample together fit an
// int64, since each subject has one end and at most one late entry.
type tally struct {
	events, censored, entered int64
}

// A Group is a number of subjects with the same entry and time: what a database
// returns that groups by both.
type Group struct {
	Entry    int64 `json:"entry,omitempty"` // 0: followed from the start; otherwise the time after which they were followed
	Time     int64 `json:"time"`            // when they ended, above Entry unless that is 0
	Events   int64 `json:"events"`          // of these, with the event
	Censored int64 `json:"censored"`        // and without it
}

// A Count is what happened at one time of a [Sample]. AtRisk is the number of
// subjects followed immediately before: those of Events and Censored are among them,
// those of Entered are not.
type Count struct {
	Time     int64 `json:"time"`
	AtRisk   int64 `json:"atRisk"`
	Events   int64 `json:"events"`
	Censored int64 `json:"censored"`
	Entered  int64 `json:"entered,omitempty"` // late entries; those from the start are not counted here
}

// Add records a subject that was followed from its start to a time, with the given
// outcome. The error wraps [verdict.ErrRange] for a time below 0 or above
// [MaxTime], or is that of an invalid outcome; nothing is recorded then.
func (s *Sample) Add(time int64, outcome Outcome) error {
	if time < 0 || time >= int64(len(s.near)) || s.total == math.MaxInt64 || !outcome.IsValid() {
		return s.AddLate(0, time, outcome)
	}
	if outcome == Event { // a time met before: no more to check or to grow
		s.near[time].events++
	} else {
		s.near[time].censored++
	}
	s.total++
	return nil
}

// AddLate records a subject that was followed only after the time entry, counted
// from its own start, as a customer who was won before the records begin: had he
// left earlier, nobody would know of him. An entry of 0 is that of [Sample.Add]; a
// later one must lie before time.
func (s *Sample) AddLate(entry, time int64, outcome Outcome) error {
	g := Group{Entry: entry, Time: time}
	switch outcome {
	case Event:
		g.Events = 1
	case Censored:
		g.Censored = 1
	default:
		return fmt.Errorf("survival: outcome: %w: %d", verdict.ErrInvalid, uint8(outcome))
	}
	return s.AddGroup(g)
}

// AddGroup records a number of subjects at once. Counts must not be negative; a group
// of nobody is recorded as nothing. The error, which wraps [verdict.ErrRange],
// reports every fault, also that the sample would have more than 2⁶³−1 subjects;
// nothing is recorded then.
func (s *Sample) AddGroup(g Group) error {
	var faults verdict.Faults
	g.check(&faults)
	if faults.Len() == 0 && g.Events > math.MaxInt64-s.total-g.Censored {
		faults.Addf("", "%w: %d and %d more subjects beside %d", verdict.ErrRange, g.Events, g.Censored, s.total)
	}
	if faults.Len() > 0 {
		return wrap(&faults)
	}
	s.put(g.Time, tally{events: g.Events, censored: g.Censored})
	if g.Entry > 0 {
		s.put(g.Entry, tally{entered: g.Events + g.Censored})
	}
	s.total += g.Events + g.Censored
	return nil
}

func (g Group) check(faults *verdict.Faults) {
	switch {
	case g.Time < 0 || g.Time > MaxTime:
		faults.Addf("time", "%w: %d", verdict.ErrRange, g.Time)
	case g.Entry < 0:
		faults.Addf("entry", "%w: %d", verdict.ErrRange, g.Entry)
	case g.Entry > 0 && g.Entry >= g.Time:
		faults.Addf("entry", "%w: %d is not before the time %d", verdict.ErrRange, g.Entry, g.Time)
	}
	if g.Events < 0 {
		faults.Addf("events", "%w: %d", verdict.ErrRange, g.Events)
	}
	if g.Censored < 0 {
		faults.Addf("censored", "%w: %d", verdict.ErrRange, g.Censored)
	}
	if g.Events > 0 && g.Censored > math.MaxInt64-g.Events {
		faults.Addf("censored", "%w: %d beside %d events", verdict.ErrRange, g.Censored, g.Events)
	}
}

// Merge takes in every subject of other, which is not changed. A sample may be
// merged with itself, which doubles it. The error wraps [verdict.ErrRange] if there
// would be more than 2⁶³−1 subjects, and s is unchanged then.
func (s *Sample) Merge(other *Sample) error {
	if other.total > math.MaxInt64-s.total {
		return fmt.Errorf("survival: %w: %d more subjects beside %d", verdict.ErrRange, other.total, s.total)
	}
	for _, r := range other.rows() {
		s.put(r.time, r.tally)
	}
	s.total += other.total
	return nil
}

// Subjects returns the number of subjects.
func (s *Sample) Subjects() int64 { return s.total }

// Counts yields what happened at each time, in ascending order.
func (s *Sample) Counts() iter.Seq[Count] {
	return func(yield func(Count) bool) {
		rows := s.rows()
		atRisk := s.total - entries(rows)
		for _, r := range rows {
			if !yield(Count{r.time, atRisk, r.events, r.censored, r.entered}) {
				return
			}
			atRisk += r.entered - r.events - r.censored
		}
	}
}

// A row is a tally with its time.
type row struct {
	time int64
	tally
}

func (s *Sample) put(time int64, t tally) {
	if t == (tally{}) {
		return
	}
	if time < nearTimes {
		if missing := int(time) + 1 - len(s.near); missing > 0 {
			s.near = append(s.near, make([]tally, missing)...)
		}
		s.near[time].add(t)
		return
	}
	if s.far == nil {
		s.far = map[int64]tally{}
	}
	sum := s.far[time]
	sum.add(t)
	s.far[time] = sum
}

func (t *tally) add(u tally) {
	t.events += u.events
	t.censored += u.censored
	t.entered += u.entered
}

// rows returns the tallies that are not empty, in ascending order of time.
func (s *Sample) rows() []row {
	var rows []row
	for time, t := range s.near {
		if t != (tally{}) {
			rows = append(rows, row{int64(time), t})
		}
	}
	for _, time := range slices.Sorted(maps.Keys(s.far)) {
		rows = append(rows, row{time, s.far[time]})
	}
	return rows
}

func entries(rows []row) int64 {
	var n int64
	for _, r := range rows {
		n += r.entered
	}
	return n
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("survival: %w", err)
	}
	return nil
}
