package evm_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/calendar"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
)

// Each thing that is wrong is one fault at its own path.
func TestValidateFaults(t *testing.T) {
	t.Parallel()
	const concept, build, migration, training, quality = 0, 3, 4, 5, 6
	pkg := func(i int, change func(p *evm.WorkPackage)) func(*evm.Ledger) {
		return func(l *evm.Ledger) { change(&l.Baseline.Packages[i]) }
	}
	progress := func(change func(s *evm.Progress)) func(*evm.Ledger) {
		return func(l *evm.Ledger) { change(&l.Progress[0]) } // of migration
	}
	cost := func(change func(c *evm.Cost)) func(*evm.Ledger) {
		return func(l *evm.Ledger) { change(&l.Costs[0]) }
	}
	report := func(s evm.Progress) func(*evm.Ledger) {
		return func(l *evm.Ledger) { l.Progress = append(l.Progress, s) }
	}
	last := day("2027-05-01")
	for _, c := range []struct {
		path   string
		is     error
		change func(l *evm.Ledger)
	}{
		{"baseline.packages", verdict.ErrMissing, func(l *evm.Ledger) { *l = evm.Ledger{} }},
		{"baseline.rhythm", verdict.ErrUnknown, func(l *evm.Ledger) { l.Baseline.Rhythm = 9 }},
		{"baseline.rounding", money.ErrInvalid, func(l *evm.Ledger) { l.Baseline.Rounding = 9 }},
		{"baseline.calendar", calendar.ErrRange, func(l *evm.Ledger) {
			l.Baseline.Calendar.Holidays = append(l.Baseline.Calendar.Holidays, calendar.Holiday{})
		}},
		{"baseline.packages[7].id", verdict.ErrDuplicate, pkg(training, func(p *evm.WorkPackage) { p.ID = "office" })},
		{"baseline.packages[5].id", verdict.ErrMissing, pkg(training, func(p *evm.WorkPackage) { p.ID = "" })},
		{"baseline.packages[0].budget", verdict.ErrMissing, pkg(concept, func(p *evm.WorkPackage) { p.Budget = money.Amount{} })},
		{"baseline.packages[0].budget", verdict.ErrRange, pkg(concept, func(p *evm.WorkPackage) { p.Budget = euro("-1.00 EUR") })},
		{"baseline.packages[3].budget", money.ErrCurrency, pkg(build, func(p *evm.WorkPackage) { p.Budget = money.MustParse("5 JPY") })},
		{"baseline.packages[3].budget", money.ErrInvalid, pkg(build, func(p *evm.WorkPackage) { p.Budget = money.FromMinor(4, 3) })},
		{"baseline.packages[0].start", verdict.ErrMissing, pkg(concept, func(p *evm.WorkPackage) { p.Start = 0 })},
		{"baseline.packages[0].finish", verdict.ErrMissing, pkg(concept, func(p *evm.WorkPackage) { p.Finish = 0 })},
		{"baseline.packages[0].finish", verdict.ErrRange, pkg(concept, func(p *evm.WorkPackage) { p.Finish = p.Start - 1 })},
		{"baseline.packages[0].start", evm.ErrNoWorkday, pkg(concept, func(p *evm.WorkPackage) { p.Start, p.Finish = day("2027-03-26"), day("2027-03-29") })},
		{"baseline.packages[0].method", verdict.ErrMissing, pkg(concept, func(p *evm.WorkPackage) { p.Method = 0 })},
		{"baseline.packages[0].method", verdict.ErrUnknown, pkg(concept, func(p *evm.WorkPackage) { p.Method = 77 })},
		{"baseline.packages[0].phasing", verdict.ErrUnknown, pkg(concept, func(p *evm.WorkPackage) { p.Phasing = 77 })},
		{"baseline.packages[0].milestones", evm.ErrMethod, pkg(concept, func(p *evm.WorkPackage) { p.Milestones = []evm.Milestone{{}} })},
		{"baseline.packages[0].units", evm.ErrMethod, pkg(concept, func(p *evm.WorkPackage) { p.Units = ratio.Int(3) })},
		{"baseline.packages[0].base", evm.ErrMethod, pkg(concept, func(p *evm.WorkPackage) { p.Base = "build" })},
		{"baseline.packages[5].milestones", verdict.ErrMissing, pkg(training, func(p *evm.WorkPackage) { p.Method = evm.WeightedMilestones })},
		{"baseline.packages[3].milestones[1].id", verdict.ErrDuplicate, pkg(build, func(p *evm.WorkPackage) { p.Milestones[1].ID = "M1" })},
		{"baseline.packages[3].milestones[1].weight", verdict.ErrRange, pkg(build, func(p *evm.WorkPackage) { p.Milestones[1].Weight = 0 })},
		{"baseline.packages[3].milestones[2].weight", verdict.ErrRange, pkg(build, func(p *evm.WorkPackage) { p.Milestones[1].Weight = math.MaxInt64 - 4 })},
		{"baseline.packages[3].milestones[1].due", verdict.ErrMissing, pkg(build, func(p *evm.WorkPackage) { p.Milestones[1].Due = 0 })},
		{"baseline.packages[3].milestones[1].due", verdict.ErrRange, pkg(build, func(p *evm.WorkPackage) { p.Milestones[1].Due = p.Finish + 1 })},
		{"baseline.packages[4].units", verdict.ErrRange, pkg(migration, func(p *evm.WorkPackage) { p.Units = ratio.Int(0) })},
		{"baseline.packages[4].units", verdict.ErrMissing, pkg(migration, func(p *evm.WorkPackage) { p.Units = ratio.Ratio{} })},
		{"baseline.packages[6].base", verdict.ErrMissing, pkg(quality, func(p *evm.WorkPackage) { p.Base = "" })},
		{"baseline.packages[6].base", verdict.ErrUnknown, pkg(quality, func(p *evm.WorkPackage) { p.Base = "nobody" })},
		{"baseline.packages[6].base", verdict.ErrInvalid, pkg(quality, func(p *evm.WorkPackage) { p.Base = "quality" })},
		{"baseline.packages[6].base", verdict.ErrInvalid, pkg(quality, func(p *evm.WorkPackage) { p.Base = "office" })},
		{"baseline.packages", money.ErrOverflow, func(l *evm.Ledger) {
			l.Baseline.Packages[0].Budget, l.Baseline.Packages[1].Budget = eur(math.MaxInt64), eur(math.MaxInt64)
		}},
		{"baseline.dates", verdict.ErrInvalid, func(l *evm.Ledger) { l.Baseline.Dates = []calendar.Date{last} }},
		{"baseline.dates", verdict.ErrMissing, func(l *evm.Ledger) { l.Baseline.Rhythm = evm.StatusDates }},
		{"baseline.dates", verdict.ErrRange, func(l *evm.Ledger) {
			l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{last}
		}},
		{"baseline.dates[1]", verdict.ErrRange, func(l *evm.Ledger) {
			l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{last, last, last + 100}
		}},
		{"baseline.dates[1]", verdict.ErrMissing, func(l *evm.Ledger) {
			l.Baseline.Rhythm, l.Baseline.Dates = evm.StatusDates, []calendar.Date{last, 0, last + 100}
		}},
		{"baseline.dates", verdict.ErrRange, func(l *evm.Ledger) {
			l.Baseline.Rhythm = evm.StatusDates
			for i := range evm.MaxPeriods + 1 {
				l.Baseline.Dates = append(l.Baseline.Dates, last+calendar.Date(i))
			}
		}},
		{"baseline.packages", verdict.ErrRange, func(l *evm.Ledger) {
			l.Baseline.Rhythm, l.Baseline.Packages[0].Finish = evm.Weekly, calendar.MaxDate
		}},
		{"progress[0].package", verdict.ErrMissing, progress(func(s *evm.Progress) { s.Package = "" })},
		{"progress[0].package", verdict.ErrUnknown, progress(func(s *evm.Progress) { s.Package = "nobody" })},
		{"progress[0].on", verdict.ErrMissing, progress(func(s *evm.Progress) { s.On = 0 })},
		{"progress[8].on", verdict.ErrDuplicate, progress(func(s *evm.Progress) { s.On = day("2027-02-26") })},
		{"progress[0].percent", verdict.ErrRange, progress(func(s *evm.Progress) { s.Percent = ratio.Int(-1) })},
		{"progress[0].percent", verdict.ErrInvalid, progress(func(s *evm.Progress) { s.Percent = ratio.Undefined("why") })},
		{"progress[0].units", verdict.ErrMissing, progress(func(s *evm.Progress) { s.Units = ratio.Ratio{} })},
		{"progress[0].units", verdict.ErrRange, progress(func(s *evm.Progress) { s.Units = ratio.Int(-1) })},
		{"progress[0].milestones[0]", verdict.ErrUnknown, progress(func(s *evm.Progress) { s.Milestones = []string{"M1"} })},
		{"progress[0].method", verdict.ErrUnknown, progress(func(s *evm.Progress) { s.Method = 77 })},
		{"progress[0].toComplete", verdict.ErrRange, progress(func(s *evm.Progress) { s.ToComplete = eur(-1) })},
		{"progress[0].toComplete", money.ErrCurrency, progress(func(s *evm.Progress) { s.ToComplete = money.MustParse("5 JPY") })},
		{"progress[9].percent", verdict.ErrMissing, report(evm.Progress{Package: "training", On: last})},
		{"progress[9].milestones[0]", verdict.ErrUnknown, report(evm.Progress{Package: "build", On: last, Milestones: []string{"M9"}})},
		{"progress[9]", evm.ErrMethod, report(evm.Progress{Package: "office", On: last, Percent: ratio.Int(1)})},
		{"progress[9]", evm.ErrMethod, report(evm.Progress{Package: "quality", On: last, Units: ratio.Int(1)})},
		{"costs[0].package", verdict.ErrUnknown, cost(func(c *evm.Cost) { c.Package = "nobody" })},
		{"costs[0].on", verdict.ErrMissing, cost(func(c *evm.Cost) { c.On = 0 })},
		{"costs[0].amount", verdict.ErrMissing, cost(func(c *evm.Cost) { c.Amount = money.Amount{} })},
		{"costs[0].amount", money.ErrCurrency, cost(func(c *evm.Cost) { c.Amount = money.MustParse("5 JPY") })},
		{"costs[0].amount", money.ErrInvalid, cost(func(c *evm.Cost) { c.Amount = money.FromMinor(4, 3) })},
		{"costs[5].amount", money.ErrOverflow, func(l *evm.Ledger) { l.Costs[0].Amount, l.Costs[5].Amount = eur(math.MaxInt64), eur(1) }},
	} {
		l := rollout()
		c.change(&l)
		err := l.Validate()
		faults := verdict.FaultsOf(err)
		require.Len(t, faults, 1, "%s: %v", c.path, err)
		require.Equal(t, c.path, faults[0].Path)
		require.ErrorIs(t, err, c.is)
		_, reportErr := l.Report(last)
		require.ErrorIs(t, reportErr, c.is)
		require.True(t, strings.HasPrefix(reportErr.Error(), "evm: report: "), reportErr)
		require.Equal(t, strings.HasPrefix(c.path, "baseline"), l.Baseline.Validate() != nil)
	}
	require.NoError(t, rollout().Validate())
}

