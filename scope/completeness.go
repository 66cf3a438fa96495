package scope

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Completeness is how complete a scope statement is, and whether work can begin
// on it.
type Completeness struct {
	Score       ratio.Ratio      `json:"score"`
	Threshold   ratio.Ratio      `json:"threshold"`
	Ready       bool             `json:"ready"`
	Components  []ComponentScore `json:"components"`            // in the order of the scheme
	FailedGates []ItemRef        `json:"failedGates,omitempty"` // ascending by text
	Illegal     []Illegal        `json:"illegal,omitempty"`     // ascending by the word of the component
	Gaps        []Gap            `json:"gaps,omitempty"`        // every unsatisfied item that applies, in the order of the scheme
}

// A ComponentScore is the completeness of one component: the weight of its
// satisfied items over the weight of all. It is undefined, with the reason, for
// a component that does not apply or whose items weigh nothing.
type ComponentScore struct {
	Component     Component   `json:"component"`
	Weight        int64       `json:"weight"`
	Score         ratio.Ratio `json:"score"`
	NotApplicable bool        `json:"notApplicable,omitzero"` // by a declaration that is allowed
}

// An Illegal is a declaration that a component does not apply which is not
// allowed. The component counts as empty.
type Illegal struct {
	Component Component `json:"component"`
	Reason    string    `json:"reason"`
}

// Completeness scores the statement under a scheme, the zero Scheme for the
// default one. The error lists every fault of the scheme. The statement itself
// need not be valid: what it says is taken as it stands.
func (s Statement) Completeness(scheme Scheme) (Completeness, error) {
	return scheme.Score(s.Checklist(scheme))
}

// Score computes the completeness from a checklist:
//
//	component score c = satisfied weight / total weight
//	score             = Σ w·c / Σ w   over the components that apply
//
// Both are exact. The score is undefined if no component that applies has a
// weight, or if the exact fraction does not fit a Ratio. The statement is ready
// if no gate failed, no component was declared not applicable illegally, and the
// score is defined and at least the threshold: a score never buys off a gate.
//
// The error lists every fault of the scheme (below "scheme") and of the
// checklist: see [Scheme.Validate] and [Checklist.Validate].
func (s Scheme) Score(list Checklist) (Completeness, error) {
	var f verdict.Faults
	f.Add("scheme", s.Validate())
	f.Add("", list.Validate(s))
	if err := f.Err(); err != nil {
		return Completeness{}, err
	}
	s = s.resolved()
	c := Completeness{Threshold: s.Threshold, Components: make([]ComponentScore, 0, len(s.Components))}
	missing := list.reasons()
	for _, component := range s.Components {
		exemption, declared := list.exemption(component.Component)
		c.Components = append(c.Components, c.judge(component, missing, exemption, declared))
	}
	slices.SortFunc(c.FailedGates, func(a, b ItemRef) int { return strings.Compare(a.String(), b.String()) })
	slices.SortFunc(c.Illegal, func(a, b Illegal) int { return strings.Compare(a.Component.String(), b.Component.String()) })
	c.Score = weigh(c.Components)
	c.Ready = len(c.FailedGates) == 0 && len(c.Illegal) == 0 && c.Score.AtLeast(s.Threshold)
	return c, nil
}

// judge scores one component, and takes down its gaps, failed gates and illegal
// exemption.
func (c *Completeness) judge(component ComponentScheme, missing map[ItemRef]string, e Exemption, declared bool) ComponentScore {
	score := ComponentScore{Component: component.Component, Weight: component.Weight}
	illegal := ""
	if declared {
		if illegal = component.objection(e); illegal == "" {
			score.NotApplicable = true
			score.Score = ratio.Undefined("not applicable: " + strings.TrimSpace(e.Rationale))
			return score
		}
		c.Illegal = append(c.Illegal, Illegal{component.Component, illegal})
	}
	score.Score = c.tally(component, missing, illegal)
	return score
}

// tally goes through the items of a component; with an illegal exemption none of
// them is satisfied.
func (c *Completeness) tally(component ComponentScheme, missing map[ItemRef]string, illegal string) ratio.Ratio {
	var satisfied int64
	for _, item := range component.Items {
		ref := ItemRef{component.Component, item.Name}
		reason, gap := missing[ref]
		if illegal != "" && !gap {
			reason, gap = illegal, true
		}
		if !gap {
			satisfied += item.Weight
			continue
		}
		c.Gaps = append(c.Gaps, Gap{ref, reason})
		if item.Gate {
			c.FailedGates = append(c.FailedGates, ref)
		}
	}
	return ratio.Of(satisfied, component.total(), "no item has a weight")
}

// objection says why a component may not be declared not applicable, nothing if
// it may.
func (c ComponentScheme) objection(e Exemption) string {
	switch {
	case !c.Exemptible:
		return fmt.Sprintf("Component %s always applies, but is declared not applicable.", c.Component)
	case blank(e.Rationale):
		return fmt.Sprintf("Component %s is declared not applicable without a rationale.", c.Component)
	default:
		return ""
	}
}

func (c Checklist) exemption(component Component) (Exemption, bool) {
	i := slices.IndexFunc(c.NotApplicable, func(e Exemption) bool { return e.Component == component })
	if i < 0 {
		return Exemption{}, false
	}
	return c.NotApplicable[i], true
}

// reasons returns what is missing for each unsatisfied item.
func (c Checklist) reasons() map[ItemRef]string {
	reasons := make(map[ItemRef]string, len(c.Missing))
	for _, gap := range c.Missing {
		reasons[gap.Item] = gap.Reason
	}
	return reasons
}

// weigh returns the weighted mean of the component scores. It is taken in
// fractions of any size, since the common denominator of nine components can be
// far larger than the result.
func weigh(components []ComponentScore) ratio.Ratio {
	sum, weights := new(big.Rat), new(big.Int)
	for _, c := range components {
		if c.Weight == 0 || !c.Score.Defined() {
			continue
		}
		weight := big.NewInt(c.Weight)
		weights.Add(weights, weight)
		part := big.NewRat(c.Score.Num(), c.Score.Den())
		sum.Add(sum, part.Mul(part, new(big.Rat).SetInt(weight)))
	}
	if weights.Sign() == 0 {
		return ratio.Undefined("no component that applies has a weight")
	}
	sum.Quo(sum, new(big.Rat).SetInt(weights))
	if !sum.Num().IsInt64() || !sum.Denom().IsInt64() {
		return ratio.Undefined(ratio.Overflow)
	}
	return ratio.New(sum.Num().Int64(), sum.Denom().Int64())
}
