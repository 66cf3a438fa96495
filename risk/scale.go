package risk

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Level is one step of a Scale.
type Level struct {
	Name    string      `json:"name"`              // unique within the scale; assessments refer to it
	Value   ratio.Ratio `json:"value,omitzero"`    // weight in the score, above 0; not given: the rank 1, 2, 3, …
	Meaning string      `json:"meaning,omitempty"` // what an assessor should take it for
}

// A Scale is the levels of likelihood or impact in ascending order. Without
// Edges it is ordinal: its levels have an order and nothing else, and any sum
// or mean of them is meaningless.
//
// Edges, if given, are one more than the levels and strictly ascending. Level k
// is the half-open range from Edges[k] up to, not including, Edges[k+1]; the
// last level includes the last edge. Edges of likelihood are probabilities from
// 0 to 1. Edges of impact are any numbers from 0, in the Unit of the scale: a
// share of the budget, thousands of euros, days.
type Scale struct {
	Levels []Level       `json:"levels"`
	Edges  []ratio.Ratio `json:"edges,omitempty"`
	Unit   string        `json:"unit,omitempty"`
}

// Names returns a scale with levels of the given names, in ascending order,
// and without edges.
func Names(names ...string) Scale {
	levels := make([]Level, len(names))
	for i, name := range names {
		levels[i].Name = name
	}
	return Scale{Levels: levels}
}

// WithValues returns a copy of s whose first levels have the given values.
// Values beyond the levels are ignored.
func (s Scale) WithValues(values ...ratio.Ratio) Scale {
	s = s.clone()
	for i := range min(len(values), len(s.Levels)) {
		s.Levels[i].Value = values[i]
	}
	return s
}

// WithEdges returns a copy of s with the given edges; see [Scale] for what they
// must be. Without arguments it returns an ordinal scale.
func (s Scale) WithEdges(edges ...ratio.Ratio) Scale {
	s = s.clone()
	s.Edges = append([]ratio.Ratio(nil), edges...)
	return s
}

// WithEqualEdges returns a copy of s whose n levels divide the range from 0 to
// 1 into equal parts: its edges are exactly 0, 1/n, …, 1. It is an assumption,
// often made and seldom true; state it where it is used.
func (s Scale) WithEqualEdges() Scale {
	n := len(s.Levels)
	edges := make([]ratio.Ratio, 0, n+1)
	for k := range n + 1 {
		edges = append(edges, ratio.New(int64(k), int64(max(n, 1))))
	}
	return s.WithEdges(edges...)
}

// Ordinal reports whether s has no edges.
func (s Scale) Ordinal() bool { return len(s.Edges) == 0 }

// Index returns the position of the level of the given name, from 0, and false
// if there is none.
func (s Scale) Index(name string) (int, bool) {
	for i, level := range s.Levels {
		if level.Name == name {
			return i, true
		}
	}
	return 0, false
}

// LevelOf returns the position of the level whose range holds x, and false if
// the scale is ordinal, x is undefined, or x lies outside all ranges.
func (s Scale) LevelOf(x ratio.Ratio) (int, bool) {
	n := len(s.Levels)
	if n == 0 || len(s.Edges) != n+1 || !x.AtLeast(s.Edges[0]) || s.Edges[n].Less(x) {
		return 0, false
	}
	for k := 1; k < n; k++ {
		if x.Less(s.Edges[k]) {
			return k - 1, true
		}
	}
	return n - 1, true
}

// value returns what level i counts in a score.
func (s Scale) value(i int) ratio.Ratio {
	if v := s.Levels[i].Value; !v.IsZero() {
		return v
	}
	return ratio.Int(int64(i) + 1)
}

// names lists the names of the levels.
func (s Scale) names() []string {
	names := make([]string, len(s.Levels))
	for i, level := range s.Levels {
		names[i] = level.Name
	}
	return names
}

func (s Scale) clone() Scale {
	s.Levels = append([]Level(nil), s.Levels...)
	s.Edges = append([]ratio.Ratio(nil), s.Edges...)
	return s
}

// Validate reports every fault of s: no level, names missing or repeated,
// values that are not above 0 and ascending, edges of the wrong number or
// order, below 0 or undefined.
func (s Scale) Validate() error {
	var faults verdict.Faults
	if len(s.Levels) == 0 {
		faults.Missing("levels")
	}
	s.checkNames(&faults)
	s.checkValues(&faults)
	s.checkEdges(&faults)
	return faults.Err()
}

func (s Scale) checkNames(faults *verdict.Faults) {
	seen := make(map[string]bool, len(s.Levels))
	for i, level := range s.Levels {
		checkName(faults, verdict.At("levels", i)+".name", level.Name, seen)
	}
}

// checkName records a name that is empty or was seen before.
func checkName(faults *verdict.Faults, path, name string, seen map[string]bool) {
	switch {
	case name == "":
		faults.Missing(path)
	case seen[name]:
		faults.Duplicate(path, name)
	}
	seen[name] = true
}

func (s Scale) checkValues(faults *verdict.Faults) {
	given := 0
	for i, level := range s.Levels {
		path := verdict.At("levels", i) + ".value"
		v := level.Value
		switch {
		case v.IsZero():
			continue
		case !v.Defined() || v.Sign() <= 0:
			faults.Addf(path, "%s is not above 0: %w", short(v), verdict.ErrRange)
		case i > 0 && given == i && !s.Levels[i-1].Value.Less(v):
			faults.Addf(path, "%s is not above the value before it: %w", short(v), verdict.ErrRange)
		}
		given++
	}
	if given != 0 && given != len(s.Levels) {
		faults.Addf("levels", "%d of %d levels have a value, want all or none: %w", given, len(s.Levels), verdict.ErrInvalid)
	}
}

func (s Scale) checkEdges(faults *verdict.Faults) {
	if s.Ordinal() {
		return
	}
	if len(s.Edges) != len(s.Levels)+1 {
		faults.Addf("edges", "%d edges for %d levels, want one more edge than levels: %w",
			len(s.Edges), len(s.Levels), verdict.ErrInvalid)
	}
	for i, e := range s.Edges {
		switch {
		case !e.Defined() || e.Sign() < 0:
			faults.Addf(verdict.At("edges", i), "%s is below 0 or no number: %w", short(e), verdict.ErrRange)
		case i > 0 && !s.Edges[i-1].Less(e):
			faults.Addf(verdict.At("edges", i), "%s is not above the edge before it: %w", short(e), verdict.ErrRange)
		}
	}
}

// short returns a ratio for a message, capped in length, since the reason of an
// undefined one is free text.
func short(r ratio.Ratio) string {
	if r.Defined() {
		return r.String()
	}
	return verdict.Quote(fmt.Sprint(r))
}
