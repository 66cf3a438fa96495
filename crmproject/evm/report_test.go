package evm_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// A report in the midst of the project, worked out by hand (CP-36, CP-37).
func TestReport(t *testing.T) {
	t.Parallel()
	r := report(t, rollout(), "2027-03-31")
	for i, want := range []struct {
		id, share, pv, ev, ac, earned string
	}{
		{"concept", "1", "8000.00", "8000.00", "7500.00", "800000"},
		{"licence", "1", "25000.01", "25000.01", "25500.00", "2500001"},
		{"server", "1", "4999.99", "4999.99", "5100.00", "499999"},
		{"build", "1/5", "22500.00", "9000.00", "20000.00", "900000"},
		{"migration", "1111/2357", "10398.32", "8379.76", "8000.00", "1975110247/2357"},
		{"training", "0", "0.00", "0.00", "0.00", "0"},
		{"quality", "1111/2357", "1169.81", "942.72", "900.00", "222200000/2357"},
		{"office", "61/126", "7261.90", "7261.90", "7500.00", "726190"},
	} {
		p := r.Packages[i]
		require.Equal(t, want.id, p.ID)
		require.Equal(t, want.share, p.Share.String(), want.id)
		require.Equal(t, want.earned, p.Position.Earned.String(), want.id)
		m := p.Position.Measures
		require.Equal(t, []string{want.pv + " EUR", want.ev + " EUR", want.ac + " EUR"}, []string{m.PV.String(), m.EV.String(), m.AC.String()}, want.id)
	}
	require.Equal(t, day("2027-03-31"), r.Packages[6].Reported, "the report of its base")
	require.Equal(t, day("2027-02-26"), r.Packages[2].Finished)
	require.Zero(t, r.Packages[3].Finished)

	require.Equal(t, 8, r.Total.Packages)
	require.Equal(t, 1, r.LevelOfEffort.Packages)
	require.Equal(t, "56322.49 EUR", r.Measured.Measures.EV.String(), "rounded once: the rounded parts add up to one cent less")
	require.Equal(t, r.LevelOfEffort.Measures.PV, r.LevelOfEffort.Measures.EV)
	require.Equal(t, ratio.Int(1), r.LevelOfEffort.Performance.SPI)

	var accounts []string
	for _, a := range r.Accounts {
		accounts = append(accounts, fmt.Sprint(a.Account, " ", a.Position.Packages, " ", a.Position.Measures.AC))
	}
	require.Equal(t, []string{"design 2 27500.00 EUR", "software 2 30600.00 EUR", "data 2 8900.00 EUR", "people 2 7500.00 EUR"}, accounts)

	require.Equal(t, ratio.Int(3), r.Schedule.AT)
	require.Equal(t, 6, r.Schedule.PD)
	require.Equal(t, ratio.New(4826377, 2133647), r.Schedule.ES)
}

// ETC is bottom-up only if everyone with work left has estimated.
func TestBottomUp(t *testing.T) {
	t.Parallel()
	l := rollout()
	r := report(t, l, "2027-03-31")
	require.Equal(t, euro("40000.00 EUR"), r.Packages[3].Position.Measures.ETC)
	require.Equal(t, euro("0.00 EUR"), r.Packages[0].Position.Measures.ETC, "finished")
	require.Zero(t, r.Packages[5].Position.Measures.ETC)
	require.Zero(t, r.Total.Measures.ETC)
	require.Equal(t, evm.NotEstimated, r.Total.Performance.Estimate(evm.BottomUp).EAC.Exact.Reason())
	for id, etc := range map[string]string{"quality": "1000.00 EUR", "office": "8000.00 EUR"} {
		l.Progress = append(l.Progress, evm.Progress{Package: id, On: day("2027-03-31"), ToComplete: euro(etc)})
	}
	l.Progress = append(l.Progress, evm.Progress{Package: "training", On: day("2027-03-31"), Percent: ratio.Int(0), ToComplete: euro("12000.00 EUR")})
	r = report(t, l, "2027-03-31")
	require.Equal(t, euro("70000.00 EUR"), r.Total.Measures.ETC)
	require.Equal(t, euro("62000.00 EUR"), r.Measured.Measures.ETC)
	require.Equal(t, euro("144500.00 EUR"), r.Total.Performance.Estimate(evm.BottomUp).EAC.Rounded)
	require.Zero(t, report(t, l, "2027-03-30").Total.Measures.ETC, "not said by then")
}

