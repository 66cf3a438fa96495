package phase

import "github.com/crmrollout/crm/crmproject/verdict"

// flags say what a criterion does to its gate besides its weight, in a form that
// a gate can gather without asking.
type flags uint8

const (
	blocked flags = 1 << iota // a must that is not satisfied, whatever failed checks would say
	hung                      // a must whose check failed
	excused                   // a must that is waived
)

// mustTerm and shouldTerm are criteria as a gate sees them, with their places
// among the marks.
type (
	mustTerm struct {
		at    int
		flags *effects
	}
	shouldTerm struct {
		at     int
		weight uint64
	}
)

// effects has the flags of a must for every mark, for statuses that do not
// exist as well: so it needs no bounds check.
type effects [256][2]flags

func (e *effects) of(m Mark) flags {
	waived := 0
	if m.Waived {
		waived = 1
	}
	return e[m.Status][waived&1]
}

var (
	firmEffects     = effectsOf(Term{Need: Must})
	waivableEffects = effectsOf(Term{Need: Must, Waivable: true})
)

// effectsOf lists the flags of a must.
func effectsOf(t Term) *effects {
	var all effects
	for status := range all {
		for waived := range all[status] {
			all[status][waived] = flagsOf(t, Mark{verdict.Status(status), waived == 1})
		}
	}
	return &all
}

func flagsOf(t Term, m Mark) flags {
	switch e := t.effect(m); {
	case e == Waived:
		return excused
	case e == Blocking && m.Status == verdict.Failed:
		return hung
	case e == Blocking:
		return blocked
	default:
		return 0
	}
}

// effect returns what a criterion with this mark does to its gate.
func (t Term) effect(m Mark) Effect {
	switch {
	case m.Status.Satisfied():
		return Satisfied
	case t.Need == Should:
		return Lacking
	case m.Waived && t.Waivable && m.Status != verdict.Failed:
		return Waived
	default:
		return Blocking
	}
}

// weightIf returns the weight if it counts, else 0.
func weightIf(weight uint64, counts bool) uint64 {
	if !counts {
		weight = 0
	}
	return weight
}
