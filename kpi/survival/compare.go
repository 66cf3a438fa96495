package survival

import (
	"fmt"
	"math"

	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi/internal/chisq"
)

// A Comparison is the log-rank test of the hypothesis that all groups have the same
// curve. A small P speaks against it.
type Comparison struct {
	Groups    []Compared `json:"groups"` // in the order given
	ChiSquare Number     `json:"chiSquare"`
	Freedom   int        `json:"freedom"` // degrees of freedom: groups that were ever at risk beside others, less 1
	P         Number     `json:"p"`       // chance of a ChiSquare at least that large if all curves are the same; 0 below 1e-308
	LogP      Number     `json:"logP"`    // natural logarithm of P, which does not underflow
}

// A Compared is one group of a [Comparison].
type Compared struct {
	Subjects int64   `json:"subjects"`
	Observed int64   `json:"observed"` // events
	Expected float64 `json:"expected"` // events, if all groups had the same curve
}

// LogRank compares two or more groups. At each time with d events among n at risk, a
// group with n_j of them expects d·n_j/n, with the hypergeometric covariance
//
//	V_jl = d·(n−d)/(n−1) · n_j/n · (δ_jl − n_l/n)
//
// and ChiSquare = (O−E)ᵀ V⁻ (O−E). It is the test of R's survdiff, rho = 0, and takes
// late entries too. It is undefined if no event happened while subjects of different
// groups were at risk.
//
// The error wraps [verdict.ErrRange] for less than two groups, and for more than
// 2⁶³−1 subjects in all; nil groups are located errors.
func LogRank(groups ...*Sample) (Comparison, error) {
	return StratifiedLogRank(groups)
}

// StratifiedLogRank compares groups within strata, such as regions or customer sizes:
// observed and expected events and covariances are added up over the strata, so that
// a difference between strata is not taken for one between groups. Each stratum has
// the groups in the same order; a group without subjects in a stratum is an empty
// sample. Errors are those of [LogRank], and strata of different lengths.
func StratifiedLogRank(strata ...[]*Sample) (Comparison, error) {
	if err := checkStrata(strata); err != nil {
		return Comparison{}, err
	}
	k := len(strata[0])
	t := contrast{groups: make([]Compared, k), excess: make([]sum, k), covariance: make([][]sum, k)}
	for j := range t.covariance {
		t.covariance[j] = make([]sum, k)
	}
	expected := make([]sum, k)
	for _, groups := range strata {
		t.take(groups, expected)
	}
	for j := range t.groups {
		t.groups[j].Expected = expected[j].value()
	}
	return t.result(), nil
}

func checkStrata(strata [][]*Sample) error {
	var faults verdict.Faults
	if len(strata) == 0 || len(strata[0]) < 2 {
		faults.Addf("", "%w: less than two groups", verdict.ErrRange)
	}
	var total int64
	for i, groups := range strata {
		path := verdict.At("strata", i)
		if len(groups) != len(strata[0]) {
			faults.Addf(path, "%w: %d groups, where the first has %d", verdict.ErrInvalid, len(groups), len(strata[0]))
		}
		for j, g := range groups {
			switch {
			case g == nil:
				faults.Missing(verdict.At(path+".groups", j))
			case g.total > math.MaxInt64-total:
				faults.Addf(verdict.At(path+".groups", j), "%w: too many subjects", verdict.ErrRange)
			default:
				total += g.total
			}
		}
	}
	if err := faults.Err(); err != nil {
		return fmt.Errorf("survival: %w", err)
	}
	return nil
}

// A contrast is a test under way.
type contrast struct {
	groups     []Compared
	excess     []sum   // observed − expected
	covariance [][]sum // of excess
}

// take adds a stratum: it goes through the times of all its groups at once.
func (t *contrast) take(groups []*Sample, expected []sum) {
	k := len(groups)
	rows, at, next := make([][]row, k), make([]int64, k), make([]int, k)
	for j, g := range groups {
		rows[j] = g.rows()
		at[j] = g.total - entries(rows[j])
		t.groups[j].Subjects += g.total
	}
	events := make([]int64, k)
	for {
		time := int64(math.MaxInt64)
		for j := range k {
			if next[j] < len(rows[j]) {
				time = min(time, rows[j][next[j]].time)
			}
		}
		if time == math.MaxInt64 {
			return
		}
		for j := range k {
			events[j] = 0
			if next[j] < len(rows[j]) && rows[j][next[j]].time == time {
				events[j] = rows[j][next[j]].events
			}
		}
		t.step(at, events, expected)
		for j := range k {
			if next[j] < len(rows[j]) && rows[j][next[j]].time == time {
				r := rows[j][next[j]]
				at[j] += r.entered - r.events - r.censored
				next[j]++
			}
		}
	}
}

// step adds one time, given who is at risk in each group and the events there.
func (t *contrast) step(at, events []int64, expected []sum) {
	var n, d int64
	for j := range at {
		n += at[j]
		d += events[j]
	}
	if d == 0 {
		return
	}
	spread := 0.0
	if n > 1 {
		spread = float64(d) * (float64(n-d) / float64(n-1))
	}
	for j := range at {
		share := float64(at[j]) / float64(n)
		t.groups[j].Observed += events[j]
		expected[j].add(float64(d) * share)
		t.excess[j].add(float64(events[j]) - float64(float64(d)*share))
		for l := range at {
			other := float64(at[l]) / float64(n)
			if j == l {
				t.covariance[j][l].add(spread * share * (float64(n-at[j]) / float64(n)))
			} else {
				t.covariance[j][l].add(-spread * share * other)
			}
		}
	}
}

// result solves for the statistic by a Cholesky factorisation with pivots: the
// covariance has the rank k−1 at most, since the excesses add up to 0, and less if
// some groups never met.
func (t *contrast) result() Comparison {
	k := len(t.groups)
	v, u, scale := make([][]float64, k), make([]float64, k), make([]float64, k)
	for j := range k {
		v[j] = make([]float64, k)
		for l := range k {
			v[j][l] = t.covariance[j][l].value()
		}
		u[j], scale[j] = t.excess[j].value(), v[j][j]
	}
	c := Comparison{Groups: t.groups}
	statistic := 0.0
	for done := make([]bool, k); ; c.Freedom++ {
		p := pivot(v, scale, done)
		if p < 0 {
			break
		}
		done[p] = true
		statistic += u[p] / v[p][p] * u[p]
		eliminate(v, u, done, p)
	}
	if c.Freedom == 0 {
		c.ChiSquare, c.P, c.LogP = undefined(NoContrast), undefined(NoContrast), undefined(NoContrast)
		return c
	}
	c.ChiSquare = Number{Value: statistic}
	c.P = Number{Value: chisq.Tail(statistic, c.Freedom)}
	c.LogP = Number{Value: chisq.LogTail(statistic, c.Freedom)}
	return c
}

// pivot returns the group with the most variance left, -1 if only rounding is.
func pivot(v [][]float64, scale []float64, done []bool) int {
	const rounding = 1e-10
	best := -1
	for j := range v {
		if !done[j] && v[j][j] > rounding*scale[j] && (best < 0 || v[j][j] > v[best][best]) {
			best = j
		}
	}
	return best
}

// eliminate takes what group p explains out of the others.
func eliminate(v [][]float64, u []float64, done []bool, p int) {
	for j := range v {
		if done[j] {
			continue
		}
		f := v[j][p] / v[p][p]
		u[j] -= float64(f * u[p])
		for l := range v {
			if !done[l] {
				v[j][l] -= float64(f * v[p][l])
			}
		}
	}
}
