package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/evm"
	"github.com/crmrollout/crm/crmproject/money"
	"github.com/crmrollout/crm/crmproject/ratio"
)

func budget(lines ...crmproject.BudgetLine) control.Course {
	return control.Course{Budget: crmproject.Budget{Total: eur("1000"), Contingency: eur("100"), Lines: lines}}
}

func line(id, planned string) crmproject.BudgetLine {
	return crmproject.BudgetLine{ID: id, Title: id, Category: crmproject.SoftwareCost, Recurrence: crmproject.OneOff, Planned: eur(planned)}
}

func TestScanLines(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name             string
		spent, committed string
		level            control.Level
	}{
		{"within", "100", "100", 0},
		{"a cent more", "100.01", "0", control.Warn},
		{"a tenth more", "110", "0", control.Warn},
		{"more than a tenth", "110.01", "0", control.Act},
		{"ordered is early enough", "0", "120", control.Act},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := line("L", "100")
			l.Committed = eur(tt.committed)
			c := budget(l)
			c.Budget.Costs = []crmproject.Cost{
				{ID: "1", Line: "L", On: asOf, Amount: eur(tt.spent)}, {ID: "2", Line: "L", On: asOf.AddDays(1), Amount: eur("1000")},
			}
			d, ok := scan(t, c, asOf, control.Thresholds{}).Deviation("line[L]")
			require.Equal(t, tt.level != 0, ok)
			if ok {
				require.Equal(t, tt.level, d.Level)
				require.Equal(t, control.Signal, d.Nature)
			}
		})
	}
}

func TestScanUnexpected(t *testing.T) {
	t.Parallel()
	for amount, level := range map[string]control.Level{"100": control.Warn, "100.01": control.Act} {
		c := budget()
		c.Budget.Costs = []crmproject.Cost{{ID: "1", On: asOf.AddDays(-3), Amount: eur(amount)}, {ID: "2", On: asOf.AddDays(1), Amount: eur("5")}}
		d := found(t, scan(t, c, asOf, control.Thresholds{}), "unexpected")
		require.Equal(t, level, d.Level)
		require.Equal(t, asOf.AddDays(-3), d.Since)
		require.Len(t, d.Evidence, 1)
	}
}

// Without earned value the forecast of the budget stands in.
func TestScanMoneyOfBudget(t *testing.T) {
	t.Parallel()
	c := budget(line("L", "100"))
	c.Budget.Costs = []crmproject.Cost{{ID: "1", Line: "L", On: asOf, Amount: eur("130")}}
	r := scan(t, c, asOf, control.Thresholds{})
	require.Equal(t, control.Money{BAC: eur("100"), AC: eur("130"), EAC: eur("130"), Contingency: eur("70")}, r.Money)
}

// ledger has one package of ten days at 1000.00, of which a share is done at a cost.
func ledger(done ratio.Ratio, cost string) evm.Ledger {
	return evm.Ledger{
		Baseline: evm.Baseline{Rhythm: evm.Weekly, Packages: []evm.WorkPackage{
			{ID: "W", Budget: eur("1000"), Start: day("2027-03-01"), Finish: day("2027-03-12"), Method: evm.PercentComplete},
		}},
		Progress: []evm.Progress{{Package: "W", On: day("2027-03-05"), Percent: done}},
		Costs:    []evm.Cost{{Package: "W", On: day("2027-03-05"), Amount: eur(cost)}},
	}
}

func TestScanIndices(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		done   ratio.Ratio
		cost   string
		id     string
		level  control.Level
		nature control.Nature
	}{
		{"on plan", ratio.New(1, 2), "500", "cpi", 0, 0},
		{"CPI at the limit", ratio.New(19, 40), "500", "cpi", control.Note, control.Signal},
		{"CPI below it", ratio.New(46, 100), "500", "cpi", control.Warn, control.Signal},
		{"CPI at the second limit", ratio.New(45, 100), "500", "cpi", control.Warn, control.Signal},
		{"CPI below it", ratio.New(44, 100), "500", "cpi", control.Act, control.Signal},
		{"too early to tell", ratio.New(1, 10), "500", "cpi", control.Act, control.Untested},
		{"better than planned", ratio.New(1, 2), "400", "cpi", control.Note, control.Signal},
		{"SPI", ratio.New(4, 10), "400", "spi", control.Act, control.Signal},
		{"SPI(t)", ratio.New(4, 10), "400", "spi_t", control.Act, control.Signal},
		{"EAC within the contingency", ratio.New(1, 2), "540", "eac", control.Warn, control.Signal},
		{"EAC beyond it", ratio.New(1, 2), "560", "eac", control.Act, control.Signal},
		{"EAC too early to tell", ratio.New(1, 10), "560", "eac", control.Act, control.Untested},
		{"EAC lower", ratio.New(1, 2), "400", "eac", control.Note, control.Signal},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := budget()
			c.Ledger = ledger(tt.done, tt.cost)
			d, ok := scan(t, c, day("2027-03-05"), control.Thresholds{}).Deviation(tt.id)
			require.Equal(t, tt.level != 0, ok)
			if ok {
				require.Equal(t, tt.level, d.Level)
				require.Equal(t, tt.nature, d.Nature)
			}
		})
	}
}

// Nothing earned: the index estimate is undefined, and the rest is taken to cost
// what was planned.
func TestScanNothingEarned(t *testing.T) {
	t.Parallel()
	c := budget()
	c.Ledger = ledger(ratio.Int(0), "50")
	r := scan(t, c, day("2027-03-05"), control.Thresholds{})
	require.Equal(t, evm.AtBudget, r.Money.By)
	require.Equal(t, eur("1050"), r.Money.EAC)
	// An overdrawn contingency is no limit below 0.
	c.Budget.Contingency = money.Amount{}
	c.Budget.Costs = []crmproject.Cost{{ID: "1", On: day("2027-03-01"), Amount: eur("1")}}
	require.Equal(t, control.Act, found(t, scan(t, c, day("2027-03-05"), control.Thresholds{}), "eac").Level)
}

// A ledger in another currency than the budget is no ledger of this course.
func TestScanCurrencies(t *testing.T) {
	t.Parallel()
	c := budget()
	c.Ledger = ledger(ratio.New(1, 2), "500")
	c.Budget.Total, c.Budget.Contingency = usd("1"), money.Amount{}
	_, err := c.Scan(asOf, control.Thresholds{})
	require.ErrorIs(t, err, money.ErrCurrency)
	require.ErrorContains(t, err, "ledger.baseline")
}
