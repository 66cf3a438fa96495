package evm_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

func load(t testing.TB, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, into))
}

// A fraction of the reference data, nil if it is undefined.
type fraction struct {
	Num, Den json.Number
}

// agree requires that an exact number is the fraction, or undefined with a reason
// if that is nil.
func (f *fraction) agree(t *testing.T, what string, got evm.Exact) {
	t.Helper()
	if f == nil {
		require.False(t, got.Defined(), "%s is %s", what, got)
		require.NotEmpty(t, got.Reason(), what)
		return
	}
	want, err := evm.ParseExact(f.Num.String() + "/" + f.Den.String())
	require.NoError(t, err)
	require.Equal(t, want.String(), got.String(), what)
}

func (f *fraction) agreeRatio(t *testing.T, what string, got ratio.Ratio) {
	t.Helper()
	f.agree(t, what, evm.ExactOf(got))
}

func cents(t testing.TB, text string) money.Amount {
	t.Helper()
	n, err := json.Number(text).Int64()
	require.NoError(t, err)
	return eur(n)
}

func eur(minor int64) money.Amount { return money.FromMinor(minor, money.EUR) }

// Every measure and estimate is the exact rational, or undefined where the
// reference says so (CP-32).
func TestReferenceMeasures(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Name  string
		Input struct {
			BAC, PV, EV, AC string
			ETC             *string `json:"bottom_up_etc"`
		}
		Status map[string]string
		Expect map[string]*fraction
	}
	load(t, "evm.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			m := evm.Measures{PV: cents(t, c.Input.PV), EV: cents(t, c.Input.EV), AC: cents(t, c.Input.AC), BAC: cents(t, c.Input.BAC)}
			if c.Input.ETC != nil {
				m.ETC = cents(t, *c.Input.ETC)
			}
			require.NoError(t, m.Validate())
			p, err := m.Performance(money.HalfEven)
			require.NoError(t, err)
			got := measuresByName(p)
			require.Len(t, got, len(c.Expect))
			for name, want := range c.Expect {
				require.Contains(t, got, name)
				want.agree(t, name, got[name])
			}
			checkStatus(t, c.Status, p)
		})
	}
}

// measuresByName gives the numbers the names of the reference data.
func measuresByName(p evm.Performance) map[string]evm.Exact {
	minor := func(a money.Amount) evm.Exact { return evm.ExactOf(ratio.Int(a.Minor())) }
	atCPI := p.Estimate(evm.AtCPI)
	return map[string]evm.Exact{
		"CV": minor(p.CV), "SV": minor(p.SV), "CV_pct": evm.ExactOf(p.CVShare), "SV_pct": evm.ExactOf(p.SVShare),
		"CPI": evm.ExactOf(p.CPI), "SPI": evm.ExactOf(p.SPI), "CSI": p.CSI,
		"pct_complete": evm.ExactOf(p.Complete), "pct_spent": evm.ExactOf(p.Spent),
		"EAC_budget": p.Estimate(evm.AtBudget).EAC.Exact, "EAC_cpi": atCPI.EAC.Exact,
		"EAC_cpi_spi": p.Estimate(evm.AtCPISPI).EAC.Exact, "EAC_spi": p.Estimate(evm.AtSPI).EAC.Exact,
		"EAC_bottomup": p.Estimate(evm.BottomUp).EAC.Exact,
		"ETC_cpi":      atCPI.ETC.Exact, "VAC_cpi": atCPI.VAC.Exact,
		"TCPI_bac": p.TCPI.Index, "TCPI_eac_cpi": atCPI.TCPI.Index,
	}
}

// checkStatus compares the reasons: "undefined: …", "complete: …",
// "unachievable: …".
func checkStatus(t *testing.T, status map[string]string, p evm.Performance) {
	t.Helper()
	kind := func(name string) string {
		word, _, _ := strings.Cut(status[name], ":")
		return word
	}
	require.Equal(t, kind("CPI") == "undefined", !p.CPI.Defined())
	require.Equal(t, kind("SPI") == "undefined", !p.SPI.Defined())
	want := map[string]evm.Outlook{"": evm.Open, "complete": evm.Complete, "unachievable": evm.Unachievable}
	require.Equal(t, want[kind("TCPI_bac")], p.TCPI.Outlook)
}

