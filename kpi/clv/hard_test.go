package clv_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/kpi/clv"
)

func TestHardBGNBD(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/bgnbd_hard.csv") {
		m := clv.BGNBD{R: r.number(t, "r"), Alpha: r.number(t, "alpha"), A: r.number(t, "a"), B: r.number(t, "b")}
		o := r.observation(t)
		got, ok := m.LogLikelihood(o)
		w.hold(t, r, "ll", 1e-12, 1, got, ok)
		got, ok = m.Alive(o)
		w.hold(t, r, "alive", 2e-12, 1e-300, got, ok)
		got, ok = m.Expected(o, r.number(t, "t"))
		w.hold(t, r, "expected", 3e-12, 1e-300, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestHardParetoNBD(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/pareto_hard.csv") {
		m := clv.ParetoNBD{R: r.number(t, "r"), Alpha: r.number(t, "alpha"), S: r.number(t, "s"), Beta: r.number(t, "beta")}
		o := r.observation(t)
		got, ok := m.LogLikelihood(o)
		w.hold(t, r, "ll", 1e-12, 1, got, ok)
		got, ok = m.Alive(o)
		w.hold(t, r, "alive", 2e-12, 1e-300, got, ok)
		got, ok = m.Expected(o, r.number(t, "t"))
		w.hold(t, r, "expected", 3e-12, 1e-300, got, ok)
		got, ok = m.DERT(o, r.number(t, "delta"))
		w.hold(t, r, "dert", 3e-12, 1e-300, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestHardGammaGamma(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/gammagamma_hard.csv") {
		g := clv.GammaGamma{P: r.number(t, "p"), Q: r.number(t, "q"), Gamma: r.number(t, "gamma")}
		o := clv.Observation{X: int64(r.number(t, "x")), T: 1, Mean: r.number(t, "m")}
		got, ok := g.LogLikelihood(o)
		w.hold(t, r, "ll", 5e-12, 1, got, ok)
		got, ok = g.Spend(o)
		w.hold(t, r, "spend", 1e-13, 0, got, ok)
	}
	t.Log("largest relative errors:", w)
}

func TestFrequenciesAgainstHighPrecision(t *testing.T) {
	w := worst{}
	for _, r := range table(t, "testdata/frequencies.csv") {
		p1, p2, p3, p4 := r.number(t, "p1"), r.number(t, "p2"), r.number(t, "p3"), r.number(t, "p4")
		var m clv.Model = clv.BGNBD{R: p1, Alpha: p2, A: p3, B: p4}
		if r["model"] == "pareto_nbd" {
			m = clv.ParetoNBD{R: p1, Alpha: p2, S: p3, Beta: p4}
		}
		x := int(r.number(t, "x"))
		ps, ok := m.Frequencies(r.number(t, "t"), x+3)
		require.True(t, ok)
		w.hold(t, r, "probability", 2e-12, 1e-3, ps[x], ok)
		sum := 0.0
		for _, p := range ps {
			sum += p
		}
		require.InDelta(t, 1, sum, 1e-12)
	}
	t.Log("largest relative errors:", w)
}
