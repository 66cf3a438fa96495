package risk

import (
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A MatrixAudit is what can be proved of a matrix: how far its bands agree with
// the product of likelihood and impact that they stand for. The axioms are
// those of L. A. Cox, What's Wrong with Risk Matrices?, Risk Analysis 28 (2008)
// 497-512, in a form for any number of bands.
//
// The risk of a cell is the range from the product of its lower edges to the
// product of its upper edges. All comparisons are exact. Where a scale has no
// edges, what depends on them is unassessed, for no amount of looking at an
// ordinal grid can decide it; EdgesPositive, EdgesFromZero and Additive then say
// what the grid alone does allow.
type MatrixAudit struct {
	Monotone      Axiom       `json:"monotone"`         // M: the band never falls along a row or a column
	Weak          Axiom       `json:"weak"`             // A1: no point of a top cell has a lower risk than a point of a bottom cell
	Between       Axiom       `json:"between"`          // A2: no bottom cell has a top cell to the right, above, or diagonally above right
	Colouring     Colouring   `json:"colouring"`        // A3: each cell has the band that its range of risk asks for
	Skips         []CellPair  `json:"skips,omitempty"`  // neighbours in a row or column more than one band apart, by the first cell
	Ranges        []BandRange `json:"ranges,omitempty"` // of each band, ascending; empty if a scale is ordinal
	EdgesPositive Edges       `json:"edgesPositive"`    // whether some edges, all above 0, meet A1
	EdgesFromZero Edges       `json:"edgesFromZero"`    // whether some edges that begin at 0 meet A1
	Additive      Additive    `json:"additive"`         // whether scores of the levels, added up and cut, give the bands
	Reversal      Reversal    `json:"reversal"`
}

// An Axiom is whether a matrix meets one of the axioms: met, not met, not
// applicable or unassessed, with the reason for the last two.
type Axiom struct {
	Status    verdict.Status `json:"status"`
	Reason    string         `json:"reason,omitempty"`
	Witnesses []CellPair     `json:"witnesses,omitempty"` // all pairs that break it, by the first cell and then the second
}

// A CellPair is two cells of a matrix whose bands disagree with their place.
// For A1 and A2, Low is in the bottom band and High in the top band; otherwise
// Low is the cell with the lower levels.
type CellPair struct {
	Low  Cell `json:"low"`
	High Cell `json:"high"`
}

// A Colouring is whether a matrix meets A3. Failing it is a warning rather than
// a fault: it happens to most matrices at the levels that begin at 0, whose
// cells hold risks as small as any.
type Colouring struct {
	Status    verdict.Status     `json:"status"`
	Reason    string             `json:"reason,omitempty"`
	Witnesses []ColouringWitness `json:"witnesses,omitempty"` // at most one for a cell, likelihood by likelihood
}

// A ColouringWitness is a cell in the wrong band.
type ColouringWitness struct {
	Cell Cell          `json:"cell"`
	Rule ColouringRule `json:"rule"`
}

// A ColouringRule is a clause of A3 that a cell breaks. The zero value is
// invalid.
type ColouringRule uint8

// The clauses of A3. Gmax is the highest risk in any bottom cell, Rmin the
// lowest in any top cell.
const (
	NotTop          ColouringRule = iota + 1 // it is top, though it holds risks below Gmax
	NotBottom                                // it is bottom, though it holds risks above Rmin
	MustBeBottom                             // it is not bottom, though it reaches as low as some bottom cell and never above Rmin
	MustBeTop                                // it is not top, though it reaches as high as some top cell and never below Gmax
	NotIntermediate                          // it lies neither between a bottom and a top cell nor across both Gmax and Rmin
)

var colouringWords = verdict.NewWords[ColouringRule]("colouring rule",
	"not_top", "not_bottom", "must_be_bottom", "must_be_top", "not_intermediate")

// ParseColouringRule returns the rule of a word such as "must_be_bottom".
func ParseColouringRule(word string) (ColouringRule, error) { return colouringWords.Parse(word) }

// IsValid reports whether c is one of the constants.
func (c ColouringRule) IsValid() bool { return colouringWords.IsValid(c) }

// String returns the word of c, empty for the zero value.
func (c ColouringRule) String() string { return colouringWords.String(c) }

// AppendText appends the word of c to b.
func (c ColouringRule) AppendText(b []byte) ([]byte, error) { return colouringWords.AppendText(b, c) }

// MarshalText returns the word of c.
func (c ColouringRule) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads a word; c is unchanged on error.
func (c *ColouringRule) UnmarshalText(text []byte) error {
	return colouringWords.UnmarshalText(text, c)
}

// A BandRange is the risk that a band stands for, over all its cells. Both ends
// are undefined if no cell is in the band.
type BandRange struct {
	Band string      `json:"band"`
	Low  ratio.Ratio `json:"low"`
	High ratio.Ratio `json:"high"`
}

// Audit examines m. The matrix should be valid; of one that is not, everything
// is unassessed. The time grows with the fourth power of the number of levels,
// for the programs behind EdgesPositive, EdgesFromZero and Additive; it is a few
// milliseconds for a 5×5 matrix.
func (m Matrix) Audit() MatrixAudit {
	a, reason := newAuditor(m)
	if reason != "" {
		return unassessed(reason)
	}
	audit := MatrixAudit{
		Monotone:      a.monotone(),
		Weak:          a.weak(),
		Between:       a.between(),
		Colouring:     a.colouring(),
		Skips:         a.skips(),
		EdgesPositive: a.edges(AboveZero),
		EdgesFromZero: a.edges(AtZero),
		Additive:      a.additive(),
		Reversal:      a.reversal(),
	}
	if a.ordinal == "" {
		audit.Ranges = a.ranges()
	}
	return audit
}

func unassessed(reason string) MatrixAudit {
	axiom := Axiom{Status: verdict.Unassessed, Reason: reason}
	edges := Edges{Status: verdict.Unassessed, Reason: reason}
	return MatrixAudit{
		Monotone: axiom, Weak: axiom, Between: axiom,
		Colouring:     Colouring{Status: verdict.Unassessed, Reason: reason},
		EdgesPositive: edges, EdgesFromZero: edges,
		Additive: Additive{Status: verdict.Unassessed, Reason: reason},
		Reversal: Reversal{Reason: reason},
	}
}

// axiomOf returns the axiom that a list of witnesses means.
func axiomOf(witnesses []CellPair) Axiom {
	if len(witnesses) > 0 {
		return Axiom{Status: verdict.NotMet, Witnesses: witnesses}
	}
	return Axiom{Status: verdict.Met}
}
