package phase_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// walk takes random decisions, sound and unsound, on random facts.
func walk(t *testing.T, rng *rand.Rand, m *phase.Machine[board], steps int) *journey {
	t.Helper()
	s, rec, err := m.Start(day1, "x")
	require.NoError(t, err)
	j := &journey{t: t, m: m, s: s, records: []phase.Record{rec}}
	for range steps {
		facts := randomBoard(rng, m)
		d := j.randomDecision(rng)
		before := throughJSON(t, j.s)
		next, rec, err := m.Decide(j.s, d, facts)
		equal(t, before, j.s)
		j.holds(d, facts)
		if err != nil {
			equal(t, j.s, next)
			continue
		}
		j.s, j.records = next, append(j.records, rec)
	}
	return j
}

func randomBoard(rng *rand.Rand, m *phase.Machine[board]) board {
	facts := board{}
	for code := range codesOf(m.Outline()) {
		if rng.IntN(6) == 0 {
			facts[code] = verdict.Status(1 + rng.IntN(5))
		}
	}
	return facts
}

func (j *journey) randomDecision(rng *rand.Rand) phase.Decision {
	phases := []phase.ID{"initiation", "planning", "execution", "control", "closure", phase.End, "nowhere"}
	on := j.s.On.AddDays(rng.IntN(20) - 1)
	to := phases[rng.IntN(len(phases))]
	if targets := j.m.Targets(j.s, phase.Go); rng.IntN(3) > 0 && len(targets) > 0 {
		to = targets[rng.IntN(len(targets))]
	}
	id := calendar.Date.String(on) + string(to)
	all := []phase.Decision{
		goTo(to, on), goTo(to, on), conditional(to, on, id), hold(on), resume(on), recycle(to, on), reopen(to, on), kill(on), note(on),
	}
	d := all[rng.IntN(len(all))]
	if d.Action == phase.Kill && rng.IntN(3) > 0 {
		d = goTo(to, on)
	}
	if len(j.s.Passes) > 0 && d.To != "" && d.From == "" && rng.IntN(4) == 0 && (d.Action == phase.Go || d.Action == phase.ConditionalGo) {
		p := j.s.Passes[rng.IntN(len(j.s.Passes))]
		d.From, d.To = p.From, p.To
	}
	j.addPapers(rng, &d)
	return d
}

func (j *journey) addPapers(rng *rand.Rand, d *phase.Decision) {
	if rng.IntN(2) == 0 {
		d.Waivers = append(d.Waivers, waiver(gate(1+rng.IntN(5), 1), d.On, d.On.AddDays(rng.IntN(40))))
	}
	if code := gate(1+rng.IntN(5), 1+rng.IntN(4)); rng.IntN(8) == 0 {
		d.Exemptions = append(d.Exemptions, phase.Exemption{Code: code, By: "CIO", Reason: "none"})
	}
	for _, p := range j.s.Passes {
		for _, o := range p.Conditions {
			if !o.Fulfilled.IsValid() && rng.IntN(3) == 0 {
				d.Fulfilled = append(d.Fulfilled, phase.Fulfilment{ID: o.ID})
			}
		}
	}
}

func gate(n, criterion int) verdict.Code { return fourCriteria(n)[criterion-1].Rule.Code }

// holds checks what must be so at every state.
func (j *journey) holds(d phase.Decision, facts board) {
	t, on := j.t, max(d.On, j.s.On)
	require.NoError(t, j.m.Check(j.s))
	for _, e := range j.m.Permitted(j.s, facts, on) {
		require.Equal(t, e.Outcome == phase.Open, e.Permits(phase.Go))
		if e.Permits(phase.Go) {
			require.True(t, e.Permits(phase.ConditionalGo), "a go implies a conditional go")
		}
		if j.s.Status == phase.Active || j.s.Status == phase.OnHold {
			for _, a := range []phase.Action{phase.Hold, phase.Recycle, phase.Kill} {
				require.True(t, e.Permits(a), "%s is always available", a)
			}
		}
		require.Equal(t, e.Outcome == phase.Open, len(e.Reasons()) == 0)
		for _, a := range e.Criteria {
			for _, w := range a.Waivers {
				require.True(t, w.Effective(on), "an expired waiver excuses nothing")
			}
			require.Equal(t, a.Effect == phase.Waived, len(a.Waivers) > 0)
			if a.Status == verdict.NotApplicable {
				require.NotEmpty(t, a.By)
				require.NotEmpty(t, a.Reason)
			}
		}
		equal(t, e, throughJSON(t, e))
	}
}

// Whatever happens to a project, its records give its state back.
func TestRandomWalksReplay(t *testing.T) {
	t.Parallel()
	d := fivePhases()
	d.Transitions = append(d.Transitions,
		phase.Transition[board]{From: "control", To: "execution", Name: "Next wave"},
		phase.Transition[board]{From: "initiation", To: "execution", Name: "Fast track", Criteria: d.Transitions[0].Criteria},
	)
	m := phase.MustCompile(d)
	rng := rand.New(rand.NewPCG(7, 8))
	seen := map[phase.Action]int{}
	for range 60 {
		j := walk(t, rng, m, 40)
		j.replays()
		for _, rec := range j.records {
			seen[rec.Decision.Action]++
		}
	}
	for a := phase.Start; a <= phase.Note; a++ {
		require.Greater(t, seen[a], 10, a)
	}
}

// Waivers do nothing after their last day: with them, everything is as without.
func TestExpiredWaiversNeverCount(t *testing.T) {
	m := phase.MustCompile(fivePhases())
	rng := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		s, _, err := m.Start(day1, "x")
		require.NoError(t, err)
		facts := randomBoard(rng, m)
		without := m.Evaluate(s, "initiation", "planning", facts, day5)
		for n := range 4 {
			from := day1.AddDays(rng.IntN(20))
			s.Waivers = append(s.Waivers, waiver(gate(1, n+1), from, day5.AddDays(-1-rng.IntN(60))))
		}
		equal(t, without, m.Evaluate(s, "initiation", "planning", facts, day5))
	}
}

// Evaluations depend on nothing but their arguments, and change none of them.
func TestEvaluateIsPure(t *testing.T) {
	m := phase.MustCompile(fivePhases())
	rng := rand.New(rand.NewPCG(11, 12))
	for range 20 {
		j := walk(t, rng, m, 15)
		facts := randomBoard(rng, m)
		before, papers := throughJSON(t, j.s), throughJSON(t, facts)
		first := m.Permitted(j.s, facts, day5)
		x := m.Explain(j.s, phase.End, facts, day5)
		equal(t, first, m.Permitted(j.s, facts, day5))
		equal(t, x, m.Explain(j.s, phase.End, facts, day5))
		equal(t, before, j.s)
		equal(t, papers, facts)
		require.True(t, slices.IsSortedFunc(j.s.Passes, func(a, b phase.Pass) int { return int(a.Seq - b.Seq) }))
	}
}
