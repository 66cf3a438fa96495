package risk

import (
	"fmt"
	"strings"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// MaxReversal is the share of pairs in the wrong order from which a matrix is
// found to mislead, see [Reversal].
const MaxReversal = 0.05

// MatrixRules returns the rules of a sound matrix, ordered by code: each part of
// [Matrix.Audit] as a rule, with the offending cells as evidence. Subjects are
// paths below the matrix. [Rules] has them too, below "matrix".
func MatrixRules() []verdict.Rule[Matrix] {
	return []verdict.Rule[Matrix]{{
		Code: "RISK-101", Severity: verdict.Major, Check: audited(checkMonotone),
		Title: "The band never falls as likelihood or impact rises",
		Why:   "A risk that grows would get less attention.",
	}, {
		Code: "RISK-102", Severity: verdict.Major, Check: audited(checkWeak),
		Title: "Every top cell lies above every bottom cell",
		Why:   "Otherwise a smaller risk is treated first and a greater one last.",
	}, {
		Code: "RISK-103", Severity: verdict.Minor, Check: audited(checkBetween),
		Title: "No small step leads from the bottom band to the top",
		Why:   "A difference in judgement too small to notice would decide everything.",
	}, {
		Code: "RISK-104", Severity: verdict.Info, Check: audited(checkColouring),
		Title: "Each cell has the band that its range of risk asks for",
		Why:   "Equal risks would get different bands; mostly where a scale begins at 0.",
	}, {
		Code: "RISK-105", Severity: verdict.Info, Check: audited(checkSkips),
		Title: "Neighbouring cells are at most one band apart",
		Why:   "One level more or less should not skip a band.",
	}, {
		Code: "RISK-106", Severity: verdict.Major, Check: audited(checkEdges),
		Title: "Some ranges of the levels make the matrix consistent",
		Why:   "If there are none, the grid contradicts itself whatever the levels mean.",
	}, {
		Code: "RISK-107", Severity: verdict.Minor, Check: audited(checkAdditive),
		Title: "The bands follow from scores of the levels",
		Why:   "Otherwise a step of likelihood outweighs a step of impact here and not there.",
	}, {
		Code: "RISK-108", Severity: verdict.Info, Check: audited(checkReversal),
		Title: "The bands seldom put two risks in the wrong order",
		Why:   "A matrix that often does is worse than none, for it is believed.",
	}, {
		Code: "RISK-109", Severity: verdict.Minor, Check: audited(checkUse),
		Title: "Every band is used",
		Why:   "A band that no risk can reach makes the scale look finer than it is.",
	}}
}

// audited makes a rule's check of one that asks an auditor.
func audited(look func(*auditor, *verdict.Reporter)) func(Matrix, *verdict.Reporter) {
	return func(m Matrix, r *verdict.Reporter) {
		a, reason := newAuditor(m)
		if reason != "" {
			r.Unassessed(reason)
			return
		}
		look(&a, r)
	}
}

// report says what came of an axiom; a finding lists its witnesses.
func (a *auditor) report(r *verdict.Reporter, axiom Axiom, message, remedy string) {
	switch axiom.Status {
	case verdict.NotApplicable:
		r.NotApplicable(axiom.Reason)
	case verdict.Unassessed:
		r.Unassessed(axiom.Reason)
	case verdict.NotMet:
		evidence := make([]string, len(axiom.Witnesses))
		for i, w := range axiom.Witnesses {
			evidence[i] = a.name(w.Low) + "; " + a.name(w.High)
		}
		r.Find("cells", fmt.Sprintf(message, count(int64(len(evidence)), "pair"), evidence[0]), remedy, evidence...)
	default: // met: nothing to say
	}
}

// name describes a cell: "likely × minor is medium".
func (a *auditor) name(c Cell) string {
	return fmt.Sprintf("%s × %s is %s", a.Likelihood.Levels[c.Likelihood].Name, a.Impact.Levels[c.Impact].Name,
		a.Bands[a.at(c)].Name)
}

func checkMonotone(a *auditor, r *verdict.Reporter) {
	a.report(r, a.monotone(), "The band falls where the risk rises, in %s of neighbours: %s.",
		"Give the second cell of each pair at least the band of the first.")
}

func checkWeak(a *auditor, r *verdict.Reporter) {
	axiom := a.weak()
	if axiom.Status == verdict.Unassessed {
		axiom.Reason += "; " + a.possible()
	}
	a.report(r, axiom, "Some risks in the bottom band are greater than some in the top band, in %s of cells: %s.",
		"Move the cells to a band between, or choose other edges.")
}

// possible says what the grid alone allows of A1.
func (a *auditor) possible() string {
	switch {
	case a.edges(AtZero).Status == verdict.Met:
		return "there are edges with which it holds"
	case a.edges(AboveZero).Status == verdict.Met:
		return "there are edges with which it holds, but none that begin at 0"
	default:
		return "there are no edges with which it holds"
	}
}

func checkBetween(a *auditor, r *verdict.Reporter) {
	a.report(r, a.between(), "A step to a neighbour leads from the bottom band to the top, in %s: %s.",
		"Put a band between the two cells.")
}

func checkSkips(a *auditor, r *verdict.Reporter) {
	a.report(r, axiomOf(a.skips()), "A step of one level skips a band, in %s of neighbours: %s.",
		"Put a cell of the band between, if the scales allow it.")
}

func checkColouring(a *auditor, r *verdict.Reporter) {
	c := a.colouring()
	axiom := Axiom{Status: c.Status, Reason: c.Reason}
	if c.Status != verdict.NotMet {
		a.report(r, axiom, "", "")
		return
	}
	evidence := make([]string, len(c.Witnesses))
	for i, w := range c.Witnesses {
		evidence[i] = a.name(w.Cell) + " but " + strings.ReplaceAll(w.Rule.String(), "_", " ")
	}
	r.Find("cells", fmt.Sprintf("%s not in the band that the range of risk asks for: %s.",
		capital(are(len(evidence), "cell")), evidence[0]),
		"Recolour the cells, or begin the scales above 0.", evidence...)
}

func checkEdges(a *auditor, r *verdict.Reporter) {
	edges := a.edges(AboveZero)
	if edges.Status == verdict.NotMet {
		r.Find("cells", "No ranges of the levels whatever can put every top cell above every bottom cell.",
			"Recolour a cell of each pair.", a.proof(edges.Certificate)...)
		return
	}
	a.report(r, Axiom{Status: edges.Status, Reason: edges.Reason}, "", "")
}

func checkAdditive(a *auditor, r *verdict.Reporter) {
	additive := a.additive()
	if additive.Status == verdict.NotMet {
		r.Find("cells", "No scores of the levels, added up or multiplied, give these bands.",
			"Recolour a cell of each pair.", a.proof(additive.Certificate)...)
		return
	}
	a.report(r, Axiom{Status: additive.Status, Reason: additive.Reason}, "", "")
}

// proof puts the pairs of a certificate into words.
func (a *auditor) proof(c *Certificate) []string {
	evidence := make([]string, len(c.Pairs))
	for i, p := range c.Pairs {
		evidence[i] = fmt.Sprintf("%s; %s (weight %d)", a.name(p.Low), a.name(p.High), p.Weight)
	}
	return evidence
}

func checkReversal(a *auditor, r *verdict.Reporter) {
	switch reversal := a.reversal(); {
	case !reversal.Defined:
		r.Unassessed(reversal.Reason)
	case reversal.Rate > MaxReversal:
		r.Find("cells", fmt.Sprintf("Of two risks in different bands, the smaller is in the higher band in %.1f %% of cases.",
			100*reversal.Rate), "Rank risks by expected value where it is known; use fewer bands.")
	}
}

func checkUse(a *auditor, r *verdict.Reporter) {
	used := make([]bool, len(a.Bands))
	for _, c := range a.cells {
		used[a.at(c)] = true
	}
	for i, band := range a.Bands {
		if !used[i] {
			r.Find(verdict.At("bands", i), fmt.Sprintf("No cell is %s.", band.Name), "Give the band a cell, or drop it.")
		}
	}
	if len(a.Bands) == 1 {
		r.Find("bands", "There is only one band, so the matrix tells no risks apart.", "Add bands.")
	}
}