// Three times a third of 1.00 is 1.00.
func TestRoundedOnce(t *testing.T) {
	t.Parallel()
	l := single(evm.Units)
	l.Baseline.Packages[0].Units, l.Baseline.Packages[0].Budget = ratio.Int(3), eur(100)
	l.Progress = []evm.Progress{{Package: "a", On: day("2027-01-05"), Units: ratio.Int(1)}}
	for _, id := range []string{"b", "c"} {
		p := l.Baseline.Packages[0]
		p.ID = id
		l.Baseline.Packages = append(l.Baseline.Packages, p)
		l.Progress = append(l.Progress, evm.Progress{Package: id, On: day("2027-01-05"), Units: ratio.Int(1)})
	}
	r := report(t, l, "2027-01-05")
	require.Equal(t, eur(33), r.Packages[2].Position.Measures.EV)
	require.Equal(t, eur(100), r.Total.Measures.EV)
	l.Baseline.Rounding = money.Up
	require.Equal(t, eur(34), report(t, l, "2027-01-05").Packages[2].Position.Measures.EV)
}

// Time within periods and after the plan is counted in working days, and a
// forecast is a date.
func TestForecastDates(t *testing.T) {
	t.Parallel()
	l := single(evm.PercentComplete)
	l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{day("2027-01-04"), day("2027-01-05"), day("2027-01-10")}
	for _, c := range []struct{ done, asOf, at, es, earliest, latest string }{
		{"20%", "2027-01-02", "1/2", "1/2", "2027-01-10", "2027-01-10"},
		{"20%", "2027-01-04", "1", "1/2", "2027-01-12", "2027-01-20"}, // 3.5 periods as planned; 6 at half the pace
		{"60%", "2027-01-05", "2", "11/5", "2027-01-09", "2027-01-09"},
		{"90%", "2027-01-10", "3", "14/5", "2027-01-11", "2027-01-11"},
		{"50%", "2027-01-15", "9/2", "2", "2027-01-19", "2027-01-23"},
		{"0%", "2027-01-04", "1", "0", "2027-01-14", "2027-01-14"}, // without a pace there is only the plan
		{"10%", "2026-12-01", "0", "1/4", "2027-01-09", "2027-01-09"},
	} {
		l.Progress = []evm.Progress{{Package: "a", On: day("2026-12-01"), Percent: pct(c.done)}}
		r := report(t, l, c.asOf)
		require.Equal(t, c.at, r.Schedule.AT.String(), "%v", c)
		require.Equal(t, c.es, r.Schedule.ES.String(), "%v", c)
		require.Equal(t, c.earliest, r.Forecast.Earliest.String(), "%v", c)
		require.Equal(t, c.latest, r.Forecast.Latest.String(), "%v", c)
	}
}

// A status date on a Sunday makes a weekend a period of its own, in which no time
// passes. 2027-01-01 is a Friday.
func TestIdlePeriod(t *testing.T) {
	t.Parallel()
	l := single(evm.PercentComplete)
	l.Baseline.Calendar = calendar.Pattern{Week: calendar.MondayToFriday}
	l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{day("2027-01-01"), day("2027-01-03"), day("2027-01-10")}
	l.Baseline.Packages[0].Budget = euro("600.00 EUR") // 100.00 a day
	l.Progress = []evm.Progress{{Package: "a", On: day("2026-12-01"), Percent: pct("10%")}}
	for asOf, at := range map[string]string{"2026-12-31": "0", "2027-01-01": "1", "2027-01-02": "1", "2027-01-03": "2", "2027-01-04": "11/5", "2027-01-09": "3", "2027-01-10": "3"} {
		require.Equal(t, at, report(t, l, asOf).Schedule.AT.String(), asOf)
	}
	r := report(t, l, "2027-01-01")
	require.Equal(t, ratio.New(3, 5), r.Schedule.ES)
	require.Equal(t, ratio.New(17, 5), r.Forecast.Finishes[0].Time)
	require.Equal(t, day("2027-01-11"), r.Forecast.Earliest)

	// A package without a budget is still to be done when all value is earned, so
	// that a forecast can fall into the idle period, and before the start.
	free := l.Baseline.Packages[0]
	free.ID, free.Budget = "b", euro("0.00 EUR")
	l.Baseline.Packages[0].Finish = day("2027-01-01")
	l.Baseline.Packages = append(l.Baseline.Packages, free)
	l.Progress[0].Percent = pct("50%")
	r = report(t, l, "2027-01-01")
	require.Equal(t, ratio.New(1, 2), r.Schedule.ES)
	require.Equal(t, ratio.New(7, 2), r.Forecast.Finishes[0].Time)
	l.Progress[0].Percent = pct("100%")
	r = report(t, l, "2026-12-01")
	require.Equal(t, ratio.Int(1), r.Schedule.ES)
	require.Equal(t, ratio.Int(2), r.Forecast.Finishes[0].Time)
	require.Equal(t, day("2027-01-03"), r.Forecast.Finishes[0].Date)
	require.Zero(t, r.Forecast.Finished)
}

