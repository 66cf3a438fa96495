package evm_test

import (
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

func rat(minor int64) *big.Rat { return new(big.Rat).SetInt64(minor) }

// div is x/y, nil if there is no such number.
func div(x, y *big.Rat) *big.Rat {
	if x == nil || y == nil || y.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(x, y)
}

func plus(x, y *big.Rat) *big.Rat {
	if x == nil || y == nil {
		return nil
	}
	return new(big.Rat).Add(x, y)
}

func minus(x, y *big.Rat) *big.Rat {
	if x == nil || y == nil {
		return nil
	}
	return new(big.Rat).Sub(x, y)
}

// slowMeasures is the table of formulas in the package's documentation, in
// arithmetic without limits; nil is undefined.
func slowMeasures(pv, ev, ac, bac int64, etc *int64) map[string]*big.Rat {
	PV, EV, AC, BAC := rat(pv), rat(ev), rat(ac), rat(bac)
	left := minus(BAC, EV)
	spi, cpi := div(EV, PV), div(EV, AC)
	if ac < 0 {
		cpi = nil
	}
	var csi *big.Rat
	if spi != nil && cpi != nil {
		csi = new(big.Rat).Mul(cpi, spi)
	}
	byCPI := div(left, cpi)
	m := map[string]*big.Rat{
		"SV": minus(EV, PV), "CV": minus(EV, AC), "SV_pct": div(minus(EV, PV), PV), "CV_pct": div(minus(EV, AC), EV),
		"SPI": spi, "CPI": cpi, "CSI": csi, "pct_complete": div(EV, BAC), "pct_spent": div(AC, BAC),
		"EAC_budget": plus(AC, left), "EAC_cpi": plus(AC, byCPI), "EAC_cpi_spi": plus(AC, div(left, csi)), "EAC_spi": plus(AC, div(left, spi)),
		"EAC_bottomup": nil, "ETC_cpi": byCPI, "VAC_cpi": minus(BAC, plus(AC, byCPI)), "TCPI_eac_cpi": div(left, byCPI),
	}
	if etc != nil {
		m["EAC_bottomup"] = plus(AC, rat(*etc))
	}
	switch {
	case ev == bac:
		m["TCPI_bac"] = rat(0)
	case bac > ac:
		m["TCPI_bac"] = div(left, minus(BAC, AC))
	default:
		m["TCPI_bac"] = nil
	}
	return m
}

// anyAmount draws amounts of all sizes, zeros and the largest ones often.
func anyAmount(r *rand.Rand, most int64) int64 {
	switch r.IntN(6) {
	case 0:
		return 0
	case 1:
		return most
	default:
		return r.Int64N(max(1, most>>r.IntN(63)))
	}
}

// Every measure is what arithmetic without limits gives, for amounts up to the
// largest, and is rounded once (CP-32).
func TestPerformanceSlow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	wides := 0
	for range 3000 {
		bac := anyAmount(random, math.MaxInt64)
		pv, ev, ac := anyAmount(random, bac), anyAmount(random, bac), anyAmount(random, math.MaxInt64)
		if random.IntN(4) == 0 {
			ac = min(ac, bac)
		}
		m := evm.Measures{PV: eur(pv), EV: eur(ev), AC: eur(ac), BAC: eur(bac)}
		var etc *int64
		if random.IntN(2) == 0 {
			guess := anyAmount(random, math.MaxInt64)
			etc, m.ETC = &guess, eur(guess)
		}
		require.NoError(t, m.Validate())
		r := roundings[random.IntN(len(roundings))]
		p, err := m.Performance(r)
		require.NoError(t, err)
		want := slowMeasures(pv, ev, ac, bac, etc)
		got := measuresByName(p)
		require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
		for name, x := range want {
			requireExact(t, x, got[name], name, m)
			if got[name].Ratio().Reason() == ratio.Overflow {
				wides++
			}
		}
		for _, e := range p.Estimates {
			requireRounded(t, e.EAC, r)
			requireRounded(t, e.ETC, r)
			requireRounded(t, e.VAC, r)
		}
	}
	require.Greater(t, wides, 3000, "numbers beyond 64 bits are tested")
}

func requireExact(t *testing.T, want *big.Rat, got evm.Exact, what string, m evm.Measures) {
	t.Helper()
	if want == nil {
		require.False(t, got.Defined(), "%s of %v is %s", what, m, got)
		require.NotEmpty(t, got.Reason())
		return
	}
	require.Equal(t, evm.ExactRat(want), got, "%s of %v", what, m)
}

