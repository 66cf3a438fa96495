package risk

import (
	"slices"
	"strconv"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
)

// A Band is one class of risk of a Matrix, such as "high".
type Band struct {
	Name   string          `json:"name"`             // unique within the matrix
	Colour string          `json:"colour,omitempty"` // a word such as "red"; nothing here interprets it
	Action string          `json:"action,omitempty"` // what the organisation does about a risk of this band
	Review calendar.Period `json:"review,omitzero"`  // how often a risk of this band is reviewed
}

// A Matrix says which band a risk belongs to, from its level of likelihood and
// its level of impact. It is plain data of any size. The bands, the levels and
// the rows and columns of Cells are all in ascending order: Cells[0][0] is the
// least likely and least harmful corner.
//
// A matrix is never changed once risks were assessed by it. A new one gets a
// new Version, and [Register.Remap] takes the register across.
type Matrix struct {
	ID         string     `json:"id"`
	Version    int        `json:"version"` // from 1
	Title      string     `json:"title,omitempty"`
	Source     string     `json:"source,omitempty"` // where it comes from
	Likelihood Scale      `json:"likelihood"`
	Impact     Scale      `json:"impact"`
	Bands      []Band     `json:"bands"`
	High       string     `json:"high,omitempty"` // the lowest band that counts as high; empty: the top band
	Cells      [][]string `json:"cells"`          // Cells[likelihood][impact] is the name of a band
}

// A Cell is a place in a Matrix: positions in its scales, from 0.
type Cell struct {
	Likelihood int `json:"likelihood"`
	Impact     int `json:"impact"`
}

// A Rating is what a matrix says of a likelihood and an impact. The band
// decides; the score only sorts within it. The score is a product of ordinal
// numbers in most matrices, so it must never be added up or averaged.
type Rating struct {
	Cell
	Band   int         `json:"band"`   // position in the bands of the matrix, from 0
	Name   string      `json:"name"`   // of the band
	Colour string      `json:"colour"` // of the band
	High   bool        `json:"high"`   // whether the band is Matrix.High or above
	Score  ratio.Ratio `json:"score"`  // value of the likelihood × value of the impact
	Height ratio.Ratio `json:"height"` // position of the band from 0, the bottom, to 1, the top
}

// Ref returns what assessments call the matrix: "classic_5x5@1".
func (m Matrix) Ref() string { return m.ID + "@" + strconv.Itoa(m.Version) }

// Rate returns the rating of a risk from the names of its levels, and false if
// the matrix has no such level or no band in that cell.
func (m Matrix) Rate(likelihood, impact string) (Rating, bool) {
	i, ok := m.Likelihood.Index(likelihood)
	j, also := m.Impact.Index(impact)
	if !ok || !also {
		return Rating{}, false
	}
	return m.At(Cell{i, j})
}

// At returns the rating of a cell, and false if it lies outside the matrix or
// names no band.
func (m Matrix) At(c Cell) (Rating, bool) {
	if !m.holds(c) {
		return Rating{}, false
	}
	band, ok := m.BandIndex(m.Cells[c.Likelihood][c.Impact])
	if !ok {
		return Rating{}, false
	}
	return Rating{
		Cell:   c,
		Band:   band,
		Name:   m.Bands[band].Name,
		Colour: m.Bands[band].Colour,
		High:   band >= m.highFrom(),
		Score:  m.Likelihood.value(c.Likelihood).Mul(m.Impact.value(c.Impact)),
		Height: m.height(band),
	}, true
}

// BandIndex returns the position of the band of the given name, from 0, and
// false if there is none.
func (m Matrix) BandIndex(name string) (int, bool) {
	i := slices.IndexFunc(m.Bands, func(b Band) bool { return b.Name == name })
	return max(i, 0), i >= 0
}

// Transpose returns a copy of m with likelihood and impact exchanged. Its bands
// are the same, and so is whatever an audit counts. If its edges of impact go
// beyond 1, the result is not valid, for they would be probabilities.
func (m Matrix) Transpose() Matrix {
	t := m.clone()
	t.Likelihood, t.Impact = t.Impact, t.Likelihood
	t.Cells = make([][]string, len(m.Impact.Levels))
	for j := range t.Cells {
		for i := range m.Cells {
			if j < len(m.Cells[i]) {
				t.Cells[j] = append(t.Cells[j], m.Cells[i][j])
			}
		}
	}
	return t
}

// holds reports whether c is a cell of the grid and of both scales.
func (m Matrix) holds(c Cell) bool {
	return c.Likelihood >= 0 && c.Likelihood < min(len(m.Cells), len(m.Likelihood.Levels)) &&
		c.Impact >= 0 && c.Impact < min(len(m.Cells[c.Likelihood]), len(m.Impact.Levels))
}

// highFrom returns the position of the lowest band that counts as high.
func (m Matrix) highFrom() int {
	if i, ok := m.BandIndex(m.High); ok && m.High != "" {
		return i
	}
	return len(m.Bands) - 1
}

// height makes bands of matrices with different numbers of bands comparable:
// bottoms with bottoms and tops with tops. The only band of a matrix is both;
// it is taken for the bottom.
func (m Matrix) height(band int) ratio.Ratio {
	return ratio.New(int64(band), int64(max(len(m.Bands)-1, 1)))
}

func (m Matrix) clone() Matrix {
	m.Likelihood, m.Impact = m.Likelihood.clone(), m.Impact.clone()
	m.Bands = slices.Clone(m.Bands)
	m.Cells = slices.Clone(m.Cells)
	for i := range m.Cells {
		m.Cells[i] = slices.Clone(m.Cells[i])
	}
	return m
}