// All faults come at once.
func TestValidateAll(t *testing.T) {
	t.Parallel()
	l := rollout()
	l.Baseline.Packages[0].Method = 0
	l.Baseline.Packages[1].Finish = 0
	l.Progress[0].On = 0
	l.Costs[2].Package = strings.Repeat("x", 10_000)
	err := l.Validate()
	require.Len(t, verdict.FaultsOf(err), 4)
	require.Less(t, len(err.Error()), 500, "input is capped in messages")
}

// Progress of another kind is welcome where it is known to be one; the method of
// the baseline still decides.
func TestReportByOtherMethod(t *testing.T) {
	t.Parallel()
	l := rollout()
	l.Progress = append(l.Progress,
		evm.Progress{Package: "office", On: day("2027-02-01"), Percent: pct("50%"), Method: evm.PercentComplete},
		evm.Progress{Package: "training", On: day("2027-04-30"), Percent: pct("50%"), Method: evm.FiftyFifty})
	require.NoError(t, l.Validate())
	require.Equal(t, euro("6172.84 EUR"), report(t, l, "2027-04-30").Packages[5].Position.Measures.EV, "12345.67 / 2, to even")
}

func TestFrozen(t *testing.T) {
	t.Parallel()
	before, after := rollout().Baseline, rollout().Baseline
	after.Packages[0].Budget = eur(1)
	after.Packages[0].Finish++
	after.Packages[3].Milestones[0].Due++
	after.Packages = append(after.Packages[:7:7], evm.WorkPackage{ID: "new", Method: evm.Units})
	require.NoError(t, before.Frozen(after), "budgets and dates may change, packages come and go")

	after.Packages[0].Method = evm.PercentComplete
	after.Packages[3].Milestones[1].Weight = 4
	after.Packages[4].Units = ratio.Int(2000)
	after.Packages[6].Base = "training"
	err := before.Frozen(after)
	require.ErrorIs(t, err, evm.ErrFrozen)
	var paths []string
	for _, fault := range verdict.FaultsOf(err) {
		require.ErrorIs(t, fault, evm.ErrFrozen)
		paths = append(paths, fault.Path)
	}
	require.Equal(t, []string{"packages[0].method", "packages[3].milestones", "packages[4].units", "packages[6].base"}, paths)
}

