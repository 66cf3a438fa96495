package rfm

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/kpi/internal/quantile"
)

// A column holds one value for each customer.
type column interface {
	Len() int
	compare(i, j uint32) int    // of the values of customers i and j, exactly
	value(i uint32) ratio.Ratio // exact, or undefined if it does not fit
	float(i uint32) float64     // nearest
	order() []uint32            // customers in ascending order of value, equals in ascending order of customer
	pick(who []uint32) column   // the values of some customers only
}

// ints is a column of integers.
type ints[T int32 | int64] []T

func (c ints[T]) Len() int                   { return len(c) }
func (c ints[T]) compare(i, j uint32) int    { return cmp.Compare(c[i], c[j]) }
func (c ints[T]) value(i uint32) ratio.Ratio { return ratio.Int(int64(c[i])) }
func (c ints[T]) float(i uint32) float64     { return float64(c[i]) }
func (c ints[T]) order() []uint32            { return quantile.Order(c) }

func (c ints[T]) pick(who []uint32) column {
	picked := make(ints[T], len(who))
	for i, w := range who {
		picked[i] = c[w]
	}
	return picked
}

// means is a column of fractions sum/n with n > 0.
type means struct{ sum, n []int64 }

func (c means) Len() int { return len(c.sum) }

// compare compares s/n with t/m as s·m with t·n.
func (c means) compare(i, j uint32) int {
	return compareProducts(c.sum[i], c.n[j], c.sum[j], c.n[i])
}

func (c means) value(i uint32) ratio.Ratio { return ratio.New(c.sum[i], c.n[i]) }
func (c means) float(i uint32) float64     { return float64(c.sum[i]) / float64(c.n[i]) }

func (c means) order() []uint32 {
	order := make([]uint32, len(c.sum))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, c.compare)
	return order
}

func (c means) pick(who []uint32) column {
	picked := means{make([]int64, len(who)), make([]int64, len(who))}
	for i, w := range who {
		picked.sum[i], picked.n[i] = c.sum[w], c.n[w]
	}
	return picked
}

// compareProducts compares a·b with c·d for b, d > 0, in 128 bits.
func compareProducts(a, b, c, d int64) int {
	if sa, sc := cmp.Compare(a, 0), cmp.Compare(c, 0); sa != sc || sa == 0 {
		return cmp.Compare(sa, sc)
	}
	hi1, lo1 := bits.Mul64(magnitude(a), uint64(b))
	hi2, lo2 := bits.Mul64(magnitude(c), uint64(d))
	by := cmp.Or(cmp.Compare(hi1, hi2), cmp.Compare(lo1, lo2))
	if a < 0 {
		return -by
	}
	return by
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
