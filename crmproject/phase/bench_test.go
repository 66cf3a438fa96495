package phase_test

import (
	"testing"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// benchEdge has six criteria, as the gates of real life cycles do.
func benchEdge() phase.Transition[board] {
	t := phase.Transition[board]{From: "a", To: "b", Threshold: ratio.New(3, 5)}
	for i := range 6 {
		need := phase.Must
		if i >= 3 {
			need = phase.Should
		}
		t.Criteria = append(t.Criteria, criterion(gateCase{}.code(i), need, int64(i)))
	}
	return t
}

func benchMarks() []phase.Mark {
	marks := make([]phase.Mark, 6)
	for i := range marks {
		marks[i].Status = verdict.Met
	}
	marks[1].Status, marks[3].Status = verdict.NotApplicable, verdict.NotMet
	return marks
}

// naive is the machine one writes first: maps from phase to phase to closures
// over a map of statuses.
type naive map[phase.ID]map[phase.ID][]func(map[verdict.Code]verdict.Status) (ok bool, met, weight float64)

func naiveMachine(e phase.Edge) naive {
	n := naive{e.From: {}}
	for _, t := range e.Criteria {
		n[e.From][e.To] = append(n[e.From][e.To], func(known map[verdict.Code]verdict.Status) (bool, float64, float64) {
			s := known[t.Code]
			switch {
			case t.Need == phase.Must:
				return s.Satisfied(), 0, 0
			case s == verdict.NotApplicable:
				return true, 0, 0
			case s == verdict.Met:
				return true, float64(t.Weight), float64(t.Weight)
			default:
				return true, 0, float64(t.Weight)
			}
		})
	}
	return n
}

func (n naive) open(from, to phase.ID, known map[verdict.Code]verdict.Status, threshold float64) bool {
	guards, ok := n[from][to]
	met, weight := 0.0, 0.0
	for _, guard := range guards {
		o, m, w := guard(known)
		ok, met, weight = ok && o, met+m, weight+w
	}
	return ok && (weight == 0 || met/weight >= threshold)
}

func BenchmarkTransition(b *testing.B) {
	m, g := twoPhases(b, benchEdge())
	marks := benchMarks()
	b.Run("gate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if g.Judge(marks).Go != phase.Open {
				b.Fatal("shut")
			}
		}
	})
	b.Run("machine and gate", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			gate, _ := m.Gate("a", "b")
			if gate.Judge(marks).Go != phase.Open {
				b.Fatal("shut")
			}
		}
	})
	b.Run("naive", func(b *testing.B) {
		n, known := naiveMachine(g.Edge()), board{}
		for i, t := range g.Edge().Criteria {
			known[t.Code] = marks[i].Status
		}
		b.ReportAllocs()
		for b.Loop() {
			if !n.open("a", "b", known, 0.6) {
				b.Fatal("shut")
			}
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	m := phase.MustCompile(fivePhases())
	s, _, err := m.Start(day1, "x")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := m.Decide(s, goTo("planning", day2), allMet); err != nil {
			b.Fatal(err)
		}
	}
}