// What a report does not say is not earned.
func TestShareCorners(t *testing.T) {
	t.Parallel()
	miles := []evm.Milestone{{ID: "a", Weight: 1}, {ID: "b", Weight: 3}}
	for _, c := range []struct {
		p    evm.WorkPackage
		s    evm.Progress
		want string
	}{
		{evm.WorkPackage{Method: evm.PercentComplete}, evm.Progress{}, "undefined: " + evm.NotMeasuredByMethod},
		{evm.WorkPackage{Method: evm.PercentComplete}, evm.Progress{Percent: ratio.Undefined("why")}, "undefined: " + evm.NotMeasuredByMethod},
		{evm.WorkPackage{Method: evm.PercentComplete}, evm.Progress{Percent: ratio.New(7, 5)}, "1"},
		{evm.WorkPackage{Method: evm.PercentComplete}, evm.Progress{Percent: ratio.New(-1, 5)}, "0"},
		{evm.WorkPackage{Method: evm.FiftyFifty}, evm.Progress{Percent: ratio.New(1, math.MaxInt64)}, "1/2"},
		{evm.WorkPackage{Method: evm.FiftyFifty}, evm.Progress{Percent: ratio.Int(5)}, "1"},
		{evm.WorkPackage{Method: evm.Units, Units: ratio.Int(8)}, evm.Progress{Units: ratio.New(1, 2)}, "1/16"},
		{evm.WorkPackage{Method: evm.Units, Units: ratio.Int(8)}, evm.Progress{Units: ratio.Int(9)}, "1"},
		{evm.WorkPackage{Method: evm.Units}, evm.Progress{Units: ratio.Int(9)}, "undefined: " + evm.NotMeasuredByMethod},
		{evm.WorkPackage{Method: evm.Units}, evm.Progress{Percent: ratio.Int(1)}, "undefined: " + evm.NotMeasuredByMethod},
		{evm.WorkPackage{Method: evm.WeightedMilestones, Milestones: miles}, evm.Progress{}, "0"},
		{evm.WorkPackage{Method: evm.WeightedMilestones, Milestones: miles}, evm.Progress{Milestones: []string{"b", "b", "c"}}, "3/4"},
		{evm.WorkPackage{Method: evm.WeightedMilestones}, evm.Progress{}, "undefined: " + evm.NotMeasuredByMethod},
		{evm.WorkPackage{Method: evm.LevelOfEffort}, evm.Progress{Percent: ratio.Int(1)}, "undefined: " + evm.MeasuredAsPlanned},
		{evm.WorkPackage{Method: evm.Apportioned}, evm.Progress{Percent: ratio.Int(1)}, "undefined: " + evm.MeasuredElsewhere},
	} {
		require.Equal(t, c.want, c.p.Share(c.s).String(), "%v %v", c.p.Method, c.s)
		require.Equal(t, c.p.Share(c.s).Defined(), c.p.Earned(c.s).Defined())
	}
}

