package control_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/audit/control"
	"github.com/crmrollout/crm/crmproject"
	"github.com/crmrollout/crm/crmproject/money"
)

// accounts is a budget of many lines and costs.
func accounts(lines, costs int) crmproject.Budget {
	rng := rand.New(rand.NewPCG(8, 9))
	b := crmproject.Budget{Total: money.FromMinor(int64(lines)*10_000, money.EUR)}
	for i := range lines {
		b.Lines = append(b.Lines, line(fmt.Sprintf("L-%d", i), "100"))
	}
	for i := range costs {
		b.Costs = append(b.Costs, crmproject.Cost{
			ID: fmt.Sprintf("C-%d", i), Line: fmt.Sprintf("L-%d", rng.IntN(lines)), On: asOf.AddDays(rng.IntN(3) - 1),
			Amount: money.FromMinor(int64(rng.IntN(3000)), money.EUR),
		})
	}
	return b
}

// slowOverruns is the readable twin of the search for lines that cost more than
// planned: it asks the budget for each line, and so goes through all costs for each.
func slowOverruns(tb testing.TB, b crmproject.Budget) map[string]int64 {
	tb.Helper()
	over := map[string]int64{}
	for _, l := range b.Lines {
		p, err := b.Line(l.ID, asOf)
		require.NoError(tb, err)
		if p.Overspent() {
			over["line["+l.ID+"]"] = -p.Left.Minor()
		}
	}
	return over
}

func TestOverrunsAsTwin(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{1, 0}, {3, 40}, {50, 400}} {
		b := accounts(size[0], size[1])
		got := map[string]int64{}
		for _, d := range scan(t, control.Course{Budget: b}, asOf, control.Thresholds{}).Deviations {
			if d.Measure == control.LineOverrun {
				got[d.ID] = d.Size.Num() * 100 / d.Size.Den()
			}
		}
		require.Equal(t, slowOverruns(t, b), got)
	}
}

func BenchmarkScanLines(b *testing.B) {
	budget := accounts(500, 5000)
	b.Run("scan", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			scan(b, control.Course{Budget: budget}, asOf, control.Thresholds{})
		}
	})
	b.Run("naive", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			slowOverruns(b, budget)
		}
	})
}

func BenchmarkCompare(b *testing.B) {
	c, o := course(), options()
	b.ReportAllocs()
	for b.Loop() {
		compare(b, c, actions(), o)
	}
}

// What pairs cost beside a comparison without them.
func BenchmarkTry(b *testing.B) {
	c, o := course(), options()
	b.ReportAllocs()
	for b.Loop() {
		try(b, c, actions(), o)
	}
}