func TestReferenceMethods(t *testing.T) {
	t.Parallel()
	var data struct {
		Fixed []map[string]json.Number `json:"fixed_formula"`
		Miles []struct {
			Budget     int64
			Milestones []struct {
				Weight int64
				Done   bool
			}
			EV json.Number
		} `json:"weighted_milestones"`
		Units []struct {
			Budget      int64
			Total, Done json.Number
			EV          json.Number
			Minor       json.Number `json:"EV_minor"`
			Exact       string      `json:"EV_exact"`
		}
	}
	load(t, "ev_methods.json", &data)
	for _, row := range data.Fixed {
		for _, method := range []evm.Method{evm.ZeroHundred, evm.FiftyFifty, evm.TwentyEighty, evm.PercentComplete} {
			p := evm.WorkPackage{Budget: cents(t, row["budget"].String()), Method: method}
			s := evm.Progress{Percent: pct(row["percent"].String() + "%")}
			require.Equal(t, row[method.String()].String(), p.Earned(s).String(), "%v of %v", method, row)
		}
	}
	for _, row := range data.Miles {
		p := evm.WorkPackage{Budget: eur(row.Budget), Method: evm.WeightedMilestones}
		var s evm.Progress
		for i, m := range row.Milestones {
			id := string(rune('a' + i))
			p.Milestones = append(p.Milestones, evm.Milestone{ID: id, Weight: m.Weight})
			if m.Done {
				s.Milestones = append(s.Milestones, id)
			}
		}
		require.Equal(t, row.EV.String(), p.Earned(s).String())
	}
	for _, row := range data.Units {
		p := evm.WorkPackage{Budget: eur(row.Budget), Method: evm.Units, Units: pct(row.Total.String())}
		earned := p.Earned(evm.Progress{Units: pct(row.Done.String())})
		if row.Exact == "" {
			row.Exact, row.Minor = row.EV.String(), row.EV
		}
		require.Equal(t, row.Exact, earned.String())
		rounded, err := earned.Amount(money.EUR, money.HalfEven)
		require.NoError(t, err)
		require.Equal(t, cents(t, row.Minor.String()), rounded)
	}
}

// Earned schedule, its indices and its estimate of the duration.
func TestReferenceEarnedSchedule(t *testing.T) {
	t.Parallel()
	var cases []struct {
		Name    string
		PV      []string `json:"pv_cumulative"`
		EV, AT  string
		PD      int
		Planned *fraction `json:"PV_at_AT"`
		ES      *fraction
		SVt     *fraction `json:"SV_t"`
		SPIt    *fraction `json:"SPI_t"`
		SPICost *fraction `json:"SPI_cost"`
		IEAC    *fraction `json:"IEAC_t"`
		TSPI    *fraction `json:"TSPI_PD"`
	}
	load(t, "earned_schedule.json", &cases)
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			var curve evm.Curve
			for _, pv := range c.PV {
				curve = append(curve, cents(t, pv))
			}
			ev, at := cents(t, c.EV), pct(c.AT)
			s, err := curve.Schedule(ev, at)
			require.NoError(t, err)
			require.Equal(t, c.PD, s.PD)
			c.ES.agreeRatio(t, "ES", s.ES)
			c.SVt.agreeRatio(t, "SV(t)", s.SVt)
			c.SPIt.agreeRatio(t, "SPI(t)", s.SPIt)
			c.IEAC.agreeRatio(t, "IEAC(t)", s.IEAC)
			c.TSPI.agreeRatio(t, "TSPI", s.TSPI)
			planned := curve.At(at)
			c.Planned.agreeRatio(t, "PV at AT", planned)
			c.SPICost.agreeRatio(t, "SPI", ratio.Int(ev.Minor()).Quo(planned))
		})
	}
}

// A baseline whose periods have the weights as working days is phased as the
// reference says. Its days are all worked, so that a period of w days has w.
func TestReferenceTimePhasing(t *testing.T) {
	t.Parallel()
	var data struct {
		Cases []struct {
			Total   int64
			Weights []int64
			Want    []int64 `json:"cumulative_half_even"`
		}
	}
	load(t, "time_phasing.json", &data)
	require.NotEmpty(t, data.Cases)
	for _, c := range data.Cases {
		start := day("2027-01-01")
		end := start.AddDays(-1)
		b := evm.Baseline{Calendar: calendar.Pattern{Week: calendar.EveryDay}, Rhythm: evm.StatusDates}
		for _, w := range c.Weights {
			end = end.AddDays(int(w))
			b.Dates = append(b.Dates, end)
		}
		b.Packages = []evm.WorkPackage{{ID: "a", Budget: eur(c.Total), Start: start, Finish: end, Method: evm.PercentComplete}}
		phased, err := b.Phase()
		if c.Total < 0 {
			require.ErrorContains(t, err, "packages[0].budget: out of range")
			continue
		}
		require.NoError(t, err)
		var got []int64
		for _, planned := range phased.Packages[0].Planned {
			got = append(got, planned.Minor())
		}
		require.Equal(t, c.Want, got)
		require.Equal(t, phased.Packages[0].Planned, phased.Total)
	}
}
