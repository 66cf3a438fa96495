package phase

import (
	"fmt"
	"iter"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Replay gives the state back from the records of a project, in order and
// without the facts. Each record is held against the life cycle and the state
// before it, in the same way as when it was decided: its number, the phases it
// joins, its date, its papers, and whether the results in its snapshot, judged
// again, give the evaluation that it claims and permit the decision. The
// wording of rules is taken from the snapshot; codes, needs and weights must be
// those of the life cycle.
//
// At the first record that is not sound it stops, and returns the state before
// that record and a [*ReplayError].
func (m *Machine[F]) Replay(records iter.Seq[Record]) (State, error) {
	var s State
	i := 0
	for rec := range records {
		next, err := m.chart.replay(s, rec)
		if err != nil {
			return s, &ReplayError{Index: i, Seq: rec.Seq, Err: err}
		}
		s = next
		i++
	}
	return s, nil
}

// Apply takes a state on by one record, checked as by [Machine.Replay]. On error
// the state returned is s.
func (m *Machine[F]) Apply(s State, rec Record) (State, error) { return m.chart.replay(s, rec) }

func (c *chart) replay(s State, rec Record) (State, error) {
	next, again, err := c.decide(s, rec.Decision, rec.results)
	if err != nil {
		return s, err
	}
	if err := rec.differs(again); err != nil {
		return s, err
	}
	return next, nil
}

// results takes the results of a gate's checks from the snapshot.
func (r Record) results(g *Gate, _ State) ([]result, error) {
	var f verdict.Faults
	i := slices.IndexFunc(r.Snapshot, func(e Evaluation) bool { return e.From == g.edge.From && e.To == g.edge.To })
	if i < 0 {
		f.Addf("snapshot", "%w: evaluation of the gate from %s to %s", verdict.ErrMissing, g.edge.From, g.edge.To)
		return nil, f.Err()
	}
	at := verdict.At("snapshot", i) + ".criteria"
	e := r.Snapshot[i]
	if len(e.Criteria) != len(g.edge.Criteria) {
		f.Addf(at, "%w: %d criteria, the gate has %d", verdict.ErrInvalid, len(e.Criteria), len(g.edge.Criteria))
		return nil, f.Err()
	}
	results := make([]result, len(g.edge.Criteria))
	for j, a := range e.Criteria {
		a.check(g.edge.Criteria[j].Code, verdict.At(at, j), &f)
		results[j] = result{a.Outcome, a.Findings}
	}
	return results, f.Err()
}

// check reports what could not have come from the check of the criterion.
func (a Assessment) check(code verdict.Code, at string, f *verdict.Faults) {
	if a.Code != code {
		f.Addf(at+".code", "%w: %s, want %s", verdict.ErrInvalid, verdict.Quote(string(a.Code)), code)
	}
	if !a.Status.IsValid() {
		f.Addf(at+".status", "%w status %d", verdict.ErrInvalid, a.Status)
	}
	if (a.Status == verdict.Met || a.Status == verdict.NotApplicable) && len(a.Findings) > 0 {
		f.Addf(at+".status", "%w: %s with %d findings", verdict.ErrInvalid, a.Status, len(a.Findings))
	}
	for i, finding := range a.Findings {
		if finding.Code != code {
			f.Addf(verdict.At(at+".findings", i)+".code", "%w: %s, want %s",
				verdict.ErrInvalid, verdict.Quote(string(finding.Code)), code)
		}
	}
}

// differs reports where the record claims something else than what comes of its
// decision.
func (r Record) differs(again Record) error {
	var f verdict.Faults
	claim(&f, "seq", r.Seq, again.Seq)
	claim(&f, "cycle", r.Cycle, again.Cycle)
	claim(&f, "from", r.From, again.From)
	claim(&f, "to", r.To, again.To)
	claim(&f, "visit", r.Visit, again.Visit)
	claim(&f, "snapshot", len(r.Snapshot), len(again.Snapshot))
	for i := range min(len(r.Snapshot), len(again.Snapshot)) {
		r.Snapshot[i].differs(again.Snapshot[i], verdict.At("snapshot", i), &f)
	}
	return f.Err()
}

func (e Evaluation) differs(again Evaluation, at string, f *verdict.Faults) {
	claim(f, at+".from", e.From, again.From)
	claim(f, at+".to", e.To, again.To)
	claim(f, at+".name", e.Name, again.Name)
	claim(f, at+".asOf", e.AsOf, again.AsOf)
	claim(f, at+".outcome", e.Outcome, again.Outcome)
	claims(f, at+".permitted", e.Permitted, again.Permitted)
	claims(f, at+".blocking", e.Blocking, again.Blocking)
	claims(f, at+".waived", e.Waived, again.Waived)
	claim(f, at+".score", e.Score, again.Score)
	claim(f, at+".threshold", e.Threshold, again.Threshold)
	claim(f, at+".belowThreshold", e.Below, again.Below)
	claim(f, at+".obstacles", fmt.Sprint(e.Obstacles), fmt.Sprint(again.Obstacles))
	for i := range e.Criteria { // results saw to it that they are as many
		e.Criteria[i].differs(again.Criteria[i], verdict.At(at+".criteria", i), f)
	}
}

func (a Assessment) differs(again Assessment, at string, f *verdict.Faults) {
	claim(f, at+".status", a.Status, again.Status)
	claim(f, at+".reason", a.Reason, again.Reason)
	claim(f, at+".need", a.Need, again.Need)
	claim(f, at+".weight", a.Weight, again.Weight)
	claim(f, at+".waivable", a.Waivable, again.Waivable)
	claim(f, at+".effect", a.Effect, again.Effect)
	claim(f, at+".by", a.By, again.By)
	claims(f, at+".waivers", a.Waivers, again.Waivers)
	claim(f, at+".findings", len(a.Findings), len(again.Findings))
}

// claim reports a value that is not what it should be.
func claim[T comparable](f *verdict.Faults, path string, have, want T) {
	if have != want {
		f.Addf(path, "%w: %s, want %s", verdict.ErrInvalid,
			verdict.Quote(fmt.Sprint(have)), verdict.Quote(fmt.Sprint(want)))
	}
}

func claims[T comparable](f *verdict.Faults, path string, have, want []T) {
	if !slices.Equal(have, want) {
		f.Addf(path, "%w: %s, want %s", verdict.ErrInvalid,
			verdict.Quote(fmt.Sprint(have)), verdict.Quote(fmt.Sprint(want)))
	}
}
