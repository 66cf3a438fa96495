package risk

import (
	"strings"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// Presets returns the built-in matrices, in a fixed order, the general ones
// first. They are starting points, to be edited: change the ID, the words, the
// edges. Source says where each comes from.
//
// Only "cox_3x3" meets every axiom of [Matrix.Audit]. The others are as their
// sources have them, ordinal in at least one scale, so that the audit leaves
// much undecided; and the PMBOK grid, for one, has a step from low to high.
func Presets() []Matrix {
	return []Matrix{
		Classic5x5(), Simple3x3(), Cox3x3(), PMBOK5x5(),
		npsa5x5(), dod5x5(), nasa5x5(), milStd882E(),
	}
}

// Preset returns the built-in matrix of the given ID, and false if there is
// none.
func Preset(id string) (Matrix, bool) {
	for _, m := range Presets() {
		if m.ID == id {
			return m, true
		}
	}
	return Matrix{}, false
}

// Classic5x5 is the matrix most projects start with, "classic_5x5": the bands
// follow the product of the ranks 1 to 5, low to 4, medium to 9, high to 16,
// extreme above.
func Classic5x5() Matrix {
	return Matrix{
		ID: "classic_5x5", Version: 1,
		Title:      "Classic 5×5",
		Source:     "common practice: products of ranks cut at 4, 9 and 16",
		Likelihood: Names("rare", "unlikely", "possible", "likely", "almost_certain"),
		Impact:     Names("negligible", "minor", "moderate", "major", "severe"),
		Bands:      fourBands("low", "medium", "high", "extreme"),
		High:       "high",
		Cells: cells("low medium high extreme",
			"00001",
			"00112",
			"01122",
			"01223",
			"12233"),
	}
}

// Simple3x3 is a matrix for small projects, "simple_3x3": medium from corner to
// corner, low below, high above.
func Simple3x3() Matrix {
	return Matrix{
		ID: "simple_3x3", Version: 1,
		Title:      "Simple 3×3",
		Source:     "common practice: low, medium, high, with a medium diagonal",
		Likelihood: Names("low", "medium", "high"),
		Impact:     Names("low", "medium", "high"),
		Bands:      threeBands("low", "medium", "high"),
		Cells: cells("low medium high",
			"001",
			"012",
			"122"),
	}
}

// Cox3x3 is the one colouring of a 3×3 matrix in three bands with levels of
// equal width that meets all of Cox's axioms, "cox_3x3". Use it where the axes
// really are a probability and a linear loss.
func Cox3x3() Matrix {
	return Matrix{
		ID: "cox_3x3", Version: 1,
		Title:      "Consistent 3×3",
		Source:     "L. A. Cox, What's Wrong with Risk Matrices?, Risk Analysis 28 (2008) 497-512",
		Likelihood: Names("low", "medium", "high").WithEqualEdges(),
		Impact:     Names("low", "medium", "high").WithEqualEdges(),
		Bands:      threeBands("low", "medium", "high"),
		Cells: cells("low medium high",
			"000",
			"011",
			"012"),
	}
}

// PMBOK5x5 is the probability and impact matrix of the PMBOK Guide,
// "pmbok_5x5". Its impact is not linear: each level weighs twice the one below
// it, so that rare disasters outrank frequent trifles. The bands follow the
// product of the values, low to 0.05, high from 0.18.
func PMBOK5x5() Matrix {
	return Matrix{
		ID: "pmbok_5x5", Version: 1,
		Title:      "PMBOK probability and impact",
		Source:     "PMI, A Guide to the Project Management Body of Knowledge, 5th ed. (2013), fig. 11-10",
		Likelihood: Names("very_low", "low", "moderate", "high", "very_high").WithValues(hundredths(10, 30, 50, 70, 90)...),
		Impact:     Names("very_low", "low", "moderate", "high", "very_high").WithValues(hundredths(5, 10, 20, 40, 80)...),
		Bands:      threeBands("low", "moderate", "high"),
		Cells: cells("low moderate high",
			"00001",
			"00112",
			"00122",
			"01122",
			"01222"),
	}
}

// npsa5x5 bands follow the product of ranks: low to 3, moderate to 6, high to
// 12, extreme from 15.
func npsa5x5() Matrix {
	return Matrix{
		ID: "npsa_5x5", Version: 1,
		Title:      "NPSA 5×5",
		Source:     "UK National Patient Safety Agency, A risk matrix for risk managers (2008)",
		Likelihood: Names("rare", "unlikely", "possible", "likely", "almost_certain"),
		Impact:     Names("negligible", "minor", "moderate", "major", "catastrophic"),
		Bands:      fourBands("low", "moderate", "high", "extreme"),
		High:       "high",
		Cells: cells("low moderate high extreme",
			"00011",
			"01122",
			"01223",
			"12233",
			"12333"),
	}
}

func dod5x5() Matrix {
	return Matrix{
		ID: "dod_5x5", Version: 1,
		Title:  "DoD risk reporting matrix",
		Source: "US Department of Defense, Risk, Issue, and Opportunity Management Guide (2017)",
		Likelihood: Names("not_likely", "low_likelihood", "likely", "highly_likely", "near_certainty").
			WithEdges(hundredths(0, 20, 40, 60, 80, 100)...),
		Impact: Names("minimal", "minor", "moderate", "significant", "critical"),
		Bands:  threeBands("low", "moderate", "high"),
		Cells: cells("low moderate high",
			"00001",
			"00011",
			"00112",
			"01122",
			"01222"),
	}
}

func nasa5x5() Matrix {
	return Matrix{
		ID: "nasa_5x5", Version: 1,
		Title:      "NASA 5×5",
		Source:     "NASA Johnson Space Center, risk scorecard JSC-66705",
		Likelihood: Names("very_low", "low", "moderate", "high", "very_high"),
		Impact:     Names("very_low", "low", "moderate", "high", "very_high"),
		Bands:      threeBands("green", "yellow", "red"),
		Cells: cells("green yellow red",
			"00001",
			"00111",
			"00112",
			"01122",
			"01222"),
	}
}

func milStd882E() Matrix {
	return Matrix{
		ID: "mil_std_882e", Version: 1,
		Title:  "MIL-STD-882E",
		Source: "US Department of Defense, MIL-STD-882E System Safety (2012), tables I to III and A-II",
		Likelihood: Names("improbable", "remote", "occasional", "probable", "frequent").
			WithEdges(ratio.Int(0), ratio.New(1, 1e6), ratio.New(1, 1000), ratio.New(1, 100), ratio.New(1, 10), ratio.Int(1)),
		Impact: Names("negligible", "marginal", "critical", "catastrophic"),
		Bands:  fourBands("low", "medium", "serious", "high"),
		High:   "serious",
		Cells: cells("low medium serious high",
			"0111",
			"0112",
			"0123",
			"1233",
			"1233"),
	}
}

// cells spells out rows of digits, each the position of a band in names.
func cells(names string, rows ...string) [][]string {
	words := strings.Fields(names)
	grid := make([][]string, len(rows))
	for i, row := range rows {
		for _, digit := range row {
			grid[i] = append(grid[i], words[digit-'0'])
		}
	}
	return grid
}

// threeBands and fourBands make the higher bands reviewed more often.
func threeBands(low, medium, high string) []Band {
	return []Band{
		{Name: low, Colour: "green", Review: months(3)},
		{Name: medium, Colour: "yellow", Review: months(2)},
		{Name: high, Colour: "red", Review: months(1)},
	}
}

func fourBands(low, medium, high, top string) []Band {
	return []Band{
		{Name: low, Colour: "green", Review: months(3)},
		{Name: medium, Colour: "yellow", Review: months(2)},
		{Name: high, Colour: "orange", Review: months(1)},
		{Name: top, Colour: "red", Review: calendar.Period{Count: 2, Unit: calendar.UnitWeek}},
	}
}

func months(n int) calendar.Period { return calendar.Period{Count: n, Unit: calendar.UnitMonth} }

func hundredths(ns ...int64) []ratio.Ratio {
	rs := make([]ratio.Ratio, len(ns))
	for i, n := range ns {
		rs[i] = ratio.New(n, 100)
	}
	return rs
}
