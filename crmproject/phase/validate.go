package phase

import (
	"errors"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// What can be wrong with the shape of a life cycle, beside the faults of package
// verdict. The faults of [Compile] wrap these.
var (
	ErrUnreachable = errors.New("unreachable")          // no transition leads to the phase
	ErrDeadEnd     = errors.New("dead end")             // no way from the phase to the end
	ErrAmbiguous   = errors.New("ambiguous")            // two transitions that cannot be told apart
	ErrShut        = errors.New("no facts can open")    // a gate that stays shut whatever the project does
	ErrNoClosure   = errors.New("no phase for closure") // a kill would lead nowhere
	ErrPastTheEnd  = errors.New("leads on from an end") // a transition out of a final phase
	ErrReserved    = errors.New("reserved for the end") // a phase with the id [End]
	ErrSelf        = errors.New("leads back to itself") // a transition from a phase to the same phase
	ErrTwoRules    = errors.New("stands for two rules") // one code, two different rules
)

// Validate reports everything that is wrong with the outline: see [Compile] for
// the list. It cannot see the rules, so a criterion without a check is found
// only there.
func (o Outline) Validate() error {
	var f verdict.Faults
	if o.Name == "" {
		f.Missing("name")
	}
	o.checkPhases(&f)
	for i, edge := range o.Transitions {
		edge.check(verdict.At("transitions", i), &f)
	}
	o.checkEnds(&f)
	o.checkPairs(&f)
	o.checkWays(&f)
	return f.Err()
}

func (o Outline) checkPhases(f *verdict.Faults) {
	if len(o.Phases) == 0 {
		f.Missing("phases")
		return
	}
	f.IDs("phases", len(o.Phases), func(i int) string { return string(o.Phases[i].ID) })
	closures := 0
	for i, p := range o.Phases {
		at := verdict.At("phases", i)
		switch {
		case p.ID == End:
			f.Addf(at+".id", "%s is %w", verdict.Quote(string(p.ID)), ErrReserved)
		case p.ID != "" && !p.ID.IsValid():
			f.Addf(at+".id", "%w id %s", verdict.ErrInvalid, verdict.Quote(string(p.ID)))
		}
		if p.Role != 0 && !p.Role.IsValid() {
			f.Addf(at+".role", "%w role %d", verdict.ErrUnknown, p.Role)
		}
		if p.Role == Closure {
			if closures++; closures > 1 {
				f.Duplicate(at+".role", p.Role.String())
			}
		}
	}
	if closures == 0 {
		f.Addf("phases", "%w: a kill leads nowhere", ErrNoClosure)
	}
}

// check reports what is wrong with one transition by itself.
func (e Edge) check(at string, f *verdict.Faults) {
	e.checkThreshold(at+".threshold", f)
	seen := map[verdict.Code]bool{}
	total := ratio.Int(0)
	for j, term := range e.Criteria {
		here := verdict.At(at+".criteria", j)
		term.check(here, f)
		if seen[term.Code] {
			f.Duplicate(here+".code", string(term.Code))
		}
		seen[term.Code] = true
		if term.Need == Should {
			total = total.Add(ratio.Int(max(0, term.Weight)))
		}
	}
	if !total.Defined() {
		f.Addf(at+".criteria", "%w: the should weights overflow", verdict.ErrRange)
	}
}

func (e Edge) checkThreshold(at string, f *verdict.Faults) {
	switch t := e.Threshold; {
	case t.IsZero():
	case !t.Defined():
		f.Addf(at, "%w: threshold has no value: %s", verdict.ErrInvalid, verdict.Quote(t.Reason()))
	case t.Sign() < 0:
		f.Addf(at, "%w: threshold %s is below 0", verdict.ErrRange, t)
	case ratio.Int(1).Less(t):
		f.Addf(at, "%w: threshold %s is above 1", ErrShut, t)
	}
}

func (t Term) check(at string, f *verdict.Faults) {
	switch {
	case t.Code == "":
		f.Missing(at + ".code")
	case !t.Code.IsValid():
		f.Addf(at+".code", "%w code %s", verdict.ErrInvalid, verdict.Quote(string(t.Code)))
	}
	switch {
	case t.Need == 0:
		f.Missing(at + ".need")
	case !t.Need.IsValid():
		f.Addf(at+".need", "%w need %d", verdict.ErrUnknown, t.Need)
	}
	if t.Weight < 0 {
		f.Addf(at+".weight", "%w: weight %d is below 0", verdict.ErrRange, t.Weight)
	}
}
