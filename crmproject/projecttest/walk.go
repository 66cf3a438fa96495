package projecttest

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/crmrollout/crm/crmproject/phase"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// firstDay is the day on which the walks begin; the life cycle cannot tell it
// from another.
const firstDay = 730_000

// A walk takes projects through a life cycle, breadth first, passing each gate
// that a sample opens once.
type walk[F any] struct {
	m       *phase.Machine[F]
	samples []F
	opens   map[way]int // by gate, the first sample that opens it
	told    map[string]bool
}

type way struct{ from, to phase.ID }

func newWalk[F any](m *phase.Machine[F], samples []F) *walk[F] {
	return &walk[F]{m: m, samples: samples, opens: map[way]int{}, told: map[string]bool{}}
}

// A journey is one project on its way: its state, its records and the way it
// came.
type journey struct {
	s       phase.State
	records []phase.Record
}

// then returns the journey one record on, without touching j.
func (j journey) then(s phase.State, rec phase.Record) journey {
	return journey{s, append(slices.Clip(j.records), rec)}
}

// testGates tries every gate on every sample, as if the life cycle stood before
// it: it must open for some, and close for some if anything can close it.
func (w *walk[F]) testGates(f *verdict.Faults) {
	for i, edge := range w.m.Outline().Transitions {
		at := verdict.At("transitions", i)
		opened, closed := w.try(edge)
		if !opened {
			f.Addf(at, "%w: no sample opens the gate %s%s", verdict.ErrMissing, verdict.Quote(edge.Label()), w.hint(edge))
		}
		if !closed && closable(edge) {
			f.Addf(at, "%w: no sample closes the gate %s", verdict.ErrMissing, verdict.Quote(edge.Label()))
		}
	}
}

func (w *walk[F]) try(edge phase.Edge) (opened, closed bool) {
	for n := range w.samples {
		if _, free := w.lacking(edge, n); !free {
			closed = true
			continue
		}
		if !opened {
			w.opens[way{edge.From, edge.To}] = n
		}
		opened = true
	}
	return opened, closed
}

// lacking returns what sample n lacks for a go at the gate by itself.
func (w *walk[F]) lacking(edge phase.Edge, n int) ([]string, bool) {
	e := w.m.Evaluate(phase.State{}, edge.From, edge.To, w.samples[n], firstDay)
	missing := e.Missing()
	return missing, len(missing) == 0
}

// hint says what the sample that comes nearest still lacks.
func (w *walk[F]) hint(edge phase.Edge) string {
	var best []string
	for n := range w.samples {
		if missing, _ := w.lacking(edge, n); best == nil || len(missing) < len(best) {
			best = missing
		}
	}
	if len(best) == 0 {
		return ""
	}
	return "; nearest: " + best[0]
}

// closable reports whether any facts could close the gate.
func closable(edge phase.Edge) bool {
	return slices.ContainsFunc(edge.Criteria, func(t phase.Term) bool {
		return t.Need == phase.Must || t.Weight > 0 && edge.Threshold.Sign() > 0
	})
}

// run starts a project and takes it along.
func (w *walk[F]) run(f *verdict.Faults) {
	s, rec, err := w.m.Start(firstDay, "projecttest")
	if err != nil {
		f.Add("start", err)
		return
	}
	first := journey{}.then(s, rec)
	w.check(first, "start", f)
	reached := map[phase.ID]bool{s.Phase: true}
	for queue := []journey{first}; len(queue) > 0; queue = queue[1:] {
		j := queue[0]
		w.asides(j, f)
		for _, next := range w.onwards(j, f) {
			if id := next.s.Phase; !reached[id] {
				reached[id] = true
				queue = append(queue, next)
			}
		}
	}
}

// onwards passes each gate out of the current phase that a sample opens.
func (w *walk[F]) onwards(j journey, f *verdict.Faults) []journey {
	var out []journey
	for _, e := range w.m.Permitted(j.s, w.samples[0], j.s.On) {
		n, ok := w.opens[way{e.From, e.To}]
		if !ok || j.s.Status != phase.Active {
			continue
		}
		d := phase.Decision{Action: phase.Go, To: e.To}
		if next, ok := w.decide(j, d, n, f); ok {
			out = append(out, next)
			w.endings(next, n, f)
		}
	}
	return out
}

