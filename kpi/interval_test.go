package kpi_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/crmrollout/crm/crmproject/ratio"
	"github.com/crmrollout/crm/crmproject/verdict"
	"github.com/crmrollout/crm/kpi"
)

var intervals = map[string]func(k, n int64, level float64) (kpi.Interval, error){
	"wilson": kpi.Wilson, "clopper-pearson": kpi.ClopperPearson,
}

func TestIntervalsAgainstReference(t *testing.T) {
	f, err := os.Open("testdata/proportion_ci.csv")
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Greater(t, len(rows), 5)
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err)
		return v
	}
	for _, row := range rows[1:] {
		k, n := int64(number(row[0])), int64(number(row[1]))
		for i, of := range []func(k, n int64, level float64) (kpi.Interval, error){kpi.Wilson, kpi.ClopperPearson} {
			got, err := of(k, n, 0.95)
			require.NoError(t, err)
			requireNear(t, number(row[2+2*i]), got.Lo, row)
			requireNear(t, number(row[3+2*i]), got.Hi, row)
			require.Equal(t, 0.95, got.Level)
		}
	}
}

func requireNear(t *testing.T, want, got float64, row []string) {
	t.Helper()
	if want == 0 {
		require.Zero(t, got, "%v", row)
		return
	}
	require.InEpsilon(t, want, got, 2e-13, "%v", row) // the reference has 15 digits
}

func TestIntervalCorners(t *testing.T) {
	for name, of := range intervals {
		for _, level := range []float64{1e-300, 0.01, 0.5, 0.95, 0.999999, 1 - 1e-15} {
			for _, n := range []int64{1, 2, 10, 1_000_000, math.MaxInt64} {
				for _, k := range []int64{0, 1, n / 3, n / 2, n - 1, n} {
					i, err := of(k, n, level)
					require.NoError(t, err)
					p := float64(k) / float64(n)
					require.True(t, i.Defined())
					require.NoError(t, i.Validate())
					require.True(t, 0 <= i.Lo && i.Lo <= p && p <= i.Hi && i.Hi <= 1, "%s %d of %d at %v: %v", name, k, n, level, i)
					if k == 0 {
						require.Zero(t, i.Lo)
					}
					if k == n {
						require.Equal(t, 1.0, i.Hi)
					}
				}
			}
		}
		i, err := of(0, 0, 0.95)
		require.NoError(t, err)
		require.Equal(t, kpi.Interval{}, i, "undefined")
		for _, bad := range []struct {
			k, n  int64
			level float64
		}{{-1, 5, 0.9}, {6, 5, 0.9}, {1, -1, 0.9}, {1, 2, 0}, {1, 2, 1}, {1, 2, math.NaN()}, {1, 2, math.Inf(1)}, {0, 0, -1}} {
			_, err := of(bad.k, bad.n, bad.level)
			require.ErrorIs(t, err, verdict.ErrRange, "%v", bad)
		}
	}
}

// The limits of k and of n − k mirror each other, a higher level is wider, and
// Clopper-Pearson contains what it promises to.
func TestIntervalProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 1 + rng.Int64N(5000)
		k := rng.Int64N(n + 1)
		level := 0.5 + rng.Float64()*0.49
		for _, of := range intervals {
			a, err := of(k, n, level)
			require.NoError(t, err)
			b, err := of(n-k, n, level)
			require.NoError(t, err)
			require.InDelta(t, a.Lo, 1-b.Hi, 1e-14)
			wide, err := of(k, n, level+0.005)
			require.NoError(t, err)
			require.True(t, wide.Lo <= a.Lo && wide.Hi >= a.Hi)
		}
	}
	const n, p = 30, 0.17
	covered := 0.0
	for k := range int64(n + 1) {
		i, err := kpi.ClopperPearson(k, n, 0.9)
		require.NoError(t, err)
		if i.Lo <= p && p <= i.Hi {
			choose, _ := math.Lgamma(n + 1)
			a, _ := math.Lgamma(float64(k) + 1)
			b, _ := math.Lgamma(float64(n-k) + 1)
			covered += math.Exp(choose - a - b + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
		}
	}
	require.Greater(t, covered, 0.9)
}