// A project that is finished keeps the time that it took: whether it was on time is
// judged in time, and not in money (AU-20, CP-32).
func TestFinished(t *testing.T) {
	t.Parallel()
	l := single(evm.PercentComplete)
	l.Progress = []evm.Progress{
		{Package: "a", On: day("2027-01-08"), Percent: ratio.Int(1)}, // a report that was taken back
		{Package: "a", On: day("2027-01-10"), Percent: ratio.New(1, 2)},
		{Package: "a", On: day("2027-01-15"), Percent: ratio.Int(1)},
		{Package: "a", On: day("2027-01-20"), Percent: ratio.Int(1)},
	}
	r := report(t, l, "2027-06-01")
	require.Equal(t, day("2027-01-15"), r.Forecast.Finished)
	require.Equal(t, ratio.New(3, 2), r.Schedule.AT)
	require.Equal(t, ratio.New(2, 3), r.Schedule.SPIt)
	require.Equal(t, ratio.Int(1), r.Total.Performance.SPI, "in money the delay is forgotten")
	for _, f := range r.Forecast.Finishes {
		require.Equal(t, day("2027-01-15"), f.Date)
		require.Equal(t, ratio.New(3, 2), f.Time)
	}
	require.Equal(t, day("2027-01-08"), report(t, l, "2027-01-09").Forecast.Finished)
	require.Zero(t, report(t, l, "2027-01-14").Forecast.Finished)
}

// Of work that is not measured there is no schedule, and it is neither late nor
// early.
func TestOnlyLevelOfEffort(t *testing.T) {
	t.Parallel()
	l := single(evm.LevelOfEffort)
	l.Costs = []evm.Cost{{Package: "a", On: day("2027-01-02"), Amount: euro("300 EUR")}}
	r := report(t, l, "2027-01-04")
	require.Equal(t, euro("400.00 EUR"), r.Total.Measures.EV)
	require.Equal(t, r.LevelOfEffort, r.Total)
	require.Zero(t, r.Measured.Packages)
	require.Equal(t, evm.NoPlan, r.Schedule.ES.Reason())
	require.Equal(t, evm.NoPlan, r.Forecast.Finishes[1].Time.Reason())
	require.Zero(t, r.Forecast.Latest)
	require.Equal(t, day("2027-01-10"), report(t, l, "2027-01-10").Packages[0].Finished, "with its plan")
	require.Equal(t, euro("0.00 EUR"), report(t, l, "2027-01-10").Total.Measures.ETC)
}

// The S-curve runs from the first period to the last, or to the date of the report
// if that is later.
func TestSeries(t *testing.T) {
	t.Parallel()
	points := func(l evm.Ledger, asOf string) (text []string) {
		for _, p := range report(t, l, asOf).Series {
			text = append(text, fmt.Sprint(p.Until, " ", p.Period, " ", p.Total.PV.Minor()/100, " ", p.Total.EV.Minor()/100, " ", p.Total.AC.Minor()/100, " ", p.Known()))
		}
		return text
	}
	l := rollout()
	require.Equal(t, []string{
		"2027-01-31 1 36380 36380 35400 true",
		"2027-02-28 2 55493 53440 53900 true",
		"2027-03-15 0 60907 54749 53900 true",
		"2027-03-31 3 79330 0 0 false",
		"2027-04-30 4 94337 0 0 false",
		"2027-05-31 5 123325 0 0 false",
		"2027-06-30 6 130123 0 0 false",
	}, points(l, "2027-03-15"))
	require.Len(t, points(l, "2026-01-01"), 6)
	require.Len(t, points(l, "2027-03-31"), 6)
	late := report(t, l, "2027-09-10").Series
	require.Len(t, late, 9)
	require.Equal(t, []int{7, 8, 0}, []int{late[6].Period, late[7].Period, late[8].Period})
	require.Equal(t, day("2027-08-31"), late[7].Until)
	require.True(t, late[8].Known())

	l = single(evm.PercentComplete)
	l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{day("2027-01-05"), day("2027-01-12"), day("2027-01-19")}
	require.Equal(t, []string{
		"2027-01-05 1 500 0 0 true", "2027-01-10 2 1000 0 0 true", "2027-01-12 3 1000 0 0 true", "2027-01-19 4 1000 0 0 true", "2027-02-01 0 1000 0 0 true",
	}, points(l, "2027-02-01"))
}

