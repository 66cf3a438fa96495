package rfm

import (
	"fmt"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// Scores scores a column of integers along one dimension, among themselves: values
// of any measure, with 1 the worst score. Where customers matter to a tie, their
// order is that of the column; tie-breaks by another dimension are an error, since
// there is none.
//
// The error reports every fault of the axis or wraps [verdict.ErrInvalid] for a
// dimension that is none.
func (a Axis) Scores(d Dimension, values []int64) ([]uint8, Cuts, error) {
	var faults verdict.Faults
	faults.Add("axis", a.Validate())
	if a.Break > BreakByCustomerDescending && a.Break.IsValid() {
		faults.Addf("axis.break", "%w: there is no %v here", verdict.ErrInvalid, a.Break)
	}
	if !d.IsValid() {
		faults.Addf("dimension", "%w: %d", verdict.ErrInvalid, d)
	}
	if err := faults.Err(); err != nil {
		return nil, Cuts{}, fmt.Errorf("rfm: %w", err)
	}
	b := newBinning(a.Explicit(), d, ints[int64](values), byCustomer(a.Break))
	scores := make([]uint8, len(values))
	for i := range scores {
		scores[i] = b.score(i)
	}
	return scores, b.cuts, nil
}
