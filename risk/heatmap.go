package risk

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/crmrollout/crm/crmproject/calendar"
)

// A HeatMap is a matrix with the risks of a register in its cells.
type HeatMap struct {
	Matrix  Matrix       `json:"matrix"`
	Cells   [][][]string `json:"cells"`             // Cells[likelihood][impact] lists the ids, ascending
	Outside []string     `json:"outside,omitempty"` // ids of active risks not assessed with this matrix, ascending
}

// HeatMap returns the active risks at asOf in the matrix in use, each in the
// cell in which it stands. With a basis it shows the latest assessments on that
// basis alone, so that inherent and residual can be put side by side; the zero
// Basis shows what counts, see [Register.Standing].
func (r Register) HeatMap(asOf calendar.Date, basis Basis) HeatMap {
	h := HeatMap{Matrix: r.Matrix.clone(), Cells: make([][][]string, len(r.Matrix.Cells))}
	for i, row := range r.Matrix.Cells {
		h.Cells[i] = make([][]string, len(row))
	}
	for _, risk := range r.Active(asOf) {
		standing, ok := r.Standing(risk, asOf)
		if basis != 0 {
			standing, ok = r.standing(risk, basis, asOf)
		}
		if !ok || standing.Matrix != r.Matrix.Ref() {
			h.Outside = append(h.Outside, risk.ID)
			continue
		}
		cell := &h.Cells[standing.Rating.Likelihood][standing.Rating.Impact]
		*cell = append(*cell, risk.ID)
	}
	for _, row := range h.Cells {
		for _, ids := range row {
			slices.Sort(ids)
		}
	}
	slices.Sort(h.Outside)
	return h
}

// idsShown is how many ids String lists in a cell before it counts the rest.
const idsShown = 3

// String draws the heat map as a table of text, the likeliest row on top, the
// gravest column on the right. Each cell has its band and the ids in it, the
// fourth and further ones as a number. The text is for people and may change.
func (h HeatMap) String() string {
	rows := [][]string{append([]string{""}, h.Matrix.Impact.names()...)}
	likelihoods := h.Matrix.Likelihood.names()
	for i := min(len(h.Cells), len(likelihoods)) - 1; i >= 0; i-- {
		row := []string{likelihoods[i]}
		for j, ids := range h.Cells[i] {
			row = append(row, strings.TrimSpace(h.Matrix.Cells[i][j]+" "+abbreviate(ids)))
		}
		rows = append(rows, row)
	}
	text := table(rows)
	if len(h.Outside) > 0 {
		text += "not in the matrix: " + strings.Join(h.Outside, " ") + "\n"
	}
	return text
}

func abbreviate(ids []string) string {
	if len(ids) <= idsShown {
		return strings.Join(ids, " ")
	}
	return fmt.Sprintf("%s +%d", strings.Join(ids[:idsShown], " "), len(ids)-idsShown)
}

// table lays out rows in columns, each as wide as its widest field, with a rule
// below the first row and no space at the ends of lines.
func table(rows [][]string) string {
	var b strings.Builder
	widths := columnWidths(rows)
	for i, row := range rows {
		fields := make([]string, len(row))
		for j, field := range row {
			fields[j] = field + strings.Repeat(" ", widths[j]-utf8.RuneCountInString(field))
		}
		b.WriteString(strings.TrimRight(strings.Join(fields, " | "), " ") + "\n")
		if i == 0 {
			for j := range fields {
				fields[j] = strings.Repeat("-", widths[j])
			}
			b.WriteString(strings.Join(fields, "-+-") + "\n")
		}
	}
	return b.String()
}

func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for j, field := range row {
			if j == len(widths) {
				widths = append(widths, 0)
			}
			widths[j] = max(widths[j], utf8.RuneCountInString(field))
		}
	}
	return widths
}
