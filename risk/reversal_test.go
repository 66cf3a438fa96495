package risk_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

// Two levels of impact under one of likelihood: with U, U′ even on (0, 1), A on
// (0, ½) and B on (½, 1), the chance of UA > U′B is E[A/2B] = ln 2 / 4.
func TestReversalByHand(t *testing.T) {
	m := gridMatrix([][]int{{0, 1}}, 2)
	require.InDelta(t, math.Ln2/4, m.Audit().Reversal.Rate, 1e-14)
	scaled := m
	scaled.Impact = m.Impact.WithEdges(ratio.Int(0), ratio.Int(500), ratio.Int(1000))
	require.InDelta(t, math.Ln2/4, scaled.Audit().Reversal.Rate, 1e-14, "the unit of the impact does not matter")
	upside := gridMatrix([][]int{{1, 0}}, 2)
	require.InDelta(t, 1-math.Ln2/4, upside.Audit().Reversal.Rate, 1e-14)
}

// Values by numerical integration at 40 digits (mpmath 1.3.0), with edges that
// are equal, logarithmic, and above 0.
func TestReversalToManyDigits(t *testing.T) {
	classic := risk.Classic5x5()
	classic.Likelihood, classic.Impact = classic.Likelihood.WithEqualEdges(), classic.Impact.WithEqualEdges()
	logarithmic, _ := risk.Preset("mil_std_882e")
	logarithmic.Impact = logarithmic.Impact.WithEdges(share("0"), share("0.01"), share("0.1"), share("0.5"), share("1"))
	positive := gridMatrix([][]int{{0, 0, 1}, {0, 1, 2}, {1, 1, 2}}, 3)
	positive.Likelihood = positive.Likelihood.WithEdges(share("0.05"), share("0.25"), share("0.5"), share("0.9"))
	positive.Impact = positive.Impact.WithEdges(share("0.01"), share("0.1"), share("1/3"), share("1"))
	for name, c := range map[string]struct {
		matrix risk.Matrix
		want   float64
	}{
		"equal":       {risk.Cox3x3(), 0.01952609720669924278741},
		"classic":     {classic, 0.03102889661211025016017},
		"logarithmic": {logarithmic, 0.05723449774616844599248},
		"positive":    {positive, 0.02985266858859050032034},
	} {
		require.InDelta(t, c.want, c.matrix.Audit().Reversal.Rate, 1e-12, name)
	}
}

// gridReversal integrates the reversal rate the slow way: it sorts the points of
// a fine grid by risk and counts.
func gridReversal(m risk.Matrix, n int) float64 {
	type cell struct {
		band           int
		x0, x1, y0, y1 float64
	}
	var cells []cell
	top := 0.0
	for i := range m.Cells {
		for j := range m.Cells[i] {
			r, _ := m.At(risk.Cell{Likelihood: i, Impact: j})
			c := cell{band: r.Band}
			c.x0, _ = m.Likelihood.Edges[i].Float64()
			c.x1, _ = m.Likelihood.Edges[i+1].Float64()
			c.y0, _ = m.Impact.Edges[j].Float64()
			c.y1, _ = m.Impact.Edges[j+1].Float64()
			cells = append(cells, c)
			top = max(top, c.x1*c.y1)
		}
	}
	area := make([][]float64, len(m.Bands)) // of the risks up to a bound, for each band
	for b := range area {
		area[b] = make([]float64, n+1)
	}
	for _, c := range cells {
		for k := range n + 1 {
			area[c.band][k] += areaBelow(c.x0, c.x1, c.y0, c.y1, top*float64(k)*float64(k)/float64(n*n))
		}
	}
	reversed, crossing := 0.0, 0.0
	for high := range area {
		for low := range high {
			crossing += area[low][n] * area[high][n]
			for k := range n {
				middle := (area[low][k] + area[low][k+1]) / 2
				reversed += (area[high][k+1] - area[high][k]) * (area[low][n] - middle)
			}
		}
	}
	return reversed / crossing
}

// areaBelow returns the area of the points of a box with x·y ≤ r.
func areaBelow(x0, x1, y0, y1, r float64) float64 {
	if r <= x0*y0 {
		return 0
	}
	full := min(x1, max(x0, r/y1)) // up to here the whole height counts
	end := x1                      // beyond, nothing does
	if y0 > 0 {
		end = min(x1, r/y0)
	}
	sum := (full - x0) * (y1 - y0)
	if end > full {
		sum += r*math.Log(end/full) - y0*(end-full)
	}
	return sum
}

func TestReversalByGrid(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 60 {
		grid, bands := randomGrid(r)
		m := gridMatrix(grid, bands)
		m.Likelihood = m.Likelihood.WithEdges(randomEdges(r, len(grid))...)
		m.Impact = m.Impact.WithEdges(randomEdges(r, len(grid[0]))...)
		if got := m.Audit().Reversal; got.Defined {
			require.InDelta(t, gridReversal(m, 2000), got.Rate, 1e-5)
		}
	}
}

func BenchmarkReversal(b *testing.B) {
	m := risk.Classic5x5()
	m.Likelihood, m.Impact = m.Likelihood.WithEqualEdges(), m.Impact.WithEqualEdges()
	b.ReportAllocs()
	for b.Loop() {
		risk.ReversalForTest(m)
	}
}

// The naive twin of BenchmarkReversal, four digits good.
func BenchmarkReversalByGrid(b *testing.B) {
	m := risk.Classic5x5()
	m.Likelihood, m.Impact = m.Likelihood.WithEqualEdges(), m.Impact.WithEqualEdges()
	b.ReportAllocs()
	for b.Loop() {
		gridReversal(m, 2000)
	}
}

func BenchmarkAudit(b *testing.B) {
	m := risk.Classic5x5()
	b.ReportAllocs()
	for b.Loop() {
		m.Audit()
	}
}
