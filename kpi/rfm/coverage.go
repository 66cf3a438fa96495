package rfm

import "github.com/crmrollout/crm/crmproject/ratio"

// A Coverage says how a table of segments covers the cells that there can be. A
// sound table leaves none out; overlaps are harmless only if the order of the
// segments is meant.
type Coverage struct {
	Cells     int64     `json:"cells"`               // how many there are
	Matched   int64     `json:"matched"`             // contained in at least one segment
	Unmatched []Cell    `json:"unmatched,omitempty"` // the others, in ascending order
	Overlaps  []Overlap `json:"overlaps,omitempty"`  // contained in several, in ascending order
	Idle      []string  `json:"idle,omitempty"`      // segments that get no cell, since earlier ones take all of theirs
}

// An Overlap is a cell that several segments contain; the first one gets it.
type Overlap struct {
	Cell     Cell     `json:"cell"`
	Segments []string `json:"segments"`
}

// Complete reports whether every cell is contained in a segment.
func (c Coverage) Complete() bool { return c.Matched == c.Cells }

// Disjoint reports whether no cell is contained in several segments.
func (c Coverage) Disjoint() bool { return len(c.Overlaps) == 0 }

// Share returns the part of the cells that is matched, undefined for no cells.
func (c Coverage) Share() ratio.Ratio { return ratio.Of(c.Matched, c.Cells, "no cells") }

// Coverage checks the table against every cell from 1-1-1 to best, which is 5-5-5
// for five bins each (see [Table.Best]).
func (s Segments) Coverage(best Cell) Coverage {
	c := Coverage{Cells: int64(best.R) * int64(best.F) * int64(best.M)}
	used := make([]bool, len(s))
	for r := 1; r <= int(best.R); r++ {
		for f := 1; f <= int(best.F); f++ {
			for m := 1; m <= int(best.M); m++ {
				look(&c, s, Cell{uint8(r), uint8(f), uint8(m)}, used)
			}
		}
	}
	for i, segment := range s {
		if !used[i] {
			c.Idle = append(c.Idle, segment.Name)
		}
	}
	return c
}

// look takes down which segments contain a cell.
func look(c *Coverage, s Segments, cell Cell, used []bool) {
	first := s.find(cell)
	if first < 0 {
		c.Unmatched = append(c.Unmatched, cell)
		return
	}
	c.Matched++
	used[first] = true
	names := []string{s[first].Name}
	for _, segment := range s[first+1:] {
		if segment.Contains(cell) {
			names = append(names, segment.Name)
		}
	}
	if len(names) > 1 {
		c.Overlaps = append(c.Overlaps, Overlap{cell, names})
	}
}