func TestPhase(t *testing.T) {
	t.Parallel()
	phased, err := rollout().Baseline.Phase()
	require.NoError(t, err)
	require.Equal(t, day("2027-01-04"), phased.Start)
	require.Equal(t, day("2027-06-30"), phased.Ends[len(phased.Ends)-1])
	planned := map[string][]string{}
	for i, p := range phased.Packages {
		sum := money.Amount{}
		for _, a := range p.Planned {
			planned[p.ID] = append(planned[p.ID], strings.TrimSuffix(a.String(), " EUR"))
			sum, err = sum.Add(a)
			require.NoError(t, err)
		}
		require.Equal(t, rollout().Baseline.Packages[i].Budget, sum, "parts add up")
	}
	require.Equal(t, []string{"8000.00", "0.00", "0.00", "0.00", "0.00", "0.00"}, planned["concept"])
	require.Equal(t, []string{"1000.00", "3999.99", "0.00", "0.00", "0.00", "0.00"}, planned["server"])
	require.Equal(t, []string{"0.00", "9000.00", "13500.00", "0.00", "22500.00", "0.00"}, planned["build"])
	require.Equal(t, []string{"0.00", "377.36", "792.45", "830.19", "0.00", "0.00"}, planned["quality"], "10, 21 and 22 of 53 working days")
	curve, err := phased.Curve()
	require.NoError(t, err)
	require.NoError(t, curve.Validate())
	require.Equal(t, euro("130123.44 EUR"), curve[5])
	bad := evm.Phased{Total: []money.Amount{eur(math.MaxInt64), eur(1)}}
	_, err = bad.Curve()
	require.ErrorIs(t, err, money.ErrOverflow)
	_, err = evm.Baseline{}.Phase()
	require.ErrorIs(t, err, verdict.ErrMissing)
	var fault *verdict.Fault
	require.ErrorAs(t, err, &fault)
	require.Equal(t, "packages", fault.Path)
}