// A report is a plain value, and does not touch the ledger.
func TestReportJSON(t *testing.T) {
	t.Parallel()
	l := rollout()
	slices.Reverse(l.Progress)
	l.Baseline.Calendar.Extra = []calendar.Date{day("2027-01-09")}
	before, err := json.Marshal(l)
	require.NoError(t, err)
	r := report(t, l, "2027-03-31")
	after, err := json.Marshal(l)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
	var backLedger evm.Ledger
	require.NoError(t, json.Unmarshal(before, &backLedger))
	require.Empty(t, cmp.Diff(l, backLedger))

	data, err := json.Marshal(r)
	require.NoError(t, err)
	var back evm.Report
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(r, back))
	again, err := json.Marshal(report(t, backLedger, "2027-03-31"))
	require.NoError(t, err)
	require.Equal(t, string(data), string(again))
	phased, err := l.Baseline.Phase()
	require.NoError(t, err)
	data, err = json.Marshal(phased)
	require.NoError(t, err)
	var backPhased evm.Phased
	require.NoError(t, json.Unmarshal(data, &backPhased))
	require.Empty(t, cmp.Diff(phased, backPhased))
}

func TestReportErrors(t *testing.T) {
	t.Parallel()
	_, err := rollout().Report(0)
	require.ErrorIs(t, err, verdict.ErrMissing)
	most := eur(math.MaxInt64)
	for _, change := range []func(l *evm.Ledger){
		func(l *evm.Ledger) { l.Costs[1].Amount, l.Costs[2].Amount = most, most },                   // of two packages
		func(l *evm.Ledger) { l.Progress[0].ToComplete, l.Progress[7].ToComplete = most, most },     // of two packages
		func(l *evm.Ledger) { l.Costs[2].Amount = eur(math.MinInt64) },                              // CV does not fit
		func(l *evm.Ledger) { l.Costs[4].Amount, l.Costs[1].Amount = eur(math.MaxInt64-1e9), most }, // in one account
	} {
		l := rollout()
		change(&l)
		_, err = l.Report(day("2027-03-31"))
		require.ErrorIs(t, err, money.ErrOverflow)
		require.ErrorContains(t, err, "evm: report: ")
		for _, rule := range evm.Rules() {
			_, findings := rule.Run(evm.Facts{Ledger: l, AsOf: day("2027-03-31")})
			require.NotPanics(t, func() { _ = findings })
		}
	}
}

// randomLedger draws a valid ledger of up to six packages.
func randomLedger(r *rand.Rand) evm.Ledger {
	start := day("2027-01-01")
	l := evm.Ledger{Baseline: evm.Baseline{Rhythm: evm.Rhythm(1 + r.IntN(2))}}
	for i := range 1 + r.IntN(6) {
		p := evm.WorkPackage{
			ID: fmt.Sprint("p", i), Budget: eur(r.Int64N(1_000_000)), Method: evm.Method(1 + r.IntN(8)),
			Phasing: evm.Phasing(r.IntN(3)), Start: start.AddDays(r.IntN(90)),
		}
		p.Finish = p.Start.AddDays(3 + r.IntN(120))
		switch p.Method {
		case evm.WeightedMilestones:
			p.Milestones = []evm.Milestone{{ID: "x", Weight: 1 + r.Int64N(9), Due: p.Start.AddDays(1)}, {ID: "y", Weight: 1 + r.Int64N(9), Due: p.Finish}}
		case evm.Units:
			p.Units = ratio.Int(1 + r.Int64N(50))
		case evm.Apportioned:
			p.Base = "p0"
			if i == 0 || !l.Baseline.Packages[0].Method.Discrete() {
				p.Method, p.Base = evm.PercentComplete, ""
			}
		}
		l.Baseline.Packages = append(l.Baseline.Packages, p)
		for k := range r.IntN(4) {
			on := p.Start.AddDays(k*20 + r.IntN(20))
			if p.Method.Discrete() {
				l.Progress = append(l.Progress, evm.Progress{
					Package: p.ID, On: on, Percent: ratio.New(r.Int64N(130), 100), Units: ratio.Int(r.Int64N(60)),
					Milestones: [][]string{nil, {"x"}, {"x", "y"}}[k%3][:min(len(p.Milestones), k%3)],
				})
			}
			l.Costs = append(l.Costs, evm.Cost{Package: p.ID, On: on, Amount: eur(r.Int64N(500_000) - 1000)})
		}
	}
	return l
}

