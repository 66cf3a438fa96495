package funnel

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// MaxSteps is the largest number of steps of a funnel.
const MaxSteps = 32

// Day is a day in seconds, the unit of times and windows.
const Day = 24 * 60 * 60

// maxTime bounds the magnitude of times, in seconds: some 7·10¹⁰ years, so that
// differences fit an int64.
const maxTime = 1 << 61

// At returns the first second of a day in UTC, for events that have a day and no
// time. The last second of the day is At(day) + Day − 1.
func At(day calendar.Date) int64 {
	const epoch = 719_163 // 1970-01-01 as a calendar.Date
	return (int64(day) - epoch) * Day
}

// A Funnel is what customers are expected to go through: steps in their order. It
// is a plain value with a JSON form.
type Funnel struct {
	Steps []Step `json:"steps"` // 1 to MaxSteps
	// Window is the longest time from the first step to any other, in seconds,
	// both ends included; 0 means any time.
	Window int64 `json:"window,omitempty"`
	Mode   Mode  `json:"mode,omitzero"` // zero means Ordered
	Ties   Ties  `json:"ties,omitzero"` // zero means InOrder
}

// A Step is one step of a funnel: any event with one of its names.
type Step struct {
	Name   string   `json:"name"`
	Events []string `json:"events,omitempty"` // names of the events that count; none: the name of the step
	// Within is the longest time since the step before, in seconds, both ends
	// included; 0 means any time. The first step has none, nor has one in any order.
	Within int64 `json:"within,omitempty"`
}

// Of returns the funnel of events with the given names, in this order.
func Of(window int64, names ...string) Funnel {
	f := Funnel{Window: window}
	for _, name := range names {
		f.Steps = append(f.Steps, Step{Name: name})
	}
	return f
}

// names returns the names of the events of a step.
func (s Step) names() []string {
	if len(s.Events) == 0 {
		return []string{s.Name}
	}
	return s.Events
}

// Validate reports every fault of the funnel: no steps or too many, names that are
// missing or used twice, negative windows, and an event of two steps or a time
// since the step before where there is no order.
func (f Funnel) Validate() error {
	var faults verdict.Faults
	f.check(&faults)
	return faults.Err()
}

func (f Funnel) check(faults *verdict.Faults) {
	checkWord(faults, "mode", f.Mode)
	checkWord(faults, "ties", f.Ties)
	checkWindow(faults, "window", f.Window)
	switch {
	case len(f.Steps) == 0:
		faults.Missing("steps")
	case len(f.Steps) > MaxSteps:
		faults.Addf("steps", "%w: %d, at most %d", verdict.ErrRange, len(f.Steps), MaxSteps)
	}
	faults.IDs("steps", len(f.Steps), func(i int) string { return f.Steps[i].Name })
	for i, s := range f.Steps {
		f.checkStep(faults, verdict.At("steps", i), i, s)
	}
	if f.Mode == AnyOrder {
		f.checkApart(faults)
	}
}

func (f Funnel) checkStep(faults *verdict.Faults, path string, i int, s Step) {
	checkWindow(faults, verdict.Join(path, "within"), s.Within)
	if s.Within > 0 && (i == 0 || f.Mode == AnyOrder) {
		faults.Addf(verdict.Join(path, "within"), "%w: there is no step before", verdict.ErrInvalid)
	}
	for j, name := range s.Events {
		at := verdict.At(verdict.Join(path, "events"), j)
		if name == "" {
			faults.Missing(at)
		} else if slices.Contains(s.Events[:j], name) {
			faults.Duplicate(at, name)
		}
	}
}

// checkApart records events that are of two steps: in any order, which of them is
// which could not be told.
func (f Funnel) checkApart(faults *verdict.Faults) {
	seen := map[string]bool{}
	for i, s := range f.Steps {
		for _, name := range s.names() {
			if seen[name] && name != "" {
				faults.Addf(verdict.At("steps", i), "%w event %s: in any order, an event belongs to one step", verdict.ErrDuplicate, verdict.Quote(name))
			}
		}
		for _, name := range s.names() {
			seen[name] = true
		}
	}
}

// kinds numbers the names that matter: names that are of the same steps have one
// kind. Kinds are in the order in which simultaneous events are taken: by their
// first step, then by their last.
func (f Funnel) kinds() (of map[string]uint8, masks []uint32, err error) {
	mask := map[string]uint32{}
	for i, s := range f.Steps {
		for _, name := range s.names() {
			mask[name] |= 1 << i
		}
	}
	for _, m := range mask {
		masks = append(masks, m)
	}
	slices.SortFunc(masks, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(bits.TrailingZeros32(a), bits.TrailingZeros32(b)), cmp.Compare(a, b))
	})
	masks = slices.Compact(masks)
	if len(masks) > noStep {
		return nil, nil, fmt.Errorf("%w: %d ways to belong to steps, at most %d", verdict.ErrRange, len(masks), noStep)
	}
	of = make(map[string]uint8, len(mask))
	for name, m := range mask {
		of[name] = uint8(slices.Index(masks, m))
	}
	return of, masks, nil
}

func checkWindow(faults *verdict.Faults, path string, w int64) {
	if w < 0 {
		faults.Addf(path, "%w: %d seconds", verdict.ErrRange, w)
	}
}

// checkTime records a time that differences could overflow with.
func checkTime(faults *verdict.Faults, path string, at int64) {
	if at < -maxTime || at > maxTime {
		faults.Addf(path, "%w: %d seconds", verdict.ErrRange, at)
	}
}

// checkWord records an enumeration value that is neither zero nor a word.
func checkWord[E interface {
	~uint8
	IsValid() bool
	MarshalText() ([]byte, error)
}](faults *verdict.Faults, path string, v E) {
	if v != 0 && !v.IsValid() {
		_, err := v.MarshalText()
		faults.Add(path, err)
	}
}

// wrap prefixes the faults, if there are any.
func wrap(faults *verdict.Faults) error {
	if err := faults.Err(); err != nil {
		return fmt.Errorf("funnel: %w", err)
	}
	return nil
}
