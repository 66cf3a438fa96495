package rfm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
	"github.com/crmrollout/crm/kpi/internal/ledger"
)

// Unmatched stands for the customers that no segment contains. No segment can
// have this name.
const Unmatched = "(unmatched)"

// A SegmentSummary is a segment as a whole.
type SegmentSummary struct {
	Name         string      `json:"name"`
	Customers    int64       `json:"customers"`
	Share        ratio.Ratio `json:"share"` // of all scored customers
	Orders       int64       `json:"orders"`
	Revenue      int64       `json:"revenue"`      // in minor units
	RevenueShare ratio.Ratio `json:"revenueShare"` // of the revenue of all scored customers
	MeanRecency  ratio.Ratio `json:"meanRecency"`  // in days
	MeanRevenue  ratio.Ratio `json:"meanRevenue"`  // per customer, in minor units
}

// Summarise returns one summary for each segment, in the order of the table, also
// of those without customers, and a last one named [Unmatched] if some customers
// are in no segment: the customers add up to those scored. Shares and means of
// nothing are undefined. The error reports faults of the segments, or wraps
// [verdict.ErrRange] if a revenue does not fit an int64.
func Summarise[K kpi.Key](t Table[K], s Segments) ([]SegmentSummary, error) {
	if err := s.Validate(); err != nil {
		return nil, fmt.Errorf("rfm: %w", err)
	}
	sums := make([]segmentSum, len(s)+1)
	index := newIndex(s)
	var all segmentSum
	for i, cell := range t.Cells {
		recency := int64(t.AsOf - t.Last[i])
		sums[index.of(cell)].add(recency, t.Orders[i], t.Sum[i])
		all.add(recency, t.Orders[i], t.Sum[i])
	}
	if sums[len(s)].customers == 0 {
		sums = sums[:len(s)]
	}
	summaries := make([]SegmentSummary, len(sums))
	for i, sum := range sums {
		summary, err := sum.summary(index.name(i), all)
		if err != nil {
			return nil, err
		}
		summaries[i] = summary
	}
	return summaries, nil
}

type segmentSum struct {
	customers, recency, orders int64
	revenue                    ledger.Sum
}

func (s *segmentSum) add(recency, orders, revenue int64) {
	s.customers++
	s.recency += recency
	s.orders += orders
	s.revenue.Add(revenue)
}

func (s *segmentSum) summary(name string, all segmentSum) (SegmentSummary, error) {
	revenue, ok := s.revenue.Int64()
	total, okTotal := all.revenue.Int64()
	if !ok || !okTotal {
		return SegmentSummary{}, fmt.Errorf("rfm: revenue of segment %s: %w of 64 bits", verdict.Quote(name), verdict.ErrRange)
	}
	return SegmentSummary{
		Name:         name,
		Customers:    s.customers,
		Share:        ratio.Of(s.customers, all.customers, "no customers"),
		Orders:       s.orders,
		Revenue:      revenue,
		RevenueShare: ratio.Of(revenue, total, "no revenue"),
		MeanRecency:  ratio.Of(s.recency, s.customers, "no customers"),
		MeanRevenue:  ratio.Of(revenue, s.customers, "no customers"),
	}, nil
}

// An index finds the segment of a cell without searching the table again for each
// customer.
type segmentIndex struct {
	segments Segments
	known    map[Cell]int
}

func newIndex(s Segments) segmentIndex { return segmentIndex{s, make(map[Cell]int)} }

// of returns the place of the cell's segment, or the number of segments for none.
func (x segmentIndex) of(c Cell) int {
	at, ok := x.known[c]
	if !ok {
		if at = x.segments.find(c); at < 0 {
			at = len(x.segments)
		}
		x.known[c] = at
	}
	return at
}

func (x segmentIndex) name(at int) string {
	if at < len(x.segments) {
		return x.segments[at].Name
	}
	return Unmatched
}