// The textbook form of Wilson's lower limit cancels for small k and large n.
func TestWilsonDoesNotCancel(t *testing.T) {
	const n = 1 << 60
	i, err := kpi.Wilson(3, n, 0.95)
	require.NoError(t, err)
	z := 1.959963984540054
	want := (3 + z*z/2 - z*math.Sqrt(3+z*z/4)) / n // as n → ∞
	require.InEpsilon(t, want, i.Lo, 1e-13)
}

func TestIntervalMethods(t *testing.T) {
	i := kpi.Interval{Lo: 0.2, Hi: 0.3, Level: 0.95}
	require.True(t, i.Contains(ratio.New(1, 4)))
	require.True(t, i.Contains(ratio.New(1, 5)))
	require.False(t, i.Contains(ratio.New(1, 6)))
	require.False(t, i.Contains(ratio.Undefined("x")))
	require.False(t, kpi.Interval{}.Contains(ratio.Int(0)))
	require.True(t, i.Apart(kpi.Interval{Lo: 0.31, Hi: 0.4, Level: 0.9}))
	require.True(t, kpi.Interval{Lo: 0.31, Hi: 0.4, Level: 0.9}.Apart(i))
	require.False(t, i.Apart(kpi.Interval{Lo: 0.3, Hi: 0.4, Level: 0.9}))
	require.False(t, i.Apart(kpi.Interval{}))
	require.Equal(t, kpi.Interval{Lo: 20, Hi: 30, Level: 0.95}, i.Times(100))
	require.Equal(t, kpi.Interval{Lo: -0.3, Hi: -0.2, Level: 0.95}, i.Times(-1))
	require.Equal(t, kpi.Interval{}, i.Times(math.Inf(1)))
	require.Equal(t, kpi.Interval{}, i.Times(math.NaN()))
	require.Equal(t, kpi.Interval{}, kpi.Interval{}.Times(2))
	require.Equal(t, "0.2 to 0.3 (95 %)", i.String())
	require.Equal(t, "n/a", kpi.Interval{}.String())
	require.NoError(t, kpi.Interval{}.Validate())
	var paths []string
	for _, fault := range verdict.FaultsOf(kpi.Interval{Lo: 2, Hi: 1, Level: 1}.Validate()) {
		paths = append(paths, fault.Path)
	}
	require.Equal(t, []string{"level", "lo"}, paths)
	require.Error(t, kpi.Interval{Lo: math.NaN(), Hi: 1, Level: 0.5}.Validate())
	data, err := json.Marshal(i)
	require.NoError(t, err)
	var back kpi.Interval
	require.NoError(t, json.Unmarshal(data, &back))
	require.Empty(t, cmp.Diff(i, back))
}

func FuzzIntervals(f *testing.F) {
	f.Add(int64(3), int64(10), 0.95)
	f.Add(int64(0), int64(0), 0.5)
	f.Add(int64(1<<40), int64(1<<62), 0.999)
	f.Fuzz(func(t *testing.T, k, n int64, level float64) {
		for name, of := range intervals {
			i, err := of(k, n, level)
			if err != nil {
				continue
			}
			p := float64(k) / max(1, float64(n))
			if n > 0 && !(0 <= i.Lo && i.Lo <= p && p <= i.Hi && i.Hi <= 1) {
				t.Fatalf("%s: %d of %d at %v: %v", name, k, n, level, i)
			}
		}
	})
}

// A rate comes with its interval: 8 of 10 customers are not yet 80 %.
func ExampleWilson() {
	for _, n := range []int64{10, 100, 1000} {
		i, _ := kpi.Wilson(8*n/10, n, 0.95)
		fmt.Println(8*n/10, "of", n, "is", i.Times(100))
	}
	// Output:
	// 8 of 10 is 49.02 to 94.33 (95 %)
	// 80 of 100 is 71.12 to 86.66 (95 %)
	// 800 of 1000 is 77.41 to 82.36 (95 %)
}

func ExampleClopperPearson() {
	i, _ := kpi.ClopperPearson(0, 50, 0.95)
	fmt.Println("no complaint from 50 users leaves room for", i.Times(100))
	// Output:
	// no complaint from 50 users leaves room for 0 to 7.112 (95 %)
}

func BenchmarkIntervals(b *testing.B) {
	for name, of := range intervals {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := of(330, 1200, 0.95); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