// Apportioned effort can be planned as its base is.
func TestPhaseAsBase(t *testing.T) {
	t.Parallel()
	b := rollout().Baseline
	b.Packages[6].Base, b.Packages[6].Phasing = "build", evm.AsEarned
	b.Packages[7].Phasing, b.Packages[5].Phasing = evm.AsEarned, evm.AsEarned // which for them is evenly
	phased, err := b.Phase()
	require.NoError(t, err)
	even, err := rollout().Baseline.Phase()
	require.NoError(t, err)
	require.Equal(t, euro("600.00 EUR"), phased.Packages[6].Planned[2], "3/10, as M2 of the base")
	require.Equal(t, even.Packages[7], phased.Packages[7])
	require.Equal(t, even.Packages[5], phased.Packages[5])
}

// The last period ends with the work, the others as the rhythm says.
func TestPeriods(t *testing.T) {
	t.Parallel()
	b := single(evm.PercentComplete).Baseline
	ends := func() string {
		phased, err := b.Phase()
		require.NoError(t, err)
		var text []string
		for _, end := range phased.Ends {
			text = append(text, strings.TrimPrefix(end.String(), "2027-01-"))
		}
		return strings.Join(text, " ")
	}
	require.Equal(t, "10", ends(), "by month is the default")
	b.Rhythm = evm.Weekly
	require.Equal(t, "03 10", ends(), "Sundays")
	b.Packages[0].Finish = day("2027-01-11")
	require.Equal(t, "03 10 11", ends())
	b.Rhythm, b.Dates = evm.StatusDates, []calendar.Date{day("2026-12-01"), day("2027-01-05"), day("2027-01-31"), day("2027-02-28")}
	require.Equal(t, "05 11", ends(), "status dates before the start and after the finish make no period")
	b.Rhythm, b.Dates = evm.Monthly, nil
	b.Packages[0].Start, b.Packages[0].Finish = calendar.MinDate, calendar.MinDate+40
	require.Equal(t, "0001-01-31 0001-02-10", ends())
	b.Packages[0].Start, b.Packages[0].Finish = calendar.MaxDate-40, calendar.MaxDate
	require.Equal(t, "9999-11-30 9999-12-31", ends())
}