func requireRounded(t *testing.T, f evm.Figure, r money.Rounding) {
	t.Helper()
	x, ok := f.Exact.Rat()
	if !ok {
		require.Zero(t, f.Rounded)
		return
	}
	if n := slowRound(x, r); n.IsInt64() {
		require.Equal(t, eur(n.Int64()), f.Rounded)
		require.Equal(t, f.Rounded.String(), f.String())
	} else {
		require.Zero(t, f.Rounded)
		require.Equal(t, f.Exact.String(), f.String())
	}
}

// slowES is the definition of earned schedule, word by word.
func slowES(curve []int64, ev int64) *big.Rat {
	pv := append([]int64{0}, curve...)
	bac := pv[len(pv)-1]
	if ev >= bac {
		return rat(int64(slices.Index(pv, bac)))
	}
	c := 0
	for t := range pv {
		if pv[t] <= ev {
			c = t
		}
	}
	return plus(rat(int64(c)), div(rat(ev-pv[c]), rat(pv[c+1]-pv[c])))
}

func TestEarnedScheduleSlow(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		values := make([]int64, random.IntN(8)+1)
		var curve evm.Curve
		var upTo int64
		for i := range values {
			if random.IntN(3) > 0 { // plateaus are frequent
				upTo += random.Int64N(1000)
			}
			values[i] = upTo
			curve = append(curve, eur(upTo))
		}
		before := ratio.Int(-1)
		for _, ev := range []int64{0, upTo / 3, upTo / 2, max(0, upTo-1), upTo, upTo + 1} {
			at := ratio.New(random.Int64N(40), random.Int64N(4)+1)
			s, err := curve.Schedule(eur(ev), at)
			require.NoError(t, err)
			es := slowES(values, ev)
			requireExact(t, es, evm.ExactOf(s.ES), "ES", evm.Measures{EV: eur(ev)})
			require.False(t, s.ES.Less(before), "ES does not fall with EV")
			before = s.ES
			time, duration := big.NewRat(at.Num(), at.Den()), rat(int64(len(values)))
			requireExact(t, minus(es, time), evm.ExactOf(s.SVt), "SV(t)", evm.Measures{})
			requireExact(t, div(es, time), evm.ExactOf(s.SPIt), "SPI(t)", evm.Measures{})
			requireExact(t, div(duration, div(es, time)), evm.ExactOf(s.IEAC), "IEAC(t)", evm.Measures{})
			if left := minus(duration, time); left.Sign() > 0 {
				requireExact(t, div(minus(duration, es), left), evm.ExactOf(s.TSPI), "TSPI", evm.Measures{})
			} else {
				require.Equal(t, ratio.Undefined(evm.TimeIsUp), s.TSPI)
			}
			if ev < upTo {
				require.Equal(t, ratio.Int(ev), curve.At(s.ES), "at ES the plan earns EV")
			}
		}
	}
}

// slowPlanned counts days one by one.
func slowPlanned(b evm.Baseline, p evm.WorkPackage, until calendar.Date) int64 {
	working := b.Calendar.MustCompile()
	var done, all int64
	for d := p.Start; d <= p.Finish; d++ {
		if working.IsWorking(d) {
			all++
			if d <= until {
				done++
			}
		}
	}
	exact := new(big.Rat).Mul(big.NewRat(done, all), rat(p.Budget.Minor()))
	return slowRound(exact, money.HalfEven).Int64()
}

// Planned value at a date is the sum of the phased budget up to it, and that of a
// naive count of days.
func TestPlannedValueSlow(t *testing.T) {
	t.Parallel()
	ledger := rollout()
	b := ledger.Baseline
	phased, err := b.Phase()
	require.NoError(t, err)
	var total int64
	for k, end := range phased.Ends {
		report, err := ledger.Report(end)
		require.NoError(t, err)
		total += phased.Total[k].Minor()
		require.Equal(t, total, report.Total.Measures.PV.Minor())
		for i, p := range b.Packages {
			pv := report.Packages[i].Position.Measures.PV.Minor()
			var upTo int64
			for _, a := range phased.Packages[i].Planned[:k+1] {
				upTo += a.Minor()
			}
			require.Equal(t, upTo, pv)
			if p.Phasing != evm.AsEarned {
				require.Equal(t, slowPlanned(b, p, end), pv, p.ID)
			}
		}
	}
	require.Equal(t, total, report(t, ledger, "2027-12-31").Total.Measures.BAC.Minor())
}
