package strict

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// collector gathers faults with their offsets in the document. Lines and
// columns are counted once, at the end.
type collector struct {
	limit int
	found []placed
	more  int
}

type placed struct {
	at    int
	fault *Fault
}

func (c *collector) full() bool { return len(c.found) >= c.limit }

// add takes a fault at an offset. A fault that already has a line was placed
// by an inner document starting at that offset.
func (c *collector) add(at int, f *Fault) {
	if c.full() {
		c.more++
		return
	}
	c.found = append(c.found, placed{at, f})
}

// result returns the faults in the order of the document, or nil.
func (c *collector) result(data []byte) error {
	if len(c.found) == 0 {
		return nil
	}
	slices.SortStableFunc(c.found, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	faults := &Faults{More: c.more}
	line, column, seen := 1, 1, 0
	for _, p := range c.found {
		for ; seen < p.at; seen++ {
			switch b := data[seen]; {
			case b == '\n':
				line, column = line+1, 1
			case utf8.RuneStart(b):
				column++
			}
		}
		p.fault.place(line, column)
		faults.List = append(faults.List, p.fault)
	}
	return faults
}

// place sets line and column, or moves those of an inner document to where
// that document starts.
func (f *Fault) place(line, column int) {
	switch f.Line {
	case 0:
		f.Line, f.Column = line, column
	case 1:
		f.Line, f.Column = line, f.Column+column-1
	default:
		f.Line += line - 1
	}
}
