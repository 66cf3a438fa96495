package risk

import (
	"strings"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// maxLevels bounds a scale. People tell apart fewer than ten levels, and the
// audit of a matrix takes time that grows with the square of its cells.
const maxLevels = 32

// Validate reports every fault of m as a matrix: no identity, scales that are
// not valid, likelihood edges beyond 1, no band, band names missing or
// repeated, a grid that does not match the scales, and cells that name no band.
// Whether a valid matrix is a good one is for [Matrix.Audit] to say.
func (m Matrix) Validate() error {
	var faults verdict.Faults
	m.checkIdentity(&faults)
	faults.Add("likelihood", m.Likelihood.Validate())
	checkProbabilityEdges(&faults, m.Likelihood)
	faults.Add("impact", m.Impact.Validate())
	checkSize(&faults, "likelihood.levels", len(m.Likelihood.Levels))
	checkSize(&faults, "impact.levels", len(m.Impact.Levels))
	m.checkBands(&faults)
	m.checkCells(&faults)
	return faults.Err()
}

func (m Matrix) checkIdentity(faults *verdict.Faults) {
	switch {
	case m.ID == "":
		faults.Missing("id")
	case strings.Contains(m.ID, "@"):
		faults.Addf("id", "%s contains @: %w", verdict.Quote(m.ID), verdict.ErrInvalid)
	}
	if m.Version < 1 {
		faults.Addf("version", "%d is below 1: %w", m.Version, verdict.ErrRange)
	}
}

func checkProbabilityEdges(faults *verdict.Faults, s Scale) {
	if n := len(s.Edges); n > 0 && ratio.Int(1).Less(s.Edges[n-1]) {
		faults.Addf(verdict.At("likelihood.edges", n-1), "%s is above 1, which no probability is: %w",
			short(s.Edges[n-1]), verdict.ErrRange)
	}
}

func checkSize(faults *verdict.Faults, path string, n int) {
	if n > maxLevels {
		faults.Addf(path, "%d levels, want at most %d: %w", n, maxLevels, verdict.ErrRange)
	}
}

func (m Matrix) checkBands(faults *verdict.Faults) {
	if len(m.Bands) == 0 {
		faults.Missing("bands")
	}
	seen := make(map[string]bool, len(m.Bands))
	for i, band := range m.Bands {
		checkName(faults, verdict.At("bands", i)+".name", band.Name, seen)
		if band.Review != (Band{}).Review && !band.Review.IsValid() {
			faults.Add(verdict.At("bands", i)+".review", verdict.ErrInvalid)
		}
	}
	if m.High != "" && !seen[m.High] {
		faults.Unknown("high", m.High)
	}
}

func (m Matrix) checkCells(faults *verdict.Faults) {
	if len(m.Cells) != len(m.Likelihood.Levels) {
		faults.Addf("cells", "%d rows for %d levels of likelihood: %w",
			len(m.Cells), len(m.Likelihood.Levels), verdict.ErrInvalid)
	}
	for i, row := range m.Cells {
		path := verdict.At("cells", i)
		if len(row) != len(m.Impact.Levels) {
			faults.Addf(path, "%d cells for %d levels of impact: %w", len(row), len(m.Impact.Levels), verdict.ErrInvalid)
		}
		for j, name := range row {
			if _, ok := m.BandIndex(name); !ok {
				faults.Unknown(verdict.At(path, j), name)
			}
		}
	}
}
