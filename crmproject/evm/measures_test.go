package evm_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

func performance(t testing.TB, m evm.Measures) evm.Performance {
	t.Helper()
	p, err := m.Performance(money.HalfEven)
	require.NoError(t, err)
	return p
}

// Each undefined number says why.
func TestUndefinedReasons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		pv, ev, ac, bac  int64
		cpi, spi, csi    string
		atCPI, atSPI     string
		svShare, cvShare string
	}{
		{"before the start", 0, 0, 0, 500, evm.NotStarted, evm.NothingDue, evm.NotStarted, evm.NotStarted, evm.NothingDue, evm.NothingDue, evm.NothingEarned},
		{"unbilled", 100, 80, 0, 500, evm.Unbilled, "", evm.Unbilled, evm.Unbilled, "", "", ""},
		{"unbilled and complete", 500, 500, 0, 500, evm.Unbilled, "", evm.Unbilled, evm.Unbilled, "", "", ""},
		{"paid and not started", 100, 0, 30, 500, "", "", "", evm.NothingEarned, evm.NothingEarned, "", evm.NothingEarned},
		{"paid, nothing due", 0, 0, 30, 500, "", evm.NothingDue, evm.NothingDue, evm.NothingEarned, evm.NothingDue, evm.NothingDue, evm.NothingEarned},
		{"begun before it is due", 0, 10, 30, 500, "", evm.NothingDue, evm.NothingDue, "", evm.NothingDue, evm.NothingDue, ""},
		{"refunded", 100, 80, -5, 500, evm.Refunded, "", evm.Refunded, evm.Refunded, "", "", ""},
	} {
		p := performance(t, evm.Measures{PV: eur(c.pv), EV: eur(c.ev), AC: eur(c.ac), BAC: eur(c.bac)})
		for what, pair := range map[string][2]string{
			"CPI": {c.cpi, p.CPI.Reason()}, "SPI": {c.spi, p.SPI.Reason()}, "CSI": {c.csi, p.CSI.Reason()},
			"EAC(CPI)": {c.atCPI, p.Estimate(evm.AtCPI).EAC.Exact.Reason()}, "EAC(SPI)": {c.atSPI, p.Estimate(evm.AtSPI).EAC.Exact.Reason()},
			"SV/PV": {c.svShare, p.SVShare.Reason()}, "CV/EV": {c.cvShare, p.CVShare.Reason()},
			"EAC": {"", p.Estimate(evm.AtBudget).EAC.Exact.Reason()}, "EAC(bottom up)": {evm.NotEstimated, p.Estimate(evm.BottomUp).VAC.Exact.Reason()},
		} {
			require.Equal(t, pair[0], pair[1], "%s, %s", c.name, what)
		}
		require.Equal(t, c.atCPI, p.Estimate(evm.AtCPI).TCPI.Index.Reason())
	}
	none := performance(t, evm.Measures{})
	require.Equal(t, evm.NoBudget, none.Complete.Reason())
	require.Equal(t, evm.NoBudget, none.Spent.Reason())
}

// Work and money left decide what a to-complete index means.
func TestToComplete(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ev, ac, bac int64
		want        string
		outlook     evm.Outlook
	}{
		{400, 450, 1000, "12/11", evm.Open},
		{0, 0, 1000, "1", evm.Open},
		{1000, 1300, 1000, "0", evm.Complete},
		{1000, 1000, 1000, "0", evm.Complete},
		{1000, 900, 1000, "0", evm.Complete},
		{999, 1000, 1000, "undefined: " + evm.BudgetSpent, evm.Unachievable},
		{999, 999, 1000, "1", evm.Open},
		{0, 1001, 1000, "undefined: " + evm.BudgetSpent, evm.Unachievable},
		{0, 0, 0, "0", evm.Complete},
		{800, -200, 1000, "1/6", evm.Open},
	} {
		p := performance(t, evm.Measures{EV: eur(c.ev), AC: eur(c.ac), BAC: eur(c.bac)})
		require.Equal(t, c.want, p.TCPI.Index.String(), "%v", c)
		require.Equal(t, c.outlook, p.TCPI.Outlook, "%v", c)
	}
	for _, c := range []struct {
		ev, etc int64
		want    string
		outlook evm.Outlook
	}{
		{400, 500, "6/5", evm.Open},
		{400, 0, "undefined: " + evm.BudgetSpent, evm.Unachievable},
		{1000, 0, "undefined: " + evm.AllDone, evm.Complete},
		{1000, 20, "0", evm.Complete},
	} {
		p := performance(t, evm.Measures{EV: eur(c.ev), AC: eur(450), BAC: eur(1000), ETC: eur(c.etc)})
		e := p.Estimate(evm.BottomUp)
		require.Equal(t, c.want, e.TCPI.Index.String(), "%v", c)
		require.Equal(t, c.outlook, e.TCPI.Outlook, "%v", c)
		require.Equal(t, eur(450+c.etc), e.EAC.Rounded)
	}
}