// endings reopens a life cycle that has come to its end, at each phase that can
// be.
func (w *walk[F]) endings(j journey, n int, f *verdict.Faults) {
	if j.s.Status != phase.Completed && j.s.Status != phase.Killed {
		return
	}
	for _, to := range w.m.Targets(j.s, phase.Reopen) {
		w.decide(j, phase.Decision{Action: phase.Reopen, To: to, Reason: "a test", Cause: phase.OtherCause}, n, f)
	}
}

// asides does at one phase what can be done at every phase.
func (w *walk[F]) asides(j journey, f *verdict.Faults) {
	if j.s.Status != phase.Active {
		return
	}
	for n, sample := range w.samples {
		w.available(j, sample, f)
		held, ok := w.decide(j, phase.Decision{Action: phase.Hold, Reason: "a test", Review: j.s.On.AddDays(30)}, n, f)
		if ok {
			w.decide(held, phase.Decision{Action: phase.Resume}, n, f)
		}
		for _, to := range w.m.Targets(j.s, phase.Recycle) {
			w.decide(j, phase.Decision{Action: phase.Recycle, To: to, Reason: "a test"}, n, f)
		}
		for _, to := range w.m.Targets(j.s, phase.Reopen) {
			w.decide(j, phase.Decision{Action: phase.Reopen, To: to, Reason: "a test", Cause: phase.OtherCause}, n, f)
		}
		if killed, ok := w.decide(j, phase.Decision{Action: phase.Kill, Reason: "a test"}, n, f); ok {
			w.endings(killed, n, f)
		}
	}
}

// available checks that hold, recycle and kill are permitted at every gate, and
// that a go implies a conditional go.
func (w *walk[F]) available(j journey, sample F, f *verdict.Faults) {
	for _, e := range w.m.Permitted(j.s, sample, j.s.On) {
		for _, a := range []phase.Action{phase.Hold, phase.Recycle, phase.Kill} {
			w.hold(e.Permits(a), gatePath(e), fmt.Sprintf("%s is not available", a), f)
		}
		w.hold(!e.Permits(phase.Go) || e.Permits(phase.ConditionalGo), gatePath(e), "a go is permitted but no conditional go", f)
		back, err := throughJSON(e)
		w.hold(err == nil && reflect.DeepEqual(e, back), gatePath(e), "its evaluation does not survive JSON", f)
	}
}

func gatePath(e phase.Evaluation) string {
	return verdict.Key("gates", e.Label())
}

// decide makes a decision a day after the last, with sample n, and checks what
// comes of it.
func (w *walk[F]) decide(j journey, d phase.Decision, n int, f *verdict.Faults) (journey, bool) {
	at := fmt.Sprintf("walk[%s].%s", j.s.Phase, d.Action)
	d.On, d.By = j.s.On.AddDays(1), "projecttest"
	s, rec, err := w.m.Decide(j.s, d, w.samples[n])
	if err != nil {
		w.hold(false, at, err.Error(), f)
		return j, false
	}
	next := j.then(s, rec)
	w.check(next, at, f)
	return next, true
}

// check holds a journey against what must be so after every decision.
func (w *walk[F]) check(j journey, at string, f *verdict.Faults) {
	if err := w.m.Check(j.s); err != nil {
		w.hold(false, at, err.Error(), f)
	}
	records, err := throughJSON(j.records)
	w.hold(err == nil && reflect.DeepEqual(j.records, records), at, "the records do not survive JSON", f)
	state, err := throughJSON(j.s)
	w.hold(err == nil && reflect.DeepEqual(j.s, state), at, "the state does not survive JSON", f)
	again, err := w.m.Replay(slices.Values(j.records))
	w.hold(err == nil && reflect.DeepEqual(j.s, again), at, fmt.Sprintf("the records do not give the state back (%v)", err), f)
	same := w.m.Mermaid(j.s) == w.m.Mermaid(again) && w.m.DOT(j.s) == w.m.DOT(again)
	w.hold(same, at, "the diagrams of one state differ", f)
}

// hold reports once what is not so.
func (w *walk[F]) hold(so bool, at, text string, f *verdict.Faults) {
	if so || w.told[at+text] {
		return
	}
	w.told[at+text] = true
	f.Addf(at, "%w: %s", verdict.ErrInvalid, text)
}
