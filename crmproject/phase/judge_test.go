package phase_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// slowJudge is the definition of a gate, written to be read.
func slowJudge(e phase.Edge, marks []phase.Mark) phase.Judgement {
	j := slowAnswers(e, marks)
	hoped := make([]phase.Mark, len(marks))
	failed := false
	for i, m := range marks {
		hoped[i] = m
		if m.Status == verdict.Failed {
			hoped[i].Status, failed = verdict.Met, true
		}
	}
	if h := slowAnswers(e, hoped); failed {
		if j.Go == phase.Refused && h.Go == phase.Open {
			j.Go = phase.CheckFailed
		}
		if j.ConditionalGo == phase.Refused && h.ConditionalGo == phase.Open {
			j.ConditionalGo = phase.CheckFailed
		}
	}
	return j
}

// slowAnswers counts a failed check as not met.
func slowAnswers(e phase.Edge, marks []phase.Mark) phase.Judgement {
	j := phase.Judgement{Go: phase.Refused, ConditionalGo: phase.Refused}
	met, all, blocking, waived := new(big.Rat), new(big.Rat), 0, 0
	for i, t := range e.Criteria {
		var m phase.Mark
		if i < len(marks) {
			m = marks[i]
		}
		weight := new(big.Rat).SetInt64(t.Weight)
		switch {
		case t.Need == phase.Should && m.Status == verdict.NotApplicable:
		case t.Need == phase.Should && m.Status == verdict.Met:
			met.Add(met, weight)
			all.Add(all, weight)
		case t.Need == phase.Should:
			all.Add(all, weight)
		case m.Status == verdict.Met, m.Status == verdict.NotApplicable:
		case m.Waived && t.Waivable && m.Status != verdict.Failed:
			waived++
		default:
			blocking++
		}
	}
	j.Met, j.Weight = met.Num().Int64(), all.Num().Int64()
	score := big.NewRat(1, 1)
	if all.Sign() > 0 {
		score.Quo(met, all)
	}
	threshold := new(big.Rat)
	if e.Threshold.Defined() {
		threshold.SetFrac64(e.Threshold.Num(), e.Threshold.Den())
	}
	if blocking == 0 {
		j.ConditionalGo = phase.Open
		if waived == 0 && score.Cmp(threshold) >= 0 {
			j.Go = phase.Open
		}
	}
	return j
}

func randomEdge(rng *rand.Rand) phase.Transition[board] {
	t := phase.Transition[board]{From: "a", To: "b"}
	if rng.IntN(4) > 0 {
		den := 1 + rng.Int64N(8)
		t.Threshold = ratio.New(rng.Int64N(den+1), den)
	}
	for i := range rng.IntN(9) {
		c := criterion(gateCase{}.code(i), phase.Need(1+rng.IntN(2)), rng.Int64N(5))
		if rng.IntN(20) == 0 {
			c.Weight = math.MaxInt64 / 10
		}
		c.Waivable = rng.IntN(3) > 0
		t.Criteria = append(t.Criteria, c)
	}
	return t
}

func twoPhases(t testing.TB, edge phase.Transition[board]) (*phase.Machine[board], *phase.Gate) {
	t.Helper()
	m, err := phase.Compile(phase.Definition[board]{
		Name: "two", Phases: []phase.Phase{{ID: "a"}, {ID: "b", Role: phase.Closure}},
		Transitions: []phase.Transition[board]{edge},
	})
	require.NoError(t, err)
	g, ok := m.Gate("a", "b")
	require.True(t, ok)
	return m, g
}

func randomMarks(rng *rand.Rand, n int) []phase.Mark {
	marks := make([]phase.Mark, n)
	for i := range marks {
		marks[i] = phase.Mark{Status: verdict.Status(rng.IntN(6)), Waived: rng.IntN(2) == 0}
		if rng.IntN(2) == 0 {
			marks[i].Status = verdict.Met
		}
	}
	return marks
}

// The fast gate agrees with the slow one, and holds what a gate promises.
func TestJudgeProperties(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	seen := map[phase.Outcome]int{}
	for range 2000 {
		edge := randomEdge(rng)
		_, g := twoPhases(t, edge)
		marks := randomMarks(rng, len(edge.Criteria))
		j := g.Judge(marks)
		require.Equal(t, slowJudge(g.Edge(), marks), j)
		seen[j.Go]++
		if j.Go == phase.Open {
			require.Equal(t, phase.Open, j.ConditionalGo, "a go implies a conditional go")
		}
		require.True(t, j.Score().AtLeast(ratio.Int(0)) && ratio.Int(1).AtLeast(j.Score()))
		require.Equal(t, g.Judge(marks), g.Judge(append(marks, phase.Mark{Status: verdict.Failed})), "further marks are not looked at")
		mend(t, g, marks, j)
	}
	for _, o := range []phase.Outcome{phase.Open, phase.Refused, phase.CheckFailed} {
		require.Greater(t, seen[o], 100, o)
	}
}