// An estimate that does not fit an int64 stays exact.
func TestHugeEstimates(t *testing.T) {
	t.Parallel()
	most := eur(math.MaxInt64)
	p := performance(t, evm.Measures{PV: most, EV: eur(1), AC: most, BAC: most})
	e := p.Estimate(evm.AtCPISPI).EAC
	require.True(t, e.Defined())
	require.Zero(t, e.Rounded)
	require.Len(t, e.String(), 57, "about 2^189")
	_, err := evm.Measures{EV: most, AC: eur(-1)}.Performance(money.HalfEven)
	require.ErrorIs(t, err, money.ErrOverflow)
}

func TestMeasuresRounding(t *testing.T) {
	t.Parallel()
	m := evm.Measures{PV: eur(2), EV: eur(2), AC: eur(3), BAC: eur(3)}
	for r, want := range map[money.Rounding]int64{money.HalfEven: 4, money.HalfDown: 4, money.Floor: 4, money.HalfUp: 5, money.Ceiling: 5} {
		p, err := m.Performance(r)
		require.NoError(t, err)
		require.Equal(t, exact("9/2"), p.Estimate(evm.AtCPI).EAC.Exact)
		require.Equal(t, eur(want), p.Estimate(evm.AtCPI).EAC.Rounded, "%v", r)
	}
}

func TestMeasuresValidate(t *testing.T) {
	t.Parallel()
	jpy := money.FromMinor(5, money.JPY)
	for _, c := range []struct {
		m      evm.Measures
		path   string
		is     error
		faults int
	}{
		{evm.Measures{PV: eur(1), EV: eur(1), BAC: eur(1), AC: eur(-4)}, "", nil, 0},
		{evm.Measures{}, "", nil, 0},
		{evm.Measures{PV: eur(1), EV: jpy, AC: jpy, BAC: eur(1)}, "ev", money.ErrCurrency, 2},
		{evm.Measures{PV: eur(-1)}, "pv", verdict.ErrRange, 1},
		{evm.Measures{EV: eur(-1)}, "ev", verdict.ErrRange, 1},
		{evm.Measures{BAC: eur(-1)}, "bac", verdict.ErrRange, 1},
		{evm.Measures{ETC: eur(-1)}, "etc", verdict.ErrRange, 1},
		{evm.Measures{PV: eur(2), EV: eur(3), BAC: eur(1)}, "pv", verdict.ErrRange, 2},
		{evm.Measures{AC: money.FromMinor(1, 7)}, "ac", money.ErrInvalid, 1},
	} {
		faults := verdict.FaultsOf(c.m.Validate())
		require.Len(t, faults, c.faults)
		if c.faults > 0 {
			require.Equal(t, c.path, faults[0].Path)
			require.ErrorIs(t, faults[0], c.is)
		}
	}
	_, err := evm.Measures{PV: eur(1), AC: jpy}.Performance(money.HalfEven)
	require.ErrorIs(t, err, money.ErrCurrency)
	require.ErrorContains(t, err, "evm: performance: ac: ")
	_, err = evm.Measures{}.Performance(50)
	require.ErrorIs(t, err, money.ErrInvalid)
}

func TestRange(t *testing.T) {
	t.Parallel()
	p := performance(t, evm.Measures{PV: eur(500), EV: eur(400), AC: eur(450), BAC: eur(1000), ETC: eur(560)})
	low, high, ok := p.Range()
	require.True(t, ok)
	require.Equal(t, evm.BottomUp, low.Variant)
	require.Equal(t, evm.AtCPISPI, high.Variant)
	_, _, ok = evm.Performance{}.Range()
	require.False(t, ok)
	missing := evm.Performance{}.Estimate(evm.AtCPI)
	require.Equal(t, evm.AtCPI, missing.Variant)
	require.Equal(t, evm.Unknown, missing.TCPI.Outlook)
	// Equal estimates: the first.
	p = performance(t, evm.Measures{PV: eur(500), EV: eur(500), AC: eur(500), BAC: eur(1000)})
	low, high, _ = p.Range()
	require.Equal(t, [2]evm.Variant{evm.AtBudget, evm.AtBudget}, [2]evm.Variant{low.Variant, high.Variant})
}

