package scope

import (
	"cmp"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Baseline is the scope as it was agreed at a time: its elements by content.
// What is promised later is held against it. The zero Baseline is "none frozen".
type Baseline struct {
	Version    int           `json:"version"` // from 1 on
	By         string        `json:"by"`      // who approved it
	On         calendar.Date `json:"on"`
	Elements   []Element     `json:"elements"` // by kind and id
	Exclusions []string      `json:"exclusions,omitempty"`
}

// Freeze returns the statement as a baseline. The error lists every fault of the
// statement (below "statement") and of the other arguments: an invalid statement
// is not frozen.
func (s Statement) Freeze(version int, by string, on calendar.Date) (Baseline, error) {
	var f verdict.Faults
	b := Baseline{Version: version, By: by, On: on, Elements: s.Elements(), Exclusions: slices.Clone(s.Scope.Exclusions)}
	if err := s.Validate(); err != nil {
		b.validateHead(&f)
		f.Add("statement", err)
	} else {
		f.Add("", b.Validate())
	}
	if err := f.Err(); err != nil {
		return Baseline{}, err
	}
	return b, nil
}

// Frozen reports whether there is a baseline.
func (b Baseline) Frozen() bool { return b.Version > 0 }

// Fingerprint returns the fingerprint of all elements and exclusions, whatever
// their order: what a sign-off refers to.
func (b Baseline) Fingerprint() Fingerprint {
	d := digestOf("baseline").number(int64(len(b.Elements)))
	for _, e := range slices.SortedStableFunc(slices.Values(b.Elements), compareElements) {
		d.text(e.Kind.String(), e.ID, string(e.Fingerprint[:]))
	}
	return d.list(slices.Sorted(slices.Values(b.Exclusions))).sum()
}

// Validate reports every fault of the baseline.
func (b Baseline) Validate() error {
	var f verdict.Faults
	b.validateHead(&f)
	seen := map[Element]bool{}
	for i, e := range b.Elements {
		at := verdict.At("elements", i)
		wantWord(&f, at+".kind", e.Kind, e.Kind.IsValid())
		wantText(&f, at+".id", e.ID)
		if e.Fingerprint.IsZero() {
			f.Missing(at + ".fingerprint")
		}
		if key := (Element{Kind: e.Kind, ID: e.ID}); seen[key] && e.ID != "" {
			f.Duplicate(at+".id", e.ID)
		} else {
			seen[key] = true
		}
	}
	wantTexts(&f, "exclusions", b.Exclusions)
	return f.Err()
}

func (b Baseline) validateHead(f *verdict.Faults) {
	if b.Version < 1 {
		f.Addf("version", "%w: %d, want 1 or more", verdict.ErrRange, b.Version)
	}
	wantText(f, "by", b.By)
	wantDate(f, "on", b.On)
}

// An Operation is what happened to an element. The zero Operation is invalid.
type Operation uint8

// The operations.
const (
	Added    Operation = iota + 1 // it was not there before
	Modified                      // it is there with another content
	Deleted                       // it is there no more
)

var operationWords = verdict.NewWords[Operation]("operation", "added", "modified", "deleted")

// ParseOperation returns the operation of a word such as "added".
func ParseOperation(word string) (Operation, error) { return operationWords.Parse(word) }

// IsValid reports whether o is one of the operations.
func (o Operation) IsValid() bool { return operationWords.IsValid(o) }

// String returns the word of o, empty for the zero value.
func (o Operation) String() string { return operationWords.String(o) }

// AppendText appends the word of o to b.
func (o Operation) AppendText(b []byte) ([]byte, error) { return operationWords.AppendText(b, o) }

// MarshalText returns the word of o.
func (o Operation) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads a word; o is unchanged on error.
func (o *Operation) UnmarshalText(text []byte) error { return operationWords.UnmarshalText(text, o) }

// A Touch is one element that changes, and how.
type Touch struct {
	Operation Operation   `json:"operation"`
	Kind      ElementKind `json:"kind"`
	ID        string      `json:"id"`
}

// compareTouches orders touches by kind, id and operation.
func compareTouches(a, b Touch) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Operation, b.Operation))
}

// Diff returns what differs from one list of elements to another, by kind and
// id. The order of the arguments' elements does not matter; of elements with the
// same kind and id the last counts.
func Diff(before, after []Element) []Touch {
	was, is := printsOf(before), printsOf(after)
	var touches []Touch
	for key, now := range is {
		switch old, ok := was[key]; {
		case !ok:
			touches = append(touches, Touch{Added, key.Kind, key.ID})
		case old != now:
			touches = append(touches, Touch{Modified, key.Kind, key.ID})
		}
	}
	for key := range was {
		if _, ok := is[key]; !ok {
			touches = append(touches, Touch{Deleted, key.Kind, key.ID})
		}
	}
	slices.SortFunc(touches, compareTouches)
	return touches
}

// printsOf returns the fingerprints by kind and id.
func printsOf(list []Element) map[Touch]Fingerprint {
	prints := make(map[Touch]Fingerprint, len(list))
	for _, e := range list {
		prints[Touch{Kind: e.Kind, ID: e.ID}] = e.Fingerprint
	}
	return prints
}
