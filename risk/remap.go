package risk

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Mapping says which level of a new matrix stands for each level of an old
// one, by name. A level that it does not mention is found by its name, or else
// by its range: the level of the new scale that holds the middle of the old
// one.
type Mapping struct {
	Likelihood map[string]string `json:"likelihood,omitempty"`
	Impact     map[string]string `json:"impact,omitempty"`
}

// A Change is the order to replace the matrix of a register.
type Change struct {
	To      Matrix        `json:"to"`
	Mapping Mapping       `json:"mapping,omitzero"`
	On      calendar.Date `json:"on"`
	By      string        `json:"by"`
}

// A Move is what a change of the matrix did to the latest assessment of a risk.
type Move struct {
	Risk  string `json:"risk"`
	Basis Basis  `json:"basis"`
	From  Rating `json:"from"`
	To    Rating `json:"to"`
	Trend Trend  `json:"trend"` // of the height of the band: Rising, Steady or Falling
}

// Moved reports whether the risk is now in a band of another name or height.
func (m Move) Moved() bool { return m.From.Name != m.To.Name || m.Trend != Steady }

// Remap returns the register with another matrix in use, and what became of
// each risk, in the order of the register. r itself is unchanged.
//
// Nothing is rewritten: the old matrix joins Earlier, and each risk that is not
// closed gets new assessments on the given day that restate its latest ones,
// inherent and residual, in the new levels. Targets are restated too. Bands of
// appetites must exist in the new matrix.
//
// The error lists every level that has no counterpart, and all else that is
// wrong; a level that cannot be mapped is never guessed.
func (r Register) Remap(c Change) (Register, []Move, error) {
	to := r.clone()
	to.Matrix = c.To.clone()
	to.Earlier = append([]Matrix{r.Matrix.clone()}, to.Earlier...)
	m := remapper{old: r, change: c}
	if c.By == "" {
		m.faults.Missing("by")
	}
	requireDay(&m.faults, "on", c.On)
	for i := range to.Risks {
		m.risk(verdict.At("risks", i), &to.Risks[i])
	}
	if err := cmp.Or(m.faults.Err(), to.Validate()); err != nil {
		return Register{}, nil, fmt.Errorf("risk: remap to %s: %w", verdict.Quote(c.To.Ref()), err)
	}
	return to, m.moves, nil
}

// A remapper carries out one Remap.
type remapper struct {
	old    Register
	change Change
	faults verdict.Faults
	moves  []Move
}

func (m *remapper) risk(path string, r *Risk) {
	if r.StateAt(m.change.On) == Closed {
		return
	}
	for i, a := range r.Assessments {
		if a.Date > m.change.On && a.Matrix != m.change.To.Ref() {
			m.faults.Addf(verdict.At(path+".assessments", i)+".date", "%v is after the change, %v: %w",
				a.Date, m.change.On, verdict.ErrRange)
		}
	}
	for _, basis := range []Basis{Inherent, Residual} {
		standing, ok := m.old.standing(*r, basis, m.change.On)
		if ok && standing.Matrix != m.change.To.Ref() {
			m.restate(path, r, standing)
		}
	}
	if r.Target != (Target{}) && r.Target.Matrix != m.change.To.Ref() {
		t := &r.Target
		t.Likelihood, t.Impact = m.levels(path+".target", t.Matrix, t.Likelihood, t.Impact)
		t.Matrix = m.change.To.Ref()
	}
}

func (m *remapper) restate(path string, r *Risk, s Standing) {
	a := s.Assessment
	a.Likelihood, a.Impact = m.levels(path, s.Matrix, s.Likelihood, s.Impact)
	rating, ok := m.change.To.Rate(a.Likelihood, a.Impact)
	if !ok {
		return // the fault is recorded by levels
	}
	a.Date, a.By, a.Matrix = m.change.On, m.change.By, m.change.To.Ref()
	a.Note = fmt.Sprintf("restated from %s, %s × %s", s.Matrix, s.Likelihood, s.Impact)
	a.Relies = slices.Clone(a.Relies)
	r.Assessments = append(r.Assessments, a)
	m.moves = append(m.moves, Move{
		Risk: r.ID, Basis: a.Basis, From: s.Rating, To: rating,
		Trend: trendOf(rating.Height.Cmp(s.Rating.Height)),
	})
}

// levels returns the counterparts of two levels of the old matrix.
func (m *remapper) levels(path, ref, likelihood, impact string) (string, string) {
	from, _ := m.old.MatrixOf(ref)
	return m.level(path+".likelihood", likelihood, from.Likelihood, m.change.To.Likelihood, m.change.Mapping.Likelihood),
		m.level(path+".impact", impact, from.Impact, m.change.To.Impact, m.change.Mapping.Impact)
}

func (m *remapper) level(path, name string, from, to Scale, mapping map[string]string) string {
	target, named := mapping[name]
	if !named {
		target = name
	}
	if _, ok := to.Index(target); ok {
		return target
	}
	if i, ok := from.Index(name); ok && !named {
		if j, held := to.LevelOf(from.middle(i)); held {
			return to.Levels[j].Name
		}
	}
	m.faults.Addf(path, "level %s has no counterpart %s: %w", verdict.Quote(name), verdict.Quote(target), verdict.ErrUnknown)
	return ""
}

// middle returns the middle of the range of level i, undefined if s has no
// edges.
func (s Scale) middle(i int) ratio.Ratio {
	if len(s.Edges) != len(s.Levels)+1 {
		return ratio.Undefined("no edges")
	}
	return s.Edges[i].Add(s.Edges[i+1]).Quo(ratio.Int(2))
}