func TestMeasuresJSON(t *testing.T) {
	t.Parallel()
	for _, m := range []evm.Measures{
		{PV: eur(500), EV: eur(0), AC: eur(450), BAC: eur(1000), ETC: eur(0)},
		{PV: eur(500), EV: eur(1), AC: eur(math.MaxInt64), BAC: eur(math.MaxInt64)},
		{},
	} {
		data, err := json.Marshal(m)
		require.NoError(t, err)
		var back evm.Measures
		require.NoError(t, json.Unmarshal(data, &back))
		require.Empty(t, cmp.Diff(m, back))
		p := performance(t, m)
		data, err = json.Marshal(p)
		require.NoError(t, err)
		var again evm.Performance
		require.NoError(t, json.Unmarshal(data, &again))
		require.Empty(t, cmp.Diff(p, again))
	}
}

func TestCurveFaults(t *testing.T) {
	t.Parallel()
	jpy := money.FromMinor(5, money.JPY)
	for _, c := range []struct {
		curve evm.Curve
		path  string
		is    error
	}{
		{nil, "", verdict.ErrMissing},
		{evm.Curve{eur(1), eur(3), eur(2)}, "[2]", verdict.ErrRange},
		{evm.Curve{eur(-1)}, "[0]", verdict.ErrRange},
		{evm.Curve{eur(1), jpy}, "[1]", money.ErrCurrency},
		{evm.Curve{eur(1), money.FromMinor(2, 9)}, "[1]", money.ErrInvalid},
	} {
		faults := verdict.FaultsOf(c.curve.Validate())
		require.Len(t, faults, 1)
		require.Equal(t, c.path, faults[0].Path)
		require.ErrorIs(t, faults[0], c.is)
		_, err := c.curve.Schedule(eur(1), ratio.Int(1))
		require.ErrorIs(t, err, c.is)
	}
	curve := evm.Curve{{}, eur(10)}
	require.NoError(t, curve.Validate(), "nothing has no currency")
	for _, c := range []struct {
		ev money.Amount
		at ratio.Ratio
		is error
	}{
		{eur(-1), ratio.Int(1), verdict.ErrRange},
		{jpy, ratio.Int(1), money.ErrCurrency},
		{eur(1), ratio.Int(-1), verdict.ErrRange},
		{eur(1), ratio.Undefined("why"), verdict.ErrRange},
		{eur(1), ratio.Ratio{}, verdict.ErrMissing},
	} {
		_, err := curve.Schedule(c.ev, c.at)
		require.ErrorIs(t, err, c.is)
	}
	require.Equal(t, money.ErrCurrency.Error(), curve.ES(jpy).Reason())
	require.Equal(t, evm.NoPlan, evm.Curve{}.ES(jpy).Reason())
	require.Equal(t, evm.NoPlan, evm.Curve{}.At(ratio.Int(1)).Reason())
	require.Equal(t, "why", curve.At(ratio.Undefined("why")).Reason())
	require.Equal(t, ratio.Int(0), curve.At(ratio.Int(-3)))
	require.Equal(t, ratio.Int(10), curve.At(ratio.Int(5)))
}

// The corners of time: at the very start, with a plateau, of a plan of nothing,
// and too large to be exact.
func TestScheduleCorners(t *testing.T) {
	t.Parallel()
	curve := evm.Curve{eur(0), eur(10), eur(20), eur(20)}
	s, err := curve.Schedule(eur(0), ratio.Int(0))
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), s.ES, "a leading plateau counts as earned")
	require.Equal(t, evm.NoTimePassed, s.SPIt.Reason())
	require.Equal(t, evm.NoTimePassed, s.IEAC.Reason())
	s, err = curve.Schedule(eur(20), ratio.Int(3))
	require.NoError(t, err)
	require.Equal(t, ratio.Int(3), s.ES, "a trailing plateau does not")
	s, err = evm.Curve{eur(10), eur(20)}.Schedule(eur(0), ratio.Int(1))
	require.NoError(t, err)
	require.Equal(t, ratio.Int(0), s.SPIt)
	require.Equal(t, evm.NoneOfPlan, s.IEAC.Reason())
	s, err = evm.Curve{eur(0), eur(0)}.Schedule(eur(0), ratio.Int(1))
	require.NoError(t, err)
	require.Equal(t, ratio.Int(0), s.ES, "a plan of nothing is done at once")
	most := eur(math.MaxInt64)
	s, err = evm.Curve{eur(5), eur(6), most}.Schedule(eur(math.MaxInt64-1), ratio.Int(1))
	require.NoError(t, err)
	require.Equal(t, ratio.Overflow, s.ES.Reason())
	s, err = evm.Curve{most}.Schedule(most, ratio.New(1, math.MaxInt64))
	require.NoError(t, err)
	require.Equal(t, ratio.Int(1), s.ES)
}