// mend turns criteria to met, one by one: that never closes anything.
func mend(t *testing.T, g *phase.Gate, marks []phase.Mark, j phase.Judgement) {
	t.Helper()
	for i := range marks {
		if marks[i].Status == verdict.NotApplicable {
			continue
		}
		marks[i].Status = verdict.Met
		better := g.Judge(marks)
		if j.Go == phase.Open {
			require.Equal(t, phase.Open, better.Go)
		}
		if j.ConditionalGo == phase.Open {
			require.Equal(t, phase.Open, better.ConditionalGo)
		}
		require.True(t, better.Score().AtLeast(j.Score()))
		j = better
	}
	require.Equal(t, phase.Open, j.Go, "with all met the gate is open")
}

func TestJudgeCorners(t *testing.T) {
	edge := phase.Transition[board]{From: "a", To: "b", Threshold: ratio.Int(1)}
	_, open := twoPhases(t, edge)
	require.Equal(t, phase.Judgement{Go: phase.Open, ConditionalGo: phase.Open}, open.Judge(nil), "no criteria")
	require.Equal(t, ratio.Int(1), open.Judge(nil).Score())

	edge.Criteria = []phase.Criterion[board]{criterion("GATE-001", phase.Must, 0), criterion("GATE-002", phase.Should, math.MaxInt64)}
	_, g := twoPhases(t, edge)
	require.Equal(t, phase.Judgement{
		Go: phase.Refused, ConditionalGo: phase.Refused, Weight: math.MaxInt64,
	}, g.Judge(nil), "nobody looked: unassessed")
	require.Equal(t, g.Judge(nil), g.Judge([]phase.Mark{{Status: 99}, {Status: 99, Waived: true}}), "a status that does not exist")

	edge.Threshold = ratio.New(math.MaxInt64-1, math.MaxInt64)
	edge.Criteria = []phase.Criterion[board]{criterion("GATE-001", phase.Should, math.MaxInt64-1), criterion("GATE-002", phase.Should, 1)}
	_, g = twoPhases(t, edge)
	require.Equal(t, phase.Open, g.Judge([]phase.Mark{{Status: verdict.Met}}).Go, "equality passes, exactly")
	edge.Threshold = ratio.Int(1)
	_, g = twoPhases(t, edge)
	require.Equal(t, phase.Refused, g.Judge([]phase.Mark{{Status: verdict.Met}}).Go, "one part in 2⁶³ is missing")
}

// Evaluate says of the facts what Judge says of their statuses.
func TestEvaluateIsJudge(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		m, g := twoPhases(t, randomEdge(rng))
		s, _, err := m.Start(day1, "x")
		require.NoError(t, err)
		facts, marks := board{}, []phase.Mark(nil)
		for _, term := range g.Edge().Criteria {
			mark := phase.Mark{Status: verdict.Status(1 + rng.IntN(5)), Waived: rng.IntN(2) == 0}
			facts[term.Code], marks = mark.Status, append(marks, mark)
			if from := day1.AddDays(rng.IntN(2)); mark.Waived {
				s.Waivers = append(s.Waivers, waiver(term.Code, from, day2))
				marks[len(marks)-1].Waived = from <= day1
			}
		}
		e, j := m.Evaluate(s, "a", "b", facts, day1), g.Judge(marks)
		require.Equal(t, j.Go, e.Outcome)
		require.Equal(t, j.ConditionalGo, e.Answer(phase.ConditionalGo))
		require.Equal(t, j.Score(), e.Score)
		require.Equal(t, e.Threshold.Defined() && e.Score.Less(e.Threshold), e.Below)
		require.Equal(t, j.ConditionalGo == phase.Open, len(e.Blocking) == 0)
		require.Equal(t, []phase.Action{phase.Hold, phase.Recycle, phase.Kill}, e.Permitted[len(e.Permitted)-3:])
	}
}

func TestJudgeDoesNotAllocate(t *testing.T) {
	_, g := twoPhases(t, benchEdge())
	marks := benchMarks()
	require.Zero(t, testing.AllocsPerRun(100, func() { g.Judge(marks) }))
	m := phase.MustCompile(fivePhases())
	require.Zero(t, testing.AllocsPerRun(100, func() {
		gate, _ := m.Gate("planning", "execution")
		gate.Judge(marks)
	}))
}

func FuzzJudge(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		rng := rand.New(rand.NewPCG(a, b))
		_, g := twoPhases(t, randomEdge(rng))
		marks := randomMarks(rng, rng.IntN(9))
		n := len(g.Edge().Criteria)
		for len(marks) < n {
			marks = append(marks, phase.Mark{})
		}
		require.Equal(t, slowJudge(g.Edge(), marks[:n]), g.Judge(marks))
	})
}
