package quantile

import "github.com/crmrollout/crm/crmproject/ratio"

// A Type is one of the nine definitions, 1 to 9.
type Type uint8

// Type7 is the default of R, numpy and spreadsheets, and of this library.
const Type7 Type = 7

// NoValues is the reason of an undefined quantile of nothing.
const NoValues = "no values"

// IsValid reports whether t is 1 to 9.
func (t Type) IsValid() bool { return t >= 1 && t <= 9 }

// A Spot says where a quantile lies among n sorted values: it is
// x[Index] + Weight·(x[Index+1] − x[Index]), counted from 0, with 0 ≤ Weight < 1.
type Spot struct {
	Index  int
	Weight ratio.Ratio
}

// Spot returns where the quantile at p lies among n sorted values, and false if
// n < 1, p is undefined or outside [0, 1], t is not valid, or the position does
// not fit a [ratio.Ratio].
func (t Type) Spot(n int, p ratio.Ratio) (Spot, bool) {
	if n < 1 || !t.IsValid() || !p.AtLeast(ratio.Int(0)) || !ratio.Int(1).AtLeast(p) {
		return Spot{}, false
	}
	h := t.position(int64(n), p)
	j, ok := h.Floor()
	if !ok {
		return Spot{}, false
	}
	g := t.weight(j, h.Sub(ratio.Int(j)))
	if g == ratio.Int(1) {
		j, g = j+1, ratio.Int(0)
	}
	switch {
	case j < 1:
		return Spot{0, ratio.Int(0)}, true
	case j >= int64(n):
		return Spot{n - 1, ratio.Int(0)}, true
	default:
		return Spot{int(j - 1), g}, true
	}
}

// position returns h of the package comment.
func (t Type) position(n int64, p ratio.Ratio) ratio.Ratio {
	along := func(plus, offset ratio.Ratio) ratio.Ratio {
		return ratio.Int(n).Add(plus).Mul(p).Add(offset)
	}
	zero, third := ratio.Int(0), ratio.New(1, 3)
	switch t {
	case 3:
		return along(zero, ratio.New(-1, 2))
	case 5:
		return along(zero, ratio.New(1, 2))
	case 6:
		return along(ratio.Int(1), zero)
	case 7:
		return along(ratio.Int(-1), ratio.Int(1))
	case 8:
		return along(third, third)
	case 9:
		return along(ratio.New(1, 4), ratio.New(3, 8))
	default:
		return along(zero, zero)
	}
}

// weight returns what becomes of the fractional part of the position: the first
// three types step instead of interpolating.
func (t Type) weight(j int64, g ratio.Ratio) ratio.Ratio {
	whole := g.Sign() == 0
	switch {
	case t == 2 && whole:
		return ratio.New(1, 2)
	case t == 1 && whole, t == 3 && whole && j%2 == 0:
		return ratio.Int(0)
	case t <= 3:
		return ratio.Int(1)
	default:
		return g
	}
}

// Ints returns the exact quantile at p of ascending integers. It is undefined,
// with the reason, for no values, where [Type.Spot] is not defined, and on overflow.
func Ints(sorted []int64, p ratio.Ratio, t Type) ratio.Ratio {
	if len(sorted) == 0 {
		return ratio.Undefined(NoValues)
	}
	spot, ok := t.Spot(len(sorted), p)
	if !ok {
		return ratio.Undefined("no such quantile")
	}
	low := ratio.Int(sorted[spot.Index])
	if spot.Weight.Sign() == 0 {
		return low
	}
	return low.Add(ratio.Int(sorted[spot.Index+1]).Sub(low).Mul(spot.Weight))
}

// Floats returns the quantile at p of ascending finite numbers, and false where
// it is not defined.
func Floats(sorted []float64, p ratio.Ratio, t Type) (float64, bool) {
	spot, ok := t.Spot(len(sorted), p)
	if !ok {
		return 0, false
	}
	low := sorted[spot.Index]
	g, _ := spot.Weight.Float64()
	if g == 0 {
		return low, true
	}
	return float64((1-g)*low) + float64(g*sorted[spot.Index+1]), true
}

// InR returns the type 7 quantile as R computes it, step by step in float64, with
// what rounding that brings: the position is off by rounding of n·p, and so can
// the result be. It is for agreeing with R to the last bit, and for nothing else.
// The values are ascending and at least one; p is within [0, 1].
func InR(sorted []float64, p float64) float64 {
	position := 1 + float64(float64(len(sorted)-1)*p)
	below := min(int(position), len(sorted))
	low, g := sorted[below-1], position-float64(below)
	if g <= 0 || below == len(sorted) || sorted[below] == low {
		return low
	}
	return float64((1-g)*low) + float64(g*sorted[below])
}
