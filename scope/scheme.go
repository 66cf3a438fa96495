package scope

import (
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Scheme says what makes a scope statement complete: the items of each
// component, what they weigh, which of them are gates, and the score to reach.
// It is data that an organisation replaces with its own. The zero Scheme means
// [DefaultScheme]; so does each of its two parts if it is left out.
type Scheme struct {
	Components []ComponentScheme `json:"components,omitempty"`
	Threshold  ratio.Ratio       `json:"threshold,omitzero"` // least score of a statement that is ready, 0 to 1
}

// A ComponentScheme is what is asked of one component. A component of weight 0
// adds nothing to the score; its gates hold all the same.
type ComponentScheme struct {
	Component  Component `json:"component"`
	Weight     int64     `json:"weight"`              // 0 to [MaxWeight]
	Exemptible bool      `json:"exemptible,omitzero"` // it may be declared not applicable, with a rationale
	Items      []Item    `json:"items"`
}

// An Item is one thing that a component has or lacks. A gate must be satisfied
// whatever the score.
//
// The items of [DefaultScheme] are read off a statement, and so are those of
// three families: "source_" and a department, a cost category and "_cost", and
// the word of a technical area. Any other is the organisation's own, satisfied
// by a [Confirmation].
type Item struct {
	Name   string `json:"name"`
	Weight int64  `json:"weight"` // 0 to [MaxWeight]
	Gate   bool   `json:"gate,omitzero"`
}

// MaxWeight is the largest weight of an item or a component.
const MaxWeight = 1_000_000

// DefaultScheme returns the items of this package, each of weight 1, over nine
// components of weight 1. Integration and data migration may be declared not
// applicable. The threshold is 4/5.
func DefaultScheme() Scheme {
	scheme := Scheme{Threshold: ratio.New(4, 5)}
	for _, d := range derivations {
		n := len(scheme.Components)
		if n == 0 || scheme.Components[n-1].Component != d.item.Component {
			scheme.Components = append(scheme.Components, ComponentScheme{
				Component: d.item.Component, Weight: 1,
				Exemptible: d.item.Component == ComponentIntegration || d.item.Component == ComponentMigration,
			})
			n++
		}
		items := &scheme.Components[n-1].Items
		*items = append(*items, Item{Name: d.item.Name, Weight: 1, Gate: d.gate})
	}
	return scheme
}

// resolved returns the scheme with what is left out filled in.
func (s Scheme) resolved() Scheme {
	if len(s.Components) > 0 && !s.Threshold.IsZero() {
		return s
	}
	byDefault := DefaultScheme()
	if len(s.Components) == 0 {
		s.Components = byDefault.Components
	}
	if s.Threshold.IsZero() {
		s.Threshold = byDefault.Threshold
	}
	return s
}

// of returns what the scheme asks of a component.
func (s Scheme) of(c Component) (ComponentScheme, bool) {
	i := slices.IndexFunc(s.Components, func(x ComponentScheme) bool { return x.Component == c })
	if i < 0 {
		return ComponentScheme{}, false
	}
	return s.Components[i], true
}

// has reports whether the scheme asks for an item.
func (s Scheme) has(ref ItemRef) bool {
	c, ok := s.of(ref.Component)
	return ok && slices.ContainsFunc(c.Items, func(x Item) bool { return x.Name == ref.Name })
}

// total returns the weight of all items. With at most [MaxWeight] each it does
// not overflow.
func (c ComponentScheme) total() int64 {
	var sum int64
	for _, item := range c.Items {
		sum += item.Weight
	}
	return sum
}

// Validate reports every fault of the scheme: components or items that are
// unknown, unnamed or listed twice, weights out of range, a component that has a
// weight while none of its items has one, a threshold outside 0 to 1.
func (s Scheme) Validate() error {
	var f verdict.Faults
	seen := map[Component]bool{}
	for i, c := range s.Components {
		at := verdict.At("components", i)
		wantWord(&f, at+".component", c.Component, c.Component.IsValid())
		if seen[c.Component] && c.Component != 0 {
			f.Duplicate(at+".component", c.Component.String())
		}
		seen[c.Component] = true
		c.validate(&f, at)
	}
	mayShare(&f, "threshold", s.Threshold)
	return f.Err()
}

func (c ComponentScheme) validate(f *verdict.Faults, at string) {
	wantWeight(f, at+".weight", c.Weight)
	seen := map[string]bool{}
	sound := true
	for i, item := range c.Items {
		entry := verdict.At(at+".items", i)
		switch {
		case item.Name == "":
			f.Missing(entry + ".name")
		case !(ItemRef{ComponentScope, item.Name}).IsValid():
			f.Addf(entry+".name", "%w %s", verdict.ErrInvalid, verdict.Quote(item.Name))
		case seen[item.Name]:
			f.Duplicate(entry+".name", item.Name)
		}
		seen[item.Name] = true
		sound = wantWeight(f, entry+".weight", item.Weight) && sound
	}
	if sound && c.Weight > 0 && c.total() == 0 {
		f.Addf(at+".items", "%w: the component weighs %d, none of its items weighs anything", verdict.ErrInvalid, c.Weight)
	}
}

func wantWeight(f *verdict.Faults, at string, weight int64) bool {
	if weight < 0 || weight > MaxWeight {
		f.Addf(at, "%w: %d, want 0 to %d", verdict.ErrRange, weight, MaxWeight)
		return false
	}
	return true
}
