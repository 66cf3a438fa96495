package risk

import (
	"math/big"
	"slices"

	"github.com/crmrollout/crm/crmproject/verdict"
)

// additive decides whether scores and cuts exist that give the bands. The
// variables of the program are the scores of the likelihoods, those of the
// impacts, and the cuts between the bands in use; each cell gives one
// inequality for the cut below it and one for the cut above.
func (a *auditor) additive() Additive {
	s := a.sums()
	rows := make([]row, 0, len(s.sides))
	variables := s.m + s.n + len(s.used) - 1
	for _, side := range s.sides {
		rows = append(rows, side.row(s, variables))
	}
	solution, multipliers := solve(rows, variables)
	if solution == nil {
		return s.refuted(multipliers)
	}
	ns, ok := integers(solution)
	if !ok {
		return Additive{Status: verdict.Unassessed, Reason: tooLarge}
	}
	return s.solved(ns, len(a.Bands))
}

// sums is the question for additive scores.
type sums struct {
	m, n  int
	used  []int // bands in use, ascending
	sides []side
}

// A side says that the sum of a cell is at or above a cut, or else below it by
// at least 1.
type side struct {
	cell  Cell
	cut   int // position in used of the band above the cut, less 1
	above bool
}

func (a *auditor) sums() sums {
	s := sums{m: len(a.Likelihood.Levels), n: len(a.Impact.Levels)}
	for _, c := range a.cells {
		if b := a.at(c); !slices.Contains(s.used, b) {
			s.used = append(s.used, b)
		}
	}
	slices.Sort(s.used)
	for _, c := range a.cells {
		k := slices.Index(s.used, a.at(c))
		if k > 0 {
			s.sides = append(s.sides, side{c, k - 1, true})
		}
		if k < len(s.used)-1 {
			s.sides = append(s.sides, side{c, k, false})
		}
	}
	return s
}

func (x side) row(s sums, variables int) row {
	sign := int64(1)
	r := row{coeff: make([]int64, variables)}
	if !x.above {
		sign, r.bound = -1, 1
	}
	r.coeff[x.cell.Likelihood] = sign
	r.coeff[s.m+x.cell.Impact] = sign
	r.coeff[s.m+s.n+x.cut] = -sign
	return r
}

// solved turns a solution into scores from 0 and one cut for each band above
// the bottom.
func (s sums) solved(ns []int64, bands int) Additive {
	likelihood, byL := fromZero(ns[:s.m])
	impact, byI := fromZero(ns[s.m : s.m+s.n])
	cuts, beyond := ns[s.m+s.n:], slices.Max(likelihood)+slices.Max(impact)+1
	result := Additive{Status: verdict.Met, Likelihood: likelihood, Impact: impact}
	for band := 1; band < bands; band++ {
		result.Cuts = append(result.Cuts, s.cut(band, cuts, byL+byI, beyond))
	}
	return result
}

// fromZero returns numbers shifted so that the least is 0, and by how much.
func fromZero(ns []int64) (shifted []int64, by int64) {
	by = slices.Min(ns)
	for _, n := range ns {
		shifted = append(shifted, n-by)
	}
	return shifted, by
}

// cut returns the lowest sum of a band: the cut below the first band in use
// that is not lower. If that is the lowest in use it is 0, and if there is none
// it is beyond every sum.
func (s sums) cut(band int, cuts []int64, shift, beyond int64) int64 {
	k, _ := slices.BinarySearch(s.used, band)
	switch k {
	case 0:
		return 0
	case len(s.used):
		return beyond
	default:
		return cuts[k-1] - shift
	}
}

// refuted turns multipliers of the sides into a certificate. At each cut, the
// multipliers of the cells above it and of those below it have the same total,
// for they cancel; so the cells can be paired off.
func (s sums) refuted(multipliers []*big.Rat) Additive {
	ns, ok := integers(multipliers)
	if !ok {
		return Additive{Status: verdict.Unassessed, Reason: tooLarge}
	}
	weights := map[CellPair]int64{}
	for cut := range len(s.used) - 1 {
		s.pair(cut, slices.Clone(ns), weights)
	}
	c := Certificate{}
	for pair, weight := range weights {
		c.Pairs = append(c.Pairs, Comparison{pair, weight})
	}
	slices.SortFunc(c.Pairs, func(x, y Comparison) int { return compareCells(x.CellPair, y.CellPair) })
	return Additive{Status: verdict.NotMet, Certificate: &c}
}

// pair takes the weights at one cut off in pairs of a cell below and one above.
func (s sums) pair(cut int, left []int64, weights map[CellPair]int64) {
	for i, high := range s.sides {
		if high.cut != cut || !high.above {
			continue
		}
		for j, low := range s.sides {
			if low.cut != cut || low.above {
				continue
			}
			if take := min(left[i], left[j]); take > 0 {
				left[i] -= take
				left[j] -= take
				weights[CellPair{low.cell, high.cell}] += take
			}
		}
	}
}
