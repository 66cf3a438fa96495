package risk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/risk"
)

func order(ranked []risk.Ranked) []string {
	ids := []string{}
	for _, r := range ranked {
		ids = append(ids, r.Risk)
	}
	return ids
}

func sized(id, likelihood, impact, probability, loss string) risk.Risk {
	r := risk.Risk{ID: id, Title: id, Kind: risk.Threat, Raised: day("2027-01-01")}
	if likelihood != "" {
		r.Assessments = []risk.Assessment{assessed("2027-03-01", risk.Inherent, likelihood, impact)}
	}
	if probability != "" {
		r.Estimate = risk.Estimate{Probability: share(probability), Impact: risk.MoneyRange{Min: eur(loss), Mode: eur(loss), Max: eur(loss)}}
	}
	return r
}

// The order of ties is band, EMV, impact, id; the score takes no part.
func TestRank(t *testing.T) {
	register := risk.Register{Matrix: risk.Classic5x5(), Risks: []risk.Risk{
		sized("unrated", "", "", "1", "1000000"),
		sized("low", "rare", "minor", "1", "999999"),
		sized("c-medium", "possible", "moderate", "1/2", "100"),      // score 9
		sized("b-medium", "unlikely", "moderate", "1/2", "100"),      // score 6, same EMV and impact: by id
		sized("a-medium", "almost_certain", "negligible", "", ""),    // no EMV: last of its band
		sized("d-medium", "rare", "severe", "1/2", "100"),            // same EMV, greater impact
		sized("e-medium", "almost_certain", "negligible", "1", "51"), // greater EMV
		sized("extreme", "almost_certain", "severe", "", ""),
	}}
	ranked := register.Rank(today)
	require.Equal(t, []string{"extreme", "e-medium", "d-medium", "b-medium", "c-medium", "a-medium", "low", "unrated"}, order(ranked))
	for i, r := range ranked {
		require.Equal(t, i+1, r.Place)
		require.Equal(t, r.Risk != "unrated", r.Rated)
	}
	require.Empty(t, risk.Register{}.Rank(today))
}

func TestRankAcrossMatrices(t *testing.T) {
	high := sized("old", "", "", "", "")
	high.Assessments = []risk.Assessment{{Date: day("2027-03-01"), Basis: risk.Inherent, Likelihood: "high", Impact: "high", Matrix: "simple_3x3@1"}}
	register := risk.Register{
		Matrix: risk.Classic5x5(), Earlier: []risk.Matrix{risk.Simple3x3()},
		Risks: []risk.Risk{sized("new", "likely", "major", "", ""), high},
	}
	require.Equal(t, []string{"old", "new"}, order(register.Rank(today))) // top of three bands, third of four
}

// A ranking is a total order: it does not depend on the order of the register.
func TestRankIsTotal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := risk.Classic5x5()
	for range 300 {
		var risks []risk.Risk
		for i := range 12 {
			likelihood, impact, p := "", "", ""
			if r.IntN(5) > 0 {
				likelihood, impact = m.Likelihood.Levels[r.IntN(5)].Name, m.Impact.Levels[r.IntN(5)].Name
			}
			if r.IntN(4) > 0 {
				p = ratio.New(r.Int64N(4), 4).String()
			}
			risks = append(risks, sized(fmt.Sprintf("R-%02d", i), likelihood, impact, p, "100"))
		}
		register := risk.Register{Matrix: m, Risks: risks}
		want := order(register.Rank(today))
		require.Len(t, want, 12)
		r.Shuffle(len(risks), func(i, j int) { risks[i], risks[j] = risks[j], risks[i] })
		require.Equal(t, want, order(register.Rank(today)))
		unique := slices.Clone(want)
		slices.Sort(unique)
		require.Len(t, slices.Compact(unique), 12)
	}
}

func TestTrend(t *testing.T) {
	series := func(cells ...string) risk.Risk {
		r := risk.Risk{ID: "R", Kind: risk.Threat, Raised: day("2027-01-01")}
		for i, c := range cells {
			var likelihood, impact string
			_, err := fmt.Sscan(c, &likelihood, &impact)
			require.NoError(t, err)
			a := assessed("2027-01-01", risk.Inherent, likelihood, impact)
			a.Date = a.Date.AddDays(i)
			r.Assessments = append(r.Assessments, a)
		}
		return r
	}
	register := sound()
	for name, c := range map[string]struct {
		risk risk.Risk
		want risk.Trend
		ok   bool
	}{
		"never":          {series(), 0, false},
		"once":           {series("rare minor"), 0, false},
		"same":           {series("rare minor", "rare minor"), risk.Steady, true},
		"band up":        {series("rare minor", "likely minor"), risk.Rising, true},
		"band down":      {series("likely minor", "rare minor"), risk.Falling, true},
		"score sorts":    {series("rare negligible", "rare minor"), risk.Rising, true},
		"same score":     {series("rare minor", "unlikely negligible"), risk.Steady, true},
		"last two count": {series("rare minor", "likely severe", "likely major"), risk.Falling, true},
	} {
		t.Run(name, func(t *testing.T) {
			trend, ok := register.Trend(c.risk, today)
			require.Equal(t, c.ok, ok)
			require.Equal(t, c.want, trend)
		})
	}
	adoption, _ := register.Risk("R-02")
	trend, ok := register.Trend(adoption, today)
	require.True(t, ok)
	require.Equal(t, risk.Rising, trend)
	_, ok = register.Trend(adoption, day("2027-02-01"))
	require.False(t, ok, "as of then there was one assessment only")
}

// Across matrices only the heights of the bands count.
func TestTrendAcrossMatrices(t *testing.T) {
	register := sound()
	register.Earlier = []risk.Matrix{risk.Simple3x3()}
	old := risk.Assessment{Date: day("2027-01-01"), Basis: risk.Inherent, Likelihood: "high", Impact: "high", Matrix: "simple_3x3@1"}
	r := risk.Risk{ID: "R", Kind: risk.Threat, Assessments: []risk.Assessment{old, assessed("2027-02-01", risk.Inherent, "almost_certain", "major")}}
	trend, ok := register.Trend(r, today)
	require.True(t, ok)
	require.Equal(t, risk.Steady, trend) // top and top, although the scores are 9 and 20
}
