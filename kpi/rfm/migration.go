package rfm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi"
)

// Absent stands for customers that one of two tables does not have. No segment
// can have this name.
const Absent = "(absent)"

// A Migration says how customers moved between segments from one table to
// another: the flow of a segmentation over time (KP-04, KP-13).
type Migration[K kpi.Key] struct {
	From  calendar.Date `json:"from"` // the day of the first table
	To    calendar.Date `json:"to"`   // the day of the second
	Flows []Flow        `json:"flows"`
	Moves []Move[K]     `json:"moves,omitempty"`
}

// A Flow is the number of customers of one segment that ended in another, or in
// the same. The names include [Unmatched] and [Absent]. Flows are in the order of
// the segments they come from, then of those they lead to; empty ones are left out.
type Flow struct {
	From      string      `json:"from"`
	To        string      `json:"to"`
	Customers int64       `json:"customers"`
	Share     ratio.Ratio `json:"share"` // of the customers of From
}

// A Move is one customer who changed segments. A cell is zero where the customer is
// [Absent]. Moves are in ascending order of customers.
type Move[K kpi.Key] struct {
	Customer K      `json:"customer"`
	From     string `json:"from"`
	To       string `json:"to"`
	FromCell Cell   `json:"fromCell,omitzero"`
	ToCell   Cell   `json:"toCell,omitzero"`
}

// Migrate compares two tables of the same customers by the same segments. Every
// customer of either table is in exactly one flow. The error reports faults of the
// segments. It takes one pass over both tables.
func Migrate[K kpi.Key](before, after Table[K], s Segments) (Migration[K], error) {
	if err := s.Validate(); err != nil {
		return Migration[K]{}, fmt.Errorf("rfm: %w", err)
	}
	m := migrating[K]{index: newIndex(s), width: len(s) + 2}
	m.flows = make([]int64, m.width*m.width)
	i, j := 0, 0
	for i < before.Len() || j < after.Len() {
		switch {
		case j == after.Len() || (i < before.Len() && before.Customers[i] < after.Customers[j]):
			m.move(before.Customers[i], before.Cells[i], Cell{})
			i++
		case i == before.Len() || after.Customers[j] < before.Customers[i]:
			m.move(after.Customers[j], Cell{}, after.Cells[j])
			j++
		default:
			m.move(before.Customers[i], before.Cells[i], after.Cells[j])
			i, j = i+1, j+1
		}
	}
	return Migration[K]{before.AsOf, after.AsOf, m.list(), m.moves}, nil
}

// migrating counts flows in a square table: the segments, then unmatched, then
// absent.
type migrating[K kpi.Key] struct {
	index segmentIndex
	width int
	flows []int64
	moves []Move[K]
}

func (m *migrating[K]) place(c Cell) int {
	if c == (Cell{}) {
		return m.width - 1
	}
	return m.index.of(c)
}

func (m *migrating[K]) name(place int) string {
	if place == m.width-1 {
		return Absent
	}
	return m.index.name(place)
}

func (m *migrating[K]) move(customer K, from, to Cell) {
	a, b := m.place(from), m.place(to)
	m.flows[a*m.width+b]++
	if a != b {
		m.moves = append(m.moves, Move[K]{customer, m.name(a), m.name(b), from, to})
	}
}

func (m *migrating[K]) list() []Flow {
	var flows []Flow
	for from := range m.width {
		row := m.flows[from*m.width : (from+1)*m.width]
		total := int64(0)
		for _, n := range row {
			total += n
		}
		for to, n := range row {
			if n > 0 {
				flows = append(flows, Flow{m.name(from), m.name(to), n, ratio.New(n, total)})
			}
		}
	}
	return flows
}