// What holds for every report.
func TestReportProperties(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		l := randomLedger(random)
		require.NoError(t, l.Validate())
		phased, err := l.Baseline.Phase()
		require.NoError(t, err)
		asOf := day("2027-01-01").AddDays(random.IntN(300) - 20)
		r, err := l.Report(asOf)
		require.NoError(t, err)

		var bac, parts int64
		for i, p := range phased.Packages {
			var sum int64
			for _, a := range p.Planned {
				sum += a.Minor()
				require.GreaterOrEqual(t, a.Minor(), int64(0))
			}
			require.Equal(t, l.Baseline.Packages[i].Budget.Minor(), sum, "BAC is the sum of the phased baseline")
			bac += sum
		}
		for _, p := range r.Packages {
			requireSound(t, p.Position)
			parts += p.Position.Measures.EV.Minor()
		}
		requireSound(t, r.Total)
		requireSound(t, r.Measured)
		requireSound(t, r.LevelOfEffort)
		require.Equal(t, bac, r.Total.Measures.BAC.Minor())
		require.InDelta(t, parts, r.Total.Measures.EV.Minor(), float64(len(r.Packages))/2)
		require.Equal(t, r.Total.Measures.EV.Minor(), r.Measured.Measures.EV.Minor()+r.LevelOfEffort.Measures.EV.Minor())
		require.Equal(t, r.LevelOfEffort.Measures.PV, r.LevelOfEffort.Measures.EV)
		requireSeries(t, r)
		if !r.Forecast.Earliest.IsValid() {
			continue
		}
		require.LessOrEqual(t, r.Forecast.Earliest, r.Forecast.Latest)
		if r.Forecast.Finished == 0 && r.Measured.Measures.EV.Minor() < r.Measured.Measures.BAC.Minor() {
			require.GreaterOrEqual(t, r.Forecast.Earliest, min(asOf, r.Forecast.Earliest.AddDays(3)), "nothing is forecast for the past but a weekend")
		}
	}
}

// requireSound checks 0 ≤ EV ≤ BAC, 0 ≤ PV ≤ BAC, SV = EV − PV, CV = EV − AC.
func requireSound(t *testing.T, p evm.Position) {
	t.Helper()
	require.NoError(t, p.Measures.Validate())
	sv, err := p.Measures.EV.Sub(p.Measures.PV)
	require.NoError(t, err)
	require.Equal(t, sv, p.Performance.SV)
	cv, err := p.Measures.EV.Sub(p.Measures.AC)
	require.NoError(t, err)
	require.Equal(t, cv, p.Performance.CV)
	rounded, err := p.Earned.Amount(money.EUR, money.HalfEven)
	require.NoError(t, err)
	require.Equal(t, rounded, p.Measures.EV)
}

func requireSeries(t *testing.T, r evm.Report) {
	t.Helper()
	var before evm.Point
	for _, p := range r.Series {
		require.Less(t, before.Until, p.Until)
		require.LessOrEqual(t, before.Total.PV.Minor(), p.Total.PV.Minor(), "the plan does not fall")
		require.Equal(t, p.Until <= r.AsOf, p.Known())
		if p.Until == r.AsOf {
			require.Equal(t, r.Total.Measures.EV, p.Total.EV)
			require.Equal(t, r.Total.Measures.AC, p.Total.AC)
		}
		before = p
	}
	require.Equal(t, r.Total.Measures.BAC, before.Total.PV, "it ends with the plan")
}
