package phase

import (
	"math/bits"
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A Gate is the compiled gate of one transition. It decides from what is known
// of its criteria, and nothing else: [Machine.Evaluate] runs the checks and then
// asks the gate, and [Machine.Replay] asks it again. It is immutable and safe
// for use by several goroutines; [Machine.Gate] returns it. The zero Gate has no
// criteria and stands open.
type Gate struct {
	edge     Edge
	musts    []mustTerm
	shoulds  []shouldTerm
	num, den uint64 // the threshold, 0/1 if none is asked for
}

// newGate compiles an edge that passed [Outline.Validate].
func newGate(edge Edge) *Gate {
	g := &Gate{edge: edge, num: 0, den: 1}
	if edge.Threshold.Defined() {
		g.num, g.den = uint64(edge.Threshold.Num()), uint64(edge.Threshold.Den())
	}
	for i, t := range edge.Criteria {
		if t.Need == Should {
			g.shoulds = append(g.shoulds, shouldTerm{i, uint64(t.Weight)})
			continue
		}
		effects := firmEffects
		if t.Waivable {
			effects = waivableEffects
		}
		g.musts = append(g.musts, mustTerm{i, effects})
	}
	return g
}

// Edge returns the gate as data: its ends, name, threshold and criteria.
func (g *Gate) Edge() Edge {
	e := g.edge
	e.Criteria = copied(e.Criteria)
	return e
}

// A Mark is what is known of one criterion when its gate is asked. The zero
// Mark is a criterion that nobody looked at: it counts as unassessed.
type Mark struct {
	Status verdict.Status
	Waived bool // an effective waiver covers the criterion
}

// A Judgement is what a gate makes of its criteria. It has no more than four
// fields, so that it travels in registers.
type Judgement struct {
	Go            Outcome // of asking to go: Open, Refused or CheckFailed
	ConditionalGo Outcome // of asking to go under conditions
	Met, Weight   int64   // weight of the shoulds that are met, and of those that apply
}

// Score returns the should score, the weight of the shoulds that are met over
// the weight of those that apply. If no weight applies it is 1: nothing is
// asked, so nothing is missing.
func (j Judgement) Score() ratio.Ratio {
	if j.Weight == 0 {
		return ratio.Int(1)
	}
	return ratio.New(j.Met, j.Weight)
}

// Judge decides from marks, one for each criterion in declared order. Missing
// marks count as unassessed, further ones are not looked at. It takes time
// linear in the number of criteria and does not allocate, unless marks are
// missing.
//
// A go is open if all musts are met or do not apply and the should score reaches
// the threshold. A conditional go is open if every must that is not met is
// waived; it is so whenever the go is. A failed check counts as not met, and a
// waiver does not excuse it, because nobody knows what there would be to excuse.
// Where the answer hangs on failed checks, so that the request would be granted
// were they met, it is [CheckFailed]; where it would be refused all the same,
// [Refused].
func (g *Gate) Judge(marks []Mark) Judgement {
	if len(marks) < len(g.edge.Criteria) {
		return g.Judge(g.pad(marks))
	}
	all, met, weight := g.sum(marks)
	if all != 0 || g.below(met, weight) {
		return g.refuse(all, marks, met, weight)
	}
	return Judgement{Open, Open, int64(met), int64(weight)}
}

// pad adds the marks that are missing.
func (g *Gate) pad(marks []Mark) []Mark {
	return slices.Concat(marks, make([]Mark, len(g.edge.Criteria)-len(marks)))
}

// sum gathers what the criteria do to the gate, without a branch for each.
func (g *Gate) sum(marks []Mark) (all flags, met, weight uint64) {
	for i := range g.musts {
		t := &g.musts[i]
		all |= t.flags.of(marks[t.at])
	}
	for i := range g.shoulds {
		t := &g.shoulds[i]
		s := marks[t.at].Status
		met += weightIf(t.weight, s == verdict.Met)
		weight += weightIf(t.weight, s != verdict.NotApplicable)
	}
	return all, met, weight
}

// refuse settles what is not open.
func (g *Gate) refuse(all flags, marks []Mark, met, weight uint64) Judgement {
	musts, firm, free := all&(blocked|hung) == 0, all&blocked != 0, all&excused == 0
	reached := !g.below(met, weight)
	hoped := !firm && free && !g.below(met+g.unknown(marks), weight)
	return Judgement{answer(musts && free && reached, hoped), answer(musts, !firm), int64(met), int64(weight)}
}

// answer names the outcome of a request that is granted or not, and that would
// be granted or not if every failed check were met.
func answer(granted, hoped bool) Outcome {
	switch {
	case granted:
		return Open
	case hoped:
		return CheckFailed
	default:
		return Refused
	}
}

// unknown returns the weight of the shoulds whose checks failed.
func (g *Gate) unknown(marks []Mark) uint64 {
	var sum uint64
	for _, t := range g.shoulds {
		sum += weightIf(t.weight, marks[t.at].Status == verdict.Failed)
	}
	return sum
}

// below reports whether met out of weight misses the threshold: nothing out of
// nothing does not.
func (g *Gate) below(met, weight uint64) bool {
	return weight > 0 && less(met, weight, g.num, g.den)
}

// less reports whether a/b < c/d, by cross multiplication in 128 bits.
func less(a, b, c, d uint64) bool {
	hi1, lo1 := bits.Mul64(a, d)
	hi2, lo2 := bits.Mul64(c, b)
	return hi1 < hi2 || (hi1 == hi2 && lo1 < lo2)
}
